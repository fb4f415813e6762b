package design

import (
	_ "embed"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// every design of the unit cube, by name, with n rows and 6 columns.
var designs = map[string]func(n int, seed uint64) [][]float64{
	"latin hypercube": func(n int, seed uint64) [][]float64 { return LatinHypercube(n, 6, seed) },
	"halton":          func(n int, seed uint64) [][]float64 { return Halton(n, 6, seed) },
	"sobol":           func(n int, seed uint64) [][]float64 { return Sobol(n, 6, seed) },
	"saltelli":        func(n int, seed uint64) [][]float64 { return Saltelli(n, Groups{0, 1, 1, 2, 0, 3}, true, seed) },
	"morris":          func(n int, seed uint64) [][]float64 { return Morris(n, Groups{0, 1, 1, 2, 0, 3}, 4, seed) },
}

// A design is a function of its arguments, another seed gives other points, and a larger design begins with the smaller.
func TestDesignsGrow(t *testing.T) {
	for name, make := range designs {
		small, large := make(8, 1), make(16, 1)
		if !reflect.DeepEqual(small, make(8, 1)) {
			t.Errorf("%s: the same arguments give other points", name)
		}
		if reflect.DeepEqual(small, make(8, 2)) {
			t.Errorf("%s: another seed gives the same points", name)
		}
		if begins := reflect.DeepEqual(small, large[:len(small)]); begins != (name != "latin hypercube") {
			t.Errorf("%s: the larger design begins with the smaller: %v", name, begins)
		}
		if len(make(0, 1)) != 0 {
			t.Errorf("%s: a design of no rows has points", name)
		}
	}
}

// The first and last points of every design, pinned: they depend on how libraries use random numbers, and studies that are
// extended rely on them.
func TestPointsStay(t *testing.T) {
	want := map[string]string{
		"latin hypercube": "0.937428 0.512207 0.880711",
		"halton":          "0.391757 0.516757 0.727886",
		"sobol":           "0.096203 0.170839 0.828710",
		"saltelli":        "0.096203 0.447194 0.465214",
		"morris":          "1.000000 0.000000 0.666667",
	}
	for name, make := range designs {
		points := make(8, 1)
		last := points[len(points)-1]
		if got := fmt.Sprintf("%.6f %.6f %.6f", points[0][0], last[0], last[5]); got != want[name] {
			t.Errorf("%s: %s, was %s", name, got, want[name])
		}
	}
}

// evenly fails unless a column's first n points fall one into each of n equal slices, all inside (0, 1).
func evenly(t *testing.T, what string, points [][]float64, column, n int) {
	t.Helper()
	taken := make([]bool, n)
	for _, point := range points[:n] {
		u := point[column]
		if !(0 < u && u < 1) || taken[int(u*float64(n))] {
			t.Fatalf("%s, column %d: slice of %v taken twice or outside", what, column, u)
		}
		taken[int(u*float64(n))] = true
	}
}

func TestColumnsAreEven(t *testing.T) {
	points := LatinHypercube(37, 20, 3)
	for c := range 20 {
		evenly(t, "latin hypercube", points, c, 37)
	}
	points = Sobol(256, MostSobol, 3)
	for c := range MostSobol {
		for _, n := range []int{1, 2, 64, 256} {
			evenly(t, "sobol", points, c, n)
		}
	}
	points = Halton(121, 5, 3)
	for c, n := range []int{64, 81, 25, 49, 121} {
		evenly(t, "halton", points, c, n)
	}
}

// The first two columns of a Sobol' sequence are a net: 2^m points put one into each box of 2^-a by 2^(a-m).
func TestSobolIsANet(t *testing.T) {
	const m = 8
	points := Sobol(1<<m, 2, 11)
	for a := range m + 1 {
		taken := make([]bool, 1<<m)
		for _, p := range points {
			box := int(p[0]*float64(int(1)<<a))<<(m-a) + int(p[1]*float64(int(1)<<(m-a)))
			if taken[box] {
				t.Fatalf("two points in a box of 2^-%d by 2^-%d", a, m-a)
			}
			taken[box] = true
		}
	}
}

//go:embed testdata/scipy-sobol.txt
var scipySobol string

// Before scrambling, the sequence is SciPy's, in all columns.
func TestSobolAgainstSciPy(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(scipySobol), "\n")[1:]
	for i, point := range []uint32{1, 1000, 4095} {
		want := strings.Fields(lines[i])
		if len(want) != MostSobol || len(directions()) != MostSobol {
			t.Fatalf("%d columns, and %d of SciPy", len(directions()), len(want))
		}
		for c := range want {
			if got := plain(&directions()[c], point); strconv.Itoa(int(got)) != want[c] {
				t.Errorf("point %d, column %d: %d, SciPy has %s", point, c, got, want[c])
			}
		}
	}
}

// A smooth integral over six columns, which is 1, comes out far better than by chance: 4096 points by chance would have a
// standard error of 0.008.
func TestSobolIntegrates(t *testing.T) {
	sum := 0.0
	for _, p := range Sobol(4096, 6, 5) {
		f := 1.0
		for _, u := range p {
			f *= 0.5 + u*u*1.5
		}
		sum += f
	}
	if got := sum / 4096; math.Abs(got-1) > 0.001 {
		t.Errorf("integral %v, want 1", got)
	}
}

// By hand: of two groups, one of two columns, a row is A, then A with each group's columns from B, then B with each
// group's from A, then B.
func TestSaltelliByHand(t *testing.T) {
	groups := Groups{0, 1, 0}
	base := Sobol(3, 6, 4)
	points := Saltelli(3, groups, true, 4)
	if len(points) != 3*6 || len(Saltelli(3, groups, false, 4)) != 3*4 {
		t.Fatalf("%d points", len(points))
	}
	for r, b := range base {
		want := [][]float64{
			{b[0], b[1], b[2]}, {b[3], b[1], b[5]}, {b[0], b[4], b[2]},
			{b[0], b[4], b[2]}, {b[3], b[1], b[5]}, {b[3], b[4], b[5]},
		}
		if !reflect.DeepEqual(points[6*r:6*r+6], want) {
			t.Errorf("row %d: %v, want %v", r, points[6*r:6*r+6], want)
		}
		if first := Saltelli(3, groups, false, 4)[4*r : 4*r+4]; !reflect.DeepEqual(first, [][]float64{want[0], want[1], want[2], want[5]}) {
			t.Errorf("row %d without second order: %v", r, first)
		}
	}
}

// Every trajectory changes each group once, all its columns by one step; every level and direction is as likely, within
// four standard errors.
func TestMorrisTrajectories(t *testing.T) {
	const trajectories, levels = 1000, 6
	groups := Groups{0, 1, 1, 2}
	points := Morris(trajectories, groups, levels, 9)
	atLevel, up, firstGroup := [levels]int{}, 0, 0
	for r := range trajectories {
		path := points[4*r : 4*r+4]
		changed := []int{}
		for s := 1; s < 4; s++ {
			group := -1
			for c := range groups {
				d := path[s][c] - path[s-1][c]
				if d == 0 {
					continue
				}
				if math.Abs(math.Abs(d)-MorrisStep(levels)) > 1e-12 || group >= 0 && groups[c] != group {
					t.Fatalf("trajectory %d, step %d: %v to %v", r, s, path[s-1], path[s])
				}
				group = groups[c]
				if d > 0 && c == 0 {
					up++
				}
			}
			changed = append(changed, group)
		}
		if changed[0] == 0 {
			firstGroup++
		}
		if slices.Sort(changed); !slices.Equal(changed, []int{0, 1, 2}) {
			t.Fatalf("trajectory %d changes groups %v", r, changed)
		}
		level := path[0][2] * (levels - 1)
		if math.Abs(level-math.Round(level)) > 1e-12 {
			t.Fatalf("%v is no level", path[0][2])
		}
		atLevel[int(math.Round(level))]++
	}
	likely := func(what string, n int, p float64) {
		if math.Abs(float64(n)-trajectories*p) > 4*math.Sqrt(trajectories*p*(1-p)) {
			t.Errorf("%s %d times of %d, want a share of about %v", what, n, trajectories, p)
		}
	}
	for level, n := range atLevel {
		likely(fmt.Sprintf("level %d", level), n, 1.0/levels)
	}
	likely("a step up", up, 0.5)
	likely("group 0 first", firstGroup, 1.0/3)
}

func TestOneAtATimeByHand(t *testing.T) {
	want := [][]float64{{0.5, 0.5, 0.5}, {0, 0.5, 0}, {1, 0.5, 1}, {0.5, 0, 0.5}, {0.5, 1, 0.5}}
	if got := OneAtATime(Groups{0, 1, 0}); !reflect.DeepEqual(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	squeezed := Squeezed(want[:2], 0.025)
	for c, u := range []float64{0.025, 0.5, 0.025} {
		if math.Abs(squeezed[1][c]-u) > 1e-15 {
			t.Errorf("squeezed %v", squeezed)
		}
	}
}

func TestMisuseOfDesigns(t *testing.T) {
	for what, misuse := range map[string]func(){
		"a group without columns": func() { Groups{0, 2}.Count() },
		"an odd number of levels": func() { Morris(1, Singly(2), 5, 1) },
		"too many Sobol columns":  func() { Sobol(1, MostSobol+1, 1) },
		"too many Halton columns": func() { Halton(1, MostHalton+1, 1) },
		"a tail of one half":      func() { Squeezed(nil, 0.5) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", what)
				}
			}()
			misuse()
		}()
	}
}
