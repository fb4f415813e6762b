// Package docs holds the documents that the program shows as help, so that each text has one source.
package docs

import (
	"embed"
	"strings"
)

//go:embed data.md first-hour.md format.md studies.md
var files embed.FS

// Part returns a part of a document: what stands between <!-- help: NAME --> and <!-- end of help -->; ok is false where
// there is none.
func Part(file, name string) (text string, ok bool) {
	document, err := files.ReadFile(file)
	if err != nil {
		return "", false
	}
	_, rest, found := strings.Cut(string(document), "<!-- help: "+name+" -->\n")
	text, _, ended := strings.Cut(rest, "<!-- end of help -->")
	return strings.Trim(text, "\n"), found && ended
}
