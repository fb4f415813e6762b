package scenarios

import (
	"testing"
	"time"
)

// both are the arms of most tests here.
var (
	clinic = map[string]string{"tiny": tiny, "education": education, "faster": overlay(
		"set: {pools: {nurse: {handling: {dist: lognormal, mean: 2m, cv: 1}, request_handling: {dist: constant, value: 1m}}}}",
	)}
	twoArms = []string{"tiny", "new=education"}
)

func TestSetChangesTheBase(t *testing.T) {
	arms := loadAll(t, clinic, twoArms, "patients.count=7", "pools.nurse.handling.mean=5m", "messages.refill.users.value=0.5", "messages.refill.users.n=10")
	for _, a := range arms {
		refill := a.File.Messages.Values[0]
		if a.File.Patients.Count != 7 || a.File.Pools.Values[0].Handling.Mean.D != 5*time.Minute || a.File.Pools.Values[0].Handling.CV.Value != 1 {
			t.Errorf("arm %s: got %+v", a.Name, a.File)
		}
		if refill.Users.Value != 0.5 || *refill.Users.Evidence.N != 10 || refill.Users.Evidence.Source != "survey" {
			t.Errorf("arm %s: users are %+v: a field of an evidence node keeps the rest", a.Name, refill.Users)
		}
	}
}

func TestSetChangesWhatOverlaysIntroduce(t *testing.T) {
	arms := loadAll(t, clinic, twoArms, "interventions.education.reach.value=0.7", "interventions.education.start=-2w")
	if len(arms[0].File.Interventions.Keys) != 0 {
		t.Error("the base has gained an intervention")
	}
	if e := arms[1].File.Interventions.Values[0]; e.Reach.Value != 0.7 || e.Reach.Evidence == nil || e.Start.After != -2*week {
		t.Errorf("education is %+v", e)
	}
	// The base could take this key, but an overlay has it already.
	arms = loadAll(t, clinic, []string{"tiny", "tiny+faster"}, "pools.nurse.request_handling.value=3m")
	if arms[0].File.Pools.Values[0].RequestHandling != nil || arms[1].File.Pools.Values[0].RequestHandling.Value.D != 3*time.Minute {
		t.Error("request_handling is the overlay's")
	}
}

func TestSetChangesOneArm(t *testing.T) {
	arms := loadAll(t, clinic, []string{"tiny", "tiny+faster", "fast=faster"}, "fast:pools.nurse.handling.mean=3m", "tiny+faster:patients.count=8", "patients.count=7")
	want := []struct {
		count int
		mean  time.Duration
	}{{7, 4 * time.Minute}, {8, 2 * time.Minute}, {7, 3 * time.Minute}}
	for i, a := range arms {
		if got := a.File; got.Patients.Count != want[i].count || got.Pools.Values[0].Handling.Mean.D != want[i].mean {
			t.Errorf("arm %s: count %d and mean %v, want %+v", a.Name, got.Patients.Count, got.Pools.Values[0].Handling.Mean.D, want[i])
		}
	}
}

func TestSetAddsAndRemoves(t *testing.T) {
	f := loadAll(t, clinic, []string{"tiny"},
		"pools.phone={handling: {dist: constant, value: 2m}}", "channels.phone=null", "patients.preferred_channel={portal: 1}", `staff.nurse.week.mon-fri.12:00-13:00=admin`,
		"staff.nurse={fte: 0.5, speed: 2}", `calendar.open={sat: "08:00-12:00"}`, "messages.refill.title=\"a = b: c\"")[0].File
	if f.Pools.Index("phone") != 1 || len(f.Channels.Keys) != 0 || f.Staff.Values[0].FTE.Value != 0.5 || f.Staff.Values[0].Count != 2 {
		t.Errorf("got %+v", f)
	}
	if week := f.Staff.Values[0].Week.Values[0]; len(week.Keys) != 3 {
		t.Errorf("week is %+v", week)
	}
}

func TestSetRefuses(t *testing.T) {
	cases := []struct{ set, want string }{
		{"patients.cuont=7", "--set:1:1: patients.cuont: no arm has this path: the format has no patients.cuont; did you mean count?"},
		{"pools.nurce.clinical=true", "no arm has this path: pools has no nurce; did you mean nurse?"},
		{"pools.nurce={clinical: true}", "no arm has this path: pools has no nurce; did you mean nurse?"},
		{"new:pools.nurce.clinical=true", "--set:1:5: pools.nurce.clinical: arm new does not have this path: pools has no nurce"},
		{"nev:patients.count=7", "--set:1:1: patients.count: no arm is called nev; did you mean new?"},
		{"patients.count", "is not PATH=VALUE; write a path and a value"},
		{"=7", "is not PATH=VALUE"},
		{"patients.count=", "has no value"},
		{"patients.count= ", "has no value"},
		{"patients.count=[7", "--set:1:16: patients.count: not YAML"},
		{"patients.count=&a 7", "--set:1:16: patients.count: anchor &a"},
		{"patients.count=seven", `--set:1:16: patients.count: must be a number, got "seven"`},
		{"patients.count=7.5", "must be a whole number"},
		{"run.start=2025-01-07", "is not in quotes"},
		{"messages.refill.incomplete.valeu=0.5", "no arm has this path: messages.refill.incomplete has no valeu; did you mean value?"},
		{"patients.activity_cv.value=0.5", "patients.activity_cv is a single value and has no value; write the path patients.activity_cv"},
		{"messages.refill.users.value=0.5 %", "--set:1:29: messages.refill.users.value: must be a number"},
		{"staff.nurse.pools[0]=x", "paths do not reach into lists"},
		{"pools.nurse.handling.sigma=2", "pools.nurse.handling has no sigma"},
		{"messages.refill.users.high=0.9", "has only one of low and high"},
		{"patients..count=2", "the format has no patients."},
	}
	for _, c := range cases {
		t.Run(c.set, func(t *testing.T) { wants(t, problemsOf(t, clinic, twoArms, c.set), c.want) })
	}
}

func TestSetUnderAnOverlayIsRefused(t *testing.T) {
	// The base takes it, but no arm would show it.
	got := problemsOf(t, clinic, []string{"tiny+faster"}, "pools.nurse.handling.mean=3m")
	wants(t, got, "changes the base, and in every arm library/faster.yaml sets the path after it; write ARM:pools.nurse.handling.mean= to change the finished arm")
	loadAll(t, clinic, []string{"tiny", "tiny+faster"}, "pools.nurse.handling.mean=3m") // the control shows it
}

func TestProblemsOfSeveralSetsKeepTheirOrder(t *testing.T) {
	got := problemsOf(t, clinic, twoArms, "patients.count=x", "patients.count.x=1", "run.start=x")
	wants(t, got, "--set:1:16: ", "--set:3:11: ")
}
