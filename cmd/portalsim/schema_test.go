package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"portalsim/scenarios"
	"portalsim/validation/jsonschema"
)

// compiled returns a schema that the program prints.
func compiled(t *testing.T, args ...string) *jsonschema.Schema {
	t.Helper()
	schema, err := jsonschema.Compile([]byte(succeed(t, append([]string{"schema"}, args...)...).out))
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// Every sound file validates: those of the library, the studies and blocks of the documents, and the cases of theory.
func TestSchemaTakesSoundFiles(t *testing.T) {
	schema := compiled(t)
	files := map[string]string{}
	library, err := fs.Glob(scenarios.Library(), "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range library {
		text, err := fs.ReadFile(scenarios.Library(), file)
		if err != nil {
			t.Fatal(err)
		}
		files["library/"+file] = string(text)
	}
	for _, pattern := range []string{"docs/studies/*.yaml", "validation/readers/*.yaml", "validation/cases/*.yaml", "cmd/portalsim/testdata/*.yaml"} {
		names, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil || len(names) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(names), err)
		}
		for _, name := range names {
			files[name] = readText(t, name)
		}
	}
	for i, b := range blocks(t) {
		if b.language == "yaml" && isFile.MatchString(b.text) {
			files[b.document+" block "+count(i, "block")] = b.text
		}
	}
	for i, e := range source().Names() { // complete, with every default, too
		if testing.Short() && i%8 > 0 {
			continue
		}
		files[e.Name+" expanded"] = succeed(t, "check", e.Name, "--expand").out
	}
	if len(files) < 75 {
		t.Errorf("only %d files", len(files))
	}
	for name, text := range files {
		faults, err := schema.Faults([]byte(text))
		if err != nil || len(faults) > 0 {
			t.Errorf("%s: %v %v", name, err, faults)
		}
	}
}

// beyondSchema are the problems of known-bad files that a JSON Schema does not see, by what the checker says of them.
var beyondSchema = []struct{ message, reason string }{
	{`not in quotes`, "readers of YAML make the same text of it"},
	{`^(must be a whole number, got 1.5|is a map, not|is the (time|number|text) |is "|paths do not|messages has no)`, "what add and scale change is known only where files are laid over each other"},
	{`^(the clinic has no|there is no (channel|segment|pool|message type)|the members of this group)`, "which names there are is known only where files are laid over each other"},
	{`^required key is missing; write (handling|role|pools|week|kind):`, "the file rests on a parent, which may have the key"},
	{`sums? to `, "a schema adds nothing up"},
	{`^(low is|high is|high must be|mode must be|overlaps|[0-9:-]+ begins before|the campaign starts before)`, "a schema compares no values with each other"},
	{`^"(17:00-16:00|2025-07-18/2025-07-07)" is not a range`, "a pattern does not tell which comes first"},
	{`^must be whole (days|weeks)`, "a pattern does not divide times"},
	{`^(receives work|patients' threads|a thread is passed on for ever|a pool cannot pass|is the right pool|only a personal|pool clinician is personal|neurologist-1 has|nobody is in)`,
		"how work flows between pools and people is a matter of the whole clinic"},
	{`^(needs one of per_visit|a modifier |has no effect: |0.9 of all patients|pool nurse is named)`, "a rule between keys stands in the code and not in the table of keys"},
}

var problemLine = regexp.MustCompile(`^([a-z]+\.yaml):\d+:\d+: (\S+): (.+)$`)

// Of every known-bad file, the schema refuses each fault at its path but those listed above, and finds no other.
func TestSchemaRefusesBrokenFiles(t *testing.T) {
	schema := compiled(t)
	answers, err := filepath.Glob("testdata/broken/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	used := make([]int, len(beyondSchema))
	var unread []string // what no reader of YAML takes
	for _, answer := range answers {
		file := strings.TrimSuffix(answer, ".txt") + ".yaml"
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		faults, err := schema.Faults(text)
		if err != nil {
			unread = append(unread, filepath.Base(file))
			continue
		}
		seen := map[string]bool{}
		for _, f := range faults {
			seen[f.Path] = true
		}
		var known []string
		for _, line := range strings.Split(readText(t, answer), "\n") {
			p := problemLine.FindStringSubmatch(line)
			if p == nil || p[1] != filepath.Base(file) {
				continue
			}
			known = append(known, p[2])
			i := 0
			for i < len(beyondSchema) && !regexp.MustCompile(beyondSchema[i].message).MatchString(p[3]) {
				i++
			}
			switch {
			case i < len(beyondSchema) && seen[p[2]]:
				t.Errorf("%s: the schema does refuse %s: %s, which is listed as beyond it", file, p[2], p[3])
			case i < len(beyondSchema):
				used[i]++
			case !seen[p[2]]:
				t.Errorf("%s: the schema does not refuse %s: %s", file, p[2], p[3])
			}
		}
		for _, f := range faults {
			related := false
			for _, k := range known {
				related = related || k == f.Path || strings.HasPrefix(k, f.Path+".") || strings.HasPrefix(f.Path, k+".")
			}
			if !related {
				t.Errorf("%s: the schema refuses what the checker does not: %s: %s", file, f.Path, f.Message)
			}
		}
	}
	if want := []string{"bracket.yaml", "repeated.yaml", "syntax.yaml"}; !slices.Equal(unread, want) {
		t.Errorf("no YAML: %v, want %v", unread, want)
	}
	for i, n := range used {
		if n == 0 {
			t.Errorf("no problem is %q", beyondSchema[i].message)
		}
	}
}
