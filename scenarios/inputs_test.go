package scenarios

import (
	"slices"
	"testing"
)

func TestInputs(t *testing.T) {
	arm := loadAll(t, clinic, []string{"tiny+education"}, "pools.nurse.handling.cv=0.5", "messages.refill.reply=0.9")[0]
	find := func(path string) Input {
		inputs := arm.Inputs()
		i := slices.IndexFunc(inputs, func(i Input) bool { return i.Path == path })
		if i < 0 {
			t.Fatalf("no input %s", path)
		}
		return inputs[i]
	}
	if i := find("messages.refill.users"); i.Value != "0.669" || i.Source != "survey" || *i.N != 300 || i.Held {
		t.Errorf("users: %+v", i)
	}
	if i := find("messages.refill.needs_per_user_year"); *i.Low != "1.5" || *i.High != "6" || i.Held {
		t.Errorf("needs: %+v", i)
	}
	if i := find("messages.refill.incomplete"); !i.Held {
		t.Errorf("an assumption without a range is held fixed: %+v", i)
	}
	if i := find("patients.preferred_channel"); i.Value != "{portal: 0.6, phone: 0.4}" || *i.N != 300 {
		t.Errorf("shares: %+v", i)
	}
	for path, want := range map[string]string{
		"pools.nurse.handling.mean": "user", "pools.nurse.handling.cv": "user", "messages.refill.reply": "user",
		"messages.refill.follow_up": "default", "messages.refill.reply_delay.value": "default", "patients.segments": "default",
		"interventions.education.reach": "assumption",
	} {
		if got := find(path).Source; got != want {
			t.Errorf("source of %s is %s, want %s", path, got, want)
		}
	}
	for _, i := range arm.Inputs() {
		if i.Path == "run.warm_up" || i.Path == "patients.count" || i.Path == "measures.long_evening" {
			t.Errorf("%s is listed, and is no input", i.Path)
		}
	}
}
