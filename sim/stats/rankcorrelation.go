package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// Ranks returns the rank of each value, from 1; equal values share the mean of their ranks.
func Ranks(values []float64) []float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(values[a], values[b]) })
	ranks := make([]float64, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && values[order[to]] == values[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = float64(from+1+to) / 2
		}
		from = to
	}
	return ranks
}

// RankCorrelation returns Spearman's correlation of x and y, which have equal lengths; NaN where one does not vary.
//
// Source: C. Spearman, "The proof and measurement of association between two things", American Journal of Psychology 15
// (1904) 72–101.
func RankCorrelation(x, y []float64) float64 {
	return correlation(Ranks(x), Ranks(y))
}

// correlation returns Pearson's correlation, NaN where one of x and y does not vary.
func correlation(x, y []float64) float64 {
	if len(x) != len(y) {
		panic(fmt.Sprintf("stats: correlation of %d and %d values", len(x), len(y)))
	}
	meanX, sdX := meanSD(x)
	meanY, sdY := meanSD(y)
	products := 0.0
	for i := range x {
		products += (x[i] - meanX) * (y[i] - meanY)
	}
	r := quotient(products, float64(len(x)-1)*sdX*sdY)
	return min(1, max(-1, r))
}

// PartialRankCorrelations returns, for each input, its rank correlation with the output once the linear effect of the
// other inputs' ranks is taken out of both, and the two-sided p-value of none, by Student's t with len(output) − 1 −
// len(inputs) degrees of freedom. Each input has one value for each value of the output. All are NaN where there are no
// degrees of freedom left, or where an input does not vary or is a combination of others; where the inputs determine the
// output, all are 1, −1 or 0.
//
// Sources: M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979) 239–245; S. Marino et al., "A
// methodology for performing global uncertainty and sensitivity analysis in systems biology", Journal of Theoretical
// Biology 254 (2008) 178–196, section 3.2 (coefficient and test).
func PartialRankCorrelations(inputs [][]float64, output []float64) (partial, p []float64) {
	k, n := len(inputs), len(output)
	partial, p = make([]float64, k), make([]float64, k)
	for i := range partial {
		partial[i], p[i] = math.NaN(), math.NaN()
	}
	df := float64(n - 1 - k)
	if k == 0 || df < 1 {
		return partial, p
	}
	ranks := make([][]float64, 0, k+1)
	for _, x := range append(slices.Clip(inputs), output) {
		ranks = append(ranks, Ranks(x))
	}
	among := mat.NewSymDense(k+1, nil)
	for i := range ranks {
		for j := range i + 1 {
			r := correlation(ranks[i], ranks[j])
			if math.IsNaN(r) {
				return partial, p
			}
			among.SetSym(i, j, r)
		}
	}
	var factor mat.Cholesky
	var inverse mat.SymDense
	if !factor.Factorize(among) || factor.InverseTo(&inverse) != nil {
		determined(among, partial, p)
		return partial, p
	}
	for i := range partial {
		r := -inverse.At(i, k) / math.Sqrt(inverse.At(i, i)*inverse.At(k, k))
		partial[i] = min(1, max(-1, r))
		p[i] = 2 * StudentCDF(-math.Abs(r)*math.Sqrt(df/max(1-r*r, 1e-300)), df)
	}
	return partial, p
}

// determined fills in the partial correlations where the inputs' ranks determine the output's to the last: 1 or −1 for those
// with a part in it, 0 for the others. It leaves them where the inputs are combinations of each other.
func determined(among *mat.SymDense, partial, p []float64) {
	k := len(partial)
	inputs, output := mat.NewSymDense(k, nil), mat.NewVecDense(k, nil)
	for i := range k {
		for j := range i + 1 {
			inputs.SetSym(i, j, among.At(i, j))
		}
		output.SetVec(i, among.At(i, k))
	}
	var factor mat.Cholesky
	var slopes mat.VecDense
	if !factor.Factorize(inputs) || factor.SolveVecTo(&slopes, output) != nil {
		return
	}
	for i := range partial {
		partial[i], p[i] = 0, 1
		if x := slopes.AtVec(i); math.Abs(x) > 1e-9 {
			partial[i], p[i] = math.Copysign(1, x), 0
		}
	}
}
