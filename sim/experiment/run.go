// Package experiment runs replications of several arms on all cores, pairs them, and turns their values into means,
// intervals and comparisons. It is the only package under sim that starts goroutines; it reads no file.
package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"portalsim/sim"
)

// Arm is a scenario of a comparison.
type Arm struct {
	Name      string
	Scenario  *sim.Scenario
	Reference bool // run for what it tells of the others, such as the ceiling; not part of the question
}

// Replication is what one replication gave in every arm.
type Replication struct {
	Number      int
	Arms        []*sim.Result     // in the order of the arms
	Threads     [][]sim.ThreadRow // by arm, if asked for
	Pairs       []sim.PairRow     // of the arms against the first
	UrgentPairs []sim.UrgentPairRow
}

// Options say what is kept beside the measures.
type Options struct {
	StaffDays bool
	Check     bool                     // watch every replication; a broken invariant ends the run with a *sim.Violation
	Course    bool                     // keep the rows of tables hours, weeks, flows and waits
	Threads   func(contact int64) bool // which contacts' threads to keep; nil for none
	Log       func(contact int64) bool // which contacts' events to keep; nil for none
	LogStaff  bool                     // keep what each staff member does, stretch by stretch
	Budget    sim.Budget               // what a run of one arm may take; its bytes are for all arms of a replication

	// Arms returns the arms of a replication where its inputs are drawn: the same names in the same order as those
	// given to Run. nil: the arms given to Run.
	Arms func(replication int) ([]Arm, error)

	// Outgrown says that a scenario that outgrows its limit is a finding, not an error.
	Outgrown bool
}

// Defect is a fault of the program met in one replication, with what is needed to see it again.
type Defect struct {
	Arm         string
	Replication int
	Seed        uint64
	Cause       any
	Stack       []byte
}

func (d *Defect) Error() string {
	return fmt.Sprintf("arm %s, replication %d, seed %d broke: %v", d.Arm, d.Replication, d.Seed, d.Cause)
}

// ArmError is a scenario that could not be run to its end in one replication.
type ArmError struct {
	Arm         string
	Replication int
	Err         error
}

func (e *ArmError) Error() string {
	return fmt.Sprintf("arm %s, replication %d: %v", e.Arm, e.Replication, e.Err)
}

// Unwrap returns the error of the run.
func (e *ArmError) Unwrap() error { return e.Err }

// Run simulates the replications from to until to (not included) of all arms on up to workers goroutines and hands
// them to write in order, whatever order they finish in. It holds at most about twice as many replications as
// workers. The first error, of a replication or of write, ends the run once those under way are done; a cancelled
// context gives its error. Arms that are expected to go over the budget give a *TooLarge, and nothing is run.
func Run(ctx context.Context, arms []Arm, seed uint64, from, to, workers int, options Options, write func(*Replication) error) error {
	workers = max(1, workers)
	if err := Afford(arms, from, options); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	type outcome struct {
		replication *Replication
		err         error
	}
	slots := make(chan chan outcome, workers) // in order; each holds one replication
	permits := make(chan struct{}, workers)
	go func() {
		defer close(slots)
		for r := from; r < to; r++ {
			slot := make(chan outcome, 1)
			select {
			case permits <- struct{}{}:
			case <-ctx.Done():
				return
			}
			slots <- slot
			go func() {
				defer func() { <-permits }()
				replication, err := replicate(ctx, arms, seed, r, options)
				slot <- outcome{replication, err}
			}()
		}
	}()
	var first error
	for slot := range slots {
		o := <-slot
		if first != nil {
			continue // let those under way finish
		}
		if first = o.err; first == nil {
			first = write(o.replication)
		}
		if first != nil {
			stop()
		}
	}
	if first == nil {
		first = ctx.Err()
	}
	return first
}

// replicate runs one replication of every arm. A panic becomes a Defect.
func replicate(ctx context.Context, arms []Arm, seed uint64, number int, options Options) (r *Replication, err error) {
	arm := ""
	defer func() {
		if cause := recover(); cause != nil {
			err = &Defect{arm, number, seed, cause, debug.Stack()}
		}
	}()
	if options.Arms != nil {
		if arms, err = options.Arms(number); err != nil {
			return nil, err
		}
		if err := Afford(arms, number, options); err != nil {
			return nil, err
		}
	}
	r = &Replication{Number: number, Threads: make([][]sim.ThreadRow, len(arms))}
	for i := range arms {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		arm = arms[i].Name
		o := options.ofRun(len(arms))
		if options.Threads != nil {
			o.Thread = func(row *sim.ThreadRow) {
				if options.Threads(row.Contact) {
					r.Threads[i] = append(r.Threads[i], *row)
				}
			}
		}
		result, err := sim.Run(arms[i].Scenario, seed, number, o)
		var overload *sim.Overload
		if options.Outgrown && errors.As(err, &overload) {
			result, err = outgrown(overload), nil
		}
		if err != nil {
			return nil, &ArmError{arm, number, err}
		}
		r.Arms = append(r.Arms, result)
	}
	for i := 1; i < len(arms); i++ {
		if r.Arms[0].Rows == nil || r.Arms[i].Rows == nil {
			continue // nothing to compare
		}
		r.Pairs = append(r.Pairs, pair(&arms[0], &arms[i], r.Arms[0].Contacts, r.Arms[i].Contacts, number)...)
		r.UrgentPairs = append(r.UrgentPairs, pairUrgent(&arms[0], &arms[i], r.Arms[0].Contacts, r.Arms[i].Contacts, number)...)
	}
	for _, result := range r.Arms {
		result.Contacts = nil // only pairing needs them
	}
	return r, nil
}

// ofRun returns the options of a run of one of several arms, but for what is done with threads.
func (o *Options) ofRun(arms int) sim.Options {
	return sim.Options{
		Contacts: arms > 1, StaffDays: o.StaffDays, Course: o.Course, Check: o.Check, Log: o.Log, LogStaff: o.LogStaff, Budget: o.Budget,
	}
}

// outgrown is the result of a run that its limit stopped: no values, and the pools whose backlog grew.
func outgrown(o *sim.Overload) *sim.Result {
	result := &sim.Result{}
	for _, p := range o.Pools {
		if 2*p.Waiting > o.InProgress/len(o.Pools) {
			result.Growing = append(result.Growing, p.Name)
		}
	}
	if result.Growing == nil {
		result.Growing = []string{sim.All}
	}
	return result
}
