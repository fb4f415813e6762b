package validation

import (
	"fmt"
	"math"
	"sort"
	"time"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim/random"
	"portalsim/validation/theory"
)

// This file holds the tests that every distribution the program draws from is the one it says, in the tails too.

// pValue is the outcome of one of several tests of one thing.
type pValue struct {
	name string
	p    float64
}

// smallest makes one judged check of several tests: the smallest p-value, times their number (Bonferroni).
func smallest(group, name string, n int, tests []pValue) Check {
	least := tests[0]
	for _, t := range tests {
		if t.p < least.p {
			least = t
		}
	}
	k := float64(len(tests))
	return Check{
		Group: group, Name: name, Unit: "smallest p", Expected: 1 / (k + 1), Observed: least.p, N: n, Band: noBand,
		P: min(1, k*least.p), Judged: true, Note: "from: " + least.name,
	}
}

// tailPoints returns the ends of the cells in which n numbers are counted, as probabilities: as far out as ten of them
// are expected beyond.
func tailPoints(n int) []float64 {
	var points []float64
	for _, p := range []float64{1e-5, 1e-4, 1e-3, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.999, 0.9999, 0.99999} {
		if float64(n)*min(p, 1-p) > 9.99 {
			points = append(points, p)
		}
	}
	return points
}

// law is a distribution that the program draws from, with its distribution function and moments written down apart from
// how it is drawn. Times are in minutes.
type law struct {
	name     string
	draw     func(s random.Substream, i uint64) float64
	cdf      func(x float64) float64
	mean, sd float64
}

// laws lists the continuous distributions: of times, of the patients' activity, of gaps between needs, of beliefs.
func laws() []law {
	const unit = float64(time.Minute)
	timed := func(name string, d random.Distribution, mean, cv float64, cdf func(float64) float64) law {
		draw := func(s random.Substream, i uint64) float64 { return float64(d.Quantile(s.U(i, 0))) / unit }
		return law{name, draw, cdf, mean, cv * mean}
	}
	minutes := func(m float64) time.Duration { return time.Duration(m * unit) }
	list := []law{
		timed("time, exponential", random.ExponentialTime(minutes(4)), 4, 1, theory.ExponentialCDF(4)),
		timed("time, uniform", random.UniformTime(minutes(2), minutes(8)), 5, math.Sqrt(3)/5, theory.UniformCDF(2, 8)),
		timed("time, triangular", random.TriangularTime(minutes(1), minutes(2), minutes(9)), 4, math.Sqrt(57.0/18)/4, theory.TriangularCDF(1, 2, 9)),
	}
	for _, cv := range []struct {
		name  string
		value float64
	}{{"0.3", 0.3}, {"1", 1}, {"1.7", 1.7}} {
		list = append(list,
			timed("time, lognormal, cv "+cv.name, random.LognormalTime(minutes(10), cv.value), 10, cv.value, theory.LognormalCDF(10, cv.value)),
			timed("time, gamma, cv "+cv.name, random.GammaTime(minutes(10), cv.value), 10, cv.value, theory.GammaCDF(10, cv.value)),
			law{"activity of patients, gamma, cv " + cv.name,
				func(s random.Substream, i uint64) float64 { return random.GammaMultiplier(s, cv.value, i) },
				theory.GammaCDF(1, cv.value), 1, cv.value})
	}
	list = append(list, law{"gaps between needs", func(s random.Substream, i uint64) float64 { return s.Exponential(i, 0) }, theory.ExponentialCDF(1), 1, 1})
	return append(list, beliefLaws()...)
}

// beliefLaws lists the distributions of uncertain inputs. Those with low and high have them as 2.5 and 97.5 % points.
func beliefLaws() []law {
	z := distuv.UnitNormal.Quantile(0.975)
	between := func(family string, low, high float64, cdf func(float64) float64) law {
		b := random.Belief{Family: family, Low: low, Value: (low + high) / 2, High: high, Least: math.Inf(-1), Most: math.Inf(1)}
		return beliefLaw("belief, "+family, b, cdf)
	}
	normal := func(low, high float64) func(float64) float64 {
		return distuv.Normal{Mu: (low + high) / 2, Sigma: (high - low) / (2 * z)}.CDF
	}
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	inLogits, inLogs := normal(logit(0.1), logit(0.4)), normal(math.Log(2), math.Log(9))
	jeffreys := distuv.Beta{Alpha: 0.434*300 + 0.5, Beta: 0.566*300 + 0.5}
	return []law{
		between("logit-normal", 0.1, 0.4, func(x float64) float64 { return inLogits(logit(x)) }),
		between("lognormal", 2, 9, func(x float64) float64 { return inLogs(math.Log(x)) }),
		between("normal", -1, 3, normal(-1, 3)),
		between("uniform", 2, 6, theory.UniformCDF(2-0.1/0.95, 6+0.1/0.95)),
		beliefLaw("belief, after 300 answers", random.Belief{Value: 0.434, N: 300, Most: 1}, jeffreys.CDF),
		{"shares after 300 answers", func(s random.Substream, i uint64) float64 {
			return random.Dirichlet([]float64{0.434, 0.312, 0.254}, 300, 1, func(k int) float64 { return s.U(i, uint64(k)) })[0]
		}, distuv.Beta{Alpha: 0.434*300 + 0.5, Beta: 0.566*300 + 1}.CDF, (0.434*300 + 0.5) / 301.5, math.NaN()},
	}
}

func beliefLaw(name string, b random.Belief, cdf func(float64) float64) law {
	quantile, err := b.Quantiles()
	if err != nil {
		panic(err) // the beliefs above are sound
	}
	return law{name, func(s random.Substream, i uint64) float64 { return quantile(s.U(i, 0)) }, cdf, math.NaN(), math.NaN()}
}

// numberChecks draws n numbers from every distribution.
func numberChecks(n int, seed uint64) []Check {
	var checks []Check
	for _, l := range laws() {
		checks = append(checks, l.check(random.New(seed, 0, "validate/"+l.name), n))
	}
	for _, mean := range []float64{0.7, 3, 22, 650} {
		checks = append(checks, poissonCheck(random.New(seed, 0, "validate/counts"), mean, n))
	}
	return checks
}

const distributionGroup = "Distributions"

// check tests n numbers against the law: the whole by Kolmogorov's test, the tails by counts, and the mean, where it is
// known, by its standard error.
func (l law) check(s random.Substream, n int) Check {
	values, sum := make([]float64, n), 0.0
	points := tailPoints(n)
	counts := make([]int, len(points)+1)
	for i := range values {
		values[i] = l.draw(s, uint64(i))
		sum += values[i]
		counts[sort.SearchFloat64s(points, l.cdf(values[i]))]++
	}
	expected, below := make([]float64, len(counts)), 0.0
	for i, upTo := range append(points, 1) {
		expected[i], below = float64(n)*(upTo-below), upTo
	}
	_, tails := theory.ChiSquareTest(counts, expected, 0)
	_, whole := theory.KolmogorovTest(values[:min(n, 20_000)], l.cdf)
	tests := []pValue{{"the whole", whole}, {"the tails", tails}}
	if !math.IsNaN(l.sd) {
		tests = append(tests, pValue{"the mean", pOfNormal((sum/float64(n) - l.mean) / (l.sd / math.Sqrt(float64(n))))})
	}
	return smallest(distributionGroup, l.name, n, tests)
}

// poissonCheck tests n counts, as of notices in a day, in cells that hold at least ten.
func poissonCheck(s random.Substream, mean float64, n int) Check {
	counts := make([]int, int(mean+20*math.Sqrt(mean)+20))
	sum := 0.0
	for i := range n {
		x := random.PoissonCount(mean, s.U(uint64(i), math.Float64bits(mean)))
		counts[min(x, len(counts)-1)]++
		sum += float64(x)
	}
	var observed []int
	var expected []float64
	p := distuv.Poisson{Lambda: mean}
	o, e, left := 0, 0.0, float64(n)
	for x := range counts {
		o, e = o+counts[x], e+float64(n)*p.Prob(float64(x))
		if e >= 10 && left-e >= 10 {
			observed, expected, left = append(observed, o), append(expected, e), left-e
			o, e = 0, 0
		}
	}
	_, cells := theory.ChiSquareTest(append(observed, o), append(expected, left), 0)
	return smallest(distributionGroup, fmt.Sprintf("counts, Poisson, mean %g", mean), n,
		[]pValue{{"every count", cells}, {"the mean", pOfNormal((sum/float64(n) - mean) / math.Sqrt(mean/float64(n)))}})
}

// pOfNormal returns the two-sided p-value of a standard normal number.
func pOfNormal(z float64) float64 { return 2 * distuv.UnitNormal.CDF(-math.Abs(z)) }

// pOfPoisson returns the two-sided p-value of a count whose mean is known.
func pOfPoisson(k int, mean float64) float64 {
	p := distuv.Poisson{Lambda: mean}
	return min(1, 2*min(p.CDF(float64(k)), 1-p.CDF(float64(k-1))))
}
