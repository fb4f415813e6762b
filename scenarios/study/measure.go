package study

import (
	"fmt"
	"slices"

	"portalsim/scenarios"
	"portalsim/sim"
)

// Measure is a measure of interest.
type Measure struct {
	Name      string // as written
	Row       sim.MeasureRow
	Better    sim.Better
	HalfWidth float64 // wanted; 0 for none
	Relative  bool    // as a share of the control's mean
	ByContact bool    // its difference is over the same contacts
}

// headline are the measures of a study that names none.
var headline = []string{"first_response_h_mean[channel=portal]", "after_hours_min_per_clinician_week"}

// measures checks the measures of interest.
func (b *builder) measures(root *scenarios.Node) {
	s := b.study
	keys := s.File.Measures.Keys
	if len(keys) == 0 {
		keys = headline
	}
	for i, name := range keys {
		row, err := sim.MeasureNamed(name)
		if err != nil {
			continue // decoding reported it
		}
		m := Measure{Name: name, Row: row}
		for _, entry := range sim.Measures() {
			if entry.Name == row.Measure {
				m.Better = entry.Better
				m.Row.Unit = entry.Unit
			}
		}
		if len(s.File.Measures.Keys) > 0 {
			b.measure(&m, &s.File.Measures.Values[i], s.File.Measures.Nodes[i].Place)
		}
		s.Interest = append(s.Interest, m)
	}
	b.precision(root)
	b.selection(root)
}

// selection checks by what the best is chosen.
func (b *builder) selection(root *scenarios.Node) {
	s := b.study
	if s.File.Select == nil {
		return
	}
	at := b.placeOf(root, "select", "measure")
	i := slices.IndexFunc(s.Interest, func(m Measure) bool { return m.Name == s.File.Select.Measure })
	switch {
	case i < 0:
		b.refuse(at, "select.measure", s.File.Select.Measure+" is not among the measures of interest", "write it under measures, too")
	case s.Interest[i].Better == sim.Neither:
		b.refuse(at, "select.measure", "neither less nor more of it is better", "write better: lower, or higher, under measures")
	}
}

// Choice returns the place among Interest of the measure that the best is chosen by, and the confidence; -1 for none.
func (s *Study) Choice() (measure int, confidence float64) {
	if s.File.Select == nil {
		return -1, 0
	}
	confidence = 0.95
	if s.File.Select.Confidence != nil {
		confidence = s.File.Select.Confidence.Value
	}
	return slices.IndexFunc(s.Interest, func(m Measure) bool { return m.Name == s.File.Select.Measure }), confidence
}

// measure checks what a file says of one measure.
func (b *builder) measure(m *Measure, file *MeasureFile, at scenarios.Place) {
	path := "measures." + m.Name
	switch file.Better {
	case "lower":
		m.Better = sim.Lower
	case "higher":
		m.Better = sim.Higher
	}
	switch {
	case file.HalfWidth != nil && file.Relative != nil:
		b.refuse(at, path, "has both half_width and relative", "keep one of them")
	case file.HalfWidth != nil:
		m.HalfWidth = file.HalfWidth.Value
	case file.Relative != nil:
		m.HalfWidth, m.Relative = file.Relative.Value, true
	}
	if file.PairedBy == "contact" {
		m.ByContact = true
		rest := m.Row
		rest.Type, rest.Unit = sim.All, ""
		want, _ := sim.MeasureNamed(headline[0])
		if rest != want {
			b.refuse(at, path+".paired_by", "only "+headline[0]+", by type or not, is paired by contact", "remove it")
		} else if len(b.study.Written) < 2 {
			b.refuse(at, path+".paired_by", "a study with one arm pairs nothing", "remove it, or give arms")
		}
	}
	for _, d := range [][2]string{{"type", m.Row.Type}, {"channel", m.Row.Channel}, {"pool", m.Row.Pool}, {"role", m.Row.Role}, {"staff", m.Row.Staff}} {
		if d[1] != sim.All && !b.has(d[0], d[1]) {
			b.refuse(at, path, fmt.Sprintf("the control has no %s %s", d[0], d[1]), scenarios.DidYouMean(d[1], b.names(d[0])))
		}
	}
}

func (b *builder) has(dimension, name string) bool { return slices.Contains(b.names(dimension), name) }

// names lists what a dimension of the tables may be in the control.
func (b *builder) names(dimension string) []string {
	model := b.study.Standing[0].Model
	var list []string
	switch dimension {
	case "type":
		for i := range model.Types {
			list = append(list, model.Types[i].Name)
		}
	case "channel":
		for i := range model.Channels {
			list = append(list, model.Channels[i].Name)
		}
	case "pool":
		for i := range model.Pools {
			list = append(list, model.Pools[i].Name)
		}
	default:
		for i := range model.Staff {
			list = append(list, model.Staff[i].Name, model.Staff[i].Role)
		}
	}
	return list
}

// precision checks that replications are asked for in one way.
func (b *builder) precision(root *scenarios.Node) {
	s := b.study
	wanted := slices.ContainsFunc(s.Interest, func(m Measure) bool { return m.HalfWidth > 0 })
	choosing := s.File.Select != nil && s.File.Replications == nil
	at := b.placeOf(root, "precision")
	switch {
	case s.File.Replications != nil && wanted:
		b.refuse(b.placeOf(root, "replications"), "replications", "a number of replications and half-widths of measures exclude each other", "remove replications, or half_width and relative")
	case s.File.Precision != nil && !wanted && !choosing:
		b.refuse(at, "precision", "no measure has a half_width or relative, and nothing is selected", "write one, such as measures: {after_hours_min_per_clinician_week: {relative: 0.02}}")
	}
}

// Sequential tells whether replications are added until the measures are precise.
func (s *Study) Sequential() bool {
	return s.File.Replications == nil && slices.ContainsFunc(s.Interest, func(m Measure) bool { return m.HalfWidth > 0 })
}

// Open tells whether replications are added as they are needed: until the measures are precise, or the best is told from
// the others.
func (s *Study) Open() bool {
	return s.Sequential() || s.File.Replications == nil && s.File.Select != nil
}

// usualReplications is run of each point where nothing is said.
const usualReplications = 20

// Replications returns the replications of each point, or the most of an open study.
func (s *Study) Replications() int {
	switch {
	case s.File.Replications != nil:
		return *s.File.Replications
	case s.Open() && s.File.Precision != nil:
		return s.File.Precision.AtMost
	case s.Open():
		return usualCap
	}
	return usualReplications
}

// usualCap is the default of precision.at_most.
const usualCap = 400

// Confidence returns the confidence of all intervals of a point together.
func (s *Study) Confidence() float64 {
	if s.File.Precision != nil && s.File.Precision.Confidence != nil {
		return s.File.Precision.Confidence.Value
	}
	return 0.95
}
