package validation

import (
	"context"
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
	t.Log("\n" + table.String())
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
