//go:build amd64 || wasm

package elementary

import (
	"math"
	"testing"
)

// The bits themselves, where the compiler fuses no product with a sum: on amd64, whatever its processor has, and in WebAssembly
// (make browser). A function that is machine code there would show.
func TestBits(t *testing.T) {
	fingerprint := uint64(0)
	add := func(x float64) { fingerprint = 31*fingerprint + math.Float64bits(x) }
	for i := range uint64(20_000) {
		u := uniform(i)
		add(Log(u))
		add(Exp(40 * (u - 0.5)))
		add(Pow(u, 0.37))
		add(NormalQuantile(u * u))
		add(GammaQuantile(30*u+0.2, 1-u))
	}
	if want := uint64(0xf5d5cf1d7934ab8c); fingerprint != want {
		t.Errorf("100,000 values have the fingerprint %#x, want %#x", fingerprint, want)
	}
}
