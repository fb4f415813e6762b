package main

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// dependency is a module of others in the program, or in its tests.
type dependency struct {
	version, licence string
	by               map[string]bool // modules that import it; ours is the word "portalsim"
	systems          map[string]bool // that have it in the program
}

// targets are what a release is built for; a page of whatif carries the last.
var targets = []struct{ name, system, processor, packages string }{
	{"Linux", "linux", "amd64", "./cmd/portalsim"}, {"macOS", "darwin", "arm64", "./cmd/portalsim"}, {"Windows", "windows", "amd64", "./cmd/portalsim"}, {"the page of whatif", "js", "wasm", "./cmd/whatif"},
}

// The page of dependencies lists every module in the program, and none of the program's own packages reaches for the network.
func TestDependencies(t *testing.T) {
	known := map[string]*dependency{}
	for _, target := range targets {
		for _, line := range listed(t, target.system, target.processor, "-deps", target.packages) {
			noteDependency(t, known, line, target.name)
		}
	}
	inTests := map[string]*dependency{}
	for _, line := range listed(t, "linux", "amd64", "-deps", "-test", "./...") {
		noteDependency(t, inTests, line, "")
	}
	for module := range known {
		delete(inTests, module)
	}
	text := "\n| module | version | licence | imported by | not in |\n|---|---|---|---|---|\n" + rowsOf(known, true) +
		"\nOnly in the tests:\n\n| module | version | licence | imported by |\n|---|---|---|---|\n" + rowsOf(inTests, false) + "\n"
	checkBlock(t, filepath.Join(here, root, "docs/dependencies.md"), "<!-- generated: dependencies -->\n", "<!-- end -->", text)
}

// listed returns what go list says of packages: import path, module, version, folder of the module, and imports.
func listed(t *testing.T, system, processor string, arguments ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list", "-pgo=off", "-f", "{{if not .Standard}}{{.ImportPath}}\t{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}\t{{.Imports}}{{end}}"}, arguments...)...)
	command.Dir = filepath.Join(here, root)
	command.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+system, "GOARCH="+processor)
	text, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(text)), "\n")
}

// moduleOf finds the module of an import among those known so far, by the longest path.
func moduleOf(known map[string]*dependency, path string) string {
	found := ""
	for module := range known {
		if (path == module || strings.HasPrefix(path, module+"/")) && len(module) > len(found) {
			found = module
		}
	}
	return found
}

// noteDependency takes in a line of go list, which names packages after those they import.
func noteDependency(t *testing.T, known map[string]*dependency, line, system string) {
	fields := strings.Split(line, "\t")
	if len(fields) != 5 || fields[1] == "" {
		return
	}
	module := fields[1]
	imports := strings.Fields(strings.Trim(fields[4], "[]"))
	if module == "portalsim" && system != "" {
		for _, path := range imports {
			if path == "net" || strings.HasPrefix(path, "net/") && path != "net/url" {
				t.Errorf("%s imports %s", fields[0], path)
			}
		}
	} else if module != "portalsim" {
		if known[module] == nil {
			known[module] = &dependency{version: fields[2], licence: licenceIn(t, fields[3]), by: map[string]bool{}, systems: map[string]bool{}}
		}
		known[module].systems[system] = true
	}
	for _, path := range imports {
		if of := moduleOf(known, path); of != "" && of != module {
			known[of].by[module] = true
		}
	}
}

// licences tells licences by their words.
var licences = []struct {
	name  string
	words *regexp.Regexp
}{
	{"Apache-2.0", regexp.MustCompile(`Apache License,?\s+Version 2\.0`)},
	{"BSD-3-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms[\s\S]*[Nn]either the name`)},
	{"BSD-2-Clause", regexp.MustCompile(`Redistribution and use in source and binary forms`)}, // where it is not the longer one
	{"MIT", regexp.MustCompile(`Permission is hereby granted, free of charge`)},
	{"MPL-2.0", regexp.MustCompile(`Mozilla Public License Version 2\.0|Mozilla Public License, version 2\.0`)},
}

// licenceIn names the licences whose texts lie in a module's folder.
func licenceIn(t *testing.T, folder string) string {
	files, err := filepath.Glob(filepath.Join(folder, "LICENSE*"))
	if err != nil || files == nil {
		t.Errorf("%s has no licence", folder)
		return "none"
	}
	var names []string
	for _, file := range files {
		text := readText(t, file)
		for _, l := range licences {
			if l.words.MatchString(text) && !slices.Contains(names, l.name) && !(l.name == "BSD-2-Clause" && slices.Contains(names, "BSD-3-Clause")) {
				names = append(names, l.name)
			}
		}
	}
	if names == nil {
		t.Errorf("%s: nobody knows this licence", files[0])
	}
	return strings.Join(names, ", ")
}

func rowsOf(known map[string]*dependency, systems bool) string {
	var text strings.Builder
	for _, module := range slices.Sorted(maps.Keys(known)) {
		d := known[module]
		by := slices.Sorted(maps.Keys(d.by))
		fmt.Fprintf(&text, "| %s | %s | %s | %s |", module, d.version, d.licence, strings.Join(by, ", "))
		if systems {
			var without []string
			for _, target := range targets {
				if !d.systems[target.name] {
					without = append(without, target.name)
				}
			}
			fmt.Fprintf(&text, " %s |", strings.Join(without, ", "))
		}
		text.WriteString("\n")
	}
	return text.String()
}
