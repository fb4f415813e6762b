package stats

import (
	"fmt"
	"math"
	"slices"
)

// MostExact is how many observations are kept one by one. Quantiles of up to as many are exact order statistics; of
// more, they are interpolated in cells that are at most 1/512 of a value wide, so that memory stops growing.
const MostExact = 1 << 20

const (
	// chunk is how many observations are kept in one piece of memory. In pieces, nothing is copied as they grow: a
	// twelfth of the time of a long queue.
	chunk = 1 << 12

	// fewest is the number from which counting pays. Below it, the observations are put in one slice and selected.
	fewest = 1 << 8

	// Octaves lie from 2^lowest to 2^(lowest+octaves). In hours: from a nanosecond, below which there is only 0, to
	// more years than the clock has.
	lowest, octaves = -42, 64

	// bucketBits and cellBits are how often an octave is halved: for finding an order statistic among values that are
	// kept, and for what remains of values that are not.
	bucketBits, cellBits = 6, 9
)

// Observations holds numbers that are not negative, such as waits in hours, for their quantiles. The zero value is
// empty and ready for use.
type Observations struct {
	last   []float64   // being filled
	full   [][]float64 // of chunk values each
	coarse int         // number counted in cells; then nothing is kept
	cells  []uint32
}

// N returns the number of observations.
func (o *Observations) N() int { return o.coarse + len(o.full)*chunk + len(o.last) }

// Add records one observation. It is small enough to be inlined, and allocates once in chunk.
func (o *Observations) Add(x float64) {
	if len(o.last) == cap(o.last) {
		o.grow(x)
		return
	}
	o.last = append(o.last, x)
}

// grow records an observation for which there is no room: in a larger piece, in the next piece, or, once there are too
// many, in its cell.
func (o *Observations) grow(x float64) {
	switch {
	case o.cells != nil:
		o.count(x)
	case cap(o.last) < chunk:
		larger := make([]float64, len(o.last), max(16, 4*cap(o.last)))
		copy(larger, o.last)
		o.last = append(larger, x)
	case o.N() < MostExact:
		o.full = append(o.full, o.last)
		o.last = append(make([]float64, 0, chunk), x)
	default:
		o.cells = make([]uint32, octaves<<cellBits+1)
		o.each(func(values []float64) {
			for _, x := range values {
				o.cells[octaveCell(x, cellBits)]++
			}
		})
		o.coarse, o.full, o.last = o.N(), nil, nil
		o.count(x)
	}
}

func (o *Observations) count(x float64) {
	o.cells[octaveCell(x, cellBits)]++
	o.coarse++
}

// each calls f for the pieces that are kept.
func (o *Observations) each(f func(values []float64)) {
	for _, values := range o.full {
		f(values)
	}
	f(o.last)
}

// octaveCell returns the cell of a number where each octave has 2^bits of equal width: the leading bits of the number
// as the computer holds it, less those of the lowest. Cell 0 is for what lies below. It rises with x.
func octaveCell(x float64, bits uint) int {
	of := func(x float64) int { return int(math.Float64bits(x) >> (52 - bits)) }
	if !(x >= 0) {
		panic(fmt.Sprintf("stats: observation %v: must be a number that is not negative", x))
	}
	const bottom = 1023 + lowest
	return min(max(of(x)-bottom<<bits+1, 0), octaves<<bits)
}

// cellFrom returns the least number of a cell.
func cellFrom(cell int, bits uint) float64 {
	if cell == 0 {
		return 0
	}
	return math.Float64frombits(uint64(cell-1+(1023+lowest)<<bits) << (52 - bits))
}

// QuantilesOf returns the quantiles of the observations of several lists taken together, and of censored further ones
// known only to be longer than any, at each of ps: as QuantilesCensored does, to the last bit, while there are at most
// MostExact. It changes nothing.
//
// Of more, an order statistic is read from its cell as if the observations there were spread evenly. It is off by less
// than 1/512 of itself; where a cell holds many, by far less.
func QuantilesOf(lists []*Observations, censored int, ps []float64) []float64 {
	n, exact := 0, true
	for _, o := range lists {
		n += o.N()
		exact = exact && o.cells == nil
	}
	var at func(k int) float64
	switch {
	case n <= fewest && exact:
		return QuantilesCensored(together(lists, n), censored, ps)
	case n <= MostExact && exact:
		at = orderStatistics(lists, n+censored, ps)
	default:
		at = coarseStatistics(lists)
	}
	quantiles := make([]float64, len(ps))
	for i, p := range ps {
		quantiles[i] = placeOf("QuantilesOf", p, n+censored).interpolate(func(k int) float64 {
			if k >= n {
				return math.Inf(1)
			}
			return at(k)
		})
	}
	return quantiles
}

func together(lists []*Observations, n int) []float64 {
	all := make([]float64, 0, n)
	for _, o := range lists {
		o.each(func(values []float64) { all = append(all, values...) })
	}
	return all
}

// orderStatistics returns a function that gives the order statistics at either side of each of ps. It counts the values
// in buckets, gathers those of the few buckets concerned, and selects among them: two looks at each value, which is
// seven times as fast as selecting among all (a third of the time of a long queue went there).
func orderStatistics(lists []*Observations, n int, ps []float64) func(k int) float64 {
	var counts [octaves<<bucketBits + 1]uint32
	for _, o := range lists {
		o.each(func(values []float64) {
			for _, x := range values {
				counts[octaveCell(x, bucketBits)]++
			}
		})
	}
	var ranks []int
	for _, p := range ps {
		below := placeOf("QuantilesOf", p, n).below
		ranks = append(ranks, below, below+1)
	}
	slices.Sort(ranks)
	var wanted [octaves<<bucketBits + 1]bool
	var skipped [octaves<<bucketBits + 1]int // values in buckets before this one that are not wanted
	before, passed, next := 0, 0, 0
	for b, count := range counts {
		skipped[b] = passed
		before += int(count)
		for ; next < len(ranks) && ranks[next] < before; next++ {
			wanted[b] = true
		}
		if !wanted[b] {
			passed += int(count)
		}
	}
	var gathered []float64
	for _, o := range lists {
		o.each(func(values []float64) {
			for _, x := range values {
				if wanted[octaveCell(x, bucketBits)] {
					gathered = append(gathered, x)
				}
			}
		})
	}
	among := func(k int) int { // place of an order statistic, among those gathered
		upTo := 0
		for b, count := range counts {
			if upTo += int(count); k < upTo {
				return k - skipped[b]
			}
		}
		return len(gathered)
	}
	var places []place
	for _, k := range ranks {
		places = append(places, place{below: among(k)})
	}
	selectPlaces(gathered, places)
	return func(k int) float64 { return gathered[among(k)] }
}

// coarseStatistics returns a function that reads order statistics from cells.
func coarseStatistics(lists []*Observations) func(k int) float64 {
	counts := make([]int, octaves<<cellBits+1)
	for _, o := range lists {
		for c, count := range o.cells {
			counts[c] += int(count)
		}
		o.each(func(values []float64) {
			for _, x := range values {
				counts[octaveCell(x, cellBits)]++
			}
		})
	}
	return func(k int) float64 {
		before := 0
		for c, count := range counts {
			if k < before+count {
				from, to := cellFrom(c, cellBits), cellFrom(c+1, cellBits)
				if c == 0 {
					to = 0
				}
				return from + (to-from)*(float64(k-before)+0.5)/float64(count)
			}
			before += count
		}
		panic(fmt.Sprintf("stats: order statistic %d of %d", k, before))
	}
}
