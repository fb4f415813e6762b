package stats

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestTallyByHand(t *testing.T) {
	var tally Tally
	for _, x := range []float64{2, 4, 4, 4, 5, 5, 7, 9} {
		tally.Add(x)
	}
	// Sum 40, mean 5, squared deviations 9+1+1+1+0+0+4+16 = 32, over 7.
	near(t, "n", float64(tally.N()), 8, 0)
	near(t, "sum", tally.Sum(), 40, 0)
	near(t, "mean", tally.Mean(), 5, 1e-15)
	near(t, "variance", tally.Variance(), 32.0/7, 1e-15)
	near(t, "sd", tally.SD(), math.Sqrt(32.0/7), 1e-15)
	near(t, "min", tally.Min(), 2, 0)
	near(t, "max", tally.Max(), 9, 0)
}

func TestTallyOfFew(t *testing.T) {
	var tally Tally
	for _, x := range []float64{tally.Mean(), tally.Min(), tally.Max(), tally.Variance(), tally.SD()} {
		near(t, "empty", x, math.NaN(), 0)
	}
	near(t, "empty sum", tally.Sum(), 0, 0)
	tally.Add(-3)
	near(t, "mean of one", tally.Mean(), -3, 0)
	near(t, "max of one", tally.Max(), -3, 0)
	near(t, "variance of one", tally.Variance(), math.NaN(), 0)
}

func TestTallyRefusesWhatIsNotANumber(t *testing.T) {
	for _, x := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		panics(t, "Add", func() { new(Tally).Add(x) })
	}
}

// The sum of squares less the square of the sum loses every digit here; Welford does not.
func TestTallyKeepsDigits(t *testing.T) {
	var tally Tally
	for _, x := range []float64{4, 7, 13, 16} {
		tally.Add(1e9 + x)
	}
	near(t, "variance", tally.Variance(), 30, 1e-12)
}

func TestTallyMatchesTwoPasses(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e3, 1e3), 2, 50).Draw(r, "values")
		var tally Tally
		for _, x := range values {
			tally.Add(x)
		}
		n := float64(len(values))
		mean := sum(values) / n
		squares := 0.0
		for _, x := range values {
			squares += (x - mean) * (x - mean)
		}
		if d := math.Abs(tally.Mean() - mean); d > 1e-10 {
			r.Errorf("mean is %g off", d)
		}
		if d := math.Abs(tally.Variance() - squares/(n-1)); d > 1e-10*max(1, squares) {
			r.Errorf("variance is %g off", d)
		}
	})
}

func TestTimeWeightedByHand(t *testing.T) {
	var w TimeWeighted
	w.Set(1*time.Hour, 2) // 0 for an hour
	w.Set(3*time.Hour, 5) // 2 for two hours
	near(t, "area", w.Area(4*time.Hour), 0*1+2*2+5*1, 1e-15)
	near(t, "mean", w.Mean(4*time.Hour), 9.0/4, 1e-15)
	w.Reset(4 * time.Hour)
	near(t, "level is kept", w.Level(), 5, 0)
	near(t, "no time has passed", w.Mean(4*time.Hour), math.NaN(), 0)
	w.Set(5*time.Hour, 1)
	near(t, "area after the reset", w.Area(6*time.Hour), 6, 1e-15)
	near(t, "mean after the reset", w.Mean(6*time.Hour), 3, 1e-15)
	panics(t, "back in time", func() { w.Set(4*time.Hour, 0) })
	panics(t, "area back in time", func() { w.Area(4 * time.Hour) })
}
