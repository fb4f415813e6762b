package clinics

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"portalsim/sim"
)

// TestRolesAreOnlyNames: roles, full-time equivalents and who counts as a clinician only label the measures.
func TestRolesAreOnlyNames(t *testing.T) {
	check(t, 60, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 3, 0)
		with := *s
		with.Staff = append([]sim.StaffMember(nil), s.Staff...)
		for i := range with.Staff {
			with.Staff[i].Role, with.Staff[i].Clinician, with.Staff[i].FTE = "other", !with.Staff[i].Clinician, 2
		}
		got := outcomeOf(rt, &with, 3, 0)
		expectSame(rt, "roles", outcome{contacts: base.contacts, threads: base.threads, pools: base.pools, events: base.events},
			outcome{contacts: got.contacts, threads: got.threads, pools: got.pools, events: got.events})
	})
}

// TestWorthOfAdminTimeChangesNothingElse: a price on admin time moves its value and the net cost, by the same amount, and
// no other bit.
func TestWorthOfAdminTimeChangesNothingElse(t *testing.T) {
	check(t, 60, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
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

// TestPerfectTriageIsNone: triage without error gives the same bytes as a clinical pool that names none.
func TestPerfectTriageIsNone(t *testing.T) {
	check(t, 100, func(rt *rapid.T) {
		s := loaded(rt, drawClinic(rt))
		base := outcomeOf(rt, s, 5, 2)
		with := *s
		with.Pools = slices.Clone(s.Pools)
		for p := range with.Pools {
			if with.Pools[p].Clinical && with.Pools[p].Triage == nil {
				with.Pools[p].Triage = &sim.Triage{Sensitivity: 1, Specificity: 1}
			}
		}
		expectSame(rt, "perfect triage", base, outcomeOf(rt, &with, 5, 2))
	})
}
