package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// However the values are spread over lists, the quantiles are those of all of them in one slice, to the last bit.
func TestQuantilesOfEqualsQuantiles(t *testing.T) {
	ps := []float64{0, 0.01, 0.5, 0.9, 0.95, 1}
	rapid.Check(t, func(t *rapid.T) {
		random := splitmix(rapid.Uint64().Draw(t, "seed"))
		lists := make([]*Observations, rapid.IntRange(1, 4).Draw(t, "lists"))
		var all []float64
		for i := range lists {
			lists[i] = &Observations{}
			for range rapid.IntRange(0, 9000).Draw(t, "values") {
				x := math.Exp(3 * random.normals(1, 0, 1)[0])
				switch {
				case x < 0.05:
					x = 0
				case x > 100:
					x = math.Round(x) // ties
				}
				lists[i].Add(x)
				all = append(all, x)
			}
		}
		censored := rapid.IntRange(0, 50).Draw(t, "censored")
		got, want := QuantilesOf(lists, censored, ps), QuantilesCensored(slices.Clone(all), censored, ps)
		for i := range ps {
			if got[i] != want[i] && !(math.IsNaN(got[i]) && math.IsNaN(want[i])) {
				t.Fatalf("quantile %v of %d values: got %v, want %v", ps[i], len(all), got[i], want[i])
			}
		}
	})
}

// Past MostExact, memory stops growing, quantiles are near the exact ones, and what separates two arms of a comparison
// is kept: a paired difference of half a per cent comes out within a hundredth of itself.
func TestCoarseQuantiles(t *testing.T) {
	ps := []float64{0.05, 0.5, 0.9, 0.95}
	random := splitmix(3)
	const n = MostExact + 50_000
	var a, b Observations
	exactA, exactB := make([]float64, n), make([]float64, n)
	for i := range n {
		x := 20 * math.Exp(random.normals(1, 0, 1)[0])
		if i%10 == 0 {
			x = 0
		}
		exactA[i], exactB[i] = x, 0.995*x
		a.Add(exactA[i])
		b.Add(exactB[i])
	}
	if a.N() != n || a.full != nil || len(a.cells) != octaves<<cellBits+1 {
		t.Fatalf("%d observations in %d pieces and %d cells", a.N(), len(a.full), len(a.cells))
	}
	gotA, gotB := QuantilesOf([]*Observations{&a}, 0, ps), QuantilesOf([]*Observations{&b}, 0, ps)
	wantA, wantB := Quantiles(exactA, ps), Quantiles(exactB, ps)
	for i, p := range ps {
		if math.Abs(gotA[i]-wantA[i]) > wantA[i]/512 {
			t.Errorf("quantile %v: got %v, want %v to 1/512", p, gotA[i], wantA[i])
		}
		difference, want := gotB[i]-gotA[i], wantB[i]-wantA[i]
		if math.Abs(difference-want) > 0.01*math.Abs(want) {
			t.Errorf("difference of quantile %v: got %v, want %v to 1 %%", p, difference, want)
		}
		t.Logf("quantile %v: off by %.1e of itself; difference of 0.5 %% off by %.1e of itself", p, gotA[i]/max(wantA[i], 1e-300)-1, difference/want-1)
	}
	if few := QuantilesOf([]*Observations{&a, {}}, 1, ps); few[1] < gotA[1] {
		t.Errorf("a censored wait more brings the median down from %v to %v", gotA[1], few[1])
	}
}

// Cells rise with the numbers, hold them, and are at most 1/512 of them wide.
func TestCells(t *testing.T) {
	last := 0
	for x := 3e-13; x < 2.5e6; x *= 1.0007 {
		c := octaveCell(x, cellBits)
		from, to := cellFrom(c, cellBits), cellFrom(c+1, cellBits)
		if c < last || x < from || x >= to || (to-from)/from > 1.0/512 {
			t.Fatalf("%v is in cell %d, [%v, %v)", x, c, from, to)
		}
		last = c
	}
	if octaveCell(0, cellBits) != 0 || cellFrom(0, cellBits) != 0 || octaveCell(1e300, cellBits) != octaves<<cellBits {
		t.Error("0, or what is beyond the last octave, is not in its cell")
	}
}

// What is not a time is a mistake of the caller, found at the latest when quantiles are asked for.
func TestObservationsMisuse(t *testing.T) {
	for _, bad := range []float64{-1, math.NaN(), math.Inf(-1)} {
		for _, n := range []int{1, 1000, MostExact} {
			func() {
				defer func() {
					if recover() == nil {
						t.Errorf("no panic on %v among %d", bad, n)
					}
				}()
				var o Observations
				o.Add(bad)
				for range n {
					o.Add(1)
				}
				QuantilesOf([]*Observations{&o}, 0, []float64{0.5})
			}()
		}
	}
}

func BenchmarkObservations(b *testing.B) {
	random := splitmix(6)
	values := random.normals(100_000, 50, 1)
	b.Run("add", func(b *testing.B) {
		b.ReportAllocs()
		var o Observations
		for i := 0; b.Loop(); i++ {
			if i%len(values) == 0 {
				o = Observations{}
			}
			o.Add(values[i%len(values)])
		}
	})
	b.Run("quantiles of 100,000", func(b *testing.B) {
		var o Observations
		for _, x := range values {
			o.Add(x)
		}
		for b.Loop() {
			QuantilesOf([]*Observations{&o}, 0, []float64{0.5, 0.9, 0.95})
		}
	})
}
