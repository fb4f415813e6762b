package study

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"portalsim/scenarios"
)

// Level is one value of a factor. A Level without Node leaves the arms as they stand.
type Level struct {
	Text  string  // as in the points table
	Value float64 // in the factor's unit; NaN for words
	Node  *scenarios.Node
}

// Factor is one thing that is varied.
type Factor struct {
	Name      string // as written: PATH or ARM:PATH
	Arm, Path string
	Title     string
	Log       bool   // its range is even on a logarithmic scale
	Role      string // lever or uncertainty
	Group     string
	Unit      string
	Base      Level // as the arms stand

	quantity scenarios.Quantity
	place    scenarios.Place
	unitSize float64 // of Unit, in the quantity's unit
	values   []Level // nil for a factor over a range or a belief
	quantile func(u float64) float64
	ends     [2]float64 // the probabilities that count as low and high
	listed   []Level    // of a list of points: its least and largest value, or those of its first and last row that are words
}

// Low and High of a belief are its 2.5 and 97.5 % points; those of a range its ends.
var (
	rangeEnds  = [2]float64{0, 1}
	beliefEnds = [2]float64{0.025, 0.975}
)

// nearEnd keeps probabilities off 0 and 1, where beliefs without ends are infinite.
const nearEnd = 1e-6

// At returns the level at probability u of the factor's range or belief; of values, each has an equal part of [0, 1).
func (f *Factor) At(u float64) Level {
	if f.values != nil {
		return f.values[min(int(u*float64(len(f.values))), len(f.values)-1)]
	}
	if f.ends == beliefEnds {
		u = min(max(u, nearEnd), 1-nearEnd)
	}
	return f.level(f.quantile(u))
}

// Step returns level i of n: equally spaced in probability from low to high, or value i.
func (f *Factor) Step(i, n int) Level {
	if f.values != nil {
		return f.values[i]
	}
	t := 0.5
	if n > 1 {
		t = float64(i) / float64(n-1)
	}
	return f.At((1-t)*f.ends[0] + t*f.ends[1])
}

// Ends returns the first and the last level: of a list the least and the largest, of values as they are written, else the low
// and the high end.
func (f *Factor) Ends() (low, high Level) {
	if f.listed != nil {
		return f.listed[0], f.listed[1]
	}
	n := f.steps(2)
	return f.Step(0, n), f.Step(n-1, n)
}

// Over says over what the factor varies, in words.
func (f *Factor) Over() string {
	switch low, high := f.Ends(); {
	case f.listed != nil:
		return low.brief() + " to " + high.brief() + ", as listed"
	case f.values != nil:
		var texts []string
		for _, l := range f.values {
			texts = append(texts, l.Text)
		}
		return "values " + strings.Join(texts, ", ")
	case f.ends == beliefEnds:
		return "belief, 95 % of it from " + low.brief() + " to " + high.brief()
	case f.Log:
		return low.brief() + " to " + high.brief() + ", even on a logarithmic scale"
	default:
		return low.brief() + " to " + high.brief() + ", uniform"
	}
}

// brief writes a number with four digits, in the factor's unit; words as they are.
func (l Level) brief() string {
	if math.IsNaN(l.Value) {
		return l.Text
	}
	return strconv.FormatFloat(l.Value, 'g', 4, 64)
}

// steps returns how many levels the factor has in a grid.
func (f *Factor) steps(levels int) int {
	if f.values != nil {
		return len(f.values)
	}
	return levels
}

// level makes a level of a number in the quantity's unit.
func (f *Factor) level(x float64) Level {
	n := f.quantity.Node(x, f.place)
	if read, ok := f.quantity.Float(n); ok {
		x = read // as rounded
	}
	return Level{n.Text, x / f.unitSize, n}
}

// levelOf makes a level of a written value; a plain number has the factor's unit where the quantity is a time.
func (f *Factor) levelOf(n *scenarios.Node) (Level, error) {
	if x, ok := f.number(n); ok {
		if f.unitSize != 1 {
			return f.level(x), nil
		}
		return Level{scenarios.Flow(n), x, n}, nil
	}
	if f.quantity.Kind != "word" && n.Kind == scenarios.Scalar {
		return Level{}, fmt.Errorf("must be a %s, got %q", f.quantity.Kind, n.Text)
	}
	return Level{scenarios.Flow(n), math.NaN(), n}, nil
}

// number reads a written value in the quantity's unit.
func (f *Factor) number(n *scenarios.Node) (float64, bool) {
	if f.quantity.Kind == "time" && f.Unit != "s" {
		if x, ok := (scenarios.Quantity{Kind: "number"}).Float(n); ok {
			return x * f.unitSize, true
		}
	}
	return f.quantity.Float(n)
}

// overRange gives the factor the values between two ends.
func (f *Factor) overRange(low, high float64, log bool) {
	f.ends = rangeEnds
	switch {
	case f.quantity.Kind == "count": // each whole number has an equal part
		f.quantile = func(u float64) float64 { return min(low+math.Floor(u*(high-low+1)), high) }
	case log:
		f.quantile = func(u float64) float64 { return math.Exp((1-u)*math.Log(low) + u*math.Log(high)) }
	default:
		f.quantile = func(u float64) float64 { return (1-u)*low + u*high }
	}
}
