package report

import "math"

// scale maps values onto a stretch of a canvas.
type scale struct {
	low, high, from, to float64
	log                 bool // low and high are logarithms to base 10
}

func (s scale) at(x float64) float64 {
	if s.log {
		x = math.Log10(x)
	}
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

// around is over with 0 among the values.
func around(values []float64, by func(span float64, n int) float64, n int, from, to float64) (scale, []float64) {
	return over(append(values, 0), by, n, from, to)
}

// over returns a scale over all values, a little beyond them, that ends on whole steps.
func over(values []float64, by func(span float64, n int) float64, n int, from, to float64) (scale, []float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range values {
		if !math.IsNaN(x) && !math.IsInf(x, 0) {
			low, high = min(low, x), max(high, x)
		}
	}
	switch {
	case low > high:
		low, high = 0, 1
	case low == high && low == 0:
		high = 1
	case low == high:
		low, high = low-math.Abs(low)/10, high+math.Abs(high)/10
	}
	by1 := by(high-low, n)
	first, last := math.Floor(low/by1+1e-9), math.Ceil(high/by1-1e-9)
	if low == 0 {
		first = 0
	}
	var ticks []float64
	for k := first; k <= last; k++ {
		ticks = append(ticks, k*by1)
	}
	return scale{low: first * by1, high: last * by1, from: from, to: to}, ticks
}

// overLog returns a logarithmic scale over all values above 0, with ticks at round values within.
func overLog(values []float64, n int, from, to float64) (scale, []float64) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range values {
		if x > 0 && !math.IsInf(x, 0) {
			low, high = min(low, x), max(high, x)
		}
	}
	if !(low < high) {
		return over(values, step, n, from, to)
	}
	s := scale{math.Log10(low), math.Log10(high), from, to, true}
	for _, steps := range [][]float64{{1, 2, 5}, {1, 3}, {1}} {
		var ticks []float64
		for power := math.Floor(s.low); power <= s.high; power++ {
			for _, nice := range steps {
				if x := nice * math.Pow(10, power); x >= low*(1-1e-9) && x <= high*(1+1e-9) {
					ticks = append(ticks, x)
				}
			}
		}
		if len(ticks) <= n {
			return s, ticks
		}
	}
	return s, []float64{low, high}
}
