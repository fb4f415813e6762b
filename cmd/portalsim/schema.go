package main

import (
	"context"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
)

const schemaHelp = `
Prints JSON Schema (2020-12) of the files: for editors, which then explain keys, complete them and mark mistakes as you
type, and for programs that write such files. Without an argument, one schema for all kinds, told apart by their first key.

    portalsim schema > portalsim.schema.json

The first line of a file says where its schema is, for editors with a YAML language server (as init writes it):

    # yaml-language-server: $schema=portalsim.schema.json

A schema cannot say everything: portalsim check does.
`

func prepareSchema(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		kinds := fileKinds()
		if len(args) > 1 {
			return &usage{"schema takes one kind of file, or none for all", "write, for example, portalsim schema scenario"}
		}
		if len(args) == 1 {
			i := kindNamed(kinds, args[0])
			if i < 0 {
				return &usage{"there is no kind of file " + args[0], "write one of " + strings.Join(kindNames(), ", ")}
			}
			kinds = kinds[i : i+1]
		}
		_, err := io.out.Write(scenarios.JSONSchema(kinds...))
		return err
	}
}

// fileKinds returns every kind of file that the program reads.
func fileKinds() []scenarios.FileKind { return append(scenarios.FileKinds(), studies.FileKind()) }

// kindNames returns the middle of each schema: scenario of portalsim/scenario/1.
func kindNames() []string {
	var names []string
	for _, k := range fileKinds() {
		names = append(names, strings.Split(k.Schema, "/")[1])
	}
	return names
}

func kindNamed(kinds []scenarios.FileKind, name string) int {
	for i := range kinds {
		if kindNames()[i] == name {
			return i
		}
	}
	return -1
}
