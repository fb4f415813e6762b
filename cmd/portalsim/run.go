package main

import (
	"bufio"
	"context"
	"fmt"
	"time"

	"github.com/spf13/pflag"

	"portalsim/sim"
	"portalsim/sim/engine"
	"portalsim/sim/experiment"
)

const runHelp = `
Runs one arm, or with --replication one replication of it.

    portalsim run baseline --out out
    portalsim run baseline+education --replication 3 --trace | less

--trace prints every event of that replication: date, weekday, time, whom it concerns, what happens. Contacts are named
by their type and number, with +1, +2 … for extra contacts and s for scripted ones.
`

func prepareRun(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	o := &options{}
	one, trace := -1, false
	o.addFlags(f)
	f.IntVar(&one, "replication", -1, "run only this replication, from 0, and print its measures")
	f.BoolVar(&trace, "trace", false, "print the events of the replication instead of its measures")
	return func(ctx context.Context, args []string, io stdio) error {
		if err := o.check(); err != nil {
			return err
		}
		switch {
		case len(args) != 1:
			return &usage{"run takes one arm", "write, for example, portalsim run baseline+education"}
		case f.Changed("replication") && one < 0:
			return &usage{"--replication counts from 0", "write --replication 0"}
		case trace && one < 0:
			return &usage{"--trace needs --replication", "write, for example, --replication 0 --trace"}
		case one >= 0 && o.json:
			return &usage{"--replication prints text, not JSON", "leave out --json, or --replication"}
		case one >= 0 && o.out != "":
			return &usage{"--replication prints to the screen and does not write tables", "leave out --out, or --replication"}
		case one >= 0 && f.Changed("replications") && !o.uncertainty:
			return &usage{"--replication runs one replication, not several", "leave out --replications, or --replication"}
		case one >= 0 && f.Changed("draws"):
			return &usage{"--replication runs one replication of one draw, not several draws", "leave out --draws, or --replication"}
		case one >= 0:
			return runOne(o, args[0], one, trace, io)
		}
		return runArm(ctx, o, args, io)
	}
}

func runArm(ctx context.Context, o *options, expressions []string, io stdio) error {
	s := &study{options: o, command: o.command("run", expressions), started: time.Now(), io: io}
	if err := s.load(expressions, false); err != nil {
		return err
	}
	return s.answer(ctx, printRun)
}

// runOne runs one replication and prints its events or its measures.
func runOne(o *options, expression string, replication int, trace bool, io stdio) error {
	s := &study{options: o, started: time.Now(), io: io}
	if err := s.load([]string{expression}, false); err != nil {
		return err
	}
	w := bufio.NewWriter(io.out)
	defer w.Flush()
	scenario := s.arms[0].Scenario
	if s.drawing != nil {
		drawn, err := s.drawing.draw(replication)
		if err != nil {
			return err
		}
		scenario = drawn[0].Scenario
	}
	budget := o.budget(1)
	arm := experiment.Arm{Name: s.arms[0].Name, Scenario: scenario}
	if err := experiment.Afford([]experiment.Arm{arm}, replication, experiment.Options{Budget: budget}); err != nil {
		return o.explained(err)
	}
	options := sim.Options{Check: o.checked, Budget: budget}
	if trace {
		options.Trace = func(at engine.Time, line string) {
			fmt.Fprintf(w, "%s  %s\n", sim.Clock(scenario.StartDay, at), line)
		}
	}
	result, err := sim.Run(scenario, o.seed, replication, options)
	if err != nil {
		return o.explained(err)
	}
	if !trace {
		for i := range result.Rows {
			printMeasure(w, &result.Rows[i])
		}
	}
	return w.Flush()
}

// printMeasure prints one value with its dimensions, as --measure would name it.
func printMeasure(w *bufio.Writer, r *sim.MeasureRow) {
	value := "unknown (" + r.Note + ")"
	if r.Value != nil {
		value = number(*r.Value) + " " + r.Unit
		if r.Note != "" {
			value += " (" + r.Note + ")"
		}
	}
	fmt.Fprintf(w, "%s%s = %s\n", r.Measure, r.Dimensions(), value)
}
