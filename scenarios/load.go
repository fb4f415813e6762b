package scenarios

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// Load reads the arms of a command line: expressions [NAME=]SCENARIO[+OVERLAY…] or [NAME=]OVERLAY[+OVERLAY…], which is
// laid over the scenario of the first arm, without the overlays of that arm. sets are the --set options. Every problem
// of every file is in the error, which is a Problems; the arms that are sound are returned beside it.
func (s Source) Load(expressions, sets []string) ([]*Arm, error) {
	l := newLoader(s)
	for _, w := range onCommandLine(expressions) {
		missing := func(part string) bool {
			p := word{text: part}
			return p.isFile() && !s.isThere(part) || !p.isFile() && !l.inLibrary(part)
		}
		if parts := strings.Split(w.Text, "+"); len(parts) > 1 && slices.ContainsFunc(parts, missing) && s.isThere(w.Text) {
			l.refuse(w.Place, w.Text, "is a file with a + in its name, and + joins a scenario and its overlays", "rename it, such as "+strings.ReplaceAll(w.Text, "+", "-"))
			return nil, l.err()
		}
	}
	arms := readArms(&l.report, onCommandLine(expressions))
	unique(&l.report, arms)
	return l.load(arms, readSettings(&l.report, sets, arms))
}

// Check reads scenarios and overlays one by one. An overlay is laid over the first scenario given before it, else over
// the library's baseline, so that its paths are checked too; where there is neither, it is checked by itself.
// A path need not look like one: whatever can be read is a file.
func (s Source) Check(paths []string) ([]*Arm, error) {
	l := newLoader(s)
	l.fallback = "baseline"
	var arms []armWords
	for i, path := range paths {
		w := word{text: path, Place: Place{armFile, i + 1, 1}, file: s.isThere(path)}
		if !w.isFile() {
			arms = append(arms, readArms(&l.report, onCommandLine(paths)[i:i+1])...)
			continue
		}
		w.Place = Place{path, 1, 1} // the file is at fault, and not the command line
		arms = append(arms, armWords{name: or(armNameFrom(fileName(path)), "arm"), words: []word{w}, Place: w.Place})
	}
	loaded, err := l.load(arms, nil)
	for _, a := range loaded {
		if err == nil && len(a.File.Variants.Keys) > 0 { // each alternative must be a clinic, too
			_, err = uncertainty([]*Arm{a}, func(variants []word) ([]*Arm, error) {
				l := newLoader(s)
				l.variants = variants
				return l.load([]armWords{{name: a.Name, words: a.words}}, nil)
			})
		}
	}
	return loaded, err
}

// isThere tells whether a path leads to something, be it a file that can be read or not.
func (s Source) isThere(path string) bool {
	if s.ReadFile == nil {
		return false
	}
	_, err := s.ReadFile(path)
	return err == nil || !errors.Is(err, fs.ErrNotExist)
}

// loader reads each file once.
type loader struct {
	Source
	report
	documents map[string]*document // by word; nil for what cannot be read
	fallback  string               // library scenario below overlays that have none
	variants  []word               // overlays of structural variants, laid over every scenario
}

func newLoader(s Source) *loader {
	// What is wrong with the command line comes before what is wrong in files.
	return &loader{Source: s, report: report{files: []string{armFile, setFile}}, documents: map[string]*document{}}
}

// load composes the arms one after the other.
func (l *loader) load(arms []armWords, settings []*setting) ([]*Arm, error) {
	for _, a := range arms { // all of them first, so that problems come in the order of the files given
		for _, w := range a.words {
			l.read(w)
		}
	}
	var loaded []*Arm
	var base *word
	complete := true
	for i, a := range arms {
		scenario, overlays, ok := l.split(a, base, i == 0)
		if ok && base == nil {
			base = &scenario
		}
		if ok {
			arm := l.compose(a.name, scenario, overlays, settings)
			if arm != nil {
				arm.Label = l.label(a)
				loaded = append(loaded, arm)
			}
			ok = arm != nil
		}
		complete = complete && ok
	}
	toldApart(loaded)
	if complete { // else a setting may belong to what could not be read
		unused(&l.report, settings)
	}
	return loaded, l.err()
}

// label returns what to call an arm before people.
func (l *loader) label(a armWords) string {
	if a.given {
		return a.name
	}
	var names []string
	for _, w := range a.words {
		name := l.read(w).name
		if name == "" {
			name = fileName(w.text)
		}
		names = append(names, name)
	}
	return strings.Join(names, "+")
}

// toldApart calls arms by their names where the names in their files are those of others.
func toldApart(arms []*Arm) {
	alike := map[string]int{} // looked up, never walked
	for _, a := range arms {
		alike[a.Label]++
		if a.Name != a.Label {
			alike[a.Name]++
		}
	}
	for _, a := range arms {
		if alike[a.Label] > 1 {
			a.Label = a.Name
		}
	}
}

// split parts an arm into its scenario, that of the first arm where it has none, and its overlays.
func (l *loader) split(a armWords, base *word, first bool) (scenario word, overlays []word, ok bool) {
	for i, w := range a.words {
		d := l.read(w)
		if d == nil {
			return scenario, nil, false
		}
		if d.schema == scenarioSchema && i > 0 {
			l.refuse(w.Place, w.text, "is a scenario, and only overlays come after +", l.scenarioFirst(a, i))
			return scenario, nil, false
		}
	}
	switch w := a.words[0]; {
	case l.read(w).schema == scenarioSchema:
		return w, a.words[1:], true
	case base != nil:
		return *base, a.words, true
	case l.fallback != "":
		return word{text: l.fallback, Place: w.Place}, a.words, l.inLibrary(l.fallback)
	case first: // else the fault is in the first arm, and was reported there
		l.refuse(w.Place, w.text, "is an overlay, and there is no scenario to lay it over", "write SCENARIO+"+w.text+", such as baseline+"+w.text)
	}
	return scenario, nil, false
}

// scenarioFirst says how to write an arm whose word i is a scenario.
func (l *loader) scenarioFirst(a armWords, i int) string {
	text := a.words[i].text
	if d := l.read(a.words[0]); d != nil && d.schema == scenarioSchema {
		return "compare the two as arms of their own: " + a.words[0].text + " " + text
	}
	for j, w := range a.words {
		if j != i {
			text += "+" + w.text
		}
	}
	return "write it first, as " + text
}

// read reads the file of a word, once; nil where it cannot be read.
func (l *loader) read(w word) *document {
	if d, known := l.documents[w.text]; known {
		return d
	}
	l.documents[w.text] = nil
	text, err := l.bytes(w)
	if err != nil {
		at := w.text
		if at == w.File {
			at = "" // the place says it
		}
		message, fix := l.unreadable(w, err)
		l.refuse(w.Place, at, message, fix)
		return nil
	}
	file := w.text
	if !w.isFile() {
		file = libraryFile(w.text)
	}
	l.file(file)
	d, problems := readDocument(file, text)
	l.add(problems...)
	if d != nil {
		d.inLibrary = !w.isFile()
	}
	l.documents[w.text] = d
	return d
}

// libraryFile names a file of the library in problems.
func libraryFile(name string) string { return path.Join("library", name+".yaml") }

// bytes reads the text of a word.
func (l *loader) bytes(w word) ([]byte, error) {
	if !w.isFile() {
		if !l.inLibrary(w.text) {
			return nil, errors.New("the library has no " + w.text)
		}
		return fs.ReadFile(l.Library, w.text+".yaml")
	}
	if l.ReadFile == nil {
		return nil, errors.New("files cannot be read here")
	}
	return l.ReadFile(w.text)
}

// unreadable says why a word cannot be read, and what to do.
func (l *loader) unreadable(w word, err error) (message, fix string) {
	var failed *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "there is no such file", l.instead(w)
	case errors.Is(err, fs.ErrPermission):
		return "the file may not be read", "ask for the right to read it"
	case errors.As(err, &failed) && strings.Contains(failed.Err.Error(), "directory"):
		return "this is a folder, and a file is wanted", "name the files in it, such as " + path.Join(w.text, "*.yaml")
	}
	return err.Error(), l.instead(w)
}

// instead says what to write in place of a word that is not there.
func (l *loader) instead(w word) string {
	var names []string
	for _, e := range l.Names() {
		names = append(names, e.Name)
	}
	near := nearest(fileName(w.text), names)
	switch {
	case near != "" && w.isFile():
		return "did you mean " + near + " of the library? Else check the path, which begins in the folder you are in"
	case near != "":
		return "did you mean " + near + "?"
	case w.isFile():
		return "check the path, which begins in the folder you are in"
	case strings.HasSuffix(w.text, ".yml"), strings.HasSuffix(w.text, ".json"):
		return "rename the file to end in .yaml, or write ./" + w.text
	}
	return "see portalsim scenarios list, or write the path of a file, such as ./" + w.text + ".yaml"
}

// inLibrary reports whether the library has a name.
func (l *loader) inLibrary(name string) bool {
	if l.Library == nil || !fs.ValidPath(name+".yaml") {
		return false
	}
	_, err := fs.Stat(l.Library, name+".yaml")
	return err == nil
}

// LibraryEntry is one scenario or overlay of the library.
type LibraryEntry struct {
	Name  string
	Kind  string // scenario or overlay
	Title string
}

// Names lists the library in alphabetical order. What cannot be read is left out: Load says why.
func (s Source) Names() []LibraryEntry {
	if s.Library == nil {
		return nil
	}
	files, err := fs.Glob(s.Library, "*.yaml")
	if err != nil {
		panic(err) // only for a bad pattern
	}
	var entries []LibraryEntry
	for _, file := range files {
		text, err := fs.ReadFile(s.Library, file)
		if err != nil {
			continue
		}
		if d, _ := readDocument(file, text); d != nil {
			kind := strings.Split(d.schema, "/")[1]
			entries = append(entries, LibraryEntry{fileName(file), kind, d.title})
		}
	}
	return entries
}

// parent returns the word that a scenario extends: a library name, or a path from the directory of the child.
func (l *loader) parent(child word, d *document) (word, bool) {
	w := word{text: d.extends.Text, Place: d.extends.Place}
	switch {
	case d.extends.Kind != Scalar || w.text == "":
		return w, false // readDocument said so
	case !w.isFile():
		return w, true
	case d.inLibrary:
		l.refuse(w.Place, "extends", "a library scenario extends library scenarios only", "write a library name")
		return w, false
	case !filepath.IsAbs(w.text):
		joined := filepath.Join(filepath.Dir(child.text), w.text)
		if !strings.Contains(joined, "/") {
			joined = "./" + joined // so that it stays a path whatever its name
		}
		w.text = joined
	}
	return w, true
}
