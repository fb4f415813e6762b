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
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/output/report"
	"portalsim/scenarios"
)

const reportHelp = `
Writes one HTML file that shows what a run found: the answer, the figures with their tables, every input with its
evidence, and the command that repeats it. It needs no network and can be mailed and printed.

    portalsim compare baseline education --out out
    portalsim report out
    portalsim report out --to education.html

compare, run and sweep write it themselves with --report. The tables must be as the run left them.
`

func prepareReport(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	to := f.String("to", "", "write to this `file` instead of report.html beside the tables")
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) != 1 {
			return &usage{"report takes one directory that a run has written", "write, for example, portalsim report out"}
		}
		path := *to
		if path == "" {
			path = filepath.Join(args[0], output.ReportFile)
		}
		if err := writeReport(args[0], path); err != nil {
			return err
		}
		fmt.Fprintf(io.out, "Report: %s\n", path)
		return nil
	}
}

// reportBeside writes the report of a run that has just put its tables in place.
func reportBeside(directory string) error {
	if err := writeReport(directory, filepath.Join(directory, output.ReportFile)); err != nil {
		return fmt.Errorf("%w\nThe tables in %s are whole; portalsim report %s writes the report", err, directory, quoteForShell(directory))
	}
	return nil
}

// writeReport makes the report of a directory's tables.
func writeReport(directory, path string) error {
	const fix = "name one that compare or run has written with --out"
	if found, err := os.Stat(directory); errors.Is(err, fs.ErrNotExist) || err == nil && !found.IsDir() {
		return &usage{"there is no folder " + directory, fix}
	}
	switch err := output.Verify(directory); {
	case errors.Is(err, fs.ErrNotExist):
		return &usage{fmt.Sprintf("the folder %s does not hold a whole run: %v", directory, err), fix}
	case err != nil:
		return fmt.Errorf("the tables are not as the run left them: %w", err)
	}
	if err := mayWriteReport(path); err != nil {
		return err
	}
	manifest, err := output.ReadManifest(directory)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(manifest.Tables, func(t output.TableEntry) bool { return strings.HasPrefix(t.File, "summary.") }) {
		return &usage{fmt.Sprintf("%s was written by %q and has no table summary to report", directory, manifest.Command), "name a directory that compare or run has written"}
	}
	arms, currency, err := armsOf(&manifest)
	if err != nil {
		return err
	}
	if len(arms) == 0 {
		return &usage{directory + " holds no arms", "name a directory that compare or run has written"}
	}
	var page interface{ Write(io.Writer) error }
	if manifest.Study != nil {
		page, err = report.ReadSweep(directory, manifest, arms, currency, factorNames(manifest.Study.Factors))
	} else {
		page, err = report.Read(directory, manifest, arms, currency)
	}
	if err != nil {
		return err
	}
	return output.ReplaceFile(path, page.Write)
}

// factorNames returns what the report calls the factors of a study: by their titles, or the last steps of their paths.
func factorNames(factors []output.FactorEntry) []string {
	var paths []string
	for _, f := range factors {
		paths = append(paths, f.Path)
	}
	names := shortest(paths)
	for i, f := range factors {
		if f.Title != "" {
			names[i] = f.Title
		}
	}
	return names
}

// mayWriteReport refuses to replace a file that is not a report of ours.
func mayWriteReport(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) || err == nil && bytes.Contains(text, []byte(output.ReportMark)) {
		return nil
	}
	return &usage{path + " is there and is not a report of portalsim", "move it away, or name another file with --to"}
}

// armsOf reads the scenarios in a manifest.
func armsOf(m *output.Manifest) (arms []report.Arm, currency string, err error) {
	for _, a := range m.Arms {
		text := scenarios.Source{ReadFile: func(string) ([]byte, error) { return []byte(a.Text), nil }}
		loaded, err := text.Load([]string{"./" + manifestScenario}, nil)
		if err != nil {
			return nil, "", fmt.Errorf("the scenario of arm %s in manifest.json does not load in this version: %w", a.Name, err)
		}
		if currency == "" {
			currency = loaded[0].File.Costs.Currency
		}
		arms = append(arms, report.Arm{Name: a.Name, Label: a.Label, Title: a.Title, Scenario: loaded[0].Model, Reference: a.Reference})
	}
	return arms, currency, nil
}

// manifestScenario stands for a scenario in a manifest where a file is named.
const manifestScenario = "manifest.yaml"

// printPlaces says where the results are.
func (s *study) printPlaces(w io.Writer) {
	if s.out != "" {
		fmt.Fprintf(w, "Tables: %s\n", s.out)
	}
	if s.report {
		fmt.Fprintf(w, "Report: %s\n", filepath.Join(s.out, output.ReportFile))
	}
}
