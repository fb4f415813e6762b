package validation

import (
	"context"
	"errors"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// caseSeed is fixed, so that the test is steady.
const caseSeed = 20250106

// TestCases compares every case with theory at the quick level, of which the limits follow from FalseAlarm. In a hurry it
// takes one case in four.
func TestCases(t *testing.T) {
	cases := Cases()
	if testing.Short() {
		cases = nil
		for i := 0; i < len(Cases()); i += 4 {
			cases = append(cases, Cases()[i])
		}
	}
	report, err := Run(context.Background(), cases, Levels()[0], caseSeed, runtime.NumCPU(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := errors.Join(report.WriteTable(&table), blank(&table), report.WriteSummary(&table)); err != nil {
		t.Fatal(err)
	}
	if !testing.Short() {
		t.Run("Documents", func(t *testing.T) { checkValidationTable(t, table.String()) })
	}
	for i := range report.Verdicts {
		v := &report.Verdicts[i]
		if !v.Agrees {
			t.Errorf("%s, %s: mean %.5g, theory %.5g: t = %.2f", v.Case, v.Quantity, v.Mean, v.Theory, v.T)
		}
		if !v.WrongRejected {
			t.Errorf("%s, %s: mean %.5g does not reject %.5g (%s): t = %.2f", v.Case, v.Quantity, v.Mean, v.Wrong, v.Instead, v.WrongT)
		}
	}
}

// TestCasesDoNotDependOnWorkers runs a case with one worker and with three.
func TestCasesDoNotDependOnWorkers(t *testing.T) {
	level := Level{"few", 4, "4w", Scale{}}
	one, err := Run(context.Background(), Cases()[:1], level, caseSeed, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	three, err := Run(context.Background(), Cases()[:1], level, caseSeed, 3, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(one.Verdicts, three.Verdicts) {
		t.Errorf("%+v with one worker, %+v with three", one.Verdicts, three.Verdicts)
	}
}

// checkValidationTable compares docs/validation.md with the table, or writes it with -update. The figures depend on the
// processor in their last digits, so that elsewhere only the shape is compared.
func checkValidationTable(t *testing.T, table string) {
	t.Helper()
	const file = "../docs/validation.md"
	want := validationPage + table + notValidatedHere
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	same := string(got) == want
	if runtime.GOARCH != "amd64" {
		same = strings.Count(string(got), "\n") == strings.Count(want, "\n")
	}
	if !same {
		t.Errorf("%s is out of date; rewrite it with make docs and read the difference", file)
	}
}

// validationPage is what stands above the table.
const validationPage = `# Validation

## Against theory

Clinics that amount to something with a known formula, written as ordinary scenario files (validation/cases) and run through the whole program:
YAML, panel, arrivals, pools, calendars, visits, staff, measures. For each quantity the replications' mean is set against theory (validation/theory, which
imports nothing of the simulator and names its sources), by Student's t. Where no formula is known, Kolmogorov's equations are solved numerically
(calendars, visits), or the mean is set against a bound (≤). So that agreement means something, each quantity is also set against a wrong formula, which must be rejected.

` + "`portalsim validate`" + ` does this with the installed program, at three levels and with any seed. This table is written by the tests, at the quick level with a fixed seed; make docs
writes it again. The levels standard and thorough also judge the random numbers, and measure the coverage of every interval and the bias of quantiles:
[coverage.md](coverage.md). What comes out of the baseline against published figures is in [face-validity.md](face-validity.md).

`

// notValidatedHere ends the page.
const notValidatedHere = `
## What is not validated, in plain words

- **That the model is right.** All of the above shows that the program computes what the model says. Whether clinics work like that is another question;
  [face-validity.md](face-validity.md) has what little can be said, and lists the figures that the baseline misses.
- **What education does.** Nobody has measured it. Its effects are assumptions; no comparison here bears on them.
- **Differences between arms.** Levels of usual care are set against published figures; no trial of a nurse more, a protected hour or a campaign is.
- **Mechanisms without a formula**: ageing, earliest due date, consults, requests for information, batching, nudges, personal inboxes with cover, displaced visits, evening
  sessions, on call, education that fades. They have schedules worked out by hand (validation/traces) and [invariants](invariants.md) on random clinics, but no theory to be set against.
- **Mechanisms together.** Each case has one or two. The oracle and the invariants look at combinations; theory does not.
- **The tails of long waits in a clinic**: the 95th percentile is judged in queues that are stationary. A clinic's longest waits come from leave, holidays and bad weeks.
- **Quantiles** are those of a replication, averaged: a little less or more than the quantile over all time, the more so the shorter the run ([coverage.md](coverage.md)).
- **Burnout.** No measure here claims to be burnout.
`

func blank(w *strings.Builder) error { return w.WriteByte('\n') }
