package sim

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

// Within its budget a run gives the same bits as without one; over it, it stops and says what the pools were offered.
func TestBudget(t *testing.T) {
	s := busyClinic()
	s.Types[0].NeedsPerUserYear *= 4
	free, err := Run(s, 1, 0, Options{Contacts: true})
	if err != nil {
		t.Fatal(err)
	}
	within, err := Run(s, 1, 0, Options{Contacts: true, Budget: Budget{Events: free.Events, Bytes: 1 << 30}})
	if err != nil || !reflect.DeepEqual(within.Rows, free.Rows) || !reflect.DeepEqual(within.Contacts, free.Contacts) {
		t.Errorf("within its budget the run is another one: %v", err)
	}
	for name, b := range map[string]Budget{"events": {Events: free.Events / 2}, "bytes": {Bytes: 60_000}} {
		_, err := Run(s, 1, 0, Options{Contacts: true, Check: true, Budget: b})
		var e *Exhausted
		if !errors.As(err, &e) {
			t.Fatalf("%s: got %v", name, err)
		}
		if e.OverBytes() != (name == "bytes") || len(e.Pools) == 0 || e.Pools[0].Entered == 0 || !strings.Contains(err.Error(), "was offered") {
			t.Errorf("%s: %v", name, err)
		}
		if name == "events" && e.Handled > b.Events+10 {
			t.Errorf("stopped only after %d events of %d", e.Handled, b.Events)
		}
	}
}

// A thread whose every answer brings a follow-up at once never ends, and stops neither the clock nor the program.
func TestBudgetEndsALoopAtOneInstant(t *testing.T) {
	s := busyClinic()
	s.Types[0].FollowUp = 1
	s.OtherWork = append(s.OtherWork, OtherWork{Name: "flood", PerWeek: 1e15, Arrives: s.Open, Priority: 1, Activity: OtherInbox, Handling: s.Pools[0].Handling[0]})
	_, err := Run(s, 1, 0, Options{Budget: Budget{Events: 50_000}})
	var e *Exhausted
	if !errors.As(err, &e) || e.Handled > 51_000 {
		t.Errorf("got %v", err)
	}
}
