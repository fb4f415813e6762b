package main

import (
	"fmt"
	"path/filepath"

	"portalsim/sim"
)

// volume sets how many needs the baseline's patients have, as a multiple.
func volume(by float64) []string {
	var sets []string
	for _, t := range []struct {
		name        string
		user, other float64
	}{{"refill", 2.8, 2}, {"advice", 2.2, 1.5}, {"scheduling", 1.5, 1.4}, {"urgent", 0.6, 0.4}} {
		sets = append(sets, fmt.Sprintf("messages.%s.needs_per_user_year=%g", t.name, by*t.user), fmt.Sprintf("messages.%s.needs_per_other_year=%g", t.name, by*t.other))
	}
	return sets
}

// scaling measures what more patients, messages, staff or weeks cost.
func scaling(o *options) (string, error) {
	var rows []string
	var perThread, run float64 // seconds
	for _, x := range []struct {
		name string
		arm  string
		sets []string
	}{
		{"baseline, 2,250 patients", "baseline", nil},
		{"half the patients", "baseline", []string{"patients.count=1125"}},
		{"a fifth more patients", "baseline", []string{"patients.count=2700"}},
		{"half the messages of each patient", "baseline", volume(0.5)},
		{"a fifth more messages of each patient", "baseline", volume(1.2)},
		{"a nurse more", "baseline+one-more-nurse", nil},
		{"education", "baseline+education", nil},
		{"two years instead of one", "baseline", []string{"run.measure=104w"}},
	} {
		s, err := load(x.arm, x.sets...)
		if err != nil {
			return "", err
		}
		var ms, threads series
		for round := range o.rounds {
			t, err := simulate(s, round, sim.Options{})
			if err != nil {
				return "", err
			}
			ms, threads = append(ms, t.cpu.Seconds()*1e3), append(threads, t.threads)
		}
		if perThread == 0 {
			run = ms.median() / 1e3
			perThread = run / threads.median()
		}
		rows = append(rows, fmt.Sprintf("%s | %.0f | %v", x.name, threads.median(), ms))
	}
	return table("one replication of | threads | ms", rows...) +
		fmt.Sprintf("\nA national panel of 10^8 contacts a year, as many clinics like the baseline, costs %.1f µs of one processor a contact with all that\nits clinicians do besides, or **%.1f hours** a replication; run as clinics one after another it needs the memory of one. A design of 1,000\npoints with 3 arms and 20 replications is 60,000 runs of a year, %.1f hours of one processor.\n",
			perThread*1e6, 1e8*perThread/3600, 60_000*run/3600), nil
}

// job is a run of the whole program, and how many replications of an arm it simulates.
type job struct {
	name      string
	runs      int
	arguments []string
}

// jobs grow by arms, by replications and by design points.
func jobs() []job {
	list := []job{
		{"1 arm, 10 replications", 10, []string{"run", "baseline", "--replications", "10"}},
		{"2 arms (and the ceiling), 10 replications", 30, []string{"compare", "baseline", "education", "--replications", "10"}},
		{"5 arms (and the ceiling), 10 replications", 60, []string{"compare", "baseline", "education", "one-more-nurse", "refill-protocol", "nurse-triage", "--replications", "10"}},
		{"1 arm, 40 replications", 40, []string{"run", "baseline", "--replications", "40"}},
	}
	for _, points := range []int{4, 16, 64} {
		list = append(list, job{fmt.Sprintf("%d design points of 1 arm, 2 replications", points), 2 * points, []string{
			"sweep", "baseline", "--replications", "2", "--set", fmt.Sprintf("pools.clinician.handling.mean=range(2m, %gm, %gm)", 2+float64(points-1)/64, 1./64)}})
	}
	return list
}

// growing measures what more arms, replications and design points cost the whole program, tables and start included.
func growing(o *options) (string, error) {
	var rows []string
	for n, j := range jobs() {
		var each, whole series
		for round := range o.rounds {
			x, err := execute(o.program, append(j.arguments, "--quiet", "--out", filepath.Join(o.folder, fmt.Sprintf("growing%d-%d", n, round)))...)
			if err != nil {
				return "", err
			}
			whole, each = append(whole, x.cpu.Seconds()), append(each, x.cpu.Seconds()*1e3/float64(j.runs))
		}
		rows = append(rows, fmt.Sprintf("%s | %d | %v | %v", j.name, j.runs, whole, each))
	}
	return table("the program, a year each | replications of an arm | processor time, s | ms each", rows...), nil
}
