package elementary

import (
	"math"
	"testing"
)

// Within a unit in the last place of the library's, which is within one of the truth: for the least and the greatest
// uniforms, those at the bounds of cells, and as many others as time allows. The bound is of 1.1 units, since both round.
func TestLog(t *testing.T) {
	worst := 0.0
	check := func(x float64) {
		got, want := Log(x), math.Log(x)
		if off := math.Abs((got - want) / want); off > worst {
			worst = off
		}
		if math.Abs(got-want) > 1.1*0x1p-52*math.Abs(want) {
			t.Fatalf("x = %v: got %v, want %v", x, got, want)
		}
	}
	for i := range 100_000 {
		x := (float64(i) + 0.5) / (1 << 52)
		check(x)
		check(1 - x)
	}
	for i := range 1 << (cellBits + 1) { // bounds and middles of cells
		for _, near := range []float64{-0x1p-52, 0, 0x1p-52} {
			if x := 0.5 + float64(i)/(1<<(cellBits+2)) + near; x < 1 {
				check(x)
				check(x / 2)
				check(x / 1024)
			}
		}
	}

	n := uint64(5_000_000)
	if testing.Short() {
		n = 500_000
	}
	for i := range n {
		u := uniform(i)
		check(u)
		check(u * math.Ldexp(1, -int(i%52)))
		check(1 - max(0x1p-53, u*math.Ldexp(1, -int(i%52))))
	}
	t.Logf("at most %.2f units in the last place from the library's", worst*0x1p52)
}

// Numbers drawn by inversion never rise with the uniform, so that a draw by common random numbers is ordered as it should be:
// across the bounds of cells, where two series meet.
func TestLogRises(t *testing.T) {
	for i := range 1 << cellBits {
		bound := math.Float64frombits(leastZ + uint64(i)<<(52-cellBits))
		before := math.Inf(-1)
		x := bound
		for range 200 {
			x = math.Nextafter(x, 0)
		}
		for range 400 {
			if x < 1 {
				if got := Log(x); got < before-0x1p-52*math.Abs(before) {
					t.Fatalf("at %v: %v, and %v just before", x, got, before)
				} else {
					before = got
				}
			}
			x = math.Nextafter(x, 2)
		}
	}
}
