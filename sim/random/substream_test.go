package random

import (
	"fmt"
	"math"
	"math/bits"
	"testing"

	"portalsim/validation/theory"
)

// alpha is the error rate of one test; every seed is fixed, so a test is steady.
const alpha = 1e-4

// sequences are ways through neighbouring places: a defect of the generator would show along one of them.
var sequences = []struct {
	name string
	u    func(i int) float64
}{
	{"along x", func(i int) float64 { return New(1, 0, "a").U(uint64(i), 0) }},
	{"along y", func(i int) float64 { return New(1, 0, "a").U(7, uint64(i)) }},
	{"along y in the upper half", func(i int) float64 { return New(1, 0, "a").U(7, uint64(i)<<32) }},
	{"along x in steps of 2^33", func(i int) float64 { return New(1, 0, "a").U(uint64(i)<<33, 0) }},
	{"along the diagonal", func(i int) float64 { return New(1, 0, "a").U(uint64(i), uint64(i)) }},
	{"against the diagonal", func(i int) float64 { return New(1, 0, "a").U(uint64(i), uint64(100_000-i)) }},
	{"over a square", func(i int) float64 { return New(1, 0, "a").U(uint64(i%316), uint64(i/316)) }},
	{"down from the top", func(i int) float64 { return New(1, 0, "a").U(-uint64(i), -uint64(i)) }},
	{"replications", func(i int) float64 { return New(1, i, "a").U(5, 0) }},
	{"seeds", func(i int) float64 { return New(uint64(i), 0, "a").U(5, 0) }},
	{"uses", func(i int) float64 { return New(1, 0, fmt.Sprint("use-", i)).U(5, 0) }},
}

const drawn = 100_000

func uniforms(u func(int) float64) []float64 {
	list := make([]float64, drawn)
	for i := range list {
		list[i] = u(i)
	}
	return list
}

// TestUniform: counts in a hundred cells, the whole distribution, and pairs of neighbours at several distances.
func TestUniform(t *testing.T) {
	for _, s := range sequences {
		t.Run(s.name, func(t *testing.T) {
			list := uniforms(s.u)
			for i, u := range list {
				if !(u > 0 && u < 1) {
					t.Fatalf("number %d is %v", i, u)
				}
			}
			if p := pOfCells(list, 1); p < alpha {
				t.Errorf("cells: p = %.2g", p)
			}
			if d, p := theory.KolmogorovTest(list[:20_000], func(x float64) float64 { return x }); p < alpha {
				t.Errorf("distance %v: p = %.2g", d, p)
			}
			for _, lag := range []int{1, 2, 3, 16, 256, 316} {
				if p := pOfCells(list, lag+1); p < alpha/10 {
					t.Errorf("pairs %d apart: p = %.2g", lag, p)
				}
				if z := correlation(list, lag) * math.Sqrt(float64(len(list)-lag)); math.Abs(z) > 4.9 { // two-sided 1e-6
					t.Errorf("correlation %d apart: z = %.1f", lag, z)
				}
			}
		})
	}
}

// pOfCells tests counts in 100 equal cells: of numbers, or of pairs that lie span-1 apart and do not overlap.
func pOfCells(list []float64, span int) float64 {
	counts, want := make([]int, 100), make([]float64, 100)
	n := 0
	for i := 0; i+span <= len(list); i++ {
		cell := int(list[i] * 100)
		if span > 1 {
			if i/(span-1)%2 == 1 { // the second half of each stretch belongs to pairs already counted
				continue
			}
			cell = int(list[i]*10)*10 + int(list[i+span-1]*10)
		}
		counts[cell]++
		n++
	}
	for i := range want {
		want[i] = float64(n) / 100
	}
	_, p := theory.ChiSquareTest(counts, want, 0)
	return p
}

func correlation(list []float64, lag int) float64 {
	sum := 0.
	for i := 0; i+lag < len(list); i++ {
		sum += (list[i] - 0.5) * (list[i+lag] - 0.5) * 12
	}
	return sum / float64(len(list)-lag)
}

// TestUniformTestsCanFail is the twin: sequences with a small fault are refused.
func TestUniformTestsCanFail(t *testing.T) {
	s := New(1, 0, "a")
	bent := uniforms(func(i int) float64 { return math.Pow(s.U(uint64(i), 0), 1.05) })
	if p := pOfCells(bent, 1); p > alpha {
		t.Errorf("bent numbers pass, p = %.2g", p)
	}
	sticky := uniforms(func(i int) float64 { return s.U(uint64(i/2*2+i%2*(i/2%10/9)), 0) }) // one pair in ten repeats
	if p := pOfCells(sticky, 2); p > alpha {
		t.Errorf("repeated numbers pass, p = %.2g", p)
	}
}

// TestSameAndOtherKeys: a place always gives the same number, and every part of the key gives another one.
func TestSameAndOtherKeys(t *testing.T) {
	base := New(1, 2, "use").Bits(3, 4)
	if New(1, 2, "use").Bits(3, 4) != base {
		t.Error("the same place gives another number")
	}
	for name, other := range map[string]uint64{
		"seed": New(2, 2, "use").Bits(3, 4), "replication": New(1, 3, "use").Bits(3, 4), "use": New(1, 2, "usf").Bits(3, 4),
		"x": New(1, 2, "use").Bits(4, 4), "y": New(1, 2, "use").Bits(3, 5), "x and y swapped": New(1, 2, "use").Bits(4, 3),
		"seed and replication swapped": New(2, 1, "use").Bits(3, 4),
	} {
		if other == base {
			t.Errorf("another %s gives the same number", name)
		}
	}
}

// TestBitsAvalanche: each of the 64 bits is one half the time 1, and turns with every bit of x and y half of the time.
func TestBitsAvalanche(t *testing.T) {
	const n = 4000
	s := New(9, 0, "bits")
	var ones [64]int
	var turned [2][64][64]int
	for i := range uint64(n) {
		base := s.Bits(i, i*7)
		for b := range 64 {
			ones[b] += int(base >> b & 1)
			count(&turned[0][b], base^s.Bits(i^1<<b, i*7))
			count(&turned[1][b], base^s.Bits(i, i*7^1<<b))
		}
	}
	// 8,256 counts: the limit on each is two-sided 1e-4 over their number, z = 5.7.
	limit := 5.7 * math.Sqrt(n) / 2
	check := func(what string, got int) {
		if math.Abs(float64(got)-n/2) > limit {
			t.Errorf("%s: %d of %d", what, got, n)
		}
	}
	for b := range 64 {
		check(fmt.Sprint("bit ", b), ones[b])
		for of := range 2 {
			for out := range 64 {
				check(fmt.Sprintf("bit %d with bit %d of %c", out, b, "xy"[of]), turned[of][b][out])
			}
		}
	}
}

func count(turned *[64]int, difference uint64) {
	for difference != 0 {
		b := bits.TrailingZeros64(difference)
		turned[b]++
		difference &= difference - 1
	}
}

// TestNoCollisions: a million neighbouring places of a stream give different numbers; by chance one run in ten million
// would find two alike.
func TestNoCollisions(t *testing.T) {
	s := New(1, 0, "a")
	seen := make(map[uint64]bool, 1_000_000)
	for x := range uint64(1000) {
		for y := range uint64(1000) {
			b := s.Bits(x, y)
			if seen[b] {
				t.Fatalf("place (%d, %d) repeats a number", x, y)
			}
			seen[b] = true
		}
	}
}

// TestScheme pins the generator to its name. A generator that gives other numbers must change Scheme, which is written
// to every manifest, and these numbers with it.
func TestScheme(t *testing.T) {
	if Scheme != "portalsim-keyed-mix/1" {
		t.Fatalf("Scheme is %s: pin the new generator's numbers here", Scheme)
	}
	for _, want := range []struct {
		seed        uint64
		replication int
		use         string
		x, y, bits  uint64
	}{
		{0, 0, "", 0, 0, 0x20a7a91e1205d8f2},
		{1, 0, "contact/route", 0, 0, 0x5b83a8ca40f0925b},
		{1, 0, "contact/route", 1, 0, 0xa5867a4e367ce020},
		{1, 0, "contact/route", 0, 1, 0xf00755e50cfb23c5},
		{1, 1, "contact/route", 0, 0, 0xcb71c95427da7e52},
		{math.MaxUint64, 1000, "patient/activity", 1 << 52, 1 << 63, 0x879b8a53d69fec58},
	} {
		if got := New(want.seed, want.replication, want.use).Bits(want.x, want.y); got != want.bits {
			t.Errorf("seed %d, replication %d, %q, place (%d, %d): %#x, want %#x", want.seed, want.replication, want.use, want.x, want.y, got, want.bits)
		}
	}
}

// TestOpenInterval: inversion never meets 0 or 1.
func TestOpenInterval(t *testing.T) {
	low, high := (float64(0)+0.5)/(1<<52), (float64(1<<52-1)+0.5)/(1<<52)
	if !(low > 0 && high < 1) {
		t.Errorf("the ends are %v and %v", low, high)
	}
	s := New(3, 0, "exponential")
	sum := 0.
	for i := range uint64(drawn) {
		x := s.Exponential(i, 0)
		if want := -math.Log(s.U(i, 0)); !(x > 0) || math.Abs(x-want) > 1.1*0x1p-52*want {
			t.Fatalf("exponential number %v", x)
		}
		sum += x
	}
	if z := (sum/drawn - 1) * math.Sqrt(drawn); math.Abs(z) > 3.9 {
		t.Errorf("mean %v of exponential numbers: z = %.1f", sum/drawn, z)
	}
}
