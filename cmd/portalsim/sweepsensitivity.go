package main

import (
	"bufio"
	"fmt"
	"math"
	"slices"
	"text/tabwriter"

	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// sensitivity gathers the outputs of a design that can be taken apart by factor: of each measure of interest in each
// arm, the replications at every point.
type sensitivity struct {
	w       *sweep
	design  experiment.Sensitivity
	blocks  []sweepBlock
	outputs [][][]float64 // by block and point, NaN where unknown
}

// analysed are the kinds of design that sensitivity takes apart.
var analysed = []string{"saltelli", "morris", "one-at-a-time", "latin-hypercube", "halton", "sobol"}

// newSensitivity returns nil for designs that say nothing by factor. Where points differ in replications, it takes those of
// the first look, which all have.
func newSensitivity(w *sweep, blocks []sweepBlock) *sensitivity {
	if !slices.Contains(analysed, w.study.Kind) {
		return nil
	}
	chance := random.New(w.seed, 0, "sensitivity")
	s := &sensitivity{w: w, blocks: blocks, outputs: make([][][]float64, len(blocks))}
	s.design = experiment.Sensitivity{
		Kind: w.study.Kind, Factors: w.study.Dimensions(), Cube: w.study.Cube(), Second: w.study.File.Design.SecondOrder,
		Resampling: stats.Resampling{Resamples: 1000, Confidence: 0.95, U: chance.U},
	}
	switch w.study.Kind {
	case "morris":
		s.design.Step = w.study.MorrisStep()
	case "one-at-a-time":
		s.design.Ends = w.study.Ends()
	}
	return s
}

// add keeps a point's outputs; c is nil for a point that failed.
func (s *sensitivity) add(c *experiment.Collection) {
	for i, b := range s.blocks {
		s.outputs[i] = append(s.outputs[i], s.output(b, c))
	}
}

// output returns the replications of an output at a point.
func (s *sensitivity) output(b sweepBlock, c *experiment.Collection) []float64 {
	unknown := make([]float64, s.w.firstLook())
	for r := range unknown {
		unknown[r] = math.NaN()
	}
	in := s.w.interest[b.measure]
	switch {
	case c == nil || c.NeverSettles(0) || c.NeverSettles(b.arm):
		return unknown
	case b.arm == 0:
		if values := c.Values(0, in.Row); values != nil {
			return values[:len(unknown)]
		}
		return unknown
	}
	if values := c.InterestDifferences(b.arm, in); len(values) == c.Replications() {
		return values[:len(unknown)]
	}
	return unknown
}

// rows returns table sensitivity.
func (s *sensitivity) rows() []sim.SensitivityRow {
	var rows []sim.SensitivityRow
	for i, b := range s.blocks {
		in := s.w.interest[b.measure]
		like := sim.SensitivityRow{Arm: s.w.study.Standing[b.arm].Name, Measure: in.Row.Measure, Type: in.Row.Type, Channel: in.Row.Channel,
			Pool: in.Row.Pool, Role: in.Row.Role, Staff: in.Row.Staff, Unit: in.Row.Unit}
		if b.arm > 0 {
			like.Control, like.PairedBy = s.w.study.Standing[0].Name, experiment.ByReplication
			if in.ByContact {
				like.PairedBy = experiment.ByContact
			}
		}
		rows = append(rows, s.design.Rows(s.outputs[i], like)...)
	}
	return rows
}

// print prints the factors of each measure, the strongest first.
func (s *sensitivity) print(w *bufio.Writer, rows []sim.SensitivityRow) {
	for from := 0; from < len(rows); {
		to := from
		for to < len(rows) && rows[to].Measure == rows[from].Measure && rows[to].Arm == rows[from].Arm && rows[to].Type == rows[from].Type &&
			rows[to].Channel == rows[from].Channel && rows[to].PairedBy == rows[from].PairedBy && rows[to].Pool == rows[from].Pool && rows[to].Role == rows[from].Role {
			to++
		}
		s.printBlock(w, slices.Clone(rows[from:to]))
		from = to
	}
}

// mostFactors is how many factors the screen shows; the table has all.
const mostFactors = 12

func (s *sensitivity) printBlock(w *bufio.Writer, rows []sim.SensitivityRow) {
	rows = slices.DeleteFunc(rows, func(r sim.SensitivityRow) bool { return r.With != "" })
	slices.SortStableFunc(rows, func(a, b sim.SensitivityRow) int {
		_, x := sensitivityCells(&a)
		_, y := sensitivityCells(&b)
		switch {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	first := &rows[0]
	name := (&sim.MeasureRow{Measure: first.Measure, Type: first.Type, Channel: first.Channel, Pool: first.Pool, Role: first.Role, Staff: first.Staff}).Name()
	what := s.w.called(first.Arm)
	if first.Control != "" {
		what += " against " + s.w.called(first.Control)
	}
	fmt.Fprintf(w, "\nWhat drives %s, %s\n", name, what)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "  factor\t%s\n", sensitivityHeads[first.Method])
	names := shortest(s.design.Factors)
	for i := range rows[:min(len(rows), mostFactors)] {
		cells, _ := sensitivityCells(&rows[i])
		fmt.Fprintf(t, "  %s\t%s\n", names[slices.Index(s.design.Factors, rows[i].Factor)], cells)
	}
	t.Flush()
	if first.Noise != nil && first.Method == "sobol" {
		fmt.Fprintf(w, "  simulation noise makes %.1f %% of the variance over points; the clean indices are without it\n", 100**first.Noise)
	}
	if first.Note != "" {
		fmt.Fprintf(w, "  note: %s\n", first.Note)
	}
}

// sensitivityHeads are the headings of sensitivityCells, by method.
var sensitivityHeads = map[string]string{ // looked up, never walked
	"sobol": "S1\tST\tS1 clean\tST clean", "morris": "mu\tmu_star\tsigma\tmu_star clean",
	"one-at-a-time": "at its low\tat its high\twidth", "rank correlation": "partial rank correlation\tp (Holm)",
}

// sensitivityCells writes what the screen shows of a row, and the number that it is ordered by.
func sensitivityCells(r *sim.SensitivityRow) (cells string, order float64) {
	value := func(x *float64) string {
		if x == nil {
			return "unknown"
		}
		return number(*x)
	}
	with := func(x, half *float64) string {
		if x == nil {
			return "unknown"
		}
		if half == nil {
			return fmt.Sprintf("%.3f", *x)
		}
		return fmt.Sprintf("%.3f ±%.3f", *x, *half)
	}
	size := func(x *float64) float64 {
		if x == nil {
			return -1
		}
		return math.Abs(*x)
	}
	switch r.Method {
	case "sobol":
		return with(r.S1, r.S1Conf) + "\t" + with(r.ST, r.STConf) + "\t" + with(r.S1Clean, r.S1CleanConf) + "\t" + with(r.STClean, r.STCleanConf), size(r.ST)
	case "morris":
		return value(r.Mu) + "\t" + value(r.MuStar) + " ±" + value(r.MuStarConf) + "\t" + value(r.Sigma) + "\t" + value(r.MuStarClean), size(r.MuStar)
	case "one-at-a-time":
		end := func(x, low, high *float64) string {
			return fmt.Sprintf("%s [%s, %s]", value(x), value(low), value(high))
		}
		return end(r.Low, r.LowCI95Low, r.LowCI95High) + "\t" + end(r.High, r.HighCI95Low, r.HighCI95High) + "\t" + value(r.Width), size(r.Width)
	}
	return value(r.Partial) + "\t" + value(r.PHolm), size(r.Partial)
}
