package stats

import (
	"math"
	"slices"
	"testing"
)

// Worked by hand: three draws of two replications. Means 2, 6, 10, grand mean 6; squares within 2, 2, 2, so their
// variances are 2, 2, 2 and Within² = 2; the means have variance 16, so Between² = 16 − 2/2 = 15.
func TestRandomEffectsByHand(t *testing.T) {
	n := RandomEffects([]float64{1, 3, 5, 7, 9, 11}, 2, 0.95)
	if n.Draws != 3 || n.Replications != 2 || n.Mean != 6 {
		t.Errorf("got %+v", n)
	}
	if math.Abs(n.Within-math.Sqrt2) > 1e-12 || math.Abs(n.Between-math.Sqrt(15)) > 1e-12 {
		t.Errorf("within %v, between %v; by hand √2 and √15", n.Within, n.Between)
	}
	if got := n.InputShare(); math.Abs(got-15.0/17) > 1e-12 {
		t.Errorf("inputs' share %v, by hand 15/17", got)
	}
	// Quartiles of the means 4 and 8, so their typical spread is 4/1.34898; variances all 2, and 2/0.454936 typical.
	factor := math.Sqrt(1 - 2/0.45493642311957283/2/math.Pow(4/1.3489795003921636, 2))
	if want := []float64{6 - 4*factor, 6, 6 + 4*factor}; slices.ContainsFunc([]int{0, 1, 2}, func(i int) bool { return math.Abs(n.Shrunken[i]-want[i]) > 1e-9 }) {
		t.Errorf("drawn in to %v, by hand %v", n.Shrunken, want)
	}
	half := 3.182446305284263 * math.Sqrt(2.0/6) // t(3) at 97.5 %
	if math.Abs(n.Simulation.HalfWidth()-half) > 1e-9 {
		t.Errorf("simulation half-width %v, by hand %v", n.Simulation.HalfWidth(), half)
	}
	if n.ShareBelow(6) != 0.5 || n.ShareBelow(7) != 2.0/3 {
		t.Errorf("shares below 6 and 7 are %v and %v", n.ShareBelow(6), n.ShareBelow(7))
	}
}

// Equal values, one draw, one replication: what is not known is NaN, and what is known is right.
func TestRandomEffectsAtTheEdges(t *testing.T) {
	equal := RandomEffects([]float64{0, 0, 0, 0}, 2, 0.95)
	if equal.Between != 0 || equal.Uncertainty != (Interval{0, 0}) || equal.ShareBelow(0) != 0.5 {
		t.Errorf("equal values give %+v", equal)
	}
	if one := RandomEffects([]float64{1, 2}, 2, 0.95); !math.IsNaN(one.Uncertainty.Low) || one.Mean != 1.5 {
		t.Errorf("one draw gives %+v", one)
	}
	if single := RandomEffects([]float64{1, 2, 3}, 1, 0.95); !math.IsNaN(single.Within) || !math.IsNaN(single.Uncertainty.Low) {
		t.Errorf("one replication a draw gives %+v", single)
	}
	noise := RandomEffects([]float64{0, 10, 11, 0, 1, 8, 0, 12}, 2, 0.95) // means 5, 5.5, 4.5, 6
	if !noise.Indistinct() || equal.Indistinct() {
		t.Error("draws that simulation error explains are indistinct, and equal values are not noise")
	}
	if noise.Between != 0 || noise.Uncertainty != (Interval{5.25, 5.25}) {
		t.Errorf("means that simulation error explains give %+v", noise)
	}
	most := RandomEffects([]float64{0, 0, 0, 0, 0, 0, 0, 0, -4, -4}, 2, 0.95) // four draws of nothing, one of −4
	if most.Uncertainty.Low != -4 || most.Uncertainty.High != 0 {
		t.Errorf("a rare effect gives %+v", most)
	}
}

// In the model itself (draws' means normal with sd 3, replications about them, two of each of 200 draws) the uncertainty
// interval is that of the means, ± 1.96 × 3, not the wider one of what is seen: with replications of sd 3 to five
// standard errors; with sd 6, where most of what is seen is simulation error, up to a tenth narrower, as documented. The
// simulation interval covers the mean of the draws made 95 times in 100, to five standard errors of 400 studies.
func TestRandomEffectsRecoverTheSplit(t *testing.T) {
	for _, x := range []struct{ within, least, most float64 }{{3, 0.965, 1.035}, {6, 0.9, 1.0}} {
		const studies, draws, reps = 400, 200, 2
		s := splitmix(7)
		low, high, covered := 0.0, 0.0, 0
		for range studies {
			values, centre := make([]float64, 0, draws*reps), 0.0
			for range draws {
				mean := 10 + 3*s.normal()
				centre += mean / draws
				for range reps {
					values = append(values, mean+x.within*s.normal())
				}
			}
			n := RandomEffects(values, reps, 0.95)
			low += n.Uncertainty.Low / studies
			high += n.Uncertainty.High / studies
			if n.Simulation.Contains(centre) {
				covered++
			}
		}
		for _, half := range []float64{10 - low, high - 10} {
			if ratio := half / (1.959964 * 3); ratio < x.least || ratio > x.most {
				t.Errorf("replications of sd %g: the interval averages [%.2f, %.2f], %.3f of the true width", x.within, low, high, ratio)
			}
		}
		if share := float64(covered) / studies; math.Abs(share-0.95) > 5*math.Sqrt(0.95*0.05/studies) {
			t.Errorf("simulation intervals hold the mean of the draws made in %.3f of studies", share)
		}
	}
}

func TestRanksShareTies(t *testing.T) {
	if got := Ranks([]float64{3, 1, 3, 2}); !slices.Equal(got, []float64{3.5, 1, 3.5, 2}) {
		t.Errorf("ranks %v", got)
	}
}

// With one input the partial correlation is Spearman's; 5 values by hand: ranks of y are 2, 1, 4, 3, 5, so Σd² = 4 and
// r = 1 − 6·4/(5·24) = 0.8.
func TestOneInputIsSpearman(t *testing.T) {
	x, y := []float64{1, 2, 3, 4, 5}, []float64{20, 10, 400, 30, 5000}
	partial, p := PartialRankCorrelations([][]float64{x}, y)
	if math.Abs(RankCorrelation(x, y)-0.8) > 1e-12 || math.Abs(partial[0]-0.8) > 1e-12 {
		t.Errorf("Spearman %v, partial %v; by hand 0.8", RankCorrelation(x, y), partial[0])
	}
	if math.Abs(p[0]-0.10408803866182788) > 1e-9 { // t = 0.8 √(3/0.36), 3 degrees of freedom
		t.Errorf("p = %v", p[0])
	}
}

// Two inputs: the textbook formula (r_xy − r_xz r_yz)/√((1 − r_xz²)(1 − r_yz²)).
func TestPartialRankCorrelationOfTwoInputs(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5, 6, 7, 8}
	z := []float64{2, 1, 4, 3, 8, 5, 7, 6}
	y := []float64{1, 3, 2, 5, 4, 8, 6, 7}
	partial, _ := PartialRankCorrelations([][]float64{x, z}, y)
	xy, xz, yz := RankCorrelation(x, y), RankCorrelation(x, z), RankCorrelation(y, z)
	want := (xy - xz*yz) / math.Sqrt((1-xz*xz)*(1-yz*yz))
	if math.Abs(partial[0]-want) > 1e-12 {
		t.Errorf("got %v, want %v", partial[0], want)
	}
}

// An input that does nothing is not found, one that does is, behind another that is stronger. 300 draws, 20 inputs.
func TestPartialRankCorrelationFindsTheDrivers(t *testing.T) {
	s := splitmix(11)
	inputs := make([][]float64, 20)
	var output []float64
	for range 300 {
		for i := range inputs {
			inputs[i] = append(inputs[i], s.u())
		}
		last := len(inputs[0]) - 1
		output = append(output, math.Exp(4*inputs[3][last])-3*inputs[5][last]+s.u())
	}
	partial, p := PartialRankCorrelations(inputs, output)
	adjusted := Holm(p)
	for i := range inputs {
		if driver := i == 3 || i == 5; (adjusted[i] < 0.01) != driver {
			t.Errorf("input %d: partial %.3f, adjusted p %.3g", i, partial[i], adjusted[i])
		}
	}
	if !(partial[3] > 0.9) || !(partial[5] < -0.3) {
		t.Errorf("drivers have %v and %v", partial[3], partial[5])
	}
}

// Where there are too few draws, or an input repeats another, nothing is claimed.
func TestPartialRankCorrelationUnknown(t *testing.T) {
	x := []float64{1, 2, 3, 4, 5}
	for name, inputs := range map[string][][]float64{"few": {x, {2, 1, 3, 5, 4}, {1, 3, 2, 4, 5}, {5, 3, 1, 2, 4}}, "twice": {x, x}, "constant": {{1, 1, 1, 1, 1}}} {
		if partial, p := PartialRankCorrelations(inputs, []float64{1, 3, 2, 5, 4}); !math.IsNaN(partial[0]) || !math.IsNaN(p[0]) {
			t.Errorf("%s: %v %v", name, partial, p)
		}
	}
}
