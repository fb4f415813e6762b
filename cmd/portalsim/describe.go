package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

const describeHelp = `
Writes the STRESS-DES reporting checklist (Monks et al., Journal of Simulation 2019;13:55) as Markdown, filled from the
scenarios, or from a study: to be completed and put beside a paper. What a file cannot say is marked "For the author".
The first arm is the control.

    portalsim describe baseline education > stress.md
    portalsim describe study.yaml > stress.md
`

func prepareDescribe(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	set := f.StringArray("set", nil, "set `[ARM:]PATH=VALUE` over the files, as compare does")
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) == 0 {
			return &usage{"describe needs at least one arm, or a study", "write, for example, portalsim describe baseline education"}
		}
		study, err := studyIn(studies.Source{Source: source(), ReadTable: output.ReadCells}, args, *set)
		if err != nil {
			return err
		}
		var arms []*scenarios.Arm
		if study != nil {
			arms = study.Standing
		} else if arms, err = source().Load(args, *set); err != nil {
			return err
		}
		w := bufio.NewWriter(io.out)
		(&checklist{w, arms, study}).write()
		return w.Flush()
	}
}

// checklist writes the items of STRESS-DES about some arms, of which the first is the control, or about a study.
type checklist struct {
	io.Writer
	arms  []*scenarios.Arm // of a study, as they stand
	study *studies.Study   // nil for arms alone
}

func (c *checklist) control() *sim.Scenario { return c.arms[0].Model }

func (c *checklist) say(format string, values ...any) { fmt.Fprintf(c, format+"\n", values...) }

// author marks what a file cannot say.
func (c *checklist) author(what string) { c.say("**For the author:** %s", what) }

func (c *checklist) heading(text string) { c.say("\n## %s", text) }

func (c *checklist) item(text string) { c.say("\n### %s\n", text) }

// words keeps what somebody else wrote from being read as Markdown.
func words(text string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "<", "&lt;", "*", "\\*", "_", "\\_", "`", "\\`", "[", "\\[", "#", "\\#", "\n", " ").Replace(text)
}

func (c *checklist) write() {
	name := c.arms[0].Label
	if c.study != nil {
		name = c.study.File.Name
	}
	c.say("# STRESS-DES: %s\n", words(name))
	c.say("The checklist of Monks et al. (2019), filled by portalsim %s from the scenarios; items marked \"For the author\" are not in them.", version)
	c.say("The model itself is described, in the same order, in docs/model.md of the program.")
	c.objectives()
	c.logic()
	c.data()
	c.experimentation()
	c.implementation()
}

func (c *checklist) objectives() {
	c.heading("1. Objectives")
	c.item("1.1 Purpose of the model")
	if c.study != nil {
		c.say("%s %s\n", words(or(c.study.File.Title, "A study without title.")), words(c.study.File.Description))
	}
	c.say("%s. %s\n", words(or(c.arms[0].Title, c.arms[0].Name)), words(c.arms[0].File.Description))
	c.author("the question of the study, who asks it, and what is to be decided.")
	c.item("1.2 Model outputs")
	c.outputs()
	c.item("1.3 Experimentation aims")
	if len(c.arms) == 1 {
		c.say("One arm, `%s`.\n", c.arms[0].Name)
	} else {
		c.say("Arms, each compared with the first on the same patients, contacts and minutes:\n")
		for _, a := range c.arms {
			c.say("- `%s`: %s, made of %s", a.Name, words(or(a.Title, "no title")), strings.Join(a.Layers, ", "))
		}
		c.say("")
	}
	if c.study != nil {
		c.design()
	}
	c.author("which differences are primary, and what size would matter.")
}

// outputs lists the measures that the arms, or the study, are about.
func (c *checklist) outputs() {
	if c.study != nil {
		c.measures()
		return
	}
	c.say("Headline measures; all others are defined by `portalsim tables`:\n")
	for _, name := range sim.Headline {
		for _, m := range sim.Measures() {
			if m.Name == name {
				c.say("- `%s` (%s): %s", m.Name, m.Unit, m.Doc)
			}
		}
	}
	c.say("\nBetween arms, the first is paired by contact. Workload is measured, not burnout.")
}

func or(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func (c *checklist) data() {
	c.heading("3. Data")
	c.item("3.1 Data sources")
	c.say("| arm | survey | literature | local | user, without evidence | assumption | held fixed |\n|---|---|---|---|---|---|---|")
	for _, a := range c.arms {
		n, held := map[string]int{}, 0
		for _, in := range a.Inputs() {
			n[in.Source]++
			if in.Held {
				held++
			}
		}
		c.say("| `%s` | %d | %d | %d | %d | %d | %d |", a.Name, n["survey"], n["literature"], n["local"], n["user"], n["assumption"], held)
	}
	cited := map[string]bool{}
	c.say("\nCited:\n")
	for _, a := range c.arms {
		for _, in := range a.Inputs() {
			if in.Cite != "" && !cited[in.Cite] {
				cited[in.Cite] = true
				c.say("- %s", words(in.Cite))
			}
		}
	}
	if len(cited) == 0 {
		c.say("- nothing")
	}
	c.item("3.2 Pre-processing")
	c.author("how local figures were got from records, if any; the library's are in its files, with the notes.")
	c.item("3.3 Input parameters")
	standing := ""
	if c.study != nil {
		standing = ", as they stand; what the study varies is in section 1.3"
	}
	c.say("Every number that is not the program's default, of the first arm and then of the others where it differs%s:\n", standing)
	c.inputs()
	c.item("3.4 Assumptions")
	c.say("Inputs marked *assumption* above. What the model leaves out is listed at the end of docs/model.md.")
	if c.educates() {
		c.say("No study has measured what education on portal use does: its effects are assumptions with ranges.")
	}
	c.author("which of them the conclusions rest on; `compare --uncertainty` names the inputs that drive a difference.")
}

func (c *checklist) educates() bool {
	for _, a := range c.arms {
		for i := range a.Model.Campaigns {
			if !a.Model.Campaigns[i].Always {
				return true
			}
		}
	}
	return false
}

// inputs lists the inputs of the first arm, and of the others those that differ from it.
func (c *checklist) inputs() {
	c.say("| arm | input | value | 95 %% range | evidence |\n|---|---|---|---|---|")
	first := map[string]string{}
	for i, a := range c.arms {
		for _, in := range a.Inputs() {
			if i == 0 {
				first[in.Path] = in.Value
			} else if first[in.Path] == in.Value {
				continue
			}
			if in.Source == "default" {
				continue
			}
			limits := ""
			if in.Low != nil && in.High != nil {
				limits = *in.Low + " to " + *in.High
			}
			evidence := in.Source
			if in.N != nil {
				evidence += fmt.Sprintf(", n = %d", *in.N)
			}
			for _, more := range []string{in.Cite, in.Note} {
				if more != "" {
					evidence += "; " + more
				}
			}
			c.say("| `%s` | `%s` | %s | %s | %s |", a.Name, in.Path, words(in.Value), words(limits), words(evidence))
		}
	}
}

func (c *checklist) experimentation() {
	s := c.control()
	c.heading("4. Experimentation")
	c.item("4.1 Initialisation")
	start := "The run starts empty"
	if len(s.Backlog) > 0 {
		start = "The run starts with a backlog given in the scenario"
	}
	c.say("%s, on %s, with a warm-up of %.0f days that no measure counts. One warm-up serves all arms.", start, sim.Date(s.StartDay), s.WarmUp.Hours()/24)
	c.item("4.2 Run length")
	c.say("%.0f weeks measured, then a drain of up to %.0f days until every thread sent in them has ended; what has not is censored.", s.Measure.Hours()/168, s.Drain.Hours()/24)
	c.item("4.3 Estimation approach")
	if c.study != nil {
		c.precision()
		return
	}
	c.say("Independent replications, %s. Without `--replications` they are added (%d, then half as many again, at most %d) until each headline half-width is at most %.0f %% of the control's mean.",
		panelWords(s), experiment.Stage(0), stopping.Most, 100*stopping.Share)
	c.say("Means have Student t-intervals over replications; differences are paired; simultaneous intervals over arms and headline measures are by Bonferroni.\n")
	c.author("how many replications were run, with which seed, and whether the inputs were drawn (`--uncertainty`).")
}

func (c *checklist) implementation() {
	c.heading("5. Implementation")
	c.item("5.1 Software")
	v := programVersion()
	c.say("portalsim %s, build %s, %s.", v.Version, v.Build, runtime.Version())
	c.item("5.2 Random sampling")
	c.say("Generator `%s`: every draw is keyed by what it decides (contact, round, visit, date), not by order of service, so that arms share their random numbers.", random.Scheme)
	c.item("5.3 Model execution")
	c.say("Event scheduling; events of one instant run in a documented order. Replications run at once on the cores there are; results do not depend on how many.")
	c.item("5.4 System specification")
	c.author("machine and run time; `manifest.json` of a run has both.")
	c.heading("6. Code access")
	c.item("6.1 Computer model sharing statement")
	c.say("portalsim is under the Apache License 2.0. `manifest.json` of a run holds the expanded scenarios%s and the command that repeats it.\n", map[bool]string{true: ", the study file"}[c.study != nil])
	c.author("where the scenarios and the output of this study are deposited.")
}
