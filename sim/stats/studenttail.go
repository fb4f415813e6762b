package stats

import (
	"math"

	"portalsim/sim/elementary"
)

// mostDegrees are the most degrees of freedom for which studentTail is used: its time grows with them.
const mostDegrees = 10_000

func whole(df float64) bool { return df <= mostDegrees && df == math.Trunc(df) }

// studentUpper returns the t beyond which lies a tail of at most a half of Student's distribution with whole df. The tail is
// convex in t, so that Newton's method, begun below the root as the normal quantile is, climbs to it and never passes it.
func studentUpper(tail, df float64) float64 {
	t := -elementary.NormalQuantile(tail)
	for {
		beyond, density := studentTail(t, df)
		next := t + (beyond-tail)/density
		if !(next > t) { // the root, as well as it can be told
			return t
		}
		t = next
	}
}

// studentTail returns the probability of more than t ≥ 0 under Student's t with whole df, half of the incomplete beta function
// of n/(n + t²) with parameters n/2 and 1/2, and the density at t.
func studentTail(t, df float64) (tail, density float64) {
	a, b := df/2, 0.5
	x, y := df/(df+t*t), t*t/(df+t*t)
	density = elementary.Exp(-(a+b)*math.Log1p(t*t/df)) * betaInverse(df) / math.Sqrt(df)
	front := t * density // x^a √y / B(a, b)
	if x < (a+1)/(a+b+2) {
		return front / a * betaFraction(x, a, b) / 2, density
	}
	return (1 - front/b*betaFraction(y, b, a)) / 2, density
}

// betaInverse returns 1/B(n/2, 1/2), which grows by (n+1)/n with every two degrees of freedom.
func betaInverse(df float64) float64 {
	inverse, n := 1/math.Pi, 1.0 // 1/B(1/2, 1/2)
	if math.Mod(df, 2) == 0 {
		inverse, n = 0.5, 2 // 1/B(1, 1/2)
	}
	for ; n < df; n += 2 {
		inverse *= (n + 1) / n
	}
	return inverse
}

// betaFraction returns the continued fraction of the incomplete beta function of x, quick for x < (a+1)/(a+b+2).
//
// Source: NIST Digital Library of Mathematical Functions, 8.17.22, by the modified method of Lentz: W. J. Lentz, Applied Optics
// 15 (1976) 668–671, I. J. Thompson and A. R. Barnett, Journal of Computational Physics 64 (1986) 490–509.
func betaFraction(x, a, b float64) float64 {
	const least = 1e-300 // in place of 0
	nonzero := func(v float64) float64 {
		if math.Abs(v) < least {
			return least
		}
		return v
	}
	c, d := 1.0, 1/nonzero(1-(a+b)*x/(a+1))
	f := d
	for m := 1.0; m <= 2*mostDegrees; m++ {
		d2 := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d, c = 1/nonzero(1+d2*d), nonzero(1+d2/c)
		f *= c * d
		d2 = -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d, c = 1/nonzero(1+d2*d), nonzero(1+d2/c)
		step := c * d
		f *= step
		if math.Abs(step-1) < 1e-16 {
			break
		}
	}
	return f
}
