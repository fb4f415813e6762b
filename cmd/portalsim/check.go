package main

import (
	"context"
	"fmt"

	"github.com/spf13/pflag"
)

const checkHelp = `
Reads each file and reports every problem with its place and what to write instead. An overlay is laid over the scenario
before it on the command line, or over the library's baseline.

    portalsim check my-clinic.yaml my-overlay.yaml
    portalsim check my-clinic.yaml --expand > expanded.yaml
`

func prepareCheck(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	expand := f.Bool("expand", false, "print each scenario complete, with every default written out")
	quiet := f.Bool("quiet", false, "print only problems")
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) == 0 {
			return &usage{"check needs at least one file", "write, for example, portalsim check my-clinic.yaml"}
		}
		arms, err := source().Check(args)
		if err != nil {
			return err
		}
		for i, a := range arms {
			if len(a.File.Variants.Keys) > 0 { // each alternative must be a clinic, too
				if _, err := source().Uncertainty([]string{a.Expression}, nil); err != nil {
					return err
				}
			}
			if *expand {
				if i > 0 {
					fmt.Fprintln(io.out, "---")
				}
				fmt.Fprint(io.out, a.Expand())
			} else if !*quiet {
				held, assumed := 0, 0
				for _, in := range a.Inputs() {
					if in.Source == "assumption" {
						assumed++
					}
					if in.Held {
						held++
					}
				}
				fmt.Fprintf(io.out, "%s: sound; %s, of them %d assumed, %d of these without a range\n", a.Name, count(len(a.Inputs()), "input"), assumed, held)
				printLoads(io.out, a.Model)
			}
		}
		return nil
	}
}
