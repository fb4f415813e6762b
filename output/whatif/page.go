// Package whatif writes the page that runs the engine on the reader's machine: one HTML file with the engine in it, as
// gzip in base64, which asks nothing of anybody.
package whatif

import (
	"embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"text/template"
)

//go:embed page.html style.css *.js
var parts embed.FS

// Content is what a page shows when it opens.
type Content struct {
	Version string            `json:"version"`
	Command string            `json:"command"`    // that wrote the page
	Arms    []string          `json:"arms"`       // as written on the command line
	Files   map[string]string `json:"files"`      // of the user, by path
	Levers  any               `json:"levers"`     // what can be moved: a list of objects
	Days    int               `json:"days"`       // measured
	Begins  int               `json:"begins"`     // weekday of the first of them, 0 for Monday
	Spent   []string          `json:"activities"` // what a working day is spent on, in the order in which it is shown
}

// ErrNoEngine is of a program that was built without the engine.
var ErrNoEngine = errors.New("this program was built without the engine for the page")

// scripts are the parts of the page's program, in the order in which they stand.
var scripts = []string{"text.js", "draw.js", "levers.js", "answer.js", "replay.js", "page.js"}

// Mark stands in every page, so that a file can be told to be one.
const Mark = `<meta name="generator" content="portalsim whatif">`

// Write writes the page. What is put into it is our own but for the content, of which JSON escapes all that could end
// a script.
func Write(w io.Writer, c Content) error {
	if engine == nil {
		return ErrNoEngine
	}
	content, err := json.Marshal(c)
	if err != nil {
		return err
	}
	page := template.Must(template.New("page").Parse(part("page.html")))
	var program strings.Builder
	for _, name := range scripts {
		program.WriteString(part(name))
	}
	return page.Execute(w, map[string]string{
		"Mark": Mark, "Style": part("style.css"), "Content": string(content), "Program": program.String(),
		"Worker": starter + part("worker.js"), "Engine": base64.StdEncoding.EncodeToString(engine),
	})
}

// part returns a file of the page.
func part(name string) string {
	text, err := parts.ReadFile(name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}
