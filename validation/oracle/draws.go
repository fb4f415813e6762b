package oracle

import (
	"crypto/sha256"

	"portalsim/sim/random"
)

// The places of the draws: docs/draws.md.

// stream returns the substream of a use.
func (w *world) stream(use string) random.Substream { return random.New(w.seed, w.replication, use) }

// u draws for a contact.
func (w *world) u(use string, contact int64, place int) float64 {
	return w.stream("contact/"+use).U(uint64(contact), uint64(place))
}

// happens draws whether something of a probability happens to a contact.
func (w *world) happens(use string, contact int64, place int, p float64) bool {
	return w.u(use, contact, place) < p
}

// code is the number of a name in places and contacts: the first 16 bits of its SHA-256.
func code(name string) int {
	sum := sha256.Sum256([]byte(name))
	return int(sum[0])<<8 | int(sum[1])
}

// choice returns which of some shares a uniform number falls in, or -1 in what they leave.
func choice(shares []float64, u float64) int {
	for i, share := range shares {
		if u < share {
			return i
		}
		u -= share
	}
	return -1
}

// choiceOfAll is choice for shares that sum to 1, or would but for rounding.
func choiceOfAll(shares []float64, u float64) int {
	if i := choice(shares, u); i >= 0 {
		return i
	}
	last := 0
	for i, share := range shares {
		if share > 0 {
			last = i
		}
	}
	return last
}
