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
	"portalsim/sim"
	"portalsim/sim/experiment"
)

// ceiling is the arm without patients' messages, which compare adds.
const ceiling = "no-patient-messages"

// Clinic is the arms that a page shows, as they are before anything is moved.
type Clinic struct {
	source scenarios.Source
	given  []string         // the arms as written
	loaded []*scenarios.Arm // once they are needed
	levers []Lever
}

// Open names the arms, as compare does: expressions of names of the library and of files, which are given by path.
func Open(expressions []string, files map[string]string) *Clinic {
	return &Clinic{given: expressions, source: scenarios.Source{Library: scenarios.Library(), ReadFile: func(path string) ([]byte, error) {
		text, ok := files[path]
		if !ok {
			return nil, fs.ErrNotExist
		}
		return []byte(text), nil
	}}}
}

// Levers lists what can be moved. Every problem of the arms is in the error.
func (c *Clinic) Levers() ([]Lever, error) {
	if c.levers == nil {
		var err error
		if c.loaded, err = c.source.Load(c.given, nil); err != nil {
			return nil, err
		}
		c.levers = leversOf(c.loaded)
	}
	return c.levers, nil
}

// Measured returns how many days are measured, and the weekday of the first, 0 for Monday; after Levers.
func (c *Clinic) Measured() (days, weekday int) {
	model := c.loaded[0].Model
	first := model.StartDay + int(model.WarmUp/sim.Day)
	return int(model.Measure / sim.Day), ((first+3)%7 + 7) % 7 // 1970-01-01 was a Thursday
}

// Session is a run of the arms with some levers moved.
type Session struct {
	Expressions []string // the arms asked about, as for the command line
	Settings    []string // PATH=VALUE, as for --set
	Seed        uint64

	variant    string // overlay under those of all arms, with a + before it; "" for none
	sets       []setting
	loaded     []*scenarios.Arm
	arms       []experiment.Arm
	collection *experiment.Collection
	course     course
}

// Start begins a session with the levers that are moved, by their ID, to the values given as text.
func (c *Clinic) Start(moves map[string]string, seed uint64) (*Session, error) {
	s := &Session{Seed: seed, Expressions: c.given}
	if len(moves) > 0 {
		if err := s.move(c, moves); err != nil {
			return nil, err
		}
	}
	for _, set := range s.sets {
		s.Settings = append(s.Settings, set.path+"="+set.value)
	}
	return s, s.load(c.source)
}

// move turns moved levers into settings, and an evening into an overlay under those of the arms.
func (s *Session) move(c *Clinic, moves map[string]string) error {
	levers, err := c.Levers()
	if err != nil {
		return err
	}
	known := 0
	for i := range levers {
		l := &levers[i]
		text, moved := moves[l.ID]
		if !moved {
			continue
		}
		known++
		if text == l.Value {
			continue
		}
		sets, err := l.settings(text)
		if err != nil {
			return err
		}
		s.sets = append(s.sets, sets...)
		if l.ID == eveningLever {
			s.variant = "+" + text
		}
	}
	if known < len(moves) {
		return fmt.Errorf("%d of the %d levers moved are not there", len(moves)-known, len(moves))
	}
	if s.variant != "" {
		s.Expressions = nil
		for _, a := range c.loaded {
			scenario, overlays := parts(a.Expression)
			s.Expressions = append(s.Expressions, a.Name+"="+strings.Join(append([]string{scenario + s.variant}, overlays...), "+"))
		}
	}
	return nil
}

// parts takes an arm's expression apart.
func parts(expression string) (scenario string, overlays []string) {
	words := strings.Split(expression, "+")
	return words[0], words[1:]
}

// load composes the arms, with the ceiling, as compare does.
func (s *Session) load(source scenarios.Source) error {
	expressions := s.Expressions
	reference := !slices.ContainsFunc(expressions, func(e string) bool { return e == ceiling || strings.HasPrefix(e, ceiling+"=") })
	if reference {
		control := expressions[0]
		if name, after, named := strings.Cut(control, "="); named && !strings.Contains(name, "/") {
			control = after
		}
		expressions = append(slices.Clone(expressions), ceiling+"="+control+"+"+ceiling)
	}
	var err error
	if s.loaded, err = source.Load(expressions, s.Settings); err != nil {
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
