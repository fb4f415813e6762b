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
	var first, last, least, most, memory float64
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
		last = cost.median()
		if i == 0 {
			first, least, most = last, last, last
		}
		least, most, memory = min(least, last), max(most, last), peak.median()
	}
	return "A year of a clinic that grows by itself ([clinic](../cmd/bench/cases/clinic.yaml): 6 messages a year and patient, a nurse for each 10,000\npatients), without the thread log:\n\n" +
		table("patients | nurses | ns a contact | peak memory, MB", rows...) +
		fmt.Sprintf("\nA contact of 10^6 patients over one of 10^3: **%.2f**; target 1.6: %s. The cheapest is between them, since where few patients write,\ndays and rows of results are shared by few contacts: the dearest over the cheapest is **%.2f**; target, read so: %s.\nA million patients: **%.0f MB**; target 400: %s.\n",
			last/first, verdict(last/first <= 1.6), most/least, verdict(most/least <= 1.6), memory, verdict(memory < 400)) +
		"\nWhat makes a contact dearer in a large panel is memory: a patient, and the part of the demand that a need falls in, are each a line of\nmemory that the processor's cache no longer holds. They, and the items that will be used next, are fetched for 32 needs at once.\n", nil
}
