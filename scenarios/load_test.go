package scenarios

import (
	"reflect"
	"strings"
	"testing"
)

func TestArmNamesAndWords(t *testing.T) {
	files := map[string]string{"tiny": tiny, "education": education, "dir/my.yaml": tiny}
	arms := loadAll(t, files, []string{"tiny", "education", "tiny+education", "mine=dir/my.yaml", "dir/my.yaml", "x=dir/my.yaml+education"})
	want := []string{"tiny", "education", "tiny+education", "mine", "my", "x"}
	for i, a := range arms {
		if a.Name != want[i] {
			t.Errorf("arm %d is called %s, want %s", i, a.Name, want[i])
		}
	}
	if len(arms[1].File.Interventions.Keys) != 1 {
		t.Error("an overlay alone is laid over the first arm's scenario")
	}
}

func TestOverlayAloneIsLaidOverTheFirstScenarioWithoutItsOverlays(t *testing.T) {
	files := map[string]string{"tiny": tiny, "education": education, "big": overlay("set: {patients: {count: 7}}")}
	arms := loadAll(t, files, []string{"tiny+big", "education"})
	if got := arms[1].File.Patients.Count; got != 100 {
		t.Errorf("count is %d, want 100", got)
	}
}

func TestLoadRefuses(t *testing.T) {
	files := map[string]string{"tiny": tiny, "education": education, "./broken.yaml": "a: [", "./wrong.yaml": overlay("set: {pools: {nurse: {dicipline: fifo}}}")}
	cases := []struct {
		name string
		arms []string
		want string
	}{
		{"overlay alone", []string{"education"}, "arm:1:1: education: is an overlay, and there is no scenario to lay it over; write SCENARIO+education, such as baseline+education"},
		{"scenario after +", []string{"tiny+tiny"}, "arm:1:6: tiny: is a scenario, and only overlays come after +"},
		{"two of a name", []string{"tiny", "tiny"}, "arm:2:1: tiny: the name is that of arm 1"},
		{"unknown library name", []string{"tiny", "tiny+eduction"}, "arm:2:6: eduction: the library has no eduction; did you mean education?"},
		{"missing file", []string{"./tinny.yaml"}, "arm:1:1: ./tinny.yaml: there is no such file; did you mean tiny of the library?"},
		{"json", []string{"clinic.json"}, "rename the file to end in .yaml, or write ./clinic.json"},
		{"yml", []string{"clinic.yml"}, "rename the file to end in .yaml, or write ./clinic.yml"},
		{"nothing between", []string{"tiny++education"}, "arm:1:6: tiny++education: a name is missing here"},
		{"empty", []string{""}, "a name is missing here"},
		{"name all", []string{"all=tiny"}, `"all" cannot be the name of an arm`},
		{"bad name", []string{"a b=tiny"}, `"a b" cannot be the name of an arm`},
		{"empty name", []string{"=tiny"}, `"" cannot be the name of an arm`},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { wants(t, problemsOf(t, files, c.arms), c.want) })
	}
	t.Run("a broken file does not hide another", func(t *testing.T) {
		got := problemsOf(t, files, []string{"./broken.yaml", "./wrong.yaml", "tiny+missing"})
		wants(t, got, "./broken.yaml:1:1: ", "./wrong.yaml:2:23: pools.nurse.dicipline: unknown key; did you mean discipline?", "the library has no missing")
		if strings.Contains(got, "is an overlay") {
			t.Errorf("a fault of the first arm is blamed on the second:\n%s", got)
		}
	})
}

func TestSoundArmsComeBesideProblems(t *testing.T) {
	arms, err := sourceOf(map[string]string{"tiny": tiny}).Load([]string{"tiny", "nothing"}, nil)
	if err == nil || len(arms) != 1 || arms[0].File == nil {
		t.Errorf("got %d arms and %v, want one and a problem", len(arms), err)
	}
}

func TestCheck(t *testing.T) {
	files := map[string]string{
		"baseline": tiny, "education": education, "./mine.yaml": tiny + "other_work: {}\n",
		"./o.yaml": overlay("scale: {pools.nurce.handling: 2}"),
	}
	arms, err := sourceOf(files).Check([]string{"education", "./mine.yaml", "./mine.yaml"})
	if err != nil || len(arms) != 3 || arms[0].Layers[0] != "library/baseline.yaml" {
		t.Errorf("got %v and %v", arms, err)
	}
	_, err = sourceOf(files).Check([]string{"./o.yaml"})
	wants(t, err.Error(), "./o.yaml:2:9: pools.nurce.handling: pools has no nurce; did you mean nurse?")
	delete(files, "baseline")
	_, err = sourceOf(files).Check([]string{"./o.yaml"})
	if err != nil {
		wants(t, err.Error(), "is an overlay, and there is no scenario to lay it over")
	}
}

func TestNames(t *testing.T) {
	got := sourceOf(map[string]string{"tiny": tiny, "education": education, "broken": "["}).Names()
	want := []LibraryEntry{{"education", "overlay", "Education"}, {"tiny", "scenario", ""}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
