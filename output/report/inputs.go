package report

import (
	"fmt"
	"slices"

	"portalsim/sim"
)

// Evidence is the inputs of one sort of evidence.
type Evidence struct {
	Source, Meaning string
	Inputs          []sim.InputRow
}

// sources in the order of how much they bear, with their meaning.
var sources = []struct{ name, meaning string }{
	{"survey", "what people with MS said when asked"},
	{"literature", "published figures, some of other specialties: the note says so"},
	{"local", "measured at the clinic itself"},
	{"user", "given by the user without evidence"},
	{"assumption", "nobody has measured it: a judgement, with the range that it is thought to lie in"},
	{"default", "the program's own, where the scenario says nothing: mostly mechanisms that are off"},
}

// evidence returns the control's inputs by their evidence.
func (s *Study) evidence() []Evidence {
	var list []Evidence
	for _, source := range sources {
		e := Evidence{Source: source.name, Meaning: source.meaning}
		for _, in := range s.inputs {
			if in.Arm == s.control().Name && in.Source == source.name {
				e.Inputs = append(e.Inputs, in)
			}
		}
		if e.Inputs != nil {
			list = append(list, e)
		}
	}
	return list
}

// Changed is an input in which an arm differs from the control.
type Changed struct {
	Before string // the control's value, or empty where it has none
	sim.InputRow
}

// changed returns the inputs in which an arm differs from the control, in the order of the arm.
func (s *Study) changed(arm string) []Changed {
	var list []Changed
	for _, in := range s.inputs {
		if in.Arm != arm {
			continue
		}
		i := slices.IndexFunc(s.inputs, func(c sim.InputRow) bool { return c.Arm == s.control().Name && c.Path == in.Path })
		switch {
		case i < 0 && in.Source != "default":
			list = append(list, Changed{"", in})
		case i >= 0 && s.inputs[i].Value != in.Value:
			list = append(list, Changed{s.inputs[i].Value, in})
		}
	}
	return list
}

// evidenceCounts counts the inputs of all arms once: assumed ones, those of them without a range, and all.
func (s *Study) evidenceCounts() (assumed, held, all int) {
	seen := map[string]bool{}
	for _, in := range s.inputs {
		if in.Source == "default" || seen[in.Path] {
			continue
		}
		seen[in.Path] = true
		all++
		if in.Source == "assumption" {
			assumed++
		}
		if in.Held {
			held++
		}
	}
	return assumed, held, all
}

// inputTable makes the table of some inputs.
func inputTable(rows []sim.InputRow) Table {
	t := Table{Head: []string{"input", "value", "95 % range", "evidence"}}
	for i := range rows {
		t.add(rows[i].Path, cut(rows[i].Value, mostOfName), rangeOf(&rows[i]), evidenceOf(&rows[i]))
	}
	return t
}

// changedTable makes the table of what an arm changes.
func changedTable(rows []Changed) Table {
	t := Table{Head: []string{"input", "control", "here", "95 % range", "evidence"}}
	for i := range rows {
		r := &rows[i]
		before := cut(r.Before, mostOfName)
		if before == "" {
			before = "none"
		}
		source := r.Source
		if words := evidenceOf(&r.InputRow); words != "" {
			source += ": " + words
		}
		t.add(r.Path, before, cut(r.Value, mostOfName), rangeOf(&r.InputRow), source)
	}
	return t
}

func rangeOf(r *sim.InputRow) string {
	if r.Low == nil || r.High == nil {
		if r.Held {
			return "held fixed"
		}
		return ""
	}
	return cut(*r.Low, mostOfName) + " to " + cut(*r.High, mostOfName)
}

// evidenceOf says what stands behind a number.
func evidenceOf(r *sim.InputRow) string {
	text := ""
	add := func(part string) {
		if part == "" {
			return
		}
		if text != "" {
			text += "; "
		}
		text += part
	}
	if r.N != nil {
		add(fmt.Sprintf("n = %d", *r.N))
	}
	add(cut(r.Cite, mostOfNote))
	add(cut(r.Remark, mostOfNote))
	if r.Group != "" {
		add("drawn with group " + cut(r.Group, mostOfName))
	}
	return text
}
