package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestRatioIntervalByHand(t *testing.T) {
	// Ratio 12/6 = 2. Without each in turn: 11/5, 9/4, 4/3. Pseudo-values 3·2 − 2·that:
	// 1.6, 1.5, 10/3. t(0.975, 2) = 4.302652730.
	got := RatioInterval([]float64{1, 3, 8}, []float64{1, 2, 3}, 0.95)
	jackknife := (1.6 + 1.5 + 10.0/3) / 3
	squares := sq(1.6-jackknife) + sq(1.5-jackknife) + sq(10.0/3-jackknife)
	se := math.Sqrt(squares / 2 / 3)
	near(t, "n", float64(got.N), 3, 0)
	near(t, "estimate", got.Estimate, 2, 1e-15)
	near(t, "jackknife", got.Jackknife, jackknife, 1e-14)
	near(t, "se", got.SE, se, 1e-14)
	near(t, "low", got.Interval.Low, 2-4.302652730*se, 1e-9)
	near(t, "high", got.Interval.High, 2+4.302652730*se, 1e-9)
}

func sq(x float64) float64 { return x * x }

func TestRatioIntervalLimits(t *testing.T) {
	for _, c := range []struct {
		name                         string
		numerators, denominators     []float64
		estimate, jackknife, halfNaN float64
	}{
		{"none", nil, nil, nan, nan, nan},
		{"one", []float64{3}, []float64{2}, 1.5, nan, nan},
		{"no denominators", []float64{1, 2}, []float64{0, 0}, nan, nan, nan},
		{"all in one", []float64{0.1, 2, 0.3}, []float64{0, 4, 0}, 0.6, nan, nan},
		{"unknown", []float64{1, nan, 2}, []float64{1, 2, 3}, nan, nan, nan},
		{"same ratio", []float64{2, 4, 8}, []float64{1, 2, 4}, 2, 2, 0},
	} {
		got := RatioInterval(c.numerators, c.denominators, 0.95)
		near(t, c.name+", estimate", got.Estimate, c.estimate, 1e-15)
		near(t, c.name+", jackknife", got.Jackknife, c.jackknife, 1e-15)
		near(t, c.name+", half width", got.Interval.HalfWidth(), c.halfNaN, 1e-12)
	}
	panics(t, "lengths differ", func() { RatioInterval([]float64{1}, nil, 0.9) })
}

// With denominators all 1 the ratio is the mean, and the jackknife is Student's interval.
func TestRatioIntervalOfOnesIsMeanInterval(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-10, 10), 2, 20).Draw(r, "values")
		ones := make([]float64, len(values))
		fill(ones, 1)
		mean, _, want := MeanInterval(values, 0.9)
		got := RatioInterval(values, ones, 0.9)
		for _, d := range []float64{got.Estimate - mean, got.Jackknife - mean, got.Interval.Low - want.Low, got.Interval.High - want.High} {
			if math.Abs(d) > 1e-9 {
				r.Errorf("got %+v, want mean %v and %v", got, mean, want)
			}
		}
	})
}

// ratioSample draws n correlated pairs whose ratio of means is 2: a denominator that is
// normal about 10, and a numerator of twice that plus noise that grows with it.
func ratioSample(random *splitmix, n int) (numerators, denominators []float64) {
	denominators = random.normals(n, 10, 2)
	numerators = make([]float64, n)
	for i, d := range denominators {
		numerators[i] = d * (2 + 0.5*random.normal())
	}
	return numerators, denominators
}

func TestRatioIntervalCoverage(t *testing.T) {
	const samples, n = 2000, 30
	random := splitmix(4)
	hits := 0
	for range samples {
		if ratioInterval95(ratioSample(&random, n)).Contains(2) {
			hits++
		}
	}
	if !inBand(hits, samples, 0.95) {
		t.Errorf("%d of %d intervals hold the ratio at confidence 0.95", hits, samples)
	}
}

// ratioInterval95 is the interval of RatioInterval at confidence 0.95.
func ratioInterval95(numerators, denominators []float64) Interval {
	return RatioInterval(numerators, denominators, 0.95).Interval
}

// Eight replications with a constant numerator of 1 and exponential denominators: the ratio of
// sums is too large by a factor of n/(n − 1) in the mean, for 1/sum is inverse gamma with mean
// 1/(n − 1). The jackknife removes the bias of order 1/n and must come closer to 1.
func TestJackknifeRemovesBias(t *testing.T) {
	const samples, n = 20000, 8
	random := splitmix(5)
	var plain, corrected Tally
	ones := make([]float64, n)
	fill(ones, 1)
	for range samples {
		denominators := make([]float64, n)
		for i := range denominators {
			denominators[i] = random.exponential()
		}
		got := RatioInterval(ones, denominators, 0.95)
		plain.Add(got.Estimate)
		corrected.Add(got.Jackknife)
	}
	z := (plain.Mean() - float64(n)/(n-1)) / (plain.SD() / math.Sqrt(samples))
	if limit := NormalQuantile(1 - errorRate/2); math.Abs(z) > limit {
		t.Errorf("mean ratio of sums %v, theory %v: z = %v, limit %v", plain.Mean(), float64(n)/(n-1), z, limit)
	}
	if math.Abs(corrected.Mean()-1) > (plain.Mean()-1)/3 {
		t.Errorf("jackknife mean %v, ratio of sums %v: little bias removed", corrected.Mean(), plain.Mean())
	}
}
