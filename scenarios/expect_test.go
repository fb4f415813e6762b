package scenarios

import (
	"runtime"
	"testing"

	"portalsim/sim"
)

// What a run is expected to take, from the scenario alone, is within a factor of two of the events that it takes, and below
// the bytes that it allocates by no more than what growing lists are copied: a factor of four.
func TestExpect(t *testing.T) {
	arms := []string{"baseline", "primary-care", "fit-1", "baseline+education", "baseline+impatient-patients", "baseline+no-patient-messages"}
	loaded, err := Source{Library: Library()}.Load(arms, nil)
	if err != nil {
		t.Fatal(err)
	}
	options := sim.Options{Contacts: true, StaffDays: true}
	for _, a := range loaded {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r, err := sim.Run(a.Model, 1, 0, options)
		if err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		size, allocated := sim.Expect(a.Model, options), float64(after.TotalAlloc-before.TotalAlloc)
		if x := size.Events / float64(r.Events); !(x > 0.5 && x < 2) {
			t.Errorf("%s: %d events, and %.3g were expected", a.Expression, r.Events, size.Events)
		}
		if x := size.Bytes / allocated; !(x > 0.25 && x < 1) {
			t.Errorf("%s: %.3g bytes, and %.3g were expected", a.Expression, allocated, size.Bytes)
		}
	}
}
