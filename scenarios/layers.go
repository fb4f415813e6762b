package scenarios

import (
	"fmt"
	"slices"
	"strings"
)

// maxParents stops chains of extends that nobody could follow.
const maxParents = 16

// compose makes one arm: the scenario with its parents, settings, overlays, settings of the arm, painted and complete.
func (l *loader) compose(name string, scenario word, overlays []word, settings []*setting) *Arm {
	chain, ok := l.chain(scenario)
	if !ok {
		return nil
	}
	found := len(l.problems)
	arm := &Arm{Name: name, Expression: scenario.text, words: append([]word{scenario}, overlays...)}
	for _, d := range chain {
		arm.Layers = append(arm.Layers, d.file)
	}
	under := l.laidUnder(arm)
	var over []*document
	var titles []string
	for _, w := range overlays {
		d := *l.read(w)
		d.body = d.body.copy() // settings may change it in this arm
		over = append(over, &d)
		arm.Layers = append(arm.Layers, d.file)
		arm.Expression += "+" + w.text
		titles = append(titles, d.title)
	}
	arm.Tree = l.stack(name, chain, under, over, settings)
	var problems Problems
	arm.File, problems = decode(arm.Tree)
	l.add(problems...)
	if len(l.problems) > found || len(problems) > 0 || l.faulty(arm.Layers) {
		known := slices.Concat(problems, l.problems)
		buildPartly(arm.File, known, func(path, message, fix string) { l.add(arm.problem(path, message, fix)) })
		return nil
	}
	if len(over)+len(settings) > 0 {
		if below, _ := decode(l.chained(chain, under)); keepBooked(arm.Tree, below, arm.File) {
			arm.File, _ = decode(arm.Tree)
		}
	}
	sound := true // not by the count of problems: a problem that an earlier arm has too is kept once
	arm.Title = strings.Join(titles, "; ")
	if len(titles) == 0 {
		arm.Title = arm.File.Title
	}
	arm.Model = build(arm.File, func(path, message, fix string) {
		sound = false
		l.add(arm.problem(path, message, fix))
	})
	if !sound {
		return nil
	}
	return arm
}

// faulty reports whether a problem was found in one of the files.
func (l *loader) faulty(files []string) bool {
	return slices.ContainsFunc(l.problems, func(p Problem) bool { return slices.Contains(files, p.File) })
}

// stack lays the documents and settings of an arm over each other, in the order that format.md fixes.
// See chained for the scenario below the overlays; those of structural variants count as part of it.
func (l *loader) stack(arm string, chain, variants, overlays []*document, settings []*setting) *Node {
	layer := len(chain) + len(variants)
	next := func() int { layer++; return layer - 1 }
	tree := l.chained(chain, variants)
	for _, s := range settings {
		if s.arm == "" {
			l.everywhere(s, tree, overlays, next())
		}
	}
	l.conflicts(overlays)
	for _, d := range overlays {
		l.overlay(tree, d, next())
	}
	for _, s := range settings {
		if s.arm == arm && (s.has(tree) || s.mayCreate(tree)) {
			s.apply(&l.report, tree, next())
			s.seen = true
		}
	}
	settle(tree, variants)
	settle(tree, overlays)
	fill(tree, rootField())
	l.paint(tree, rootField(), "")
	return tree
}

// overlay lays one overlay over a tree.
func (l *loader) overlay(tree *Node, d *document, layer int) {
	l.lay(tree, d.body.onLayer(layer), rootField(), "")
	fill(tree, rootField()) // what an overlay adds has its defaults before the next one scales them
	for _, c := range d.add {
		l.adjust(tree, c, add)
	}
	for _, c := range d.scale {
		l.adjust(tree, c, scale)
	}
}

// laidUnder reads the overlays of structural variants, which lie under those of the arm.
func (l *loader) laidUnder(arm *Arm) []*document {
	var list []*document
	for _, w := range l.variants {
		d := l.read(w)
		switch {
		case d == nil:
		case d.schema == scenarioSchema:
			l.refuse(w.Place, "variants", w.text+" is a scenario, and an alternative is an overlay", "name an overlay")
		default:
			list = append(list, d)
			arm.Layers = append(arm.Layers, d.file)
		}
	}
	return list
}

// everywhere applies a setting without an arm to the base or to overlays.
func (l *loader) everywhere(s *setting, base *Node, overlays []*document, layer int) {
	for _, chosen := range s.choose(base, bodies(overlays)) {
		if chosen == base {
			s.look(overlays)
		} else {
			s.seen = true
		}
		s.apply(&l.report, chosen, layer)
	}
}

// bodies returns what overlays set.
func bodies(overlays []*document) []*Node {
	nodes := make([]*Node, len(overlays))
	for i, d := range overlays {
		nodes[i] = d.body
	}
	return nodes
}

// chain returns a scenario with its parents, the one without a parent first; ok is false where one cannot be read.
func (l *loader) chain(w word) (chain []*document, ok bool) {
	var seen []string
	for {
		d := l.read(w)
		if d == nil {
			return nil, false
		}
		if d.schema != scenarioSchema {
			l.refuse(w.Place, "extends", w.text+" is an overlay, and a scenario extends a scenario", "extend the scenario, and give the overlay on the command line as SCENARIO+"+w.text)
			return nil, false
		}
		chain = append([]*document{d}, chain...)
		seen = append(seen, w.text)
		if d.extends == nil {
			return chain, true
		}
		up, ok := l.parent(w, d)
		if !ok {
			return nil, false
		}
		if i := slices.Index(seen, up.text); i >= 0 {
			l.refuse(up.Place, "extends", "circle: "+strings.Join(append(seen[i:], up.text), " extends "), "let one of them stand without a parent")
			return nil, false
		}
		if len(seen) > maxParents {
			l.refuse(up.Place, "extends", fmt.Sprintf("more than %d parents above each other", maxParents), "extend a scenario that is nearer to the root")
			return nil, false
		}
		w = up
	}
}

// chained lays a scenario over its parents, and the overlays of structural variants over it.
func (l *loader) chained(chain, variants []*document) *Node {
	tree := chain[0].body.onLayer(0)
	fill(tree, rootField())
	for i, d := range chain[1:] {
		l.lay(tree, d.body.onLayer(i+1), rootField(), "")
	}
	fill(tree, rootField()) // entries that children added
	for i, d := range variants {
		l.overlay(tree, d, len(chain)+i)
	}
	return tree
}
