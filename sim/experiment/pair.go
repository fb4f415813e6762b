package experiment

import (
	"cmp"
	"slices"

	"portalsim/sim"
)

// Fates of the control's portal threads in an arm, and of the arm's in the control.
const (
	Paired      = "paired"      // portal thread in both
	Moved       = "moved"       // portal thread in the control, another channel in the arm
	Arrived     = "arrived"     // another channel in the control, or self-served or merged there, portal thread in the arm
	Unexpressed = "unexpressed" // portal thread in the control, no contact in the arm
	Extra       = "extra"       // no contact in the control, portal thread in the arm
	Settled     = "settled"     // portal thread in the control, self-served or merged in the arm
)

var fates = []string{Paired, Moved, Arrived, Unexpressed, Extra, Settled}

// tally adds up the contacts of one type and fate.
type tally struct {
	n, censored, inControl, inArm int
	control, arm                  float64 // hours
}

func (t *tally) add(control, arm *sim.ContactRecord) {
	t.n++
	if control != nil && control.Censored || arm != nil && arm.Censored {
		t.censored++
	}
	if control != nil {
		t.inControl++
		t.control += sim.Hours(control.Wait())
	}
	if arm != nil {
		t.inArm++
		t.arm += sim.Hours(arm.Wait())
	}
}

// typeNames returns the names of the control's types and of those that only the arm has, and the place of each of the
// arm's types among them.
func typeNames(control, arm *sim.Scenario) (types []string, place []int) {
	types = names(control)
	for _, name := range names(arm) {
		if !slices.Contains(types, name) {
			types = append(types, name)
		}
		place = append(place, slices.Index(types, name))
	}
	return types, place
}

// match hands over the contacts of control and arm by number, with nil where one of them has no such contact. Both lists
// are reordered.
func match(before, after []sim.ContactRecord, each func(control, arm *sim.ContactRecord)) {
	byContact := func(a, b sim.ContactRecord) int { return cmp.Compare(a.Contact, b.Contact) }
	slices.SortFunc(before, byContact)
	slices.SortFunc(after, byContact)
	for i, j := 0, 0; i < len(before) || j < len(after); {
		switch {
		case j == len(after) || i < len(before) && before[i].Contact < after[j].Contact:
			each(&before[i], nil)
			i++
		case i == len(before) || after[j].Contact < before[i].Contact:
			each(nil, &after[j])
			j++
		default:
			each(&before[i], &after[j])
			i++
			j++
		}
	}
}

// pair matches the contacts of an arm with those of the control, of the same replication, and says by type what became
// of the portal threads. Both lists are reordered.
func pair(control, arm *Arm, before, after []sim.ContactRecord, number int) []sim.PairRow {
	types, place := typeNames(control.Scenario, arm.Scenario)
	tallies := make([][6]tally, len(types)+1) // the last is all types
	count := func(kind, fate int, c, a *sim.ContactRecord) {
		tallies[kind][fate].add(c, a)
		tallies[len(types)][fate].add(c, a)
	}
	match(before, after, func(c, a *sim.ContactRecord) {
		switch {
		case portal(c) && portal(a):
			count(int(c.Type), 0, c, a)
		case portal(c) && a == nil:
			count(int(c.Type), 3, c, nil)
		case portal(c) && a.Settled:
			count(int(c.Type), 5, c, nil)
		case portal(c):
			count(int(c.Type), 1, c, a)
		case portal(a) && c == nil:
			count(place[a.Type], 4, nil, a)
		case portal(a) && c.Settled:
			count(int(c.Type), 2, nil, a) // it had no wait of its own
		case portal(a):
			count(int(c.Type), 2, c, a)
		}
	})
	return pairRows(control.Name, arm.Name, append(types, sim.All), tallies, number)
}

// portal tells whether there is a contact that is a portal thread with a wait of its own.
func portal(c *sim.ContactRecord) bool { return c != nil && c.Channel == 0 && !c.Settled }

func names(s *sim.Scenario) []string {
	var list []string
	for k := range s.Types {
		list = append(list, s.Types[k].Name)
	}
	return list
}

func pairRows(control, arm string, types []string, tallies [][6]tally, number int) []sim.PairRow {
	var rows []sim.PairRow
	for k, name := range types {
		for f, fate := range fates {
			t := &tallies[k][f]
			row := sim.PairRow{
				Point: sim.BasePoint, Control: control, Arm: arm, Replication: int32(number), Type: name, Fate: fate,
				Contacts: int64(t.n), Censored: int64(t.censored),
				ControlWait: mean(t.control, t.inControl), ArmWait: mean(t.arm, t.inArm),
			}
			if row.ControlWait != nil && row.ArmWait != nil {
				d := (t.arm - t.control) / float64(t.n)
				row.Difference = &d
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// mean returns a sum over a number, or nil for none.
func mean(sum float64, n int) *float64 {
	if n == 0 {
		return nil
	}
	x := sum / float64(n)
	return &x
}
