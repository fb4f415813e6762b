package main

import (
	"fmt"
	"io"
	"strings"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// sweepFront finds which choices, of arms and levers, no other betters; nil where the study has no front.
type sweepFront struct {
	w      *sweep
	rows   []sim.MeasureRow
	higher []bool
	values [][][]float64 // by point and arm, then measure and replication; nil where absent
	fewest int           // replications that all points have

	on     []bool // by choice and arm
	shares []float64
}

func newSweepFront(w *sweep) *sweepFront {
	measures, _ := w.study.Front()
	if measures == nil {
		return nil
	}
	f := &sweepFront{w: w, fewest: w.study.Replications()}
	for _, m := range measures {
		f.rows, f.higher = append(f.rows, w.interest[m].Row), append(f.higher, w.study.Interest[m].Better == sim.Higher)
	}
	return f
}

// add keeps a point's values; c is nil for a point that failed.
func (f *sweepFront) add(c *experiment.Collection) {
	for a := range f.w.study.Standing {
		if c == nil {
			f.values = append(f.values, nil)
			continue
		}
		f.fewest = min(f.fewest, c.Replications())
		f.values = append(f.values, c.Option(a, f.rows, f.higher))
	}
}

// find finds the front among choices, each taken over its points.
func (f *sweepFront) find() {
	_, choices := f.w.study.Front()
	arms := len(f.w.study.Standing)
	points := map[int]float64{} // by choice; looked up, never walked
	for _, choice := range choices {
		points[choice]++
	}
	options := make([][][]float64, len(points)*arms)
	absent := make([]bool, len(options))
	for i, values := range f.values {
		option := choices[i/arms]*arms + i%arms
		if values == nil {
			absent[option] = true
			continue
		}
		if options[option] == nil {
			for range f.rows {
				options[option] = append(options[option], make([]float64, f.fewest))
			}
		}
		for m := range f.rows {
			for r := range f.fewest {
				options[option][m][r] += values[m][r] / points[choices[i/arms]]
			}
		}
	}
	for i := range options {
		if absent[i] { // an arm never settles at a point of the choice, or the point failed
			options[i] = nil
		}
	}
	f.on, f.shares = experiment.Front(options, resampling(f.w.seed, "front", 1000))
}

// of returns what became of an arm at a point.
func (f *sweepFront) of(p, arm int) (on *bool, share *float64) {
	_, choices := f.w.study.Front()
	option := choices[p]*len(f.w.study.Standing) + arm
	return &f.on[option], &f.shares[option]
}

// print lists the front.
func (f *sweepFront) print(w io.Writer) {
	_, choices := f.w.study.Front()
	var list []string
	seen := map[int]bool{} // looked up, never walked
	for p, choice := range choices {
		for a, arm := range f.w.study.Standing {
			option := choice*len(f.w.study.Standing) + a
			if f.on[option] && !seen[option] {
				seen[option] = true
				list = append(list, fmt.Sprintf("%s at %s (%.0f %%)", arm.Label, f.w.study.ID(p), 100*f.shares[option]))
			}
		}
	}
	fmt.Fprintf(w, "\nBettered by no other of %d choices in all of %s (share of resampled replications)\n  %s\n", len(f.on), strings.ReplaceAll(f.w.study.FrontNames(), " ", ", "), someOf(list, ", "))
	if len(f.values) > len(f.on) {
		fmt.Fprintf(w, "  each choice of arm and levers over %d points of what is uncertain, all counted alike; named by its first\n", len(f.values)/len(f.on))
	}
}
