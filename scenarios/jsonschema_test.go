package scenarios

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"portalsim/validation/jsonschema"
)

// replacements are what a slip of the pen may leave in place of a value.
var replacements = []string{"-1", "0", "0.5", "1.5", "7", "1e3", "x", "5m", "0s", "-2w", "null", "[]", "[1]", "{}", "true", "\"08:00-17:00\"", "\"2025-01-06\"",
	"\"0.5\"", "300%", "{value: 0.5, source: assumption}", "{value: 5m, source: literature}", "{dist: lognormal, mean: 5m, cv: 1}", "{dist: gamma, mean: 5m, sd: 0s}", "{shares: {a: 1}}"}

// compares are the problems of a single file that a schema cannot see: it compares, adds and looks up nothing.
var compares = regexp.MustCompile(`not in quotes|above the value|below the value|shares sum to|begins before|high must be|mode must be|must be from 0.001 to 100 times|` +
	`^a name is missing|overlaps|first on line|longer than|at most 104w|uniform|lognormal (has|belief|needs low)|normal|logit|has no mode|does not fit`)

// In place of every value of library files stands, one at a time, what a slip of the pen may leave there: the schema
// refuses nothing that the checker takes, and takes nothing that the checker refuses for what a schema can say.
func TestSchemaAgreesWithChecker(t *testing.T) {
	schema, err := jsonschema.Compile(JSONSchema(FileKinds()...))
	if err != nil {
		t.Fatal(err)
	}
	step, tried, refused := 211, 0, 0
	switch {
	case os.Getenv("PORTALSIM_LONG") != "":
		step = 5
	case testing.Short():
		step = 997
	}
	for _, name := range []string{"baseline", "primary-care", "education", "fit-1", "shared-inbox", "protected-time-from-visits", "impatient-patients"} {
		text, err := fs.ReadFile(Library(), name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		root, _ := Parse(name, text)
		n := len(name)
		root.walk(func(scalar *Node) {
			for _, r := range replacements {
				if n++; n%step != 0 || scalar.Kind != Scalar {
					continue
				}
				changed, ok := replaced(string(text), scalar, r)
				if !ok {
					continue
				}
				tried++
				if disagreement := disagree(schema, changed); disagreement != "" {
					t.Errorf("%s, line %d, %s in place of %s: %s", name, scalar.Line, r, scalar.Text, disagreement)
				} else if _, problems := readDocument("f", []byte(changed)); len(problems) > 0 {
					refused++
				}
			}
		})
	}
	if tried < 30 || refused < tried/3 {
		t.Errorf("%d changes tried, %d refused", tried, refused)
	}
}

// replaced puts other text in place of a scalar on one line.
func replaced(text string, n *Node, by string) (string, bool) {
	lines := strings.Split(text, "\n")
	line, column := []rune(lines[n.Line-1]), n.Column-1
	length := len([]rune(n.Text))
	if n.Quoted {
		length += 2
	}
	if column+length > len(line) || !strings.Contains(string(line[column:column+length]), n.Text) {
		return "", false // a text of several lines, or with escapes
	}
	lines[n.Line-1] = string(line[:column]) + by + string(line[column+length:])
	return strings.Join(lines, "\n"), true
}

// disagree says in what the schema and the checker disagree about a file, or "".
func disagree(schema *jsonschema.Schema, text string) string {
	_, problems := readDocument("f", []byte(text))
	faults, err := schema.Faults([]byte(text))
	if err != nil {
		return err.Error()
	}
	near := func(a, b string) bool {
		return a == b || strings.HasPrefix(a, b+".") || strings.HasPrefix(b, a+".") || strings.HasPrefix(a, b+"[") || strings.HasPrefix(b, a+"[")
	}
	for _, f := range faults {
		found := false
		above := strings.TrimPrefix(f.Path[:max(0, strings.LastIndex(f.Path, "."))], "set.") // of an evidence node the checker reports some faults before others
		for _, p := range problems {
			found = found || near(f.Path, p.Path) || near(strings.TrimPrefix(f.Path, "set."), p.Path) || strings.HasPrefix(p.Path, above+".")
		}
		if !found {
			return fmt.Sprintf("the schema alone refuses %s: %s", f.Path, f.Message)
		}
	}
	for _, p := range problems {
		found := compares.MatchString(p.Message)
		for _, f := range faults {
			found = found || near(f.Path, p.Path) || near(strings.TrimPrefix(f.Path, "set."), p.Path)
		}
		if !found {
			return fmt.Sprintf("the checker alone refuses %s: %s", p.Path, p.Message)
		}
	}
	return ""
}
