package validation

import (
	"fmt"
	"math"
	"math/bits"

	"portalsim/sim/random"
	"portalsim/validation/theory"
)

// This file holds the battery of tests that substreams next to each other are independent. A substream is a function of a
// place, not a sequence, so that the question is not whether one long sequence looks random, but whether the numbers of
// places that are near in some way, such as two visits of one contact or two replications, have anything to do with each
// other. For each such neighbourhood pairs of numbers are drawn and put to six tests (pairTests).

// stream is a random function of a place.
type stream interface{ Bits(x, y uint64) uint64 }

// generator makes the substream of a seed, a replication and a use.
type generator func(seed uint64, replication int, use string) stream

func ours(seed uint64, replication int, use string) stream { return random.New(seed, replication, use) }

// neighbourhood gives, for each i, the numbers of two places that are near in the way that name says.
type neighbourhood struct {
	name string
	pair func(i uint64) (a, b uint64)
}

// pairsDrawn is the number of pairs in each neighbourhood.
const pairsDrawn = 1 << 15

// neighbourhoods lists the ways in which places of the model are near: package sim says which places it uses.
func neighbourhoods(from generator, seed uint64) []neighbourhood {
	handling, needs := from(seed, 0, "contact/handling"), from(seed, 0, "needs/advice")
	const layer, kind = 1 << 33, 1 << 37 // how a contact's number holds its layer and its type
	between := func(a, b stream) func(i uint64) (uint64, uint64) {
		return func(i uint64) (uint64, uint64) { return a.Bits(i, 0), b.Bits(i, 0) }
	}
	return []neighbourhood{
		{"neighbouring contacts, patients or dates", func(i uint64) (uint64, uint64) { return handling.Bits(2*i, 0), handling.Bits(2*i+1, 0) }},
		{"visits of a contact to a pool, or waves of a campaign", func(i uint64) (uint64, uint64) { return handling.Bits(i, 0), handling.Bits(i, 1) }},
		{"pools a contact visits", func(i uint64) (uint64, uint64) { return handling.Bits(i, 3<<32), handling.Bits(i, 4<<32) }},
		{"a place and its mirror image", func(i uint64) (uint64, uint64) { return handling.Bits(2*i, 2*i+1), handling.Bits(2*i+1, 2*i) }},
		{"layers of a type's needs", func(i uint64) (uint64, uint64) { return needs.Bits(i, 0), needs.Bits(i, 1) }},
		{"contacts of two layers", func(i uint64) (uint64, uint64) { return handling.Bits(i, 0), handling.Bits(i|layer, 0) }},
		{"contacts of two types", func(i uint64) (uint64, uint64) { return handling.Bits(i, 0), handling.Bits(i|kind, 0) }},
		{"two replications, place by place", between(handling, from(seed, 1, "contact/handling"))},
		{"two seeds, place by place", between(handling, from(seed+1, 0, "contact/handling"))},
		{"the next seed and the next replication", between(from(seed+1, 0, "contact/handling"), from(seed, 1, "contact/handling"))},
		{"two purposes, place by place", between(handling, from(seed, 0, "contact/route"))},
		{"two staff members, date by date", between(from(seed, 0, "staff/log-in/nurse-1"), from(seed, 0, "staff/log-in/nurse-2"))},
		{"many replications, one place", func(i uint64) (uint64, uint64) {
			return from(seed, int(2*i), "contact/handling").Bits(5, 0), from(seed, int(2*i+1), "contact/handling").Bits(5, 0)
		}},
		{"many seeds, one place", func(i uint64) (uint64, uint64) {
			return from(seed+2*i, 0, "contact/handling").Bits(5, 0), from(seed+2*i+1, 0, "contact/handling").Bits(5, 0)
		}},
		{"many purposes, one place", func(i uint64) (uint64, uint64) {
			return from(seed, 0, fmt.Sprint("use-", 2*i)).Bits(5, 0), from(seed, 0, fmt.Sprint("use-", 2*i+1)).Bits(5, 0)
		}},
	}
}

const independenceGroup = "Independence between substreams"

// streamChecks puts every neighbourhood to the battery.
func streamChecks(from generator, seed uint64) []Check {
	var checks []Check
	for _, n := range neighbourhoods(from, seed) {
		checks = append(checks, n.check())
	}
	return checks
}

func (n neighbourhood) check() Check {
	a, b := make([]uint64, pairsDrawn), make([]uint64, pairsDrawn)
	for i := range a {
		a[i], b[i] = n.pair(uint64(i))
	}
	var tests []pValue
	for _, test := range pairTests {
		tests = append(tests, pValue{test.name, test.p(a, b)})
	}
	return smallest(independenceGroup, n.name, pairsDrawn, tests)
}

// pairTests is the battery. Each takes pairs of 64-bit numbers and returns the p-value of their being uniform and
// independent.
//
// Sources: D. E. Knuth, The Art of Computer Programming, vol. 2, 3rd ed. (1997), section 3.3.2, for the serial test in two
// and three dimensions and the collision test; the tests of equal tails, of differences and of bits are the same idea for
// faults that keyed generators have: a tail shared, a shift, a bit that does not turn.
var pairTests = []struct {
	name string
	p    func(a, b []uint64) float64
}{
	{"pairs in 16 × 16 cells", func(a, b []uint64) float64 {
		return pOfCells(256, 1.0/256, func(i int) int { return int(a[i]>>60)<<4 | int(b[i]>>60) }, len(a))
	}},
	{"triples in 8 × 8 × 8 cells", func(a, b []uint64) float64 { // with the next pair's first number; triples do not overlap
		return pOfCells(512, 1.0/512, func(i int) int { return int(a[2*i]>>61)<<6 | int(b[2*i]>>61)<<3 | int(a[2*i+1]>>61) }, len(a)/2)
	}},
	{"both in the same tail of 1/32", func(a, b []uint64) float64 {
		both := 0
		for i := range a {
			if x, y := a[i]>>59, b[i]>>59; x == y && (x == 0 || x == 31) {
				both++
			}
		}
		return theory.BinomialTest(both, len(a), 2.0/1024)
	}},
	{"differences", func(a, b []uint64) float64 { // uniform, whatever the two are, only if independent
		d := make([]float64, len(a))
		for i := range a {
			d[i] = float64((a[i]-b[i])>>11) / (1 << 53)
		}
		_, p := theory.KolmogorovTest(d, func(x float64) float64 { return x })
		return p
	}},
	{"bits that differ", func(a, b []uint64) float64 {
		differ := 0
		for i := range a {
			differ += bits.OnesCount64(a[i] ^ b[i])
		}
		return theory.BinomialTest(differ, 64*len(a), 0.5)
	}},
	{"collisions in 2^24 cells", func(a, b []uint64) float64 {
		seen, collisions := map[uint64]bool{}, 0
		for i := range a {
			cell := a[i]>>52<<12 | b[i]>>52
			if seen[cell] {
				collisions++
			}
			seen[cell] = true
		}
		n, cells := float64(len(a)), float64(1<<24)
		return pOfPoisson(collisions, n-cells*-math.Expm1(n*math.Log1p(-1/cells)))
	}},
}

// pOfCells tests counts in cells of equal probability.
func pOfCells(cells int, share float64, cell func(i int) int, n int) float64 {
	counts, expected := make([]int, cells), make([]float64, cells)
	for i := range n {
		counts[cell(i)]++
	}
	for i := range expected {
		expected[i] = float64(n) * share
	}
	_, p := theory.ChiSquareTest(counts, expected, 0)
	return p
}
