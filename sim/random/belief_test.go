package random_test

import (
	"math"
	"testing"

	"portalsim/sim/random"
)

// quantiles returns the quantile function of a belief that must be sound.
func quantiles(t *testing.T, b random.Belief) func(float64) float64 {
	t.Helper()
	q, err := b.Quantiles()
	if err != nil {
		t.Fatalf("%+v: %v", b, err)
	}
	return q
}

// near reports whether two numbers agree to a relative 1e-6.
func near(a, b float64) bool { return math.Abs(a-b) <= 1e-6*max(math.Abs(a), math.Abs(b)) }

// Whatever the family, low and high are its 2.5 and 97.5 % points.
func TestBeliefsHaveTheirPoints(t *testing.T) {
	for _, family := range random.Families {
		for _, ends := range [][3]float64{{0.2, 0.3, 0.6}, {0.01, 0.02, 0.05}, {0.5, 0.9, 0.97}, {0.04, 0.05, 0.9}} {
			b := random.Belief{Family: family, Low: ends[0], Value: ends[1], High: ends[2], Least: math.Inf(-1), Most: math.Inf(1)}
			q := quantiles(t, b)
			if !near(q(0.025), ends[0]) || !near(q(0.975), ends[2]) {
				t.Errorf("%s of %v has the points %v and %v", family, ends, q(0.025), q(0.975))
			}
			for u, last := 0.001, math.Inf(-1); u < 1; u += 0.001 {
				if x := q(u); x < last || math.IsNaN(x) {
					t.Fatalf("%s of %v decreases at %v", family, ends, u)
				} else {
					last = x
				}
			}
		}
	}
}

// A triangular belief has its mode at the value: the distribution function bends there from convex to concave.
func TestTriangularBeliefHasItsMode(t *testing.T) {
	q := quantiles(t, random.Belief{Family: "triangular", Low: 2, Value: 3, High: 7, Least: 0, Most: 100})
	narrowest, at := math.Inf(1), 0.0
	for u := 0.005; u < 0.99; u += 0.001 {
		if w := q(u+0.005) - q(u-0.004); w < narrowest {
			narrowest, at = w, q(u)
		}
	}
	if math.Abs(at-3) > 0.05 {
		t.Errorf("values are densest at %v, not at 3", at)
	}
}

// Transport multiplies the width on the family's own scale, about the same middle.
func TestTransportWidens(t *testing.T) {
	plain := random.Belief{Family: "lognormal", Low: 2, Value: 4, High: 8, Most: math.Inf(1)}
	wide := plain
	wide.Transport = 2
	p, w := quantiles(t, plain), quantiles(t, wide)
	if !near(p(0.5), w(0.5)) || !near(w(0.975)/w(0.5), math.Pow(p(0.975)/p(0.5), 2)) {
		t.Errorf("lognormal: medians %v and %v, upper points %v and %v", p(0.5), w(0.5), p(0.975), w(0.975))
	}
	small := quantiles(t, random.Belief{Value: 0.4, N: 75, Most: 1})
	transported := quantiles(t, random.Belief{Value: 0.4, N: 300, Transport: 2, Most: 1})
	for _, u := range []float64{0.025, 0.5, 0.975} {
		if !near(small(u), transported(u)) {
			t.Errorf("300 answers at transport 2 give %v at %v, 75 answers %v", transported(u), u, small(u))
		}
	}
}

// The posterior of 57.9 % of 300 is Beta(174.2, 126.8); its points by SciPy, beta.ppf.
func TestBeliefFromASample(t *testing.T) {
	q := quantiles(t, random.Belief{Value: 0.579, N: 300, Most: 1})
	if math.Abs(q(0.025)-0.52259476) > 1e-7 || math.Abs(q(0.975)-0.63388911) > 1e-7 {
		t.Errorf("57.9 %% of 300 gives %v to %v", q(0.025), q(0.975))
	}
}

// What lies beyond the lawful values is moved to them, and a belief without a width is its value.
func TestBeliefStaysLawful(t *testing.T) {
	q := quantiles(t, random.Belief{Family: "uniform", Low: 0, Value: 0.5, High: 1, Least: 0, Most: 1})
	if q(0.001) != 0 || q(0.999) != 1 || !near(q(0.5), 0.5) {
		t.Errorf("got %v, %v, %v", q(0.001), q(0.999), q(0.5))
	}
	fixed := quantiles(t, random.Belief{Family: "lognormal", Low: 3, Value: 3, High: 3, Most: 9})
	if fixed(0.01) != 3 || fixed(0.99) != 3 {
		t.Error("a belief without a width moved")
	}
}

func TestBeliefsThatDoNotExist(t *testing.T) {
	for _, b := range []random.Belief{
		{Family: "lognormal", Low: 0, Value: 1, High: 2},
		{Family: "logit-normal", Low: 0, Value: 0.5, High: 0.6},
		{Family: "beta", Low: 0.2, Value: 0.5, High: 1},
		{Family: "cauchy", Low: 0.2, Value: 0.5, High: 0.9},
	} {
		if _, err := b.Quantiles(); err == nil {
			t.Errorf("%+v has quantiles", b)
		}
	}
}

// Dirichlet shares have the moments of the distribution: mean α/Σα, variance m(1 − m)/(Σα + 1). 20,000 draws; a mean
// out by 5 standard errors would happen once in 10^6 tests.
func TestDirichletMoments(t *testing.T) {
	const draws = 20000
	shares, n := []float64{0.434, 0.312, 0.086, 0.168}, 100.0
	total := n + 0.5*float64(len(shares))
	s := random.New(1, 0, "test")
	sum, squares := make([]float64, len(shares)), make([]float64, len(shares))
	for d := range draws {
		drawn := random.Dirichlet(shares, n, 1, func(i int) float64 { return s.U(uint64(d), uint64(i)) })
		whole := 0.0
		for i, x := range drawn {
			whole += x
			sum[i] += x
			squares[i] += x * x
		}
		if math.Abs(whole-1) > 1e-12 {
			t.Fatalf("the shares sum to %v", whole)
		}
	}
	for i, share := range shares {
		mean := (share*n + 0.5) / total
		variance := mean * (1 - mean) / (total + 1)
		m := sum[i] / draws
		if math.Abs(m-mean) > 5*math.Sqrt(variance/draws) {
			t.Errorf("share %d has mean %v, not %v", i, m, mean)
		}
		if v := squares[i]/draws - m*m; math.Abs(v/variance-1) > 0.06 { // 6 standard errors of a variance
			t.Errorf("share %d has variance %v, not %v", i, v, variance)
		}
	}
}
