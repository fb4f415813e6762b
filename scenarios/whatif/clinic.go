// Package whatif is a comparison that a reader changes as they watch: a clinic with arms, levers with their evidence,
// and sessions that add a replication at a time. It runs in a browser too; what it answers is what compare prints for
// the command that a session gives.
package whatif

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"portalsim/scenarios"
	"portalsim/sim/experiment"
)

// ceiling is the arm without patients' messages, which compare adds.
const ceiling = "no-patient-messages"

// Clinic is the arms that a page shows, as they are before anything is moved, and what can be moved.
type Clinic struct {
	Levers []Lever

	source scenarios.Source
	given  []string // the arms as written
	loaded []*scenarios.Arm
}

// Open loads arms, as compare does: expressions of names of the library and of files, which are given by path. Every
// problem is in the error.
func Open(expressions []string, files map[string]string) (*Clinic, error) {
	c := &Clinic{given: expressions, source: scenarios.Source{Library: scenarios.Library(), ReadFile: func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}}}
	var err error
	if c.loaded, err = c.source.Load(expressions, nil); err != nil {
		return nil, err
	}
	c.Levers = leversOf(c.loaded)
	return c, nil
}

// Session is a run of the arms with some levers moved.
type Session struct {
	Expressions []string // the arms asked about, as for the command line
	Settings    []string // PATH=VALUE, as for --set
	Seed        uint64

	base       string   // scenario and overlays under all arms
	overlays   []string // of each arm, joined by +
	sets       []setting
	loaded     []*scenarios.Arm
	arms       []experiment.Arm
	collection *experiment.Collection
	course     course
}

// Start begins a session with the levers that are moved, by their ID, to the values given as text.
func (c *Clinic) Start(moves map[string]string, seed uint64) (*Session, error) {
	s := &Session{Seed: seed, base: c.loaded[0].Expression}
	variant := ""
	for i := range c.Levers {
		l := &c.Levers[i]
		text, moved := moves[l.ID]
		if !moved || text == l.Value {
			continue
		}
		sets, err := l.settings(text)
		if err != nil {
			return nil, err
		}
		s.sets = append(s.sets, sets...)
		if l.ID == eveningLever {
			variant = "+" + text
		}
	}
	for _, set := range s.sets {
		s.Settings = append(s.Settings, set.path+"="+set.value)
	}
	s.base += variant
	for i, a := range c.loaded {
		own, overlays := c.given[i], ""
		scenario, rest, has := strings.Cut(a.Expression, "+")
		if has {
			overlays = rest
		}
		if i == 0 {
			overlays = ""
		}
		if variant != "" {
			own = a.Name + "=" + strings.TrimSuffix(scenario+variant+"+"+rest, "+")
		}
		s.Expressions, s.overlays = append(s.Expressions, own), append(s.overlays, overlays)
	}
	return s, s.load(c)
}

// load composes the arms, with the ceiling.
func (s *Session) load(c *Clinic) error {
	expressions, reference := s.Expressions, !slices.ContainsFunc(c.loaded, func(a *scenarios.Arm) bool { return a.Name == ceiling })
	if reference {
		_, control, named := strings.Cut(expressions[0], "=")
		if !named {
			control = expressions[0]
		}
		expressions = append(slices.Clone(expressions), ceiling+"="+control+"+"+ceiling)
	}
	var err error
	if s.loaded, err = c.source.Load(expressions, s.Settings); err != nil {
		return err
	}
	for i, a := range s.loaded {
		a.Model.Measured = s.loaded[0].Model.Measured // waits in open hours by the comparator's calendar
		s.arms = append(s.arms, experiment.Arm{Name: a.Name, Scenario: a.Model, Reference: reference && i == len(expressions)-1})
	}
	s.collection = experiment.NewCollection(s.arms)
	s.course = newCourse(s.arms)
	return nil
}

// Command is the command that gives the same numbers with a number of replications.
func (s *Session) Command(replications int) string {
	text := "portalsim compare"
	for _, e := range s.Expressions {
		text += " " + quoted(e)
	}
	text += fmt.Sprintf(" --seed %d --replications %d", s.Seed, replications)
	for _, set := range s.Settings {
		text += " --set " + quoted(set)
	}
	return text
}

// quoted writes a word as shells read it.
func quoted(word string) string {
	if strings.ContainsAny(word, " '\"{}[]*?$&|;<>()`\\#~!") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}
