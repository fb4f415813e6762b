package scenarios

import (
	"fmt"
	"strings"
)

// setting is one --set: PATH=VALUE for every arm, or ARM:PATH=VALUE for one.
//
// A setting without an arm changes the base scenario, under the overlays. Where the base has no such path it changes
// the overlays that introduce it. A setting with an arm is laid over the finished arm, so that it has the last word.
type setting struct {
	arm   string // "" for every arm
	path  string
	value *Node
	Place // of the path
	used  bool
	seen  bool   // in some arm the value is not covered by an overlay
	cover string // an overlay that covers it
	far   *miss  // the deepest miss so far, for the message where no arm has the path
}

// readSettings parses the --set options.
func readSettings(r *report, options []string, arms []armWords) []*setting {
	var settings []*setting
	for i, text := range options {
		if s := readSetting(r, i+1, text, arms); s != nil {
			settings = append(settings, s)
		}
	}
	return settings
}

// readSetting parses one option; nil means that a problem was found.
func readSetting(r *report, ordinal int, text string, arms []armWords) *setting {
	left, value, ok := strings.Cut(text, "=")
	left = strings.TrimRight(left, " ")
	at := Place{setFile, ordinal, 1}
	if !ok || left == "" {
		r.refuse(at, text, "is not PATH=VALUE", "write a path and a value, such as patients.count=3000")
		return nil
	}
	s := &setting{path: left, Place: at}
	for _, a := range arms {
		if rest, ok := strings.CutPrefix(left, a.name+":"); ok && len(a.name) > len(s.arm) {
			s.arm, s.path = a.name, rest
		}
	}
	if s.path == "" {
		r.refuse(at, text, "names an arm and no path in it", "write a path after the colon, such as "+s.arm+":patients.count=3000")
		return nil
	}
	s.Column += len([]rune(left)) - len([]rune(s.path))
	// Keys such as "08:00-12:00" hold colons too, but never before the first dot.
	if word, rest, colon := strings.Cut(left, ":"); colon && s.arm == "" && !strings.Contains(word, ".") {
		r.refuse(at, rest, "no arm is called "+word, didYouMean(word, namesOf(arms)))
		return nil
	}
	s.value = parseValue(r, value, Place{setFile, ordinal, len([]rune(left)) + 2}, s.path)
	if s.value == nil {
		return nil
	}
	return s
}

// setFile is the file in the place of problems with --set.
const setFile = "--set"

// parseValue parses the value of an option as YAML. Its place is in the option.
func parseValue(r *report, text string, at Place, path string) *Node {
	if strings.TrimSpace(text) == "" {
		r.refuse(at, path, "has no value", `write a value after the =; null removes, and "" is an empty text`)
		return nil
	}
	p := &parser{file: setFile}
	n := p.document([]byte(text))
	for _, problem := range p.sorted() {
		problem.Line, problem.Column = at.Line, at.Column+problem.Column-1
		problem.Path = path
		r.add(problem)
	}
	if n == nil || len(p.problems) > 0 {
		return nil
	}
	shift := func(p *Place) { p.Line, p.Column = at.Line, at.Column+p.Column-1 }
	n.walk(func(n *Node) {
		shift(&n.Place)
		for i := range n.Entries {
			shift(&n.Entries[i].Place)
		}
	})
	return n
}

// has reports whether the path exists in the tree, and keeps the deepest miss.
func (s *setting) has(tree *Node) bool {
	t, m := locate(tree, s.path)
	if m == nil && t.node == nil {
		m = t.absent(strings.Count(s.path, "."))
	}
	if m != nil && (s.far == nil || m.depth > s.far.depth) {
		s.far = m
	}
	return m == nil
}

// mayCreate reports whether the path is absent from the tree and may be written there.
func (s *setting) mayCreate(tree *Node) bool {
	t, m := locate(tree, s.path)
	return m == nil && t.node == nil && s.value.Kind != Null && t.creatable(s.value)
}

// apply writes the value at a path that exists or may be created.
func (s *setting) apply(r *report, tree *Node, layer int) {
	s.used = true
	t, _ := locate(tree, s.path)
	e := Entry{Key: t.key, Place: s.Place, Value: s.value.onLayer(layer)}
	if shapeOf(t.in.typ) != leafShape {
		r.lay(t.parent, &Node{Kind: Mapping, Entries: []Entry{e}}, t.in, t.prefix)
	} else if e.Value.Kind == Null {
		t.parent.remove(t.key)
	} else {
		t.parent.put(e)
	}
}

// choose returns the trees that a setting without an arm changes: the base, or the overlays that introduce the path.
func (s *setting) choose(base *Node, overlays []*Node) []*Node {
	if s.has(base) {
		return []*Node{base}
	}
	var chosen []*Node
	for _, o := range overlays {
		if s.has(o) {
			chosen = append(chosen, o)
		}
	}
	if chosen != nil {
		return chosen
	}
	if s.mayCreate(base) {
		return []*Node{base}
	}
	for _, o := range overlays {
		if s.mayCreate(o) {
			chosen = append(chosen, o)
		}
	}
	return chosen
}

// look notes whether an overlay of this arm sets the path too, and so covers what was set in the base.
func (s *setting) look(overlays []*document) {
	for _, d := range overlays {
		if t, m := locate(d.body, s.path); m == nil && t.node != nil && shapeOf(t.at.typ) == leafShape {
			s.cover = d.file
			return
		}
	}
	s.seen = true
}

// unused refuses settings that reached no arm, or none in which an overlay does not cover them: silence would mislead.
func unused(r *report, settings []*setting) {
	for _, s := range settings {
		if s.used && !s.seen {
			r.refuse(s.Place, s.path, "changes the base, and in every arm "+s.cover+" sets the path after it", "write ARM:"+s.path+"= to change the finished arm")
		}
		if s.used {
			continue
		}
		where := "no arm has this path"
		if s.arm != "" {
			where = fmt.Sprintf("arm %s does not have this path", s.arm)
		}
		why, fix := "", "check the path with portalsim check --expand"
		if s.far != nil {
			why, fix = ": "+s.far.why, s.far.fix
		}
		r.refuse(s.Place, s.path, where+why, fix)
	}
}
