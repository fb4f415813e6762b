package scenarios

import "reflect"

// Input is one number of a scenario that could be otherwise, with what is known about it. Dates, periods, counts,
// priorities, targets and the limits that measures refer to are design, not inputs.
type Input struct {
	Path      string
	Value     string // as written
	Source    string // survey, literature, assumption, local, user (a plain number in a file or on the command line) or default
	N         *int64
	Low, High *string // as written
	Dist      string
	Transport string // as written, or ""
	Group     string
	Cite      string
	Note      string

	// Held is true for an assumption without a range, and for assumed shares without n: uncertainty runs hold it fixed.
	Held bool
}

// inputsOf lists the inputs of a complete tree in its order.
func inputsOf(tree *Node) []Input {
	var inputs []Input
	eachInput(tree, rootField(), "", func(n *Node, f field, path string) {
		if f.typ == reflect.TypeFor[Shares]() {
			inputs = append(inputs, inputOfShares(n, path))
			return
		}
		inputs = append(inputs, inputOf(n, path))
	})
	return inputs
}

// eachInput calls visit for every input of a tree, in its order: numbers, probabilities, times, shares, and the
// parameters of distributions.
func eachInput(n *Node, f field, path string, visit func(n *Node, f field, path string)) {
	if f.notInput {
		return
	}
	switch f.typ {
	case reflect.TypeFor[Number](), reflect.TypeFor[Probability](), reflect.TypeFor[Duration](), reflect.TypeFor[Shares]():
		visit(n, f, path)
		return
	case reflect.TypeFor[Dist]():
		for _, e := range n.Entries {
			if e.Key != "dist" {
				visit(e.Value, distField(e.Key), below(path, e.Key))
			}
		}
		return
	}
	if shapeOf(f.typ) == leafShape {
		return
	}
	for _, e := range n.Entries {
		if child, ok := childOf(f, e.Key); ok {
			eachInput(e.Value, child, below(path, e.Key), visit)
		}
	}
}

// inputOf lists a number, plain or with evidence.
func inputOf(n *Node, path string) Input {
	if n.Kind != Mapping {
		return Input{Path: path, Value: n.Text, Source: plainSource(n)}
	}
	i := Input{Path: path, Value: textOf(n, "value")}
	i.evidence(n)
	i.Low, i.High = optional(n, "low"), optional(n, "high")
	i.Held = i.Source == "assumption" && i.Low == nil
	return i
}

// inputOfShares lists shares as one input: they are known, and drawn, together.
func inputOfShares(n *Node, path string) Input {
	shares := n.At("shares")
	if shares == nil || shares.Kind != Mapping {
		return Input{Path: path, Value: flow(n), Source: plainSource(n)}
	}
	i := Input{Path: path, Value: flow(shares)}
	i.evidence(n)
	if i.Source == "" {
		i.Source = plainSource(n)
	}
	i.Held = i.Source == "assumption" && i.N == nil // with n, an opinion of that weight
	return i
}

// evidence copies what an evidence node says beside the value.
func (i *Input) evidence(n *Node) {
	i.Source, i.Dist, i.Cite, i.Note = textOf(n, "source"), textOf(n, "dist"), textOf(n, "cite"), textOf(n, "note")
	i.Transport, i.Group = textOf(n, "transport"), textOf(n, "group")
	if at := n.At("n"); at != nil {
		x, _ := rational(at.Text).Float64()
		count := int64(x)
		i.N = &count
	}
}

// plainSource is the source of a number without evidence.
func plainSource(n *Node) string {
	if n.Default {
		return "default"
	}
	return "user"
}

// textOf returns the scalar of a key, or "".
func textOf(n *Node, key string) string {
	if at := n.At(key); at != nil {
		return at.Text
	}
	return ""
}

// optional returns the scalar of a key, or nil.
func optional(n *Node, key string) *string {
	if at := n.At(key); at != nil {
		return &at.Text
	}
	return nil
}
