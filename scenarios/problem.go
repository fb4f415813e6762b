package scenarios

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Place is where a node, a key or a problem stands: lines and columns count from 1. For the command line the file is
// `--set` or `arm`, the line is the ordinal of the option or argument, and the column is the character within it.
type Place struct {
	File         string
	Line, Column int
}

// Problem is one fault in what the user wrote: where it is, what is wrong, what to write.
type Problem struct {
	File         string
	Line, Column int
	Path         string // such as pools.nurse.handling.mean; wholeDocument where no key is at fault
	Message, Fix string
}

// wholeDocument is the path of problems that belong to no key.
const wholeDocument = "(document)"

// String prints the problem in the form that editors and terminals can jump to, on one line: what a file holds that is no
// text, or would steer a terminal, is escaped.
func (p Problem) String() string {
	return printable(fmt.Sprintf("%s:%d:%d: %s: %s; %s", p.File, p.Line, p.Column, p.Path, p.Message, p.Fix))
}

// printable escapes what cannot be printed as Go writes it in quotes, such as \x00 and \n.
func printable(text string) string {
	plain := func(r rune, size int) bool { return strconv.IsPrint(r) && (r != utf8.RuneError || size > 1) }
	var b strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if plain(r, size) {
			b.WriteString(text[i : i+size])
		} else {
			quoted := strconv.Quote(text[i : i+size])
			b.WriteString(quoted[1 : len(quoted)-1])
		}
		i += size
	}
	return b.String()
}

// Problems are all the faults found in one go, in order of file, line and column.
type Problems []Problem

// Error prints every problem on a line of its own.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// report collects problems. One fault can be met twice, when a file is checked by itself and again as part of an
// arm, or as part of several arms: it is kept once.
type report struct {
	files    []string // in the order given, which is the order of the problems
	problems Problems
	seen     map[Problem]bool
}

// file notes that a file comes next in the order of problems.
func (r *report) file(name string) {
	if !slices.Contains(r.files, name) {
		r.files = append(r.files, name)
	}
}

// refuse adds a problem. A path of "" means the whole document.
func (r *report) refuse(at Place, path, message, fix string) {
	if path == "" {
		path = wholeDocument
	}
	r.add(Problem{at.File, max(at.Line, 1), max(at.Column, 1), path, message, fix})
}

// add keeps problems that are not known yet.
func (r *report) add(problems ...Problem) {
	if r.seen == nil {
		r.seen = map[Problem]bool{}
	}
	for _, p := range problems {
		if !r.seen[p] {
			r.seen[p] = true
			r.file(p.File)
			r.problems = append(r.problems, p)
		}
	}
}

// sorted returns the problems by file, line and column; those of one place stay in the order in which they were met.
func (r *report) sorted() Problems {
	slices.SortStableFunc(r.problems, func(a, b Problem) int {
		if a.File != b.File {
			return slices.Index(r.files, a.File) - slices.Index(r.files, b.File)
		}
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return r.problems
}

// err returns the sorted problems, or nil where there are none: never a nil Problems inside an error.
func (r *report) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	return r.sorted()
}
