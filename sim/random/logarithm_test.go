package random

import (
	"math"
	"testing"
)

// To the last bit, or golden values would change: the least and the greatest uniforms, those about the places where the
// algorithm turns, and as many others as time allows.
func TestLog1pMinusIsTheLibrarys(t *testing.T) {
	check := func(u float64) {
		if got, want := log1pMinus(u), math.Log1p(-u); math.Float64bits(got) != math.Float64bits(want) {
			t.Fatalf("u = %v: got %v, want %v", u, got, want)
		}
	}
	const least = 1.0 / (1 << 53)
	for i := range 100_000 {
		x := float64(i) + 0.5
		check(x / (1 << 52))
		check(1 - x/(1<<52))
	}
	for _, turn := range []float64{1 - math.Sqrt2/2, math.Sqrt2 - 1, 0.5, 0.75, 1 - math.Sqrt2/4, 0x1p-29, 0x1p-10} {
		for i := range 20_000 {
			check(turn + (float64(i)-10_000)*least)
		}
	}
	draws := New(1, 0, "test")
	n := uint64(5_000_000)
	if testing.Short() {
		n = 500_000
	}
	for i := range n {
		u := draws.U(i, 0)
		check(u)
		check(u * math.Ldexp(1, -int(i%52)))
		check(1 - max(least, u*math.Ldexp(1, -int(i%52))))
	}
	for _, u := range []float64{0, 1, 2, -0.5, math.Inf(1), math.SmallestNonzeroFloat64, 0x1p-60} {
		if got, want := log1pMinus(u), math.Log1p(-u); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			t.Errorf("u = %v: got %v, want %v", u, got, want)
		}
	}
}
