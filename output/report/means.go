package report

import (
	"math"
	"slices"
)

// means averages values by key over the replications. Keys keep the order in which they were met.
type means[K comparable] struct {
	keys  []K
	place map[K]int // looked up, never walked
	sums  []float64
	n     []int
}

func newMeans[K comparable]() *means[K] { return &means[K]{place: map[K]int{}} }

func (m *means[K]) add(key K, value float64) {
	i, ok := m.place[key]
	if !ok {
		i = len(m.keys)
		m.place[key] = i
		m.keys, m.sums, m.n = append(m.keys, key), append(m.sums, 0), append(m.n, 0)
	}
	m.sums[i] += value
	m.n[i]++
}

// of returns the mean of a key's values, or NaN where there are none.
func (m *means[K]) of(key K) float64 {
	if i, ok := m.place[key]; ok {
		return m.sums[i] / float64(m.n[i])
	}
	return math.NaN()
}

// sum returns the sum of a key's values: 0 where there are none.
func (m *means[K]) sum(key K) float64 {
	if i, ok := m.place[key]; ok {
		return m.sums[i]
	}
	return 0
}

func orNaN(x *float64) float64 {
	if x == nil {
		return math.NaN()
	}
	return *x
}

// meanOf returns the mean of the values that are known.
func meanOf(values []float64) float64 {
	sum, n := 0.0, 0
	for _, x := range values {
		if !math.IsNaN(x) {
			sum += x
			n++
		}
	}
	return sum / float64(n)
}

// quantile returns a quantile of values, which it sorts: linear interpolation between order statistics, as in the tables
// (Hyndman and Fan 1996, definition 7).
func quantile(values []float64, p float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	slices.Sort(values)
	at := p * float64(len(values)-1)
	below := int(at)
	if below+1 >= len(values) {
		return values[len(values)-1]
	}
	return values[below] + (at-float64(below))*(values[below+1]-values[below])
}
