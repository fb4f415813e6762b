package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/output/whatif"
	"portalsim/scenarios"
	planner "portalsim/scenarios/whatif"
)

const whatifHelp = `
Writes a page that compares arms in a browser, as levers are moved: one HTML file with the engine in it, which runs on
the reader's machine, needs no network, and can be mailed. Without arms it has baseline, education, one-more-nurse and
protected-time; of arms given, the first is the control.

    portalsim whatif --out page.html
    portalsim whatif my-clinic.yaml education drafts --out page.html

What the page saves as YAML is a study, which portalsim sweep runs to the same numbers.
`

// usualArms are the arms of a page where none are given.
var usualArms = []string{"baseline", "education", "one-more-nurse", "protected-time"}

func prepareWhatif(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	out := f.String("out", "what-if.html", "write the page to this `file`")
	force := f.Bool("force", false, "replace a file that is not a page of ours")
	return func(_ context.Context, args []string, io stdio) error {
		command := "portalsim whatif"
		for _, a := range args {
			command += " " + quoteForShell(a)
		}
		if len(args) == 0 {
			args = usualArms
		}
		c, err := whatifContent(args)
		if err != nil {
			return err
		}
		c.Command = command
		return writeWhatif(*out, c, *force, io)
	}
}

// whatifContent loads the arms as the page will, to find what is wrong now, and keeps the user's files that they are made of.
func whatifContent(expressions []string) (whatif.Content, error) {
	v := programVersion()
	c := whatif.Content{Version: fmt.Sprintf("%s (build %s)", v.Version, v.Build), Arms: expressions, Files: map[string]string{}, Spent: planner.Activities}
	read := scenarios.Source{Library: scenarios.Library(), ReadFile: func(path string) ([]byte, error) {
		text, err := os.ReadFile(path)
		if err == nil {
			c.Files[path] = string(text)
		}
		return text, err
	}}
	if _, err := read.Load(expressions, nil); err != nil {
		return c, err
	}
	clinic := planner.Open(expressions, c.Files)
	levers, err := clinic.Levers()
	if err != nil {
		return c, err
	}
	c.Levers = levers
	c.Days, c.Begins = clinic.Measured()
	_, err = clinic.Start(nil, 1)
	return c, err
}

// writeWhatif writes the page to a file.
func writeWhatif(path string, c whatif.Content, force bool, std stdio) error {
	if err := mayWritePage(path, force); err != nil {
		return err
	}
	var page bytes.Buffer
	switch err := whatif.Write(&page, c); {
	case errors.Is(err, whatif.ErrNoEngine):
		return &usage{err.Error(), "in a clone, run make build, and then bin/portalsim whatif; a release has it"}
	case err != nil:
		return err
	}
	size := page.Len()
	if err := output.ReplaceFile(path, func(w io.Writer) error { _, err := page.WriteTo(w); return err }); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "Page: %s (%.1f MB); open it in a browser\n", path, float64(size)/1e6)
	return nil
}

// mayWritePage refuses to replace a file that is not a page of ours.
func mayWritePage(path string, force bool) error {
	text, err := os.ReadFile(path)
	if force || errors.Is(err, fs.ErrNotExist) || err == nil && bytes.Contains(text, []byte(whatif.Mark)) {
		return nil
	}
	return &usage{filepath.Clean(path) + " is there and is not a page of portalsim whatif", "move it away, name another file with --out, or write --force"}
}
