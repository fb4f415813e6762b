package messagelog

import (
	_ "embed"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"portalsim/scenarios"
	"portalsim/sim"
)

//go:embed testdata/clinic.yaml
var clinicText []byte

// known returns a clinic of which everything is known.
func known(t testing.TB, sets ...string) *scenarios.Arm {
	t.Helper()
	source := scenarios.Source{ReadFile: os.ReadFile, Library: scenarios.Library()}
	arms, err := source.Load([]string{"testdata/clinic.yaml"}, sets)
	if err != nil {
		t.Fatal(err)
	}
	return arms[0]
}

// simulated returns the log of a simulated year of a clinic, as its portal would export it.
func simulated(t testing.TB, arm *scenarios.Arm, seed uint64) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("sent,type,pool,first_touch,first_response,patient,follow_ups\n")
	at := func(microseconds int64) string {
		if microseconds == 0 {
			return ""
		}
		return time.UnixMicro(microseconds).UTC().Format("2006-01-02 15:04:05.000")
	}
	_, err := sim.Run(arm.Model, seed, 0, sim.Options{Thread: func(r *sim.ThreadRow) {
		if r.Channel != "portal" {
			return
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,%d\n", at(r.Sent), r.Type, r.FirstPool, at(r.FirstTouch), at(r.FirstResponse),
			keyOf(r.Patient), r.Messages-r.Rounds-1)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// keyOf returns the key of a patient in a simulated log.
func keyOf(patient int32) string { return fmt.Sprintf("key-%06d-yek", patient) }

// fitted reads a log and estimates.
func fitted(t testing.TB, arm *scenarios.Arm, log string, panel int, change func(*Options)) *Fit {
	t.Helper()
	o := Options{File: "log.csv"}
	from, to := arm.Model.StartDay, arm.Model.StartDay+int(arm.Model.Measure/sim.Day)-1
	o.From, o.To = &from, &to
	if change != nil {
		change(&o)
	}
	l, err := Read(strings.NewReader(log), Context{arm, arm.ProfileBlocks()}, o)
	if err != nil {
		t.Fatal(err)
	}
	f, err := l.Estimate(panel)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// truths returns what the estimates should be near to, by path.
func truths(arm *scenarios.Arm) map[string]float64 {
	all := map[string]float64{"patients.activity_cv": arm.Model.Patients.ActivityCV}
	for k := range arm.Model.Types {
		x := &arm.Model.Types[k]
		all["messages."+x.Name+".needs_per_user_year"] = x.NeedsPerUserYear
		all["messages."+x.Name+".follow_up"] = x.FollowUp
	}
	for _, b := range arm.ProfileBlocks() {
		all["patients.time_profile.weights."+b.Days+"."+b.Hours] = arm.Model.Patients.HourWeights[b.OfWeek[0]]
	}
	all["pools.desk.handling.mean"], all["pools.desk.handling.cv"] = 3, 0.8
	all["pools.nurse.handling.mean"], all["pools.nurse.handling.cv"] = 8, 1.2
	return all
}
