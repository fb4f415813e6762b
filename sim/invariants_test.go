package sim

import (
	"testing"

	"pgregory.net/rapid"
)

// TestInvariants runs random clinics under observation. What is checked after every event and at the end: needs are
// threads or dropped and threads end once; each minute of each member is booked once, where it belongs; nobody serves
// two at once, opens the inbox when they may not, or idles beside work they may do; nobody overtakes; Little's law.
func TestInvariants(t *testing.T) {
	check(t, 2000, func(rt *rapid.T) {
		s := drawClinic(rt)
		seed := rapid.Uint64Range(0, 1000).Draw(rt, "seed")
		if _, err := Run(s, seed, 0, Options{StaffDays: true, Contacts: true, Check: true}); err != nil {
			rt.Fatal(err)
		}
	})
}
