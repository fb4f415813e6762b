package stats

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

var inf = math.Inf(1)

func TestQuantileByHand(t *testing.T) {
	for _, c := range []struct {
		name   string
		values []float64
		p      float64
		want   float64
	}{
		{"none", nil, 0.5, nan},
		{"one", []float64{7}, 0.9, 7},
		{"least", []float64{1, 2, 4, 8}, 0, 1},
		{"greatest", []float64{1, 2, 4, 8}, 1, 8},
		{"even median", []float64{1, 2, 4, 8}, 0.5, 3},
		{"place 0.75", []float64{1, 2, 4, 8}, 0.25, 1.75},
		{"place 2.7", []float64{1, 2, 4, 8}, 0.9, 4 + 0.7*4},
		{"odd median", []float64{1, 2, 4, 8, 9}, 0.5, 4},
		{"equal infinities", []float64{1, inf, inf}, 0.9, inf},
		{"below infinity", []float64{1, 2, inf}, 0.5, 2},
		{"beside infinity", []float64{1, 2, inf}, 0.6, inf},
	} {
		near(t, c.name, Quantile(c.values, c.p), c.want, 1e-15)
		reversed := slices.Clone(c.values)
		slices.Reverse(reversed)
		near(t, c.name+", reversed", Quantiles(reversed, []float64{c.p})[0], c.want, 1e-15)
	}
}

// 0.55·100 is 55 + 7e-15 in floating point; the 56th of 101 values is meant.
func TestQuantilePlaceIsNotFooledByRounding(t *testing.T) {
	values := make([]float64, 101)
	for i := range values {
		values[i] = float64(i)
		if i > 55 {
			values[i] = inf
		}
	}
	if p := 0.55; p*100 == 55 {
		t.Fatal("0.55·100 is exact: choose another example")
	}
	near(t, "place 55", Quantile(values, 0.55), 55, 0)
}

func TestQuantileCensoredByHand(t *testing.T) {
	for _, c := range []struct {
		name     string
		values   []float64
		censored int
		p        float64
		want     float64
		ok       bool
	}{
		{"nothing", nil, 0, 0.5, nan, false},
		{"only censored", nil, 3, 0.5, inf, false},
		{"none censored", []float64{3, 1, 2}, 0, 0.5, 2, true},
		{"median of five", []float64{3, 1, 2}, 2, 0.5, 3, true},
		{"between 2 and 3", []float64{3, 1, 2}, 1, 0.5, 2.5, true},
		{"beside the censored", []float64{3, 1, 2}, 2, 0.6, inf, false},
		{"among the censored", []float64{3, 1, 2}, 2, 0.9, inf, false},
		{"greatest", []float64{3, 1, 2}, 0, 1, 3, true},
	} {
		q, ok := QuantileCensored(c.values, c.censored, c.p)
		near(t, c.name, q, c.want, 1e-15)
		if ok != c.ok {
			t.Errorf("%s: ok is %v", c.name, ok)
		}
	}
}

func TestQuantileMisuse(t *testing.T) {
	panics(t, "p above 1", func() { Quantile([]float64{1}, 95) })
	panics(t, "p NaN", func() { Quantiles([]float64{1}, []float64{nan}) })
	panics(t, "value NaN", func() { Quantiles([]float64{1, nan}, []float64{0.5}) })
	panics(t, "censored negative", func() { QuantileCensored([]float64{1}, -1, 0.5) })
}

// Selection gives what sorting gives, whatever the values, ties, quantiles and their order,
// and loses no value.
func TestQuantilesMatchSorting(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		value := rapid.OneOf(rapid.Float64Range(-5, 5), rapid.Map(rapid.IntRange(0, 3), func(i int) float64 { return float64(i) }))
		values := rapid.SliceOfN(value, 1, 200).Draw(r, "values")
		ps := rapid.SliceOfN(rapid.Float64Range(0, 1), 0, 6).Draw(r, "ps")
		censored := rapid.IntRange(0, 20).Draw(r, "censored")

		sorted := slices.Sorted(slices.Values(values))
		padded := slices.Concat(sorted, slices.Repeat([]float64{inf}, censored))
		for i, got := range QuantilesCensored(values, censored, ps) {
			if want := Quantile(padded, ps[i]); got != want {
				r.Errorf("quantile %v: got %v, want %v", ps[i], got, want)
			}
		}
		if !slices.Equal(slices.Sorted(slices.Values(values)), sorted) {
			r.Errorf("values were lost")
		}
	})
}

// Every order statistic of every size up to 60, with and without ties.
func TestSelectNthEveryPlace(t *testing.T) {
	random := splitmix(7)
	for n := 1; n <= 60; n++ {
		for k := range n {
			values := random.normals(n, 0, 3)
			if k%2 == 0 {
				for i, x := range values {
					values[i] = math.Round(x)
				}
			}
			sorted := slices.Sorted(slices.Values(values))
			selectNth(values, k)
			near(t, "order statistic", values[k], sorted[k], 0)
			near(t, "largest before", slices.Max(values[:k+1]), sorted[k], 0)
			near(t, "smallest after", slices.Min(values[k:]), sorted[k], 0)
		}
	}
}

// Shapes on which a careless selection takes quadratic time: a million values would not end.
func TestQuantilesOfHardShapes(t *testing.T) {
	const n = 1_000_001 // odd, so that the median of the rising values is the first pivot
	for name, shape := range map[string]func(i int) float64{
		"equal":      func(int) float64 { return 1 },
		"rising":     func(i int) float64 { return float64(i) },
		"falling":    func(i int) float64 { return float64(n - i) },
		"organ pipe": func(i int) float64 { return float64(min(i, n-i)) },
		"two values": func(i int) float64 { return float64(i % 2) },
		"killer":     medianOfThreeKiller(n),
	} {
		values := make([]float64, n)
		for i := range values {
			values[i] = shape(i)
		}
		ps := []float64{0.5, 0.9, 0.95}
		got := Quantiles(slices.Clone(values), ps)
		slices.Sort(values)
		for i, p := range ps {
			near(t, name, got[i], Quantile(values, p), 0)
		}
	}
}

// medianOfThreeKiller returns the values of n places that make the median of three a bad
// pivot again and again: D. R. Musser, "Introspective sorting and selection algorithms",
// Software: Practice and Experience 27 (1997) 983–993.
func medianOfThreeKiller(n int) func(i int) float64 {
	k := n / 2
	return func(i int) float64 {
		switch {
		case i >= k:
			return float64(2 * (i - k + 1))
		case i%2 == 0:
			return float64(i + 1)
		}
		return float64(k + i)
	}
}

func BenchmarkQuantiles(b *testing.B) {
	random := splitmix(6)
	values := random.normals(100_000, 0, 1)
	scratch := make([]float64, len(values))
	ps := []float64{0.5, 0.9, 0.95}
	b.Run("select", func(b *testing.B) {
		for b.Loop() {
			copy(scratch, values)
			Quantiles(scratch, ps)
		}
	})
	b.Run("sort", func(b *testing.B) {
		for b.Loop() {
			copy(scratch, values)
			slices.Sort(scratch)
		}
	})
}
