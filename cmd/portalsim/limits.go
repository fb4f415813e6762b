package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// limits are the flags that bound what a run may take, so that a slip of the pen fills no machine. No result depends on them.
type limits struct {
	maxEvents, maxMemory string

	events uint64  // of one replication of an arm; 0 for no limit
	memory float64 // bytes of all that runs at once; 0 for no limit
}

// usualLimits are those of a command without the flags.
var usualLimits = limits{maxEvents: "1e9", maxMemory: "auto"}

func (l *limits) addFlags(f *pflag.FlagSet) {
	f.StringVar(&l.maxEvents, "max-events", usualLimits.maxEvents, "most events of one `replication` of an arm, or none: one that is expected to take more is refused before it starts, and one that takes more is stopped")
	f.StringVar(&l.maxMemory, "max-memory", usualLimits.maxMemory, "most `memory`, such as 4GB, or none: what is expected to take more is refused before it starts, and what grows beyond its share is stopped; auto is three quarters of the machine's")
}

var memoryForm = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?) *(kB|MB|GB|TB|KiB|MiB|GiB|TiB)$`)

var memoryUnits = map[string]float64{"kB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40} // looked up, never walked

// read reads the flags, and returns what is wrong with them.
func (l *limits) read() (wrong []string) {
	if l.maxEvents == "" && l.maxMemory == "" {
		l.maxEvents, l.maxMemory = usualLimits.maxEvents, usualLimits.maxMemory // of a command without the flags
	}
	switch n, err := strconv.ParseFloat(l.maxEvents, 64); {
	case l.maxEvents == "none":
	case err != nil || !(n >= 1 && n < math.MaxUint64):
		wrong = append(wrong, "--max-events must be a number of events such as 1e9, or none")
	default:
		l.events = uint64(n)
	}
	switch m := memoryForm.FindStringSubmatch(l.maxMemory); {
	case l.maxMemory == "none":
	case l.maxMemory == "auto":
		l.memory = usableMemory()
	case m == nil:
		wrong = append(wrong, "--max-memory must be a number with a unit, such as 500MB or 4GB, or none, or auto")
	default:
		n, _ := strconv.ParseFloat(m[1], 64)
		l.memory = n * memoryUnits[m[2]]
		if l.memory < 1e6 {
			wrong = append(wrong, "--max-memory must be at least 1MB")
		}
	}
	return wrong
}

// uncollected is what memory in use is multiplied by: what is done with lies there for a while before it is collected, and
// finished replications wait for their turn.
const uncollected = 2

// budget returns what one run may take where so many are under way at once.
func (l *limits) budget(jobs int) sim.Budget {
	return sim.Budget{Events: l.events, Bytes: int64(min(l.memory/uncollected/float64(max(1, jobs)), math.MaxInt64/2))}
}

// words are the flags that differ from the usual, as the tasks of a study need them.
func (l *limits) words() []string {
	var list []string
	if l.maxEvents != usualLimits.maxEvents {
		list = append(list, "--max-events", l.maxEvents)
	}
	if l.maxMemory != usualLimits.maxMemory {
		list = append(list, "--max-memory", l.maxMemory)
	}
	return list
}

// unknownMemory is taken for the machine's memory where the system does not tell it: that of a small laptop.
const unknownMemory = 8e9

// usableMemory is three quarters of the memory of the machine or, where that is less, of the container or batch job.
func usableMemory() float64 {
	have := 0.0
	if text, err := os.ReadFile("/proc/meminfo"); err == nil {
		have = 1024 * numberAfter(string(text), "MemTotal:")
	}
	if have == 0 {
		have = unknownMemory
	}
	for _, file := range memoryControls() {
		if text, err := os.ReadFile(file); err == nil {
			if most := numberAfter(string(text), ""); most > 0 { // else the word max
				have = min(have, most)
			}
		}
	}
	return 0.75 * have
}

// memoryControls returns the files in which Linux bounds the memory of this process: of its control group, and of those
// around it.
func memoryControls() []string {
	files := []string{"/sys/fs/cgroup/memory/memory.limit_in_bytes"} // of the first version
	text, _ := os.ReadFile("/proc/self/cgroup")
	_, group, _ := strings.Cut(string(text), "0::")
	group, _, _ = strings.Cut(group, "\n")
	for at := path.Join("/", group); ; at = path.Dir(at) {
		files = append(files, path.Join("/sys/fs/cgroup", at, "memory.max"))
		if at == "/" {
			return files
		}
	}
}

// numberAfter returns the number that follows a word of a text, or 0.
func numberAfter(text, word string) float64 {
	_, after, _ := strings.Cut(text, word)
	if fields := strings.Fields(after); len(fields) > 0 {
		n, _ := strconv.ParseFloat(fields[0], 64)
		return n
	}
	return 0
}

// explained adds what to do to the error of a run that was too large, or was stopped; other errors stay.
func (l *limits) explained(err error) error {
	var large *experiment.TooLarge
	var grown *sim.Exhausted
	switch {
	case errors.As(err, &large):
		return &tooLarge{err, l.wayOut(large.Events()) + "; " + estimated}
	case errors.As(err, &grown):
		return fmt.Errorf("%w\n%s", err, l.wayOut(!grown.OverBytes()))
	}
	return err
}

// estimated says how good the estimate is, by which a run was refused.
const estimated = "the estimate is right within a factor of two for clinics that keep up, and too high for those that leave most of their work undone"

func (l *limits) wayOut(events bool) string {
	if events {
		return "a smaller panel or a shorter run takes fewer; or write a larger --max-events, or --max-events none"
	}
	return fmt.Sprintf("fewer --jobs leave more to each, and a smaller panel or a shorter run takes less; or write a larger --max-memory than %s, or --max-memory none", bytesText(l.memory))
}

// tooLarge is a run that was refused before it started.
type tooLarge struct {
	error
	fix string
}

func (t *tooLarge) Error() string { return t.error.Error() + "; " + t.fix }

func (t *tooLarge) Unwrap() error { return t.error }
