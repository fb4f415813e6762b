package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"portalsim/output"
)

// A report holds the answer that the screen shows, and is the same by --report and by report; the command that it
// names leaves it out.
func TestReport(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	printed := succeed(t, shortened("compare", "baseline", "education", "--replications", "2", "--out", out, "--report")...)
	page := readText(t, filepath.Join(out, output.ReportFile))
	if !strings.Contains(printed.out, "Report: "+filepath.Join(out, output.ReportFile)) {
		t.Errorf("the screen does not name the report:\n%s", printed.out)
	}
	for _, want := range []string{"education against baseline", "portalsim compare baseline education --seed 1", `id="wait-difference"`, `id="evening-difference"`,
		`id="waits-by-type"`, `id="working-day"`, `id="evening-weeks"`, "interventions.education.reach", "no-patient-messages (for reference)", "neurologist-1"} {
		if !strings.Contains(strings.ReplaceAll(page, "</bdi>", ""), want) {
			t.Errorf("the report has no %q", want)
		}
	}
	if strings.Contains(page, "--report") {
		t.Error("the report's command asks for a report, which changes no result")
	}
	elsewhere := filepath.Join(t.TempDir(), "a.html")
	if got := succeed(t, "report", out, "--to", elsewhere); got.out != "Report: "+elsewhere+"\n" || readText(t, elsewhere) != page {
		t.Errorf("report writes another page than --report, or says %q", got.out)
	}
	succeed(t, "report", out) // over its own
	if got := invoke(shortened("compare", "baseline", "education", "--replications", "2", "--no-ceiling", "--out", out, "--force")...); got.status != exitDone {
		t.Fatal(got.err)
	}
	if _, err := os.Stat(filepath.Join(out, output.ReportFile)); !os.IsNotExist(err) {
		t.Errorf("the report of the tables before is left beside the new ones: %v", err)
	}
}

func TestReportOfOneArm(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, shortened("run", "baseline", "--replications", "2", "--out", out, "--report")...)
	page := readText(t, filepath.Join(out, output.ReportFile))
	if !strings.Contains(page, "Each clinician works ") || strings.Contains(page, "difference") && strings.Contains(page, `id="wait-difference"`) {
		t.Error("the report of one arm has no levels, or differences")
	}
	var inputs, assumed int // check counts as the report does
	if _, err := fmt.Sscanf(succeed(t, "check", "baseline").out, "baseline: sound; %d inputs, of them %d assumed", &inputs, &assumed); err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("Of %d inputs, %d are assumptions", inputs, assumed); !strings.Contains(page, want) {
		t.Errorf("the report has no %q", want)
	}
}

// The report of a clinic that never settles says so first, in place of an answer.
func TestReportNeverSettles(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if got := invoke("run", smallClinic(t), "--set", "patients.count=5000", "--replications", "2", "--out", out, "--report"); got.status != exitUnsettled {
		t.Fatalf("status %d: %s", got.status, got.err)
	}
	page := strings.ReplaceAll(readText(t, filepath.Join(out, output.ReportFile)), "</bdi>", "")
	if !strings.Contains(page, "<p>No answer: small-clinic never settles.") || strings.Contains(page, "to tell of") {
		t.Error("the report does not say that the clinic never settles, or misses a first response")
	}
}

func TestReportRefuses(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	succeed(t, shortened("run", "baseline", "--replications", "2", "--out", out)...)
	foreign := filepath.Join(t.TempDir(), "mine.html")
	if err := os.WriteFile(foreign, []byte("<p>mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	refuse := func(status int, want string, args ...string) {
		t.Helper()
		if got := invoke(args...); got.status != status || !strings.Contains(got.err, want) {
			t.Errorf("%v: status %d, %q; want %d and %q", args, got.status, got.err, status, want)
		}
	}
	refuse(exitUsage, "is not a report of portalsim", "report", out, "--to", foreign)
	if readText(t, foreign) != "<p>mine" {
		t.Error("a file of somebody else's was changed")
	}
	refuse(exitUsage, "takes one directory", "report")
	refuse(exitUsage, "does not hold a whole run", "report", t.TempDir())
	refuse(exitUsage, "--report needs --out", "run", "baseline", "--report")
	warming := filepath.Join(t.TempDir(), "warming")
	succeed(t, "warmup", "baseline", "--weeks", "10", "--replications", "2", "--set", "patients.count=100", "--out", warming)
	refuse(exitUsage, "has no table summary to report", "report", warming)
	table := filepath.Join(out, "summary.parquet")
	if err := os.WriteFile(table, []byte(readText(t, table)+" "), 0o666); err != nil {
		t.Fatal(err)
	}
	refuse(exitCouldNot, "not as the run left them", "report", out)
}
