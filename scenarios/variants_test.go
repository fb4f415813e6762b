package scenarios

import (
	"math"
	"strings"
	"testing"

	"portalsim/sim"
)

// hasty is an overlay that a variant can take.
const hasty = `schema: portalsim/overlay/1
name: hasty
set: {pools: {nurse: {handling: {dist: constant, value: 2m}}}}
`

// Alternatives are taken as often as their weights say: 3 to 1, of 1,000 draws, within five binomial standard errors; and
// the draw's clinic is the one with the overlay.
func TestVariantsByWeight(t *testing.T) {
	text := tiny + "variants: {handling: {hasty: {overlay: hasty, weight: 3}, usual: {}}}\n"
	u := uncertain(t, map[string]string{"tiny": text, "hasty": hasty}, "tiny")
	taken := 0
	const draws = 1000
	for d := range draws {
		arms, drawn := mustDraw(t, u, 1, d)
		isHasty := arms[0].File.Pools.Values[0].Handling.Kind == "constant"
		if said := valueOf(drawn, sim.All, "variants.handling.hasty") == 1; said != isHasty {
			t.Fatalf("draw %d: the row says %v, the clinic %v", d, said, isHasty)
		}
		if valueOf(drawn, sim.All, "variants.handling.hasty")+valueOf(drawn, sim.All, "variants.handling.usual") != 1 {
			t.Fatalf("draw %d does not take one alternative", d)
		}
		if isHasty {
			taken++
		}
	}
	if math.Abs(float64(taken)/draws-0.75) > 5*math.Sqrt(0.75*0.25/draws) {
		t.Errorf("taken in %d of %d draws", taken, draws)
	}
}

// An arm that lays an alternative over the scenario has chosen: its variant is not drawn again, by name or by path.
func TestAnAlternativeWrittenIsChosen(t *testing.T) {
	text := tiny + "variants: {handling: {hasty: {overlay: hasty}, usual: {}}, other: {one: {overlay: ./hasty.yaml}, two: {}}, third: {one: {}, two: {}}}\n"
	files := map[string]string{"tiny": text, "./tiny.yaml": text, "hasty": hasty, "./hasty.yaml": strings.Replace(hasty, "2m", "3m", 1)}
	for expression, want := range map[string]int{"./tiny.yaml": 3, "./tiny.yaml+hasty": 2, "./tiny.yaml+./hasty.yaml": 2} {
		u := uncertain(t, files, expression)
		if _, variants := u.Inputs(); variants != want {
			t.Errorf("%s has %d variants, want %d", expression, variants, want)
		}
	}
}

// Each of these variants is refused, with what to do.
func TestVariantsRefused(t *testing.T) {
	grows := `schema: portalsim/overlay/1
name: grows
set: {staff: {nurse: {count: 3}}}
`
	many := "variants:\n"
	for _, name := range []string{"a", "b", "c", "d", "e", "f", "g"} {
		many += "  " + name + ": {one: {}, two: {}}\n"
	}
	for name, c := range map[string]struct{ variants, want string }{
		"weightless": {"variants: {a: {one: {weight: 0}}}\n", "no alternative has a weight above 0"},
		"many":       {many, "combine in 128 ways, and 64 is the most"},
		"structure":  {"variants: {a: {more: {overlay: grows}, usual: {}}}\n", "compare such a clinic as an arm of its own"},
		"unknown":    {"variants: {a: {more: {overlay: growz}, usual: {}}}\n", "the library has no growz"},
		"scenario":   {"variants: {a: {more: {overlay: tiny}, usual: {}}}\n", "is a scenario, and an alternative is an overlay"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sourceOf(map[string]string{"tiny": tiny + c.variants, "grows": grows}).Uncertainty([]string{"tiny"}, nil)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %q", err, c.want)
			}
		})
	}
}

// Plausible ranges name measures, types and limits that make sense; sound ones come out as written.
func TestPlausibleRanges(t *testing.T) {
	for text, want := range map[string]string{
		"{first_response_h_meen: {high: 3}}":                "there is no measure first_response_h_meen",
		"{'first_response_h_mean[type=refil]': {high: 3}}":  "refil",
		"{'first_response_h_mean[kind=refill]': {high: 3}}": `there is no dimension "kind"`,
		"{'first_response_h_mean[type=refill': {high: 3}}":  "",
		"{first_response_h_mean: {}}":                       "has neither low nor high",
		"{first_response_h_mean: {low: 4, high: 3}}":        "low is above high",
		"{first_response_h_mean: {high: 3, sauce: survey}}": "unknown key",
	} {
		got := problemsOf(t, map[string]string{"tiny": tiny + "plausible: " + text + "\n"}, []string{"tiny"})
		if !strings.Contains(got, want) {
			t.Errorf("%s gives\n%s\nwant %q", text, got, want)
		}
	}
	arm := loadText(t, tiny+"plausible: {\"first_response_h_mean[type=refill]\": {high: 30}}\n")
	list := arm.Plausible()
	if len(list) != 1 || list[0].Measure.Type != "refill" || list[0].High != 30 || !math.IsInf(list[0].Low, -1) {
		t.Errorf("got %+v", list)
	}
}
