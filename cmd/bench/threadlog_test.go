package main

import (
	"fmt"
	"testing"
)

func BenchmarkThreadLog(b *testing.B) {
	rows, err := threadRows(50_000)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	var rate, size float64
	for n := 0; b.Loop(); n++ {
		if rate, size, err = writeThreads(fmt.Sprintf("%s/%d", b.TempDir(), n), rows, 4); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(rate, "rows/cpu-s")
	b.ReportMetric(size, "bytes/row")
}
