// Package random draws the simulator's random numbers by place, not by order: a number is a function of the seed,
// the replication, what it is for, and whom it concerns. Two scenarios that share a seed therefore share every draw
// that means the same thing in both (common random numbers), and a mechanism that is off draws nothing.
package random

import (
	"crypto/sha256"
	"encoding/binary"

	"portalsim/sim/elementary"
)

// Scheme names the generator and the way keys are made. It is written to every manifest; it changes when the same
// seed gives other numbers.
const Scheme = "portalsim-keyed-mix/1"

// Substream is a random function: from two integers to a uniform number. It is fixed by the seed, the replication
// and the use. Its zero value must not be used.
type Substream struct{ a, b uint64 }

// New returns the substream for a use, such as "patient/activity". The scenario is left out on purpose. Keys are made
// by SHA-256, so that no two uses, seeds or replications are related.
func New(seed uint64, replication int, use string) Substream {
	text := make([]byte, 0, 96)
	text = append(text, Scheme...)
	text = binary.BigEndian.AppendUint64(append(text, 0), seed)
	text = binary.BigEndian.AppendUint64(text, uint64(replication))
	text = append(text, use...)
	sum := sha256.Sum256(text)
	return Substream{binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])}
}

// Bits returns 64 random bits for the place (x, y). Neighbouring places are unrelated: x and y each pass through a
// full mixing of 64 bits, keyed before and between.
func (s Substream) Bits(x, y uint64) uint64 {
	return mix(mix(x*0x9e3779b97f4a7c15+s.a) ^ (y*0xd1342543de82ef95 + s.b))
}

// U returns a number in the open interval (0, 1), so that inversion never meets 0 or 1. It has 52 bits: with 53 the
// largest would round to 1.
func (s Substream) U(x, y uint64) float64 {
	return (float64(s.Bits(x, y)>>12) + 0.5) / (1 << 52)
}

// Exponential returns an exponential number of mean 1 for the place (x, y), by inversion.
func (s Substream) Exponential(x, y uint64) float64 { return -elementary.Log(s.U(x, y)) }

// mix is a bijection of 64-bit integers in which every input bit changes every output bit with probability one half.
//
// Source: the finaliser "moremur" by Pelle Evensen (2019), a stronger variant of the finaliser of MurmurHash3.
func mix(x uint64) uint64 {
	x ^= x >> 27
	x *= 0x3c79ac492ba7b653
	x ^= x >> 33
	x *= 0x1c69b3f74ac4ae35
	return x ^ x>>27
}
