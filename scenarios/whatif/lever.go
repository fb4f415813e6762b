package whatif

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"portalsim/scenarios"
)

// Lever is something that a reader can move, with what is known about it.
type Lever struct {
	ID    string `json:"id"`
	Group string `json:"group"`
	Label string `json:"label"`
	About string `json:"about"` // what it is, in a sentence
	Unit  string `json:"unit"`  // of Value: "", "%" for a share, w for weeks, min, × for a multiple

	Value   string   `json:"value"` // before it is moved
	Least   float64  `json:"least"` // ends of the slider
	Most    float64  `json:"most"`
	Step    float64  `json:"step"`
	Low     *float64 `json:"low"` // range of the evidence; nil for none
	High    *float64 `json:"high"`
	Source  string   `json:"source"` // survey, literature, assumption, local, user, default or choice
	Cite    string   `json:"cite"`
	Note    string   `json:"note"`
	Choices []Choice `json:"choices"` // of a lever that is not a number

	settings func(text string) ([]setting, error)
}

// Choice is a value of a lever that is not a number.
type Choice struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// setting is a path and its value, as for --set and for the key set of a study file.
type setting struct{ path, value string }

// choose makes a lever's settings from one of its choices.
func (l *Lever) choose(settings func(text string) []setting) {
	choices := l.Choices
	l.settings = func(text string) ([]setting, error) {
		if !slices.ContainsFunc(choices, func(c Choice) bool { return c.Value == text }) {
			return nil, fmt.Errorf("%s: there is no choice %q", l.ID, text)
		}
		return settings(text), nil
	}
}

// number makes a lever's settings from a number: write gives the settings of one that is in bounds. A number beyond the
// slider is taken, where the format takes it.
func (l *Lever) number(write func(x float64) []setting) {
	id := l.ID
	l.settings = func(text string) ([]setting, error) {
		x, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsNaN(x) || math.IsInf(x, 0) || x < 0 {
			return nil, fmt.Errorf("%s: %q is not a number of 0 or more", id, text)
		}
		return write(x), nil
	}
}

// plain writes a number as the format reads it.
func plain(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

// inputs finds inputs by path in some arms: the first that has it.
type inputs struct {
	arms []*scenarios.Arm
	all  [][]scenarios.Input
}

func inputsOf(arms []*scenarios.Arm) *inputs {
	in := &inputs{arms: arms}
	for _, a := range arms {
		in.all = append(in.all, a.Inputs())
	}
	return in
}

// find returns an input, and false where no arm has it.
func (in *inputs) find(path string) (scenarios.Input, bool) {
	for _, list := range in.all {
		if i := slices.IndexFunc(list, func(i scenarios.Input) bool { return i.Path == path }); i >= 0 {
			return list[i], true
		}
	}
	return scenarios.Input{}, false
}

// weeksOf reads a number, or a time in weeks.
func weeksOf(text string) (float64, bool) {
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x, true
	}
	for _, unit := range []struct {
		name  string
		weeks float64
	}{{"w", 1}, {"d", 1. / 7}} {
		if x, err := strconv.ParseFloat(strings.TrimSuffix(text, unit.name), 64); err == nil {
			return x * unit.weeks, true
		}
	}
	return 0, false
}

// input makes a lever of an input; false where no arm has it, or its value is not a plain number or time.
func (in *inputs) input(l Lever, path string) (Lever, bool) {
	i, found := in.find(path)
	value, read := weeksOf(i.Value)
	if !found || !read {
		return l, false
	}
	l.Value, l.Source, l.Cite, l.Note = plain(value), i.Source, i.Cite, i.Note
	if i.Low != nil && i.High != nil {
		low, lowOK := weeksOf(*i.Low)
		high, highOK := weeksOf(*i.High)
		if lowOK && highOK {
			l.Low, l.High = &low, &high
		}
	}
	unit := l.Unit
	l.number(func(x float64) []setting {
		text := plain(x)
		if unit == "w" {
			text += "w"
		}
		return []setting{{path, text}}
	})
	return l, true
}
