package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

var nan = math.NaN()

func TestMeanIntervalByHand(t *testing.T) {
	// Mean 3, standard deviation √2.5, standard error √0.5, t(0.975, 4) = 2.776445105.
	mean, sd, interval := MeanInterval([]float64{1, 2, 3, 4, 5}, 0.95)
	half := 2.776445105 * math.Sqrt(0.5)
	near(t, "mean", mean, 3, 1e-15)
	near(t, "sd", sd, math.Sqrt(2.5), 1e-15)
	near(t, "low", interval.Low, 3-half, 1e-9)
	near(t, "high", interval.High, 3+half, 1e-9)
	near(t, "half width", interval.HalfWidth(), half, 1e-9)
}

func TestMeanIntervalOfFew(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		mean   float64
	}{
		{"none", nil, nan},
		{"one", []float64{7}, 7},
		{"unknown value", []float64{7, nan, 8}, nan},
		{"infinite value", []float64{7, math.Inf(1), 8}, nan},
	} {
		mean, sd, interval := MeanInterval(c.values, 0.95)
		near(t, c.name+", mean", mean, c.mean, 0)
		near(t, c.name+", sd", sd, nan, 0)
		near(t, c.name+", low", interval.Low, nan, 0)
		near(t, c.name+", high", interval.High, nan, 0)
		if interval.Contains(7) {
			t.Errorf("%s: an interval of NaN contains 7", c.name)
		}
	}
	panics(t, "confidence of 95", func() { MeanInterval([]float64{1, 2}, 95) })
	panics(t, "confidence of 1", func() { MeanInterval([]float64{1, 2}, 1) })
}

// coverage counts the intervals of 2,000 samples of n standard normal values that hold 0.
func coverage(n int, interval func(values []float64) Interval) (hits, samples int) {
	random := splitmix(1)
	samples = 2000
	for range samples {
		if interval(random.normals(n, 0, 1)).Contains(0) {
			hits++
		}
	}
	return hits, samples
}

func TestMeanIntervalCoverage(t *testing.T) {
	for _, confidence := range []float64{0.5, 0.9, 0.95, 0.99} {
		for _, n := range []int{2, 5, 30} {
			hits, samples := coverage(n, func(values []float64) Interval {
				_, _, interval := MeanInterval(values, confidence)
				return interval
			})
			if !inBand(hits, samples, confidence) {
				t.Errorf("n = %d: %d of %d intervals hold the mean at confidence %v", n, hits, samples, confidence)
			}
		}
	}
}

// The twin that must fail: the normal quantile in place of Student's t.
func TestNormalIntervalMissesCoverage(t *testing.T) {
	hits, samples := coverage(5, func(values []float64) Interval {
		mean, sd := meanSD(values)
		return around(mean, sd/math.Sqrt(5), math.Inf(1), 0.95)
	})
	if inBand(hits, samples, 0.95) {
		t.Errorf("the test cannot tell a normal interval from Student's: %d of %d", hits, samples)
	}
}

func TestPairedIntervalByHand(t *testing.T) {
	// Differences 1, 3, 2: mean 2, sd 1, standard error 1/√3, t(0.975, 2) = 4.302652730.
	// Variances: control (1, 2, 6) 7, arm (2, 5, 8) 9, so the ratio is 16.
	got := PairedInterval([]float64{1, 2, 6}, []float64{2, 5, 8}, 0.95)
	near(t, "n", float64(got.N), 3, 0)
	near(t, "difference", got.Difference, 2, 1e-15)
	near(t, "sd", got.SD, 1, 1e-15)
	near(t, "half width", got.Interval.HalfWidth(), 4.302652730/math.Sqrt(3), 1e-9)
	near(t, "variance ratio", got.VarianceRatio, 16, 1e-14)
}

func TestVarianceRatioLimits(t *testing.T) {
	for _, c := range []struct {
		name         string
		control, arm []float64
		want         float64
	}{
		{"equal differences", []float64{1, 2, 4}, []float64{3, 4, 6}, math.Inf(1)},
		{"constant arms", []float64{1, 1, 1}, []float64{3, 3, 3}, nan},
		{"constant control", []float64{1, 1, 1}, []float64{3, 4, 8}, 1},
		{"opposite arms", []float64{1, 2, 3}, []float64{-1, -2, -3}, 0.5},
		{"one replication", []float64{1}, []float64{3}, nan},
		{"none", nil, nil, nan},
	} {
		near(t, c.name, PairedInterval(c.control, c.arm, 0.9).VarianceRatio, c.want, 1e-14)
	}
	panics(t, "lengths differ", func() { PairedInterval([]float64{1}, nil, 0.9) })
}

// Arms that share a component of variance 9 besides their own of 1: the variance ratio tends
// to (10 + 10)/2, and the interval for the difference keeps its confidence.
func TestPairedIntervalCoverage(t *testing.T) {
	random := splitmix(2)
	const samples, n = 2000, 10
	hits := 0
	var ratios Tally
	for range samples {
		shared, control, arm := random.normals(n, 50, 3), random.normals(n, 0, 1), random.normals(n, 0.7, 1)
		for i, x := range shared {
			control[i] += x
			arm[i] += x
		}
		got := PairedInterval(control, arm, 0.95)
		if got.Interval.Contains(0.7) {
			hits++
		}
		ratios.Add(math.Log(got.VarianceRatio))
	}
	if !inBand(hits, samples, 0.95) {
		t.Errorf("%d of %d intervals hold the difference at confidence 0.95", hits, samples)
	}
	// The mean logarithm of a ratio of sample variances is near that of the variances, 10; the
	// allowance of 15 % is far from the 1 of independent arms.
	near(t, "mean log ratio", ratios.Mean(), math.Log(10), 0.15)
}

func TestIntervalFollowsUnits(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-100, 100), 2, 20).Draw(r, "values")
		scaled := make([]float64, len(values))
		for i, x := range values {
			scaled[i] = 60*x + 7
		}
		_, _, a := MeanInterval(values, 0.95)
		_, _, b := MeanInterval(scaled, 0.95)
		if d := math.Abs(b.Low - (60*a.Low + 7)); d > 1e-6 {
			r.Errorf("low end is %g off", d)
		}
		if d := math.Abs(b.High - (60*a.High + 7)); d > 1e-6 {
			r.Errorf("high end is %g off", d)
		}
	})
}
