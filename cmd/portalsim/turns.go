package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"portalsim/output"
)

// inTurn opens what only one run may have at a time: while another has it, it waits and tries again, until the time is up.
func inTurn[T any](ctx context.Context, until time.Time, wait time.Duration, open func() (T, error)) (T, error) {
	for {
		opened, err := open()
		var busy *output.Busy
		if !errors.As(err, &busy) || time.Now().Add(wait).After(until) {
			return opened, err
		}
		if err := pause(ctx, wait); err != nil {
			return opened, err
		}
	}
}

// noteUnlocked says where nothing keeps a second run out of an output directory.
func noteUnlocked(io stdio, quiet bool, directory string, locked bool) {
	if !locked && !quiet {
		fmt.Fprintf(io.err, "note: the file system of %s has no locks: see to it that no other run writes there\n", directory)
	}
}
