package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/scenarios"
	studies "portalsim/scenarios/study"
)

// command is one command of the program. The help, the usage lines and the errors are made from this table.
type command struct {
	name  string
	args  string
	short string
	long  string
	// prepare adds the command's flags and returns what runs it.
	prepare func(*pflag.FlagSet) func(context.Context, []string, stdio) error
}

// commands lists the commands in the order of the help. It is a function because help, which is one of them, lists
// them too.
func commands() []command {
	return []command{
		{"init", "[FILE]", "write a scenario to make your own clinic from, with every key explained", initHelp, prepareInit},
		{"compare", "ARM ARM…", "compare arms; the first is the control", compareHelp, prepareCompare},
		{"run", "ARM", "run one arm", runHelp, prepareRun},
		{"sweep", "STUDY | ARM…", "run a study: a design over factors, with what is finished kept", sweepHelp, prepareSweep},
		{"status", "DIR", "say how far a study is: points done, missing and failed, and what to do next", statusHelp, prepareStatus},
		{"merge", "DIR", "write the tables of a study from what the tasks of an array have finished", mergeHelp, prepareMerge},
		{"warmup", "STUDY | ARM…", "say how many weeks to leave out at the beginning of a run", warmupHelp, prepareWarmup},
		{"check", "FILE…", "check scenario, overlay and study files", checkHelp, prepareCheck},
		{"match", "ARM", "look for inputs under which an arm gives what it is calibrated to", matchHelp, prepareMatch},
		{"fit", "MESSAGES.csv", "estimate inputs from a clinic's own log of messages", fitLong(), prepareFit},
		{"report", "DIR", "write what a run found as one HTML file", reportHelp, prepareReport},
		{"whatif", "[ARM…]", "write a page that runs the simulation in a browser, with levers to move", whatifHelp, prepareWhatif},
		{"describe", "ARM…", "write the STRESS-DES checklist, filled from scenarios", describeHelp, prepareDescribe},
		{"scenarios", "list | show NAME | write NAME", "see the scenarios and overlays that come with the program", scenariosHelp, prepareScenarios},
		{"schema", "[scenario | overlay | study]", "print JSON Schema of the files, for editors", schemaHelp, prepareSchema},
		{"validate", "", "set the installed program against theory", validateHelp, prepareValidate},
		{"tables", "", "print the data dictionary: tables, columns and measures", tablesHelp, prepareTables},
		{"completion", completionArgs, "print a script by which your shell completes commands, flags and names", completionHelp, prepareCompletion},
		{"man", "", "print the manual page", manHelp, prepareMan},
		{"help", "[COMMAND | TOPIC]", "explain a command or a topic", "", prepareHelp},
		{"version", "", "print the version", "", prepareVersion},
	}
}

// run parses the command line and runs the command.
func run(ctx context.Context, args []string, io stdio) error {
	if len(args) == 0 || args[0] == "-h" || args[0] == "--help" {
		printHelp(io.out)
		if len(args) == 0 {
			return &usage{"no command", "write one of those above, such as: portalsim compare baseline education"}
		}
		return nil
	}
	if args[0] == "--version" {
		args[0] = "version"
	}
	c := commandNamed(args[0])
	if c == nil {
		return unknownCommand(args[0])
	}
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	flags.SetOutput(io.err)
	do := c.prepare(flags)
	var unknown *pflag.NotExistError
	switch err := flags.Parse(args[1:]); {
	case err == pflag.ErrHelp:
		printCommandHelp(io.out, c)
		return nil
	case errors.As(err, &unknown):
		var names []string
		flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		return &usage{err.Error(), didYouMean(unknown.GetSpecifiedName(), names, "--", "see portalsim help "+c.name)}
	case err != nil:
		return &usage{err.Error(), "see portalsim help " + c.name}
	}
	if err := withoutText(flags); err != nil {
		return err
	}
	return do(ctx, flags.Args(), io)
}

// withoutText refuses a flag that is given and empty, as from an unset variable of the shell: it would pass for none.
func withoutText(flags *pflag.FlagSet) error {
	var empty []string
	flags.Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" {
			empty = append(empty, "--"+f.Name)
		}
	})
	if empty == nil {
		return nil
	}
	return &usage{strings.Join(empty, " and ") + ": the text is empty", "write a value, or leave the flag out"}
}

// didYouMean offers the known word that begins most like what was written, since slips come late in a word; where none
// begins alike, it says what to do otherwise.
func didYouMean(word string, known []string, before, otherwise string) string {
	best, most := "", 1
	for _, k := range known {
		same := 0
		for same < min(len(k), len(word)) && k[same] == word[same] {
			same++
		}
		if same > most || same == most && len(k) < len(best) {
			best, most = k, same
		}
	}
	if best == "" {
		return otherwise
	}
	return "did you mean " + before + best + "?"
}

func commandNamed(name string) *command {
	all := commands()
	for i := range all {
		if all[i].name == name {
			return &all[i]
		}
	}
	return nil
}

func unknownCommand(name string) error {
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	return &usage{fmt.Sprintf("there is no command %q", name), didYouMean(name, names, "", "see portalsim help, which lists all")}
}

// programHelp says what the program is for, and how to begin.
const programHelp = `
portalsim simulates patient-portal messages and the clinicians who answer them: how long patients wait, what evenings cost
the staff, and what an intervention would change, with how sure one can be.

    portalsim compare baseline education      what would teaching patients change?
    portalsim init                            begin a scenario of your own clinic
    portalsim help own-clinic                 how to go on from there
`

// armsHelp says what an ARM is.
const armsHelp = `
An ARM is [NAME=]SCENARIO[+OVERLAY…] or [NAME=]OVERLAY[+OVERLAY…], laid over the first arm's scenario. A word is a name
of the library (portalsim scenarios list) unless it contains / or ends in .yaml.
`

func printHelp(w io.Writer) {
	fmt.Fprintf(w, "%s\nCommands:\n", strings.TrimLeft(programHelp, "\n"))
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-45s %s\n", strings.TrimSpace(c.name+" "+c.args), c.short)
	}
	fmt.Fprintf(w, "%s\n%s\nExit status:\n", armsHelp, topicsHelp())
	printExitStatuses(w)
}

func printCommandHelp(w io.Writer, c *command) {
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	c.prepare(flags)
	fmt.Fprintf(w, "portalsim %s: %s\n\n", strings.TrimSpace(c.name+" "+c.args), c.short)
	if c.long != "" {
		fmt.Fprintf(w, "%s\n", strings.TrimLeft(c.long, "\n"))
	}
	if flags.HasFlags() {
		const truth = "[=true|false]" // which no reader needs
		text := strings.ReplaceAll(flags.FlagUsagesWrapped(helpWidth), truth, strings.Repeat(" ", len(truth)))
		fmt.Fprintf(w, "Flags:\n%s\n", strings.TrimRight(text, "\n"))
	}
}

func prepareHelp(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) == 0 {
			printHelp(io.out)
			return nil
		}
		c, t := commandNamed(args[0]), topicNamed(args[0])
		if c == nil && t == nil {
			return unknownTopic(args[0])
		}
		if c != nil {
			printCommandHelp(io.out, c)
		}
		if c != nil && t != nil {
			fmt.Fprintln(io.out)
		}
		if t != nil {
			return t.show(io.out)
		}
		return nil
	}
}

// unknownTopic offers commands and topics.
func unknownTopic(name string) error {
	if slices.ContainsFunc(source().Names(), func(e scenarios.LibraryEntry) bool { return e.Name == name }) {
		return &usage{name + " is a file of the library", "see portalsim scenarios show " + name}
	}
	var names []string
	for _, c := range commands() {
		names = append(names, c.name)
	}
	for _, t := range topics() {
		names = append(names, t.name)
	}
	return &usage{fmt.Sprintf("there is no command or topic %q", name), didYouMean(name, names, "", "see portalsim help, which lists both")}
}

func printFormat(w io.Writer) { printReference(w, scenarios.Reference()) }

func printStudyFormat(w io.Writer) {
	printReference(w, scenarios.ReferenceOf(reflect.TypeFor[studies.File]()))
}

// printReference prints every key of a format as a Markdown table.
func printReference(w io.Writer, keys []scenarios.Key) {
	fmt.Fprint(w, "| key | holds | default | meaning |\n|---|---|---|---|\n")
	for _, k := range keys {
		fallback := ""
		switch k.Default {
		case "":
		case "required":
			fallback = "required"
		default:
			fallback = "`" + k.Default + "`"
		}
		fmt.Fprintf(w, "| `%s` | %s | %s | %s |\n", k.Path, k.Kind, strings.ReplaceAll(fallback, "|", "\\|"), k.Doc)
	}
}
