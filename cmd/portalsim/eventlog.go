package main

import (
	"errors"

	"portalsim/sim"
)

// addLog writes the event log of one arm in one replication, if it was asked for. Its rows are made a batch at a time.
func (t *tableSet) addLog(log *sim.EventLog, arm string, replication int32) error {
	if log == nil { // not asked for, or the arm outgrew its limit
		return nil
	}
	for rows := range log.Events() {
		for i := range rows {
			row := &rows[i]
			row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
		}
		if err := t.events.Write(rows); err != nil {
			return err
		}
	}
	for rows := range log.StaffStates() {
		for i := range rows {
			row := &rows[i]
			row.Point, row.Arm, row.Replication = sim.BasePoint, arm, replication
		}
		if err := t.staffStates.Write(rows); err != nil {
			return err
		}
	}
	return nil
}

// createLog creates the tables of the event log that were asked for, so that they are there even without a row.
func (t *tableSet) createLog() error {
	var events, states error
	if t.study.eventLog != "none" {
		events = create(t.directory, &t.events, "events")
	}
	if t.study.eventLog == "all" {
		states = create(t.directory, &t.staffStates, "staff_states")
	}
	return errors.Join(events, states)
}
