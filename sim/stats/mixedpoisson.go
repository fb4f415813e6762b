package stats

import (
	"math"
)

// MixedPoisson is what counts of independent patients say of how much patients differ. The count of a patient is Poisson
// with a mean of Mean × trait × activity: the trait is one of those given, the activity gamma with a mean of 1.
type MixedPoisson struct {
	Mean     float64  // mean count
	CV       float64  // coefficient of variation of the activity, by maximum likelihood; 0 where the counts ask for none
	Interval Interval // of CV, by the likelihood ratio; from 0 where no activity at all is compatible
}

// Trait is a share of patients of whom the expected count is Relative to that of the others. The scale does not matter.
type Trait struct{ Share, Relative float64 }

// mostCV is the largest coefficient of variation looked at: a twentieth of a per cent of patients would write all.
const mostCV = 40

// FitMixedPoisson estimates the spread of activity from how many patients had each count: patients[c] of them had c. No
// traits stand for one trait, alike in all: the negative binomial distribution. The mean is the sample's, as in the
// likelihood equations of the negative binomial. It is NaN throughout where all counts are 0.
//
// Sources: F. J. Anscombe, "Sampling theory of the negative binomial and logarithmic series distributions", Biometrika 37
// (1950) 358–382; J. F. Lawless, "Negative binomial and mixed Poisson regression", Canadian Journal of Statistics 15 (1987)
// 209–225, for the likelihood; S. S. Wilks, Annals of Mathematical Statistics 9 (1938) 60–62, for the interval.
func FitMixedPoisson(patients []int, traits []Trait, confidence float64) MixedPoisson {
	checkConfidence("FitMixedPoisson", confidence)
	if traits == nil {
		traits = []Trait{{1, 1}}
	}
	l := newCountLikelihood(patients, traits)
	if !(l.mean > 0) {
		return MixedPoisson{l.mean, math.NaN(), Interval{math.NaN(), math.NaN()}}
	}
	best := largest(l.at, 0, math.Log1p(mostCV*mostCV))
	top := l.at(best)
	z := NormalQuantile(0.5 + confidence/2)
	outside := func(x float64) bool { return 2*(top-l.at(x)) > z*z }
	cv := func(x float64) float64 { return math.Sqrt(math.Expm1(x)) }
	f := MixedPoisson{Mean: l.mean, CV: cv(best)}
	f.Interval.Low = cv(edge(outside, best, 0))
	f.Interval.High = cv(edge(outside, best, math.Log1p(mostCV*mostCV)))
	return f
}

// countLikelihood is the likelihood of counts as a function of x = log(1 + cv²), in which it is nearly a parabola.
type countLikelihood struct {
	patients []int
	traits   []Trait // shares sum to 1, and the mean of what they are relative to is mean
	mean     float64
}

func newCountLikelihood(patients []int, traits []Trait) *countLikelihood {
	l := &countLikelihood{patients: patients}
	n, sum, shares, relative := 0.0, 0.0, 0.0, 0.0
	for c, k := range patients {
		n, sum = n+float64(k), sum+float64(c)*float64(k)
	}
	l.mean = quotient(sum, n)
	for _, t := range traits {
		shares, relative = shares+t.Share, relative+t.Share*t.Relative
	}
	for _, t := range traits {
		l.traits = append(l.traits, Trait{t.Share / shares, t.Relative / relative * shares * l.mean})
	}
	return l
}

// at returns the log-likelihood at x = log(1 + cv²), less what does not depend on it.
func (l *countLikelihood) at(x float64) float64 {
	shape := 1 / math.Expm1(max(x, 1e-9)) // at 0 the Poisson distribution, to nine digits
	base, _ := math.Lgamma(shape)
	// A count c under a trait of mean m: exp(lgamma(shape + c) − base + shape·log(shape/(shape+m)) + c·log(m/(shape+m))).
	empty := make([]float64, len(l.traits))
	each := make([]float64, len(l.traits))
	for i, t := range l.traits {
		empty[i] = math.Log(t.Share) - shape*math.Log1p(t.Relative/shape)
		each[i] = math.Log(t.Relative / (shape + t.Relative)) // −Inf for who never writes
	}
	total := 0.0
	terms := make([]float64, len(l.traits))
	for c, k := range l.patients {
		if k == 0 {
			continue
		}
		for i := range terms {
			terms[i] = empty[i]
			if c > 0 {
				terms[i] += float64(c) * each[i]
			}
		}
		rising, _ := math.Lgamma(shape + float64(c))
		total += float64(k) * (rising - base + logSum(terms))
	}
	return total
}

// logSum returns the logarithm of the sum of what terms are the logarithms of.
func logSum(terms []float64) float64 {
	top := math.Inf(-1)
	for _, t := range terms {
		top = max(top, t)
	}
	if math.IsInf(top, -1) {
		return top
	}
	sum := 0.0
	for _, t := range terms {
		sum += math.Exp(t - top)
	}
	return top + math.Log(sum)
}

// largest returns where a function of one peak is largest between low and high: the best of a grid, then golden sections.
func largest(f func(float64) float64, low, high float64) float64 {
	const cells = 40
	best, top := 0, math.Inf(-1)
	for i := range cells + 1 {
		if y := f(low + (high-low)*float64(i)/cells); y > top {
			best, top = i, y
		}
	}
	a, b := low+(high-low)*float64(max(best-1, 0))/cells, low+(high-low)*float64(min(best+1, cells))/cells
	const golden = 0.6180339887498949
	for range 60 {
		c, d := b-golden*(b-a), a+golden*(b-a)
		if f(c) > f(d) {
			b = d
		} else {
			a = c
		}
	}
	if middle := (a + b) / 2; f(middle) > f(low) {
		return middle
	}
	return low // at the bound itself, which sections only near
}

// edge returns where outside turns true between a place where it is false and another; that other place if it is false there.
func edge(outside func(float64) bool, inside, to float64) float64 {
	if !outside(to) {
		return to
	}
	for range 60 {
		if middle := (inside + to) / 2; outside(middle) {
			to = middle
		} else {
			inside = middle
		}
	}
	return inside
}
