package main

import (
	"fmt"
	"math"
	"os"
	"strings"

	"portalsim/sim"
)

// childCommand makes this program simulate one clinic and say what it took, so that its memory is its own.
const childCommand = "child"

// sizes are the numbers of patients, each with the nurses that their messages need.
var sizes = []int{1_000, 10_000, 100_000, 1_000_000}

// child simulates a year of the growing clinic with a number of patients, several times where it is short.
func child(patients string) {
	var n int
	if _, err := fmt.Sscan(patients, &n); err != nil {
		fail(err)
	}
	s, err := load("clinic", fmt.Sprintf("patients.count=%d", n), fmt.Sprintf("staff.nurse.count=%d", max(1, n/10_000)))
	if err != nil {
		fail(err)
	}
	sum := tallied{}
	for r := 0; sum.threads < 200_000; r++ {
		t, err := simulate(s, r, sim.Options{})
		if err != nil {
			fail(err)
		}
		sum.cpu += t.cpu
		sum.threads += t.threads
	}
	fmt.Println(sum.cpu.Nanoseconds(), sum.threads, peakMB())
}

// peakMB returns the most memory that this process held at once, in megabytes, where the system tells it. What the system
// tells the parent of a process that ended is at least what the parent held itself.
func peakMB() float64 {
	text, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(text)) {
		var kB float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kB); err == nil {
			return kB * 1024 / 1e6
		}
	}
	return math.NaN()
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "bench:", err)
	os.Exit(1)
}

// patients measures cost a contact and memory against the number of patients.
func patients(o *options) (string, error) {
	self, err := os.Executable()
	if err != nil {
		return "", err
	}
	var rows []string
	var least, most, memory float64
	for i, n := range sizes {
		rounds := o.rounds
		if n == sizes[len(sizes)-1] {
			rounds = 2
		}
		var cost, peak series
		for range rounds {
			x, err := execute(self, childCommand, fmt.Sprint(n))
			if err != nil {
				return "", err
			}
			var ns, threads, mb float64
			if _, err := fmt.Sscan(x.output, &ns, &threads, &mb); err != nil {
				return "", err
			}
			cost, peak = append(cost, ns/threads), append(peak, mb)
		}
		rows = append(rows, fmt.Sprintf("%d | %d | %v | %v", n, max(1, n/10_000), cost, peak))
		if i == 0 {
			least, most = cost.median(), cost.median()
		}
		least, most, memory = min(least, cost.median()), max(most, cost.median()), peak.median()
	}
	return "A year of a clinic that grows by itself ([clinic](../cmd/bench/cases/clinic.yaml): 6 messages a year and patient, a nurse for each 10,000\npatients), without the thread log:\n\n" +
		table("patients | nurses | ns a contact | peak memory, MB", rows...) +
		fmt.Sprintf("\nDearest over cheapest contact: **%.2f**; target 1.6: %s. A million patients: **%.0f MB**; target 400: %s.\n",
			most/least, verdict(most/least <= 1.6), memory, verdict(memory < 400)) +
		"\nWhat makes a contact dearer in a large panel is memory: a patient, and the part of the demand that a need falls in, are each a line of\nmemory that the processor's cache no longer holds. Both are fetched for sixteen needs at once.\n", nil
}

// scaling measures the baseline against what a planner may raise, and reckons a national panel.
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
	hours := 1e8 * perThread / 3600
	return table("one replication of | threads | ms", rows...) +
		fmt.Sprintf("\nArms, replications and design points multiply: a design of 1,000 points with 3 arms and 20 replications is 60,000 such runs,\n%.1f hours of one processor. A national panel of 10^8 contacts a year, as many clinics like the baseline, costs %.1f µs of one\nprocessor a contact with all that its clinicians do besides, or **%.1f hours** a replication; run as clinics one after another it\nneeds the memory of one.\n",
			60_000*run/3600, perThread*1e6, hours), nil
}
