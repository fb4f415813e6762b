package stats

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"testing"
)

//go:embed testdata/salib.json
var salibJSON []byte

// salibCases are outputs and what SALib makes of them, with 2000 resamples; see validation/readers/test_salib.py. In a list of
// floats, null is NaN.
type salibCases struct {
	Sobol []struct {
		Groups  []int
		Second  bool
		Outputs []float64

		S1, ST, S2 numbers
		S1Conf     numbers `json:"S1_conf"`
		STConf     numbers `json:"ST_conf"`
		S2Conf     numbers `json:"S2_conf"`
	}
	Morris []struct {
		Groups  []int
		Levels  int
		Points  [][]float64
		Outputs []float64

		Mu, Sigma  numbers
		MuStar     numbers `json:"mu_star"`
		MuStarConf numbers `json:"mu_star_conf"`
	}
}

// numbers are floats, with NaN for null.
type numbers []float64

func (n *numbers) UnmarshalJSON(text []byte) error {
	var list []*float64
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	for _, x := range list {
		if x == nil {
			*n = append(*n, math.NaN())
		} else {
			*n = append(*n, *x)
		}
	}
	return nil
}

func readSALib(t *testing.T) salibCases {
	t.Helper()
	var c salibCases
	if err := json.Unmarshal(salibJSON, &c); err != nil {
		t.Fatal(err)
	}
	if len(c.Sobol) != 3 || len(c.Morris) != 2 {
		t.Fatalf("%d and %d cases", len(c.Sobol), len(c.Morris))
	}
	return c
}

// resampling is what the tests resample by.
func resampling(resamples int) Resampling {
	return Resampling{Resamples: resamples, Confidence: 0.95, U: func(x, y uint64) float64 {
		s := splitmix(x*0x9e3779b97f4a7c15 ^ y*0xd1342543de82ef95)
		s.uint64()
		return s.u()
	}}
}

// single makes one replication of each output.
func single(outputs []float64) [][]float64 {
	list := make([][]float64, len(outputs))
	for p, y := range outputs {
		list[p] = []float64{y}
	}
	return list
}

// likeSALib fails unless estimates are SALib's, to rounding, and intervals are as wide: both come from 2000 resamples, and so
// have a standard error of 1.6 %, hence 2.2 % for their difference; five of these are allowed.
func likeSALib(t *testing.T, what string, got []Index, value, conf []float64) {
	t.Helper()
	if len(got) != len(value) || len(got) != len(conf) {
		t.Fatalf("%s: %d indices, SALib has %d and %d", what, len(got), len(value), len(conf))
	}
	for i := range got {
		near(t, fmt.Sprint(what, " ", i), got[i].Value, value[i], 1e-12)
		if !(math.Abs(got[i].Conf/conf[i]-1) < 0.11) && !(math.IsNaN(got[i].Conf) && math.IsNaN(conf[i])) {
			t.Errorf("%s %d: half-width %v, SALib has %v", what, i, got[i].Conf, conf[i])
		}
	}
}

func TestSobolAgainstSALib(t *testing.T) {
	for i, c := range readSALib(t).Sobol {
		groups := 0
		for _, g := range c.Groups {
			groups = max(groups, g+1)
		}
		k := Sobol(single(c.Outputs), groups, c.Second, resampling(2000))
		likeSALib(t, fmt.Sprint("case ", i, " S1"), k.First, c.S1, c.S1Conf)
		likeSALib(t, fmt.Sprint("case ", i, " ST"), k.Total, c.ST, c.STConf)
		for a := range k.Second {
			for b := a + 1; b < groups; b++ {
				place := a*groups + b
				likeSALib(t, fmt.Sprint("case ", i, " S2 ", a, b), k.Second[a][b:b+1], c.S2[place:place+1], c.S2Conf[place:place+1])
			}
		}
		if k.LeftOut != 0 || !math.IsNaN(k.Noise) || !math.IsNaN(k.TotalClean[0].Value) || c.Second != (k.Second != nil) {
			t.Errorf("case %d: %+v", i, k)
		}
	}
}

func TestMorrisAgainstSALib(t *testing.T) {
	for i, c := range readSALib(t).Morris {
		step := float64(c.Levels) / float64(2*(c.Levels-1))
		for g, m := range Morris(c.Points, single(c.Outputs), c.Groups, step, resampling(2000)) {
			what := fmt.Sprint("case ", i, ", group ", g)
			likeSALib(t, what+" mu_star", []Index{m.MuStar}, c.MuStar[g:g+1], c.MuStarConf[g:g+1])
			near(t, what+" sigma", m.Sigma, c.Sigma[g], 1e-12)
			if !math.IsNaN(c.Sigma[g]) { // of a group SALib gives a mu, without a meaning
				near(t, what+" mu", m.Mu, c.Mu[g], 1e-12)
			}
			if !math.IsNaN(m.Noise) || !math.IsNaN(m.MuStarClean.Value) {
				t.Errorf("%s: noise from one replication", what)
			}
		}
	}
}
