package stats

import (
	"math"
	"slices"
)

// expansion is polynomials of inputs, with regressions on some of them of outputs: of the normal scores of their ranks, so
// that a few draws in which a clinic nearly fails do not decide alone which inputs matter.
type expansion struct {
	rows   [][]float64 // by draw, then polynomial
	column []int       // of each polynomial of one input; −1 for a product
	group  []int       // of each polynomial; −1 for a product over two groups
	groups []int       // of each column

	outputs [][]float64   // by option, then draw
	scores  [][]float64   // the same, as normal scores
	scales  []*scale      // by option: from scores to outputs
	fits    []*regression // of scores, by option
}

// degrees is the highest degree of a polynomial.
const degrees = 3

// newExpansion makes the polynomials of single inputs: Hermite's, of the normal scores of their ranks.
func newExpansion(columns [][]float64, groups []int, draws int) *expansion {
	e := &expansion{rows: make([][]float64, draws), groups: groups}
	for c, values := range columns {
		for r, z := range normalScores(values) {
			e.rows[r] = append(e.rows[r], z, (z*z-1)/math.Sqrt2, (z*z*z-3*z)/math.Sqrt(6))
		}
		for range degrees {
			e.column, e.group = append(e.column, c), append(e.group, groups[c])
		}
	}
	return e
}

// normalScores returns, for each value, the normal quantile at its rank.
func normalScores(values []float64) []float64 {
	scores := Ranks(values)
	for r, rank := range scores {
		scores[r] = NormalQuantile((rank - 0.5) / float64(len(values)))
	}
	return scores
}

// fit regresses every option's output on the polynomials that matter: first those of single inputs, then, from there on,
// products of two inputs found.
func (e *expansion) fit(outputs [][]float64) {
	for _, y := range outputs {
		e.outputs, e.scores, e.scales = append(e.outputs, y), append(e.scores, normalScores(y)), append(e.scales, newScale(y))
	}
	for range 2 {
		fits := make([]*regression, len(outputs))
		for d, y := range e.scores {
			var start []int
			if e.fits != nil {
				start = e.fits[d].inputs
			}
			price := math.Log(float64(len(y))) + math.Log(float64(max(1, len(e.column))))
			fits[d] = forward(e.rows, y, start, price)
		}
		if e.fits == nil {
			e.addProducts(fits)
		}
		e.fits = fits
	}
}

// addProducts adds the products of first degree of all inputs found.
func (e *expansion) addProducts(fits []*regression) {
	var columns []int
	for _, f := range fits {
		for _, t := range f.inputs {
			if c := e.column[t]; !slices.Contains(columns, c) {
				columns = append(columns, c)
			}
		}
	}
	for i, a := range columns {
		for _, b := range columns[:i] {
			group := -1
			if e.groups[a] == e.groups[b] {
				group = e.groups[a]
			}
			e.column, e.group = append(e.column, -1), append(e.group, group)
			for r := range e.rows {
				e.rows[r] = append(e.rows[r], e.rows[r][a*degrees]*e.rows[r][b*degrees])
			}
		}
	}
}

// refit fits an option's output over other draws to the same polynomials.
func (e *expansion) refit(option int, draws []int) *regression {
	rows, y := make([][]float64, len(draws)), make([]float64, len(draws))
	for i, r := range draws {
		rows[i], y[i] = e.rows[r], e.scores[option][r]
	}
	if f := regress(rows, y, e.fits[option].inputs); f != nil {
		return f
	}
	return e.fits[option] // too few draws differ
}

// given returns, by option and draw, the output expected where the polynomials of a group are known, and all else is not;
// of all polynomials for allGroups.
func (e *expansion) given(fits []*regression, group int, draws []int) [][]float64 {
	list := make([][]float64, len(fits))
	for d, f := range fits {
		part := make([]float64, len(draws))
		for i, term := range f.inputs {
			if group == allGroups || e.group[term] == group {
				for k, r := range draws {
					part[k] += f.slopes[1+i] * e.rows[r][term]
				}
			}
		}
		list[d] = e.expected(d, part, draws)
	}
	return list
}

// allGroups stands for every polynomial.
const allGroups = -2

// nodes is at how many values of a part the expected output is worked out; it is straight between them.
const nodes = 17

// expected returns an option's expected output in each draw, where a part of its score is known: the mean, over what the
// rest of the score was in all draws, of the output at part and rest. In the mean over draws it is the output's mean.
//
// Source: N. Duan, "Smearing estimate: a nonparametric retransformation method", Journal of the American Statistical
// Association 78 (1983) 605–610.
func (e *expansion) expected(option int, part []float64, draws []int) []float64 {
	low, high := slices.Min(part), slices.Max(part)
	n := float64(len(draws))
	mean := 0.0
	for _, r := range draws {
		mean += e.outputs[option][r] / n
	}
	if low == high {
		return slices.Repeat([]float64{mean}, len(draws))
	}
	var at [nodes]float64
	for k := range at {
		here := low + (high-low)*float64(k)/(nodes-1)
		for i, r := range draws {
			at[k] += e.scales[option].output(e.scores[option][r]-part[i]+here) / n
		}
	}
	list := make([]float64, len(draws))
	shift := mean
	for i, x := range part {
		place := (x - low) / (high - low) * (nodes - 1)
		k := min(int(place), nodes-2)
		list[i] = at[k] + (place-float64(k))*(at[k+1]-at[k])
		shift -= list[i] / n
	}
	for i := range list {
		list[i] += shift
	}
	return list
}

// found tells whether a polynomial of a group alone is in the regression of some option.
func (e *expansion) found(group int) bool {
	return slices.ContainsFunc(e.fits, func(f *regression) bool {
		return slices.ContainsFunc(f.inputs, func(term int) bool { return e.group[term] == group })
	})
}

// strongest returns, by option, the polynomial of a group that correlates most with what the regression leaves; −1 for none.
func (e *expansion) strongest(group int) []int {
	list := make([]int, len(e.fits))
	for d, f := range e.fits {
		most := 0.0
		list[d] = -1
		at := make([]float64, len(e.rows))
		for term, of := range e.group {
			if of != group {
				continue
			}
			for r := range at {
				at[r] = e.rows[r][term]
			}
			if c := math.Abs(correlation(at, f.left)); c > most { // NaN where one does not vary
				list[d], most = term, c
			}
		}
	}
	return list
}

// hidden is given for a group of which no polynomial was found, with one that was not for each option, fitted to what is
// left, and to first order: a step of the score is worth its covariance with the output.
func (e *expansion) hidden(terms, draws []int) [][]float64 {
	list := make([][]float64, len(terms))
	for d, term := range terms {
		at, left := make([]float64, len(draws)), make([]float64, len(draws))
		score, output := make([]float64, len(draws)), make([]float64, len(draws))
		for i, r := range draws {
			left[i], score[i], output[i] = e.fits[d].left[r], e.scores[d][r], e.outputs[d][r]
			if term >= 0 {
				at[i] = e.rows[r][term]
			}
		}
		meanAt, _ := meanSD(at)
		mean, _ := meanSD(output)
		slope := slopeOf(at, left) * slopeOf(score, output)
		for i := range at {
			list[d] = append(list[d], mean+slope*(at[i]-meanAt))
		}
	}
	return list
}

// slopeOf returns the slope of y on x by least squares, 0 where one of them does not vary.
func slopeOf(x, y []float64) float64 {
	_, sdX := meanSD(x)
	_, sdY := meanSD(y)
	if sdX == 0 || sdY == 0 {
		return 0
	}
	return correlation(x, y) * sdY / sdX
}

// scale leads from normal scores back to outputs: straight between those seen, and no further than they go.
type scale struct{ scores, outputs []float64 }

func newScale(outputs []float64) *scale {
	c := &scale{outputs: slices.Sorted(slices.Values(outputs))}
	for i := range c.outputs {
		c.scores = append(c.scores, NormalQuantile((float64(i)+0.5)/float64(len(outputs))))
	}
	return c
}

// output returns the output at a score.
func (c *scale) output(score float64) float64 {
	i, _ := slices.BinarySearch(c.scores, score)
	switch {
	case i == 0:
		return c.outputs[0]
	case i == len(c.scores):
		return c.outputs[i-1]
	}
	t := (score - c.scores[i-1]) / (c.scores[i] - c.scores[i-1])
	return c.outputs[i-1] + t*(c.outputs[i]-c.outputs[i-1])
}
