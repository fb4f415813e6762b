package sim

import (
	"math"
	"slices"
	"testing"
	"time"

	"portalsim/sim/random"
)

// means runs a scenario over replications and returns a value of each.
func means(t *testing.T, s *Scenario, from, replications int, value func([]MeasureRow) float64) (list []float64) {
	t.Helper()
	for r := range replications {
		result, err := Run(s, 41, from+r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, value(result.Rows))
	}
	return list
}

// distance returns by how many standard errors the mean of one sample is above that of another, which is independent.
func distance(a, b []float64) float64 {
	mean := func(x []float64) (mean, variance float64) {
		for _, v := range x {
			mean += v / float64(len(x))
		}
		for _, v := range x {
			variance += (v - mean) * (v - mean) / float64(len(x)-1) / float64(len(x))
		}
		return mean, variance
	}
	aMean, aVariance := mean(a)
	bMean, bVariance := mean(b)
	return (aMean - bMean) / math.Sqrt(aVariance+bVariance)
}

// unlikely is Student's quantile for a two-sided 1e-4 with the degrees of freedom of two samples of 60.
const unlikely = 4

// crowd is a pool served day and night, offered 0.7 of the time of one nurse for each ten patients.
func crowd(nurses, patients int) *Scenario {
	s := plainClinic()
	s.WarmUp, s.Measure, s.Patients.Count = Week, 4*Week, patients
	s.Types[0].NeedsPerUserYear = 1840 // × 10 patients × 20 min a year
	s.Pools[0].Handling = []random.Distribution{random.ExponentialTime(20 * time.Minute)}
	for len(s.Staff) < nurses {
		more := s.Staff[0]
		more.Name, more.PatientShare = more.Name+"-more", 0
		s.Staff = append(s.Staff, more)
	}
	return s
}

// TestStaffAndLoadDoubled: twice the nurses for twice the patients are as busy and answer sooner, since either takes what
// the other cannot. The twins: twice the patients alone wait longer, and twice the nurses alone are less busy.
func TestStaffAndLoadDoubled(t *testing.T) {
	wait := func(rows []MeasureRow) float64 { return value(rows, "queue_h_mean", "", "", "nurse") }
	busy := func(rows []MeasureRow) float64 {
		i := slices.IndexFunc(rows, func(r MeasureRow) bool { return r.Measure == "utilisation" && r.Role == "nurse" })
		return *rows[i].Value
	}
	const n = 60
	one, two := crowd(1, 10), crowd(2, 20)
	if d := distance(means(t, one, 0, n, wait), means(t, two, n, n, wait)); d < unlikely {
		t.Errorf("one waits %.1f standard errors longer than in a clinic of twice the size, want more than %d", d, unlikely)
	}
	if d := distance(means(t, one, 0, n, busy), means(t, two, n, n, busy)); math.Abs(d) > unlikely {
		t.Errorf("utilisation differs by %.1f standard errors", d)
	}
	if d := distance(means(t, one, 0, n, wait), means(t, crowd(1, 13), n, n, wait)); d > -unlikely {
		t.Errorf("a third more patients alone: one waits %.1f standard errors longer before", d)
	}
	if d := distance(means(t, one, 0, n, busy), means(t, crowd(2, 10), n, n, busy)); math.Abs(d) < unlikely {
		t.Errorf("twice the nurses alone: utilisation differs by %.1f standard errors only", d)
	}
}

// mixed is a clinic whose patients differ in all that a panel draws.
func mixed() *Scenario {
	s := crowd(2, 30)
	s.Patients.ActivityCV = 1.2
	s.Patients.Preferred, s.Patients.Instead, s.Patients.PortalUsers = []float64{0.5, 0.5}, []float64{0, 1}, 0.7
	s.Patients.Segments = []Segment{{"critical-only", 0.6, 0.5}, {"routine", 0.4, 1.75}}
	s.Channels = append(s.Channels, Channel{Name: "phone", Live: true, FallsBackTo: 1, Always: true, Priority: 1})
	k := &s.Types[0]
	k.UsesOfPortalUsers, k.PortalShareOfOthers, k.NeedsPerUserYear, k.NeedsPerOtherYear = 0.8, 0.5, 900, 150
	s.Pools[0].Personal = true
	s.Staff[0].PatientShare, s.Staff[1].PatientShare = 0.5, 0.5
	return s
}

// relabelled runs a replication whose patients stand in the reverse order: each keeps all traits and needs, or, torn
// apart, the needs stay where they were.
func relabelled(t *testing.T, s *Scenario, replication int, turn, torn bool) []MeasureRow {
	t.Helper()
	const seed = 43
	m := newModel(s, seed, replication, Options{})
	if p := m.panel; turn {
		activity := make([]float64, len(p.patients))
		draws := random.New(seed, replication, "patient/activity")
		for i := range activity {
			activity[i] = random.GammaMultiplier(draws, s.Patients.ActivityCV, uint64(i)) * s.Patients.Segments[p.patients[i].segment].Multiplier
		}
		slices.Reverse(p.patients)
		if !torn {
			slices.Reverse(activity)
			p.demand[0] = p.spread(&s.Types[0], 0, activity)
		}
		for i := range m.generators {
			m.drawAhead(&m.generators[i])
		}
	}
	if err := m.run(); err != nil {
		t.Fatal(err)
	}
	return m.result().Rows
}

// TestPatientsRelabelled: patients have numbers, and what numbers they have means nothing: in the reverse order they write
// as much by the portal, and wait as long, over replications. The twin: where the needs of one patient go to another, those
// who do not use the portal get the needs of those who do, and portal messages are fewer.
func TestPatientsRelabelled(t *testing.T) {
	s := mixed()
	const n = 60
	byPortal := func(rows []MeasureRow) float64 { return value(rows, "threads_n", "", "portal", "") }
	wait := func(rows []MeasureRow) float64 { return value(rows, "queue_h_mean", "", "", "nurse") }
	difference := func(torn bool, of func([]MeasureRow) float64) float64 {
		var before, after []float64
		for r := range n {
			before = append(before, of(relabelled(t, s, r, false, false)))
			after = append(after, of(relabelled(t, s, r, true, torn)))
		}
		paired := make([]float64, n)
		for r := range paired {
			paired[r] = after[r] - before[r]
		}
		return distance(paired, []float64{0, 0})
	}
	if d := difference(false, byPortal); math.Abs(d) > unlikely {
		t.Errorf("portal messages differ by %.1f standard errors", d)
	}
	if d := difference(false, wait); math.Abs(d) > unlikely {
		t.Errorf("waits differ by %.1f standard errors", d)
	}
	if d := difference(true, byPortal); d > -unlikely {
		t.Errorf("torn apart, portal messages differ by %.1f standard errors only", d)
	}
}
