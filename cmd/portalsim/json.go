package main

import (
	"encoding/json"
	"io"
	"reflect"
	"strings"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// answer is what --json prints. The rows have the columns of the tables.
type answer struct {
	Command      string           `json:"command"`
	Seed         uint64           `json:"seed"`
	Replications int              `json:"replications"`
	Draws        int              `json:"draws,omitempty"` // of the inputs, in an uncertainty run
	Notes        []string         `json:"notes"`
	Headlines    []map[string]any `json:"headlines"`
	Drivers      []map[string]any `json:"drivers,omitempty"`              // in an uncertainty run
	Information  []map[string]any `json:"value_of_information,omitempty"` // in an uncertainty run with costs
	Summary      []map[string]any `json:"summary"`
}

// printJSON prints the family of headline differences and the summary, as in the tables (95 %).
func printJSON(w io.Writer, s *study, c *experiment.Collection) error {
	intervals := "intervals hold simulation error only; the effect sizes are assumptions"
	if s.drawing != nil {
		intervals = "ui95 is the uncertainty of the inputs by the ranges in the files, most of them assumptions; ci95 is simulation error only"
	}
	a := answer{Command: s.command, Seed: s.seed, Replications: c.Replications(), Draws: c.Draws(), Headlines: []map[string]any{},
		Notes: append([]string{intervals, "burden measures are workload, not burnout"}, s.notes(c)...)}
	for _, row := range c.Comparisons() {
		if row.SimultaneousLow != nil {
			a.Headlines = append(a.Headlines, columns(row))
		}
	}
	if s.drawing != nil {
		for _, row := range s.driverRows(c) {
			a.Drivers = append(a.Drivers, columns(row))
		}
		for _, row := range s.informationRows(c) {
			a.Information = append(a.Information, columns(row))
		}
	}
	for _, row := range c.Summary() {
		if row.Staff == sim.All {
			a.Summary = append(a.Summary, columns(row))
		}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(a)
}

// columns turns a row of a table into its columns by name.
func columns(row any) map[string]any {
	v := reflect.ValueOf(row)
	named := map[string]any{}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("parquet"), ",")
		named[name] = v.Field(i).Interface()
	}
	return named
}
