package stats

import (
	"fmt"
	"math"
	"slices"
)

// Selection finds which of several arms has the largest mean, one replication at a time, and drops arms as soon as they
// cannot be it: procedure KN. With at least the confidence given it finds the best, if the best is better than each other by
// the indifference at least; if not, one within the indifference of it. The promise is exact for normal outputs, and holds
// with common random numbers, which make it quicker: only variances of differences count.
//
// Feed it with Observe, one replication after the other, until Done. What it says depends on the order of replications
// only, not on how many were run at once.
//
// Source: S.-H. Kim and B. L. Nelson, "A fully sequential procedure for indifference-zone selection in simulation", ACM
// Transactions on Modeling and Computer Simulation 11 (2001) 251–273, with c = 1.
type Selection struct {
	first        int     // replications before any arm is dropped
	indifference float64 // in the unit of the output
	eta          float64 // the constant of the bound on false drops

	values  [][]float64 // by arm: the first replications, and nothing after them
	sums    []float64   // by arm
	spread  [][]float64 // by pairs of arms: variance of the difference over the first replications
	dropped []int       // by arm: the replication count at which it was dropped; 0 for not
	n       int         // replications observed
}

// NewSelection returns a selection among so many arms that looks after the first replications, at least two (20 is good).
// It panics unless there are two arms, the indifference is above 0 and 1/arms < confidence < 1.
func NewSelection(arms, first int, indifference, confidence float64) *Selection {
	if arms < 2 || first < 2 || !(indifference > 0) || !(confidence > 1/float64(arms) && confidence < 1) {
		panic(fmt.Sprintf("stats: selection of %d arms after %d replications with indifference %v at confidence %v", arms, first, indifference, confidence))
	}
	wrong := (1 - confidence) / float64(arms-1)
	return &Selection{
		first: first, indifference: indifference, eta: (math.Pow(2*wrong, -2/float64(first-1)) - 1) / 2,
		values: make([][]float64, arms), sums: make([]float64, arms), dropped: make([]int, arms),
	}
}

// Observe adds one replication: an output for each arm, of which those of dropped arms are not looked at. It panics where
// the output of another is unknown: drop such an arm first.
func (s *Selection) Observe(outputs []float64) {
	if len(outputs) != len(s.values) {
		panic(fmt.Sprintf("stats: %d outputs of %d arms", len(outputs), len(s.values)))
	}
	if s.Done() {
		return
	}
	s.n++
	for _, i := range s.Left() {
		if math.IsNaN(outputs[i]) || math.IsInf(outputs[i], 0) {
			panic(fmt.Sprintf("stats: output %v of arm %d in replication %d", outputs[i], i, s.n))
		}
		s.sums[i] += outputs[i]
		if s.n <= s.first {
			s.values[i] = append(s.values[i], outputs[i])
		}
	}
	if s.n < s.first {
		return
	}
	if s.spread == nil {
		s.measureSpread()
	}
	s.screen()
}

// measureSpread takes the variances of differences from the first replications.
func (s *Selection) measureSpread() {
	for i := range s.values {
		s.spread = append(s.spread, make([]float64, len(s.values)))
		for j := range i {
			if s.dropped[i] == 0 && s.dropped[j] == 0 {
				_, sd := meanSD(differences(s.values[i], s.values[j]))
				s.spread[i][j], s.spread[j][i] = sd*sd, sd*sd
			}
		}
	}
}

// screen drops the arms whose mean lies too far below another's.
func (s *Selection) screen() {
	left := s.Left()
	for _, i := range left {
		for _, j := range left {
			if s.sums[i] < s.sums[j]-s.allowed(i, j) {
				s.dropped[i] = s.n
				break
			}
		}
	}
}

// allowed returns how far the sum of an arm may lie below that of another: less with every replication, and then nothing.
func (s *Selection) allowed(i, j int) float64 {
	h := 2 * s.eta * float64(s.first-1)
	return max(0, h*s.spread[i][j]/(2*s.indifference)-s.indifference*float64(s.n)/2)
}

// Drop takes an arm out of the selection, such as one that never settles. The promise is then about the others.
func (s *Selection) Drop(arm int) {
	if s.dropped[arm] == 0 {
		s.dropped[arm] = max(1, s.n)
	}
}

// Left returns the arms that may still be the best, in order.
func (s *Selection) Left() []int {
	var left []int
	for i, at := range s.dropped {
		if at == 0 {
			left = append(left, i)
		}
	}
	return left
}

// DroppedAt returns after how many replications an arm was dropped, 0 for one that was not.
func (s *Selection) DroppedAt(arm int) int { return s.dropped[arm] }

// Replications returns how many replications were observed.
func (s *Selection) Replications() int { return s.n }

// Done tells whether one arm is left, or several so alike that no replication can part them.
func (s *Selection) Done() bool {
	left := s.Left()
	if len(left) < 2 {
		return true
	}
	return s.spread != nil && s.n > s.Most()
}

// Most returns how many replications may be needed in all for the arms that are left; 0 before the first have been seen.
func (s *Selection) Most() int {
	if s.spread == nil {
		return 0
	}
	most := s.first
	left := s.Left()
	for _, i := range left {
		for _, j := range left {
			h := 2 * s.eta * float64(s.first-1)
			most = max(most, int(h*s.spread[i][j]/(s.indifference*s.indifference))+1)
		}
	}
	return most
}

// Best returns the arm with the largest mean among those left, the first of equals; -1 where none is left.
func (s *Selection) Best() int {
	left := s.Left()
	if len(left) == 0 {
		return -1
	}
	return slices.MaxFunc(left, func(a, b int) int {
		switch {
		case s.sums[a] < s.sums[b]:
			return -1
		case s.sums[a] > s.sums[b]:
			return 1
		}
		return b - a
	})
}
