package main

import (
	"context"
	"errors"
	"time"

	"github.com/spf13/pflag"
)

const compareHelp = `
Runs every arm on the same patients, contacts and minutes, and compares each with the first, the control.

    portalsim compare baseline education --out out
    portalsim compare baseline education one-more-nurse education+one-more-nurse
    portalsim compare my-clinic.yaml education --set patients.count=3000

Beside the arms it runs the ceiling: the control without any patient's message, against which each saving is shown.
`

func prepareCompare(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	o := &options{}
	o.addFlags(f)
	f.BoolVar(&o.noCeiling, "no-ceiling", false, "do not run the ceiling")
	o.choosing.addFlags(f)
	f.Float64Var(&o.clinics, "clinics", 1, "number of clinics that would choose alike, for the value of information of --uncertainty")
	f.StringVar(&o.horizon, "horizon", "", "`time` over which they would, such as 260w, for the same (default: the measured period)")
	return func(ctx context.Context, args []string, io stdio) error {
		if err := o.check(); err != nil {
			return err
		}
		if len(args) < 2 {
			return &usage{"compare needs at least two arms, the control first", "write, for example, portalsim compare baseline education"}
		}
		return compare(ctx, o, args, io)
	}
}

// compare runs the arms and prints the headline differences.
func compare(ctx context.Context, o *options, expressions []string, io stdio) error {
	s := &study{options: o, command: o.command("compare", expressions), started: time.Now(), io: io}
	if err := errors.Join(o.checkScale(), o.choosing.check(o.uncertainty, o.confidence)); err != nil {
		return err
	}
	if err := s.load(expressions, !o.noCeiling); err != nil {
		return err
	}
	return s.answer(ctx, printComparison)
}
