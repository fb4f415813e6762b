package experiment

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"portalsim/sim"
)

func of(x float64) *float64 { return &x }

// madeUp is a replication with the values of two measures in each arm, and with pairs; NaN is unknown.
func madeUp(number int, arms []Arm, burden, backlog [][]float64, pairs [][]sim.PairRow) *Replication {
	r := &Replication{Number: number}
	for a := range arms {
		row := func(measure string, x float64) sim.MeasureRow {
			m := Of(measure)
			m.Unit = "min"
			if !math.IsNaN(x) {
				m.Value = of(x)
			} else {
				m.Note = "unknown: for a reason"
			}
			return m
		}
		r.Arms = append(r.Arms, &sim.Result{Rows: []sim.MeasureRow{
			row(sim.Headline[1], burden[a][number]), row("backlog_mean", backlog[a][number]),
		}})
		if a > 0 {
			r.Pairs = append(r.Pairs, pairs[a][number])
		}
	}
	return r
}

// pairedRow is a row of contacts that are portal threads in both arms.
func pairedRow(arm string, number int, n int64, control, inArm float64) sim.PairRow {
	return sim.PairRow{Control: "control", Arm: arm, Replication: int32(number), Type: sim.All, Fate: Paired, Contacts: n, ControlWait: of(control), ArmWait: of(inArm), Difference: of(inArm - control)}
}

// handMade is four replications of a control, two arms and a reference.
func handMade() (*Collection, [][]float64, [][]float64, [][]float64) {
	arms := []Arm{{Name: "control"}, {Name: "one"}, {Name: "two"}, {Name: "ceiling", Reference: true}}
	nan := math.NaN()
	burden := [][]float64{{100, 110, 95, 103}, {90, 101, 88, 90}, {99, 112, 90, 101}, {40, 45, 38, 41}}
	backlog := [][]float64{{5, nan, 7, 6}, {4, 5, nan, 6}, {nan, nan, nan, nan}, {0, 0, 0, 0}}
	waits := [][]float64{{20, 22, 19, 24}, {15, 18, 14, 20}, {20, 21, 19, 25}, {1, 1, 1, 1}}
	c := NewCollection(arms)
	for number := range 4 {
		pairs := make([][]sim.PairRow, len(arms))
		for a := 1; a < len(arms); a++ {
			pairs[a] = make([]sim.PairRow, 4)
			pairs[a][number] = pairedRow(arms[a].Name, number, int64(10+number), waits[0][number], waits[a][number])
		}
		c.Add(madeUp(number, arms, burden, backlog, pairs))
	}
	return c, burden, backlog, waits
}

// interval is the t-interval of a mean by the textbook.
func interval(values []float64, confidence float64) (mean, sd, low, high float64) {
	n := float64(len(values))
	for _, x := range values {
		mean += x / n
	}
	for _, x := range values {
		sd += (x - mean) * (x - mean) / (n - 1)
	}
	sd = math.Sqrt(sd)
	half := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Quantile(1-(1-confidence)/2) * sd / math.Sqrt(n)
	return mean, sd, mean - half, mean + half
}

// pValue is that of the paired t-test.
func pValue(values []float64) float64 {
	mean, sd, _, _ := interval(values, 0.95)
	n := float64(len(values))
	return 2 * distuv.StudentsT{Mu: 0, Sigma: 1, Nu: n - 1}.Survival(math.Abs(mean)/sd*math.Sqrt(n))
}

func expect(t *testing.T, what string, got *float64, want float64) {
	t.Helper()
	if got == nil || math.Abs(*got-want) > 1e-9*max(1, math.Abs(want)) {
		shown := "null"
		if got != nil {
			shown = fmt.Sprint(*got)
		}
		t.Errorf("%s is %s, want %v", what, shown, want)
	}
}

// TestSummaryByHand compares means, deviations and intervals with the textbook's.
func TestSummaryByHand(t *testing.T) {
	c, burden, _, _ := handMade()
	rows := c.Summary()
	if len(rows) != 8 {
		t.Fatalf("%d rows, want four arms × two measures", len(rows))
	}
	for a := range burden {
		row := rows[2*a]
		mean, sd, low, high := interval(burden[a], 0.95)
		if row.Arm != []string{"control", "one", "two", "ceiling"}[a] || row.Measure != sim.Headline[1] || row.Replications != 4 || row.Note != "" {
			t.Errorf("%+v", row)
		}
		expect(t, "mean", row.Mean, mean)
		expect(t, "sd", row.SD, sd)
		expect(t, "low", row.CI95Low, low)
		expect(t, "high", row.CI95High, high)
	}
	if row := rows[1]; row.Replications != 3 || row.Note != "unknown: for a reason (in 1 of 4 replications)" {
		t.Errorf("%+v", row)
	}
	expect(t, "mean of the known", rows[1].Mean, 6)
	if row := rows[5]; row.Replications != 0 || row.Mean != nil || row.SD != nil || row.CI95Low != nil || row.Note != "unknown: for a reason (in 4 of 4 replications)" {
		t.Errorf("%+v", row)
	}
}

// TestComparisonsByHand compares differences, simultaneous intervals over the family (two arms that are no reference,
// times two headline measures) and Holm's p-values with the textbook's.
func TestComparisonsByHand(t *testing.T) {
	c, burden, _, waits := handMade()
	rows := c.Comparisons()
	if len(rows) != 9 {
		t.Fatalf("%d rows, want three arms × (one by contact and two by replication)", len(rows))
	}
	var family []float64
	for a := 1; a <= 2; a++ {
		family = append(family, pValue(minus(waits[a], waits[0])), pValue(minus(burden[a], burden[0])))
	}
	for a := 1; a <= 3; a++ {
		for i, series := range [][][]float64{waits, burden} {
			row := rows[3*(a-1)+i]
			difference, _, low, high := interval(minus(series[a], series[0]), 0.95)
			controlMean, controlSD, _, _ := interval(series[0], 0.95)
			armMean, armSD, _, _ := interval(series[a], 0.95)
			_, sd, _, _ := interval(minus(series[a], series[0]), 0.95)
			if row.Measure != sim.Headline[i] || row.PairedBy != []string{ByContact, ByReplication}[i] || row.Control != "control" || row.Replications != 4 {
				t.Errorf("%+v", row)
			}
			expect(t, "control's mean", row.ControlMean, controlMean)
			expect(t, "arm's mean", row.Mean, armMean)
			expect(t, "difference", row.Difference, difference)
			expect(t, "low", row.CI95Low, low)
			expect(t, "high", row.CI95High, high)
			expect(t, "relative change", row.RelativeChange, difference/controlMean)
			if sd > 0 {
				expect(t, "variance ratio", row.VarianceRatio, (controlSD*controlSD+armSD*armSD)/sd/sd)
			}
			if a == 3 {
				if row.SimultaneousLow != nil || row.PHolm != nil {
					t.Errorf("the reference is in the family: %+v", row)
				}
				continue
			}
			_, _, low, high = interval(minus(series[a], series[0]), 1-0.05/4)
			expect(t, "simultaneous low", row.SimultaneousLow, low)
			expect(t, "simultaneous high", row.SimultaneousHigh, high)
			expect(t, "Holm's p", row.PHolm, holm(family, 2*(a-1)+i))
		}
	}
	backlog := rows[2]
	if backlog.Measure != "backlog_mean" || backlog.Replications != 2 || backlog.SimultaneousLow != nil {
		t.Errorf("%+v", backlog)
	}
	expect(t, "difference where both are known", backlog.Difference, -0.5)
	if none := rows[5]; none.Replications != 0 || none.Difference != nil || none.CI95Low != nil {
		t.Errorf("%+v", none)
	}
}

// holm is the adjusted p-value by the definition: the largest, over the values up to this one, of the number left times
// the value, at most 1.
func holm(p []float64, of int) float64 {
	adjusted := 0.
	for i, x := range p {
		if x > p[of] {
			continue
		}
		left := 0
		for j, y := range p {
			if y > x || y == x && j >= i {
				left++
			}
		}
		adjusted = max(adjusted, float64(left)*x)
	}
	return min(1, adjusted)
}

// TestHeadlinesAgreeWithComparisons: what the screen shows is what the table holds, and the ceiling's share is that of
// the savings.
func TestHeadlinesAgreeWithComparisons(t *testing.T) {
	c, burden, _, _ := handMade()
	rows := c.Comparisons()
	for a := 1; a <= 2; a++ {
		for i, h := range c.Headlines(a, 3, 0.95) {
			row := rows[3*(a-1)+i]
			expect(t, "difference", &h.Change.Mean, *row.Difference)
			expect(t, "low", &h.Change.Simulation.Low, *row.CI95Low)
			expect(t, "simultaneous low", &h.Simultaneous.Low, *row.SimultaneousLow)
			expect(t, "simultaneous high", &h.Simultaneous.High, *row.SimultaneousHigh)
			expect(t, "relative", &h.Relative.Estimate, *row.RelativeChange)
			if i == 1 {
				saved, most := 0., 0.
				for r := range 4 {
					saved, most = saved+burden[0][r]-burden[a][r], most+burden[0][r]-burden[3][r]
				}
				expect(t, "share of the ceiling", &h.Ceiling.Estimate, saved/most)
			} else if !math.IsNaN(h.Ceiling.Estimate) {
				t.Error("the wait has a ceiling")
			}
		}
	}
}

// TestFateByHand: numbers are means over replications, waits are means over contacts.
func TestFateByHand(t *testing.T) {
	c := NewCollection([]Arm{{Name: "control"}, {Name: "one"}})
	for number, n := range []int64{10, 0, 20} {
		moved := sim.PairRow{Arm: "one", Type: sim.All, Fate: Moved, Contacts: n}
		if n > 0 {
			moved.ControlWait, moved.ArmWait = of(float64(number+1)), of(float64(n))
		}
		gone := sim.PairRow{Arm: "one", Type: sim.All, Fate: Unexpressed, Contacts: 4, ControlWait: of(8)}
		ofType := sim.PairRow{Arm: "one", Type: "refill", Fate: Moved, Contacts: 999, ControlWait: of(999), ArmWait: of(999)}
		c.Add(&Replication{Number: number, Arms: []*sim.Result{{Rows: []sim.MeasureRow{Of("contacts_n")}}, {Rows: []sim.MeasureRow{Of("contacts_n")}}}, Pairs: []sim.PairRow{moved, gone, ofType}})
	}
	moved := c.Fate(1, Moved)
	expect(t, "moved", &moved.Contacts, 10)
	expect(t, "wait in the control", &moved.ControlWait, (10*1.+20*3)/30)
	expect(t, "wait in the arm", &moved.ArmWait, (10*10.+20*20)/30)
	gone := c.Fate(1, Unexpressed)
	expect(t, "unexpressed", &gone.Contacts, 4)
	expect(t, "their wait", &gone.ControlWait, 8)
	if !math.IsNaN(gone.ArmWait) {
		t.Errorf("what is no thread in the arm waits %v there", gone.ArmWait)
	}
}

// TestArmsOfDifferentStaff: an arm without clinicians has no burden; it is compared by what both have, and left unknown
// elsewhere.
func TestArmsOfDifferentStaff(t *testing.T) {
	without := clinic()
	without.Staff[0].Clinician = false
	for i, list := range [][]Arm{
		{{Name: "control", Scenario: clinic()}, {Name: "no clinicians", Scenario: without}}, {{Name: "no clinicians", Scenario: without}, {Name: "with", Scenario: clinic()}},
		{{Name: "control", Scenario: clinic()}, {Name: "with", Scenario: clinic()}, {Name: "ceiling without", Scenario: without, Reference: true}},
	} {
		c := NewCollection(list)
		if err := Run(context.Background(), list, 1, 0, 3, 1, Options{}, func(r *Replication) error { c.Add(r); return nil }); err != nil {
			t.Fatal(err)
		}
		func() {
			defer func() {
				if cause := recover(); cause != nil {
					t.Errorf("%d arms, %s against %s: %v", len(list), list[1].Name, list[0].Name, cause)
				}
			}()
			c.Comparisons()
			c.Precise(0.1)
			c.Headlines(1, len(list)-1, 0.95)
			c.Difference(1, Of(sim.Headline[1]), 0.95)
			familyAgrees(t, c, []int{1, 1, 2}[i])
		}()
	}
}

// familyAgrees fails unless the simultaneous intervals of Headlines hold over as many differences as those of the table, and are the same.
func familyAgrees(t *testing.T, c *Collection, want int) {
	t.Helper()
	headlines := c.Headlines(1, -1, 0.95)
	family := 0
	for _, row := range c.Comparisons() {
		if row.SimultaneousLow == nil {
			continue
		}
		family++
		h := &headlines[slices.Index(sim.Headline, row.Measure)]
		expect(t, "simultaneous low of "+row.Measure, &h.Simultaneous.Low, *row.SimultaneousLow)
		expect(t, "simultaneous high of "+row.Measure, &h.Simultaneous.High, *row.SimultaneousHigh)
	}
	if family != want || c.HeadlineFamily() != want {
		t.Errorf("a family of %d in the table and of %d elsewhere, want %d", family, c.HeadlineFamily(), want)
	}
}

// TestStages: looks come at 20 replications, then half as many again each time.
func TestStages(t *testing.T) {
	have := 0
	for _, want := range []int{20, 30, 45, 68, 102} {
		if have = Stage(have); have != want {
			t.Errorf("%d replications, want %d", have, want)
		}
	}
}
