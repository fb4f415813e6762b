package scenarios

import (
	"fmt"
	"testing"
	"time"
	"sort"
	"portalsim/sim"
)

func TestSmoke(t *testing.T) {
	arms, err := Source{Library: Library()}.Load([]string{"baseline", "no-patient-messages","education"}, nil)
	if err != nil { t.Fatal(err) }
	for _, a := range arms {
		var ps Problems
		s := build(a.File, func(p, m, f string) { ps = append(ps, a.problem(p, m, f)) })
		if len(ps) > 0 { t.Fatal(ps) }
		start := time.Now()
		var r *sim.Result
		for rep := range 5 {
			r, err = sim.Run(s, 1, rep, sim.Options{Contacts: true})
			if err != nil { t.Fatal(err) }
		}
		fmt.Println(a.Name, time.Since(start)/5, r.Events, len(r.Rows), len(r.Contacts))
		var lines []string
		for _, row := range r.Rows {
			if row.Staff == "all" && (row.Channel=="all"||row.Channel=="portal") {
				v := "null "+row.Note
				if row.Value != nil { v = fmt.Sprintf("%.3f", *row.Value) }
				lines = append(lines, fmt.Sprintf("%-45s %-10s %-8s %-10s %-10s %s", row.Measure, row.Type, row.Channel, row.Pool, row.Role, v))
			}
		}
		sort.Strings(lines)
		if a.Name == "baseline" { for _, l := range lines { fmt.Println(l) } }
	}
}
