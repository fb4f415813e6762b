package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Every command of docs/faults.md that repeats a test names one that there is.
func TestFaultsPageNamesTests(t *testing.T) {
	command := regexp.MustCompile("go test ([./a-z]+) -run '?([A-Za-z$|]+)'?")
	tests := regexp.MustCompile(`(?m)^func (Test[A-Za-z0-9]+)\(t \*testing\.T\)`)
	found := command.FindAllStringSubmatch(readText(t, filepath.Join(here, root, "docs/faults.md")), -1)
	if len(found) < 20 {
		t.Errorf("%d commands on the page", len(found))
	}
	for _, c := range found {
		files, err := filepath.Glob(filepath.Join(here, root, c[1], "*_test.go"))
		if err != nil || files == nil {
			t.Errorf("%s: no tests in %s", c[0], c[1])
			continue
		}
		var text strings.Builder
		for _, file := range files {
			text.WriteString(readText(t, file))
		}
		matches := 0
		for _, name := range tests.FindAllStringSubmatch(text.String(), -1) {
			if regexp.MustCompile(c[2]).MatchString(name[1]) {
				matches++
			}
		}
		if matches == 0 {
			t.Errorf("%s matches no test", c[0])
		}
	}
}
