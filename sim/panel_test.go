package sim

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mathext"
	"pgregory.net/rapid"

	"portalsim/validation/theory"
)

// alpha is the error rate of a statistical test in this package: with its fixed seed a test is steady, and by chance a
// sound model would have failed it once in ten thousand seeds.
const alpha = 1e-4

// expectShare fails if a count is too far from its share, by the exact binomial test.
func expectShare(t *testing.T, what string, count, of int, share float64) {
	t.Helper()
	if share == 0 || share == 1 {
		if count != int(share)*of {
			t.Errorf("%s: %d of %d, want exactly %v", what, count, of, share)
		}
		return
	}
	if p := theory.BinomialTest(count, of, share); p < alpha {
		t.Errorf("%s: %d of %d is %.5f, want %.5f: p = %.2g", what, count, of, float64(count)/float64(of), share, p)
	}
}

// surveyPanel is the panel of the survey: shares as in the baseline, with one type of each use.
func surveyPanel(patients int, usesOfPortalUsers []float64) *Scenario {
	s := plainClinic()
	s.Channels = append(s.Channels, Channel{Name: "phone", FallsBackTo: 1, Always: true}, Channel{Name: "email", FallsBackTo: 2, Always: true}, Channel{Name: "other", FallsBackTo: 3, Always: true})
	s.Patients.Count, s.Patients.PortalUsers, s.Patients.ActivityCV = patients, 0.74, 1.7
	s.Patients.Preferred, s.Patients.Instead = []float64{0.434, 0.312, 0.086, 0.168}, []float64{0, 0.85, 0.10, 0.05}
	s.Patients.Segments = []Segment{{"critical-only", 0.579, 0.5 / 0.7105}, {"routine", 0.421, 1 / 0.7105}}
	kind := s.Types[0]
	s.Types = nil
	for k, share := range usesOfPortalUsers {
		kind.Name, kind.UsesOfPortalUsers, kind.NeedsPerUserYear, kind.NeedsPerOtherYear = fmt.Sprintf("type-%d", k), share, 1, 1
		s.Types = append(s.Types, kind)
	}
	s.Staff = append(s.Staff, s.Staff[0], s.Staff[0])
	for i, share := range []float64{0.5, 0.2, 0.3} {
		s.Staff[i].PatientShare = share
	}
	return s
}

// TestPanelShares: preferences, users, segments, own clinicians and uses of a big panel, in both readings of the survey:
// its shares of use are of all patients (a share of users that is larger by 1/0.74), or of portal users.
func TestPanelShares(t *testing.T) {
	const n = 200_000
	survey := []float64{0.669, 0.529, 0.422, 0.386}
	for _, reading := range []struct {
		name          string
		users         func(share float64) float64
		ofAllPatients func(share float64) float64
	}{
		{"of all respondents", func(x float64) float64 { return x / 0.74 }, func(x float64) float64 { return x }},
		{"of portal users", func(x float64) float64 { return x }, func(x float64) float64 { return x * 0.74 }},
	} {
		t.Run(reading.name, func(t *testing.T) {
			var uses []float64
			for _, x := range survey {
				uses = append(uses, reading.users(x))
			}
			s := surveyPanel(n, uses)
			p := newPanel(s, 20, 3)
			var segment, preferred, clinician [4]int
			var used [4]int
			users := 0
			for i := range n {
				segment[p.patients[i].segment]++
				preferred[p.patients[i].preferred]++
				clinician[p.patients[i].clinician]++
				if p.patients[i].user {
					users++
				}
				if p.patients[i].preferred == 0 && !p.patients[i].user || p.patients[i].uses != 0 && !p.patients[i].user || p.patients[i].uses>>len(survey) != 0 {
					t.Fatalf("patient %d prefers %d, user %t, uses %b", i, p.patients[i].preferred, p.patients[i].user, p.patients[i].uses)
				}
				for k := range survey {
					used[k] += int(p.patients[i].uses >> k & 1)
				}
			}
			expectShare(t, "users", users, n, 0.74)
			for k, x := range survey {
				expectShare(t, fmt.Sprint("uses of type ", k), used[k], n, reading.ofAllPatients(x))
			}
			for c, x := range s.Patients.Preferred {
				expectShare(t, fmt.Sprint("preferring channel ", c), preferred[c], n, x)
			}
			for g := range s.Patients.Segments {
				expectShare(t, fmt.Sprint("in segment ", g), segment[g], n, s.Patients.Segments[g].Share)
			}
			for i := range s.Staff {
				expectShare(t, fmt.Sprint("own clinician ", i), clinician[i], n, s.Staff[i].PatientShare)
			}
		})
	}
}

// TestPanelTraitsAreIndependent: segment, preference, use by a user, and clinician of the same patient and of
// neighbours tell nothing of one another.
func TestPanelTraitsAreIndependent(t *testing.T) {
	const n = 100_000
	p := newPanel(surveyPanel(n, []float64{0.9, 0.5}), 21, 0)
	traits := []struct {
		name   string
		shares []float64
		of     func(i int) int
	}{
		{"segment", []float64{0.579, 0.421}, func(i int) int { return int(p.patients[i].segment) }},
		{"preferred", []float64{0.434, 0.312, 0.086, 0.168}, func(i int) int { return int(p.patients[i].preferred) }},
		{"clinician", []float64{0.5, 0.2, 0.3}, func(i int) int { return int(p.patients[i].clinician) }},
	}
	for a, x := range traits {
		for b, y := range traits {
			for _, lag := range []int{0, 1, 2, 64} {
				if lag == 0 && a >= b {
					continue
				}
				counts, want := make([]int, len(x.shares)*len(y.shares)), []float64(nil)
				for i := 0; i+lag < n; i++ {
					counts[x.of(i)*len(y.shares)+y.of(i+lag)]++
				}
				for _, u := range x.shares {
					for _, v := range y.shares {
						want = append(want, u*v*float64(n-lag))
					}
				}
				if _, pValue := theory.ChiSquareTest(counts, want, 0); pValue < alpha/10 { // of about 40 tests
					t.Errorf("%s and %s of the patient %d on: p = %.2g", x.name, y.name, lag, pValue)
				}
			}
		}
	}
}

// activityOfPatients returns the weights that a panel gives its patients, where all have the same rate.
func activityOfPatients(p *panel) (list []float64) {
	before := 0.
	for _, upTo := range p.demand[0].upTo {
		list = append(list, upTo-before)
		before = upTo
	}
	return list
}

// TestActivityIsGamma: of mean 1 and the given coefficient of variation, against the distribution function; the twin
// shows that another coefficient of variation would be noticed.
func TestActivityIsGamma(t *testing.T) {
	s := surveyPanel(20_000, []float64{0.5})
	s.Patients.Segments = []Segment{{"everyone", 1, 1}}
	for _, cv := range []float64{0.3, 0.8, 1, 1.7} { // above, weights are too small to be told apart in a running sum
		s.Patients.ActivityCV = cv
		x := activityOfPatients(newPanel(s, 22, 0))
		cdf := func(cv float64) func(float64) float64 {
			return func(v float64) float64 { return mathext.GammaIncReg(1/(cv*cv), max(v, 0)/(cv*cv)) }
		}
		if d, p := theory.KolmogorovTest(x, cdf(cv)); p < alpha {
			t.Errorf("cv %v: distance %v from the gamma distribution, p = %.2g", cv, d, p)
		}
		if _, p := theory.KolmogorovTest(x, cdf(cv*1.1)); p > alpha {
			t.Errorf("cv %v passes for %v", cv, cv*1.1)
		}
		mean := 0.
		for _, v := range x {
			mean += v / float64(len(x))
		}
		if z := (mean - 1) / (cv / math.Sqrt(float64(len(x)))); math.Abs(z) > 3.9 { // two-sided 1e-4
			t.Errorf("cv %v: mean activity %v, z = %.1f", cv, mean, z)
		}
	}
	s.Patients.ActivityCV = 0
	if slices.ContainsFunc(activityOfPatients(newPanel(s, 22, 0)), func(v float64) bool { return math.Abs(v-1) > 1e-9 }) {
		t.Error("activity is not 1 where its coefficient of variation is 0")
	}
}

// TestDemandOfThePanel: the whole panel's rate is the declared one, whatever the segments' contrast.
func TestDemandOfThePanel(t *testing.T) {
	const n = 100_000
	s := surveyPanel(n, []float64{0.5})
	s.Types[0].NeedsPerUserYear, s.Types[0].NeedsPerOtherYear = 3, 2
	want := n * (0.74*0.5*3 + (1-0.74*0.5)*2)
	got := newPanel(s, 23, 0).demand[0].perYear
	// A patient's rate has a cv of about 2: activity 1.7, segments 0.35 and use 0.2 together, rounded up.
	if z := (got - want) / (want * 2 / math.Sqrt(n)); math.Abs(z) > 3.9 {
		t.Errorf("%v needs a year, want %v: z = %.1f", got, want, z)
	}
}

// TestPatientAtQuantile: the pick in constant time against the plain search; it is monotone, and never picks somebody
// without needs.
func TestPatientAtQuantile(t *testing.T) {
	check(t, 300, func(rt *rapid.T) {
		n := rapid.IntRange(1, 50).Draw(rt, "patients")
		weights := rapid.SliceOfN(rapid.SampledFrom([]float64{0, 0, 1e-9, 0.3, 1, 40}), n, n).Draw(rt, "activity")
		p := &panel{patients: make([]patient, n)}
		d := p.spread(&MessageType{NeedsPerOtherYear: 2}, 0, weights)
		if d.perYear == 0 {
			return
		}
		last := int32(0)
		for i := range 400 {
			u := (float64(i) + 0.5) / 400
			got := d.patient(u)
			want, _ := slices.BinarySearchFunc(d.upTo, u*d.perYear, func(upTo, target float64) int {
				if upTo <= target {
					return -1
				}
				return 1
			})
			if int(got) != want || got < last || weights[got] == 0 {
				rt.Fatalf("patient %d at %v, want %d; before it %d; weight %v", got, u, want, last, weights[got])
			}
			last = got
		}
	})
}

// TestFixedPanel: a panel seed gives one panel in all replications and seeds; without it each draws its own; a type more
// changes no trait.
func TestFixedPanel(t *testing.T) {
	traits := func(s *Scenario, seed uint64, replication int) string {
		p := newPanel(s, seed, replication)
		for i := range p.patients {
			p.patients[i].uses = 0
		}
		return fmt.Sprint(p.patients, p.demand[0].upTo)
	}
	s := surveyPanel(300, []float64{0.5})
	if traits(s, 1, 0) == traits(s, 1, 1) || traits(s, 1, 0) == traits(s, 2, 0) {
		t.Error("two replications share a panel")
	}
	if traits(s, 1, 0) != traits(surveyPanel(300, []float64{0.5, 0.1}), 1, 0) {
		t.Error("a type more changes the panel")
	}
	fixed, other := uint64(9), uint64(10)
	s.Patients.PanelSeed = &fixed
	first := traits(s, 1, 0)
	if first != traits(s, 2, 5) {
		t.Error("the fixed panel changes with the seed or the replication")
	}
	if s.Patients.PanelSeed = &other; first == traits(s, 1, 0) {
		t.Error("two panel seeds give one panel")
	}
}
