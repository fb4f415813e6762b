package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"

	"portalsim/sim/random"
)

// Quantity is what the format has at a path: what a factor of a study may vary there.
type Quantity struct {
	Kind string // number, probability, time, count, or word for all else
	Unit string // of the value as a number: s for a time
	Text string // the value of the arm as it stands; "" where it has none

	// Quantile is the quantile function of the belief about the number, nil where its evidence has no range.
	Quantile func(u float64) float64

	limits string // of the field
}

// Quantity returns what an arm has at a dotted path; ok is false where the format has nothing there, or the arm nothing
// above it.
func (a *Arm) Quantity(path string) (q Quantity, ok bool) {
	t, m := locate(a.Tree, path)
	if m != nil {
		return q, false
	}
	f := t.at
	if shapeOf(t.in.typ) == leafShape {
		f = fieldInside(t, path)
	}
	q.Kind, q.Unit, q.limits = quantityKind(f), f.unit, f.limits
	switch q.Kind {
	case "time":
		q.Unit, q.limits = "s", timeLimits(f)
	case "probability":
		q.Unit, q.limits = "1", shareLimits
	}
	if t.node != nil {
		q.Text = flow(t.node)
		if t.node.Kind == Mapping && t.node.At("value") != nil {
			q.Text = textOf(t.node, "value")
		}
	}
	for _, in := range uncertainInputs(a.Tree) {
		if in.path == path && in.quantile != nil {
			q.Quantile = in.quantile
		}
	}
	return q, true
}

// fieldInside returns the field of a key inside a leaf: a parameter of a distribution, or a part of evidence, which is
// of the type of what it is evidence for.
func fieldInside(t target, path string) field {
	if t.parent.At("dist") != nil && t.parent.At("source") == nil {
		return distField(t.key)
	}
	if t.key == "value" || t.key == "low" || t.key == "high" {
		f := t.in
		if f.typ == nil { // evidence on a parameter of a distribution
			steps := strings.Split(path, ".")
			f = distField(steps[max(0, len(steps)-2)])
		}
		return f
	}
	return field{typ: reflect.TypeFor[Number]()}
}

func quantityKind(f field) string {
	switch f.typ {
	case reflect.TypeFor[Number]():
		return "number"
	case reflect.TypeFor[Probability]():
		return "probability"
	case reflect.TypeFor[Duration]():
		return "time"
	case reflect.TypeFor[int]():
		return "count"
	}
	return "word"
}

// Believe returns the quantile function of a belief about the quantity with low and high as its 2.5 and 97.5 % points and
// value as its mode where it has one; family is one of random.Families, or "" for the one that suits the quantity.
func (q Quantity) Believe(family string, low, value, high float64) (func(u float64) float64, error) {
	if family == "" {
		family = suitable(low, high, q.limits)
	}
	b := random.Belief{Family: family, Low: low, Value: value, High: high}
	b.Least, b.Most = lawful(q.limits)
	return b.Quantiles()
}

// Lawful tells whether the path takes a number, times in seconds; demand says what it must be.
func (q Quantity) Lawful(x float64) (ok bool, demand string) { return inRange(q.limits, x) }

// Float reads a scalar of the quantity as a number: times in seconds. ok is false for words, and for what is no such
// number.
func (q Quantity) Float(n *Node) (x float64, ok bool) {
	var r reader
	switch {
	case n.Kind != Scalar || q.Kind == "word":
		return math.NaN(), false
	case q.Kind == "time":
		d, ok := r.duration(n, "", field{})
		return d.Seconds(), ok
	default:
		return r.number(n, "", field{})
	}
}

// Node writes a number as the format reads it: whole for a count, and to the nanosecond for a time.
func (q Quantity) Node(x float64, at Place) *Node {
	n := &Node{Kind: Scalar, Place: at}
	switch q.Kind {
	case "time":
		n.Text = formatDuration(time.Duration(math.Round(x * float64(time.Second))))
	case "count":
		n.Text = formatNumber(math.Round(x))
	default:
		n.Text = formatNumber(x)
	}
	return n
}

// InSeconds returns how many seconds a unit of time has, such as w.
func InSeconds(unit string) (float64, error) {
	d, err := parseDuration("1" + unit)
	if err != nil {
		return 0, fmt.Errorf("%q is not one of the units w, d, h, m and s", unit)
	}
	return d.Seconds(), nil
}
