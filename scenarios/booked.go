package scenarios

// Visits are demand: an overlay that takes visits blocks does not make the patients go away. So the hours in which visits
// are booked are taken from the scenario below the overlays and written into the arm, where the builder finds the slots
// that no longer fit and asks what becomes of them.

// keepBooked fills visits.booked of the staff groups whose visits blocks shrink between the scenario below and the arm.
// It reports whether it filled any.
func keepBooked(tree *Node, below, arm *File) bool {
	filled := false
	for i, name := range below.Staff.Keys {
		after, ok := arm.Staff.Get(name)
		before := &below.Staff.Values[i]
		if !ok || before.Visits == nil || after.Visits == nil || len(after.Visits.Booked.Keys) > 0 {
			continue
		}
		if was, is := visitMinutes(before), visitMinutes(&after); shrinks(was, is) {
			tree.At("staff").At(name).At("visits").put(Entry{Key: "booked", Value: bookedNode(was)})
			filled = true
		}
	}
	return filled
}

// week of minutes: whether each is in a visits block.
type visitWeek [7][1440]bool

func visitMinutes(f *StaffFile) *visitWeek {
	var week visitWeek
	for i, key := range f.Week.Keys {
		first, last, _ := parseDays(key)
		for j, hours := range f.Week.Values[i].Keys {
			s, ok := parseSpan(hours)
			if !ok {
				continue
			}
			for d := first; d <= last; d++ {
				for m := minute(s.From); m < minute(s.To); m++ {
					week[d][m] = f.Week.Values[i].Values[j] == "visits"
				}
			}
		}
	}
	return &week
}

func minute(t TimeOfDay) int { return int(t / 60e9) }

func shrinks(was, is *visitWeek) bool {
	for d := range was {
		for m, visits := range was[d] {
			if visits && !is[d][m] {
				return true
			}
		}
	}
	return false
}

// bookedNode writes the visits of a week as hours by day.
func bookedNode(week *visitWeek) *Node {
	booked := &Node{Kind: Mapping}
	for d := range week {
		hours := &Node{Kind: List}
		for m := 0; m < 1440; m++ {
			from := m
			for m < 1440 && week[d][m] {
				m++
			}
			if m > from {
				text := Span{TimeOfDay(from) * 60e9, TimeOfDay(m) * 60e9}.String()
				hours.Items = append(hours.Items, &Node{Kind: Scalar, Text: text, Quoted: true})
			}
		}
		if len(hours.Items) > 0 {
			booked.Entries = append(booked.Entries, Entry{Key: dayWords[d], Value: hours})
		}
	}
	return booked
}
