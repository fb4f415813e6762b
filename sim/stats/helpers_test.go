package stats

import (
	"math"
	"testing"
)

// errorRate is the chance that a test which compares simulation with theory fails although
// the code is right. Seeds are fixed, so a test that passes keeps passing.
const errorRate = 1e-4

// splitmix is the splitmix64 generator: G. L. Steele, D. Lea and C. H. Flood, "Fast
// splittable pseudorandom number generators", OOPSLA (2014), figure 17. Its value is its state.
type splitmix uint64

func (s *splitmix) uint64() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// u returns a number in the open interval (0, 1).
func (s *splitmix) u() float64 { return (float64(s.uint64()>>12) + 0.5) / (1 << 52) }

func (s *splitmix) normal() float64      { return NormalQuantile(s.u()) }
func (s *splitmix) exponential() float64 { return -math.Log(s.u()) }

// normals returns n values of mean and standard deviation as given.
func (s *splitmix) normals(n int, mean, sd float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = mean + sd*s.normal()
	}
	return values
}

// inBand reports whether hits of n fall within the band around p that a binomial count leaves
// with probability errorRate, by the normal approximation with a correction of one half.
func inBand(hits, n int, p float64) bool {
	half := NormalQuantile(1-errorRate/2)*math.Sqrt(float64(n)*p*(1-p)) + 0.5
	return math.Abs(float64(hits)-float64(n)*p) <= half
}

// near fails unless got is want to a relative (below 1, absolute) tolerance. NaN is near
// to NaN, and an infinity to itself.
func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	same := got == want || math.IsNaN(got) && math.IsNaN(want)
	if !same && !(math.Abs(got-want) <= tolerance*max(1, math.Abs(want))) {
		t.Errorf("%s: got %v, want %v", what, got, want)
	}
}

// panics fails unless f panics.
func panics(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}
