package design

import (
	"fmt"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distmv"
	"gonum.org/v1/gonum/stat/samplemv"
)

// MostHalton is the most columns of a Halton design: one for each prime number of its library.
const MostHalton = 1000

// LatinHypercube returns n points that put one point into each of n equal slices of every column. A larger design does not
// begin with the smaller one.
//
// Source: M. D. McKay, R. J. Beckman and W. J. Conover, Technometrics 21 (1979) 239–245.
func LatinHypercube(n, columns int, seed uint64) [][]float64 {
	cube := distmv.NewUnitUniform(columns, nil)
	return sampled(n, columns, samplemv.LatinHypercube{Q: cube, Src: newSource(seed, "latin hypercube")})
}

// Halton returns the first n points of a Halton sequence with randomly permuted digits. It panics above MostHalton columns.
//
// Source: A. B. Owen, "A randomized Halton algorithm in R", arXiv:1706.02808 (2017).
func Halton(n, columns int, seed uint64) [][]float64 {
	if columns > MostHalton {
		panic(fmt.Sprintf("design: a Halton sequence of %d columns, of at most %d", columns, MostHalton))
	}
	cube := distmv.NewUnitUniform(columns, nil)
	return sampled(n, columns, samplemv.Halton{Kind: samplemv.Owen, Q: cube, Src: newSource(seed, "halton")})
}

// sampled returns the points that a sampler of gonum gives.
func sampled(n, columns int, from samplemv.Sampler) [][]float64 {
	if n == 0 {
		return nil
	}
	batch := mat.NewDense(n, columns, nil)
	from.Sample(batch)
	points := rows(n, columns)
	for r := range points {
		for c := range points[r] {
			points[r][c] = open(batch.At(r, c))
		}
	}
	return points
}
