package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// command returns the command that repeats a study: what decides the results, and nothing else.
func (o *options) command(name string, expressions []string) string {
	text := "portalsim " + name
	for _, e := range expressions {
		text += " " + quoteForShell(e)
	}
	text += fmt.Sprintf(" --seed %d", o.seed)
	if o.uncertainty {
		text += fmt.Sprintf(" --draws %d", o.draws)
	}
	text += o.drawOptions()
	if o.replications > 0 && !o.uncertainty {
		text += fmt.Sprintf(" --replications %d", o.replications)
	}
	for _, set := range o.set {
		text += " --set " + quoteForShell(set)
	}
	if o.threadLog != "none" {
		text += " --thread-log " + o.threadLog
	}
	if o.eventLog != "none" {
		text += " --event-log " + o.eventLog
	}
	if o.noCeiling {
		text += " --no-ceiling"
	}
	text += o.scaleOptions() + o.choosing.text()
	return text
}

func quoteForShell(word string) string {
	if word == "" || strings.ContainsAny(word, " '\"{}[]*?$&|;<>()`\\#~!") || strings.ContainsFunc(word, unicode.IsControl) {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// quotedWords writes words as a shell reads them, each after a blank.
func quotedWords(words []string) string {
	text := ""
	for _, word := range words {
		text += " " + quoteForShell(word)
	}
	return text
}

// remarks are what a reader must know of the arms before believing a comparison.
func (s *study) remarks() []string {
	var list []string
	for i := 1; i < len(s.arms); i++ {
		if lost := s.lost(i); len(lost) > 0 {
			list = append(list, fmt.Sprintf("arm %s is laid over %s without %s of %s; to keep it, write %s+%s", s.arms[i].Name, scenarioOf(s.loaded[i]),
				strings.Join(lost, " and "), s.arms[0].Name, s.loaded[0].Expression, strings.Join(overlaysOf(s.loaded[i]), "+")))
		}
		if differ := sim.Unsynchronised(s.arms[0].Scenario, s.arms[i].Scenario); len(differ) > 0 {
			list = append(list, fmt.Sprintf("arm %s is not synchronised with %s: it changes %s, so its patients do not have the same contacts", s.arms[i].Name, s.arms[0].Name, strings.Join(differ, ", ")))
		}
	}
	return list
}

// lost returns the control's overlays that an arm has not, where the arm was given as overlays alone: these are laid over
// the control's scenario, not over the control.
func (s *study) lost(arm int) []string {
	if s.arms[arm].Reference || strings.HasSuffix(s.given[arm], s.loaded[arm].Expression) {
		return nil
	}
	var lost []string
	for _, o := range overlaysOf(s.loaded[0]) {
		if !slices.Contains(overlaysOf(s.loaded[arm]), o) {
			lost = append(lost, o)
		}
	}
	return lost
}

// scenarioOf returns the scenario of an arm's expression, and overlaysOf the rest.
func scenarioOf(a *scenarios.Arm) string {
	scenario, _, _ := strings.Cut(a.Expression, "+")
	return scenario
}

func overlaysOf(a *scenarios.Arm) []string { return strings.Split(a.Expression, "+")[1:] }

func (s *study) remark() {
	for _, r := range append(s.remarks(), s.overloads()...) {
		s.talk("note: %s", r)
	}
}

// called is what to call an arm before people.
func (s *study) called(arm int) string { return s.loaded[arm].Label }

// headline is an arm's name with its title.
func (s *study) headline(arm int) string { return s.called(arm) + titled(s.loaded[arm]) }

// titled is an arm's title after its name, if it has one.
func titled(a *scenarios.Arm) string {
	if a.Title == "" {
		return ""
	}
	return ": " + a.Title
}

// headlineNames are the headline measures in words.
var headlineNames = []struct {
	words, unit string
	digits      int
}{
	{"First response to a portal message, same contacts", "h", 2},
	{"After-hours minutes per clinician and week", "min", 1},
}

// printComparison prints the answer: the headline differences of each arm, what they rest on, and the ceiling.
func printComparison(out io.Writer, s *study, c *experiment.Collection) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	control := s.arms[0]
	weeks := control.Scenario.Measure.Hours() / 168
	fmt.Fprintf(w, "%s\n", s.headline(0))
	fmt.Fprintf(w, "%s of %.0f weeks, seed %d; %s\n", count(c.Replications(), "replication"), weeks, s.seed, panelWords(control.Scenario))
	for a := range s.arms {
		switch {
		case a == 0 || s.arms[a].Reference:
		case c.NeverSettles(0) || c.NeverSettles(a):
			fmt.Fprintf(w, "\n%s against %s: not compared, since one of them never settles\n", s.called(a), s.called(0))
		default:
			printArm(w, s, c, a)
		}
	}
	printCeiling(w, s, c)
	printCosts(w, s, c)
	s.printChoice(w, c)
	if s.drawing != nil {
		s.printInformation(w, c)
		s.printDraws(w, c)
		return
	}
	s.printIntervals(w, c)
}

func panelWords(s *sim.Scenario) string {
	if s.Patients.PanelSeed != nil {
		return "one panel for all replications (this clinic's years)"
	}
	return "a new panel in each replication (clinics like this one)"
}

func printArm(w io.Writer, s *study, c *experiment.Collection, arm int) {
	fmt.Fprintf(w, "\n%s against %s%s\n", s.called(arm), s.called(0), titled(s.loaded[arm]))
	s.printOverloads(w, c, 0, arm)
	for i, h := range c.Headlines(arm, s.ceiling, s.confidence) {
		n := headlineNames[i]
		if row := headlineRow(i); len(c.Known(0, row))+len(c.Known(arm, row)) == 0 {
			continue // neither arm has any: no clinicians, or no portal messages
		}
		fmt.Fprintf(w, "  %s\n", n.words)
		if math.IsNaN(h.Change.Mean) {
			fmt.Fprintf(w, "    not comparable: no such contacts, or clinicians, in both arms\n")
			continue
		}
		if s.drawing != nil {
			printUncertain(w, s, c, arm, i, &h)
			continue
		}
		fmt.Fprintf(w, "    %.*f to %.*f %s   difference %s %s  %.0f %% interval %s   %s\n", n.digits, h.ControlMean, n.digits, h.ArmMean, n.unit,
			signed(h.Change.Mean, n.digits), n.unit, 100*s.confidence, between(h.Change.Interval(), n.digits), percent(h.Relative.Estimate))
		fmt.Fprintf(w, "    simultaneous interval %s; %s\n", between(h.Simultaneous, n.digits), pairingWords(&h))
		if !math.IsNaN(h.Ceiling.Estimate) {
			fmt.Fprintf(w, "    share of the ceiling saved %s %%  %.0f %% interval %s\n", plain(100*h.Ceiling.Estimate, 1), 100*s.confidence, ofHundred(h.Ceiling.Interval))
		}
		if h.Restricted {
			fmt.Fprintf(w, "    restricted: some threads had no response when the run ended\n")
		}
	}
	printUrgentPairs(w, s, c, arm)
	printTriage(w, s, c, arm)
	printFates(w, c, arm, weeks(s))
	printAnswered(w, c, arm)
	printHarms(w, c, arm, weeks(s))
	printCampaigns(w, s, arm)
}

// headlineRow returns the row of a headline measure, by its place in sim.Headline.
func headlineRow(i int) sim.MeasureRow {
	row := experiment.Of(sim.Headline[i])
	if i == 0 {
		row.Channel = "portal"
	}
	return row
}

func weeks(s *study) float64 { return s.arms[0].Scenario.Measure.Hours() / 168 }

// printFates prints what became of the control's portal threads that are not in the paired difference.
func printFates(w io.Writer, c *experiment.Collection, arm int, weeks float64) {
	words := []struct{ fate, text string }{
		{experiment.Moved, "moved to another channel"},
		{experiment.Arrived, "came to the portal from another channel"},
		{experiment.Unexpressed, "no longer written"},
		{experiment.Extra, "extra"},
		{experiment.Settled, "settled without a wait (self-service, or joined another)"},
	}
	for _, f := range words {
		fate := c.Fate(arm, f.fate)
		if fate.Contacts == 0 {
			continue
		}
		text := fmt.Sprintf("  Portal messages %s: %.1f a week", f.text, fate.Contacts/weeks)
		if !math.IsNaN(fate.ControlWait) {
			text += fmt.Sprintf("; had waited %.2f h", fate.ControlWait)
		}
		if !math.IsNaN(fate.ArmWait) {
			text += fmt.Sprintf("; wait %.2f h in the arm", fate.ArmWait)
		}
		fmt.Fprintln(w, text)
	}
}

// printAnswered prints the wait for a substantive answer, beside that for a first response.
func printAnswered(w io.Writer, c *experiment.Collection, arm int) {
	answer := experiment.Of("substantive_answer_h_mean")
	answer.Channel = "portal"
	if p, ok := c.Difference(arm, answer, 0.95); ok {
		fmt.Fprintf(w, "  Portal messages, time to a substantive answer: %.2f to %.2f h, difference %s h (includes change of mix)\n", p.ControlMean, p.ArmMean, signed(p.Change.Mean, 2))
	}
}

// printCampaigns prints what an arm's education rests on.
func printCampaigns(w io.Writer, s *study, arm int) {
	scenario := s.arms[arm].Scenario
	for i := range scenario.Campaigns {
		campaign := &scenario.Campaigns[i]
		if campaign.Always {
			continue
		}
		average := sim.AverageOver(campaign, min(scenario.Patients.Count, 2000), s.seed, 0, scenario.WarmUp, scenario.WarmUp+scenario.Measure, sim.Week)
		fmt.Fprintf(w, "  Rests on assumptions (%s): reach %.0f %% a wave, %.0f %% of patients reached by the end, mean strength over patients and period %.2f\n",
			campaign.Name, 100*campaign.Reach, 100*average.Reached, average.Strength)
		var texts []string
		for k := range scenario.Types {
			if text := effectText(&campaign.Effects[k], &average.Effects[k]); text != "" {
				texts = append(texts, scenario.Types[k].Name+": "+text)
			}
		}
		if len(texts) > 0 {
			fmt.Fprintf(w, "    effects at full strength (averaged over patients and period), rate a multiplier, the others odds ratios:\n")
		}
		for _, text := range texts {
			fmt.Fprintf(w, "      %s\n", text)
		}
	}
}

func effectText(full, average *sim.Effects) string {
	var parts []string
	for _, e := range []struct {
		name       string
		full, mean float64
	}{
		{"rate", full.Rate, average.Rate}, {"hold_back", full.HoldBack, average.HoldBack}, {"by_phone", full.ByPhone, average.ByPhone}, {"misdirected", full.Misdirected, average.Misdirected},
		{"incomplete", full.Incomplete, average.Incomplete}, {"follow_up", full.FollowUp, average.FollowUp},
	} {
		if e.full != 1 {
			parts = append(parts, fmt.Sprintf("%s %.4g (%.2f)", e.name, e.full, e.mean))
		}
	}
	return strings.Join(parts, ", ")
}

// printCeiling prints where the evening comes from, and how much of it patients' messages cause at all.
func printCeiling(w io.Writer, s *study, c *experiment.Collection) {
	mean := func(arm int, measure string) float64 { return c.Mean(arm, experiment.Of(measure)) }
	total := mean(0, "after_hours_min_per_clinician_week")
	if math.IsNaN(total) {
		return // no clinicians, or never settles
	}
	fmt.Fprintf(w, "\nWhere the evening comes from in %s, after-hours minutes per clinician and week (the split depends on precedence)\n ", s.called(0))
	for _, activity := range []string{"notes", "other_inbox", "messages", "calls", "visit", "admin"} {
		fmt.Fprintf(w, " %s %.1f ", strings.ReplaceAll(activity, "_", " "), mean(0, "after_hours_"+activity+"_min_per_clinician_week"))
	}
	fmt.Fprintf(w, " total %.1f\n", total)
	if s.ceiling < 0 {
		return
	}
	if h, ok := c.Difference(s.ceiling, experiment.Of("after_hours_min_per_clinician_week"), s.confidence); ok && total > 0 {
		fmt.Fprintf(w, "The ceiling: with no message from any patient they would be %s: messages cause %s min [%s, %s], %s %% of the evening\n", plain(h.ArmMean, 1), plain(-h.Change.Mean, 1),
			plain(-h.Change.Interval().High, 1), plain(-h.Change.Interval().Low, 1), plain(-100*h.Change.Mean/h.ControlMean, 0))
	}
}

// printIntervals says what the intervals are, and what they are not.
func (s *study) printIntervals(w io.Writer, c *experiment.Collection) {
	fmt.Fprintf(w, "\nIntervals: simulation error only; the effect sizes are assumptions. Paired t over replications; simultaneous ones hold together\n")
	fmt.Fprintf(w, "over the family of %s, by Bonferroni. Burden here is workload, not burnout.\n", s.familyWords(c.HeadlineFamily()))
	s.printStopping(w, c)
	s.printPlaces(w)
}

// familyWords says which headline differences the simultaneous intervals hold for: all, or those of them that there are.
func (s *study) familyWords(family int) string {
	compared := 0
	for _, arm := range s.arms[1:] {
		if !arm.Reference {
			compared++
		}
	}
	words := count(family, "headline difference")
	if all := compared * len(sim.Headline); family < all {
		return fmt.Sprintf("%s with an interval (of %d: arms × the two headline measures)", words, all)
	}
	return words + " (arms × the two headline measures)"
}

// printRun prints the main measures of a single arm.
func printRun(out io.Writer, s *study, c *experiment.Collection) {
	w := bufio.NewWriter(out)
	defer w.Flush()
	scenario := s.arms[0].Scenario
	fmt.Fprintf(w, "%s\n%s of %.0f weeks, seed %d; %s\n\n", s.headline(0), count(c.Replications(), "replication"), weeks(s), s.seed, panelWords(scenario))
	s.printOverloads(w, c, 0)
	show := []string{"threads_n", "first_response_h_mean", "first_response_h_p50", "first_response_h_p90", "first_response_within_target_share",
		"resolution_h_mean", "urgent_look_h_mean", "unopened_late_share", "unanswered_late_share", "messages_per_thread", "touches_per_thread"}
	for _, measure := range show {
		for i, channel := range []string{"portal", sim.All} {
			if i == 0 && len(scenario.Channels) == 1 {
				continue // the same as all
			}
			row := experiment.Of(measure)
			row.Channel = channel
			printMean(w, s, c, row)
		}
	}
	for _, measure := range []string{"after_hours_min_per_clinician_week", "after_hours_day_share", "after_hours_heavy_week_share", "pajama_min_per_clinician_week",
		"ib_time8_h", "wow8_h", "inbox_min_per_clinician_day", "items_per_clinician_day"} {
		printMean(w, s, c, experiment.Of(measure))
	}
	fmt.Fprintln(w)
	for _, role := range roles(scenario) {
		row := experiment.Of("utilisation")
		row.Role = role
		printMean(w, s, c, row)
	}
	if s.drawing != nil {
		s.printDraws(w, c)
		return
	}
	fmt.Fprintf(w, "\n%.0f %% t-intervals over replications: simulation error only. Burden here is workload, not burnout.\n", 100*s.confidence)
	s.printStopping(w, c)
	s.printPlaces(w)
}

func roles(s *sim.Scenario) []string {
	var list []string
	for i := range s.Staff {
		if !slices.Contains(list, s.Staff[i].Role) {
			list = append(list, s.Staff[i].Role)
		}
	}
	return list
}

func printMean(w io.Writer, s *study, c *experiment.Collection, row sim.MeasureRow) {
	values := c.Known(0, row)
	if len(values) == 0 {
		return
	}
	e := c.Estimate(values, s.confidence)
	fmt.Fprintf(w, "  %-60s %10s  [%s, %s]\n", row.Name(), number(e.Mean), number(e.Interval().Low), number(e.Interval().High))
}
