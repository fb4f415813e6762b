package scenarios

import "maps"

// Setting is a value laid over arms as by --set: over the arm named, or over all where Arm is empty. Place is that of
// the path, and where problems are reported.
type Setting struct {
	Arm, Path string
	Value     *Node
	Place
}

// Composer composes the same arms again and again under different settings. It reads each file once, and may be used by
// several goroutines at once.
type Composer struct {
	source    Source
	documents map[string]*document
	arms      []armWords
	settings  []Setting
}

// Composer reads the arms and checks them with the settings that all compositions share, which come before those of
// each. Every problem of every file is in the error; the arms that are sound are returned beside it.
func (s Source) Composer(expressions []Written, shared []Setting) (*Composer, []*Arm, error) {
	l := newLoader(s)
	words := readArms(&l.report, expressions)
	unique(&l.report, words)
	arms, err := l.load(words, inOrder(shared))
	return &Composer{s, l.documents, words, shared}, arms, err
}

// Compose returns the arms under settings. Problems are those of the settings: Composer has reported the others.
func (c *Composer) Compose(settings []Setting) ([]*Arm, error) {
	l := newLoader(c.source)
	l.documents = maps.Clone(c.documents)
	all := append(append([]Setting{}, c.settings...), settings...)
	arms, err := l.load(c.arms, inOrder(all))
	if err != nil {
		return nil, err
	}
	return arms, nil
}

func inOrder(list []Setting) []*setting {
	settings := make([]*setting, len(list))
	for i, s := range list {
		settings[i] = &setting{arm: s.Arm, path: s.Path, value: s.Value, Place: s.Place}
	}
	return settings
}
