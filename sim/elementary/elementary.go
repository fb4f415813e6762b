// Package elementary has the functions of analysis that draws and intervals take: plain arithmetic, so that they give the same
// bits on every processor that does not fuse multiplications with additions, and in WebAssembly. The library's math.Exp,
// math.Log and math.Pow are machine code on some processors, amd64 among them, and use fused multiplications where there are
// any; math.Log1p, math.Expm1, math.Exp2, math.Erfinv within ±0.85 and math.Sqrt are not, and stand behind these.
package elementary

import "math"

// Exp returns e^x, within 2 units in the last place.
func Exp(x float64) float64 {
	if x < 0 {
		return 1 / (1 + math.Expm1(-x)) // 1 + Expm1(x) would cancel
	}
	return 1 + math.Expm1(x)
}

// Pow returns x^y for x ≥ 0, within 2 + |y log x| units in the last place: 0^y is 0 for y > 0, 1 for y = 0 and +Inf for y < 0.
// x must be finite.
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case y == 1:
		return x
	case x < 0x1p-1022: // zero, or too small for Log
		return math.Pow(0, y)
	}
	return Exp(y * Log(x))
}
