package theory

import (
	"math"
	"testing"
)

// TestTCoverage: for normal values nothing is lost; for exponential values, skewness 2 and excess kurtosis 6, worked out by
// hand: 0.95 − 0.8933/n.
func TestTCoverage(t *testing.T) {
	for _, x := range []struct {
		n                        int
		skewness, kurtosis, want float64
	}{{20, 0, 0, 0.95}, {20, 2, 6, 0.90533}, {200, 2, 6, 0.945533}, {200, -2, 6, 0.945533}} {
		if got := TCoverage(0.95, x.n, x.skewness, x.kurtosis); math.Abs(got-x.want) > 2e-5 {
			t.Errorf("%+v: got %v", x, got)
		}
	}
}

// TestDistributionFunctions at points whose probability is known by hand.
func TestDistributionFunctions(t *testing.T) {
	for _, x := range []struct {
		name   string
		cdf    func(float64) float64
		at, is float64
	}{
		{"exponential at its mean", ExponentialCDF(4), 4, 1 - 1/math.E},
		{"exponential below 0", ExponentialCDF(4), -1, 0},
		{"uniform in the middle", UniformCDF(2, 8), 5, 0.5},
		{"uniform beyond", UniformCDF(2, 8), 9, 1},
		{"lognormal at its median", LognormalCDF(10, 2), 10 / math.Sqrt(5), 0.5},
		{"lognormal at a given point", LognormalBetween(5, 20), 5, 0.025},
		{"lognormal between the points", LognormalBetween(5, 20), 10, 0.5},
		{"gamma of shape 1", GammaCDF(4, 1), 4, 1 - 1/math.E},
		{"gamma of shape 2 at its mean", GammaCDF(1, math.Sqrt(0.5)), 1, 1 - 3*math.Exp(-2)},
		{"triangular at its mode", TriangularCDF(1, 2, 9), 2, 0.125},
		{"triangular beyond its mode", TriangularCDF(1, 2, 9), 5.5, 1 - 3.5*3.5/56},
	} {
		if got := x.cdf(x.at); math.Abs(got-x.is) > 1e-9 {
			t.Errorf("%s: %v, want %v", x.name, got, x.is)
		}
	}
}
