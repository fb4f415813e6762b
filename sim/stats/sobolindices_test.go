package stats

import (
	"fmt"
	"math"
	"testing"

	"portalsim/scenarios/study/design"
	"portalsim/validation/theory"
)

// known is a function whose indices are known.
type known interface {
	At(u []float64) float64
	Indices() (variance float64, first, total []float64)
}

// noisy returns the outputs of f at points, with noise of the standard deviation given in each replication: noise of each
// point by itself, or shared, a random plane over the inputs in each replication, as common random numbers give.
func noisy(f known, points [][]float64, replications int, sd float64, shared bool, s *splitmix) [][]float64 {
	planes := make([][]float64, replications)
	for r := range planes {
		planes[r] = s.normals(len(points[0])+1, 0, sd*math.Sqrt(12/float64(len(points[0])))) // variance 1/12 each
	}
	outputs := make([][]float64, len(points))
	for p, u := range points {
		for r := range replications {
			y := f.At(u)
			if shared {
				y += planes[r][len(u)]
				for i := range u {
					y += planes[r][i] * u[i]
				}
			} else {
				y += sd * s.normal()
			}
			outputs[p] = append(outputs[p], y)
		}
	}
	return outputs
}

// Without noise, the indices are those of the Ishigami and the g-function, and so are those of groups.
func TestSobolIsTrue(t *testing.T) {
	s := splitmix(1)
	for name, c := range map[string]struct {
		f      known
		inputs int
	}{"Ishigami": {theory.Ishigami{A: 7, B: 0.1}, 3}, "g": {theory.SobolG{0, 1, 4.5, 9, 99, 99}, 6}} {
		points := design.Saltelli(4096, design.Singly(c.inputs), false, 3)
		k := Sobol(noisy(c.f, points, 1, 0, false, &s), c.inputs, false, resampling(50))
		variance, first, total := c.f.Indices()
		near(t, name+" variance", k.Variance, variance, 0.01)
		for i := range first {
			near(t, fmt.Sprint(name, " first ", i), k.First[i].Value, first[i], 0.01)
			near(t, fmt.Sprint(name, " total ", i), k.Total[i].Value, total[i], 0.01)
		}
	}
	points := design.Saltelli(4096, design.Groups{0, 1, 0}, true, 3) // the first and the third of Ishigami's together
	k := Sobol(noisy(theory.Ishigami{A: 7, B: 0.1}, points, 1, 0, false, &s), 2, true, resampling(50))
	near(t, "group", k.First[0].Value, 0.5576, 0.01)
	near(t, "group, total", k.Total[0].Value, 0.5576, 0.01)
	near(t, "group with the other", k.Second[0][1].Value, 0, 0.01)
}

// With noise of twice the variance of the function in each replication, a third of the variance of means over four is noise,
// and a fifth over eight. The clean indices are without it, also where the noise of a replication is a plane over the inputs.
func TestSobolTakesNoiseOut(t *testing.T) {
	f := theory.Ishigami{A: 7, B: 0.1}
	variance, first, total := f.Indices()
	for _, shared := range []bool{false, true} {
		rows, studies, replications := 2048, 1, 4
		if shared { // eight planes say little of all planes: take many studies, each weighted by its variance
			rows, studies, replications = 128, 200, 8
		}
		noise := 2 / float64(2+replications)
		s := splitmix(4)
		all, without := 0.0, 0.0
		clean, raw := [6]float64{}, [6]float64{}
		for study := range studies {
			points := design.Saltelli(rows, design.Singly(3), false, uint64(study))
			k := Sobol(noisy(f, points, replications, math.Sqrt(2*variance), shared, &s), 3, false, resampling(2))
			v := k.Variance * (1 - k.Noise)
			all, without = all+k.Variance, without+v
			for i := range 3 {
				clean[i] += k.FirstClean[i].Value * v
				clean[3+i] += k.TotalClean[i].Value * v
				raw[3+i] += k.Total[i].Value * k.Variance
			}
		}
		near(t, fmt.Sprint("noise, shared ", shared), 1-without/all, noise, 0.05)
		for i := range 3 {
			near(t, fmt.Sprint("first ", i, ", shared ", shared), clean[i]/without, first[i], 0.05)
			near(t, fmt.Sprint("total ", i, ", shared ", shared), clean[3+i]/without, total[i], 0.05)
			added := 1.0 // to a total index where the noise of a point is its own; a plane spreads over the three inputs
			if shared {
				added = 1.0 / 3
			}
			near(t, fmt.Sprint("total ", i, " with noise, shared ", shared), raw[3+i]/all, (1-noise)*total[i]+noise*added, 0.05)
		}
	}
}

// Intervals of the clean indices hold the truth at least as often as they say, with noise of either kind: more often, since
// rows of a Sobol' sequence are more even than chance, and where noise is of each point by itself it is counted twice.
func TestSobolIntervalsCover(t *testing.T) {
	f := theory.SobolG{0, 1, 4.5}
	variance, first, total := f.Indices()
	studies := 100
	if testing.Short() {
		studies = 30
	}
	for _, shared := range []bool{false, true} {
		s := splitmix(8)
		hits := 0
		for study := range studies {
			points := design.Saltelli(128, design.Singly(3), false, uint64(study))
			k := Sobol(noisy(f, points, 5, math.Sqrt(variance), shared, &s), 3, false, resampling(100))
			for i := range 3 {
				if math.Abs(k.FirstClean[i].Value-first[i]) <= k.FirstClean[i].Conf {
					hits++
				}
				if math.Abs(k.TotalClean[i].Value-total[i]) <= k.TotalClean[i].Conf {
					hits++
				}
			}
		}
		n := float64(studies) // the six of a study may be right and wrong together
		if least := 6 * (0.95*n + NormalQuantile(errorRate)*math.Sqrt(n*0.95*0.05)); float64(hits) < least {
			t.Errorf("shared %v: %d of %d intervals hold the truth, want %.0f", shared, hits, 6*studies, least)
		}
	}
}

// A row with an unknown output is left out whole, and says so; a constant output has no indices.
func TestSobolOfWhatIsUnknown(t *testing.T) {
	s := splitmix(2)
	points := design.Saltelli(64, design.Singly(3), true, 3)
	outputs := noisy(theory.SobolG{0, 1, 4.5}, points, 3, 0.1, false, &s)
	without := append(append([][]float64{}, outputs[:8*5]...), outputs[8*6:]...)
	want := Sobol(without, 3, true, resampling(20))
	outputs[8*5+2] = []float64{1, math.NaN(), 2}
	got := Sobol(outputs, 3, true, resampling(20))
	if got.Rows != 63 || got.LeftOut != 1 || got.Second[0][1] != want.Second[0][1] || got.TotalClean[2] != want.TotalClean[2] {
		t.Errorf("%+v, want %+v", got, want)
	}
	constant := Sobol(single(make([]float64, 50)), 3, false, resampling(20))
	if constant.Rows != 10 || !math.IsNaN(constant.First[0].Value) || !math.IsNaN(constant.Total[0].Conf) {
		t.Errorf("%+v", constant)
	}
	none := Sobol(nil, 3, true, resampling(20))
	if none.Rows != 0 || !math.IsNaN(none.Total[2].Value) || len(none.SecondClean) != 3 {
		t.Errorf("%+v", none)
	}
	panics(t, "half a row", func() { Sobol(single(make([]float64, 7)), 3, false, resampling(20)) })
}
