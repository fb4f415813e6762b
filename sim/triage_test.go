package sim

import (
	"math"
	"reflect"
	"testing"
	"time"

	"portalsim/sim/random"
)

// busyTriage is a nurse around the clock with many threads, three in ten of them truly urgent, each touched once.
func busyTriage(sensitivity, specificity float64) *Scenario {
	s := plainClinic()
	s.Measure, s.Drain = 8*Week, 8*Week
	s.Types[0].NeedsPerUserYear, s.Types[0].TrulyUrgent = 1500, 0.3
	s.Pools[0].Handling = []random.Distribution{random.ConstantTime(10 * time.Minute)}
	s.Pools[0].Clinical, s.Pools[0].Priority, s.Pools[0].Triage = true, true, &Triage{sensitivity, specificity}
	return s
}

// TestTriageErrsAsOften: with one touch a thread, what triage finds has binomial counts: of the urgent threads the
// sensitivity, of the others the false alarms. Each check fails a right model once in 10⁴ (3.9 standard deviations).
func TestTriageErrsAsOften(t *testing.T) {
	const sensitivity, specificity = 0.8, 0.9
	_, r := threadsOf(t, busyTriage(sensitivity, specificity))
	count := func(measure string) float64 { return value(r.Rows, measure, "", "", "") }
	urgent, all := count("urgent_threads_n"), count("threads_n")
	right, found, missed := count("triage_urgent_true_n"), count("triage_urgent_n"), count("triage_missed_n")
	if urgent < 500 || right+missed != urgent {
		t.Fatalf("of %v urgent threads %v are recognised and %v missed", urgent, right, missed)
	}
	for _, c := range []struct {
		what     string
		n, of, p float64
	}{{"recognised", right, urgent, sensitivity}, {"false alarms", found - right, all - urgent, 1 - specificity}} {
		if z := (c.n - c.of*c.p) / math.Sqrt(c.of*c.p*(1-c.p)); math.Abs(z) > 3.9 {
			t.Errorf("%s: %v of %v, want a share of %v: z = %.1f", c.what, c.n, c.of, c.p, z)
		}
	}
	for measure, want := range map[string]float64{"triage_sensitivity": right / urgent, "triage_predictive_value": right / found} {
		if got := count(measure); !near(got, want) {
			t.Errorf("%s is %v, want %v", measure, got, want)
		}
	}
}

// TestTriageErrorsKeepTheirPlace: who works, and how fast, changes no error of triage; a better triage recognises all that
// a worse one does.
func TestTriageErrorsKeepTheirPlace(t *testing.T) {
	seen := func(s *Scenario) map[int64]bool {
		found := map[int64]bool{}
		m := newModel(s, 1, 0, Options{})
		m.watch = func() error {
			for i := range m.items {
				if it := m.items[i]; it.thread && it.known {
					found[it.contact] = true
				}
			}
			return nil
		}
		s.Types[0].FollowUp, s.Types[0].ReplyDelay = 1, random.ConstantTime(100*Week) // so that threads stay
		if err := m.run(); err != nil {
			t.Fatal(err)
		}
		return found
	}
	base := seen(busyTriage(0.6, 0.9))
	faster := busyTriage(0.6, 0.9)
	faster.Staff[0].Speed = 5
	colleague := faster.Staff[0]
	colleague.Name, colleague.PatientShare = "nurse-2", 0
	faster.Staff = append(faster.Staff, colleague)
	if other := seen(faster); len(base) < 100 || !reflect.DeepEqual(base, other) {
		t.Errorf("%d threads were taken for urgent, and %d with faster staff", len(base), len(other))
	}
	better := seen(busyTriage(0.9, 0.9))
	for contact := range base {
		if !better[contact] {
			t.Fatalf("contact %s is recognised at sensitivity 0.6 and not at 0.9", ContactName(contact))
		}
	}
}

// TestRecordsOfLooks: what pairing is told of the first clinical look: when it came, that it never did, or that the run
// ended before.
func TestRecordsOfLooks(t *testing.T) {
	for _, c := range []struct {
		clinical     bool
		at           float64 // of the need, in hours
		looked, open bool
		look         float64
	}{
		{true, 1, true, false, 1},
		{false, 1, false, false, 2.5}, // answered after 1.5 h without a clinical look
		{true, 167, true, true, 167},  // the look began, and the run ended
	} {
		s := plainClinic()
		s.Drain = 0
		s.Types[0].TrulyUrgent, s.Types[0].NeedsAt = 1, hours(c.at)
		s.Pools[0].Clinical = c.clinical
		_, r := threadsOf(t, s)
		if len(r.Contacts) != 1 {
			t.Fatalf("%d contacts, want 1", len(r.Contacts))
		}
		if got := r.Contacts[0]; got.Looked != c.looked || got.Open != c.open || time.Duration(got.Look).Hours() != c.look || got.LookWait().Hours() != c.look-c.at {
			t.Errorf("%+v gives %+v", c, got)
		}
	}
}

// A truly urgent thread that ends without a touch in a clinical pool was never looked at, however soon it was answered: it
// counts as beyond the limit of safety. In a clinical pool the same threads are looked at within it.
func TestUrgentThreadsThatNobodyLookedAt(t *testing.T) {
	for _, clinical := range []bool{false, true} {
		s := plainClinic()
		s.Types[0].TrulyUrgent = 1
		s.Types[0].NeedsAt = hours(9, 10, 30) // the second waits for half an hour
		s.Pools[0].Clinical = clinical
		rows, r := threadsOf(t, s)
		expectTouches(t, rows, 9, 10.5, 30)
		want := 1.0
		if clinical {
			want = 0
		}
		found := false
		for i := range r.Rows {
			if x := &r.Rows[i]; x.Measure == "urgent_look_late_share" {
				found = true
				if x.Value == nil || *x.Value != want {
					t.Errorf("clinical %v: %s of %s is %v, want %v", clinical, x.Measure, x.Type, x.Value, want)
				}
			}
		}
		if !found {
			t.Error("no urgent_look_late_share")
		}
	}
}
