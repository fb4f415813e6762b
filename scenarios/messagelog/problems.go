package messagelog

import (
	"fmt"
	"strings"

	"portalsim/scenarios"
)

// mostShown is how many problems are told one by one, and mostAlike how many of one column with one remedy.
const (
	mostShown = 40
	mostAlike = 3
)

// Refused are the problems of a log: the first ones, in the order of the file, and how many more there are.
type Refused struct {
	Problems scenarios.Problems
	More     int // of any kind
	kinds    []*alikeProblems
	byKind   map[string]*alikeProblems // looked up
}

// alikeProblems are those of one column that have one remedy.
type alikeProblems struct {
	first scenarios.Problem
	times int
	more  int // than are told one by one
}

// Error prints every problem that is kept on a line of its own, and what there is more of.
func (r *Refused) Error() string {
	lines := []string{r.Problems.Error()}
	rest := r.More
	for _, k := range r.kinds {
		if k.more > 0 && k.times > k.more {
			lines = append(lines, fmt.Sprintf("and %d more like line %d, %s: %s", k.more, k.first.Line, k.first.Path, k.first.Fix))
			rest -= k.more
		}
	}
	if rest > 0 {
		lines = append(lines, fmt.Sprintf("and %d more", rest))
	}
	return strings.Join(lines, "\n")
}

// Count returns how many problems there are.
func (r *Refused) Count() int { return len(r.Problems) + r.More }

// add keeps a problem, or counts it.
func (r *Refused) add(p scenarios.Problem) {
	k := r.kind(p)
	if k != nil {
		k.times++
	}
	switch {
	case len(r.Problems) < mostShown && (k == nil || k.times <= mostAlike):
		r.Problems = append(r.Problems, p)
	default:
		r.More++
		if k != nil {
			k.more++
		}
	}
}

// kind returns the problems like one; nil where there are too many kinds to tell apart.
func (r *Refused) kind(p scenarios.Problem) *alikeProblems {
	key := p.Path + "\x00" + p.Fix
	k := r.byKind[key]
	if k == nil && len(r.kinds) < mostShown {
		if r.byKind == nil {
			r.byKind = map[string]*alikeProblems{}
		}
		k = &alikeProblems{first: p}
		r.byKind[key], r.kinds = k, append(r.kinds, k)
	}
	return k
}

// err returns the problems as an error, or nil.
func (r *Refused) err() error {
	if len(r.Problems) == 0 {
		return nil
	}
	return r
}

// shown writes what stands in a cell for a message: short, on one line, without what a terminal might act on. Whatever is in
// a log may be about somebody, so that no more of it is shown than is needed to find it.
func shown(text string) string {
	const most = 24
	runes := []rune(strings.ToValidUTF8(text, "?"))
	if len(runes) > most {
		runes = append(runes[:most], '…')
	}
	return fmt.Sprintf("%q", string(runes))
}
