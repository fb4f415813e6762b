package main

// Fault is one way to break the program: a text that occurs once in a package, and what stands in its place. The file is
// not named, so that code may move.
type Fault struct {
	What    string // what is wrong then, in the words of the model
	Package string // folder, from the root of the repository
	Old     string
	New     string
}

// Faults are the mistakes that are made on purpose, by the part of the program. They are of the kinds that people make:
// a bound that is off by one, a sum that forgets some, a number used twice, a rule taken the wrong way round.
var Faults = slicesOf(queueFaults, timeFaults, contactFaults, threadFaults, staffFaults, measureFaults, randomFaults,
	statisticsFaults, comparisonFaults, inputFaults)

func slicesOf(lists ...[]Fault) []Fault {
	var all []Fault
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

var queueFaults = []Fault{
	{"the least urgent class is served first", "sim",
		"class := bits.TrailingZeros64(q.occupied)", "class := 63 - bits.LeadingZeros64(q.occupied)"},
	{"the last in comes first, and the first in where the last should", "sim",
		"m.push(m.queueOf(it), class, it, front || p.LastIn)", "m.push(m.queueOf(it), class, it, front || !p.LastIn)"},
	{"of items due at the same time the later comes first", "sim",
		"x.key == y.key && x.turn < y.turn", "x.key == y.key && x.turn > y.turn"},
	{"the backlog of the warm-up is in the area of the measured period", "sim",
		"from, to := max(l.since, w.from), min(at, w.to)", "from, to := l.since, min(at, w.to)"},
	{"a wait that began in the warm-up counts in full for Little's law", "sim",
		"from, to := max(entered, w.from), min(at, w.to)", "from, to := entered, min(at, w.to)"},
	{"of events of one instant the higher rank comes first, while few are pending", "sim/engine",
		"h[i+1].at == at && h[i+1].order < order", "h[i+1].at == at && h[i+1].order > order"},
	{"events are not put in order when few are left", "sim/engine",
		"return b.isBefore(&a) - a.isBefore(&b)", "return 0"},
	{"whoever has been free shortest takes the next item", "sim",
		"if member.free < since && m.mayWork(member) {", "if (best == none || member.free > since) && m.mayWork(member) {"},
	{"a touch that was set aside resumes without its cost", "sim",
		"return left + p.Resume", "return left"},
	{"urgent work interrupts work that is as urgent", "sim",
		"now.pool == it.pool && now.class <= it.class", "now.pool == it.pool && now.class < it.class"},
	{"ageing counts from the hour, so that items of an hour tie", "sim",
		"it.key = int64(it.entered) + int64(class)*int64(p.Ageing)", "it.key = int64(it.entered)/int64(time.Hour)*int64(time.Hour) + int64(class)*int64(p.Ageing)"},
}

var timeFaults = []Fault{
	{"the instant at which measuring begins does not count, the one at which it ends does", "sim",
		"return t >= w.from && t < w.to", "return t > w.from && t <= w.to"},
	{"no drain: what is open at the end of the measured period is cut off", "sim",
		"for !m.closed || m.counted > 0 {", "for !m.closed {"},
	{"a block ends a minute early", "sim",
		"m.after(b.To, rankBlock, event{kind: blockChange, a: id, b: int32(OffDuty)})",
		"m.after(b.To-time.Minute, rankBlock, event{kind: blockChange, a: id, b: int32(OffDuty)})"},
	{"minutes are booked to the whole second below", "sim",
		"+= time.Duration(now - s.since)", "+= time.Duration(now - s.since).Truncate(time.Second)"},
	{"a stretch that passes the end of working hours counts as after hours in full", "sim",
		"for i := range m.staff {\n\t\tm.book(&m.staff[i])\n\t}\n\tm.inHours = inHours", "m.inHours = inHours"},
	{"only Sundays are weekend", "sim",
		"if m.cal.weekday(day) >= 5 {", "if m.cal.weekday(day) > 5 {"},
	{"a holiday is a workday like others", "sim",
		"return c.weekday(day) < 5 && !c.holiday(day)", "return c.weekday(day) < 5"},
	{"open time runs on after the clinic closes", "sim",
		"sum += min(clock, span.To) - span.From", "sum += clock - span.From"},
	{"a visit is due after its block begins, so that the inbox comes first", "sim",
		"\trankVisitDue\n\trankBlock\n", "\trankBlock\n\trankVisitDue\n"},
	{"new work is handed out before work that ends at that instant frees somebody", "sim",
		"\trankTaskEnd\n\trankSession\n\trankArrival\n", "\trankArrival\n\trankTaskEnd\n\trankSession\n"},
	{"a day's minutes are booked again with the next day's", "sim",
		"s.today, s.items, s.notes, s.threads = booked{}, 0, 0, 0", "s.items, s.notes, s.threads = 0, 0, 0"},
}

var contactFaults = []Fault{
	{"a year has 360 days", "sim",
		"perHour: perYear * float64(time.Hour) / float64(Year),", "perHour: perYear * float64(time.Hour) / float64(360*Day),"},
	{"the profile of the day is an hour late", "sim",
		"p.HourWeights[24*m.cal.weekday(day)+hour]", "p.HourWeights[24*m.cal.weekday(day)+(hour+23)%24]"},
	{"extra contacts are kept by the whole rate", "sim",
		"share := rate - float64(layer)\n", "share := rate\n"},
	{"the mean strength of a campaign falls as e^−x, not as 2^−x", "sim",
		"return math.Exp2(-float64(t-latest) / float64(c.HalfLife))", "return math.Exp(-float64(t-latest) / float64(c.HalfLife))"},
	{"a booster does not bring the strength back", "sim",
		"latest = max(latest, taken)", "if latest < 0 {\n\t\t\t\tlatest = taken\n\t\t\t}"},
	{"an odds ratio multiplies the probability", "sim",
		"return p * ratio / (1 - p + p*ratio)", "return min(max(p, 0.95), p*ratio)"},
	{"a patient who does not use the portal needs as much as one who does", "sim",
		"rate := t.NeedsPerOtherYear", "rate := t.NeedsPerUserYear"},
	{"portal use does not raise the share of users to that of the survey", "sim",
		"others = (s.Patients.PortalUsers - prefer) / (1 - prefer)", "others = s.Patients.PortalUsers"},
	{"a message out of hours goes to the clinic by phone at once", "sim",
		"if !ok || at == t {", "if at = t; ok {"},
	{"urgency is acted on before anybody has seen it", "sim",
		"it.askOpen, it.strayOpen, it.first =", "if it.urgent {\n\t\tit.class = 1\n\t}\n\tit.askOpen, it.strayOpen, it.first ="},
}

var threadFaults = []Fault{
	{"asking for what is missing is no first response", "sim",
		"m.respond(it)\n\t\tm.toPatient(it, chance(t.Reply", "m.toPatient(it, chance(t.Reply"},
	{"only the patient's last delay is out of the clinic's court", "sim",
		"it.patientDelay += time.Duration(m.engine.Now() - it.patientSince)", "it.patientDelay = time.Duration(m.engine.Now() - it.patientSince)"},
	{"a patient loses patience although the answer has come", "sim",
		"if it.serial != serial || it.response != unknown || it.away {", "if it.serial != serial || it.away {"},
	{"a thread that is open at the end is forgotten", "sim",
		"m.record(it, Censored)\n", "_ = it\n"},
	{"a thread is passed on the same way in every round", "sim",
		"p.code|uint64(it.round)<<16|uint64(m.enteredOf(it).thisRound)", "p.code|uint64(m.enteredOf(it).thisRound)"},
	{"the time out of the clinic's court is not taken out", "sim",
		"c.clinic.add(time.Duration(now-it.sent) - it.patientDelay)", "c.clinic.add(time.Duration(now - it.sent))"},
	{"a consult is asked for again at every touch", "sim",
		"it.asked, it.returnTo = true, it.pool", "it.asked, it.returnTo = it.round > 0, it.pool"},
	{"self-service takes a thread's first touch", "sim",
		"m.close(it, SelfServed)", "m.deliver(it)"},
}

var staffFaults = []Fault{
	{"a slot is booked although it does not fit the block", "sim",
		"for at := b.From; at+v.Slot <= b.To; at += v.Slot {", "for at := b.From; at < b.To; at += v.Slot {"},
	{"the same patients stay away every day", "sim",
		"uint64(m.s.StartDay+x.day), uint64(x.key))\n}", "uint64(m.s.StartDay), uint64(x.key))\n}"},
	{"the end of a touch that was interrupted ends the next", "sim",
		"if number != s.number {", "if number > s.number {"},
	{"an evening has no limit", "sim",
		"return s.session != none && m.engine.Now() < s.lastItem", "return s.session != none"},
	{"colleagues empty each other's inboxes on every day", "sim",
		"if c := &m.staff[colleague]; c.onLeave {", "if c := &m.staff[colleague]; true {"},
	{"who works at double speed takes twice the time", "sim",
		"handling = time.Duration(float64(handling) / s.Speed)\n\t}\n\tp.touches", "handling = time.Duration(float64(handling) * s.Speed)\n\t}\n\tp.touches"},
	{"the last pool in the order of precedence comes first", "sim",
		"for _, q := range s.queues {", "for n := range s.queues {\n\t\tq := s.queues[len(s.queues)-1-n]"},
	{"a visit that displaced another is lost without being counted", "sim",
		"m.tallies.visits[id].lost++", "_ = id"},
	{"nobody looks at the inbox between visits", "sim",
		"return s.Visits.InboxBetween", "return false"},
}

var measureFaults = []Fault{
	{"a censored wait does not count among the longest", "sim",
		"s.censored++\n", ""},
	{"the time that a censored wait lasted is not in the mean", "sim",
		"s.sum += x.sum + x.cut", "s.sum += x.sum"},
	{"half a full-time equivalent has the limits of a whole one", "sim",
		"float64(t.week) > s.FTE*float64(limits.AfterHoursPerFTEWeek)", "float64(t.week) > float64(limits.AfterHoursPerFTEWeek)"},
	{"work outside work has no notes in it", "sim",
		"g.outside(Messages, OtherInbox, Notes).Hours()/patient*8", "g.outside(Messages, OtherInbox).Hours()/patient*8"},
	{"after-hours minutes leave calls out", "sim",
		"after := g.afterHours(Visit, Notes, Messages, OtherInbox, Calls, Teach, Admin)", "after := g.afterHours(Visit, Notes, Messages, OtherInbox, Teach, Admin)"},
	{"the staff's paid hours have their evenings in them", "sim",
		"g.scheduled(patientTime, otherTime).Hours() * m.staff[i].CostPerHour", "g.scheduled(patientTime, otherTime, offTime).Hours() * m.staff[i].CostPerHour"},
	{"a thread that was never looked at is within the limit of safety", "sim",
		"c.unseen.plus(limited{1, 1})", "c.unseen.plus(limited{0, 1})"},
	{"a row of a staff day has the notes of another activity", "sim",
		"AfterHoursNotesMin: minutes(1, Notes)", "AfterHoursNotesMin: minutes(0, Notes)"},
}

var randomFaults = []Fault{
	{"a follow-up comes by the number that decided on a reply", "sim",
		`followUp: use("follow-up")`, `followUp: use("reply")`},
	{"all replications are alike", "sim/random",
		"binary.BigEndian.AppendUint64(text, uint64(replication))", "binary.BigEndian.AppendUint64(text, uint64(replication)/2)"},
	{"handling times are drawn by the instant, not by the contact", "sim",
		"return d.Quantile(m.draws.handle.U(uint64(it.contact), ", "return d.Quantile(m.draws.handle.U(uint64(m.engine.Now()), "},
	{"uniforms have 24 bits", "sim/random",
		"(float64(s.Bits(x, y)>>12) + 0.5) / (1 << 52)", "(float64(s.Bits(x, y)>>40) + 0.5) / (1 << 24)"},
	{"the second half of a place does not matter", "sim/random",
		"(y*0xd1342543de82ef95 + s.b)", "(y>>1*0xd1342543de82ef95 + s.b)"},
	{"a lognormal time has its median where the mean should be", "sim/random",
		"math.Log1p(float64(mean-1)) - sigma2/2", "math.Log1p(float64(mean-1))"},
	{"a gamma time has the shape 1/cv", "sim/random",
		"shape := 1 / (cv * cv)\n\treturn Distribution{family: Gamma", "shape := 1 / cv\n\treturn Distribution{family: Gamma"},
	{"a count of other work is one too many", "sim/random",
		"for sum < u {\n\t\tcount++", "for sum < u || count == 0 {\n\t\tcount++"},
}

var statisticsFaults = []Fault{
	{"the standard error is divided by n, as over pooled threads, not by its root", "sim/stats",
		"around(mean, sd/math.Sqrt(n), n-1, confidence)", "around(mean, sd/n, n-1, confidence)"},
	{"an interval has a degree of freedom too many", "sim/stats",
		"around(mean, sd/math.Sqrt(n), n-1, confidence)", "around(mean, sd/math.Sqrt(n), n, confidence)"},
	{"a pseudovalue of the jackknife takes n times the rest", "sim/stats",
		"pseudo[i] = n*estimate - (n-1)*without", "pseudo[i] = n*estimate - n*without"},
	{"a quantile stands one order statistic too low", "sim/stats",
		"at := p * float64(max(n-1, 0))", "at := p * float64(max(n-2, 0))"},
	{"the variance of the inputs has simulation error in it", "sim/stats",
		"math.Sqrt(max(0, spread*spread-within/float64(replications)))", "math.Sqrt(max(0, spread*spread))"},
	{"variances are paired as if the arms were one", "sim/stats",
		"(sdControl*sdControl + sdArm*sdArm) /", "(sdControl*sdControl + 0*sdArm) /"},
}

var comparisonFaults = []Fault{
	{"simultaneous intervals are as narrow as single ones", "sim/experiment",
		"each := 1 - (1-0.95)/float64(len(places)) // Bonferroni", "each := 0.95"},
	{"a self-served contact counts among the pairs", "sim/experiment",
		"return c != nil && c.Channel == 0 && !c.Settled", "return c != nil && c.Channel == 0"},
	{"a contact that only the arm has is left out", "sim/experiment",
		"count(place[a.Type], 4, nil, a)", "_ = place"},
	{"the ceiling is a share of all after-hours minutes", "sim/experiment",
		"h.Ceiling = stats.RatioInterval(minus(p.Control, p.Arm), minus(p.Control, most.Arm), confidence)",
		"h.Ceiling = stats.RatioInterval(minus(p.Control, p.Arm), p.Control, confidence)"},
}

var inputFaults = []Fault{
	{"an overlay's scale adds", "scenarios",
		"return new(big.Rat).Mul(value, amount)", "return new(big.Rat).Add(value, amount)"},
}
