package stats

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim/elementary"
)

// Emulator predicts an output of the model from its inputs, at next to no cost: a linear regression on the inputs that
// matter. What it misses, curvature and simulation error, is its residual standard deviation.
type Emulator struct {
	Inputs    []int     // those that matter, as places among all, in the order found
	Slopes    []float64 // of these, in the unit of the output by the unit of the input
	Intercept float64
	Residual  float64 // standard deviation of the runs about the prediction
}

// FitEmulator fits an emulator to runs: x[r] holds the inputs of run r, y[r] its output. Inputs are added one at a time,
// each time the one that correlates most with what is left, for as long as Bayes' information criterion falls, and at
// most one for every four runs. It panics unless there are as many x as y, and at least eight.
//
// Sources: I. Vernon, M. Goldstein and R. G. Bower, "Galaxy formation: a Bayesian uncertainty analysis", Bayesian Analysis
// 5 (2010) 619–670 (emulators of active inputs, for history matching); G. Schwarz, "Estimating the dimension of a model",
// Annals of Statistics 6 (1978) 461–464.
func FitEmulator(x [][]float64, y []float64) Emulator {
	if len(x) != len(y) || len(y) < 8 {
		panic(fmt.Sprintf("stats: an emulator from %d inputs and %d outputs", len(x), len(y)))
	}
	n := float64(len(y))
	best := forward(x, y, nil, math.Log(n))
	e := Emulator{Inputs: best.inputs, Intercept: best.slopes[0], Slopes: best.slopes[1:]}
	e.Residual = math.Sqrt(best.squares / max(1, n-float64(len(best.slopes))))
	return e
}

// Predict returns the output expected where input i has the value x(i).
func (e *Emulator) Predict(x func(i int) float64) float64 {
	y := e.Intercept
	for n, i := range e.Inputs {
		y += e.Slopes[n] * x(i)
	}
	return y
}

// Within returns the probability that a run at a prediction gives an output from low to high, its error normal.
func (e *Emulator) Within(prediction, low, high float64) float64 {
	if e.Residual == 0 {
		if prediction >= low && prediction <= high {
			return 1
		}
		return 0
	}
	error := distuv.Normal{Mu: prediction, Sigma: e.Residual}
	return max(0, error.CDF(high)-error.CDF(low))
}

// Implausibility returns how many residual standard deviations a prediction lies outside of low to high; 0 inside.
func (e *Emulator) Implausibility(prediction, low, high float64) float64 {
	beyond := max(0, low-prediction, prediction-high)
	if beyond == 0 {
		return 0
	}
	return beyond / e.Residual
}

// NormalScore returns the standard normal quantile of u, with 0 < u < 1: the scale on which most beliefs about inputs are
// near to straight.
func NormalScore(u float64) float64 { return elementary.NormalQuantile(u) }

// forward fits y to some inputs, and adds others one at a time, each time the one that correlates most with what is left,
// for as long as n log(sum of squares left) falls by more than the price of an input, and at most one for every four runs.
func forward(x [][]float64, y []float64, start []int, price float64) *regression {
	n := float64(len(y))
	best := regress(x, y, start)
	criterion := func(f *regression) float64 {
		return n*math.Log(max(f.squares, 1e-300)) + price*float64(len(f.inputs)+1)
	}
	for len(best.inputs) < len(y)/4 {
		next := best.strongest(x)
		if next < 0 {
			break
		}
		fit := regress(x, y, append(append([]int(nil), best.inputs...), next))
		if fit == nil || criterion(fit) >= criterion(best) {
			break
		}
		best = fit
	}
	return best
}

// regression is a least-squares fit.
type regression struct {
	inputs  []int
	slopes  []float64 // the intercept first
	left    []float64 // residuals by run
	squares float64   // their sum of squares
}

// regress fits y to some inputs with an intercept; nil where they do not determine it.
func regress(x [][]float64, y []float64, inputs []int) *regression {
	design := mat.NewDense(len(y), len(inputs)+1, nil)
	for r := range y {
		design.Set(r, 0, 1)
		for c, i := range inputs {
			design.Set(r, c+1, x[r][i])
		}
	}
	var qr mat.QR
	qr.Factorize(design)
	if qr.Cond() > 1e10 {
		return nil
	}
	var slopes mat.VecDense
	if qr.SolveVecTo(&slopes, false, mat.NewVecDense(len(y), append([]float64(nil), y...))) != nil {
		return nil
	}
	f := &regression{inputs: inputs, slopes: slopes.RawVector().Data, left: make([]float64, len(y))}
	for r := range y {
		f.left[r] = y[r]
		for c := range f.slopes {
			f.left[r] -= f.slopes[c] * design.At(r, c)
		}
		f.squares += f.left[r] * f.left[r]
	}
	return f
}

// strongest returns the input, not used yet, that correlates most with what is left; -1 for none.
func (f *regression) strongest(x [][]float64) int {
	best, most := -1, 0.0
	at := make([]float64, len(x))
	for i := range x[0] {
		used := false
		for _, j := range f.inputs {
			used = used || i == j
		}
		if used {
			continue
		}
		for r := range x {
			at[r] = x[r][i]
		}
		if c := math.Abs(correlation(at, f.left)); c > most { // not where the input does not vary: then it is NaN
			best, most = i, c
		}
	}
	return best
}
