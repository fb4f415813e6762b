package validation

import (
	"context"
	"os"
	"runtime"
	"strings"
	"testing"
)

// caseSeed is fixed, so that the test is steady.
const caseSeed = 20250106

// TestCases compares every case with theory at the quick level. The limit of t comes from ErrorRate.
func TestCases(t *testing.T) {
	verdicts, err := Run(context.Background(), Levels()[0], caseSeed, runtime.NumCPU())
	if err != nil {
		t.Fatal(err)
	}
	var table strings.Builder
	if err := WriteTable(&table, verdicts); err != nil {
		t.Fatal(err)
	}
	checkValidationTable(t, table.String())
	for _, v := range verdicts {
		if !v.Agrees {
			t.Errorf("%s, %s: mean %.5g, theory %.5g: t = %.2f, limit %.2f", v.Case.Name, v.Quantity.Name, v.Mean, v.Theory, v.T, v.Limit)
		}
		if !v.WrongRejected {
			t.Errorf("%s, %s: mean %.5g does not reject %.5g (%s): t = %.2f, limit %.2f", v.Case.Name, v.Quantity.Name, v.Mean, v.Wrong,
				v.Quantity.Instead, v.WrongT, v.Limit)
		}
	}
}

// TestCasesDoNotDependOnWorkers runs one case with one worker and with three.
func TestCasesDoNotDependOnWorkers(t *testing.T) {
	level := Level{"few", 4, "4w"}
	c := Cases()[0]
	one, err := c.run(context.Background(), level, caseSeed, 1)
	if err != nil {
		t.Fatal(err)
	}
	three, err := c.run(context.Background(), level, caseSeed, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i := range one {
		if one[i].Mean != three[i].Mean || one[i].StandardError != three[i].StandardError {
			t.Errorf("%s: mean %v with one worker, %v with three", one[i].Quantity.Name, one[i].Mean, three[i].Mean)
		}
	}
}

// checkValidationTable compares docs/validation.md with the table, or writes it with -update. The figures depend on the
// processor in their last digits, so that elsewhere only the shape is compared.
func checkValidationTable(t *testing.T, table string) {
	t.Helper()
	const file = "../docs/validation.md"
	want := validationPage + table
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
const validationPage = `# Validation against theory

Queues whose waits are known in closed form, written as ordinary scenario files (validation/cases) and run through the whole program:
YAML, panel, arrivals, pools, staff, measures. For each quantity the replications' mean is set against the formula (validation/theory,
which imports nothing of the simulator and names its sources), with a t statistic. A quantity disagrees when |t| is beyond the limit of an error
rate of one in ten thousand, so that a correct program fails somewhere in this table in fewer than four runs of a thousand. So that
agreement means something, each quantity is also set against a wrong formula, which must be rejected.

This table is written by the tests, at the quick level with a fixed seed; make docs writes it again.

`
