package main

import (
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestSoak runs commands one after the other in one process, for as long as PORTALSIM_SOAK says (such as 1h; else some rounds):
// its memory, goroutines and open files stay what they were, and a study that is extended a few replications at a time has
// the tables of one that is run at once. Rounds are counted and no time is compared.
func TestSoak(t *testing.T) {
	skipIfShort(t)
	forTime, _ := time.ParseDuration(os.Getenv("PORTALSIM_SOAK"))
	s := newSoak(t)
	began := time.Now()
	const least = 8
	for round := 0; round < least || time.Since(began) < forTime; round++ {
		s.round(t, round)
	}
	s.finish(t)
	t.Logf("%d rounds in %s: %d replications of the study; live heap at most %.1f MB, first quarter %.1f MB, last quarter %.1f MB; resident at most %.0f MB; goroutines %d to %d, open files %d to %d",
		len(s.heap), time.Since(began).Round(time.Second), s.replications, most(s.heap)/1e6, most(quarter(s.heap, 0))/1e6, most(quarter(s.heap, 3))/1e6, most(s.resident)/1e6, int(slices.Min(s.routines)), int(most(s.routines)), int(slices.Min(s.files)), int(most(s.files)))
}

const (
	perRound  = 2   // replications that a round adds to the study
	mostOfOne = 400 // replications of the study, after which another is begun
)

// soak is what is seen of a process that runs for long.
type soak struct {
	study, extended                 string // file and directory
	replications                    int    // of the study so far
	heap, resident, routines, files []float64
}

func newSoak(t *testing.T) *soak {
	return &soak{study: studyFile(t, ""), extended: filepath.Join(t.TempDir(), "out")}
}

// round extends the study, compares arms with a log of every thread, draws inputs, and looks at the process.
func (s *soak) round(t *testing.T, round int) {
	s.replications += perRound
	if s.replications > mostOfOne {
		s.atOnce(t)
		s.replications, s.extended = perRound, filepath.Join(t.TempDir(), "out")
	}
	succeed(t, "sweep", s.study, "--out", s.extended, "--replications", strconv.Itoa(s.replications), "--quiet")
	seed := strconv.Itoa(round + 1)
	out := filepath.Join(filepath.Dir(s.extended), "compare")
	for _, command := range [][]string{
		{"compare", "baseline", "education", "--replications", "2", "--seed", seed, "--thread-log", "all", "--event-log", "all", "--report", "--out", out, "--force", "--quiet"},
		{"run", "baseline", "--uncertainty", "--draws", "2", "--seed", seed, "--quiet"},
	} {
		if got := invoke(shortened(command...)...); got.status != exitDone && got.status != exitUnsettled { // by chance in so few weeks, or by what is drawn
			t.Fatalf("status %d\n%s", got.status, got.err)
		}
	}
	if got := invoke("check", "nowhere.yaml"); got.status != exitUsage {
		t.Fatalf("a file that is not there: status %d", got.status)
	}
	runtime.GC()
	live := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(live)
	s.heap = append(s.heap, float64(live[0].Value.Uint64()))
	s.resident = append(s.resident, residentBytes())
	s.routines = append(s.routines, float64(runtime.NumGoroutine()))
	open, _ := os.ReadDir("/proc/self/fd")
	s.files = append(s.files, float64(len(open)))
}

// atOnce compares the study with one that is run at once.
func (s *soak) atOnce(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	succeed(t, "sweep", s.study, "--out", whole, "--replications", strconv.Itoa(s.replications), "--quiet")
	succeed(t, "sweep", s.study, "--out", s.extended, "--replications", strconv.Itoa(s.replications), "--quiet")
	sameTables(t, "a study extended round by round, and run at once", s.extended, whole)
}

// finish compares the last quarter of the rounds with the second: what a process holds for good is there by then.
func (s *soak) finish(t *testing.T) {
	s.atOnce(t)
	const slack = 2 << 20 // caches of the libraries
	if before, after := most(quarter(s.heap, 1)), most(quarter(s.heap, 3)); after > 1.05*before+slack {
		t.Errorf("the live heap grew from %.1f to %.1f MB", before/1e6, after/1e6)
	}
	for name, list := range map[string][]float64{"goroutines": s.routines, "open files": s.files} {
		if before, after := most(quarter(list, 1)), most(quarter(list, 3)); after > before {
			t.Errorf("%s grew from %v to %v", name, before, after)
		}
	}
}

func most(list []float64) float64 { return slices.Max(list) }

// quarter returns one of four parts of a list.
func quarter(list []float64, n int) []float64 {
	return list[n*len(list)/4 : (n+1)*len(list)/4]
}

// residentBytes returns the memory of this process as the system counts it, or 0 where it does not tell.
func residentBytes() float64 {
	text, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(text), "VmRSS:")
	if fields := strings.Fields(after); len(fields) > 0 {
		kB, _ := strconv.ParseFloat(fields[0], 64)
		return 1024 * kB
	}
	return 0
}
