package study

import (
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"portalsim/scenarios"
	"portalsim/sim"
)

const clinic = `schema: portalsim/scenario/1
name: clinic
run: {start: "2025-01-06"}
patients: {count: 100, preferred_channel: {portal: 1}}
channels: {}
messages:
  refill:
    pool: nurse
    needs_per_user_year: {value: 3.2, source: assumption, low: 1.5, high: 6}
    incomplete: {value: 0.15, source: assumption}
pools: {nurse: {handling: {dist: lognormal, mean: 4m, cv: 1}}}
staff:
  nurse:
    count: 2
    role: nurse
    pools: [nurse]
    week: {mon-fri: {"08:00-12:00": inbox}}
`

const campaign = `schema: portalsim/overlay/1
name: campaign
set: {interventions: {campaign: {kind: education, reach: {value: 0.6, source: assumption, low: 0.3, high: 0.9}}}}
`

// from serves the clinic, its overlay, and more files.
func from(more map[string]string) Source {
	library := fstest.MapFS{"clinic.yaml": {Data: []byte(clinic)}, "campaign.yaml": {Data: []byte(campaign)}}
	read := func(path string) ([]byte, error) {
		if text, ok := more[path]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}
	return Source{Source: scenarios.Source{ReadFile: read, Library: library}}
}

const head = "schema: portalsim/study/1\nname: s\nbase: clinic\n"

// load loads a study that must be sound.
func load(t *testing.T, text string, more map[string]string) *Study {
	t.Helper()
	s, err := from(more).Load("dir/s.yaml", []byte(head+text), nil)
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return s
}

// texts writes the levels of every point.
func texts(s *Study) []string {
	var list []string
	for p := range s.Points() {
		var words []string
		for _, l := range s.Levels(p) {
			words = append(words, l.Text)
		}
		list = append(list, strings.Join(words, " "))
	}
	return list
}

func TestDesigns(t *testing.T) {
	const staff = "factors:\n  staff.nurse.count: {role: lever, values: [1, 2, 4]}\n"
	const handling = "  pools.nurse.handling.mean: {role: uncertainty, range: [2m, 6m], unit: m}\n"
	list := map[string]string{"dir/list.csv": "staff.nurse.count,pools.nurse.handling.mean\n3,2.5\n,90s\n"}
	for _, c := range []struct{ name, text, want string }{
		{"arms", "", ""},
		{"grid", staff + handling, "1 2m, 1 4m, 1 6m, 2 2m, 2 4m, 2 6m, 4 2m, 4 4m, 4 6m"},
		{"grid of two levels", staff + handling + "design: {levels: 2}\n", "1 2m, 1 6m, 2 2m, 2 6m, 4 2m, 4 6m"},
		{"one at a time", staff + handling + "design: {kind: one-at-a-time}\n", "2 4m, 1 4m, 2 4m, 4 4m, 2 2m, 2 6m"},
		{"list", staff + handling + "design: {kind: list, list: list.csv}\n", "3 2m30s, 2 1m30s"},
		{"list that gives the values", "factors:\n  staff.nurse.count: {role: lever}\n  pools.nurse.handling.mean: {role: uncertainty, unit: m}\ndesign: {kind: list, list: list.csv}\n", "3 2m30s, 2 1m30s"},
		{"constraint", staff + handling + "constraints: [\"2 * staff.nurse.count - pools.nurse.handling.mean < 0\"]\n", "1 4m, 1 6m, 2 6m"},
		{"group", "factors:\n  staff.nurse.count: {role: lever, values: [1, 2], group: g}\n  pools.nurse.handling.cv: {role: lever, values: [0.5, 1], group: g}\n", "1 0.5, 2 1"},
		{"logarithm", "factors: {pools.nurse.handling.mean: {role: lever, range: [1m, 16m], scale: log, unit: s}}\n", "1m, 4m, 16m"},
		{"whole numbers", "factors: {patients.count: {role: lever, range: [100, 102]}}\n", "100, 101, 102"},
		{"words", "factors: {pools.nurse.discipline: {role: lever, values: [fifo, priority]}}\n", "fifo, priority"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := strings.Join(texts(load(t, c.text, list)), ", "); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A factor of a list goes from the least to the largest value there, whatever is written of it; words from first to last row.
func TestEndsOfAList(t *testing.T) {
	const text = "factors:\n  staff.nurse.count: {role: lever, values: [1, 9]}\n  pools.nurse.discipline: {role: lever}\ndesign: {kind: list, list: list.csv}\n"
	s := load(t, text, map[string]string{"dir/list.csv": "staff.nurse.count,pools.nurse.discipline\n3,priority\n1,fifo\n4,fifo\n2,lifo\n"})
	for f, want := range []string{"1 to 4, as listed", "priority to lifo, as listed"} {
		if got := s.Factors[f].Over(); got != want {
			t.Errorf("%s goes over %s, want %s", s.Factors[f].Name, got, want)
		}
	}
}

// What a point says is what its arms have; the arms as they stand have none of it.
func TestCompose(t *testing.T) {
	s := load(t, "arms: {usual: [], taught: [campaign]}\nset: {patients.count: 200}\nfactors:\n  interventions.campaign.reach: {role: uncertainty}\n  taught:staff.nurse.count: {role: lever, values: [3]}\ndesign: {levels: 2}\n", nil)
	arms, err := s.Compose(1)
	if err != nil {
		t.Fatal(err)
	}
	if s.ID(1) != "p0002" || arms[0].Model.Patients.Count != 200 || len(arms[0].Model.Staff) != 2 || len(arms[1].Model.Staff) != 3 {
		t.Errorf("%s: %d patients, %d and %d nurses", s.ID(1), arms[0].Model.Patients.Count, len(arms[0].Model.Staff), len(arms[1].Model.Staff))
	}
	if reach := arms[1].Model.Campaigns[0].Reach; math.Abs(reach-0.9) > 1e-12 {
		t.Errorf("reach %v at its 97.5 %% point, want 0.9", reach)
	}
	if reach := s.Standing[1].Model.Campaigns[0].Reach; reach != 0.6 || len(arms[0].Model.Campaigns) != 0 {
		t.Errorf("standing reach %v, want 0.6, and no campaign in usual", reach)
	}
}

// A belief's levels at probabilities are its quantiles, also at the ends, where it has none.
func TestAt(t *testing.T) {
	s := load(t, "factors:\n  messages.refill.needs_per_user_year: {role: uncertainty}\n  messages.refill.incomplete: {role: uncertainty, dist: logit-normal, low: 0.1, high: 0.4}\n  staff.nurse.count: {role: lever, range: [1, 4]}\n", nil)
	for f, want := range [][3]float64{{1.5, 3, 6}, {0.1, 0.21394, 0.4}, {1, 3, 4}} {
		for i, u := range []float64{0.025, 0.5, 0.975} {
			if got := s.Factors[f].At(u).Value; math.Abs(got-want[i]) > 1e-4 {
				t.Errorf("%s at %v: %v, want %v", s.Factors[f].Name, u, got, want[i])
			}
		}
		for _, u := range []float64{0, 1} {
			if x := s.Factors[f].At(u).Value; math.IsInf(x, 0) || math.IsNaN(x) || x <= 0 {
				t.Errorf("%s at %v: %v", s.Factors[f].Name, u, x)
			}
		}
	}
}

// Every problem is reported at once, with its place.
func TestProblems(t *testing.T) {
	_, err := from(nil).Load("s.yaml", []byte(`schema: portalsim/study/1
name: s
base: clinic
arms: {usual: [], taught: [campain]}
titel: x
factors:
  staff.nurse.count: {role: lever, values: [1, many]}
measures:
  first_response_h_men: {}
  threads_n: {half_width: 1, relative: 0.1}
`), nil)
	problems, ok := err.(scenarios.Problems)
	if !ok {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{"s.yaml:4:27: campain: the library has no campain; did you mean campaign?", "s.yaml:5:1: titel: unknown key; did you mean title?", "s.yaml:9:3: measures.first_response_h_men"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
	if len(problems) < 3 {
		t.Errorf("%d problems", len(problems))
	}
}

const one = "factors: {staff.nurse.count: {role: lever, values: [1, 2]}}\n"

// broken are ends of studies with one problem each.
var broken = []struct{ text, want string }{
	{"factors: {staff.nurse.count: {role: lever, values: [1, many]}}\n", `dir/s.yaml:4:56: factors.staff.nurse.count.values[1]: must be a count, got "many"`},
	{"factors: {staff.nurse.cunt: {role: lever, values: [1]}}\n", "dir/s.yaml:4:29: factors.staff.nurse.cunt: no arm has this path: the format has no staff.nurse.cunt; did you mean count?"},
	{"factors: {staff.nurse.count: {values: [1]}}\n", "factors.staff.nurse.count.role: required key is missing"},
	{"factors: {staff.nurse.count: {role: lever}}\n", "nothing says over what to vary it"},
	{"factors: {staff.nurse.count: {role: lever, values: [1], range: [1, 2]}}\n", "has more than one of values, range"},
	{"factors: {staff.nurse.count: {role: lever, values: [0]}}\n", "dir/s.yaml:4:53: factors.staff.nurse.count: with 0, pools.nurse: receives work and nobody serves it"},
	{"factors: {messages.refill.incomplete: {role: uncertainty, range: [0.5, 1.5]}}\n", "messages.refill.incomplete: must be from 0 to 1, got 1.5"},
	{"factors: {messages.refill.incomplete: {role: uncertainty, range: [0.5, 0.1]}}\n", "its first value is not below its second"},
	{"factors: {messages.refill.incomplete: {role: uncertainty, low: 0.3, high: 1.7}}\n", "dir/s.yaml:4:75: factors.messages.refill.incomplete.high: must be from 0 to 1, got 1.7"},
	{"factors: {messages.refill.incomplete: {role: uncertainty, low: -3, high: 0.7}}\n", "factors.messages.refill.incomplete.low: must be from 0 to 1, got -3"},
	{"factors: {pools.nurse.handling.mean: {role: lever, values: [1], unit: parsec}}\n", `"parsec" is not one of the units`},
	{"factors: {pools.nurse.handling.mean: {role: lever, low: 1m}}\n", "has only one of low and high"},
	{one + "design: {kind: arms}\n", "arms varies nothing, and there are factors"},
	{"design: {kind: grid}\n", "grid varies factors, and there are none"},
	{one + "design: {points: 8}\n", "dir/s.yaml:5:18: design.points: a design of kind grid does not have it"},
	{one + "design: {kind: list}\n", "design.list: required key is missing"},
	{one + "design: {kind: list, list: list.csv}\n", "dir/list.csv:1:1: staff.nurse.cunt: is no factor of the study; did you mean staff.nurse.count?"},
	{one + "constraints: [staff.nurse.cout <= 3]\n", "dir/s.yaml:5:15: constraints[0]: there is no factor staff.nurse.cout"},
	{one + "constraints: [staff.nurse.count > 7]\n", "none of 2 points meets them"},
	{one + "constraints: [staff.nurse.count +]\n", "is not a comparison of two sums"},
	{"measures: {threads_n: {half_width: 1, relative: 0.1}}\n", "has both half_width and relative"},
	{"measures: {threads_n: {half_width: 1}}\nreplications: 5\n", "a number of replications and half-widths of measures exclude each other"},
	{one + "design: {kind: sobol, points: 100}\n", "dir/s.yaml:5:31: design.points: 100 is no power of two, and the sequence is even only then; write 128"},
	{one + "design: {kind: morris}\n", "design.trajectories: required key is missing"},
	{one + "design: {kind: morris, trajectories: 4, levels: 5}\n", "morris needs an even number of levels"},
	{one + "design: {kind: saltelli, points: 8}\nconstraints: [staff.nurse.count <= 1]\n", "belong together, and none may be left out"},
	{"precision: {at_most: 100}\n", "no measure has a half_width or relative"},
	{"measures: {\"threads_n[type=refil]\": {}}\n", "the control has no type refil; did you mean refill?"},
	{"measures: {threads_n: {paired_by: contact}}\n", "is paired by contact"},
	{"factors:\n  staff.nurse.count: {role: lever, values: [1, 2], group: g}\n  patients.count: {role: lever, values: [100], group: g}\n", "has not as many values"},
}

func TestProblemsOfParts(t *testing.T) {
	list := map[string]string{"dir/list.csv": "staff.nurse.cunt\n3\n"}
	for _, c := range broken {
		_, err := from(list).Load("dir/s.yaml", []byte(head+c.text), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%sgot  %v\nwant %s", c.text, err, c.want)
		}
	}
}

// A list is tried row by row; a long one where a factor is at its ends.
func TestProblemsOfRows(t *testing.T) {
	const text = "arms: {usual: [], taught: [campaign]}\nfactors:\n  interventions.campaign.reach: {role: lever, values: [0.5]}\n  staff.nurse.count: {role: lever, values: [1]}\ndesign: {kind: list, list: list.csv}\n"
	const header = "interventions.campaign.reach,staff.nurse.count\n"
	for _, c := range []struct{ rows, want string }{
		{"0.3,1\n2,1\n", "dir/list.csv:3:1: interventions.campaign.reach: must be from 0 to 1, got 2"},
		{"0.3,1\n0.4,0\n", "dir/list.csv:3:1: design.list: with this row, pools.nurse: receives work and nobody serves it"},
		{"0.3\n", "dir/list.csv:2:1: design.list: has other than the header's 2 fields; write a field for each column"},
		{"0.3,\"1\n", "dir/list.csv:2:8: design.list: extraneous or missing"},
		{strings.Repeat("0.3,1\n", 700) + "2,1\n" + strings.Repeat("0.3,2\n", 100), "dir/list.csv:702:1: interventions.campaign.reach: must be from 0 to 1, got 2"},
	} {
		_, err := from(map[string]string{"dir/list.csv": header + c.rows}).Load("dir/s.yaml", []byte(head+text), nil)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
	}
	for list, want := range map[string]string{
		strings.ReplaceAll(header, ",", ";") + "0,3;1\n": "dir/list.csv:2:1: design.list: has commas within its fields, which semicolons part; write commas between fields and points in numbers",
		strings.ReplaceAll(header, ",", ";") + "3;1\n":   "is no factor of the study; write commas between fields, not semicolons",
		"": "dir/list.csv is empty",
		strings.TrimSuffix(header, "\n") + "," + strings.Split(header, ",")[0] + "\n3,1,3\n": "dir/list.csv:1:3: " + strings.Split(header, ",")[0] + ": stands twice in the header; keep one of the columns",
	} {
		if _, err := from(map[string]string{"dir/list.csv": list}).Load("dir/s.yaml", []byte(head+text), nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
	if s := load(t, text, map[string]string{"dir/list.csv": header + "0.3,1\n,\n"}); s.Points() != 2 {
		t.Errorf("%d points of two sound rows", s.Points())
	}
}

func TestQuick(t *testing.T) {
	s, err := from(nil).Quick([]string{"usual=clinic", "campaign"}, []string{"patients.count=300", "staff.nurse.count=range(1,5,2)", "interventions.campaign.reach=0.3, 0.6", "usual:name=x"})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(s), ", "); got != "1 0.3, 1 0.6, 3 0.3, 3 0.6, 5 0.3, 5 0.6" {
		t.Errorf("points %s", got)
	}
	if arms, err := s.Compose(5); err != nil || arms[1].Model.Patients.Count != 300 || len(arms[1].Model.Staff) != 5 {
		t.Errorf("the last point: %v", err)
	}
	for _, c := range []struct{ set, want string }{
		{"staff.nurse.count=range(5,1,1)", "--set:1:19: staff.nurse.count: a range goes up"},
		{"staff.nurse.count=range(1,2,1w)", "differ in unit"},
		{"staff.nurse.count=range(1,2)", "--set:1:19: staff.nurse.count: has other than three numbers in its brackets; write range(LOW, HIGH, STEP)"},
		{"staff.nurse.cunt=1,2", "--set:1:1: factors.staff.nurse.cunt: no arm has this path"},
		{"staff.nurse.cunt=1", "--set:1:1: staff.nurse.cunt: no arm has this path"},
		{"nothing", "is not PATH=VALUE"},
	} {
		if _, err := from(nil).Quick([]string{"clinic"}, []string{c.set}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", c.set, err, c.want)
		}
	}
}

// With more values a sweep of the command line is the same study; with another setting it is not.
func TestQuickName(t *testing.T) {
	name := func(sets ...string) string {
		s, err := from(nil).Quick([]string{"clinic"}, sets)
		if err != nil {
			t.Fatal(err)
		}
		return s.File.Name
	}
	one := name("patients.count=300", "staff.nurse.count=1,2")
	if one != name("patients.count=300", "staff.nurse.count=1,2,3") || one == name("patients.count=400", "staff.nurse.count=1,2") {
		t.Errorf("the name is %q", one)
	}
	_, err := from(nil).Load("dir/s.yaml", []byte(head), []string{"staff.nurse.count=1,2"})
	if err == nil || !strings.Contains(err.Error(), "--set:1:19: staff.nurse.count: has several values, and a study file says itself what it varies") {
		t.Errorf("several values over a study file: %v", err)
	}
}

func TestSplitOutside(t *testing.T) {
	if got := splitOutside(`1,[2,3],"a,b",{x: 1, y: 2}`); !slices.Equal(got, []string{"1", "[2,3]", `"a,b"`, "{x: 1, y: 2}"}) {
		t.Errorf("got %q", got)
	}
	if got, err := rangeValues([]string{"0.1", " 0.5", " 0.2"}); err != nil || !slices.Equal(got, []string{"0.1", "0.3", "0.5"}) {
		t.Errorf("got %q, %v", got, err)
	}
	if got, err := rangeValues([]string{"1w", "3w", "1w"}); err != nil || !slices.Equal(got, []string{"1w", "2w", "3w"}) {
		t.Errorf("got %q, %v", got, err)
	}
}

// Without measures the study is about the headline ones, with the directions of the catalogue.
func TestMeasures(t *testing.T) {
	s := load(t, "", nil)
	if len(s.Interest) != 2 || s.Interest[0].Name != headline[0] || s.Interest[0].Better != sim.Lower || s.Replications() != usualReplications || s.Sequential() {
		t.Errorf("%+v, %d replications", s.Interest, s.Replications())
	}
	s = load(t, "measures: {threads_n: {better: higher, relative: 0.05}}\nprecision: {at_most: 60, confidence: 0.9}\n", nil)
	if m := s.Interest[0]; m.Better != sim.Higher || m.HalfWidth != 0.05 || !m.Relative || !s.Sequential() || s.Replications() != 60 || s.Confidence() != 0.9 {
		t.Errorf("%+v, %d replications, confidence %v", m, s.Replications(), s.Confidence())
	}
}

func TestTurns(t *testing.T) {
	levels := []int{2, 1}
	got := ""
	for p := range turns(levels) {
		d, level := turn(levels, p)
		got += fmt.Sprintf("%d:%d ", d, level)
	}
	if want := "-1:0 0:0 0:1 1:0 "; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Designs in the unit cube: their sizes, and their levels within what the factors allow. The larger begins with the smaller.
func TestCube(t *testing.T) {
	const factors = "factors:\n  staff.nurse.count: {role: lever, range: [1, 4]}\n  messages.refill.incomplete: {role: uncertainty, range: [0.1, 0.3]}\n  pools.nurse.handling.mean: {role: uncertainty, low: 2m, high: 6m, group: g}\n  pools.nurse.handling.cv: {role: uncertainty, range: [0.5, 1.5], group: g}\n"
	for _, c := range []struct {
		design string
		size   int
	}{
		{"latin-hypercube, points: 8", 8}, {"halton, points: 7", 7}, {"sobol, points: 8", 8}, {"saltelli, points: 8", 8 * 5},
		{"saltelli, points: 8, second_order: true", 8 * 8}, {"morris, trajectories: 3", 3 * 4},
	} {
		s := load(t, factors+"design: {kind: "+c.design+"}\n", nil)
		if s.Points() != c.size || len(s.Dimensions()) != 3 {
			t.Errorf("%s: %d points of %d dimensions, want %d of 3", c.design, s.Points(), len(s.Dimensions()), c.size)
		}
		for p := range s.Points() {
			l := s.Levels(p)
			count, share, minutes, cv := l[0].Value, l[1].Value, l[2].Value/60, l[3].Value
			if count != math.Trunc(count) || count < 1 || count > 4 || share < 0.1 || share > 0.3 || cv < 0.5 || cv > 1.5 {
				t.Fatalf("%s: point %v", c.design, texts(s)[p])
			}
			// handling is lognormal with quantiles 2 and 6 minutes: with cv, its group moves at one probability
			if u := s.Cube()[p][2]; c.design[0] != 'm' && (math.Abs(cv-(0.5+u)) > 1e-9 || math.Abs(minutes-2*math.Pow(3, (1+scenarioScore(u))/2)) > 1e-6) {
				t.Fatalf("%s: at %v the group is at %v minutes and a cv of %v", c.design, u, minutes, cv)
			}
		}
	}
	small, large := load(t, factors+"design: {kind: saltelli, points: 4}\n", nil), load(t, factors+"design: {kind: saltelli, points: 8}\n", nil)
	if a, b := texts(small), texts(large)[:len(texts(small))]; !slices.Equal(a, b) {
		t.Errorf("of 4 rows %v, of 8 %v", a, b)
	}
}

// scenarioScore is the normal score of a probability over that of 0.975.
func scenarioScore(u float64) float64 { return math.Erfinv(2*u-1) / math.Erfinv(0.95) }
