package sim

import "reflect"

// Unsynchronised lists what keeps two scenarios from having the same contacts, patient by patient and minute by minute,
// before modifiers: generator values that differ. Scenarios for which it is empty are synchronised.
func Unsynchronised(a, b *Scenario) []string {
	var list []string
	differ := func(what string, x, y any) {
		if !reflect.DeepEqual(x, y) {
			list = append(list, what)
		}
	}
	differ("run.start", a.StartDay, b.StartDay)
	differ("run.warm_up", a.WarmUp, b.WarmUp)
	differ("run.measure", a.Measure, b.Measure)
	differ("calendar.holidays", a.Holidays, b.Holidays)
	differ("patients", a.Patients, b.Patients)
	for i := range a.Types {
		if other := typeNamed(b, a.Types[i].Name); other != nil {
			differ("messages."+a.Types[i].Name, generatorValues(&a.Types[i]), generatorValues(other))
		} else {
			list = append(list, "messages."+a.Types[i].Name)
		}
	}
	for i := range b.Types {
		if typeNamed(a, b.Types[i].Name) == nil {
			list = append(list, "messages."+b.Types[i].Name)
		}
	}
	return list
}

func typeNamed(s *Scenario, name string) *MessageType {
	for i := range s.Types {
		if s.Types[i].Name == name {
			return &s.Types[i]
		}
	}
	return nil
}

// generatorValues returns the values that decide which needs arise.
func generatorValues(t *MessageType) any {
	return []any{t.UsesOfPortalUsers, t.NeedsPerUserYear, t.NeedsPerOtherYear, t.NeedsAt, t.TrulyUrgent, t.Unneeded, t.Latent}
}
