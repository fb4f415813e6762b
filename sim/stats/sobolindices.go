package stats

import (
	"fmt"
	"math"
)

// SobolIndices say what share of the variance of an output each group of inputs makes.
type SobolIndices struct {
	Rows    int // rows of the design used
	LeftOut int // rows left out, since an output was unknown somewhere in them

	// First is the share that a group makes by itself, Total with all that it does together with others; Second (by two
	// groups i < j, nil unless asked for) what two do together beyond what each does alone. Simulation noise is in them.
	First, Total []Index
	Second       [][]Index

	// Variance is the variance of the outputs' means over the points, noise included; Noise the share of it that is
	// simulation noise, NaN with one replication. FirstClean and the others are the indices of the noiseless output,
	// unknown with one replication.
	Variance, Noise        float64
	FirstClean, TotalClean []Index
	SecondClean            [][]Index
}

// Sobol estimates Sobol' indices from the outputs of a Saltelli design with so many groups: outputs[p] holds the
// replications at point p, in the order of the design; all points have the same replications, those of a number with the
// same random numbers. NaN leaves its whole row out. It panics unless the outputs are whole rows.
//
// First and Total are the estimators of Saltelli et al. (2010), Second that of Saltelli (2002), of the mean over
// replications less its overall mean, as in SALib. Intervals come from resampling rows.
//
// All estimators are means of products of two outputs. Where both are means over the same replications, their noise makes
// part of the product. The clean indices take the product over different replications instead (noiseless), so that noise
// has no part in it, whether or not points share random numbers. Their intervals add, to the variance over resampled rows,
// that of leaving out each replication in turn (the jackknife), which needs three replications: with common random numbers
// rows are not independent given the inputs alone.
//
// Sources: I. M. Sobol', Mathematics and Computers in Simulation 55 (2001) 271–280; A. Saltelli, Computer Physics
// Communications 145 (2002) 280–297; A. Saltelli et al., Computer Physics Communications 181 (2010) 259–270; products over
// different replications: B. Efron and C. Stein, "The jackknife estimate of variance", Annals of Statistics 9 (1981)
// 586–596 (U-statistics, jackknife).
func Sobol(outputs [][]float64, groups int, second bool, s Resampling) SobolIndices {
	step := groups + 2
	if second {
		step += groups
	}
	if groups < 1 || len(outputs)%step != 0 {
		panic(fmt.Sprintf("stats: Sobol indices of %d groups from %d points, in rows of %d", groups, len(outputs), step))
	}
	d := &saltelli{groups: groups, step: step, second: second}
	left := d.keep(outputs)
	k := SobolIndices{Rows: len(d.outputs) / step, LeftOut: left, Variance: math.NaN(), Noise: math.NaN()}
	replications := 0
	if k.Rows > 0 {
		replications = len(d.outputs[0])
	}
	raw, variance := d.indices(d.products(productOfMeans), s, nil)
	clean, cleanVariance := d.unknown(), math.NaN()
	if replications > 1 {
		clean, cleanVariance = d.indices(d.products(noiseless), s, d.jackknife(replications))
		k.Noise = min(1, max(0, quotient(variance-cleanVariance, variance)))
	}
	k.Variance = variance
	k.First, k.Total, k.Second = d.split(raw)
	k.FirstClean, k.TotalClean, k.SecondClean = d.split(clean)
	return k
}

// saltelli is the outputs of a Saltelli design.
type saltelli struct {
	groups, step int
	second       bool
	outputs      [][]float64 // by point, then replication; each replication centred
}

// keep keeps the rows that are known everywhere, each replication less its mean over points, and returns how many it left.
func (d *saltelli) keep(outputs [][]float64) (left int) {
	for from := 0; from < len(outputs); from += d.step {
		row := outputs[from : from+d.step]
		known := true
		for _, values := range row {
			known = known && len(values) > 0 && len(values) == len(outputs[0]) && !math.IsNaN(sum(values))
		}
		if !known {
			left++
			continue
		}
		for _, values := range row {
			d.outputs = append(d.outputs, append([]float64(nil), values...))
		}
	}
	if d.outputs == nil {
		return left
	}
	for r := range d.outputs[0] {
		mean := 0.0
		for _, values := range d.outputs {
			mean += values[r] / float64(len(d.outputs))
		}
		for _, values := range d.outputs {
			values[r] -= mean
		}
	}
	return left
}

// productOfMeans returns the product of two means over replications.
func productOfMeans(a, b []float64) float64 {
	n := float64(len(a))
	return sum(a) / n * (sum(b) / n)
}

// products returns, for each row of the design, what the indices are made of; see index.
func (d *saltelli) products(product func(a, b []float64) float64) [][]float64 {
	var list [][]float64
	for from := 0; from < len(d.outputs); from += d.step {
		row := d.outputs[from : from+d.step]
		a, b := row[0], row[d.step-1]
		n := float64(len(a))
		terms := []float64{sum(a)/n + sum(b)/n, product(a, a) + product(b, b)}
		for g := range d.groups {
			change := differences(a, row[1+g])
			terms = append(terms, product(b, change), product(change, change)/2)
		}
		for i := range d.groups {
			for j := i + 1; d.second && j < d.groups; j++ {
				terms = append(terms, product(row[1+d.groups+i], row[1+j])-product(a, b))
			}
		}
		list = append(list, terms)
	}
	return list
}

// index returns first and total indices by group, then those of pairs, from the sums of products over n rows.
func (d *saltelli) index(sums []float64, n float64) (indices []float64, variance float64) {
	mean := sums[0] / (2 * n)
	variance = sums[1]/(2*n) - mean*mean
	share := func(i int) float64 {
		if variance <= 0 {
			return math.NaN()
		}
		return sums[i] / n / variance
	}
	for i := 2; i < 2+2*d.groups; i++ {
		indices = append(indices, share(i))
	}
	pair := 2 + 2*d.groups
	for i := range d.groups {
		for j := i + 1; d.second && j < d.groups; j++ {
			indices = append(indices, share(pair)-indices[2*i]-indices[2*j])
			pair++
		}
	}
	return indices, variance
}

// indices returns the indices with their intervals, from the products of each row.
func (d *saltelli) indices(products [][]float64, s Resampling, extra []float64) ([]Index, float64) {
	if len(products) == 0 {
		return d.unknown(), math.NaN()
	}
	n := float64(len(products))
	values, variance := d.index(d.weighted(products, nil), n)
	spread := make([][]float64, s.Resamples)
	s.times(len(products), func(b int, times []float64) { spread[b], _ = d.index(d.weighted(products, times), n) })
	return s.indexed(values, spread, extra), variance
}

// weighted adds the products of rows up, each so many times; nil for once.
func (d *saltelli) weighted(products [][]float64, times []float64) []float64 {
	sums := make([]float64, len(products[0]))
	for r, terms := range products {
		if times != nil && times[r] == 0 {
			continue
		}
		weight := 1.0
		if times != nil {
			weight = times[r]
		}
		for i, x := range terms {
			sums[i] += weight * x
		}
	}
	return sums
}

// jackknife returns the variance of the clean indices over replications, nil for fewer than three.
func (d *saltelli) jackknife(replications int) []float64 {
	if replications < 3 {
		return nil
	}
	var without [][]float64
	for left := range replications {
		product := func(a, b []float64) float64 { return noiseless(except(a, left), except(b, left)) }
		values, _ := d.index(d.weighted(d.products(product), nil), float64(len(d.outputs)/d.step))
		without = append(without, values)
	}
	return jackknifeVariances(without)
}

// except returns values without one.
func except(values []float64, left int) []float64 {
	return append(append(make([]float64, 0, len(values)-1), values[:left]...), values[left+1:]...)
}

// jackknifeVariances returns the variance of each estimate from its values with each observation left out in turn.
func jackknifeVariances(without [][]float64) []float64 {
	n := float64(len(without))
	variances := make([]float64, len(without[0]))
	column := make([]float64, len(without))
	for i := range variances {
		for r := range without {
			column[r] = without[r][i]
		}
		_, sd := meanSD(column)
		variances[i] = (n - 1) * (n - 1) / n * sd * sd
	}
	return variances
}

// unknown returns indices about which nothing is known.
func (d *saltelli) unknown() []Index {
	n := 2 * d.groups
	if d.second {
		n += d.groups * (d.groups - 1) / 2
	}
	list := make([]Index, n)
	for i := range list {
		list[i] = unknownIndex
	}
	return list
}

// split takes a list of indices apart.
func (d *saltelli) split(list []Index) (first, total []Index, second [][]Index) {
	for g := range d.groups {
		first, total = append(first, list[2*g]), append(total, list[2*g+1])
	}
	if !d.second {
		return first, total, nil
	}
	pair := 2 * d.groups
	for i := range d.groups {
		second = append(second, make([]Index, d.groups))
		for j := i + 1; j < d.groups; j++ {
			second[i][j] = list[pair]
			pair++
		}
	}
	return first, total, second
}
