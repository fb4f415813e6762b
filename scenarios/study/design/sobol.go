package design

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"portalsim/sim/random"
)

// MostSobol is the most columns of a Sobol' design: as many as there are direction numbers for.
const MostSobol = 512

// sobolBits is the precision of a Sobol' sequence, and limits it to 2^32 points.
const sobolBits = 32

//go:embed joe-kuo.txt
var joeKuo string

// directions returns, by column, the direction numbers as binary fractions of 32 bits.
var directions = sync.OnceValue(func() [][sobolBits]uint32 {
	first := [sobolBits]uint32{}
	for i := range first {
		first[i] = 1 << (sobolBits - 1 - i)
	}
	list := [][sobolBits]uint32{first}
	for line := range strings.Lines(joeKuo) {
		if !strings.HasPrefix(line, "#") {
			list = append(list, directionsFrom(strings.Fields(line)))
		}
	}
	return list
})

// directionsFrom works out one column's direction numbers: fields are the degree of the polynomial, its inner coefficients
// as bits, and the first direction numbers.
func directionsFrom(fields []string) (v [sobolBits]uint32) {
	numbers := make([]uint32, len(fields))
	for i, text := range fields {
		x, err := strconv.ParseUint(text, 10, 32)
		if err != nil {
			panic("design: joe-kuo.txt: " + err.Error())
		}
		numbers[i] = uint32(x)
	}
	degree, inner, given := int(numbers[0]), numbers[1], numbers[2:]
	for i := range v {
		if i < degree {
			v[i] = given[i] << (sobolBits - 1 - i)
			continue
		}
		v[i] = v[i-degree] ^ v[i-degree]>>degree
		for k := 1; k < degree; k++ {
			if inner>>(degree-1-k)&1 == 1 {
				v[i] ^= v[i-k]
			}
		}
	}
	return v
}

// plain returns a coordinate of a point of the sequence, unscrambled, as a binary fraction. Points come in the order of the
// Gray code.
func plain(v *[sobolBits]uint32, point uint32) (x uint32) {
	for gray := point ^ point>>1; gray != 0; gray &= gray - 1 {
		x ^= v[bits.TrailingZeros32(gray)]
	}
	return x
}

// scrambled flips each bit or not, by a coin that depends on the bits before it: what was equal so far stays equal.
func scrambled(x uint32, coins random.Substream, column uint64) uint32 {
	out := x
	for bit := range sobolBits {
		before := uint64(x) >> (sobolBits - bit) // none for the first bit
		out ^= uint32(coins.Bits(column<<8|uint64(bit), before)>>63) << (sobolBits - 1 - bit)
	}
	return out
}

// Sobol returns the first n points of a Sobol' sequence, scrambled, which keeps its evenness: of 2^m points every column
// has one in each of 2^m equal slices. Take a power of two. It panics above MostSobol columns.
//
// Sources: I. M. Sobol', USSR Computational Mathematics and Mathematical Physics 7 (1967) 86–112; S. Joe and F. Y. Kuo, SIAM
// Journal on Scientific Computing 30 (2008) 2635–2654 (direction numbers); A. B. Owen, in Monte Carlo and Quasi-Monte Carlo
// Methods in Scientific Computing (1995) 299–317 (nested uniform scrambling).
func Sobol(n, columns int, seed uint64) [][]float64 {
	if columns > MostSobol {
		panic(fmt.Sprintf("design: a Sobol' sequence of %d columns, of at most %d", columns, MostSobol))
	}
	coins := random.New(seed, 0, "design/sobol")
	points := rows(n, columns)
	for c := range columns {
		v := &directions()[c]
		for r := range points {
			x := scrambled(plain(v, uint32(r)), coins, uint64(c))
			points[r][c] = (float64(x) + coins.U(uint64(c)<<8|sobolBits, uint64(x))) / (1 << sobolBits) // the bits below, by chance
		}
	}
	return points
}
