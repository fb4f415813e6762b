package validation

import (
	"fmt"
	"math"
	"testing"

	"portalsim/sim/random"
	"portalsim/validation/theory"
)

// statisticsSeed is fixed, so that tests of chance are steady.
const statisticsSeed = 20260101

// failures judges checks as a level of these alone would, and returns the names of those that fail.
func failures(checks []Check) (names []string) {
	judgeChecks(checks, FalseAlarm/float64(family(0, checks)))
	for i := range checks {
		if checks[i].Failed {
			names = append(names, fmt.Sprintf("%s (p = %.2g, %s)", checks[i].Name, checks[i].P, checks[i].Note))
		}
	}
	return names
}

// TestNumbersFollowTheirLaws draws from every distribution.
func TestNumbersFollowTheirLaws(t *testing.T) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	for _, name := range failures(numberChecks(n, statisticsSeed)) {
		t.Error(name)
	}
}

// TestLawsCanFail is the twin: numbers with a mean a twentieth off, of another shape, or with a tail cut off at its
// thousandth part are refused.
func TestLawsCanFail(t *testing.T) {
	exponential := func(s random.Substream, i uint64) float64 { return s.Exponential(i, 0) }
	for name, l := range map[string]law{
		"mean":  {"mean", exponential, theory.ExponentialCDF(1.05), 1.05, 1.05},
		"shape": {"shape", exponential, theory.GammaCDF(1, 0.9), 1, 0.9},
		"tail":  {"tail", func(s random.Substream, i uint64) float64 { return min(exponential(s, i), math.Log(1000)) }, theory.ExponentialCDF(1), math.NaN(), math.NaN()},
	} {
		if failures([]Check{l.check(random.New(1, 0, "twin"), 50_000)}) == nil {
			t.Errorf("%s: a wrong law passes", name)
		}
	}
	if c := poissonCheck(random.New(1, 0, "twin"), 3, 50_000); failures([]Check{c}) != nil {
		t.Errorf("Poisson counts fail: %+v", c)
	}
}

// TestStreamsAreIndependent puts the substreams to the battery.
func TestStreamsAreIndependent(t *testing.T) {
	for _, name := range failures(streamChecks(ours, statisticsSeed)) {
		t.Error(name)
	}
}

// streamOf makes a stream of a function.
type streamOf func(x, y uint64) uint64

func (f streamOf) Bits(x, y uint64) uint64 { return f(x, y) }

// TestBatteryCanFail is the twin: generators with faults that are easily made are refused, each in the neighbourhood in
// which the fault lies.
func TestBatteryCanFail(t *testing.T) {
	for _, twin := range []struct {
		name  string
		from  generator
		where string
	}{
		{"replications share a stream", func(seed uint64, _ int, use string) stream { return random.New(seed, 0, use) }, "two replications, place by place"},
		{"seed and replication are added", func(seed uint64, r int, use string) stream { return random.New(seed+uint64(r), 0, use) }, "the next seed and the next replication"},
		{"the purpose is left out", func(seed uint64, r int, _ string) stream { return random.New(seed, r, "") }, "two purposes, place by place"},
		{"layers are not told apart", func(seed uint64, r int, use string) stream {
			s := random.New(seed, r, use)
			return streamOf(func(x, y uint64) uint64 { return s.Bits(x, y>>1) })
		}, "layers of a type's needs"},
		{"seeds shift", func(seed uint64, r int, use string) stream {
			s := random.New(0, r, use)
			return streamOf(func(x, y uint64) uint64 { return s.Bits(x, y) + seed*0x9e3779b97f4a7c15 })
		}, "two seeds, place by place"},
		{"a multiplication for a mixing", func(seed uint64, r int, use string) stream {
			key := random.New(seed, r, use).Bits(0, 0)
			return streamOf(func(x, y uint64) uint64 { return (x+y*3+key)*6364136223846793005 + 1442695040888963407 })
		}, "neighbouring contacts, patients or dates"},
		{"one number in fifty repeats", func(seed uint64, r int, use string) stream {
			s := random.New(seed, r, use)
			return streamOf(func(x, y uint64) uint64 {
				if y == 1 && x%50 == 0 {
					y = 0
				}
				return s.Bits(x, y)
			})
		}, "visits of a contact to a pool, or waves of a campaign"},
	} {
		found := false
		for _, n := range neighbourhoods(twin.from, statisticsSeed) {
			found = found || n.name == twin.where && failures([]Check{n.check()}) != nil
		}
		if !found {
			t.Errorf("%s: not refused in %q", twin.name, twin.where)
		}
	}
}
