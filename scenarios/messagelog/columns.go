package messagelog

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"portalsim/scenarios"
)

// column is something that a log may tell of a message.
type column int

const (
	sent column = iota
	kind
	pool
	firstTouch
	firstResponse
	patient
	followUps
	inReplyTo
	handlingMin
	columns
)

// Columns lists the columns that are read, in the order in which they are documented.
var Columns = [columns]struct{ Name, Doc string }{
	{"sent", "required: when the patient sent the message"},
	{"type", "message type"},
	{"pool", "pool that handled it"},
	{"first_touch", "when somebody first opened it"},
	{"first_response", "when the patient first got an answer"},
	{"patient", "any key that tells patients apart, such as a number drawn for the purpose"},
	{"follow_ups", "where a row is a thread: how many times the patient wrote again in it"},
	{"in_reply_to", "where a row is a message: anything, where it follows up on an answer; empty where it opens a thread"},
	{"handling_min", "minutes of work on it"},
}

// alike makes the same of spellings that differ in case, spaces, line breaks, hyphens, underscores and a closing word.
func alike(header string) string {
	text := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" _-\t\r\n\u00a0", r) {
			return -1
		}
		return r
	}, strings.ToLower(header))
	switch text {
	case "patientkey", "patientid":
		return "patient"
	case "handlingminutes":
		return "handlingmin"
	}
	return text
}

// places finds the columns in a header: -1 where there is none.
func (r *reading) places(header []string) (at [columns]int) {
	wanted := map[string]column{} // looked up by the header's own spelling, never walked
	for c := range columns {
		at[c] = -1
		wanted[alike(Columns[c].Name)] = c
	}
	for _, renamed := range r.Columns {
		c, known := wanted[alike(renamed.Name)]
		if !known {
			r.header(1, renamed.Name, "there is no such column here", "write --column COLUMN=HEADER with one of "+columnNames())
			continue
		}
		found := false
		for i, h := range header {
			if h == renamed.Log || strings.EqualFold(strings.TrimSpace(h), strings.TrimSpace(renamed.Log)) {
				at[c], found = i, true
			}
		}
		if !found {
			r.header(1, Columns[c].Name, "the file has no column "+shown(renamed.Log), "write one of "+headers(header))
		}
	}
	for i, h := range header {
		c, known := wanted[alike(h)]
		switch {
		case !known || at[c] == i:
		case at[c] >= 0 && !r.renamed(c):
			r.header(i+1, Columns[c].Name, "the column is there twice", "rename one of them, or write --column "+Columns[c].Name+"=HEADER")
		case at[c] < 0:
			at[c] = i
		}
	}
	for i, h := range header {
		used := false
		for c := range columns {
			used = used || at[c] == i
		}
		if !used && strings.TrimSpace(h) != "" {
			r.log.Unread = append(r.log.Unread, onLine(h))
		}
	}
	return at
}

// onLine writes a header on one line, without what a terminal might act on.
func onLine(header string) string {
	printed := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return ' '
	}, header)
	return strings.Join(strings.Fields(printed), " ")
}

func (r *reading) renamed(c column) bool {
	for _, renamed := range r.Columns {
		if alike(renamed.Name) == alike(Columns[c].Name) {
			return true
		}
	}
	return false
}

// suit checks which columns there are.
func (r *reading) suit(header []string) {
	if slices.ContainsFunc(header, isTime) {
		r.header(1, "(file)", "the first row holds times, where the names of the columns should be", "write a row above it, such as sent,type,first_response,patient")
		return
	}
	if r.at[sent] < 0 && !r.renamed(sent) {
		r.header(1, "sent", "the column is missing", fmt.Sprintf("name a column sent, or write --column sent=HEADER with one of %s; likewise %s, where the file has them", headers(header), columnNames()[len("sent, "):]))
	}
	if r.at[followUps] >= 0 && r.at[inReplyTo] >= 0 {
		r.header(r.at[inReplyTo]+1, "in_reply_to", "the file has follow_ups too, so that follow-ups would count twice",
			"keep follow_ups where a row is a thread, in_reply_to where it is a message")
	}
	for c := range columns {
		r.log.has[c] = r.at[c] >= 0
	}
}

// isTime tells whether a header looks like the time of a message, as where the file has no header.
func isTime(header string) bool {
	header = strings.TrimSpace(header)
	return strings.Trim(header, "0123456789") != header && strings.Contains(header, ":")
}

// header refuses something about a column of the header.
func (r *reading) header(number int, name, message, fix string) {
	r.refused.add(scenarios.Problem{File: r.File, Line: r.headerLine, Column: number, Path: name, Message: message, Fix: fix})
}

func columnNames() string {
	var names []string
	for _, c := range Columns {
		names = append(names, c.Name)
	}
	return strings.Join(names, ", ")
}

// headers lists what a file calls its columns.
func headers(header []string) string {
	const most = 20
	var names []string
	for i, h := range header {
		if i == most {
			names = append(names, "…")
			break
		}
		names = append(names, shown(h))
	}
	return strings.Join(names, ", ")
}
