package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
)

const checkHelp = `
Reads each file and reports every problem with its place and what to write instead. An overlay is laid over the scenario
before it on the command line, or over the library's baseline; of a study, every value of every factor is tried,
and every row of a list (beyond 200 rows, those with the ends of a factor).

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
		if whole := strings.Join(args, " "); len(args) > 1 && isThere(whole) && !isThere(args[0]) {
			return &usage{"the name of " + whole + " has a space in it, which parts arguments", "put it in quotes: portalsim check " + quoteForShell(whole)}
		}
		studied, args, err := checkStudies(args)
		for _, line := range studied {
			if !*quiet {
				fmt.Fprintln(io.out, line)
			}
		}
		if err != nil || len(args) == 0 {
			return err
		}
		arms, err := source().Check(args)
		if err != nil {
			return err
		}
		for i, a := range arms {
			if *expand {
				if i > 0 {
					fmt.Fprintln(io.out, "---")
				}
				fmt.Fprint(io.out, a.Expand())
			} else if !*quiet {
				printSound(io.out, a)
			}
		}
		return nil
	}
}

// isThere tells whether a path leads to something.
func isThere(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// printSound says what a sound scenario holds. As in the report, what nobody wrote is not counted among the inputs.
func printSound(w io.Writer, a *scenarios.Arm) {
	written, defaults, held, assumed := 0, 0, 0, 0
	for _, in := range a.Inputs() {
		switch in.Source {
		case "default":
			defaults++
			continue
		case "assumption":
			assumed++
		}
		written++
		if in.Held {
			held++
		}
	}
	fmt.Fprintf(w, "%s: sound; %s, of them %d assumed, %d of these without a range; %s\n", a.Name, count(written, "input"), assumed, held, count(defaults, "default"))
	printContacts(w, a.Model)
	printLoads(w, a.Model)
}

// checkStudies checks the study files among the arguments. It returns a line for each that is sound, and the rest.
func checkStudies(args []string) (lines, rest []string, err error) {
	var problems scenarios.Problems
	for _, file := range args {
		text, err := readBounded(file)
		if err != nil || !strings.HasSuffix(file, ".yaml") || scenarios.SchemaOf(text) != studies.Schema {
			rest = append(rest, file)
			continue
		}
		s, err := studies.Source{Source: source(), ReadTable: output.ReadCells}.Load(file, text, nil)
		if found, ok := err.(scenarios.Problems); ok {
			problems = append(problems, found...)
			continue
		}
		lines = append(lines, fmt.Sprintf("%s: a sound study; %s of %s (%s)", file, count(s.Points(), "point"), count(len(s.Standing), "arm"), s.Kind))
	}
	if problems != nil {
		return lines, rest, problems
	}
	return lines, rest, nil
}
