package messagelog

import (
	"fmt"
	"slices"
	"strings"

	"portalsim/scenarios"
)

// What a name of the log may stand for besides one of the scenario's.
const (
	nobody = -1 // a name that the scenario does not have
	left   = -2 // a type whose rows are left out
)

// mostUnknown is how many unknown names are told apart.
const mostUnknown = 200

// names finds what the scenario calls a type or pool of the log.
type names struct {
	index    map[string]int // by name in the log, in small letters
	wrong    []Renamed      // what stands for no name of the scenario
	strange  []*strange     // in the order of the file
	byName   map[string]*strange
	overflow int // rows with other unknown names
}

// strange is a name that the scenario does not have.
type strange struct {
	name               string
	line, column, rows int // where the first one is, and how many
}

func newNames(ours []string, renamed []Renamed) *names {
	n := &names{index: map[string]int{}, byName: map[string]*strange{}}
	for i, name := range ours {
		n.index[strings.ToLower(name)] = i
	}
	for _, r := range renamed {
		i := slices.Index(ours, r.Name)
		if r.Name == Leave {
			i = left
		}
		if i == nobody {
			n.wrong = append(n.wrong, r)
		}
		n.index[strings.ToLower(strings.TrimSpace(r.Log))] = i
	}
	return n
}

// find returns the number of a name in the scenario, nobody or left.
func (n *names) find(name string, at func() (line, column int)) int {
	key := strings.ToLower(name)
	i, known := n.index[key]
	if known {
		return i
	}
	s := n.byName[key]
	switch {
	case s != nil:
		s.rows++
	case len(n.strange) < mostUnknown:
		line, column := at()
		s = &strange{name, line, column, 1}
		n.byName[key], n.strange = s, append(n.strange, s)
	default:
		n.overflow++
	}
	return nobody
}

// unknown refuses names that the scenario does not have, each once.
func (r *reading) unknown(n *names, what, flag string, ours []string, or string) {
	for _, w := range n.wrong {
		r.refused.add(scenarios.Problem{File: flag, Line: 1, Column: 1, Path: w.Log + "=" + w.Name, Message: fmt.Sprintf("the scenario has no %s %q", what, w.Name), Fix: "write one of " + strings.Join(ours, ", ")})
	}
	for _, s := range n.strange {
		name := s.name
		if name == "" {
			name = "(empty)"
		}
		r.refused.add(scenarios.Problem{File: r.File, Line: s.line, Column: s.column, Path: what,
			Message: fmt.Sprintf("the scenario has no %s %s; rows that have it: %d", what, shown(name), s.rows),
			Fix:     fmt.Sprintf("write %s %q with one of %s%s", flag, s.name+"=NAME", strings.Join(ours, ", "), or)})
	}
	if n.overflow > 0 {
		r.refused.add(scenarios.Problem{File: r.File, Line: r.headerLine, Column: 1, Path: what,
			Message: fmt.Sprintf("%d more rows have other unknown names: the column may not hold %ss", n.overflow, what),
			Fix:     "see that --column " + what + "=HEADER names the right column"})
	}
}
