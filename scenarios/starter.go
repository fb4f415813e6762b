package scenarios

import (
	"io/fs"
	"slices"
	"strings"
)

// Starter returns a scenario to begin from: all that a library scenario has, under another name, with a planner's keys
// first and explained. file is where it will be written, and schema the address of its JSON Schema from there.
func Starter(library fs.FS, origin, file, schema string) (string, error) {
	text, err := fs.ReadFile(library, origin+".yaml")
	if err != nil {
		return "", err
	}
	tree, problems := Parse(libraryFile(origin), text)
	if len(problems) > 0 {
		return "", problems
	}
	tree.remove("schema")
	tree.put(Entry{Key: "name", Value: &Node{Kind: Scalar, Text: nameFrom(file)}})
	tree.put(Entry{Key: "title", Value: &Node{Kind: Scalar, Text: "My clinic"}})
	tree.put(Entry{Key: "description", Value: &Node{Kind: Scalar, Text: "Begun from the library's " + origin + "; say here what it stands for", Quoted: true}})
	s := starter{printer: printer{width: 1000}, explained: map[string]bool{}}
	s.WriteString(strings.NewReplacer("FILE", file, "SCHEMA", schema, "ORIGIN", origin).Replace(starterHead))
	s.line(0, "schema: "+scenarioSchema)
	for _, e := range ordered(tree.Entries, starterOrder) {
		for _, section := range starterSections {
			if section.key == e.Key {
				s.line(0, "\n# ---- "+section.text+" ----\n")
			}
		}
		f, _ := fieldNamed(rootField().typ, e.Key)
		s.commented(e, f, e.Key, 0)
	}
	return s.String(), nil
}

// nameFrom makes the name of a scenario from that of its file.
func nameFrom(file string) string {
	name := strings.Map(func(r rune) rune {
		if nameForm.MatchString("a" + string(r)) {
			return r
		}
		return '-'
	}, fileName(file))
	switch name = strings.TrimLeft(name, "-_"); name {
	case "":
		return "my-clinic"
	case "all": // in tables, it means not broken down
		return "all-clinic"
	}
	return name[:min(len(name), 64)]
}

// ordered returns entries with those named first, in that order, and the others after them as they were.
func ordered(entries []Entry, first []string) []Entry {
	place := func(e Entry) int {
		if i := slices.Index(first, e.Key); i >= 0 {
			return i
		}
		return len(first)
	}
	list := slices.Clone(entries)
	slices.SortStableFunc(list, func(a, b Entry) int { return place(a) - place(b) })
	return list
}

// starter prints a scenario with comments.
type starter struct {
	printer
	explained map[string]bool // paths with NAME that have had their comment
}

// commented prints an entry: its comment where its path is explained and has had none, and below it the keys that are
// explained first.
func (s *starter) commented(e Entry, f field, path string, depth int) {
	first := explainedBelow(path)
	if then, ok := explanation(path); ok && !s.explained[path] {
		s.explained[path] = true
		s.comment(e.Value, f, then, depth)
	}
	if len(first) == 0 || e.Value.Kind != Mapping {
		s.entry(e, depth)
		return
	}
	s.line(depth, KeyText(e.Key)+":")
	if shapeOf(f.typ) == structShape {
		e.Value.Entries = ordered(e.Value.Entries, append([]string{"title"}, first...))
	}
	for i, child := range e.Value.Entries {
		at, _ := childOf(f, child.Key)
		if i > 0 && shapeOf(f.typ) == structShape && !slices.Contains(first, child.Key) && slices.Contains(first, e.Value.Entries[i-1].Key) {
			s.remark(depth+1, "the rest")
		}
		step := child.Key
		if shapeOf(f.typ) == mapShape {
			step = "NAME"
		}
		s.commented(child, at, below(path, step), depth+1)
	}
}

// explanation returns what happens when a key is changed.
func explanation(path string) (then string, ok bool) {
	for _, k := range explained {
		if k.path == path {
			return k.then, true
		}
	}
	return "", false
}

// explainedBelow returns the steps that follow a path in the paths that are explained, each once, in their order.
func explainedBelow(path string) []string {
	var steps []string
	for _, k := range explained {
		if rest, ok := strings.CutPrefix(k.path, path+"."); ok {
			if step, _, _ := strings.Cut(rest, "."); !slices.Contains(steps, step) {
				steps = append(steps, step)
			}
		}
	}
	return steps
}

// comment says what a key means, what it may be, how its value is known, and what changing it does.
func (s *starter) comment(n *Node, f field, then string, depth int) {
	s.remark(depth, f.doc)
	s.remark(depth, "  may be: "+lawfulWords(f))
	s.remark(depth, "  evidence: "+evidenceWords(n))
	s.remark(depth, "  if changed: "+then)
}

// lawfulWords says what a field holds, within what, counted in what.
func lawfulWords(f field) string {
	bare := f
	bare.limits = ""
	kind := kindOf(bare)
	text := or(kindsInWords[kind], kind)
	if f.limits != "" {
		_, demand := inRange(f.limits, 0)
		text += ", " + demand
	}
	return text
}

// evidenceWords says how a value is known.
func evidenceWords(n *Node) string {
	at := n
	if mean := n.At("mean"); mean != nil {
		at = mean
	}
	if at.At("source") == nil {
		return "none needed: a fact of your clinic"
	}
	limits := ""
	if low, high := textOf(at, "low"), textOf(at, "high"); low != "" {
		limits = "; plausible from " + low + " to " + high
	}
	switch textOf(at, "source") {
	case "survey":
		return "a survey of " + textOf(at, "n") + " people"
	case "literature":
		return textOf(at, "cite") + limits
	case "local":
		return "a clinic's own records" + limits
	}
	return "an assumption, which nobody has published" + limits
}

// remarkWidth is the longest line of a comment.
const remarkWidth = 120

// remark prints a comment, broken between words; what continues is indented by two more.
func (s *starter) remark(depth int, text string) {
	indent := "#" + text[:len(text)-len(strings.TrimLeft(text, " "))]
	line := indent
	for _, word := range strings.Fields(text) {
		if len([]rune(line))+1+len([]rune(word)) > remarkWidth-2*depth {
			s.line(depth, line)
			line = indent + "  "
		}
		line += " " + word
	}
	s.line(depth, line)
}
