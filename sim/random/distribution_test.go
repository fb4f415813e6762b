package random

import (
	"math"
	"testing"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/validation/theory"
)

const unit = float64(time.Minute)

// cases are distributions with their mean, coefficient of variation and distribution function, the last written down
// apart from the quantiles that it judges.
var cases = []struct {
	name     string
	d        Distribution
	mean, cv float64 // minutes
	cdf      func(x float64) float64
}{
	{"exponential", ExponentialTime(4 * time.Minute), 4, 1, theory.ExponentialCDF(4)},
	{"uniform", UniformTime(2*time.Minute, 8*time.Minute), 5, math.Sqrt(36./12) / 5, theory.UniformCDF(2, 8)},
	{"lognormal 0.3", LognormalTime(10*time.Minute, 0.3), 10, 0.3, theory.LognormalCDF(10, 0.3)},
	{"lognormal 1", LognormalTime(4*time.Minute, 1), 4, 1, theory.LognormalCDF(4, 1)},
	{"lognormal 2.5", LognormalTime(600*time.Minute, 2.5), 600, 2.5, theory.LognormalCDF(600, 2.5)},
	{"gamma 0.3", GammaTime(10*time.Minute, 0.3), 10, 0.3, theory.GammaCDF(10, 0.3)},
	{"gamma 1", GammaTime(4*time.Minute, 1), 4, 1, theory.GammaCDF(4, 1)},
	{"gamma 1.7", GammaTime(40*time.Minute, 1.7), 40, 1.7, theory.GammaCDF(40, 1.7)},
	{"triangular", TriangularTime(time.Minute, 2*time.Minute, 9*time.Minute), 4, triangularCV(1, 2, 9), theory.TriangularCDF(1, 2, 9)},
	{"triangular, mode low", TriangularTime(time.Minute, time.Minute, 9*time.Minute), 11. / 3, triangularCV(1, 1, 9), theory.TriangularCDF(1, 1, 9)},
	{"triangular, mode high", TriangularTime(0, 6*time.Minute, 6*time.Minute), 4, triangularCV(0, 6, 6), theory.TriangularCDF(0, 6, 6)},
}

func triangularCV(low, mode, high float64) float64 {
	variance := (low*low + mode*mode + high*high - low*mode - low*high - mode*high) / 18
	return math.Sqrt(variance) * 3 / (low + mode + high)
}

// TestQuantilesInvertTheDistribution: quantiles over the whole range, into both tails, are monotone and give back the
// probability.
func TestQuantilesInvertTheDistribution(t *testing.T) {
	for _, c := range cases {
		last := time.Duration(-1)
		for _, u := range []float64{1e-12, 1e-6, 1e-4, 0.01, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.99, 0.9999, 1 - 1e-6, 1 - 1e-9} {
			x := c.d.Quantile(u)
			if x < last {
				t.Errorf("%s: quantile %v at %v, below the one before it", c.name, x, u)
			}
			last = x
			// The quantile is cut to a nanosecond, so that u lies between its probability and that of the next.
			low, high, slack := c.cdf(float64(x)/unit), c.cdf(float64(x+1)/unit), 1e-6*min(u, 1-u)
			if low > u+slack || high < u-slack {
				t.Errorf("%s: quantile %v at %v, which has probability %v to %v", c.name, x, u, low, high)
			}
		}
	}
}

// TestDrawsFollowTheDistribution: draws by inversion against the distribution function, the mean and the coefficient of
// variation; the twin shows that a mean a tenth off would be noticed.
func TestDrawsFollowTheDistribution(t *testing.T) {
	const n = 20_000
	s := New(50, 0, "draws")
	for k, c := range cases {
		list := make([]float64, n)
		mean := 0.
		for i := range list {
			list[i] = float64(c.d.Quantile(s.U(uint64(i), uint64(k)))) / unit
			mean += list[i] / n
		}
		if d, p := theory.KolmogorovTest(list, c.cdf); p < alpha {
			t.Errorf("%s: distance %v, p = %.2g", c.name, d, p)
		}
		if _, p := theory.KolmogorovTest(list, func(x float64) float64 { return c.cdf(x * 1.1) }); p > alpha {
			t.Errorf("%s: a mean a tenth off passes, p = %.2g", c.name, p)
		}
		if z := (mean - c.mean) / (c.mean * c.cv / math.Sqrt(n)); math.Abs(z) > 3.9 { // two-sided 1e-4
			t.Errorf("%s: mean %v, want %v: z = %.1f", c.name, mean, c.mean, z)
		}
		if got := c.d.Mean().Minutes(); math.Abs(got-c.mean) > 1e-9*c.mean+1e-10 {
			t.Errorf("%s: Mean is %v, want %v", c.name, got, c.mean)
		}
	}
}

// TestMomentsByQuadrature integrates the quantiles: mean and coefficient of variation without chance.
func TestMomentsByQuadrature(t *testing.T) {
	const n = 200_000
	for _, c := range cases {
		if c.cv > 1 { // a heavy tail beyond the last point
			continue
		}
		mean, square := 0., 0.
		for i := range n {
			x := float64(c.d.Quantile((float64(i)+0.5)/n)) / unit
			mean, square = mean+x/n, square+x*x/n
		}
		if cv := math.Sqrt(square-mean*mean) / mean; math.Abs(mean/c.mean-1) > 1e-4 || math.Abs(cv/c.cv-1) > 2e-3 {
			t.Errorf("%s: mean %v and cv %v, want %v and %v", c.name, mean, cv, c.mean, c.cv)
		}
	}
}

func TestConstant(t *testing.T) {
	constant, zero, narrow := ConstantTime(7*time.Second), Distribution{}, TriangularTime(time.Hour, time.Hour, time.Hour)
	for _, u := range []float64{1e-16, 0.5, 1 - 1e-16} {
		if got := constant.Quantile(u); got != 7*time.Second {
			t.Errorf("constant 7 s gives %v at %v", got, u)
		}
		if got := zero.Quantile(u); got != 0 {
			t.Errorf("the zero value gives %v", got)
		}
		if got := narrow.Quantile(u); got != time.Hour {
			t.Errorf("a triangle without width gives %v", got)
		}
	}
}

// TestInsaneTimesPanic: what is no time must not pass silently.
func TestInsaneTimesPanic(t *testing.T) {
	for name, d := range map[string]Distribution{
		"negative": ConstantTime(-1), "not a number": LognormalTime(-5, 1),
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			d.Quantile(0.99)
		}()
	}
}

// TestLongTimesAreCut: the tails of every spread that a scenario may have give times, at every uniform.
func TestLongTimesAreCut(t *testing.T) {
	long := ExponentialTime(Longest)
	if got := long.Quantile(0.99); got != Longest {
		t.Errorf("beyond the longest time: %v", got)
	}
	const year = 365 * 24 * time.Hour
	for _, cv := range []float64{0.001, 0.01, 0.1, 1, 10, 100} {
		for _, mean := range []time.Duration{1, time.Minute, 2 * year} {
			for _, d := range []Distribution{LognormalTime(mean, cv), GammaTime(mean, cv), ExponentialTime(mean)} {
				last := time.Duration(0)
				for _, u := range []float64{0x1p-53, 1e-9, 0.001, 0.5, 0.999, 1 - 1e-9, 1 - 0x1p-53} {
					x := d.Quantile(u)
					if x < last || x > Longest {
						t.Errorf("%v with cv %v: %v at %v, after %v", mean, cv, x, u, last)
					}
					last = x
				}
			}
		}
	}
}

// TestGammaMultiplier: mean 1 and the given coefficient of variation, against the distribution function.
func TestGammaMultiplier(t *testing.T) {
	const n = 20_000
	for _, cv := range []float64{0.2, 0.8, 1, 1.7, 3} {
		s := New(51, 0, "activity")
		list := make([]float64, n)
		for i := range list {
			list[i] = GammaMultiplier(s, cv, uint64(i))
		}
		if d, p := theory.KolmogorovTest(list, theory.GammaCDF(1, cv)); p < alpha {
			t.Errorf("cv %v: distance %v, p = %.2g", cv, d, p)
		}
		if _, p := theory.KolmogorovTest(list, theory.GammaCDF(1, cv*1.1)); p > alpha {
			t.Errorf("cv %v passes for %v", cv, cv*1.1)
		}
		if z := correlation(ranks(list, theory.GammaCDF(1, cv)), 1) * math.Sqrt(n-1); math.Abs(z) > 3.9 {
			t.Errorf("cv %v: neighbours correlate, z = %.1f", cv, z)
		}
	}
	if got := GammaMultiplier(New(1, 0, "a"), 0, 3); got != 1 {
		t.Errorf("without variation the multiplier is %v", got)
	}
}

func ranks(list []float64, cdf func(float64) float64) (u []float64) {
	for _, x := range list {
		u = append(u, cdf(x))
	}
	return u
}

// TestPoissonCount compares the quantile with the sum of the probabilities, and draws with them; the twin shows that a
// mean a tenth off would be noticed.
func TestPoissonCount(t *testing.T) {
	const n = 50_000
	s := New(52, 0, "counts")
	for k, mean := range []float64{0, 0.01, 0.7, 3, 22, 120, 650} {
		if mean == 0 {
			if got := PoissonCount(0, 1-1e-12); got != 0 {
				t.Errorf("a mean of 0 gives %d", got)
			}
			continue
		}
		p := distuv.Poisson{Lambda: mean}
		for _, u := range []float64{1e-9, 0.01, 0.3, 0.5, 0.77, 0.99, 1 - 1e-6} {
			got := PoissonCount(mean, u)
			if got < 0 || p.CDF(float64(got)) < u-1e-9 || got > 0 && p.CDF(float64(got-1)) > u+1e-9 {
				t.Errorf("mean %v: %d at %v, where %d or fewer has probability %v", mean, got, u, got, p.CDF(float64(got)))
			}
		}
		var draws []int
		for i := range n {
			draws = append(draws, PoissonCount(mean, s.U(uint64(i), uint64(k))))
		}
		if value := pOfPoisson(draws, mean); value < alpha {
			t.Errorf("mean %v: p = %.2g", mean, value)
		}
		if value := pOfPoisson(draws, mean*1.1); mean > 0.1 && value > alpha {
			t.Errorf("mean %v passes for %v", mean, mean*1.1)
		}
	}
}

// pOfPoisson tests counts against the probabilities, with cells of at least ten expected.
func pOfPoisson(draws []int, mean float64) float64 {
	p := distuv.Poisson{Lambda: mean}
	high := 0
	for _, x := range draws {
		high = max(high, x)
	}
	counts := make([]int, high+1)
	for _, x := range draws {
		counts[x]++
	}
	var observed []int
	var expected []float64
	n, o, e, sum := float64(len(draws)), 0, 0., 0.
	for x := 0; x <= high; x++ {
		o, e = o+counts[x], e+n*p.Prob(float64(x))
		if e >= 10 && n-sum-e >= 10 {
			observed, expected, sum = append(observed, o), append(expected, e), sum+e
			o, e = 0, 0
		}
	}
	observed, expected = append(observed, o), append(expected, n-sum)
	if len(observed) < 2 {
		return 1
	}
	_, value := theory.ChiSquareTest(observed, expected, 0)
	return value
}

// TestPoissonCountOfLargestUniform: rounding leaves the sum of the terms a little below 1; the largest uniform must not
// make it count on to the limit of the loop.
func TestPoissonCountOfLargestUniform(t *testing.T) {
	largest := (float64(uint64(1)<<52-1) + 0.5) / (1 << 52)
	for _, mean := range []float64{0.1, 1, 3, 5, 10, 22, 50, 100, 300, 600, 699} {
		if got, most := PoissonCount(mean, largest), int(mean+10*math.Sqrt(mean)+20); got > most {
			t.Errorf("mean %v: %d at the largest uniform, want at most %d", mean, got, most)
		}
	}
}

// TestLargePoissonMeans: beyond the range of the terms the normal approximation takes over without a jump.
func TestLargePoissonMeans(t *testing.T) {
	for _, u := range []float64{0.001, 0.5, 0.999} {
		below, above := PoissonCount(699.99, u), PoissonCount(700.01, u)
		if difference := above - below; difference < -2 || difference > 2 {
			t.Errorf("at %v the count jumps from %d to %d where the mean passes 700", u, below, above)
		}
	}
	if got := PoissonCount(1e6, 0.5); got != 1_000_000 {
		t.Errorf("median %d of a mean of a million", got)
	}
}
