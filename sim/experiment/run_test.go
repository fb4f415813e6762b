package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

// text writes all that a replication gave, with every bit of its numbers.
func text(r *Replication) string {
	var b strings.Builder
	number := func(x *float64) string {
		if x == nil {
			return "null"
		}
		return fmt.Sprintf("%b", *x)
	}
	fmt.Fprintln(&b, "replication", r.Number)
	for a, result := range r.Arms {
		for _, row := range result.Rows {
			fmt.Fprintln(&b, a, row.Measure, row.Type, row.Channel, row.Pool, row.Role, row.Staff, row.Unit, row.Note, number(row.Value))
		}
		fmt.Fprintf(&b, "%+v %+v %d %d\n", result.StaffDays, result.Pools, result.Events, len(result.Contacts))
		if c := result.Course; c != nil {
			fmt.Fprintf(&b, "%+v %+v\n", c.Hours, c.Flows)
			for _, row := range c.Weeks {
				fmt.Fprintln(&b, row.Week, number(row.Strength), row.Threads, row.Portal, number(row.Response), row.Unanswered, number(row.AfterHours))
			}
			for _, row := range c.Waits {
				fmt.Fprintln(&b, row.Type, row.Channel, row.Share, number(row.Wait), row.Threads)
			}
		}
		if result.Log != nil {
			for rows := range result.Log.Events() {
				for _, row := range rows {
					fmt.Fprintln(&b, row.Number, row.Thread, row.Event, row.Clock)
				}
			}
			for rows := range result.Log.StaffStates() {
				fmt.Fprintf(&b, "%+v\n", rows)
			}
		}
		for _, row := range r.Threads[a] {
			fmt.Fprintln(&b, row.Contact, row.Patient, row.Type, row.Channel, row.Sent, row.Ended, row.Ending)
		}
	}
	for _, p := range r.Pairs {
		fmt.Fprintln(&b, p.Control, p.Arm, p.Replication, p.Type, p.Fate, p.Contacts, p.Censored, number(p.ControlWait), number(p.ArmWait), number(p.Difference))
	}
	return b.String()
}

// keep collects what Run writes.
func keep(to *[]string) func(*Replication) error {
	return func(r *Replication) error {
		*to = append(*to, text(r))
		return nil
	}
}

var everything = Options{StaffDays: true, Course: true, Threads: third, Log: third, LogStaff: true}

func third(contact int64) bool { return contact%3 == 0 }

// TestWorkersDoNotMatter: one, two, seven and fifty workers write the same replications in the same order, and a later
// stretch is the same as if it had followed.
func TestWorkersDoNotMatter(t *testing.T) {
	const replications = 15
	var want []string
	if err := Run(context.Background(), threeArms(), 8, 0, replications, 1, everything, keep(&want)); err != nil {
		t.Fatal(err)
	}
	if len(want) != replications {
		t.Fatalf("%d replications written", len(want))
	}
	for i, r := range want {
		if !strings.HasPrefix(r, fmt.Sprintf("replication %d\n", i)) {
			t.Fatalf("place %d holds %q", i, r[:20])
		}
		if i > 0 && strings.SplitN(r, "\n", 2)[1] == strings.SplitN(want[i-1], "\n", 2)[1] {
			t.Fatalf("replications %d and %d are the same", i-1, i)
		}
	}
	for _, workers := range []int{2, 7, 50} {
		var got []string
		for _, stretch := range [][2]int{{0, 4}, {4, replications}} {
			if err := Run(context.Background(), threeArms(), 8, stretch[0], stretch[1], workers, everything, keep(&got)); err != nil {
				t.Fatal(err)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%d workers: %d replications", workers, len(got))
		}
		for i := range want {
			if got[i] != want[i] {
				t.Fatalf("%d workers: replication %d differs", workers, i)
			}
		}
	}
}

// TestArmsDoNotMeet: an arm's results are the same alone and beside others.
func TestArmsDoNotMeet(t *testing.T) {
	alone, err := sim.Run(threeArms()[1].Scenario, 8, 2, sim.Options{StaffDays: true})
	if err != nil {
		t.Fatal(err)
	}
	err = Run(context.Background(), threeArms(), 8, 2, 3, 1, Options{StaffDays: true}, func(r *Replication) error {
		beside := r.Arms[1]
		if len(alone.Rows) != len(beside.Rows) || alone.Events != beside.Events || fmt.Sprint(alone.StaffDays) != fmt.Sprint(beside.StaffDays) {
			t.Error("the arm differs beside others")
		}
		for i := range alone.Rows {
			if a, b := alone.Rows[i].Value, beside.Rows[i].Value; (a == nil) != (b == nil) || a != nil && *a != *b {
				t.Errorf("%s differs beside others", alone.Rows[i].Measure)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// settled waits until the goroutines of a run are gone. It gives the others the processor, and never waits for a clock.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 1_000_000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		runtime.Gosched()
	}
	t.Errorf("%d goroutines, before the run %d", runtime.NumGoroutine(), before)
}

// failing is a clinic that breaks in some replications: some handling times are no sane times.
func failing() *sim.Scenario {
	s := clinic()
	s.Types[0].NeedsPerUserYear, s.Types[0].NeedsPerOtherYear = 2, 2
	s.Pools[0].Handling = alike(2, random.UniformTime(-time.Second, 1096*time.Second)) // negative with a probability of 1 in 1097
	return s
}

// TestPanicNamesItsReplication: a panic becomes a Defect with arm, replication and seed; what came before is written,
// and nothing after it; with any number of workers it is the same.
func TestPanicNamesItsReplication(t *testing.T) {
	arms := []Arm{{Name: "control", Scenario: clinic()}, {Name: "broken", Scenario: failing()}}
	for _, workers := range []int{1, 2, 7} {
		before := runtime.NumGoroutine()
		var written []string
		err := Run(context.Background(), arms, 77, 0, 10_000, workers, Options{}, keep(&written))
		var defect *Defect
		if !errors.As(err, &defect) {
			t.Fatalf("%d workers: error %v, want a defect", workers, err)
		}
		if defect.Arm != "broken" || defect.Seed != 77 || defect.Replication != len(written) || defect.Cause == nil || !strings.Contains(string(defect.Stack), "Quantile") {
			t.Errorf("%d workers: %v after %d written, stack %.60s", workers, defect, len(written), defect.Stack)
		}
		if text := defect.Error(); !strings.Contains(text, "arm broken") || !strings.Contains(text, fmt.Sprint("replication ", len(written))) || !strings.Contains(text, "seed 77") {
			t.Errorf("%q", text)
		}
		settled(t, before)
	}
}

// TestOverloadIsAnErrorOfTheArm: a run that passes its limit names arm and replication, and tells the offered load.
func TestOverloadIsAnErrorOfTheArm(t *testing.T) {
	crowded := clinic()
	crowded.MaxInProgress = 5
	err := Run(context.Background(), []Arm{{Name: "control", Scenario: clinic()}, {Name: "crowded", Scenario: crowded}}, 1, 3, 9, 2, Options{}, func(*Replication) error {
		t.Error("a replication without its second arm is written")
		return nil
	})
	var armError *ArmError
	var overload *sim.Overload
	if !errors.As(err, &armError) || armError.Arm != "crowded" || armError.Replication != 3 || !errors.As(err, &overload) {
		t.Fatalf("error %v", err)
	}
	if overload.InProgress != 6 || !strings.Contains(overload.Error(), "erlangs") || !strings.Contains(overload.Error(), "pool-0") {
		t.Errorf("%v", overload)
	}
}

// TestWriteErrorStops: the error comes back as it is, nothing more is written, and no goroutine is left.
func TestWriteErrorStops(t *testing.T) {
	full := errors.New("disk full")
	for _, workers := range []int{1, 7} {
		before := runtime.NumGoroutine()
		written := 0
		err := Run(context.Background(), threeArms(), 1, 0, 10_000, workers, Options{}, func(r *Replication) error {
			if written++; r.Number == 4 {
				return full
			}
			return nil
		})
		if err != full || written != 5 {
			t.Errorf("%d workers: error %v after %d", workers, err, written)
		}
		settled(t, before)
	}
}

// TestCancelStops: a cancelled context ends the run with its error after what is written, in order; one cancelled
// beforehand writes nothing.
func TestCancelStops(t *testing.T) {
	for _, workers := range []int{1, 7} {
		before := runtime.NumGoroutine()
		ctx, cancel := context.WithCancel(context.Background())
		written := 0
		err := Run(ctx, threeArms(), 1, 0, 10_000, workers, Options{}, func(r *Replication) error {
			if r.Number != written {
				t.Errorf("replication %d at place %d", r.Number, written)
			}
			if written++; written == 3 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || written < 3 || written > 3+2*workers+2 {
			t.Errorf("%d workers: error %v after %d", workers, err, written)
		}
		settled(t, before)
		if err := Run(ctx, threeArms(), 1, 0, 10, workers, Options{}, func(*Replication) error {
			t.Error("written after the context was cancelled")
			return nil
		}); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		settled(t, before)
	}
}

// TestNothingToRun: no replications are no error.
func TestNothingToRun(t *testing.T) {
	if err := Run(context.Background(), threeArms(), 1, 5, 5, 2, Options{}, func(*Replication) error { return errors.New("written") }); err != nil {
		t.Error(err)
	}
}

// TestContactsAreNotKept: only pairing needs them, and holding them would fill the memory.
func TestContactsAreNotKept(t *testing.T) {
	if err := Run(context.Background(), threeArms(), 1, 0, 1, 1, Options{}, func(r *Replication) error {
		for a, result := range r.Arms {
			if result.Contacts != nil || result.StaffDays != nil || result.Course != nil || result.Log != nil || r.Threads[a] != nil {
				t.Errorf("arm %d keeps more than was asked", a)
			}
		}
		if len(r.Pairs) != 2*3*len(fates) {
			t.Errorf("%d rows of pairs, want two arms × (two types and all) × five fates", len(r.Pairs))
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}
