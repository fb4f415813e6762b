package stats

import (
	"math"
	"slices"
)

// expansion is polynomials of inputs, with the regressions of outputs on some of them.
type expansion struct {
	rows   [][]float64 // by draw, then polynomial
	column []int       // of each polynomial of one input; −1 for a product
	group  []int       // of each polynomial; −1 for a product over two groups
	groups []int       // of each column

	outputs [][]float64   // by option, then draw
	fits    []*regression // by option
}

// degrees is the highest degree of a polynomial.
const degrees = 3

// newExpansion makes the polynomials of single inputs: Hermite's, of the normal scores of their ranks.
func newExpansion(columns [][]float64, groups []int, draws int) *expansion {
	e := &expansion{rows: make([][]float64, draws), groups: groups}
	for c, values := range columns {
		for r, rank := range Ranks(values) {
			z := NormalQuantile((rank - 0.5) / float64(len(values)))
			e.rows[r] = append(e.rows[r], z, (z*z-1)/math.Sqrt2, (z*z*z-3*z)/math.Sqrt(6))
		}
		for range degrees {
			e.column, e.group = append(e.column, c), append(e.group, groups[c])
		}
	}
	return e
}

// fit regresses every option's output on the polynomials that matter: first those of single inputs, then, from there on,
// products of two inputs found.
func (e *expansion) fit(outputs [][]float64) {
	e.outputs = outputs
	for range 2 {
		fits := make([]*regression, len(outputs))
		for d, y := range outputs {
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
		rows[i], y[i] = e.rows[r], e.outputs[option][r]
	}
	if f := regress(rows, y, e.fits[option].inputs); f != nil {
		return f
	}
	return e.fits[option] // too few draws differ
}

// predictions returns what fits predict, by option and draw.
func (e *expansion) predictions(fits []*regression, draws []int) [][]float64 {
	return e.sums(fits, draws, func(int) bool { return true })
}

// parts is predictions in the mean over all groups but one.
func (e *expansion) parts(fits []*regression, group int, draws []int) [][]float64 {
	return e.sums(fits, draws, func(term int) bool { return e.group[term] == group })
}

// sums adds up each option's terms about their means over the draws, and the mean of its output.
func (e *expansion) sums(fits []*regression, draws []int, with func(term int) bool) [][]float64 {
	list := make([][]float64, len(fits))
	for d, f := range fits {
		list[d] = e.constant(d, draws)
		for i, term := range f.inputs {
			if with(term) {
				e.add(list[d], term, f.slopes[1+i], draws)
			}
		}
	}
	return list
}

// constant returns the mean of an option's output over draws, for each draw.
func (e *expansion) constant(option int, draws []int) []float64 {
	mean := 0.0
	for _, r := range draws {
		mean += e.outputs[option][r] / float64(len(draws))
	}
	return slices.Repeat([]float64{mean}, len(draws))
}

// add adds a term, less its mean over the draws.
func (e *expansion) add(to []float64, term int, slope float64, draws []int) {
	mean := 0.0
	for _, r := range draws {
		mean += e.rows[r][term] / float64(len(draws))
	}
	for i, r := range draws {
		to[i] += slope * (e.rows[r][term] - mean)
	}
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

// hidden is parts of a group of which no polynomial was found, with one that was not for each option, fitted to what is left.
func (e *expansion) hidden(terms, draws []int) [][]float64 {
	list := make([][]float64, len(terms))
	for d, term := range terms {
		list[d] = e.constant(d, draws)
		if term < 0 {
			continue
		}
		at, left := make([]float64, len(draws)), make([]float64, len(draws))
		for i, r := range draws {
			at[i], left[i] = e.rows[r][term], e.fits[d].left[r]
		}
		_, sdAt := meanSD(at)
		_, sdLeft := meanSD(left)
		if slope := correlation(at, left) * sdLeft / sdAt; !math.IsNaN(slope) {
			e.add(list[d], term, slope, draws)
		}
	}
	return list
}
