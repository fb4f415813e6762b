package experiment

import (
	"math"
	"slices"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Selection is which of several arms is the best by one measure, as far as the replications say.
type Selection struct {
	Arms   []int // those to choose from
	Best   int   // among all arms; -1 where none settles
	Left   []int // among all arms: those that may still be the best
	Done   bool
	After  int    // replications that it took, or so far
	Most   int    // replications that may be needed in all; 0 before the first look
	Fell   []int  // by arm of Arms: after how many replications it was dropped; 0 for not
	Absent []bool // by arm of Arms: dropped since it never settles, or its measure is unknown somewhere
}

// Select chooses among arms by procedure KN (stats.Selection) on the measure, of which less is better unless higher. It
// looks first after the replications of the first stage, or all if there are fewer. The same replications give the same answer, however
// many there are beyond those that it takes.
func (c *Collection) Select(row sim.MeasureRow, higher bool, arms []int, indifference, confidence float64) Selection {
	values := make([][]float64, len(arms))
	for i, a := range arms {
		values[i] = c.Chosen(a, row)
	}
	s := Choose(values, higher, indifference, confidence)
	s.Arms = arms
	for i := range s.Left {
		s.Left[i] = arms[s.Left[i]]
	}
	if s.Best >= 0 {
		s.Best = arms[s.Best]
	}
	return s
}

// Chosen returns a measure's values by replication for Choose: nil where the arm never settles, or a value is unknown.
func (c *Collection) Chosen(arm int, row sim.MeasureRow) []float64 {
	values := c.Values(arm, row)
	if c.NeverSettles(arm) || !finite(values) {
		return nil
	}
	return values
}

// Choose is Select among values by arm and replication; nil for an arm that is absent. An arm that was dropped needs no
// more values: it goes on as long as those that are left have them.
func Choose(values [][]float64, higher bool, indifference, confidence float64) Selection {
	n, first := len(values), Stage(0)
	for _, of := range values {
		if of != nil {
			first = max(2, min(first, len(of)))
		}
	}
	kn := stats.NewSelection(n, first, indifference, confidence)
	s := Selection{Best: -1, Fell: make([]int, n), Absent: make([]bool, n)}
	for i := range values {
		s.Arms = append(s.Arms, i)
		if values[i] == nil {
			s.Absent[i] = true
			kn.Drop(i)
		}
	}
	for r := 0; !kn.Done(); r++ {
		outputs, left := make([]float64, n), kn.Left()
		if slices.ContainsFunc(left, func(i int) bool { return r >= len(values[i]) }) {
			break
		}
		for _, i := range left {
			if outputs[i] = -values[i][r]; higher {
				outputs[i] = values[i][r]
			}
		}
		kn.Observe(outputs)
	}
	s.Best, s.Left = kn.Best(), kn.Left()
	for i := range values {
		if !s.Absent[i] {
			s.Fell[i] = kn.DroppedAt(i)
		}
	}
	s.Done, s.After, s.Most = kn.Done(), kn.Replications(), kn.Most()
	return s
}

// finite tells whether every value is known.
func finite(values []float64) bool {
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// Front tells which arms no other arm betters by all of some measures, and in what share of resampled replications each is
// on that front. Arms that never settle are not on it, nor are those of which a measure is unknown somewhere.
func (c *Collection) Front(rows []sim.MeasureRow, higher []bool, arms []int, s stats.Resampling) (front []bool, shares []float64) {
	options := make([][][]float64, len(arms))
	for i, a := range arms {
		options[i] = c.Option(a, rows, higher)
	}
	return Front(options, s)
}

// Option returns an arm's measures by replication for Front: nil where the arm never settles, or a value is unknown.
func (c *Collection) Option(arm int, rows []sim.MeasureRow, higher []bool) (option [][]float64) {
	for m, row := range rows {
		values := c.Chosen(arm, row)
		if values == nil {
			return nil
		}
		if higher[m] {
			values = minus(make([]float64, len(values)), values)
		}
		option = append(option, values)
	}
	return option
}

// Front is Collection.Front among measures by option and replication, of which less is better; nil for an option that is
// absent.
func Front(options [][][]float64, s stats.Resampling) (front []bool, shares []float64) {
	front, shares = make([]bool, len(options)), make([]float64, len(options))
	var values [][][]float64
	var means [][]float64
	var place []int
	for i, option := range options {
		if option == nil {
			continue
		}
		mean := make([]float64, len(option))
		for m := range option {
			mean[m], _, _ = stats.MeanInterval(option[m], 0.95)
		}
		values, means, place = append(values, option), append(means, mean), append(place, i)
	}
	on, share := stats.ParetoFront(means), stats.FrontShares(values, s)
	for n, i := range place {
		front[i], shares[i] = on[n], share[n]
	}
	return front, shares
}
