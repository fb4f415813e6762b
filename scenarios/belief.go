package scenarios

import (
	"math"

	"portalsim/sim/random"
)

// shareLimits are the lawful values of a probability.
const shareLimits = "0..1"

// timeLimits are the lawful values of a time: never negative.
func timeLimits(f field) string {
	if f.limits == "" {
		return ">=0"
	}
	return f.limits
}

// leastAbove0 stands for the smallest lawful value where 0 is not one: a nanosecond, as a time.
const leastAbove0 = 1e-9

// belief makes the belief that an evidence node describes, where it gives a width at all: low and high first, which may
// hold more than sampling, else n.
func (r *reader) belief(n *Node, path string, e *Evidence, value float64, limits string) {
	fix := "remove it, or give low and high"
	for _, key := range []string{"dist", "transport", "group"} {
		if at := n.At(key); at != nil && e.Low == nil && (e.N == nil || key == "dist") {
			r.refuse(at.Place, below(path, key), "has no effect without low and high", fix)
			return
		}
	}
	b := random.Belief{Value: value, Transport: e.Transport}
	b.Least, b.Most = lawful(limits)
	switch {
	case e.Low != nil:
		b.Low, b.High, b.Family = e.Low.Value, e.High.Value, e.Dist
		if b.Family == "" {
			b.Family = suitable(b.Low, b.High, limits)
		}
	case e.N != nil:
		b.N = float64(*e.N)
	default:
		return
	}
	if _, err := b.Quantiles(); err != nil {
		r.refuse(n.At("dist").Place, below(path, "dist"), err.Error(), "widen or narrow low and high, or remove dist")
		return
	}
	e.Belief = &b
}

// suitable returns the family for a number whose evidence names none: logit-normal for a probability, lognormal for
// what cannot be negative, normal for the rest; uniform where an end lies where the suitable family never comes.
func suitable(low, high float64, limits string) string {
	least, _ := lawful(limits)
	switch {
	case limits == shareLimits && low > 0 && high < 1:
		return "logit-normal"
	case limits != shareLimits && least >= 0 && low > 0:
		return "lognormal"
	case limits == "":
		return "normal"
	}
	return "uniform"
}

// lawful returns the lawful values of a field.
func lawful(limits string) (least, most float64) {
	switch least, most, both, above := bounds(limits); {
	case both:
		return least, most
	case limits == "":
		return math.Inf(-1), math.Inf(1)
	case above:
		return max(least, leastAbove0), math.Inf(1)
	default:
		return least, math.Inf(1)
	}
}
