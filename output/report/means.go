package report

import "math"

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
