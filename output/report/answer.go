package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"portalsim/sim"
)

// Answer is the question of a study and its answer in plain words, for each arm.
type Answer struct {
	Question string
	Arms     []ArmAnswer
	Caveats  []string
}

// ArmAnswer is the answer for one arm: what it would change.
type ArmAnswer struct{ Name, Title, Wait, Evening string }

func (s *Study) answer() Answer {
	control := s.control()
	if len(s.asked()) == 1 {
		return Answer{
			Question: "How long do patients wait for an answer, and how much do clinicians work after hours?",
			Arms:     []ArmAnswer{s.level(control)},
			Caveats:  s.caveats(),
		}
	}
	a := Answer{Question: "How much sooner would patients be answered, and how many after-hours minutes would it save clinicians, compared with " + control.called() + "?", Caveats: s.caveats()}
	for _, arm := range s.asked()[1:] {
		if why := s.unsettled(control.Name, arm.Name); why != "" {
			a.Arms = append(a.Arms, ArmAnswer{Name: arm.called(), Title: arm.Title, Wait: why})
			continue
		}
		a.Arms = append(a.Arms, ArmAnswer{
			arm.called(), arm.Title,
			s.change(arm.Name, firstResponse, byContact, wordsOfWait),
			s.change(arm.Name, evening, byReplication, wordsOfEvening) + s.ofCeiling(arm.Name),
		})
	}
	return a
}

// level is the answer for an arm by itself.
func (s *Study) level(arm *Arm) ArmAnswer {
	if why := s.unsettled(arm.Name); why != "" {
		return ArmAnswer{Name: arm.called(), Title: arm.Title, Wait: why}
	}
	return ArmAnswer{arm.called(), arm.Title, s.waitNow(arm.Name), s.eveningNow(arm.Name)}
}

// unsettled says which of some arms do not settle, and so have no answer; empty if all do.
func (s *Study) unsettled(arms ...string) string {
	var names []string
	for _, arm := range arms {
		if slices.ContainsFunc(s.summary, func(r sim.SummaryRow) bool { return r.Arm == arm && r.Note == sim.NeverSettles }) {
			names = append(names, s.called(arm))
		}
	}
	if names == nil {
		return ""
	}
	return "No answer: " + strings.Join(names, " and ") + " never settles. More work comes in than the staff have time for, the backlog grows without end, and there is no long-run average to tell."
}

// changeWords are the words in which a difference is told.
type changeWords struct {
	about, less, more, unclear, unit, level string
}

var (
	wordsOfWait    = changeWords{"Patients who write by the portal would get a first response", "sooner", "later", "Patients who write by the portal would get a first response neither clearly sooner nor clearly later", "h", "they wait %s h in the control"}
	wordsOfEvening = changeWords{"Each clinician would work", "less after hours a week", "more after hours a week", "Each clinician would work neither clearly less nor clearly more after hours", "min", "%s min in the control"}
)

// change tells a difference with its interval: that of the uncertainty of the inputs where there is one.
func (s *Study) change(arm, measure, pairedBy string, w changeWords) string {
	r := s.compared(arm, measure, pairedBy)
	if r == nil || r.Difference == nil || r.CI95Low == nil || r.CI95High == nil {
		why := ""
		if r != nil && r.Note != "" {
			why = " (" + r.Note + ")"
		}
		return w.about + " … no answer: there is nothing to compare" + why + "."
	}
	low, high, kind := *r.CI95Low, *r.CI95High, "95 % interval"
	if r.UI95Low != nil && r.UI95High != nil {
		low, high, kind = *r.UI95Low, *r.UI95High, "95 % uncertainty interval, over what is not known of the inputs"
	}
	n := digitsFor(low, high)
	level := fmt.Sprintf(w.level, number(orNaN(r.ControlMean)))
	if low <= 0 && high >= 0 {
		return fmt.Sprintf("%s: the difference is %s %s (%s %s to %s; %s).", w.unclear,
			signedDecimals(*r.Difference, n), w.unit, kind, signedDecimals(low, n), signedDecimals(high, n), level)
	}
	way := w.more
	if high < 0 {
		way, low, high = w.less, -high, -low
	}
	return fmt.Sprintf("%s %s %s %s (%s %s to %s; %s).", w.about, decimals(math.Abs(*r.Difference), n), w.unit, way, kind, decimals(low, n), decimals(high, n), level)
}

// ofCeiling tells which part of all that patients' messages cause a saving is, if it is clear that there is one.
func (s *Study) ofCeiling(arm string) string {
	ceiling, r := s.reference(), s.compared(arm, evening, byReplication)
	if ceiling == nil || r == nil || !(orNaN(r.CI95High) < 0) || orNaN(r.UI95High) > 0 {
		return ""
	}
	before, least := s.mean(s.control().Name, evening), s.mean(ceiling.Name, evening)
	saved := before - s.mean(arm, evening)
	if math.IsNaN(saved) || before-least <= 0 || saved <= 0 {
		return ""
	}
	if saved > before-least {
		return fmt.Sprintf(" That is more than the %s min that all patients' messages together cause.", number(before-least))
	}
	return fmt.Sprintf(" That is %s of the %s min that all patients' messages together cause.", percent(saved/(before-least)), number(before-least))
}

func (s *Study) waitNow(arm string) string {
	portal := s.control().Scenario.Channels[0].Name
	mean, half := s.measured(arm, firstResponse, portal, sim.All, sim.All), s.measured(arm, "first_response_h_p50", portal, sim.All, sim.All)
	if mean == nil || mean.Mean == nil {
		return "There is no first response to a portal message to tell of."
	}
	text := fmt.Sprintf("Patients who write by the portal wait %s h for a first response on average%s", number(*mean.Mean), inBrackets(mean))
	if half != nil && half.Mean != nil {
		text += fmt.Sprintf("; half of them wait less than %s h", number(*half.Mean))
	}
	return text + "."
}

func (s *Study) eveningNow(arm string) string {
	r := s.measured(arm, evening, sim.All, sim.All, sim.All)
	if r == nil || r.Mean == nil {
		return "There is no clinician whose after-hours minutes could be told."
	}
	return fmt.Sprintf("Each clinician works %s min after hours a week%s.", number(*r.Mean), inBrackets(r))
}

// inBrackets writes the interval of a mean.
func inBrackets(r *sim.SummaryRow) string {
	low, high, kind := r.CI95Low, r.CI95High, "95 % interval"
	if r.UI95Low != nil {
		low, high, kind = r.UI95Low, r.UI95High, "95 % uncertainty interval"
	}
	if low == nil || high == nil {
		return ""
	}
	n := digitsFor(*low, *high)
	return fmt.Sprintf(" (%s %s to %s)", kind, decimals(*low, n), decimals(*high, n))
}

// caveats are what to know before believing the answer.
func (s *Study) caveats() []string {
	var list []string
	if s.manifest.Draws == 0 {
		list = append(list, "The intervals hold simulation error only: what would happen if this clinic's year were run again. They do not hold what is not known of the inputs.")
	}
	return append(list, s.assumptions()...)
}

// assumptions say what the answer rests on.
func (s *Study) assumptions() []string {
	var list []string
	assumed, held, all := s.evidenceCounts()
	if all > 0 {
		text := fmt.Sprintf("Of %s, %d are assumptions", count(all, "input"), assumed)
		if held > 0 {
			text += fmt.Sprintf(" (%d of them without a range)", held)
		}
		list = append(list, text+"; each is listed below with its evidence.")
	}
	for _, a := range s.asked() {
		for i := range a.Scenario.Campaigns {
			if !a.Scenario.Campaigns[i].Always {
				list = append(list, "Nobody has measured what education on portal use does: its effects are assumptions.")
				return append(list, "Workload is shown, not burnout.")
			}
		}
	}
	return append(list, "Workload is shown, not burnout.")
}
