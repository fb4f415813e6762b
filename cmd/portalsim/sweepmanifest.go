package main

import (
	"fmt"
	"slices"

	"portalsim/output"
	studies "portalsim/scenarios/study"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

// manifest is the manifest of the sweep.
func (w *sweep) manifest(outcomes []outcome) output.Manifest {
	most := 0
	for _, o := range outcomes {
		if o.hasResults() {
			most = max(most, o.replications)
		}
	}
	m := output.Manifest{
		Seed: w.seed, Replications: most, Confidence: 0.95, RandomNumbers: random.Scheme,
		Command: w.command, Run: output.NewOccasion(w.started, w.jobs), Study: w.entry(),
		Notes: slices.Concat(w.asStudy().remarks(), w.overworked(outcomes), w.notes),
	}
	for _, a := range w.study.Standing {
		m.Arms = append(m.Arms, output.Arm{Name: a.Name, Label: a.Label, Title: a.Title, Text: a.Expand(), Layers: a.Layers})
	}
	return m
}

// entry describes the study: what is varied, and which measures matter.
func (w *sweep) entry() *output.StudyEntry {
	s := w.study
	e := &output.StudyEntry{Name: s.File.Name, Title: s.File.Title, Description: s.File.Description, Design: s.Kind, Points: s.Points(),
		Factors: []output.FactorEntry{}, Model: sim.ModelVersion, Text: s.Text}
	for i := range s.Factors {
		f := &s.Factors[i]
		scale := "linear"
		if f.Log {
			scale = "log"
		}
		low, high := f.Ends()
		e.Factors = append(e.Factors, output.FactorEntry{Path: f.Name, Title: f.Title, Role: f.Role, Unit: f.Unit, Group: f.Group, Scale: scale,
			Standing: levelEntry(f.Base), Low: levelEntry(low), High: levelEntry(high)})
	}
	better := map[sim.Better]string{sim.Lower: "lower", sim.Higher: "higher"} // looked up, never walked
	for _, m := range s.Interest {
		paired := experiment.ByReplication
		if m.ByContact {
			paired = experiment.ByContact
		}
		e.Measures = append(e.Measures, output.MeasureEntry{Name: m.Name, Unit: m.Row.Unit, Better: better[m.Better], PairedBy: paired})
	}
	return e
}

func levelEntry(l studies.Level) output.LevelEntry {
	return output.LevelEntry{Text: l.Text, Value: finite(l.Value)}
}

// called is what to call an arm before people.
func (w *sweep) called(arm string) string {
	for _, a := range w.study.Standing {
		if a.Name == arm {
			return a.Label
		}
	}
	return arm
}

// asStudy is the arms as they stand, as compare would run them.
func (w *sweep) asStudy() *study {
	s := &study{options: &w.options, io: w.io}
	for _, a := range w.study.Standing {
		s.loaded = append(s.loaded, a)
		s.arms = append(s.arms, experiment.Arm{Name: a.Name, Scenario: a.Model})
		s.given = append(s.given, a.Expression)
	}
	return s
}

// overworked warns of arms that are offered more work than their staffed time at some points, where the run was too short
// to see the backlog grow without end.
func (w *sweep) overworked(outcomes []outcome) []string {
	var list []string
	for _, a := range w.study.Standing {
		var points []string
		for p, o := range outcomes {
			for _, arm := range o.overworked {
				if arm == a.Name {
					points = append(points, w.study.ID(p))
				}
			}
		}
		if points != nil {
			list = append(list, fmt.Sprintf("Not a long-run average: %s is offered more work%s than its staffed time at %s (%s)", a.Label, underUsualCare(a.Model), count(len(points), "point"), someOf(points, ", ")))
		}
	}
	return list
}

// remark says before the run what to know of the arms as they stand.
func (w *sweep) remark() {
	s := w.asStudy()
	for _, r := range slices.Concat(s.remarks(), s.overloads(), w.edited()) {
		s.talk("note: %s", r)
	}
}
