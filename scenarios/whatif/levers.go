package whatif

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"portalsim/scenarios"
)

// Groups of levers.
const (
	clinicGroup    = "The clinic"
	staffGroup     = "Staff"
	educationGroup = "Education (its effects are assumptions)"
)

// eveningLever is the lever whose value is an overlay under all arms.
const eveningLever = "evening"

// leversOf lists what can be moved in some arms, of which the first is the control.
func leversOf(arms []*scenarios.Arm) []Lever {
	in := inputsOf(arms)
	levers := []Lever{panelLever(arms[0])}
	add := func(l Lever, ok bool) {
		if ok {
			levers = append(levers, l)
		}
	}
	add(in.input(Lever{ID: "users", Group: clinicGroup, Label: "Patients who use the portal", Unit: "%", Least: leastUsers(arms[0]), Most: 1, Step: 0.01,
		About: "The share of patients who have an account and use it; the others phone, come or send e-mail. It cannot be less than the share who prefer the portal, or use it for one kind of message."}, "patients.portal_users"))
	add(volumeLever(in, arms[0]))
	for _, e := range arms[0].Tree.At("staff").Entries {
		add(staffLever(e.Key, e.Value))
	}
	add(protectedLever(arms))
	add(eveningsLever(arms))
	return append(levers, educationLevers(in)...)
}

// panelLever is the number of patients.
func panelLever(control *scenarios.Arm) Lever {
	n := float64(control.Model.Patients.Count)
	l := Lever{ID: "panel", Group: clinicGroup, Label: "Patients of the clinic", Value: plain(n), Source: "choice",
		About: "How many patients the clinic looks after. Visits stay as they are booked in the week; messages and calls grow with patients.",
		Least: math.Ceil(n/20) * 10, Most: math.Ceil(n/10) * 20, Step: 10}
	l.number(func(x float64) []setting { return []setting{{"patients.count", plain(math.Round(x))}} })
	return l
}

// leastUsers is the least share of portal users, in hundredths, that the format takes with what the survey says: those who
// prefer the portal, or use it for one type, are among them.
func leastUsers(control *scenarios.Arm) float64 {
	f := control.File
	least, _ := f.Patients.PreferredChannel.Of("portal")
	for i := range f.Messages.Values {
		least = max(least, f.Messages.Values[i].Users.Value)
	}
	return math.Ceil(least*100-1e-9) / 100
}

// volumeLever multiplies what every patient needs. Its range is that within which every need stays in its own range.
func volumeLever(in *inputs, control *scenarios.Arm) (Lever, bool) {
	l := Lever{ID: "volume", Group: clinicGroup, Label: "Needs of each patient", Unit: "×", Value: "1", Source: "assumption", Least: 0.25, Most: 2, Step: 0.05,
		About: "How often a patient needs something of the clinic, of every kind alike, as a multiple of what the scenario says.",
		Note:  "the range is that in which every kind of need stays within its own range"}
	type need struct {
		path  string
		value float64
	}
	var needs []need
	low, high := 0., math.Inf(1)
	for _, e := range control.Tree.At("messages").Entries {
		for _, key := range []string{"needs_per_user_year", "needs_per_other_year"} {
			path := "messages." + e.Key + "." + key
			i, found := in.find(path)
			value, err := strconv.ParseFloat(i.Value, 64)
			if !found || err != nil {
				continue
			}
			needs = append(needs, need{path, value})
			if i.Low != nil && i.High != nil {
				least, _ := strconv.ParseFloat(*i.Low, 64)
				most, _ := strconv.ParseFloat(*i.High, 64)
				low, high = max(low, least/value), min(high, most/value)
			}
		}
	}
	if !math.IsInf(high, 1) {
		low, high = math.Ceil(low*100)/100, math.Floor(high*100)/100
		l.Low, l.High = &low, &high
	}
	l.number(func(x float64) []setting {
		var sets []setting
		for _, n := range needs {
			sets = append(sets, setting{n.path, plain(math.Round(n.value*x*1e6) / 1e6)})
		}
		return sets
	})
	return l, needs != nil
}

// staffLever is how many there are of a group of staff members in every arm; an arm that adds one adds it to these.
func staffLever(name string, group *scenarios.Node) (Lever, bool) {
	title, count := name, group.At("count")
	if t := group.At("title"); t != nil && t.Text != "" {
		title = t.Text
	}
	if count == nil {
		return Lever{}, false
	}
	n, err := strconv.Atoi(count.Text)
	l := Lever{ID: "staff." + name, Group: staffGroup, Label: title, Value: count.Text, Source: "choice", Least: 1, Most: float64(2*n + 3), Step: 1,
		About: "How many of them work the week that the scenario gives them, in every arm. An arm that adds one adds it to these."}
	if leave := group.At("leave"); leave != nil {
		for _, e := range leave.Entries {
			member, _ := strconv.Atoi(strings.TrimPrefix(e.Key, name+"-"))
			l.Least = max(l.Least, float64(member))
		}
	}
	if l.Least > 1 {
		l.Note = "no fewer than have their leave in the scenario"
	}
	l.number(func(x float64) []setting {
		return []setting{{"staff." + name + ".count", plain(max(1, math.Round(x)))}}
	})
	return l, err == nil
}

// protectedOverlay is the overlay whose minutes can be moved, and protectedUsual the minutes that it gives.
const protectedOverlay, protectedUsual = "protected-time", 60

// protectedLever is how long the protected time of the library's overlay is: the hour from 13:00, on three afternoons
// of admin time that last until 16:30.
func protectedLever(arms []*scenarios.Arm) (Lever, bool) {
	l := Lever{ID: "protected", Group: staffGroup, Label: "Protected minutes for the inbox, in the arm that has them", Value: strconv.Itoa(protectedUsual), Source: "choice",
		About: "Admin time of clinicians that becomes time for the inbox, on each of three afternoons a week. No visit is lost; the admin time is."}
	for m := 0; m <= 180; m += 30 {
		l.Choices = append(l.Choices, Choice{strconv.Itoa(m), fmt.Sprintf("%d min", m)})
	}
	var with []string // arms; only in these, for a week is painted in any arm that it is set in
	for _, a := range arms {
		if slices.Contains(strings.Split(a.Expression, "+"), protectedOverlay) {
			with = append(with, a.Name)
		}
	}
	l.choose(func(text string) []setting {
		minutes, _ := strconv.Atoi(text) // it is one of the choices
		var sets []setting
		for _, arm := range with {
			for _, group := range []string{"neurologist", "advanced-practice"} {
				sets = append(sets, setting{arm + ":staff." + group + ".week.wed-fri", protectedWeek(minutes)})
			}
		}
		return sets
	})
	return l, with != nil
}

// protectedWeek is what to lay over the overlay's hour, which stands: other minutes, on from 14:00.
func protectedWeek(minutes int) string {
	end := func(m int) string { return fmt.Sprintf("%02d:%02d", 14+m/60, m%60) }
	switch {
	case minutes == 0:
		return `{"13:00-14:00": admin}`
	case minutes < protectedUsual:
		return fmt.Sprintf(`{"13:00-14:00": admin, "14:00-%s": inbox}`, end(minutes))
	default:
		return fmt.Sprintf(`{"14:00-%s": inbox}`, end(minutes-protectedUsual))
	}
}

// eveningsLever is how an evening comes about: the alternatives that the scenario itself gives.
func eveningsLever(arms []*scenarios.Arm) (Lever, bool) {
	l := Lever{ID: eveningLever, Group: staffGroup, Label: "How evenings come about", Source: "assumption", Choices: []Choice{{"", "as the scenario has it"}},
		About: "Whether clinicians log in from home by habit, because much waits, or stay until the inbox is clear. All are set to the same minutes; nobody knows which it is."}
	variants := arms[0].Tree.At("variants")
	if variants == nil || variants.At("evening") == nil {
		return l, false
	}
	for _, e := range variants.At("evening").Entries {
		if o := e.Value.At("overlay"); o != nil && o.Text != "" && !strings.Contains(o.Text, "/") {
			l.Choices = append(l.Choices, Choice{o.Text, strings.ReplaceAll(e.Key, "-", " ")})
		}
	}
	l.choose(func(string) []setting { return nil })
	return l, len(l.Choices) > 1
}
