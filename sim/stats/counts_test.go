package stats

import (
	"math"
	"testing"
)

// Exact limits as printed in tables.
func TestCountInterval(t *testing.T) {
	for _, c := range []struct{ count, variance, low, high float64 }{
		{0, 0, 0, 3.6889}, // Garwood 1936
		{1, 1, 0.02532, 5.5716},
		{10, 10, 4.7954, 18.3904},
		{10, 3, 4.7954, 18.3904},           // never better known than a Poisson count
		{40, 160, 4 * 4.7954, 4 * 18.3904}, // forty that are known as well as ten
	} {
		got := CountInterval(c.count, c.variance, 0.95)
		if math.Abs(got.Low-c.low) > 2e-4*max(1, c.low) || math.Abs(got.High-c.high) > 2e-4*c.high {
			t.Errorf("%v with variance %v: [%.4f, %.4f], want [%.4f, %.4f]", c.count, c.variance, got.Low, got.High, c.low, c.high)
		}
	}
}

func TestShareInterval(t *testing.T) {
	for _, c := range []struct{ share, trials, variance, low, high float64 }{
		{0, 10, 0, 0, 0.3085}, // Clopper and Pearson 1934
		{0.5, 10, 0, 0.1871, 0.8129},
		{1, 10, 0, 0.6915, 1},
		{0.5, 10, 0.001, 0.1871, 0.8129}, // at most as many as there were
		{0.5, 40, 0.025, 0.1871, 0.8129}, // forty that are known as well as ten
	} {
		got := ShareInterval(c.share, c.trials, c.variance, 0.95)
		if math.Abs(got.Low-c.low) > 1e-4 || math.Abs(got.High-c.high) > 1e-4 {
			t.Errorf("%v of %v: [%.4f, %.4f], want [%.4f, %.4f]", c.share, c.trials, got.Low, got.High, c.low, c.high)
		}
	}
	if got := ShareInterval(0.5, 0, 0, 0.95); !math.IsNaN(got.Low) || !math.IsNaN(got.High) {
		t.Errorf("of no trials: %v", got)
	}
}

// Sums give what the clusters themselves do: of equal denominators, the variance of a mean.
func TestRatioOfClusters(t *testing.T) {
	values := []float64{3, 0, 5, 1, 1, 8}
	var c Clusters
	for _, x := range values {
		c.Add(2*x, 2)
	}
	mean, sd, _ := MeanInterval(values, 0.95)
	got := c.Ratio()
	if got.Estimate != mean || math.Abs(got.Variance-sd*sd/6) > 1e-12 || got.Clusters != 6 {
		t.Errorf("got %+v, want mean %v and variance %v", got, mean, sd*sd/6)
	}
	if i := got.PositiveInterval(0.95); math.Abs(i.Low*i.High-mean*mean) > 1e-9 || !(i.Low > 0) {
		t.Errorf("interval %v is not about %v on the logarithm", i, mean)
	}
	var none Clusters
	none.Add(0, 0)
	if r := none.Ratio(); !math.IsNaN(r.Estimate) || !math.IsNaN(r.PositiveInterval(0.95).Low) {
		t.Errorf("of nothing: %+v", r)
	}
}

// The interval is that of the chi-squared distribution: for 11 times, 10·s²/20.483 and 10·s²/3.247.
func TestLognormalCV(t *testing.T) {
	cv, got := LognormalCV(math.Log(2), 11, 0.95) // exp(σ²) = 2, so that the cv is 1
	low, high := math.Sqrt(math.Exp(math.Log(2)*10/20.4832)-1), math.Sqrt(math.Exp(math.Log(2)*10/3.24697)-1)
	if math.Abs(cv-1) > 1e-12 || math.Abs(got.Low-low) > 1e-4 || math.Abs(got.High-high) > 1e-4 {
		t.Errorf("cv %v in %v, want 1 in [%v, %v]", cv, got, low, high)
	}
}
