package main

import (
	"fmt"
	"slices"
	"strings"

	studies "portalsim/scenarios/study"
	"portalsim/sim"
)

// What the checklist says of a study: what is varied, by which design, and how sure it is to be.

// designWords say what each kind of design runs.
var designWords = map[string]string{ // looked up, never walked
	"arms": "the arms as they stand", "grid": "every combination of the factors' values", "list": "the rows of a list of points", "one-at-a-time": "the arms as they stand, then each factor at its values alone",
	"latin-hypercube": "a Latin hypercube (McKay et al. 1979) over all factors", "halton": "a Halton sequence over all factors", "sobol": "a scrambled Sobol' sequence over all factors",
	"saltelli": "Saltelli's points (2010) over all factors", "morris": "Morris's trajectories (1991), which move one factor at a time",
}

// analyses say what is made of each kind of design.
var analyses = map[string]string{ // looked up, never walked
	"one-at-a-time": "Of each factor, the change of a result from the arms as they stand to its low and its high end, paired by replication (a tornado diagram).",
	"saltelli":      "First-order and total Sobol' indices, with and without simulation noise, with intervals by resampling rows of the design.",
	"morris":        "Elementary effects: mean, mean size and standard deviation, with and without simulation noise, with intervals by resampling trajectories.",
}

// measures lists what a study is about.
func (c *checklist) measures() {
	c.say("Measures of interest; all others are defined by `portalsim tables`:\n")
	for _, m := range c.study.Interest {
		line := fmt.Sprintf("- `%s` (%s)", m.Name, m.Row.Unit)
		switch m.Better {
		case sim.Lower:
			line += ", less is better"
		case sim.Higher:
			line += ", more is better"
		}
		if m.ByContact {
			line += ", its difference between arms paired by contact"
		}
		i := slices.IndexFunc(sim.Measures(), func(x sim.Measure) bool { return x.Name == m.Row.Measure })
		c.say("%s: %s", line, sim.Measures()[i].Doc)
	}
	c.say("\nWorkload is measured, not burnout.")
}

// design writes the factors and the points.
func (c *checklist) design() {
	s := c.study
	c.say("Design `%s`: %s; %s of %s each.\n", s.Kind, designWords[s.Kind], count(s.Points(), "point"), count(len(s.Standing), "arm"))
	if len(s.Factors) > 0 {
		c.say("| factor | title | role | as it stands | varied over | unit | moves with |\n|---|---|---|---|---|---|---|")
		for i := range s.Factors {
			f := &s.Factors[i]
			role := "uncertain"
			if f.Role == "lever" {
				role = "lever"
			}
			c.say("| `%s` | %s | %s | %s | %s | %s | %s |", f.Name, words(f.Title), role, words(f.Base.Text), words(f.Over()), words(f.Unit), words(f.Group))
		}
		c.say("\nA lever is what somebody can choose, and what is uncertain somebody would have to find out.")
	}
	for _, text := range s.File.Constraints {
		c.say("\nPoints are left out unless `%s`.", strings.ReplaceAll(text, "`", "'"))
	}
	if shared := s.Shared(); len(shared) > 0 {
		var list []string
		for _, x := range shared {
			path := x.Path
			if x.Arm != "" {
				path = x.Arm + ":" + path
			}
			list = append(list, "`"+path+"`")
		}
		c.say("\nSet for all points over the files: %s; the values below hold it.", strings.Join(list, ", "))
	}
	if m, confidence := s.Choice(); m >= 0 {
		c.say("\nThe best of all arms at all points by `%s` is chosen by procedure KN, with confidence %.0f %% where it is better by %v.", s.Interest[m].Name, 100*confidence, s.File.Select.Indifference.Value)
	}
	if m, _ := s.Front(); m != nil {
		c.say("\nA front says which choices, of arms and levers, no other betters in all of `%s`.", strings.ReplaceAll(s.FrontNames(), " ", "`, `"))
	}
	c.say("")
}

// precision writes how many replications a study has, and what is made of them.
func (c *checklist) precision() {
	s := c.study
	c.say("Independent replications, %s; the same ones, with seed %d, at every point and in every arm (common random numbers).", panelWords(c.control()), s.File.Seed)
	switch {
	case s.Sequential():
		c.say("They are added at each point, at looks of 20, 30, 45, 68, …, at most %d, until all intervals are as narrow as asked for, at joint confidence %.0f %% (Bonferroni):\n", s.Replications(), 100*s.Confidence())
		for _, m := range s.Interest {
			switch {
			case m.Relative:
				c.say("- `%s`: half-width of at most %v %% of the control's mean", m.Name, 100*m.HalfWidth)
			case m.HalfWidth > 0:
				c.say("- `%s`: half-width of at most %v %s", m.Name, m.HalfWidth, m.Row.Unit)
			}
		}
		c.say("")
	case s.Open():
		c.say("20 replications at each point, and at the points among which the best is not yet told from the others more, at looks of 30, 45, 68, …, at most %d.", s.Replications())
	default:
		c.say("%s at each point.", count(s.Replications(), "replication"))
	}
	c.say("Means have Student t-intervals over replications; differences between arms are paired. %s\n", analysis(s))
	c.author("how the points that fail or never settle are dealt with, if any; which results are primary.")
}

// analysis says what is made of a study's design.
func analysis(s *studies.Study) string {
	if s.Sequential() {
		return ""
	}
	if slices.Contains([]string{"latin-hypercube", "halton", "sobol"}, s.Kind) {
		return "Partial rank correlations of factors and results over the points, p-values Holm-adjusted over the factors."
	}
	return analyses[s.Kind]
}
