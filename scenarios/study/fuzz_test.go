package study

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"portalsim/scenarios"
)

// FuzzStudy gives any text as a study file, and any as the list of points it may name: nothing panics, every problem is
// complete, and of what is sound every point can be written out, and the first composed.
func FuzzStudy(f *testing.F) {
	const list = "patients.count,staff.nurse.count\n3,1\n,2\n"
	for _, c := range broken {
		f.Add(head+c.text, list)
	}
	for _, design := range []string{"latin-hypercube, points: 8", "halton, points: 7", "sobol, points: 8", "saltelli, points: 8, second_order: true", "morris, trajectories: 3", "list, list: list.csv", "one-at-a-time"} {
		f.Add(head+"factors:\n  patients.count: {role: lever, range: [1, 4]}\n  staff.nurse.count: {role: lever, values: [1, 2], group: g}\ndesign: {kind: "+design+"}\n", list)
	}
	f.Add(head+"arms: {usual: [], taught: [campaign]}\nfactors: {taught:interventions.campaign.reach: {role: uncertainty}}\nfront: [threads_n, messages_per_portal_user]\n", "")
	files, err := filepath.Glob("../../docs/studies/*.yaml")
	if err != nil || len(files) == 0 {
		f.Fatal("no worked studies", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(strings.Replace(string(text), "base: baseline", "base: clinic", 1), list)
	}
	f.Fuzz(func(t *testing.T, text, list string) {
		s, err := from(map[string]string{"dir/list.csv": list, "dir/list.parquet": list}).Load("dir/s.yaml", []byte(text), nil)
		examine(t, s, err)
	})
}

// FuzzList gives any text as a list of points.
func FuzzList(f *testing.F) {
	const factors = "factors:\n  patients.count: {role: lever, values: [1]}\n  pools.nurse.handling.mean: {role: uncertainty, unit: m, values: [2]}\n  pools.nurse.discipline: {role: lever, values: [fifo]}\ndesign: {kind: list, list: list.csv}\n"
	const header = "patients.count,pools.nurse.handling.mean,pools.nurse.discipline\n"
	for _, rows := range []string{"", "3,2.5,fifo\n,90s,priority\n", "1e308,NaN,lifo\n", "-0,inf,\"fifo\"\n", "3;2,5;fifo\n", "\"3", "3,2\n", "\x00,\xff,a\n", "[1],{a: b},&x *x\n", "3,2m30s,!!str fifo\n"} {
		f.Add(header + rows)
	}
	f.Add("\ufeff" + strings.ReplaceAll(header, ",", ";"))
	f.Fuzz(func(t *testing.T, list string) {
		s, err := from(map[string]string{"dir/list.csv": list}).Load("dir/s.yaml", []byte(head+factors), nil)
		examine(t, s, err)
	})
}

// FuzzQuick gives any two --set options to a sweep of the command line.
func FuzzQuick(f *testing.F) {
	for _, seed := range []string{"patients.count=1,2,3", "staff.nurse.count=range(1,5,2)", "patients.count=range(0,9999999999,1)", "interventions.campaign.reach=0.3, 0.6", "campaign:patients.count=[1,2],3", "a=range(", "a==,", "patients.count=range(1,2,0.0000000000000000001)",
		"pools.nurse.handling.mean=range(1m,9m,1m)", "pools.nurse.discipline='fifo',priority", "patients.count=1e308,-0,NaN"} {
		f.Add(seed, "staff.nurse.count=1,2")
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		s, err := from(nil).Quick([]string{"clinic", "campaign"}, []string{one, two})
		examine(t, s, err)
	})
}

// examine looks at what loading gave: complete problems, or points that can be composed.
func examine(t *testing.T, s *Study, err error) {
	t.Helper()
	if err != nil {
		problems, ok := err.(scenarios.Problems)
		if !ok || len(problems) == 0 {
			t.Fatalf("error %v", err)
		}
		for _, p := range problems {
			if p.File == "" || p.Line < 1 || p.Column < 1 || p.Path == "" || p.Message == "" || p.Fix == "" || strings.ContainsFunc(p.String(), unicode.IsControl) {
				t.Errorf("incomplete: %+v", p)
			}
		}
		return
	}
	for p := range min(s.Points(), 100) {
		if len(s.Levels(p)) != len(s.Factors) {
			t.Errorf("point %s has %d levels of %d factors", s.ID(p), len(s.Levels(p)), len(s.Factors))
		}
	}
	if arms, err := s.Compose(0); err == nil && len(arms) != len(s.Standing) {
		t.Errorf("%d arms of %d", len(arms), len(s.Standing))
	}
}
