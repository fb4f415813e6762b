package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"portalsim/docs"
)

// topic is a help text that belongs to no command: a part of a document, or what print prints.
type topic struct {
	name, short string
	file        string // of docs
	print       func(io.Writer)
}

func topics() []topic {
	return []topic{
		{"own-clinic", "from nothing to your own clinic beside the baseline", "first-hour.md", nil},
		{"scenarios", "how files are written, and laid over each other", "format.md", nil},
		{"interventions", "what the library can compare, and how to write your own", "first-hour.md", nil},
		{"reading-results", "what the lines of an answer say", "first-hour.md", nil},
		{"uncertainty", "which doubts an interval holds, and which it does not", "first-hour.md", nil},
		{"studies", "many clinics at once: what varies, over what range", "studies.md", nil},
		{"tables", "the tables that --out writes, and how to read them", "data.md", nil},
		{"exit-codes", "what the exit status says", "", printExitStatuses},
		{"format", "every key of scenario files", "", printFormat},
		{"study", "every key of study files", "", printStudyFormat},
	}
}

func topicNamed(name string) *topic {
	for _, t := range topics() {
		if t.name == name {
			return &t
		}
	}
	return nil
}

// show prints a topic.
func (t *topic) show(w io.Writer) error {
	if t.print != nil {
		t.print(w)
		return nil
	}
	text := docs.Part(t.file, t.name)
	if text == "" {
		return fmt.Errorf("docs/%s has no part %s", t.file, t.name)
	}
	_, err := fmt.Fprintf(w, "%s\nMore: docs/%s\n", plainText(text), t.file)
	return err
}

// topicsHelp lists the topics for the help of the program.
func topicsHelp() string {
	var b strings.Builder
	b.WriteString("portalsim help TOPIC explains:\n\n")
	for _, t := range topics() {
		fmt.Fprintf(&b, "    %-16s %s\n", t.name, t.short)
	}
	return b.String()
}

// helpWidth is the width of help texts, as that of the help of flags.
const helpWidth = 120

var (
	markdownLink = regexp.MustCompile(`\[([^\]]+)\]\([^)]+\)`)
	markdownMark = regexp.MustCompile("<!--.*?-->")
	listItem     = regexp.MustCompile(`^(- |[0-9]+\. )`)
)

// plainText turns the Markdown of the documents into text for a terminal: headings stand alone, code is indented, links
// are their words, and paragraphs are broken at the width of help.
func plainText(markdown string) string {
	var b strings.Builder
	code, paragraph := false, ""
	flush := func() {
		if paragraph != "" {
			wrap(&b, paragraph)
		}
		paragraph = ""
	}
	for _, line := range strings.Split(markdownMark.ReplaceAllString(markdown, ""), "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			flush()
			code = !code
		case code:
			b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
		case strings.HasPrefix(line, "#"):
			flush()
			b.WriteString(strings.ToUpper(strings.TrimLeft(line, "# ")) + "\n")
		case line == "" || strings.HasPrefix(line, "|"):
			flush()
			b.WriteString(line + "\n")
		case listItem.MatchString(line):
			flush()
			paragraph = line
		default:
			paragraph = strings.TrimLeft(paragraph+" "+strings.TrimSpace(line), " ")
		}
	}
	flush()
	text := markdownLink.ReplaceAllString(b.String(), "$1")
	return strings.ReplaceAll(regexp.MustCompile(`\n{3,}`).ReplaceAllString(text, "\n\n"), "**", "")
}

// wrap breaks a paragraph or an item of a list between words.
func wrap(b *strings.Builder, text string) {
	indent := strings.Repeat(" ", len(listItem.FindString(text)))
	line := ""
	for _, word := range strings.Fields(markdownLink.ReplaceAllString(text, "$1")) {
		switch {
		case line == "":
			line = word
		case len([]rune(line))+1+len([]rune(word)) > helpWidth:
			b.WriteString(line + "\n")
			line = indent + word
		default:
			line += " " + word
		}
	}
	b.WriteString(line + "\n")
}
