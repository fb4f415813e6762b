// Package clinics tries the program on random clinics. A clinic is drawn as a scenario file, so that it goes the way of
// any file of a user, and so that a failure is a file that portalsim run --check shows again.
package clinics

import (
	"fmt"
	"strings"
)

// tree is a scenario file in the making: keys in order, each with a text in YAML or more keys.
type tree struct {
	keys  []string
	texts map[string]string
	trees map[string]*tree
}

func newTree() *tree { return &tree{texts: map[string]string{}, trees: map[string]*tree{}} }

// set puts a text at a dotted path, in place of what was there.
func (t *tree) set(path, format string, values ...any) {
	key, rest, deeper := strings.Cut(path, ".")
	if t.texts[key] == "" && t.trees[key] == nil {
		t.keys = append(t.keys, key)
	}
	if !deeper {
		t.texts[key], t.trees[key] = fmt.Sprintf(format, values...), nil
		return
	}
	if t.trees[key] == nil {
		t.texts[key], t.trees[key] = "", newTree()
	}
	t.trees[key].set(rest, format, values...)
}

// String writes the file.
func (t *tree) String() string {
	var text strings.Builder
	t.write(&text, "")
	return text.String()
}

func (t *tree) write(w *strings.Builder, indent string) {
	for _, key := range t.keys {
		if below := t.trees[key]; below != nil {
			fmt.Fprintf(w, "%s%s:\n", indent, key)
			below.write(w, indent+"  ")
			continue
		}
		fmt.Fprintf(w, "%s%s: %s\n", indent, key, t.texts[key])
	}
}
