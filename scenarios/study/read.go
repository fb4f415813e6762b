package study

import (
	"path/filepath"
	"strings"

	"portalsim/scenarios"
)

// Source is where studies and what they name are read from.
type Source struct {
	scenarios.Source

	// ReadTable reads a list of points that is no CSV: names of columns, and rows of texts.
	ReadTable func(text []byte) (header []string, rows [][]string, err error)
}

// Study is a study, complete and checked.
type Study struct {
	File
	Text     string // of the study file; "" for one of the command line
	Written  []scenarios.Written
	Standing []*scenarios.Arm // the arms as they stand, without any factor set
	Factors  []Factor
	Interest []Measure
	Kind     string // of the design

	composer   *scenarios.Composer
	shared     []scenarios.Setting
	dimensions []dimension
	cube       [][]float64 // of a design in the unit cube: its points, a coordinate for each dimension
	points     points
	front      []int // measures of the front, among Interest
	choices    []int // by point, which choice of levers it is
}

// dimension is what a design varies by itself: a factor, or a group of them.
type dimension struct {
	name    string
	factors []int
}

// builder checks a study and keeps its problems.
type builder struct {
	source   Source
	study    *Study
	file     string
	problems scenarios.Problems
}

// Load reads a study file. sets are --set options, laid over all points like the file's own. Every problem of the file
// and of the files it names is in the error.
func (s Source) Load(file string, text []byte, sets []string) (*Study, error) {
	b := &builder{source: s, file: file, study: &Study{Text: string(text)}}
	root, problems := scenarios.Decode(file, text, Schema, &b.study.File)
	b.problems = problems
	if root == nil {
		return nil, b.err()
	}
	b.writtenArms(root)
	shared := b.sharedSettings(root, sets)
	return b.build(root, shared)
}

// build does what studies of a file and of the command line share.
func (b *builder) build(root *scenarios.Node, shared []scenarios.Setting) (*Study, error) {
	s := b.study
	composer, arms, err := b.source.Composer(s.Written, shared)
	b.join(err)
	s.composer, s.Standing, s.shared = composer, arms, shared
	if err != nil || len(arms) == 0 {
		return nil, b.err()
	}
	if s.Text != "" && len(s.File.Arms.Keys) == 0 && !strings.Contains(s.File.Base, "+") {
		arms[0].Label = arms[0].File.Name // base says nothing to people
	}
	b.measures(root)
	for i, key := range s.File.Factors.Keys {
		b.factor(key, &s.File.Factors.Values[i], s.File.Factors.Nodes[i])
	}
	b.group()
	if len(b.problems) == 0 && s.File.Design.Kind != "list" {
		b.tryLevels()
	}
	b.design(root)
	if len(b.problems) == 0 {
		b.front(root)
	}
	if len(b.problems) == 0 && s.File.Select != nil && s.Points()*len(s.Standing) < 2 {
		b.refuse(b.placeOf(root, "select"), "select", "there is one arm at one point: nothing to choose from", "give arms or factors")
	}
	return s, b.err()
}

func (b *builder) err() error {
	if len(b.problems) == 0 {
		return nil
	}
	return scenarios.Sorted([]string{b.file}, b.problems...)
}

// join adds the problems of an error of scenarios.
func (b *builder) join(err error) {
	if problems, ok := err.(scenarios.Problems); ok {
		b.problems = append(b.problems, problems...)
	} else if err != nil {
		b.problems = append(b.problems, scenarios.Problem{File: b.file, Line: 1, Column: 1, Path: "(document)", Message: err.Error(), Fix: "check the files"})
	}
}

// refuse adds a problem. A path of "", such as the name of a column that has none, means the whole document.
func (b *builder) refuse(at scenarios.Place, path, message, fix string) {
	if path == "" {
		path = "(document)"
	}
	b.problems = append(b.problems, scenarios.Problem{File: at.File, Line: max(at.Line, 1), Column: max(at.Column, 1), Path: path, Message: message, Fix: fix})
}

// placeOf returns where a key of the file stands, or the file's beginning.
func (b *builder) placeOf(root *scenarios.Node, keys ...string) scenarios.Place {
	at := scenarios.Place{File: b.file, Line: 1, Column: 1}
	for _, key := range keys {
		if root = root.At(key); root == nil {
			break
		}
		at = root.Place
	}
	return at
}

// writtenArms turns base and arms into arm expressions.
func (b *builder) writtenArms(root *scenarios.Node) {
	s := b.study
	var base []string
	for _, word := range strings.Split(s.File.Base, "+") {
		base = append(base, b.fromFile(word))
	}
	if len(s.File.Arms.Keys) == 0 {
		s.Written = []scenarios.Written{{Text: "base=" + strings.Join(base, "+"), Place: b.placeOf(root, "base")}}
		return
	}
	for i, name := range s.File.Arms.Keys {
		words := base
		for _, overlay := range s.File.Arms.Values[i] {
			words = append(words[:len(words):len(words)], b.fromFile(overlay))
		}
		s.Written = append(s.Written, scenarios.Written{Text: name + "=" + strings.Join(words, "+"), Place: s.File.Arms.Nodes[i].Place})
	}
}

// fromFile turns a path from the study file's directory into one from here; library names stay.
func (b *builder) fromFile(word string) string {
	isFile := strings.Contains(word, "/") || strings.HasSuffix(word, ".yaml")
	if !isFile || filepath.IsAbs(word) {
		return word
	}
	joined := filepath.ToSlash(filepath.Join(filepath.Dir(b.file), word))
	if !strings.Contains(joined, "/") {
		joined = "./" + joined
	}
	return joined
}

// armNames returns the names of the arms.
func (s *Study) armNames() []string {
	var names []string
	for _, w := range s.Written {
		name, _, _ := strings.Cut(w.Text, "=")
		names = append(names, name)
	}
	return names
}

// splitArm parts ARM:PATH where an arm has the name; keys with colons of their own come after a dot.
func (s *Study) splitArm(key string) (arm, path string) {
	for _, name := range s.armNames() {
		if rest, ok := strings.CutPrefix(key, name+":"); ok && len(name) > len(arm) {
			arm, path = name, rest
		}
	}
	if arm == "" {
		path = key
	}
	return arm, path
}

// sharedSettings returns the settings of all points: those of the file, and those of the command line over them.
func (b *builder) sharedSettings(root *scenarios.Node, sets []string) []scenarios.Setting {
	var list []scenarios.Setting
	if at := root.At("set"); at != nil && at.Kind == scenarios.Mapping {
		for _, e := range at.Entries {
			arm, path := b.study.splitArm(e.Key)
			list = append(list, scenarios.Setting{Arm: arm, Path: path, Value: e.Value, Place: e.Place})
		}
	}
	for i, text := range sets {
		key, value, ok := b.option(i, text)
		if ok && (len(splitOutside(value)) > 1 || rangeForm.MatchString(strings.TrimSpace(value))) {
			b.refuse(optionPlace(i, len([]rune(key))+2), key, "has several values, and a study file says itself what it varies", "write a factor in the file, or give one value")
		} else if ok {
			list = append(list, b.optionSetting(i, key, value)...)
		}
	}
	return list
}

// option parts one --set option.
func (b *builder) option(i int, text string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(text, "=")
	if !ok || key == "" {
		b.refuse(optionPlace(i, 1), text, "is not PATH=VALUE", "write a path and a value, such as patients.count=3000")
		return "", "", false
	}
	return key, value, true
}

// optionPlace is the place of a character of an option.
func optionPlace(i, column int) scenarios.Place {
	return scenarios.Place{File: "--set", Line: i + 1, Column: column}
}

func (b *builder) optionSetting(i int, key, value string) []scenarios.Setting {
	arm, path := b.study.splitArm(key)
	n, problems := scenarios.ParseValue(value, optionPlace(i, len([]rune(key))+2), path)
	b.problems = append(b.problems, problems...)
	if n == nil {
		return nil
	}
	return []scenarios.Setting{{Arm: arm, Path: path, Value: n, Place: optionPlace(i, 1+len([]rune(key))-len([]rune(path)))}}
}
