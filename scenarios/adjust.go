package scenarios

import (
	"errors"
	"fmt"
	"math/big"
	"reflect"
	"strings"
)

// operation is what an overlay does to a number: the key add or scale.
type operation string

const (
	add   operation = "add"
	scale operation = "scale"
)

// apply is exact, so 0.1 scaled by 3 is 0.3.
func (o operation) apply(value, amount *big.Rat) *big.Rat {
	if o == add {
		return new(big.Rat).Add(value, amount)
	}
	return new(big.Rat).Mul(value, amount)
}

// adjust applies an overlay's add or scale to the number, time, evidence node or (for scale) distribution at a path.
// In an evidence node value, low and high move together, and the evidence stays: the interval about a rate is scaled
// with the rate. In a distribution scale moves every time and leaves cv alone, so that the shape stays.
func (r *report) adjust(tree *Node, c change, o operation) {
	t, m := locate(tree, c.path)
	if m == nil && t.node == nil {
		m = t.absent(0)
	}
	if m != nil {
		r.refuse(c.Place, c.path, m.why, m.fix)
		return
	}
	for _, n := range adjustable(t.node, o) {
		text, err := adjusted(n, c.amount, o, t.at.typ == reflect.TypeFor[OpenDuration]())
		if err != nil {
			r.refuse(c.amount.Place, c.path, err.Error(), "give the path of a number or a time that fits, or use set:")
			return
		}
		n.Text, n.Place, n.Default = text, c.amount.Place, false // the layer stays: it is no new block of a week
	}
}

// adjustable returns the scalars that an operation on a node changes; the node itself where it is none that can.
func adjustable(n *Node, o operation) []*Node {
	var found []*Node
	switch {
	case n.Kind != Mapping:
		return []*Node{n}
	case n.At("dist") != nil && n.At("source") == nil && o == scale:
		for _, p := range []string{"value", "mean", "sd", "low", "mode", "high"} {
			if at := n.At(p); at != nil {
				found = append(found, adjustable(at, o)...)
			}
		}
	case n.At("value") != nil && n.At("source") != nil:
		for _, p := range []string{"value", "low", "high"} {
			if at := n.At(p); at != nil {
				found = append(found, at)
			}
		}
	}
	if found == nil {
		return []*Node{n}
	}
	return found
}

// adjusted returns the new text of a scalar; open says that its days are open days.
func adjusted(n, amount *Node, o operation, open bool) (string, error) {
	switch {
	case n.Kind != Scalar:
		return "", fmt.Errorf("is %s, not a number", n.Kind)
	case n.Quoted:
		return "", fmt.Errorf("is the text %q, not a number", n.Text)
	case numberForm.MatchString(n.Text) && numberForm.MatchString(amount.Text):
		result, _ := o.apply(rational(n.Text), rational(amount.Text)).Float64()
		return formatNumber(result), nil
	case numberForm.MatchString(n.Text):
		return "", fmt.Errorf("is the number %s, and %s is a time", n.Text, amount.Text)
	}
	return adjustedTime(n.Text, amount.Text, o, open)
}

// adjustedTime changes a time by a factor or by a time. In open time days are not hours, and both parts change apart.
func adjustedTime(text, amount string, o operation, open bool) (string, error) {
	days, clock, err := signedTime(text, open)
	if err != nil {
		return "", fmt.Errorf("is %q, not a number or a time", text)
	}
	byDays, byClock := rationalOrNil(amount), rationalOrNil(amount)
	if byDays == nil {
		if byDays, byClock, err = signedTime(amount, open); err != nil {
			return "", err
		}
	} else if o == add {
		return "", fmt.Errorf("is the time %s, and %s has no unit", text, amount)
	}
	d, err := nanoseconds(o.apply(clock, byClock))
	if err != nil {
		return "", err
	}
	if !open {
		return formatDuration(d), nil
	}
	return formatOpen(o.apply(days, byDays), formatDuration(d))
}

// formatOpen joins open days and clock time.
func formatOpen(days *big.Rat, clock string) (string, error) {
	count, _ := days.Float64()
	switch {
	case count < 0 || strings.HasPrefix(clock, "-"):
		return "", errors.New("would be negative")
	case days.Sign() == 0:
		return clock, nil
	case clock == "0s":
		return formatNumber(count) + "d", nil
	}
	return formatNumber(count) + "d" + clock, nil
}

// signedTime reads a time in nanoseconds; with open, days are counted apart.
func signedTime(text string, open bool) (days, clock *big.Rat, err error) {
	days, clock = new(big.Rat), new(big.Rat)
	terms, err := parseTerms(strings.TrimPrefix(text, "-"))
	if err != nil {
		return nil, nil, err
	}
	for _, t := range terms {
		if open && t.unit == "d" {
			days.Set(t.number)
			continue
		}
		d, err := sumTerms([]term{t})
		if err != nil {
			return nil, nil, err
		}
		clock.Add(clock, new(big.Rat).SetInt64(int64(d)))
	}
	if strings.HasPrefix(text, "-") {
		days.Neg(days)
		clock.Neg(clock)
	}
	return days, clock, nil
}

// rational reads a number exactly.
func rational(text string) *big.Rat {
	x, ok := new(big.Rat).SetString(text)
	if !ok {
		panic("scenarios: not a number after all: " + text)
	}
	return x
}

// rationalOrNil reads a number exactly, or returns nil for what is none.
func rationalOrNil(text string) *big.Rat {
	if !numberForm.MatchString(text) {
		return nil
	}
	return rational(text)
}
