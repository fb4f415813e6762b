package scenarios

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"portalsim/sim"
)

// Source is where scenarios and overlays are read from. It is functions and not the file system, so that the package
// also runs in a browser.
type Source struct {
	ReadFile func(path string) ([]byte, error) // reads the files of users; nil where there are none
	Library  fs.FS                             // NAME.yaml for each library name
}

// Arm is one scenario of a comparison, complete and checked against the format.
type Arm struct {
	Name       string
	Label      string // what to call it before people: its NAME=, or else the names in the files it is written with
	Title      string // of the scenario, or of the overlays on it
	Expression string // what to write for it alone: SCENARIO[+OVERLAY…]
	File       *File
	Tree       *Node    // complete: every default is written out
	Layers     []string // the files it is made of, from the bottom up
	Model      *sim.Scenario

	words []word // the scenario and its overlays
}

// Inputs lists every uncertain number of the arm in the order of its text.
func (a *Arm) Inputs() []Input { return inputsOf(a.Tree) }

// Expand returns the arm as one scenario file with every default written out. It loads to the same File.
func (a *Arm) Expand() string { return expand(a.Tree) }

// problem places a fault found by path: at the path, or the nearest thing above it that exists. Where later layers wrote
// below it, they are the likelier cause, and the file that the user can change: the place is the last layer's first word.
func (a *Arm) problem(path, message, fix string) Problem {
	n := a.Tree.nearest(path)
	n.walk(func(below *Node) {
		if below.Layer > n.Layer && !below.Default && below.File != "" {
			n = below
		}
	})
	return Problem{n.File, max(n.Line, 1), max(n.Column, 1), path, message, fix}
}

// armWords is an arm as written: NAME=WORD+WORD.
type armWords struct {
	name  string
	given bool // by NAME=, as what it would not be without
	words []word
	Place
}

// word is the name of a library entry or the path of a file.
type word struct {
	text string
	Place
	file bool // a file whatever it is called
}

// isFile tells a path from a library name.
func (w word) isFile() bool {
	return w.file || w.text == "." || w.text == ".." || strings.Contains(w.text, "/") || strings.HasSuffix(w.text, ".yaml")
}

// armFile is the file in the place of problems with the arms of a command line.
const armFile = "arm"

var armNameForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.+-]{0,127}$`)

// Written is an arm's expression and where it stands.
type Written struct {
	Text string
	Place
}

// onCommandLine gives each expression of a command line its place.
func onCommandLine(expressions []string) []Written {
	list := make([]Written, len(expressions))
	for i, text := range expressions {
		list[i] = Written{text, Place{armFile, i + 1, 1}}
	}
	return list
}

// readArms parses arm expressions. A file name cannot hold a + or, before its first slash, a =.
func readArms(r *report, expressions []Written) []armWords {
	var arms []armWords
	for _, w := range expressions {
		if a, ok := readArm(r, w.Text, w.Place); ok {
			arms = append(arms, a)
		}
	}
	return arms
}

// readArm parses one expression.
func readArm(r *report, text string, at Place) (armWords, bool) {
	a := armWords{Place: at}
	rest := text
	if name, after, named := strings.Cut(text, "="); named && !strings.Contains(name, "/") {
		a.name, rest = name, after
	}
	given := rest != text
	column := 1 + len([]rune(text)) - len([]rune(rest))
	var short []string
	for _, w := range strings.Split(rest, "+") {
		here := at
		if at.File == armFile {
			here.Column = column
		}
		if w == "" {
			r.refuse(here, text, "a name is missing here", "write an arm such as baseline, baseline+education or usual=baseline")
			return a, false
		}
		a.words = append(a.words, word{text: w, Place: here})
		short = append(short, fileName(w))
		column += len([]rune(w)) + 1
	}
	usual := strings.Join(short, "+")
	if a.words[0].isFile() {
		usual = or(armNameFrom(usual), "arm")
	}
	if !given {
		a.name = usual
	}
	a.given = a.name != usual
	if !armNameForm.MatchString(a.name) || a.name == "all" {
		r.refuse(at, text, fmt.Sprintf("%q cannot be the name of an arm", a.name), "write NAME= before it, with letters, digits, - and _; all is taken")
		return a, false
	}
	return a, true
}

// armNameFrom makes a name from those of files, which may hold what a name may not, such as spaces.
func armNameFrom(text string) string {
	return strings.TrimLeft(strings.Map(func(r rune) rune {
		if armNameForm.MatchString("a" + string(r)) {
			return r
		}
		return '-'
	}, text), "-_.+")
}

// expression returns the arm as written, without its name.
func (a *armWords) expression() string {
	texts := make([]string, len(a.words))
	for i, w := range a.words {
		texts[i] = w.text
	}
	return strings.Join(texts, "+")
}

// namesOf returns the names of arms.
func namesOf(arms []armWords) []string {
	names := make([]string, len(arms))
	for i, a := range arms {
		names[i] = a.name
	}
	return names
}

// unique refuses two arms of one name.
func unique(r *report, arms []armWords) {
	names := namesOf(arms)
	for i, a := range arms {
		if first := slices.Index(names, a.name); first < i {
			r.refuse(a.Place, a.name, fmt.Sprintf("the name is that of arm %d", first+1), "write another name before the second, such as "+a.name+"-2="+a.expression())
		}
	}
}
