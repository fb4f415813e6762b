package messagelog

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"portalsim/scenarios"
)

// mostRecord is how long a record may be, in bytes: a quotation mark that nobody closes would take in the rest of the file.
const mostRecord = 1 << 20

// errTooLong ends the reading of a record that does not end.
var errTooLong = errors.New("record too long")

// limited is a reader that gives at most a number of bytes for each record.
type limited struct {
	from io.Reader
	left int
}

func (l *limited) Read(into []byte) (int, error) {
	if l.left <= 0 {
		return 0, errTooLong
	}
	n, err := l.from.Read(into[:min(len(into), l.left)])
	l.left -= n
	return n, err
}

// feeds is a reader that makes line feeds of carriage returns: the line ends of "CSV (Macintosh)".
type feeds struct{ from io.Reader }

func (f feeds) Read(into []byte) (int, error) {
	n, err := f.from.Read(into)
	for i, b := range into[:n] {
		if b == '\r' {
			into[i] = '\n'
		}
	}
	return n, err
}

// records reads the records of a CSV file with their places, whatever program wrote it.
type records struct {
	limit     *limited
	csv       *csv.Reader
	skipped   int   // lines before the header
	line      int   // of the last record
	failed    error // of reading, not of what is written
	delimiter rune
}

// delimiters are those looked for in the header.
var delimiters = []rune{',', ';', '\t', '|'}

// newRecords looks at the beginning of a file: its byte order mark, Excel's line sep=, and the delimiter of its header.
func newRecords(from io.Reader, delimiter rune) (*records, string) {
	r := &records{limit: &limited{from, mostRecord}}
	buffered := bufio.NewReaderSize(from, 1<<16)
	from = buffered
	start, _ := buffered.Peek(1 << 12)
	if bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) || bytes.IndexByte(start, 0) >= 0 {
		return nil, "the file is not text in UTF-8, but perhaps UTF-16 or a workbook"
	}
	if bytes.HasPrefix(start, []byte("\ufeff")) {
		buffered.Discard(3)
		start = start[3:]
	}
	if i := bytes.IndexByte(start, '\r'); i >= 0 && i < len(start)-1 && bytes.IndexByte(start, '\n') < 0 {
		start = bytes.ReplaceAll(start, []byte("\r"), []byte("\n"))
		from = feeds{buffered}
	}
	line, rest, _ := bytes.Cut(start, []byte("\n"))
	if bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		buffered.Discard(len(line) + 1)
		r.skipped = 1
		if c, _ := utf8.DecodeRune(line[4:]); delimiter == 0 && slices.Contains(delimiters, c) {
			delimiter = c
		}
		line, _, _ = bytes.Cut(rest, []byte("\n"))
	}
	if delimiter == 0 {
		delimiter = mostFrequent(string(line))
	}
	r.delimiter = delimiter
	r.limit.from = from
	r.csv = csv.NewReader(r.limit)
	r.csv.Comma, r.csv.FieldsPerRecord, r.csv.ReuseRecord = delimiter, -1, true
	return r, ""
}

// mostFrequent returns the delimiter that a header has most of: the comma where it has none.
func mostFrequent(header string) rune {
	best, most := ',', 0
	for _, d := range delimiters {
		if n := strings.Count(header, string(d)); n > most {
			best, most = d, n
		}
	}
	return best
}

// next returns the next record that is not blank; io.EOF at the end. A record that cannot be read is a problem, after which
// reading goes on unless over is true.
func (r *records) next(file string) (record []string, problem *scenarios.Problem, over bool) {
	for {
		r.limit.left = mostRecord
		record, err := r.csv.Read()
		if err == nil && blank(record) {
			continue
		}
		if err == nil {
			r.line, _ = r.position(0)
			return record, nil, false
		}
		if err == io.EOF {
			return nil, nil, true
		}
		var place *csv.ParseError
		p := &scenarios.Problem{File: file, Line: max(r.line, 1), Column: 1, Path: "(record)"}
		switch {
		case errors.As(err, &place):
		case errors.Is(err, errTooLong):
			p.Message, p.Fix = "a record after this line does not end within a megabyte", `close the quotation mark that begins it, and double those inside a text: ""`
			return nil, p, true
		default:
			r.failed = err
			return nil, nil, true
		}
		p.Line, p.Column = place.StartLine+r.skipped, 1
		if place.Line == place.StartLine {
			p.Column = max(place.Column, 1)
		}
		p.Message, p.Fix = "a quotation mark is out of place", `double the quotation marks inside a text, "", and put the whole of it in quotation marks`
		return nil, p, false
	}
}

// position returns where a field of the record stands.
func (r *records) position(field int) (line, column int) {
	line, column = r.csv.FieldPos(field)
	return line + r.skipped, column
}

// blank tells whether a record holds nothing, as the rows that spreadsheets write below a table.
func blank(record []string) bool {
	for _, field := range record {
		if strings.TrimSpace(field) != "" {
			return false
		}
	}
	return true
}
