package stats

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestBonferroniTIsWiderByRule(t *testing.T) {
	pair := Pair{Control: []float64{1, 2, 6}, Arm: []float64{2, 5, 8}}
	got := BonferroniT([]Pair{pair, pair, pair, pair, pair}, 0.95)
	want := PairedInterval(pair.Control, pair.Arm, 0.99) // 1 − 0.05/5
	for _, paired := range got {
		near(t, "half width", paired.Interval.HalfWidth(), want.Interval.HalfWidth(), 1e-12)
		near(t, "difference", paired.Difference, 2, 1e-15)
	}
	if n := len(BonferroniT(nil, 0.95)); n != 0 {
		t.Errorf("an empty family has %d intervals", n)
	}
}

// With independent pairs, all k intervals hold with probability (1 − 0.1/k)^k, a little over
// 0.9. Plain intervals, the twin that must fail, hold together with 0.9^k.
func TestBonferroniTCoverage(t *testing.T) {
	const samples, n, k = 2000, 8, 4
	random := splitmix(3)
	together, plain := 0, 0
	for range samples {
		family := make([]Pair, k)
		for i := range family {
			family[i] = Pair{random.normals(n, 0, 1), random.normals(n, 0, 2)}
		}
		all, allPlain := true, true
		for i, paired := range BonferroniT(family, 0.9) {
			all = all && paired.Interval.Contains(0)
			allPlain = allPlain && PairedInterval(family[i].Control, family[i].Arm, 0.9).Interval.Contains(0)
		}
		if all {
			together++
		}
		if allPlain {
			plain++
		}
	}
	want := math.Pow(1-0.1/k, k)
	if !inBand(together, samples, want) {
		t.Errorf("%d of %d families hold together, want a share of %v", together, samples, want)
	}
	if inBand(plain, samples, want) {
		t.Errorf("the test cannot tell plain intervals from simultaneous ones: %d of %d", plain, samples)
	}
}

func TestPairedPValueByHand(t *testing.T) {
	// Differences 1, 3, 2 give t = 2√3 with 2 degrees of freedom, whose distribution function
	// is ½ + t/(2√(2 + t²)): p = 1 − √(12/14).
	control, arm := []float64{1, 2, 6}, []float64{2, 5, 8}
	near(t, "p", PairedPValue(control, arm), 1-math.Sqrt(12.0/14), 1e-12)
	near(t, "sides change", PairedPValue(arm, control), 1-math.Sqrt(12.0/14), 1e-12)
	near(t, "nothing changed", PairedPValue(arm, arm), 1, 0)
	near(t, "one fixed change", PairedPValue([]float64{1, 2}, []float64{2, 3}), 0, 0)
	near(t, "one replication", PairedPValue([]float64{1}, []float64{2}), nan, 0)
	near(t, "none", PairedPValue(nil, nil), nan, 0)
	near(t, "unknown", PairedPValue([]float64{1, nan}, []float64{2, 3}), nan, 0)
}

// The p-value is below α exactly when the interval at 1 − α leaves out 0.
func TestPairedPValueAgreesWithInterval(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		random := splitmix(rapid.Uint64().Draw(r, "seed"))
		control, arm := random.normals(6, 0, 1), random.normals(6, 1, 1)
		p := PairedPValue(control, arm)
		inside := PairedInterval(control, arm, 0.95).Interval.Contains(0)
		if math.Abs(p-0.05) > 1e-9 && inside != (p > 0.05) {
			r.Errorf("p is %v but the interval holds 0: %v", p, inside)
		}
	})
}

func TestHolmByHand(t *testing.T) {
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		{"none", nil, nil},
		{"one", []float64{0.03}, []float64{0.03}},
		// 0.005·4, 0.01·3, 0.03·2, then 0.04·1 raised to the 0.06 before it.
		{"unsorted", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{"cut at 1", []float64{0.4, 0.9, 0.5}, []float64{1, 1, 1}},
		{"ties", []float64{0.01, 0.01}, []float64{0.02, 0.02}},
		{"unknown counts", []float64{0.01, nan, 0.2}, []float64{0.03, nan, 0.4}},
		{"all unknown", []float64{nan}, []float64{nan}},
	} {
		got := Holm(c.p)
		if len(got) != len(c.want) {
			t.Fatalf("%s: got %v, want %v", c.name, got, c.want)
		}
		for i := range got {
			near(t, c.name, got[i], c.want[i], 1e-15)
		}
	}
	panics(t, "p above 1", func() { Holm([]float64{0.1, 1.1}) })
}

// Holm is never above Bonferroni, never below the plain p-value, and keeps the order.
func TestHolmBounds(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, 12).Draw(r, "p")
		adjusted := Holm(p)
		for i := range p {
			if adjusted[i] < p[i] || adjusted[i] > min(1, float64(len(p))*p[i]) {
				r.Errorf("%v became %v in a family of %d", p[i], adjusted[i], len(p))
			}
			for j := range p {
				if p[i] < p[j] && adjusted[i] > adjusted[j] {
					r.Errorf("order lost between %v and %v", p[i], p[j])
				}
			}
		}
	})
}
