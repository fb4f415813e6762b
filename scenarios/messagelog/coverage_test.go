package messagelog

import (
	"fmt"
	"testing"
)

func TestTry(t *testing.T) {
	arm := known(t)
	log := simulated(t, arm, 1)
	f := fitted(t, arm, log, 700, func(o *Options) { o.WorkedThrough = true })
	fmt.Println(f.Overlay())
	want := truths(arm)
	hits := map[string]int{}
	bias := map[string]float64{}
	const reps = 1000
	for seed := range reps {
		f := fitted(t, arm, simulated(t, arm, uint64(seed+1)), 700, func(o *Options) { o.WorkedThrough = true })
		for _, e := range f.Estimates {
			x, ok := want[e.Dotted()]
			if ok && e.Interval.Contains(x) {
				hits[e.Dotted()]++
			}
			bias[e.Dotted()] += (e.Value/x - 1) / reps
		}
	}
	for _, e := range f.Estimates {
		fmt.Printf("%-50s %.3f  bias %+.4f\n", e.Dotted(), float64(hits[e.Dotted()])/reps, bias[e.Dotted()])
	}
}
