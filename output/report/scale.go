package report

import "math"

// scale maps values onto a stretch of a canvas.
type scale struct{ low, high, from, to float64 }

func (s scale) at(x float64) float64 {
	if s.high == s.low {
		return (s.from + s.to) / 2
	}
	return s.from + (x-s.low)/(s.high-s.low)*(s.to-s.from)
}

// step returns a round step that parts a range into at most n.
func step(span float64, n int) float64 {
	if !(span > 0) || n < 1 {
		return 1
	}
	rough := span / float64(n)
	power := math.Pow(10, math.Floor(math.Log10(rough)))
	for _, nice := range []float64{1, 2, 5} {
		if nice*power >= rough*(1-1e-9) {
			return nice * power
		}
	}
	return 10 * power
}

// stepOfHours is step for hours: in days where the range is of days.
func stepOfHours(span float64, n int) float64 {
	for _, nice := range []float64{0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 96, 168, 336} {
		if span/nice <= float64(n) && span > 1 {
			return nice
		}
	}
	return step(span, n)
}

// around returns a scale over all values, a little beyond them, that holds 0 and ends on whole steps.
func around(values []float64, by func(span float64, n int) float64, n int, from, to float64) (scale, []float64) {
	low, high := 0.0, 0.0
	for _, x := range values {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			low, high = min(low, x), max(high, x)
		}
	}
	if low == high {
		high = low + 1
	}
	by1 := by(high-low, n)
	first, last := math.Floor(low/by1-1e-9), math.Ceil(high/by1-1e-9)
	if low == 0 {
		first = 0
	}
	var ticks []float64
	for k := first; k <= last; k++ {
		ticks = append(ticks, k*by1)
	}
	return scale{first * by1, last * by1, from, to}, ticks
}
