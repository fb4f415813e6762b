package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim/random"
)

// version and build are stamped in by the Makefile: -ldflags "-X main.version=… -X main.build=…".
var version, build = "0.1.0", ""

// programVersion returns the version and the build, from the stamp or from what Go recorded.
func programVersion() output.Version {
	v := output.Version{Version: version, Build: build}
	if v.Build == "" {
		v.Build = "unstamped"
		if info, ok := debug.ReadBuildInfo(); ok {
			for _, s := range info.Settings {
				if s.Key == "vcs.revision" && len(s.Value) >= 12 {
					v.Build = s.Value[:12]
				}
			}
		}
	}
	return v
}

func prepareVersion(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, _ []string, io stdio) error {
		v := programVersion()
		_, err := fmt.Fprintf(io.out, "portalsim version %s (build %s)\ntables schema %s, random numbers %s\n", v.Version, v.Build, output.SchemaVersion, random.Scheme)
		return err
	}
}
