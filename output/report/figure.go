package report

import "strings"

// Figure is one thing that the page shows.
type Figure struct {
	ID      string // place on the page, and what links to it name
	Title   string // what it shows
	Reading string // what it tells, for those who do not see it too
	Keys    []Key
	Panels  []Panel
	Table   Table

	Multiples bool // the panels are small, and stand beside each other where there is room
}

// Tall tells a figure that may be longer than a sheet of paper.
func (f *Figure) Tall() bool { return !f.Multiples && len(f.Panels) > 3 }

// Key explains a colour or a line.
type Key struct{ Class, Text string }

// Panel is one drawing of a figure, for a wide and for a narrow screen.
type Panel struct {
	Name     string // empty where the figure has only one
	Drawings []*canvas
}

// Table is what a figure's drawings were made from.
type Table struct {
	Head []string
	Rows [][]string
}

func (t *Table) add(cells ...string) { t.Rows = append(t.Rows, cells) }

// draw draws a panel for both widths.
func (f *Figure) draw(name, label string, height func(width float64) float64, paint func(*canvas)) {
	p := Panel{Name: name}
	for _, width := range []float64{wide, narrow} {
		c := &canvas{width: width, height: height(width), Label: label}
		paint(c)
		p.Drawings = append(p.Drawings, c)
	}
	f.Panels = append(f.Panels, p)
}

// drawSmall draws a panel that stands beside others, the same on every screen.
func (f *Figure) drawSmall(name, label string, height float64, paint func(*canvas)) {
	c := &canvas{width: narrow, height: height, every: true, Label: label}
	paint(c)
	f.Multiples = true
	f.Panels = append(f.Panels, Panel{name, []*canvas{c}})
}

// drawFew draws a panel: small where there are several.
func (f *Figure) drawFew(several bool, name, label string, height float64, paint func(*canvas)) {
	if several {
		f.drawSmall(name, label, height, paint)
	} else {
		f.draw(name, label, fixed(height), paint)
	}
}

// fixed is a height that does not depend on the width.
func fixed(height float64) func(float64) float64 { return func(float64) float64 { return height } }

// Sections of the page, in its order, each with its figures. A figure that returns nil has nothing to show.
var sections = []struct {
	ID, Title string
	figures   []func(*Study) *Figure
}{
	{"difference", "What would change", []func(*Study) *Figure{waitDifference, eveningDifference}},
	{"harm", "What could go wrong, and what it costs", []func(*Study) *Figure{urgentDifference, costDifference}},
	{"choices", "What to choose", []func(*Study) *Figure{choiceOf, frontOf}},
	{"knowledge", "What hangs on what is not known", []func(*Study) *Figure{
		inputDrivers(firstResponse, "wait-drivers", "Which inputs go with the difference in time to first response"),
		inputDrivers(evening, "evening-drivers", "Which inputs go with the difference in after-hours minutes"),
		informationFigure,
	}},
	{"fading", "How education wears off", []func(*Study) *Figure{educationOverTime}},
	{"waits", "How long patients wait, and when work comes", []func(*Study) *Figure{waitsByType, arrivalsByHour, backlogByHour}},
	{"staff", "What it asks of the staff", []func(*Study) *Figure{workingDay, eveningWeeks}},
	{"flow", "Who does the work", []func(*Study) *Figure{whoAnswers, flowsByPool}},
}

// armKeys explains the colours of the arms.
func armKeys(arms []Arm) []Key {
	var keys []Key
	for i := range arms {
		keys = append(keys, Key{armClass(i), arms[i].called()})
	}
	return keys
}

// armColours is how many arms have a colour of their own; more take turns, and are told apart by their names.
const armColours = 6

func armClass(i int) string {
	return "arm arm" + string(rune('0'+i%armColours))
}

// named is a table with the name that a reader who cannot see it is told.
type named struct {
	Name  string
	Table Table
}

// Numbers is the table behind a figure.
func (f *Figure) Numbers() named { return named{"Numbers: " + f.Title, f.Table} }

// Shape is how a key is drawn: a line for what is drawn as a line, else a patch.
func (k Key) Shape() string {
	if strings.HasPrefix(k.Class, "dots") {
		return "M11 7h.01"
	}
	if strings.HasPrefix(k.Class, "curve") {
		return "M1 7H21"
	}
	switch k.Class {
	case "interval", "whole", "whisker", "error":
		return "M1 7H21"
	case "median", "limit", "zero", "answers":
		return "M11 1V13"
	case "point", "point off":
		return "M6 7a5 5 0 1 0 10 0a5 5 0 1 0 -10 0"
	default:
		return "M2 2H20V12H2Z"
	}
}
