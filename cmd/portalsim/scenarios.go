package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/pflag"

	"portalsim/scenarios"
)

const scenariosHelp = `
    portalsim scenarios list           names, kinds and titles
    portalsim scenarios show NAME      print the file
    portalsim scenarios write NAME     write it to NAME.yaml here, to be changed
`

func prepareScenarios(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		switch {
		case len(args) == 1 && args[0] == "list":
			for _, e := range source().Names() {
				fmt.Fprintf(io.out, "%-24s %-9s %s\n", e.Name, e.Kind, e.Title)
			}
			return nil
		case len(args) == 2 && (args[0] == "show" || args[0] == "write"):
			text, err := fs.ReadFile(scenarios.Library(), args[1]+".yaml")
			if err != nil {
				var names []string
				for _, e := range source().Names() {
					names = append(names, e.Name)
				}
				return &usage{"the library has no " + args[1], didYouMean(args[1], names, "", "see portalsim scenarios list")}
			}
			if args[0] == "show" {
				_, err = io.out.Write(text)
				return err
			}
			return writeNew(args[1]+".yaml", text, io)
		default:
			return &usage{"scenarios takes list, show NAME or write NAME", "see portalsim help scenarios"}
		}
	}
}

// writeNew writes a file that must not exist, and says so.
func writeNew(path string, text []byte, io stdio) error {
	if err := createNew(path, text); err != nil {
		return err
	}
	fmt.Fprintf(io.err, "wrote %s; change it, then: portalsim check %s\n", path, path)
	return nil
}

// createNew writes a file that must not exist.
func createNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if errors.Is(err, fs.ErrExist) {
		return &usage{path + " exists already", "move it away first"}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if _, err = f.Write(text); err == nil {
		err = f.Close()
	}
	if err != nil {
		os.Remove(path)
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}
