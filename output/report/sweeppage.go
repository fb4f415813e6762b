package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"portalsim/sim"
)

// Write writes the page.
func (s *Sweep) Write(w io.Writer) error {
	p := s.frame(s.title(), s.answer(), s.methods())
	p.Varied = s.varied()
	p.Study = cut(s.entry.Text, mostOfStudy)
	p.add("drivers", "What drives the result", s.drivers())
	p.add("responses", "How the result responds", s.answers())
	p.add("choices", "What to choose", []*Figure{s.choice(), s.front()})
	return pageTemplate.Execute(w, p)
}

// mostOfStudy is how much of a study file is shown.
const mostOfStudy = 20_000

// answers are the figures of results against factors that the design can honestly give.
func (s *Sweep) answers() []*Figure {
	switch s.entry.Design {
	case "one-at-a-time":
		return s.turns()
	case "grid":
		if figures := s.responses(); figures != nil {
			return figures
		}
	case "latin-hypercube", "halton", "sobol", "saltelli", "morris":
		if figures := s.scatters(); figures != nil {
			return figures
		}
	}
	return s.pointRows()
}

func (s *Sweep) title() string {
	if s.entry.Title != "" {
		return cut(s.entry.Title, mostOfNote)
	}
	return short(s.entry.Name)
}

// answer tells each measure over the points: what drives it, and from where to where it goes.
func (s *Sweep) answer() Answer {
	a := Answer{Question: "What comes out, over all that is varied?", Caveats: s.sweepCaveats()}
	for g := range s.goals {
		one := ArmAnswer{Name: capital(s.words(g))}
		if s.goals[g].Unit != "1" {
			one.Title = "in " + s.unitOf(g)
		}
		one.Wait = s.standing(g) + s.driverWords(g)
		one.Evening = strings.TrimSpace(s.spanWords(g, len(s.arms) > 1))
		a.Arms = append(a.Arms, one)
	}
	for _, f := range []*Figure{s.choice(), s.front()} {
		if f != nil {
			a.Arms = append(a.Arms, ArmAnswer{Name: f.Title, Wait: firstSentence(f.Reading)})
		}
	}
	return a
}

// standing tells what a goal comes to where nothing is varied, in the design that holds that.
func (s *Sweep) standing(g int) string {
	if s.entry.Design != "one-at-a-time" || len(s.points) == 0 {
		return ""
	}
	text := ""
	for _, arm := range s.compared() {
		r := result{arm, g}
		about := ""
		if len(s.arms) > 1 {
			about = ", " + s.what(r)
		}
		text += fmt.Sprintf("As the arms stand%s: %s %s. ", about, s.amount(s.at(0, r), r), s.unitOf(g))
	}
	return text
}

// firstSentence returns a text up to the first full stop before a space.
func firstSentence(text string) string {
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

// driverWords names what drives a goal most, where the design says.
func (s *Sweep) driverWords(g int) string {
	text := ""
	for _, arm := range s.compared() {
		rows := s.sensitivityOf(result{arm, g})
		if len(rows) == 0 || strength(rows[0]) < 0 && rows[0].Note != sim.NothingMoves {
			continue
		}
		if text != "" || len(s.compared()) > 1 {
			text += capital(s.what(result{arm, g})) + ": "
		}
		if rows[0].Note == sim.NothingMoves {
			text += "No factor moves it. "
			continue
		}
		text += "It hangs most on " + s.factorCalled(rows[0].Factor)
		if len(rows) > 1 && strength(rows[1]) >= 0 {
			text += ", then on " + s.factorCalled(rows[1].Factor)
		}
		text += ". "
	}
	return text
}

// sweepCaveats are what to know before believing the answer.
func (s *Sweep) sweepCaveats() []string {
	list := []string{"The intervals hold simulation error only, at each point by itself: of many points some will miss by chance."}
	var unsettled, failed []string
	for i := range s.points {
		switch s.points[i].status {
		case "never_settles":
			unsettled = append(unsettled, s.points[i].id)
		case "failed":
			failed = append(failed, s.points[i].id)
		}
	}
	if unsettled != nil {
		list = append(list, fmt.Sprintf("At %s an arm never settles: more work comes in than the staff have time for, and there is no average to show (%s).", count(len(unsettled), "point"), someOf(unsettled)))
	}
	if failed != nil {
		list = append(list, fmt.Sprintf("%s failed and have no result (%s).", capital(count(len(failed), "point")), someOf(failed)))
	}
	switch uncertain := len(s.factors) - len(s.levers()); {
	case uncertain == 0:
	case uncertain < len(s.factors):
		list = append(list, fmt.Sprintf("%d of %s are levers; nobody can choose the others, and their ranges are judgements unless the evidence below says more.", len(s.levers()), count(len(s.factors), "factor")))
	default:
		list = append(list, "What is varied is uncertain: nobody can choose it, and the ranges are judgements unless the evidence below says more.")
	}
	return append(list, s.assumptions()...)
}

// someOf lists the first names of many.
func someOf(names []string) string {
	const most = 12
	if more := len(names) - most; more > 0 {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", more)
	}
	return strings.Join(names, ", ")
}

// designWords say what each kind of design does.
var designWords = map[string]string{ // looked up, never walked
	"arms": "the arms as they stand", "grid": "every combination of the values", "list": "the rows of a list", "one-at-a-time": "the arms as they stand, then each factor at its values alone",
	"latin-hypercube": "a Latin hypercube over all ranges", "halton": "a Halton sequence over all ranges", "sobol": "a Sobol' sequence over all ranges",
	"saltelli": "Saltelli's points for Sobol' indices", "morris": "Morris's trajectories, which move one factor at a time",
}

// methods says in a few sentences what was done.
func (s *Sweep) methods() []string {
	least, most := 0, 0
	for i := range s.points {
		if n := s.points[i].runs; n > 0 {
			if least == 0 {
				least = n
			}
			least, most = min(least, n), max(most, n)
		}
	}
	each := count(most, "replication")
	if least < most {
		each = fmt.Sprintf("%d to %d replications, until the intervals asked for were reached or the most allowed was run", least, most)
	}
	c := s.control().Scenario
	list := []string{fmt.Sprintf("Design: %s, %s (%s); %s at each, of %s after a warm-up of %s that does not count. The replications have the same seeds at every point, so that points differ by their factors and not by luck.",
		s.entry.Design, count(len(s.points), "point"), designWords[s.entry.Design], each, count(int(c.Measure/sim.Week), "week"), count(int(c.WarmUp/sim.Week), "week"))}
	if len(s.arms) > 1 {
		list = append(list, "At each point every arm meets the same patients, needs and minutes, and differences are replication by replication; of a wait paired by contact, over the contacts that are portal threads in both arms.")
	}
	if slices.ContainsFunc(s.points, func(p point) bool { return p.reach > 1 }) {
		list = append(list, "Some points did not reach the half-widths asked for within the most replications allowed; table points says which.")
	}
	return append(list, "Intervals are Student's t over replications, 95 % each by itself. After hours is by the clock: outside "+clock(c.Working)+" on workdays, and all of weekends and holidays.")
}

// varied is the table of the factors.
func (s *Sweep) varied() Table {
	t := Table{Head: []string{"factor", "as it stands", "from", "to", "unit", "role", "group"}}
	grouped := slices.ContainsFunc(s.factors, func(f factor) bool { return f.Group != "" })
	if !grouped {
		t.Head = t.Head[:6]
	}
	for i := range s.factors {
		f := &s.factors[i]
		cells := []string{cut(f.name+map[bool]string{true: "", false: ": " + f.Path}[f.Title == ""], mostOfNote), f.value(levelOf(f.Standing)), f.value(levelOf(f.Low)), f.value(levelOf(f.High)), map[bool]string{false: short(f.Unit)}[f.Unit == "1"],
			map[bool]string{true: "lever", false: "uncertain"}[f.Role == "lever"], short(f.Group)}
		t.add(cells[:len(t.Head)]...)
	}
	return t
}
