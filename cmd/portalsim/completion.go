package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/scenarios"
	"portalsim/sim"
)

const completionHelp = `
Prints a script by which a shell completes commands, flags and their values, names of the library, files, and paths of
--set, when you press the tabulator key. For the shell you are in, and for all that you begin later:

    source <(portalsim completion bash)
    portalsim completion bash > ~/.local/share/bash-completion/completions/portalsim
    portalsim completion zsh > ~/.zfunc/_portalsim     # a folder named in fpath
    portalsim completion fish > ~/.config/fish/completions/portalsim.fish
`

//go:embed completion/*
var completionScripts embed.FS

// completionArgs lists the shells; words is for the scripts, which ask what may stand in place of the last of some words.
const completionArgs = "bash | zsh | fish"

func prepareCompletion(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) > 1 && args[0] == "words" {
			for _, c := range candidates(args[1:]) {
				fmt.Fprintf(io.out, "%s\t%s\n", c.word, c.doc)
			}
			return nil
		}
		if len(args) == 1 {
			if text, err := completionScripts.ReadFile("completion/portalsim." + args[0]); err == nil {
				_, err = io.out.Write(text)
				return err
			}
		}
		return &usage{"completion takes the name of a shell: " + strings.ReplaceAll(completionArgs, " | ", ", "), "write, for example, portalsim completion bash"}
	}
}

// candidate is a word that may stand at the cursor. One that ends in / = . + or : goes on.
type candidate struct{ word, doc string }

// candidates returns what may stand in place of the last word of a command line after the program's name.
func candidates(words []string) []candidate {
	last := words[len(words)-1]
	if len(words) == 1 {
		return beginning(last, commandCandidates())
	}
	c := commandNamed(words[0])
	if c == nil {
		return nil
	}
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	c.prepare(flags)
	given, waiting := given(flags, words[1:len(words)-1])
	switch name, value, hasValue := strings.Cut(last, "="); {
	case waiting != nil:
		return beginning(last, flagValues(waiting, last, given))
	case strings.HasPrefix(last, "--") && hasValue:
		f := flags.Lookup(strings.TrimPrefix(name, "--"))
		if f == nil {
			return nil
		}
		return prefixed(name+"=", beginning(value, flagValues(f, value, given)))
	case strings.HasPrefix(last, "-"):
		return beginning(last, flagCandidates(flags))
	}
	return arguments(c, given, last)
}

// given returns the arguments among words, and the flag that waits for its value after the last of them, or nil.
func given(flags *pflag.FlagSet, words []string) (arguments []string, waiting *pflag.Flag) {
	for _, w := range words {
		switch {
		case waiting != nil:
			waiting = nil
		case strings.HasPrefix(w, "--"):
			if f := flags.Lookup(strings.TrimPrefix(w, "--")); f != nil && f.NoOptDefVal == "" {
				waiting = f
			}
		default:
			arguments = append(arguments, w)
		}
	}
	return arguments, waiting
}

// beginning returns the candidates that begin with a prefix.
func beginning(prefix string, list []candidate) []candidate {
	return slices.DeleteFunc(list, func(c candidate) bool { return !strings.HasPrefix(c.word, prefix) })
}

// prefixed puts what is written already before candidates for the rest of a word.
func prefixed(before string, list []candidate) []candidate {
	for i := range list {
		list[i].word = before + list[i].word
	}
	return list
}

// choices are words without explanation.
func choices(words []string) []candidate {
	var list []candidate
	for _, w := range words {
		list = append(list, candidate{word: w})
	}
	return list
}

func commandCandidates() []candidate {
	var list []candidate
	for _, c := range commands() {
		list = append(list, candidate{c.name, c.short})
	}
	return append(list, candidate{"--help", "explain the program"}, candidate{"--version", "print the version"})
}

func flagCandidates(flags *pflag.FlagSet) []candidate {
	var list []candidate
	flags.VisitAll(func(f *pflag.Flag) {
		_, doc := pflag.UnquoteUsage(f)
		list = append(list, candidate{"--" + f.Name, doc})
	})
	return append(list, candidate{"--help", "explain the command"})
}

// flagValues returns the values of a flag, which its usage line names.
func flagValues(f *pflag.Flag, written string, given []string) []candidate {
	switch name, _ := pflag.UnquoteUsage(f); {
	case strings.HasSuffix(name, "PATH=VALUE"):
		return settings(written, given)
	case strings.Contains(name, "|"):
		return choices(strings.Split(name, "|"))
	case name == "arm":
		return arms(written)
	case name == "directory":
		return files(written, "/")
	case name == "file":
		return files(written, "")
	case name == "measure":
		var list []candidate
		for _, m := range sim.Measures() {
			list = append(list, candidate{m.Name, m.Doc})
		}
		return list
	}
	return nil
}

// arguments returns what may stand at an argument, by the usage of the command: alternatives between bars, of which
// words in small letters are written as they are.
func arguments(c *command, given []string, last string) []candidate {
	var list []candidate
	for _, alternative := range strings.Split(strings.Trim(c.args, "[]"), " | ") {
		tokens := strings.Fields(alternative)
		if len(tokens) == 0 {
			continue
		}
		at := min(len(given), len(tokens)-1)
		if len(given) >= len(tokens) && !strings.HasSuffix(tokens[at], "…") {
			continue
		}
		matches := true
		for i := range at {
			matches = matches && (tokens[i] == strings.ToUpper(tokens[i]) || tokens[i] == given[i])
		}
		if matches {
			list = append(list, argument(strings.TrimSuffix(tokens[at], "…"), last)...)
		}
	}
	return beginning(last, list)
}

// argument returns what may stand for a token of a usage.
func argument(token, last string) []candidate {
	switch token {
	case "ARM":
		return arms(last)
	case "STUDY", "FILE":
		return files(last, ".yaml")
	case "DIR":
		return files(last, "/")
	case "NAME":
		return libraryNames("")
	case "COMMAND":
		return commandCandidates()
	case "TOPIC":
		var list []candidate
		for _, t := range topics() {
			list = append(list, candidate{t.name, t.short})
		}
		return list
	}
	if ending := filepath.Ext(token); ending != "" {
		return files(last, ending)
	}
	return choices([]string{token})
}

// arms completes the last name of an arm: NAME=SCENARIO+OVERLAY.
func arms(last string) []candidate {
	from := max(strings.LastIndex(last, "+"), strings.Index(last, "=")) + 1
	kind := ""
	if strings.Contains(last, "+") {
		kind = "overlay"
	}
	return prefixed(last[:from], append(libraryNames(kind), files(last[from:], ".yaml")...))
}

// libraryNames returns the names of the library, or those of one kind.
func libraryNames(kind string) []candidate {
	var list []candidate
	for _, e := range source().Names() {
		if kind == "" || e.Kind == kind {
			list = append(list, candidate{e.Name, e.Title})
		}
	}
	return list
}

// files returns the files beside what is written of a path that have an ending, and all folders; "/" wants folders only.
func files(written, ending string) []candidate {
	folder := written[:strings.LastIndexAny(written, `/`)+1]
	at := folder
	if at == "" {
		at = "."
	}
	entries, err := os.ReadDir(at)
	if err != nil {
		return nil // what is not there completes nothing
	}
	var list []candidate
	for _, e := range entries {
		info, err := os.Stat(filepath.Join(at, e.Name())) // follows links
		hidden := strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(written[len(folder):], ".")
		switch {
		case err != nil || hidden:
		case info.IsDir():
			list = append(list, candidate{word: folder + e.Name() + "/"})
		case strings.HasSuffix(e.Name(), ending):
			list = append(list, candidate{word: folder + e.Name()})
		}
	}
	return list
}

// settings completes a path of --set, PATH or ARM:PATH, by one step, in the arms given, or in the baseline.
func settings(written string, given []string) []candidate {
	loaded, _ := source().Load(given, nil)
	if len(loaded) == 0 {
		loaded, _ = source().Load([]string{"baseline"}, nil)
	}
	if strings.Contains(written, "=") {
		return nil // a value of one's own
	}
	arm := written[:strings.LastIndex(written, ":")+1]
	above := written[len(arm) : strings.LastIndexAny(written, ".:")+1]
	var list []candidate
	for _, a := range loaded {
		node := a.Tree
		for _, step := range strings.Split(strings.TrimSuffix(above, "."), ".") {
			if above != "" && node != nil {
				node = node.At(step)
			}
		}
		if node == nil || node.Kind != scenarios.Mapping {
			continue
		}
		for _, e := range node.Entries {
			word := above + e.Key + "="
			if e.Value.Kind == scenarios.Mapping && e.Value.At("source") == nil { // a number with evidence is set as a whole
				word = above + e.Key + "."
			}
			if !slices.ContainsFunc(list, func(c candidate) bool { return c.word == word }) {
				list = append(list, candidate{word: word})
			}
		}
	}
	return prefixed(arm, list)
}
