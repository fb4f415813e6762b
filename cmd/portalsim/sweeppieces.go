package main

import (
	"errors"
	"fmt"
	"slices"

	"portalsim/output"
	"portalsim/sim/experiment"
)

// onlyPieces says that nothing is simulated: what is finished is looked at, and what failed is known from the tasks.
type onlyPieces struct{ failures []output.Failure }

// lack is a block of replications that no piece holds.
type lack struct {
	cell, from, to int
	later          bool // asked for after the first look
}

func (l *lack) Error() string {
	return fmt.Sprintf("replications %d to %d are missing", l.from, l.to-1)
}

// why returns why a block has no piece: it failed, or is missing.
func (o *onlyPieces) why(key string, from, to int) error {
	for _, f := range o.failures {
		if f.Key == key && from <= f.Replication && f.Replication < to {
			if f.Defect {
				return &experiment.Defect{Arm: f.Arm, Replication: f.Replication, Seed: f.Seed, Cause: f.Cause}
			}
			return &experiment.ArmError{Arm: f.Arm, Replication: f.Replication, Err: errors.New(f.Cause)}
		}
	}
	return &lack{from: from, to: to}
}

// failureOf keeps what is needed to tell of a failure again.
func failureOf(key string, err error) output.Failure {
	var defect *experiment.Defect
	if errors.As(err, &defect) {
		return output.Failure{Key: key, Arm: defect.Arm, Replication: defect.Replication, Seed: defect.Seed, Defect: true, Cause: fmt.Sprint(defect.Cause)}
	}
	var broken *experiment.ArmError
	if errors.As(err, &broken) {
		return output.Failure{Key: key, Arm: broken.Arm, Replication: broken.Replication, Cause: broken.Err.Error()}
	}
	panic(fmt.Sprintf("portalsim: %v is no failure of a replication", err))
}

// anyMissing tells whether a point has no pieces yet.
func anyMissing(outcomes []outcome) bool {
	return slices.ContainsFunc(outcomes, func(o outcome) bool { return o.status == missing })
}
