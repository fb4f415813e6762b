package random

import (
	"fmt"
	"math"
	"time"

	"portalsim/sim/elementary"
)

// Family is a family of distributions.
type Family uint8

// The families of times. Each is drawn by inversion, one uniform a draw, so that draws are monotone in the uniform
// and arms that share it stay close.
const (
	Constant Family = iota
	Exponential
	Uniform
	Lognormal
	Gamma
	Triangular
)

// Distribution is a distribution of times. Make it with the functions below; the zero value is the constant 0.
type Distribution struct {
	family Family
	mean   float64 // nanoseconds
	p      [3]float64
}

// ConstantTime is always d.
func ConstantTime(d time.Duration) Distribution {
	return Distribution{family: Constant, mean: float64(d)}
}

// ExponentialTime has the given mean.
func ExponentialTime(mean time.Duration) Distribution {
	return Distribution{family: Exponential, mean: float64(mean)}
}

// UniformTime is uniform on [low, high].
func UniformTime(low, high time.Duration) Distribution {
	return Distribution{family: Uniform, mean: (float64(low) + float64(high)) / 2, p: [3]float64{float64(low), float64(high)}}
}

// LognormalTime has the given mean and coefficient of variation: sigma² = ln(1+cv²), mu = ln(mean) − sigma²/2.
func LognormalTime(mean time.Duration, cv float64) Distribution {
	sigma2 := math.Log1p(cv * cv)
	mu := math.Log1p(float64(mean-1)) - sigma2/2 // NaN below 0, unlike elementary.Log
	return Distribution{family: Lognormal, mean: float64(mean), p: [3]float64{mu, math.Sqrt(sigma2)}}
}

// GammaTime has the given mean and coefficient of variation: shape 1/cv², rate shape/mean.
func GammaTime(mean time.Duration, cv float64) Distribution {
	shape := 1 / (cv * cv)
	return Distribution{family: Gamma, mean: float64(mean), p: [3]float64{shape, shape / float64(mean)}}
}

// TriangularTime lies on [low, high] with its peak at mode.
func TriangularTime(low, mode, high time.Duration) Distribution {
	l, m, h := float64(low), float64(mode), float64(high)
	return Distribution{family: Triangular, mean: (l + m + h) / 3, p: [3]float64{l, m, h}}
}

// Mean returns the mean.
func (d *Distribution) Mean() time.Duration { return time.Duration(d.mean) }

// Longest is the longest time that is drawn, 146 years: what the tail of a wide distribution has beyond it is cut to it,
// which is after the end of any run.
const Longest = time.Duration(math.MaxInt64 / 2)

// Quantile returns the time below which a share u of draws lies, cut to a nanosecond and to Longest. It panics on what is
// no time: such a distribution should not have passed the checks of the scenario.
func (d *Distribution) Quantile(u float64) time.Duration {
	x := d.quantile(u)
	if x >= float64(Longest) {
		return Longest
	}
	if !(x >= 0) {
		d.refuse(x, u)
	}
	return time.Duration(x)
}

func (d *Distribution) refuse(x, u float64) {
	panic(fmt.Sprintf("random: family %d with parameters %v gave a time of %v ns at u = %v", d.family, d.p, x, u))
}

func (d *Distribution) quantile(u float64) float64 {
	switch d.family {
	case Constant:
		return d.mean
	case Exponential:
		return d.mean * -elementary.Log(1-u) // 1-u is exact
	case Uniform:
		return d.p[0] + u*(d.p[1]-d.p[0])
	case Lognormal:
		return elementary.Exp(d.p[0] + d.p[1]*elementary.NormalQuantile(u))
	case Gamma:
		return elementary.GammaQuantile(d.p[0], u) / d.p[1]
	case Triangular:
		return triangularQuantile(d.p[0], d.p[1], d.p[2], u)
	default:
		panic(fmt.Sprintf("random: unknown family %d", d.family))
	}
}

// triangularQuantile inverts the triangular distribution function: two square roots that meet at the mode.
func triangularQuantile(low, mode, high, u float64) float64 {
	if high == low {
		return low
	}
	if split := (mode - low) / (high - low); u < split {
		return low + math.Sqrt(u*(high-low)*(mode-low))
	}
	return high - math.Sqrt((1-u)*(high-low)*(high-mode))
}

// GammaMultiplier returns a gamma number of mean 1 and the given coefficient of variation for a place x of the
// substream. Inversion would cost ten microseconds a draw where the shape is below 1; this takes a tenth of one, by
// rejection, each attempt at a place of its own. About one attempt in twenty is rejected.
//
// Source: G. Marsaglia and W. W. Tsang, "A simple method for generating gamma variables", ACM Transactions on
// Mathematical Software 26 (2000) 363–372, with its boost for shapes below 1.
func GammaMultiplier(s Substream, cv float64, x uint64) float64 {
	if cv == 0 {
		return 1
	}
	shape := 1 / (cv * cv)
	boost, a := 1.0, shape
	if shape < 1 {
		boost, a = elementary.Pow(s.U(x, 0), cv*cv), shape+1
	}
	d := a - 1.0/3
	c := 1 / math.Sqrt(9*d)
	for attempt := uint64(1); ; attempt += 2 {
		z := elementary.NormalQuantile(s.U(x, attempt))
		v := 1 + c*z
		if v <= 0 {
			continue
		}
		v = v * v * v
		if elementary.Log(s.U(x, attempt+1)) < 0.5*z*z+d-d*v+d*elementary.Log(v) {
			return d * v * boost / shape
		}
	}
}

// PoissonCount returns the u-quantile of the Poisson distribution, by adding its terms. The mean should be moderate:
// time grows with it, and above 700 the first term is below the smallest float.
func PoissonCount(mean, u float64) int {
	if mean > 700 {
		return int(max(0, math.Round(mean+math.Sqrt(mean)*elementary.NormalQuantile(u))))
	}
	term := elementary.Exp(-mean)
	count, sum := 0, term
	for sum < u {
		count++
		term *= mean / float64(count)
		if sum+term == sum && float64(count) > mean {
			break // rounding keeps the sum below the largest uniforms
		}
		sum += term
	}
	return count
}
