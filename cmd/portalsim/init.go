package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
)

const initHelp = `
Writes a scenario to make your own from, and asks nothing: the library's baseline, with the keys that a planner changes
first (opening hours, panel, staff, volumes) at the top, each with its meaning, unit, range, evidence and effect. Beside it
lies a JSON Schema, from which an editor explains and completes keys. No file of yours is overwritten.

    portalsim init
    portalsim init north.yaml
    portalsim compare baseline north.yaml
`

// Names of the files that init writes.
const (
	starterFile = "my-clinic.yaml"
	schemaFile  = "portalsim.schema.json"
)

func prepareInit(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		file := starterFile
		switch {
		case len(args) > 1:
			return &usage{"init writes one file", "write, for example, portalsim init " + starterFile}
		case len(args) == 1:
			file = args[0]
		}
		if err := starterPath(file); err != nil {
			return err
		}
		text, err := scenarios.Starter(scenarios.Library(), "baseline", filepath.Base(file), schemaFile)
		if err != nil {
			return err
		}
		if _, err := os.Lstat(file); err == nil {
			return &usage{file + " exists already", "write another name, such as portalsim init " + quoteForShell(strings.TrimSuffix(file, ".yaml")+"-2.yaml") + ", or move it away"}
		}
		if err := createNew(file, []byte(text)); err != nil {
			return err
		}
		fmt.Fprintf(io.err, "wrote %s\n", file)
		if err := writeSchema(filepath.Join(filepath.Dir(file), schemaFile), io); err != nil {
			return err
		}
		fmt.Fprintf(io.err, "\nOpen %s, change what differs in your clinic, and then:\n\n    portalsim check %s\n    portalsim compare baseline %s\n", file, quoteForShell(file), quoteForShell(file))
		return nil
	}
}

// starterPath refuses a path under which a scenario could not be found again.
func starterPath(file string) error {
	base := filepath.Base(file)
	named := strings.TrimSuffix(base, filepath.Ext(base))
	found, err := os.Stat(file)
	switch {
	case err == nil && found.IsDir():
		return &usage{file + " is a folder", "name a file in it: portalsim init " + quoteForShell(filepath.Join(file, starterFile))}
	case filepath.Ext(base) != ".yaml":
		return &usage{file + " does not end in .yaml, by which files are told from names of the library", "write portalsim init " + quoteForShell(filepath.Join(filepath.Dir(file), named+".yaml"))}
	case strings.Contains(file, "+"):
		return &usage{file + " has a + in it, which joins a scenario and its overlays in an arm", "write portalsim init " + quoteForShell(strings.ReplaceAll(file, "+", "-"))}
	case inLibrary(named):
		return &usage{named + " is a name of the library, and two arms of one name cannot be compared", "write another, such as portalsim init " + quoteForShell(filepath.Join(filepath.Dir(file), "my-"+named+".yaml"))}
	}
	if parent, err := os.Stat(filepath.Dir(file)); errors.Is(err, fs.ErrNotExist) || err == nil && !parent.IsDir() {
		return &usage{"there is no folder " + filepath.Dir(file), "make it first, or write portalsim init " + quoteForShell(base)}
	}
	return nil
}

// writeSchema writes the schema of files for editors, over one that this program wrote, and over nothing else.
func writeSchema(path string, io stdio) error {
	schema := scenarios.JSONSchema(fileKinds()...)
	old, err := os.ReadFile(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return fmt.Errorf("read %s: %w", path, err)
	case !scenarios.IsJSONSchema(old):
		fmt.Fprintf(io.err, "note: left %s as it is, which this program did not write; portalsim schema prints the schema\n", path)
		return nil
	}
	if err := output.ReplaceFile(path, text(string(schema))); err != nil {
		return err
	}
	fmt.Fprintf(io.err, "wrote %s, from which an editor explains the keys\n", path)
	return nil
}

// inLibrary tells whether the library has a name.
func inLibrary(name string) bool {
	return slices.ContainsFunc(source().Names(), func(e scenarios.LibraryEntry) bool { return e.Name == name })
}
