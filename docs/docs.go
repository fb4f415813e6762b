// Package docs holds the documents that the program shows as help, so that each text has one source.
package docs

import (
	"embed"
	"strings"
)

//go:embed data.md first-hour.md format.md studies.md
var files embed.FS

// Part returns what stands in a document between <!-- help: NAME --> and <!-- end of help -->, at one place or several;
// "" where there is none.
func Part(file, name string) string {
	document, err := files.ReadFile(file)
	if err != nil {
		return ""
	}
	var parts []string
	for _, rest := range strings.Split(string(document), "<!-- help: "+name+" -->\n")[1:] {
		part, _, _ := strings.Cut(rest, "<!-- end of help -->")
		parts = append(parts, strings.Trim(part, "\n"))
	}
	return strings.Join(parts, "\n\n")
}
