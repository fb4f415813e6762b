package scenarios

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"portalsim/sim"
)

// uncertain loads arms for an uncertainty run; all must be sound.
func uncertain(t *testing.T, files map[string]string, expressions ...string) *Uncertainty {
	t.Helper()
	u, err := sourceOf(files).Uncertainty(expressions, nil)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// mustDraw returns one draw with what was drawn.
func mustDraw(t *testing.T, u *Uncertainty, seed uint64, draw int) ([]*Arm, []Drawn) {
	t.Helper()
	arms, drawn, err := u.Draw(seed, draw)
	if err != nil {
		t.Fatal(err)
	}
	return arms, drawn
}

// valueOf returns the value drawn at a path, NaN for none.
func valueOf(drawn []Drawn, arm, path string) float64 {
	for _, d := range drawn {
		if d.Arm == arm && d.Path == path {
			return d.Value
		}
	}
	return math.NaN()
}

const needs = "messages.refill.needs_per_user_year"

// An input that all arms have gets one value in all of them; a draw is a function of the seed and its number.
func TestADrawIsTheSameInEveryArm(t *testing.T) {
	u := uncertain(t, map[string]string{"tiny": tiny, "education": education}, "tiny", "education")
	if inputs, variants := u.Inputs(); inputs != 4 || variants != 0 { // preferred channel, users, needs, reach
		t.Errorf("%d inputs and %d variants", inputs, variants)
	}
	arms, drawn := mustDraw(t, u, 1, 0)
	first, second := arms[0].File.Messages.Values[0].NeedsPerUserYear.Value, arms[1].File.Messages.Values[0].NeedsPerUserYear.Value
	if first != second || first != valueOf(drawn, sim.All, needs) {
		t.Errorf("the arms need %v and %v, and %v was drawn", first, second, valueOf(drawn, sim.All, needs))
	}
	if math.IsNaN(valueOf(drawn, "education", "interventions.education.reach")) {
		t.Errorf("no reach of arm education in %+v", drawn)
	}
	_, again := mustDraw(t, u, 1, 0)
	_, next := mustDraw(t, u, 1, 1)
	_, other := mustDraw(t, u, 2, 0)
	if !slices.Equal(drawn, again) || slices.Equal(drawn, next) || slices.Equal(drawn, other) {
		t.Error("a draw is not a function of seed and number, or does not depend on one of them")
	}
}

// What is drawn is what a file with these values would say: the model of a draw is that of its expanded text.
func TestADrawIsAFileWithTheseValues(t *testing.T) {
	u := uncertain(t, map[string]string{"tiny": tiny}, "tiny")
	arms, _ := mustDraw(t, u, 3, 5)
	written := loadText(t, arms[0].Expand())
	if got, want := written.Expand(), arms[0].Expand(); got != want {
		t.Errorf("the text of a draw loads to\n%s\nnot to\n%s", got, want)
	}
	if !reflect.DeepEqual(written.Model, arms[0].Model) {
		t.Error("the text gives another model than the draw")
	}
}

// low and high are the 2.5 and 97.5 % points of what is drawn: of 2,000 draws, the shares below them are within five
// binomial standard errors. An assumption without a range stays.
func TestDrawsFollowTheBelief(t *testing.T) {
	const draws = 2000
	u := uncertain(t, map[string]string{"tiny": tiny}, "tiny")
	below, above := 0, 0
	for d := range draws {
		arms, drawn := mustDraw(t, u, 1, d)
		x := valueOf(drawn, sim.All, needs)
		if x < 1.5 {
			below++
		}
		if x > 6 {
			above++
		}
		if f := &arms[0].File.Messages.Values[0]; f.Incomplete.Value != 0.15 {
			t.Fatalf("an assumption without a range moved to %v", f.Incomplete.Value)
		}
		whole := 0.0
		for _, name := range []string{"portal", "phone"} {
			whole += valueOf(drawn, sim.All, "patients.preferred_channel."+name)
		}
		if math.Abs(whole-1) > 1e-12 {
			t.Fatalf("draw %d has shares that sum to %v", d, whole)
		}
	}
	for _, n := range []int{below, above} {
		if math.Abs(float64(n)/draws-0.025) > 5*math.Sqrt(0.025*0.975/draws) {
			t.Errorf("%d of %d draws lie beyond a point of 2.5 %%", n, draws)
		}
	}
}

// Inputs of a group are all high or all low together; inputs without one are not.
func TestAGroupMovesTogether(t *testing.T) {
	grouped := strings.Replace(tiny, "incomplete: {value: 0.15, source: assumption}",
		"incomplete: {value: 0.15, source: assumption, low: 0.05, high: 0.3, group: care}\n    follow_up: {value: 0.25, source: assumption, low: 0.1, high: 0.4, group: care}\n    reply: {value: 0.9, source: assumption, low: 0.7, high: 0.98}", 1)
	u := uncertain(t, map[string]string{"tiny": grouped}, "tiny")
	agree, apart := 0, 0
	const draws = 200
	last := mustLast(t, u, draws)
	for d := 1; d < draws; d++ {
		up := func(path string) bool { return last[d][path] > last[d-1][path] }
		if up("messages.refill.incomplete") == up("messages.refill.follow_up") {
			agree++
		}
		if up("messages.refill.incomplete") != up("messages.refill.reply") {
			apart++
		}
	}
	if agree != draws-1 {
		t.Errorf("inputs of one group moved apart %d times", draws-1-agree)
	}
	if apart == 0 || apart == draws-1 {
		t.Error("an input without the group follows it")
	}
}

// mustLast returns the values of draws by path.
func mustLast(t *testing.T, u *Uncertainty, draws int) []map[string]float64 {
	t.Helper()
	list := make([]map[string]float64, draws)
	for d := range list {
		list[d] = map[string]float64{}
		_, drawn := mustDraw(t, u, 1, d)
		for _, v := range drawn {
			list[d][v.Path] = v.Value
		}
	}
	return list
}

// Where probabilities of one choice are drawn each by itself, their sum is brought back to one, and a share of portal
// users below those who prefer the portal is raised to it. Without it, one draw in four here would be refused.
func TestDrawsAgreeWithEachOther(t *testing.T) {
	text := strings.NewReplacer(
		"preferred_channel:", "portal_users: {value: 0.7, source: assumption, low: 0.5, high: 0.9}\n  preferred_channel:",
		"    handling: {dist: lognormal, mean: 4m, cv: 1}\n", `    handling: {dist: lognormal, mean: 4m, cv: 1}
    pass_on:
      refill: {desk: {value: 0.6, source: assumption, low: 0.3, high: 0.9}, doctor: {value: 0.3, source: assumption, low: 0.1, high: 0.8}}
  desk: {handling: {dist: constant, value: 1m}}
  doctor: {handling: {dist: constant, value: 1m}}
`, "pools: [nurse]", "pools: [nurse, desk, doctor]").Replace(tiny)
	u := uncertain(t, map[string]string{"tiny": text}, "tiny")
	scaled, raised := 0, 0
	for d := range 300 {
		arms, drawn := mustDraw(t, u, 1, d)
		routes := &arms[0].File.Pools.Values[0].PassOn.Values[0]
		sum := routes.Values[0].Value + routes.Values[1].Value
		if sum > 1+1e-12 {
			t.Fatalf("draw %d passes on with probability %v", d, sum)
		}
		if asDrawn := valueOf(drawn, sim.All, "pools.nurse.pass_on.refill.desk"); routes.Values[0].Value != asDrawn {
			scaled++
		}
		prefer, _ := arms[0].File.Patients.PreferredChannel.Of("portal")
		users := arms[0].File.Patients.PortalUsers.Value
		if users < prefer {
			t.Fatalf("draw %d has %v portal users, and %v prefer the portal", d, users, prefer)
		}
		if users == prefer {
			raised++
		}
	}
	if scaled == 0 || raised == 0 {
		t.Errorf("nothing was ever brought into agreement: %d sums, %d shares", scaled, raised)
	}
}
