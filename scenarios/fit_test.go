package scenarios

import (
	"fmt"
	"io/fs"
	"reflect"
	"regexp"
	"strconv"
	"testing"
)

// The scenario of a draw gives the model of that draw, to the bit, also where a structural variant changes what there is
// after hours.
func TestAFitIsItsDraw(t *testing.T) {
	source := Source{Library: Library()}
	u, err := source.Uncertainty([]string{"baseline"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := source.Load([]string{"baseline"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	taken := map[int]bool{}
	for draw := range 12 {
		combination, _ := u.choose(1, draw)
		taken[combination] = true
		text, err := u.Scenario(plain[0], 1, draw, "fit", "baseline")
		if err != nil {
			t.Fatal(err)
		}
		files := Source{Library: Library(), ReadFile: func(string) ([]byte, error) { return []byte(text), nil }}
		laid, err := files.Load([]string{"./fit.yaml"}, nil)
		if err != nil {
			t.Fatalf("draw %d:\n%v\n%s", draw, err, text)
		}
		drawn, _ := mustDraw(t, u, 1, draw)
		laid[0].Model.Name = drawn[0].Model.Name
		if !reflect.DeepEqual(laid[0].Model, drawn[0].Model) {
			t.Errorf("the scenario of draw %d gives another model", draw)
		}
		if len(laid[0].File.Variants.Keys) > 0 {
			t.Errorf("the scenario of draw %d leaves the structural variants to be drawn again", draw)
		}
	}
	if len(taken) < 4 {
		t.Errorf("only %d combinations of alternatives among the draws", len(taken))
	}
}

// The fits in the library are the draws that their first line names: nobody has changed the ranges since without looking
// for fits anew (portalsim match baseline).
func TestLibraryFitsAreDrawsOfTheBaseline(t *testing.T) {
	source := Source{Library: Library()}
	u, err := source.Uncertainty([]string{"baseline"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := source.Load([]string{"baseline"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	names := regexp.MustCompile(`^# Draw ([0-9]+) of seed ([0-9]+) `)
	for i := 1; i <= 3; i++ {
		name := fmt.Sprintf("fit-%d", i)
		text, err := fs.ReadFile(Library(), name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		parts := names.FindStringSubmatch(string(text))
		if parts == nil {
			t.Fatalf("%s does not say which draw it is", name)
		}
		draw, _ := strconv.Atoi(parts[1])
		seed, _ := strconv.ParseUint(parts[2], 10, 64)
		if want, err := u.Scenario(plain[0], seed, draw, name, "baseline"); err != nil || want != string(text) {
			t.Errorf("%s is not draw %d of seed %d (%v)", name, draw, seed, err)
		}
	}
}

// The uniform numbers are those that the draws come from: of two draws, the one with the larger number has the larger
// value.
func TestUniformsAreThoseOfTheDraws(t *testing.T) {
	u := uncertain(t, map[string]string{"tiny": tiny}, "tiny")
	list := u.Uniforms()
	at := -1
	for i, name := range list.Names() {
		if name == needs {
			at = i
		}
	}
	if at < 0 || len(list.Names()) != 4 { // needs, users and two shares
		t.Fatalf("numbers of %v", list.Names())
	}
	values := mustLast(t, u, 50)
	for d := 1; d < 50; d++ {
		if (list.At(1, d, at) > list.At(1, d-1, at)) != (values[d][needs] > values[d-1][needs]) {
			t.Fatalf("draw %d does not come from its number", d)
		}
	}
}
