package random

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Families are the words for the shape of a belief about one number.
var Families = []string{"logit-normal", "lognormal", "normal", "uniform", "triangular", "beta"}

// Belief is what is known of one number of a scenario: a distribution over its possible values.
type Belief struct {
	// Family is one of Families. Low and High are its 2.5 and 97.5 % points, in the unit of the number; Value is what a
	// plain run uses, and the mode of a triangular belief. Beliefs of other families need not centre on it.
	Family           string
	Low, Value, High float64

	// N is the size of the sample behind a share. If above 0, the belief is the posterior after so many answers, and
	// Low, High and Family are not used.
	N float64

	// Transport, at least 1, says how far the number may be from the place it was measured in: it multiplies the width
	// of the belief on the scale of its family (log-odds, logarithm or the plain number), and divides N by its square.
	// 0 means 1.
	Transport float64

	// Least and Most bound the lawful values. What the distribution puts beyond them is moved to the bound.
	Least, Most float64
}

// z975 is the 97.5 % point of the standard normal distribution.
var z975 = distuv.UnitNormal.Quantile(0.975)

// Quantiles returns the quantile function of the belief, from (0, 1) to its lawful values, not decreasing. An error
// says what in the belief has no such distribution.
//
// Sources: H. Jeffreys, "An invariant form for the prior probability in estimation problems", Proceedings of the Royal
// Society A 186 (1946) 453–461, for the prior Beta(1/2, 1/2); the families by quantiles are those of A. O'Hagan et al.,
// Uncertain Judgements (2006), chapter 6.
func (b Belief) Quantiles() (func(u float64) float64, error) {
	transport := max(1, b.Transport)
	clip := func(x float64) float64 { return min(max(x, b.Least), b.Most) }
	if b.N > 0 {
		n := b.N / (transport * transport)
		posterior := distuv.Beta{Alpha: b.Value*n + 0.5, Beta: (1-b.Value)*n + 0.5}
		return func(u float64) float64 { return clip(posterior.Quantile(u)) }, nil
	}
	if b.Low == b.High {
		return func(float64) float64 { return b.Value }, nil
	}
	quantile, err := b.family(transport)
	if err != nil {
		return nil, err
	}
	return func(u float64) float64 { return clip(quantile(u)) }, nil
}

// family returns the quantile function before it is kept within the lawful values.
func (b Belief) family(transport float64) (func(u float64) float64, error) {
	normal := func(low, high float64) distuv.Normal {
		return distuv.Normal{Mu: (low + high) / 2, Sigma: transport * (high - low) / (2 * z975)}
	}
	switch b.Family {
	case "logit-normal", "beta":
		if b.Low <= 0 || b.High >= 1 {
			return nil, errors.New(b.Family + " needs low and high between 0 and 1, both left out")
		}
		scale := normal(logit(b.Low), logit(b.High))
		if b.Family == "beta" {
			return betaBetween(logistic(scale.Quantile(0.025)), logistic(scale.Quantile(0.975)))
		}
		return func(u float64) float64 { return logistic(scale.Quantile(u)) }, nil
	case "lognormal":
		if b.Low <= 0 {
			return nil, errors.New("lognormal needs low above 0")
		}
		scale := normal(math.Log(b.Low), math.Log(b.High))
		return func(u float64) float64 { return math.Exp(scale.Quantile(u)) }, nil
	case "normal":
		return normal(b.Low, b.High).Quantile, nil
	case "uniform":
		middle, half := (b.Low+b.High)/2, transport*(b.High-b.Low)/2
		return func(u float64) float64 { return middle + half*(2*u-1)/0.95 }, nil
	case "triangular":
		low, high := b.Value-transport*(b.Value-b.Low), b.Value+transport*(b.High-b.Value)
		return triangularBetween(low, b.Value, high), nil
	}
	return nil, fmt.Errorf("there is no family %q", b.Family)
}

func logit(p float64) float64    { return math.Log(p / (1 - p)) }
func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// betaBetween finds the beta distribution with the 2.5 and 97.5 % points given: for each weight α + β the mean that
// puts 2.5 % below low, by bisection, and of the weights, by bisection again, the one that puts 2.5 % above high.
func betaBetween(low, high float64) (func(u float64) float64, error) {
	at := func(logWeight float64) distuv.Beta {
		weight := math.Exp(logWeight)
		m := bisect(low, high, func(m float64) bool { return distuv.Beta{Alpha: m * weight, Beta: (1 - m) * weight}.CDF(low) > 0.025 })
		return distuv.Beta{Alpha: m * weight, Beta: (1 - m) * weight}
	}
	found := at(bisect(math.Log(0.1), math.Log(1e9), func(w float64) bool { return at(w).CDF(high) < 0.975 }))
	if math.Abs(found.CDF(low)-0.025) > 1e-6 || math.Abs(found.CDF(high)-0.975) > 1e-6 {
		return nil, errors.New("no beta distribution has low and high as its 2.5 and 97.5 % points")
	}
	return found.Quantile, nil
}

// bisect returns the place between low and high where isBelow turns from true to false.
func bisect(low, high float64, isBelow func(float64) bool) float64 {
	for range 100 {
		middle := (low + high) / 2
		if middle == low || middle == high {
			break
		}
		if isBelow(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// triangularBetween finds the triangular distribution with the mode and the 2.5 and 97.5 % points given. Its ends a and
// b solve (low − a)² = 0.025 (b − a)(mode − a) and (b − high)² = 0.025 (b − a)(b − mode), each a quadratic in one end
// where the other is known; the ends are found in turn until neither moves.
func triangularBetween(low, mode, high float64) func(u float64) float64 {
	a, b := low, high
	for range 200 {
		a, b = low-tail(low, mode, b), high+tail(-high, -mode, -a)
	}
	peak := (mode - a) / (b - a)
	return func(u float64) float64 {
		if u < peak {
			return a + math.Sqrt(u*(b-a)*(mode-a))
		}
		return b - math.Sqrt((1-u)*(b-a)*(b-mode))
	}
}

// tail returns how far below its 2.5 % point a triangular distribution begins, given its mode and other end: the x ≥ 0
// with x² = 0.025 (other − low + x)(mode − low + x).
func tail(low, mode, other float64) float64 {
	const p = 0.025
	width, rise := other-low, mode-low
	linear := p * (width + rise)
	return (linear + math.Sqrt(linear*linear+4*(1-p)*p*width*rise)) / (2 * (1 - p))
}

// Dirichlet returns shares that sum to one, drawn from the posterior after n answers split as shares says, with
// Jeffreys' prior of one half for each. u gives each share's own uniform number. transport is as in Belief.
//
// Source: A. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), sections 2.8 and 3.4, and appendix A for the gamma
// numbers.
func Dirichlet(shares []float64, n, transport float64, u func(i int) float64) []float64 {
	transport = max(1, transport)
	n /= transport * transport
	drawn, sum := make([]float64, len(shares)), 0.0
	for i, share := range shares {
		drawn[i] = distuv.Gamma{Alpha: share*n + 0.5, Beta: 1}.Quantile(u(i))
		sum += drawn[i]
	}
	for i := range drawn {
		drawn[i] /= sum
	}
	return drawn
}
