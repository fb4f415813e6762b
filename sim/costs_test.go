package sim

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestWorthOfAdminTimeChangesNothingElse: a price on admin time moves its value and the net cost, by the same amount, and
// no other bit.
func TestWorthOfAdminTimeChangesNothingElse(t *testing.T) {
	check(t, 60, func(rt *rapid.T) {
		s := drawClinic(rt)
		with := *s
		with.Costs.AdminHour += 100
		before, after := outcomeOf(rt, s, 5, 2), outcomeOf(rt, &with, 5, 2)
		priced := func(text string) bool {
			return strings.Contains(text, "Measure:admin_value ") || strings.Contains(text, "Measure:net_cost ")
		}
		before.rows, after.rows = slices.DeleteFunc(before.rows, priced), slices.DeleteFunc(after.rows, priced)
		expectSame(rt, "price of admin time", before, after)
	})
}
