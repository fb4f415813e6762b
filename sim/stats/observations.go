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
				o.count(x)
			}
		})
		o.full, o.last = nil, nil
		o.count(x)
	}
}

func (o *Observations) count(x float64) {
	mustBeTime(x)
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
// as the computer holds it, less those of the lowest. Cell 0 is for what lies below. It rises with x; the last cell is for
// what lies above, and for what is not an observation.
func octaveCell(x float64, bits uint) int {
	const bottom = 1023 + lowest
	return min(max(int(math.Float64bits(x)>>(52-bits))-bottom<<bits+1, 0), octaves<<bits)
}

// mustBeTime refuses what is not an observation. It is asked only of what is in the last cell.
func mustBeTime(x float64) {
	if !(x >= 0) {
		panic(fmt.Sprintf("stats: observation %v: must be a number that is not negative", x))
	}
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
	if n <= fewest && exact {
		return QuantilesCensored(together(lists, n), censored, ps)
	}
	places := make([]place, len(ps))
	var ranks []int
	for i, p := range ps {
		places[i] = placeOf("QuantilesOf", p, n+censored)
		ranks = append(ranks, min(places[i].below, n), min(places[i].below+1, n))
	}
	slices.Sort(ranks)
	statistics := coarseStatistics
	if n <= MostExact && exact {
		statistics = orderStatistics
	}
	known := statistics(lists, ranks)
	quantiles := make([]float64, len(ps))
	for i, place := range places {
		quantiles[i] = place.interpolate(func(k int) float64 { return known[slices.Index(ranks, min(k, n))] })
	}
	return quantiles
}

func together(lists []*Observations, n int) []float64 {
	all := make([]float64, 0, n)
	for _, o := range lists {
		o.each(func(values []float64) { all = append(all, values...) })
	}
	for _, x := range all {
		mustBeTime(x)
	}
	return all
}

// orderStatistics returns the order statistics at ranks, which are in increasing order; beyond the last lies +Inf. It
// counts the values in buckets, gathers those of the few buckets concerned, and selects among them: two looks at each
// value, which is seven times as fast as selecting among all (a third of the time of a long queue went there).
func orderStatistics(lists []*Observations, ranks []int) []float64 {
	var counts [octaves<<bucketBits + 1]uint32
	for _, o := range lists {
		o.each(func(values []float64) {
			for _, x := range values {
				counts[octaveCell(x, bucketBits)]++
			}
		})
	}
	const top = octaves << bucketBits
	wanted := [octaves<<bucketBits + 1]bool{top: counts[top] > 0}
	among := make([]place, 0, len(ranks)) // the values gathered
	before, skipped := 0, 0
	for b, count := range counts {
		for k := len(among); k < len(ranks) && ranks[k] < before+int(count); k++ {
			wanted[b] = true
			among = append(among, place{below: ranks[k] - skipped})
		}
		before += int(count)
		if !wanted[b] {
			skipped += int(count)
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
	if wanted[top] {
		for _, x := range gathered {
			mustBeTime(x)
		}
	}
	selectPlaces(gathered, among)
	found := make([]float64, len(ranks))
	fill(found, math.Inf(1))
	for i, place := range among {
		found[i] = gathered[place.below]
	}
	return found
}

// coarseStatistics is orderStatistics read from cells.
func coarseStatistics(lists []*Observations, ranks []int) []float64 {
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
	var found []float64
	before := 0
	for c, count := range counts {
		from, to := cellFrom(c, cellBits), cellFrom(c+1, cellBits)
		if c == 0 {
			to = 0
		}
		for k := len(found); k < len(ranks) && ranks[k] < before+count; k++ {
			found = append(found, from+(to-from)*(float64(ranks[k]-before)+0.5)/float64(count))
		}
		before += count
	}
	for len(found) < len(ranks) {
		found = append(found, math.Inf(1))
	}
	return found
}
