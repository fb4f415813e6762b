package stats

import (
	"fmt"
	"math"
	"testing"

	"portalsim/validation/theory"
)

// gaussian makes draws of inputs and the net benefit of two options, doing nothing and mean + slopes·x + noise.
func gaussian(s *splitmix, draws int, mean float64, slopes []float64, noise float64) (benefit, columns [][]float64) {
	columns = make([][]float64, len(slopes))
	benefit = [][]float64{make([]float64, draws), s.normals(draws, mean, noise)}
	for c, slope := range slopes {
		columns[c] = s.normals(draws, 0, 1)
		for r, x := range columns[c] {
			benefit[1][r] += slope * x
		}
	}
	return benefit, columns
}

// Where net benefit is linear in normal inputs, the values of information have a closed form. Estimates from 400 draws, with
// noise as large as what the inputs do, are right within four of their errors, and in the mean over studies within a tenth,
// less, where the options are worth the same, what is won by choosing after the fact: 0.4 standard errors of the mean.
func TestInformationIsTrue(t *testing.T) {
	slopes := []float64{3, -2, 0, 1, 0, 0, 0, 0, 0, 0}
	const noise = 3.7
	all := math.Sqrt(9 + 4 + 1)
	studies := 8
	if testing.Short() {
		studies = 5
	}
	for _, mean := range []float64{0, -2, 4} {
		s := splitmix(2)
		sum := make([]float64, 4)
		want := []float64{theory.PerfectInformation(mean, all), theory.PerfectInformation(mean, 3), theory.PerfectInformation(mean, 2), 0}
		for range studies {
			benefit, columns := gaussian(&s, 400, mean, slopes, noise)
			v := ValueOfInformation(benefit, columns, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, resampling(40))
			for i, w := range []Worth{v.Perfect, v.Partial[0], v.Partial[1], v.Partial[2]} {
				if math.Abs(w.Value-want[i]) > 4*w.Error {
					t.Errorf("mean %v, value %d: %v ± %v, want %v", mean, i, w.Value, w.Error, want[i])
				}
				sum[i] += w.Value / float64(studies)
			}
			if best := 0; mean > 0 {
				best = 1
				if v.Best != best {
					t.Errorf("mean %v: option %d is best", mean, v.Best)
				}
			}
			if math.Abs(v.Explained[1]-0.5) > 0.15 {
				t.Errorf("explained %v, want a half", v.Explained)
			}
		}
		for i, got := range sum {
			choice := 0.0
			if mean == 0 {
				choice = 0.4 * math.Sqrt((all*all+noise*noise)/400)
			}
			if got-want[i] > 0.1*max(1, want[i]) || want[i]-got > 0.1*max(1, want[i])+choice {
				t.Errorf("mean %v, value %d: %v over %d studies, want %v", mean, i, got, studies, want[i])
			}
		}
	}
}

// Where no input matters there is nothing to know, however large the noise: the maximum over raw draws would be worth
// 0.4 standard deviations.
func TestInformationOfNoise(t *testing.T) {
	s := splitmix(3)
	perfect, one, hidden := 0.0, 0.0, 0.0
	studies := 50
	if testing.Short() {
		studies = 10
	}
	for range studies {
		benefit, columns := gaussian(&s, 200, 0, make([]float64, 40), 1)
		groups := make([]int, 40)
		for c := range groups {
			groups[c] = c / 2
		}
		v := ValueOfInformation(benefit, columns, groups, resampling(10))
		perfect += v.Perfect.Value / float64(studies)
		for _, w := range v.Partial {
			one += w.Value / float64(studies*len(v.Partial))
			hidden += w.Error / float64(studies*len(v.Partial))
		}
	}
	if perfect > 0.04 || one > 0.002 {
		t.Errorf("perfect information is worth %v, that of one group %v", perfect, one)
	}
	if hidden < 0.01 || hidden > 0.1 { // a slope as large as its standard error, 1/√200, is worth 0.028
		t.Errorf("noise is said to hide %v", hidden)
	}
}

// What is not a plane: of two options against nothing, one pays where an input is far from its middle, the other where the
// product of two is positive. The values are those of the true net benefit over the same draws, by a fine grid of quantiles.
func TestInformationBends(t *testing.T) {
	truth := [][]float64{nil, nil, nil}
	square := func(x float64) float64 { return x*x - 1.2 }
	s := splitmix(7)
	const draws = 1000
	columns := [][]float64{s.normals(draws, 0, 1), s.normals(draws, 0, 1), s.normals(draws, 0, 1)}
	benefit := [][]float64{s.normals(draws, 0, 0.1), nil, nil}
	for r := range draws {
		a, b, c := columns[0][r], columns[1][r], columns[2][r]
		truth[0], truth[1], truth[2] = append(truth[0], 0), append(truth[1], square(a)), append(truth[2], 2*b*c+b+c-0.1)
		for d := 1; d < 3; d++ {
			benefit[d] = append(benefit[d], truth[d][r]+benefit[0][r]+s.normal())
		}
	}
	v := ValueOfInformation(benefit, columns, []int{0, 1, 1}, resampling(40))
	near(t, "all", v.Perfect.Value, worth(truth), 0.1)
	alone := [][]float64{truth[0], truth[1], make([]float64, draws)}
	for r := range draws {
		alone[2][r] = -0.1
	}
	near(t, "the square", v.Partial[0].Value, worth(alone), 0.1)
	for r := range draws {
		alone[1][r], alone[2][r] = -0.2, truth[2][r]
	}
	near(t, "the group", v.Partial[1].Value, worth(alone), 0.1)
}

// A variant, a column of two values, is an input like others: by hand, 1 or −1 with equal chances about a mean of 0.
func TestInformationOfAVariant(t *testing.T) {
	s := splitmix(4)
	benefit, columns := gaussian(&s, 200, 0, []float64{0, 0}, 0.3)
	for r := range benefit[1] {
		columns[1][r] = float64(r % 2)
		benefit[1][r] += 2*columns[1][r] - 1
	}
	v := ValueOfInformation(benefit, columns, []int{0, 1}, resampling(40))
	near(t, fmt.Sprint("variant, mean ", v.Best), v.Partial[1].Value, 0.5, 0.05)
	near(t, "the other", v.Partial[0].Value, 0, 0.01)
	panics(t, "one option", func() { ValueOfInformation(benefit[:1], columns, []int{0, 1}, resampling(10)) })
}
