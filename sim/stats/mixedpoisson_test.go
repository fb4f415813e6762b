package stats

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// mixedCounts draws how many of n patients have each count.
func mixedCounts(r *rand.Rand, n int, mean, cv float64, traits []Trait) []int {
	var patients []int
	for range n {
		u, m := r.Float64(), mean
		for _, t := range traits {
			if u -= t.Share; u < 0 {
				m = mean * t.Relative
				break
			}
		}
		if cv > 0 && m > 0 {
			m *= distuv.Gamma{Alpha: 1 / (cv * cv), Beta: 1 / (cv * cv), Src: r}.Rand()
		}
		c := 0
		if m > 0 {
			c = int(distuv.Poisson{Lambda: m, Src: r}.Rand())
		}
		for len(patients) <= c {
			patients = append(patients, 0)
		}
		patients[c]++
	}
	return patients
}

// The spread comes out, with and without traits, and its interval holds it: in 200 samples at least 180 times, which
// 95 % would miss once in 2,000.
func TestFitMixedPoisson(t *testing.T) {
	third := []Trait{{0.3, 0}, {0.4, 0.5}, {0.3, 8.0 / 3}} // mean 1
	for _, c := range []struct {
		name     string
		cv, mean float64
		traits   []Trait
	}{
		{"alike", 1.25, 2, nil}, {"traits", 1, 2, third}, {"seldom", 0.8, 0.5, third},
	} {
		r := rand.New(rand.NewPCG(7, 1))
		held, sum, naive := 0, 0.0, 0
		const samples = 200
		for range samples {
			traits := c.traits
			if traits == nil {
				traits = []Trait{{1, 1}}
			}
			counts := mixedCounts(r, 800, c.mean, c.cv, traits)
			m := FitMixedPoisson(counts, c.traits, 0.95)
			sum += m.CV / samples
			if m.Interval.Contains(c.cv) {
				held++
			}
			if FitMixedPoisson(counts, nil, 0.95).Interval.Contains(c.cv) {
				naive++
			}
		}
		if held < 180 {
			t.Errorf("%s: the interval holds the spread in %d of %d samples", c.name, held, samples)
		}
		if math.Abs(sum-c.cv) > 0.05*c.cv {
			t.Errorf("%s: the mean estimate is %.3f, want %.3f", c.name, sum, c.cv)
		}
		if c.traits != nil && naive >= 180 { // the twin: traits taken for activity
			t.Errorf("%s: without the traits the interval holds the spread in %d of %d samples all the same", c.name, naive, samples)
		}
	}
}

// Patients alike but for chance need no activity: the interval begins at 0. A sample of them cannot be told from little.
func TestFitMixedPoissonOfPoissonCounts(t *testing.T) {
	counts := mixedCounts(rand.New(rand.NewPCG(3, 3)), 2000, 3, 0, []Trait{{1, 1}})
	m := FitMixedPoisson(counts, nil, 0.95)
	if m.Interval.Low != 0 || m.Interval.High > 0.3 || m.CV > 0.2 {
		t.Errorf("got %+v", m)
	}
	if m := FitMixedPoisson([]int{5}, nil, 0.95); !math.IsNaN(m.CV) || m.Mean != 0 {
		t.Errorf("nobody wrote: %+v", m)
	}
}

// Joining counts and traits in another order, and scaling the traits, changes nothing.
func TestFitMixedPoissonIgnoresScale(t *testing.T) {
	traits := []Trait{{0.3, 0}, {0.4, 0.5}, {0.3, 8.0 / 3}}
	counts := mixedCounts(rand.New(rand.NewPCG(5, 5)), 500, 2, 1, traits)
	scaled := []Trait{{30, 80}, {30, 0}, {40, 15}}
	a, b := FitMixedPoisson(counts, traits, 0.95), FitMixedPoisson(slices.Clone(counts), scaled, 0.95)
	if math.Abs(a.CV-b.CV) > 1e-6 || math.Abs(a.Interval.High-b.Interval.High) > 1e-6 {
		t.Errorf("%+v and %+v", a, b)
	}
}
