package sim

// step is what happens to a thread or to a piece of other work: one line of a trace and, of a thread, one row of table
// events. An ending is a step too: ends with the ending added to it.
type step uint8

const (
	isSent step = iota
	joins
	isJoined
	getsNoLine
	callsLater
	isPutThrough
	entersPool
	begins
	takesCall
	isDone
	goesAside
	isUrgent
	isSentOn
	isPassedOn
	asksColleague
	advises
	asksPatient
	answers
	serviceAnswers
	writesAgain
	isNudged
	hangsUp
	phonesInstead
	ends
)

// threadState is where a thread is after a step.
type threadState uint8

const (
	isArriving   threadState = iota // written or dialled, and not in a pool yet
	callingLater                    // the caller will call, or call again
	isWaiting                       // in a pool, or for whoever is on call
	isTouched
	isHandedOn // for no time: it enters another pool at the same instant
	withPatient
	isEnded
)

var stateNames = [...]string{"arriving", "calling_later", "waiting", "touched", "handed_on", "with_patient", "ended"}

// steps say how a trace tells each step, what table events calls it, and where the thread is then. A trace leaves out a
// step without text; table events has none without a name.
var steps = [ends]struct {
	text, event string
	state       threadState
}{
	isSent:         {"sent by ", "sent", isArriving},
	joins:          {"joins an open thread", "joins", isArriving},
	isJoined:       {"", "joined", isWaiting},
	getsNoLine:     {"cannot get through", "no_line", callingLater},
	callsLater:     {"calls at ", "calls_later", callingLater},
	isPutThrough:   {"is put through to ", "put_through", isWaiting},
	entersPool:     {"waits in ", "waits", isWaiting},
	begins:         {"begins", "begins", isTouched},
	takesCall:      {"takes the call", "takes_call", isTouched},
	isDone:         {text: "done"}, // other work
	goesAside:      {"sets aside", "set_aside", isWaiting},
	isUrgent:       {"takes it for urgent", "taken_for_urgent", isTouched},
	isSentOn:       {"finds it misdirected", "sent_on", isHandedOn},
	isPassedOn:     {"passes it on", "passed_on", isHandedOn},
	asksColleague:  {"asks a colleague", "asks_colleague", isHandedOn},
	advises:        {"advises", "advises", isHandedOn},
	asksPatient:    {"asks for what is missing", "asks_patient", withPatient},
	answers:        {"answers", "answers", withPatient},
	serviceAnswers: {"is answered by the service", "service_answers", withPatient},
	writesAgain:    {"writes again", "writes_again", isArriving},
	isNudged:       {"nudges", "nudged", isWaiting},
	hangsUp:        {"hangs up", "hangs_up", callingLater},
	phonesInstead:  {text: "phones instead"}, // a call that is no contact of its own
}

func (s step) text() string {
	if s >= ends {
		return Ending(s - ends).String()
	}
	return steps[s].text
}

func (s step) event() string {
	if s >= ends {
		return Ending(s - ends).String()
	}
	return steps[s].event
}

func (s step) state() threadState {
	if s >= ends {
		return isEnded
	}
	return steps[s].state
}
