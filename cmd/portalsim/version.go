package main

import (
	"context"
	"fmt"
	"regexp"
	"runtime/debug"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/sim/random"
)

// version is that of the source, which CITATION.cff names too. build is stamped in by the Makefile, for clones of which git
// tells Go nothing: -ldflags "-X main.build=…".
var version, build = "0.1.0", ""

// programVersion returns the version and the build, from the stamp or from what Go recorded.
func programVersion() output.Version {
	if build != "" {
		return output.Version{Version: version, Build: build}
	}
	info, _ := debug.ReadBuildInfo()
	return recorded(info)
}

// tagged is a version that Go took from a tag: not one that it made up from a commit, nor of changed files.
var (
	tagged = regexp.MustCompile(`^v([0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?)$`)
	madeUp = regexp.MustCompile(`[-.][0-9]{14}-[0-9a-f]{12}$`)
)

// recorded returns the version by what Go recorded in the program: the tag, where the commit has one, and the commit.
func recorded(info *debug.BuildInfo) output.Version {
	v := output.Version{Version: version, Build: "unstamped"}
	if info == nil {
		return v
	}
	if tag := tagged.FindStringSubmatch(info.Main.Version); tag != nil && !madeUp.MatchString(info.Main.Version) {
		v.Version = tag[1]
	}
	changed := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			v.Build = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+changes"
		}
	}
	v.Build += changed
	return v
}

func prepareVersion(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, _ []string, io stdio) error {
		v := programVersion()
		_, err := fmt.Fprintf(io.out, "portalsim version %s (build %s)\ntables schema %s, random numbers %s\n", v.Version, v.Build, output.SchemaVersion, random.Scheme)
		return err
	}
}
