package messagelog

import (
	"fmt"
	"strings"

	"portalsim/scenarios"
)

// mostShown is how many problems are told one by one.
const mostShown = 40

// Refused are the problems of a log: the first ones, in the order of the file, and how many more there are.
type Refused struct {
	Problems scenarios.Problems
	More     int
}

// Error prints every problem that is kept on a line of its own.
func (r *Refused) Error() string {
	text := r.Problems.Error()
	if r.More > 0 {
		text += fmt.Sprintf("\nand %d more", r.More)
	}
	return text
}

// Count returns how many problems there are.
func (r *Refused) Count() int { return len(r.Problems) + r.More }

// add keeps a problem, or counts it.
func (r *Refused) add(p scenarios.Problem) {
	if len(r.Problems) < mostShown {
		r.Problems = append(r.Problems, p)
		return
	}
	r.More++
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
