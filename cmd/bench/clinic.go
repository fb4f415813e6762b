package main

import (
	"fmt"
	"path/filepath"
	"time"

	"portalsim/sim"
)

// clinic measures a replicated year of the baseline, and how much of the main job it is.
func clinic(o *options) (string, error) {
	s, err := load("baseline")
	if err != nil {
		return "", err
	}
	var ms, events, threads, other series
	for round := range 3 * o.rounds {
		t, err := simulate(s, round, sim.Options{})
		if err != nil {
			return "", err
		}
		years := (s.WarmUp + s.Measure).Hours() / 8766
		ms = append(ms, t.cpu.Seconds()*1e3/years)
		events = append(events, t.events/t.cpu.Seconds()/1e6)
		threads, other = append(threads, t.threads/t.cpu.Seconds()/1e3), append(other, (t.other-t.threads)/t.cpu.Seconds()/1e3)
	}
	text := table("baseline, all mechanisms on | figure | target",
		fmt.Sprintf("ms for a replicated year | %v | below 60, aim 20: %s", ms, verdict(ms.median() < 60)),
		fmt.Sprintf("million events a second | %v | 5: %s", events, verdict(events.median() >= 5)),
		fmt.Sprintf("thousand patients' threads a second | %v | ", threads),
		fmt.Sprintf("thousand entries of other items and later rounds a second | %v | ", other))
	extra, err := allocationsPerEvent("baseline")
	if err != nil {
		return "", err
	}
	text += fmt.Sprintf("\nA second year costs %.4f allocations an event more than the first: the pieces of 4,096 in which waits are kept, and rows of\nresults; handling an event allocates nothing, which a test asserts.\n", extra)
	share, err := mainJob(o)
	return text + share, err
}

// allocationsPerEvent returns how many allocations an event of a second year costs.
func allocationsPerEvent(arm string) (float64, error) {
	var years [2]tallied
	for i, measure := range []string{"52w", "104w"} {
		s, err := load(arm, "run.measure="+measure)
		if err != nil {
			return 0, err
		}
		if years[i], err = simulate(s, 0, sim.Options{}); err != nil {
			return 0, err
		}
	}
	return (float64(years[1].allocated) - float64(years[0].allocated)) / (years[1].events - years[0].events), nil
}

// mainJob measures the job of the README and how much of it is simulation.
func mainJob(o *options) (string, error) {
	arms := []string{"baseline", "baseline+education", "baseline+no-patient-messages"}
	const replications = 20
	simulating := time.Duration(0)
	for _, arm := range arms {
		s, err := load(arm)
		if err != nil {
			return "", err
		}
		for r := range replications {
			t, err := simulate(s, r, sim.Options{Contacts: true, StaffDays: true})
			if err != nil {
				return "", err
			}
			simulating += t.cpu
		}
	}
	job, err := execute(o.program, "compare", "baseline", "education", "--replications", fmt.Sprint(replications), "--quiet", "--out", filepath.Join(o.folder, "job"))
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("\nThe main job, `compare baseline education --out out` with %d replications of three arms: %s of wall time, %s of processor time, of\nwhich the simulations alone are %s: %.0f %%. The rest is pairing, the tables and their compression.\n",
		replications, seconds(job.wall), seconds(job.cpu), seconds(simulating), 100*simulating.Seconds()/job.cpu.Seconds()), nil
}

// twoWorkers compares two workers with two processes of half the work each.
func twoWorkers(o *options) (string, error) {
	arguments := func(jobs, replications, seed int) []string {
		return []string{"run", "baseline", "--quiet", "--jobs", fmt.Sprint(jobs), "--replications", fmt.Sprint(replications), "--seed", fmt.Sprint(seed)}
	}
	const replications = 60
	var ratios series
	for range o.rounds {
		started := time.Now()
		done := make(chan error, 2)
		for p := range 2 {
			go func() {
				_, err := execute("env", append([]string{"GOMAXPROCS=1", o.program}, arguments(1, replications/2, p+1)...)...)
				done <- err
			}()
		}
		for range 2 {
			if err := <-done; err != nil {
				return "", err
			}
		}
		apart := time.Since(started)
		together, err := execute(o.program, arguments(2, replications, 1)...)
		if err != nil {
			return "", err
		}
		ratios = append(ratios, apart.Seconds()/together.wall.Seconds())
	}
	return fmt.Sprintf("%d replications of the baseline by two workers, against two processes of %d each at the same time, in replications a second of\nwall time: **%.2f** (%s); target 0.95: %s. The bytes are the same for any number of workers; a test holds them so.\n",
		replications, replications/2, ratios.median(), spread(ratios), verdict(ratios.median() >= 0.95)), nil
}
