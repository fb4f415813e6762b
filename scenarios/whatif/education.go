package whatif

// campaign is the path of the campaign whose levers are shown.
const campaign = "interventions.education."

// educationLevers are what a campaign is, and what it is assumed to do.
func educationLevers(in *inputs) []Lever {
	var levers []Lever
	for _, x := range []struct {
		id, path, label, unit, about string
		least, most, step            float64
	}{
		{"reach", "reach", "Patients reached by a wave", "%", "The share of patients whom the campaign, and each booster, reaches.", 0, 1, 0.01},
		{"half-life", "half_life", "Half-life of the effect", "w", "After how many weeks half of what was learnt has worn off.", 1, 156, 1},
		{"misdirected", "effects.misdirected", "Messages to the wrong place", "odds", oddsRatio, 0.1, 1.5, 0.05},
		{"incomplete", "effects.incomplete", "Messages that leave something out", "odds", oddsRatio, 0.1, 1.5, 0.05},
		{"follow-up", "effects.follow_up", "Patients who ask again", "odds", oddsRatio, 0.1, 1.5, 0.05},
		{"advice", "effects_by_type.advice.rate", "Questions for advice", "×", rateRatio, 0.5, 1.5, 0.05},
		{"urgent", "effects_by_type.urgent.rate", "Concerns called urgent", "×", rateRatio, 0.5, 1.5, 0.05},
		{"by-phone", "effects_by_type.urgent.by_phone", "Urgent concerns that are phoned", "odds", oddsRatio, 0.5, 10, 0.5},
		{"cost", "cost_per_patient", "Cost for each patient reached", "money", "What the campaign costs for each patient that a wave reaches.", 0, 30, 1},
	} {
		l := Lever{ID: "education." + x.id, Group: educationGroup, Label: x.label, Unit: x.unit, About: x.about, Least: x.least, Most: x.most, Step: x.step}
		if l, ok := in.input(l, campaign+x.path); ok {
			levers = append(levers, l)
		}
	}
	if boosters, ok := boosterLever(in); ok {
		levers = append(levers, boosters)
	}
	return levers
}

const (
	oddsRatio = "Assumed effect on a patient who has just been reached, as an odds ratio: 1 is none, 0.5 halves the odds."
	rateRatio = "Assumed effect on a patient who has just been reached: how often they write, as a multiple; 1 is none."
)

// boosterLever is when the campaign is repeated.
func boosterLever(in *inputs) (Lever, bool) {
	l := Lever{ID: "education.boosters", Group: educationGroup, Label: "Boosters", Source: "choice",
		About: "Whether the campaign is repeated, and when, counted from the start of the measured year."}
	usual := ""
	for _, a := range in.arms {
		if at := a.Tree.At("interventions"); at != nil && at.At("education") != nil {
			usual = "["
			if b := at.At("education").At("boosters"); b != nil {
				for i, item := range b.Items {
					if i > 0 {
						usual += ", "
					}
					usual += item.Text
				}
			}
			usual += "]"
			break
		}
	}
	l.Value, l.Choices = usual, []Choice{{"[]", "none"}, {"[26w]", "one, after 26 weeks"}, {"[13w, 26w, 39w]", "three, every 13 weeks"}}
	known := false
	for _, c := range l.Choices {
		known = known || c.Value == usual
	}
	if !known {
		l.Choices = append(l.Choices, Choice{usual, "as the scenario has it: " + usual})
	}
	l.choose(func(text string) []setting { return []setting{{campaign + "boosters", text}} })
	return l, usual != ""
}
