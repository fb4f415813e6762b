package experiment

import (
	"fmt"
	"reflect"

	"portalsim/sim"
)

// TooLarge is the error of arms that are expected to take more than they may. Nothing of them was run.
type TooLarge struct {
	Expected sim.Size // of the arm with most events; bytes are of all arms of a replication
	Budget   sim.Budget
}

// Events tells whether it is the events that are too many; else it is the bytes.
func (t *TooLarge) Events() bool {
	return t.Budget.Events > 0 && !(t.Expected.Events <= float64(t.Budget.Events))
}

func (t *TooLarge) Error() string {
	if t.Events() {
		return fmt.Sprintf("one replication is expected to take about %.4g million events, more than the limit of %.4g", t.Expected.Events/1e6, float64(t.Budget.Events)/1e6)
	}
	return fmt.Sprintf("one replication is expected to take about %.4g MB of memory, more than its share of %.4g", t.Expected.Bytes/1e6, float64(t.Budget.Bytes)/1e6)
}

// Afford compares what a replication of the arms is expected to take with the budget. The error is an *ArmError with a
// *TooLarge in it. An expectation that is no number is too large.
func Afford(arms []Arm, number int, options Options) error {
	b := options.Budget
	most, kept := 0.0, 0.0
	rows := sim.ShareOf(options.Threads) * float64(reflect.TypeFor[sim.ThreadRow]().Size())
	for i := range arms {
		size := sim.Expect(arms[i].Scenario, options.ofRun(len(arms)))
		most, kept = max(most, size.Bytes-size.Kept), kept+size.Kept+size.Threads*rows
		size.Bytes = most + kept
		if t := (&TooLarge{size, b}); t.Events() || b.Bytes > 0 && !(size.Bytes <= float64(b.Bytes)) {
			return &ArmError{arms[i].Name, number, t}
		}
	}
	return nil
}
