package study

import (
	"fmt"
	"slices"
	"strings"

	"portalsim/scenarios"
	"portalsim/sim"
)

// The front of a study is over choices: an arm under values of the levers. What is uncertain nobody chooses; a choice is
// taken over all points that have its values of the levers, and all choices must meet the same uncertainties.

// mostChoices bounds the points and arms of a front: each pair of them may have to be compared.
const mostChoices = 20_000

// usualFront is how many measures the front of a study has that names none.
const usualFront = 3

// front finds which measures the front is drawn by, and which points are one choice.
func (b *builder) front(root *scenarios.Node) {
	s := b.study
	at := b.placeOf(root, "front")
	var measures []int
	for i, name := range s.File.Front {
		m := slices.IndexFunc(s.Interest, func(m Measure) bool { return m.Name == name })
		path := fmt.Sprintf("front[%d]", i)
		switch {
		case m < 0:
			b.refuse(at, path, name+" is not among the measures of interest", "write it under measures, too")
		case s.Interest[m].Better == sim.Neither:
			b.refuse(at, path, "neither less nor more of "+name+" is better", "write better: lower, or higher, under measures")
		case slices.Contains(measures, m):
			b.refuse(at, path, name+" stands here twice", "remove one")
		}
		measures = append(measures, m)
	}
	if len(b.problems) > 0 {
		return
	}
	if n := len(measures); s.File.Front != nil && n != 0 && (n < 2 || n > 4) {
		b.refuse(at, "front", fmt.Sprintf("has %s", counted(n, "measure")), "write two to four, or [] for no front")
		return
	}
	if s.File.Front == nil {
		measures = s.directed()
	}
	why := ""
	if len(measures) >= 2 {
		s.choices, why = s.chosenBy()
	}
	switch {
	case s.File.Front != nil && why != "":
		b.refuse(at, "front", why, "make what is uncertain the same for all choices: cross it with the levers in a grid, or leave it as it stands")
	case why == "" && len(measures) >= 2:
		s.front = measures
	}
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// directed returns the first measures of interest that have a better direction.
func (s *Study) directed() []int {
	var list []int
	for i := range s.Interest {
		if s.Interest[i].Better != sim.Neither && len(list) < usualFront {
			list = append(list, i)
		}
	}
	return list
}

// chosenBy returns which choice of levers each point is, or why the choices cannot be compared.
func (s *Study) chosenBy() (choices []int, why string) {
	if s.Points()*len(s.Standing) > mostChoices {
		return nil, fmt.Sprintf("there are more than %d arms at points", mostChoices)
	}
	place := map[string]int{} // of a choice, by its values; looked up, never walked
	var met []string          // by choice, what is uncertain at its points
	for p := range s.Points() {
		lever, uncertain := "", ""
		for i, l := range s.Levels(p) {
			if s.Factors[i].Role == "lever" {
				lever += l.Text + "\n"
			} else {
				uncertain += l.Text + "\n"
			}
		}
		c, ok := place[lever]
		if !ok {
			c = len(met)
			place[lever] = c
			met = append(met, "")
		}
		choices, met[c] = append(choices, c), met[c]+uncertain+"\n"
	}
	if len(met)*len(s.Standing) < 3 {
		return nil, "there are fewer than three choices of arms and levers"
	}
	for _, other := range met {
		if other != met[0] {
			return nil, "not every choice of levers meets the same values of what is uncertain"
		}
	}
	return choices, ""
}

// Front returns the places among Interest of the measures that the front is drawn by, nil for none, and for each point
// which choice of levers it is: points of one choice differ only in what is uncertain.
func (s *Study) Front() (measures, choices []int) { return s.front, s.choices }

// FrontNames returns the measures of the front, with spaces between.
func (s *Study) FrontNames() string {
	var names []string
	for _, m := range s.front {
		names = append(names, s.Interest[m].Name)
	}
	return strings.Join(names, " ")
}
