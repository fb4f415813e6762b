package scenarios

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"portalsim/sim"
	"portalsim/sim/random"
)

// Drawn is one input of an uncertainty run as one draw has it.
type Drawn struct {
	Arm   string // the arm, or sim.All where every arm has the input and the same value
	Path  string // dotted; a share ends in its name, an alternative of a variant in variants.NAME.ALTERNATIVE
	Group string // "" for an input drawn by itself
	// Together names what one drawing gives at once: the input itself, its group, or the shares or variant it is part of.
	Together string
	Unit     string
	Value    float64 // times in seconds; 1 for the alternative taken, 0 for the others

	// Derived tells that the other values of the draw leave no choice: the last share is one less the rest.
	Derived bool
}

// Uncertainty draws the uncertain inputs of arms. A draw is a function of its number and the seed; an input that several
// arms have gets the same place in its belief in all of them, so that equal beliefs give equal values.
type Uncertainty struct {
	variants []variant
	arms     [][]*drawnArm // by combination of alternatives, the last variant fastest; then arms
}

// drawnArm is an arm with its uncertain inputs.
type drawnArm struct {
	*Arm
	inputs []uncertainInput
}

// uncertainInput is an input with a belief about it: a quantile function, or shares of a sample.
type uncertainInput struct {
	path, group, unit string
	quantile          func(u float64) float64
	time              bool    // in seconds
	shares            *Shares // else nil
}

// Uncertainty loads the arms of a command line, as Load does, under every combination of the structural variants of the
// first arm's scenario, and lists what is uncertain in them.
func (s Source) Uncertainty(expressions, sets []string) (*Uncertainty, error) {
	arms, err := s.Load(expressions, sets)
	if err != nil {
		return nil, err
	}
	return uncertainty(arms, func(variants []word) ([]*Arm, error) {
		l := newLoader(s)
		l.variants = variants
		words := readArms(&l.report, onCommandLine(expressions))
		unique(&l.report, words)
		return l.load(words, readSettings(&l.report, sets, words))
	})
}

// uncertainty draws the inputs of arms; under loads them with overlays of variants on their scenario.
func uncertainty(arms []*Arm, under func(variants []word) ([]*Arm, error)) (u *Uncertainty, err error) {
	u = &Uncertainty{}
	if u.variants, err = variantsOf(arms[0]); err != nil {
		return nil, err
	}
	combinations := 1
	for _, v := range u.variants {
		combinations *= len(v.alternatives)
	}
	for c := range combinations {
		loaded, err := under(u.overlays(c))
		if err != nil {
			return nil, err
		}
		var drawn []*drawnArm
		for _, a := range loaded {
			drawn = append(drawn, &drawnArm{a, uncertainInputs(a.Tree)})
		}
		if err := sameStructure(arms, drawn, u.names(c)); err != nil {
			return nil, err
		}
		u.arms = append(u.arms, drawn)
	}
	return u, nil
}

// uncertainInputs lists the inputs of a tree that have a belief.
func uncertainInputs(tree *Node) []uncertainInput {
	var list []uncertainInput
	eachInput(tree, rootField(), "", func(n *Node, f field, path string) {
		in := uncertainInput{path: path, unit: f.unit}
		var r reader // the tree is sound: nothing is reported
		var evidence *Evidence
		switch f.typ {
		case reflect.TypeFor[Shares]():
			var v Shares
			v.read(&r, n, path, f)
			if v.Evidence != nil && v.Evidence.N != nil {
				in.shares = &v
				list = append(list, in)
			}
			return
		case reflect.TypeFor[Number]():
			var v Number
			v.read(&r, n, path, f)
			evidence = v.Evidence
		case reflect.TypeFor[Probability]():
			var v Probability
			v.read(&r, n, path, f)
			evidence = v.Evidence
			in.unit = "1"
		case reflect.TypeFor[Duration]():
			var v Duration
			v.read(&r, n, path, f)
			evidence, in.time, in.unit = v.Evidence, true, "s"
		}
		if evidence == nil || evidence.Belief == nil {
			return
		}
		quantile, err := evidence.Belief.Quantiles()
		if err != nil {
			panic("scenarios: an unsound belief was accepted at " + path + ": " + err.Error())
		}
		in.quantile, in.group = quantile, evidence.Group
		list = append(list, in)
	})
	return list
}

// Inputs returns how many inputs are drawn, those that several arms share counted once, and how many structural
// variants.
func (u *Uncertainty) Inputs() (inputs, variants int) {
	var paths []string
	for _, a := range u.arms[0] {
		for _, in := range a.inputs {
			if !slices.Contains(paths, in.path) {
				paths = append(paths, in.path)
			}
		}
	}
	return len(paths), len(u.variants)
}

// Draw returns the arms, in their order, with one draw of the inputs, and what was drawn. An error says which draw makes
// no lawful clinic.
func (u *Uncertainty) Draw(seed uint64, draw int) ([]*Arm, []Drawn, error) {
	combination, drawn := u.choose(seed, draw)
	var arms []*Arm
	perArm := make([][]Drawn, len(u.arms[combination]))
	for i, a := range u.arms[combination] {
		arm, values, err := a.draw(seed, draw)
		if err != nil {
			return nil, nil, err
		}
		arms, perArm[i] = append(arms, arm), values
	}
	return arms, append(drawn, joined(perArm)...), nil
}

// draw returns the arm under one draw of its inputs, and the values drawn.
func (a *drawnArm) draw(seed uint64, draw int) (*Arm, []Drawn, error) {
	tree := a.Tree.copy()
	var values []Drawn
	for i := range a.inputs {
		in := &a.inputs[i]
		place := inputPlace(seed, draw, in.key())
		d := Drawn{Arm: a.Name, Path: in.path, Group: in.group, Together: in.key(), Unit: in.unit}
		if in.shares == nil {
			d.Value = in.quantile(place.U(0, 0))
			values = append(values, d)
			replace(tree, in.path, in.scalar(d.Value))
			continue
		}
		shares := random.Dirichlet(in.shares.Values, float64(*in.shares.Evidence.N), in.shares.Evidence.Transport, func(i int) float64 { return place.U(1, uint64(i)) })
		node := &Node{Kind: Mapping}
		for i, name := range in.shares.Names {
			values = append(values, Drawn{Arm: a.Name, Path: in.path + "." + name, Together: in.key(), Unit: "1", Value: shares[i], Derived: i == len(shares)-1})
			node.Entries = append(node.Entries, Entry{Key: name, Value: &Node{Kind: Scalar, Text: formatNumber(shares[i])}})
		}
		replace(tree, in.path, node)
	}
	arm, err := a.rebuilt(tree)
	if err != nil {
		return nil, nil, fmt.Errorf("draw %d of the inputs makes no lawful clinic of arm %s: %w", draw, a.Name, err)
	}
	return arm, values, nil
}

// scalar writes a drawn value as the format reads it. What took time still takes some: a time is at least a nanosecond.
func (in *uncertainInput) scalar(x float64) *Node {
	if in.time {
		return &Node{Kind: Scalar, Text: fmt.Sprintf("%dns", max(1, int64(x*1e9+0.5)))}
	}
	return &Node{Kind: Scalar, Text: formatNumber(x)}
}

// replace puts a value at a path that exists.
func replace(tree *Node, path string, value *Node) {
	t, m := locate(tree, path)
	if m != nil || t.node == nil {
		panic("scenarios: an input has gone: " + path)
	}
	value.Place = t.node.Place
	t.parent.put(Entry{Key: t.key, Place: t.node.Place, Value: value})
}

// rebuilt returns the arm with a tree whose inputs were drawn.
func (a *drawnArm) rebuilt(tree *Node) (*Arm, error) {
	file, problems := decode(tree)
	if len(problems) > 0 {
		return nil, problems
	}
	reconcile(file, func(path string, x float64) { replace(tree, path, &Node{Kind: Scalar, Text: formatNumber(x)}) })
	arm := *a.Arm
	arm.Tree, arm.File = tree, file
	var wrong error
	arm.Model = build(file, func(path, message, fix string) {
		wrong = errors.Join(wrong, fmt.Errorf("%s: %s; narrow the range of what it depends on", path, message))
	})
	return &arm, wrong
}

// joined lists what was drawn in arms: once, as of all arms, where they agree.
func joined(perArm [][]Drawn) []Drawn {
	index := map[string][]Drawn{} // looked up, never walked
	for _, values := range perArm {
		for _, d := range values {
			index[d.Path] = append(index[d.Path], d)
		}
	}
	var list []Drawn
	for _, values := range perArm {
		for _, d := range values {
			same := index[d.Path]
			agree := len(same) == len(perArm) && !slices.ContainsFunc(same, func(other Drawn) bool { return other.Value != d.Value })
			switch {
			case !agree:
				list = append(list, d)
			case d.Arm == same[0].Arm:
				d.Arm = sim.All
				list = append(list, d)
			}
		}
	}
	return list
}
