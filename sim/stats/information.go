package stats

import (
	"fmt"
	"math"
)

// Worth is a value of information and its error.
type Worth struct {
	Value float64
	Error float64 // root mean square over resampled draws of what another set of draws would say instead
}

// Information is what knowing uncertain inputs would be worth to somebody who chooses the option of the largest expected net
// benefit: how much better one would choose on average. All is in the unit of net benefit.
type Information struct {
	Best    int     // the option to choose as things are known
	Perfect Worth   // of knowing all inputs: not less than of knowing one
	Partial []Worth // of knowing one group of inputs alone

	// Explained is the share of the variance of the normal scores of each option's net benefit, against the first's, that the
	// regression explains, adjusted for its terms; the rest is simulation noise and what the regression misses.
	Explained []float64
}

// ValueOfInformation estimates what information is worth: benefit[d][r] is the net benefit of option d under draw r of the
// inputs, of any noise, columns[c][r] the value of input c, and groups[c] the group that it belongs to. Groups are
// independent of each other. It panics on fewer than eight draws or unequal lengths.
//
// The net benefit of an option in one draw is noisy, and the maximum over options would take the luckiest: information would
// seem worth something that is none. So the maximum is taken over the net benefit that a regression expects from the inputs.
// It regresses the normal scores of net benefit, which few extreme draws do not sway, on Hermite polynomials to the third
// degree of the normal scores of each input, and on products of the inputs found (a sparse polynomial chaos expansion),
// chosen one at a time by the extended Bayesian information criterion. From a part of the score, that of all inputs or of a
// group, the expected net benefit is the mean over what the rest of the score was in all draws: groups are independent.
//
// An input that the criterion leaves out is worth 0, with the error of its strongest polynomial: what noise might hide.
//
// Sources: A. E. Ades, G. Lu and K. Claxton, Medical Decision Making 24 (2004) 207–227 (the values); M. Strong, J. E. Oakley
// and A. Brennan, Medical Decision Making 34 (2014) 311–326 (by regression); G. Blatman and B. Sudret, Journal of
// Computational Physics 230 (2011) 2345–2367 (sparse expansions); N. Duan, Journal of the American Statistical Association 78
// (1983) 605–610 (from scores to outputs); J. Chen and Z. Chen, Biometrika 95 (2008) 759–771 (the
// criterion, with γ = 1/2).
func ValueOfInformation(benefit, columns [][]float64, groups []int, s Resampling) Information {
	if len(benefit) < 2 || len(columns) != len(groups) || len(benefit[0]) < 8 {
		panic(fmt.Sprintf("stats: value of information of %d options, %d inputs in %d groups", len(benefit), len(columns), len(groups)))
	}
	outputs := make([][]float64, len(benefit))
	for d, option := range benefit {
		outputs[d] = differences(benefit[0], option)
	}
	e := newExpansion(columns, groups, len(benefit[0]))
	e.fit(outputs)
	v := Information{}
	best := 0.0
	for d, y := range outputs {
		mean, _ := meanSD(y)
		if mean > best {
			v.Best, best = d, mean
		}
		v.Explained = append(v.Explained, explained(e.fits[d], e.scores[d]))
	}
	e.estimate(&v, s)
	return v
}

// explained returns the share of the variance of y that a fit explains, adjusted.
func explained(f *regression, y []float64) float64 {
	_, sd := meanSD(y)
	if sd == 0 {
		return 0
	}
	return max(0, 1-f.squares/(float64(len(y)-len(f.slopes))*sd*sd))
}

// estimate fills in the values of information with their errors.
func (e *expansion) estimate(v *Information, s Resampling) {
	groups := 0
	for _, g := range e.groups {
		groups = max(groups, g+1)
	}
	all := make([]int, len(e.rows))
	for r := range all {
		all[r] = r
	}
	v.Perfect.Value = worth(e.given(e.fits, allGroups, all))
	unseen := make([][]int, groups) // by group without a polynomial found, then option: the polynomial that noise might hide
	for g := range groups {
		v.Partial = append(v.Partial, Worth{Value: worth(e.given(e.fits, g, all))})
		if !e.found(g) {
			unseen[g] = e.strongest(g)
		}
		v.Perfect.Value = max(v.Perfect.Value, v.Partial[g].Value) // as it is; the estimates come from different means
	}
	s.times(len(e.rows), func(_ int, times []float64) {
		draws := repeated(times)
		fits := make([]*regression, len(e.fits))
		for d := range fits {
			fits[d] = e.refit(d, draws)
		}
		v.Perfect.compare(worth(e.given(fits, allGroups, draws)))
		for g := range v.Partial {
			if unseen[g] == nil {
				v.Partial[g].compare(worth(e.given(fits, g, draws)))
			} else {
				v.Partial[g].compare(worth(e.hidden(unseen[g], draws)))
			}
		}
	})
	v.Perfect.Error = math.Sqrt(v.Perfect.Error / float64(s.Resamples))
	for g := range v.Partial {
		v.Partial[g].Error = math.Sqrt(v.Partial[g].Error / float64(s.Resamples))
	}
}

// compare adds the square of a difference to the error.
func (w *Worth) compare(again float64) { w.Error += (again - w.Value) * (again - w.Value) }

// worth returns the mean of the largest prediction less the largest of the means: predictions[d][r] is that of option d
// under draw r.
func worth(predictions [][]float64) float64 {
	n := float64(len(predictions[0]))
	best, largest := 0.0, math.Inf(-1)
	for r := range predictions[0] {
		most := math.Inf(-1)
		for _, option := range predictions {
			most = max(most, option[r])
		}
		best += most / n
	}
	for _, option := range predictions {
		largest = max(largest, sum(option)/n)
	}
	if best-largest < 1e-12*math.Abs(largest) {
		return 0 // but for rounding
	}
	return best - largest
}

// repeated lists each number so many times.
func repeated(times []float64) []int {
	var list []int
	for r, n := range times {
		for range int(n) {
			list = append(list, r)
		}
	}
	return list
}
