package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// completing moves into a folder with files, and returns the words that complete a line after the program's name.
func completing(t *testing.T) func(line string) []string {
	t.Chdir(t.TempDir())
	for _, name := range []string{"my-clinic.yaml", "b a.yaml", "notes.txt", "a.csv", ".hidden.yaml"} {
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll("out/deep", 0o777); err != nil {
		t.Fatal(err)
	}
	return func(line string) []string {
		var words []string
		for _, c := range candidates(strings.Split(line, " ")) {
			words = append(words, c.word)
		}
		return words
	}
}

func TestCandidates(t *testing.T) {
	complete := completing(t)
	for line, want := range map[string]string{ // what may stand at the end of the line
		"comp":                            "compare completion",
		"frobnicate ":                     "",
		"init b":                          "b a.yaml",
		"compare baseline+educa":          "baseline+education-backfires baseline+education-by-need baseline+education",
		"compare baseline+basel":          "", // a scenario comes first
		"compare usual=basel":             "usual=baseline",
		"compare baseline m":              "message-fee my-clinic.yaml",
		"run baseline ba":                 "", // one arm
		"sweep baseline educatio":         "education-backfires education-by-need education",
		"check out/":                      "out/deep/",
		"fit n":                           "",
		"fit ":                            "a.csv out/",
		"report ":                         "out/",
		"scenarios ":                      "list show write",
		"scenarios list ":                 "",
		"scenarios write basel":           "baseline",
		"help chec":                       "check",
		"completion z":                    "zsh",
		"compare a b --thread-log ":       "none sample all",
		"compare a b --thread-log=s":      "--thread-log=sample",
		"compare a b --nothing=":          "",
		"compare a b --quiet mess":        "message-fee",
		"compare a b --thr":               "--thread-log",
		"compare a b --seed ":             "",
		"compare a b --out o":             "out/",
		"report out --to n":               "notes.txt",
		"compare a b --select net_c":      "net_cost",
		"compare --set patients.cou":      "patients.count=",
		"compare --set usual:patients.co": "usual:patients.count=",
		"compare --set patients.count=":   "",
		"run baseline+education --set interventions.education.rea": "interventions.education.reach=",
		"compare --set staff.nurs":                                 "staff.nurse.",
	} {
		if got := strings.Join(complete(line), " "); got != want {
			t.Errorf("%s: %q, want %q", line, got, want)
		}
	}
	if got := complete(""); len(got) != len(commands())+2 {
		t.Errorf("commands: %v", got)
	}
}

// Every command completes its flags, and each flag that takes one of a few words, a file or a folder offers them.
func TestCandidatesOfFlags(t *testing.T) {
	complete := completing(t)
	for _, c := range commands() {
		got := complete(c.name + " -")
		if !slices.Contains(got, "--help") {
			t.Errorf("%s: no --help among %v", c.name, got)
		}
		for _, flag := range []string{"--progress", "--level", "--out"} {
			if slices.Contains(got, flag) && complete(c.name+" "+flag+" ") == nil {
				t.Errorf("%s %s offers nothing", c.name, flag)
			}
		}
	}
}

// What the scripts make of it, in the shells themselves: bash, and zsh and fish where they are installed.
func TestCompletionInShells(t *testing.T) {
	program, err := built()
	if err != nil {
		t.Fatal(err)
	}
	completing(t)
	t.Setenv("PATH", filepath.Dir(program)+string(os.PathListSeparator)+os.Getenv("PATH"))
	// Bash parts words at = and : and hands over both the line and the words; here the words stand apart by spaces.
	bash := `source <(portalsim completion bash); complete -p portalsim >/dev/null || exit 1
at() { COMP_LINE="$1"; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _portalsim; printf '%s\n' "${COMPREPLY[@]}"; }
`
	for _, c := range []struct{ shell, script, want string }{
		{"bash", bash + `at "portalsim comp" portalsim comp`, "compare completion"},
		{"bash", bash + `at "portalsim compare usual=base" portalsim compare usual = base`, "baseline"},
		{"bash", bash + `at "portalsim run a --thread-log=" portalsim run a --thread-log =`, "none sample all"},
		{"bash", bash + `at "portalsim run a --set usual:patients.cou" portalsim run a --set usual : patients.cou`, "patients.count="},
		{"bash", bash + `at 'portalsim check b\ ' portalsim check 'b\ '`, `b\ a.yaml`},
		{"zsh", `compdef() { :; }; source <(portalsim completion zsh); compadd() { print -l -- ${@:#(--|-S|)}; }; words=(portalsim compare 'b\ a'); CURRENT=3; _portalsim`, "b a.yaml"},
		{"fish", `source (portalsim completion fish | psub); complete -C "portalsim compare base"`, "baseline\tOne US MS centre, usual care"},
		{"fish", `source (portalsim completion fish | psub); complete -C "portalsim compare a --thread-log=s"`, "--thread-log=sample"},
	} {
		path, err := exec.LookPath(c.shell)
		if err != nil && c.shell != "bash" {
			continue
		}
		text, err := exec.Command(path, "-c", c.script).CombinedOutput()
		if got := strings.Join(strings.Split(strings.TrimSpace(string(text)), "\n"), " "); err != nil || got != c.want {
			t.Errorf("%s: %s: %v, %q, want %q", c.shell, c.script, err, got, c.want)
		}
	}
	if got := invoke("completion", "tcsh"); got.status != exitUsage || !strings.Contains(got.err, "bash, zsh, fish") {
		t.Errorf("tcsh: %d, %q", got.status, got.err)
	}
}
