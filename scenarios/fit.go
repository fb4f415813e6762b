package scenarios

import (
	"fmt"
	"reflect"

	"portalsim/sim/random"
)

// Uniforms are the uniform numbers behind the draws of an uncertainty run, by place: cheap to look at for draws that
// nobody runs.
type Uniforms struct {
	names []string
	take  []func(seed uint64, draw int) float64
}

// Uniforms lists the numbers of every input that some arm draws, once for inputs that move together, and an indicator
// for each alternative of a structural variant but the last.
func (u *Uncertainty) Uniforms() *Uniforms {
	list := &Uniforms{}
	known := map[string]bool{} // looked up, never walked
	add := func(name string, take func(seed uint64, draw int) float64) {
		if !known[name] {
			known[name] = true
			list.names, list.take = append(list.names, name), append(list.take, take)
		}
	}
	for _, arms := range u.arms {
		for _, a := range arms {
			for i := range a.inputs {
				in := &a.inputs[i]
				key := in.key()
				if in.shares == nil {
					add(key, func(seed uint64, draw int) float64 { return inputPlace(seed, draw, key).U(0, 0) })
					continue
				}
				for n, name := range in.shares.Names {
					add(key+"."+name, func(seed uint64, draw int) float64 { return inputPlace(seed, draw, key).U(1, uint64(n)) })
				}
			}
		}
	}
	for i := range u.variants {
		v := &u.variants[i]
		for n := range v.alternatives[:len(v.alternatives)-1] {
			add("variants."+v.name+"."+v.alternatives[n].name, func(seed uint64, draw int) float64 {
				if v.choose(seed, draw) == n {
					return 0.75 // as far above a half as its absence is below
				}
				return 0.25
			})
		}
	}
	return list
}

// Names returns the inputs, in the order of the numbers.
func (l *Uniforms) Names() []string { return l.names }

// At returns number i of a draw, from 0 to 1 without the ends.
func (l *Uniforms) At(seed uint64, draw, i int) float64 { return l.take[i](seed, draw) }

// inputPlace is where the numbers of an input, or of a group, stand.
func inputPlace(seed uint64, draw int, key string) random.Substream {
	return random.New(seed, draw, "input/"+key)
}

// key names the place of an input's numbers: its own, or that of its group.
func (in *uncertainInput) key() string {
	if in.group != "" {
		return "group:" + in.group
	}
	return in.path
}

// Scenario writes the first arm under a draw as a scenario that extends another, which plain holds: every value that the
// draw changed, as an assumption held fixed. It gives the same results as the draw. extends is what to write for plain: a
// library name, or a path from the directory of the file.
func (u *Uncertainty) Scenario(plain *Arm, seed uint64, draw int, name, extends string) (string, error) {
	combination, _ := u.choose(seed, draw)
	drawn, _, err := u.arms[combination][0].draw(seed, draw)
	if err != nil {
		return "", err
	}
	drawn.Tree.remove("name")
	drawn.Tree.put(Entry{Key: "title", Value: &Node{Kind: Scalar, Text: "Another fit of " + plain.Name, Quoted: true}})
	drawn.Tree.remove("variants") // the draw has taken its alternatives
	set := changed(plain.Tree, drawn.Tree, rootField(), fmt.Sprintf("draw %d", draw))
	set.remove("name")
	var p printer
	p.line(0, fmt.Sprintf("# Draw %d of seed %d of the ranges of %s, found by history matching: it gives all that %s is calibrated_to.", draw, seed, plain.Name, plain.Name))
	p.line(0, "schema: "+scenarioSchema)
	p.line(0, "name: "+name)
	p.line(0, "extends: "+scalarText(&Node{Kind: Scalar, Text: extends}))
	for _, e := range set.Entries {
		p.entry(e, 0)
	}
	return p.String(), nil
}

// changed returns what must be laid over one tree to get another; nil where they are equal.
func changed(from, to *Node, f field, note string) *Node {
	if flow(from) == flow(to) {
		return nil
	}
	if shapeOf(f.typ) == leafShape {
		return heldFixed(to, f, note)
	}
	set := &Node{Kind: Mapping}
	for _, e := range from.Entries {
		if to.At(e.Key) == nil {
			set.put(Entry{Key: e.Key, Value: &Node{}}) // null removes
		}
	}
	for _, e := range to.Entries {
		child, _ := childOf(f, e.Key)
		before := from.At(e.Key)
		if before == nil {
			set.put(e)
		} else if value := changed(before, e.Value, child, note); value != nil {
			set.put(Entry{Key: e.Key, Value: value})
		}
	}
	return set
}

// heldFixed writes drawn numbers as assumptions without a range.
func heldFixed(n *Node, f field, note string) *Node {
	node := func(key string, value *Node) *Node {
		return &Node{Kind: Mapping, Entries: []Entry{{Key: key, Value: value}, {Key: "source", Value: &Node{Kind: Scalar, Text: "assumption"}},
			{Key: "note", Value: &Node{Kind: Scalar, Text: note}}}}
	}
	switch f.typ {
	case reflect.TypeFor[Number](), reflect.TypeFor[Probability](), reflect.TypeFor[Duration]():
		if n.Kind == Scalar {
			return node("value", n)
		}
	case reflect.TypeFor[Shares]():
		if n.At("shares") == nil {
			return node("shares", n)
		}
	case reflect.TypeFor[Dist]():
		whole := n.copy()
		for i, e := range whole.Entries {
			if e.Key != "dist" {
				whole.Entries[i].Value = heldFixed(e.Value, distField(e.Key), note)
			}
		}
		return whole
	}
	return n
}
