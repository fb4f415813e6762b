package experiment

import (
	"math"
	"os"
	"testing"

	"portalsim/sim/random"
	"portalsim/sim/stats"
)

// coverageCase is a measure in control and arm whose true difference is known.
type coverageCase struct {
	name       string
	difference float64 // true
	relative   float64 // half-width wanted, as a share of the control's mean, which is 10
	noise      string  // normal; exponential, with a skewness of 2; lognormal, with one of 6.2
	share      float64 // of the intervals that hold the true difference: what 20,000 studies gave
}

// coverageCases have a standard deviation of the difference of 2, so that 20 replications give a half-width of 0.94.
var coverageCases = []coverageCase{
	{"no difference", 0, 0.05, "normal", 0.946},
	{"a small difference", 0.2, 0.05, "normal", 0.946},
	{"a large difference", 5, 0.05, "normal", 0.943},
	{"a skewed measure", 0.2, 0.05, "exponential", 0.889},
	{"a very skewed measure", 0.2, 0.05, "lognormal", 0.842},
	{"a very skewed measure, narrow", 0.2, 0.02, "lognormal", 0.904},
}

// covered runs one study until it is precise, and tells whether the last interval holds the true difference, and after
// how many replications.
func (k *coverageCase) covered(study int) (holds bool, replications int) {
	values := random.New(1, study, "coverage/"+k.name)
	interest := []Interest{{Row: Of("threads_n"), HalfWidth: k.relative, Relative: true}}
	control, arm := []float64{}, []float64{}
	for have, to := 0, Stage(0); to <= 400; to = Stage(to) {
		for ; have < to; have++ {
			u := values.U(0, uint64(have))
			z := stats.NormalScore(u) // all have mean 0 and standard deviation 1
			switch k.noise {
			case "exponential":
				z = -math.Log(1-u) - 1
			case "lognormal":
				z = (math.Exp(z) - math.Exp(0.5)) / math.Sqrt(math.E*(math.E-1))
			}
			noise := stats.NormalScore(values.U(1, uint64(have)))
			control = append(control, 10+noise)
			arm = append(arm, 10+noise+k.difference+2*z)
		}
		c := collected(control, arm)
		if c.Reach(interest, 0.95).Reached || Stage(to) > 400 {
			return c.Compare(c.InterestPair(1, interest[0]), 0.95).Simulation.Contains(k.difference), to
		}
	}
	panic("unreachable")
}

// The share of intervals that hold the truth, over repeated studies that add replications until they are precise. Looking
// several times makes it a little less than 95 %, and skewness more so: the figures are in docs/studies.md.
func TestCoverageOfStudiesForPrecision(t *testing.T) {
	studies := 60
	if os.Getenv("PORTALSIM_LONG") != "" {
		studies = 500
	}
	for i := range coverageCases {
		k := &coverageCases[i]
		held, runs := 0, 0
		for study := range studies {
			holds, n := k.covered(study)
			runs += n
			if holds {
				held++
			}
		}
		share := float64(held) / float64(studies)
		t.Logf("%s: %.1f %% of %d intervals hold the true difference, after %.1f replications in the mean", k.name, 100*share, studies, float64(runs)/float64(studies))
		if limit := 3.89 * math.Sqrt(k.share*(1-k.share)/float64(studies)); math.Abs(share-k.share) > limit { // one in ten thousand
			t.Errorf("%s: %.3f, expected %.3f ± %.3f", k.name, share, k.share, limit)
		}
	}
}
