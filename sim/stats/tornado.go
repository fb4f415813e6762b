package stats

import (
	"fmt"
	"math"
)

// Swing is what one group of inputs does to an output by itself: at its low end and at its high end, each against the
// middle, by replication.
type Swing struct {
	Low, High Paired  // against the middle
	Width     float64 // the larger less the smaller of the means at low, middle and high
}

// Tornado returns the swing of each group from the outputs of a one-at-a-time design: the middle, then the low and the high
// end of every group. outputs[p] holds the replications at point p; those of a number share their random numbers, so
// intervals are of paired differences. It panics unless there are 1 + 2 groups points.
func Tornado(outputs [][]float64, groups int, confidence float64) []Swing {
	if len(outputs) != 1+2*groups {
		panic(fmt.Sprintf("stats: a tornado of %d groups from %d points", groups, len(outputs)))
	}
	list := make([]Swing, groups)
	for g := range list {
		low, high := outputs[1+2*g], outputs[2+2*g]
		s := Swing{Low: PairedInterval(outputs[0], low, confidence), High: PairedInterval(outputs[0], high, confidence)}
		s.Width = max(0, s.Low.Difference, s.High.Difference) - min(0, s.Low.Difference, s.High.Difference)
		if math.IsNaN(s.Low.Difference + s.High.Difference) {
			s.Width = math.NaN()
		}
		list[g] = s
	}
	return list
}
