package messagelog

import (
	"errors"
	"fmt"
	"io"
	"math"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"portalsim/scenarios"
)

// plain reads a log of the known clinic without a period of its own.
func plain(t testing.TB, text string, o Options) (*Log, error) {
	t.Helper()
	arm := known(t)
	o.File = "log.csv"
	return Read(strings.NewReader(text), Context{arm, arm.ProfileBlocks()}, o)
}

// However a program writes CSV, the log is the same.
func TestDialects(t *testing.T) {
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, text string
		o          Options
	}{
		{"plain", "sent,type,first_response,patient\n2025-03-04 13:05,refill,2025-03-04 15:05,a\n2025-03-08 02:00,advice,,b\n", Options{}},
		{"byte order mark, CRLF, semicolons", "\ufeffSent;Type;First Response;Patient Key\r\n2025-03-04T13:05:00;REFILL;2025-03-04T15:05:00;a\r\n2025-03-08T02:00;Advice;NULL;b\r\n", Options{}},
		{"sep, tabs, quotes, blank rows", "sep=\t\n\"sent\"\t\"type\"\t\"first-response\"\t\"PATIENT\"\t\"text\"\n\"Mar 4, 2025 1:05 pm\"\trefill\t\"Mar 4, 2025 3:05 PM\"\ta\t\"two\nlines, \"\"so\"\"\"\n\t\t\t\t\n08-Mar-2025 02:00\tadvice\tN/A\tb\t\n", Options{}},
		{"headers of two lines", "sent,type,\"First\r\nResponse\",patient,\n2025-03-04 13:05,refill,2025-03-04 15:05,a,\n2025-03-08 02:00,advice,,b,\n", Options{}},
		{"line ends of old Macs", "sep=;\rsent;type;first_response;patient\r2025-03-04 13:05;refill;2025-03-04 15:05;a\r2025-03-08 02:00;advice;;b\r", Options{}},
		{"Windows-1252 where it does not matter", "sent,type,first_response,patient,text\n2025-03-04 13:05,refill,2025-03-04 15:05,M\xfcller,Gr\xfc\xdfe\n2025-03-08 02:00,advice,,b,\n", Options{}},
		{"American dates", "sent,type,first_response,patient\n3/4/2025 1:05 PM,refill,3/4/2025 3:05 PM,a\n03/08/25 2:00 AM,advice,,b\n", Options{Dates: "mdy"}},
		{"European dates", "sent,type,first_response,patient\n4.3.2025 13:05,refill,04.03.2025 15:05,a\n8/3/2025 02:00,advice,-,b\n", Options{Dates: "dmy"}},
		{"offsets", "sent,type,first_response,patient\n2025-03-04T18:05:00Z,refill,2025-03-04 15:05:00-05:00,a\n2025-03-08T07:00:00+00,advice,,b\n", Options{Zone: newYork}},
		{"other headers and names", "When|What|Who|Answer\n2025-03-04 13:05|Rx, renew|a|2025-03-04 15:05\n2025-03-08 02:00|?|b|\n2025-03-08 03:00|spam|c|\n",
			Options{Columns: []Renamed{{"When", "sent"}, {"what", "type"}, {"Who", "patient"}, {"Answer", "first response"}}, Types: []Renamed{{"Rx, renew", "refill"}, {"?", "advice"}, {"Spam", Leave}}}},
	} {
		l, err := plain(t, c.text, c.o)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if l.Rows-l.LeftOut != 2 || l.all[l.counts.messages(0)] != 1 || l.all[l.counts.messages(1)] != 1 || l.Patients != 2 || l.Answered != 1 || l.WaitHours != 2 || Date(l.First) != "2025-03-04" || Date(l.Last) != "2025-03-08" {
			t.Errorf("%s: %d rows, counts %v, %d patients, %d answered after %v h, %s to %s", c.name, l.Rows, l.all, l.Patients, l.Answered, l.WaitHours, Date(l.First), Date(l.Last))
		}
		// Tuesday afternoon, and the night before Saturday's morning
		if l.all[l.counts.block(2)] != 1 || l.all[l.counts.block(4)] != 1 {
			t.Errorf("%s: blocks %v", c.name, l.all)
		}
	}
}

// Columns that mean nothing here are named on one line, whatever is in their headers.
func TestUnreadColumns(t *testing.T) {
	l, err := plain(t, "sent,type,\"Notes\nof staff\", \x1b[2J,\n2025-01-06 10:00,refill,,,\n", Options{})
	if err != nil || strings.Join(l.Unread, "|") != "Notes of staff|[2J" {
		t.Errorf("%v: %q", err, l.Unread)
	}
}

// The hour of the week is that of the clinic's clock, whatever offset the log has: 01:30 UTC on a Monday is Sunday evening.
func TestHoursOfWeek(t *testing.T) {
	newYork, _ := time.LoadLocation("America/New_York")
	for _, c := range []struct {
		text string
		zone *time.Location
		want int
	}{
		{"2025-01-06 00:00", nil, 0}, {"2025-01-12 23:59", nil, 167}, {"1999-12-31 12:00", nil, 4*24 + 12},
		{"2025-01-06T01:30:00Z", newYork, 6*24 + 20}, {"2025-07-07T01:30:00Z", newYork, 6*24 + 21}, // summer time
	} {
		m, message, _ := newMoments(&Options{Zone: c.zone}).read(c.text)
		if message != "" || m.hourOfWeek() != c.want {
			t.Errorf("%s: hour %d (%s), want %d", c.text, m.hourOfWeek(), message, c.want)
		}
	}
}

// Every problem is told at once, with its place and what to write.
func TestProblems(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "log.csv:1:1: (file): the file is empty; write a header"},
		{"header only", "sent,type\n", "log.csv:1:1: (file): no row is below the header; write a row for each message"},
		{"header in Windows-1252", "sent,Gr\xf6\xdfe\n2025-01-06 10:00,1\n", `log.csv:1:2: "Gr?e": is not text in UTF-8; save the file anew as CSV UTF-8`},
		{"type in Windows-1252", "sent,type\n2025-01-06 10:00,\xdcberweisung\n", `log.csv:2:18: type: is not text in UTF-8: "?berweisung"; save the file anew as CSV UTF-8`},
		{"workbook", "PK\x03\x04\x00\x00", "not text in UTF-8"},
		{"utf-16", "\xff\xfes\x00e\x00", "save it as CSV in UTF-8"},
		{"no sent", "date,type\n", `log.csv:1:1: sent: the column is missing; name a column sent, or write --column sent=HEADER with one of "date", "type"`},
		{"no header", "31/12/2025 10:00,refill,p0123\n", "log.csv:1:1: (file): the first row holds times, where the names of the columns should be; write a row above it"},
		{"twice", "sent,Sent\n", "log.csv:1:2: sent: the column is there twice"},
		{"both", "sent,follow_ups,in_reply_to\n", "so that follow-ups would count twice"},
		{"order", "sent,type,first_touch,first_response\n2025-01-06 10:00,refill,2025-01-06 08:00,2025-01-06 07:00\n", "log.csv:2:25: first_touch: is earlier than sent"},
		{"touch after answer", "sent,type,first_touch,first_response\n2025-01-06 10:00,refill,2025-01-06 18:00,2025-01-06 12:00\n", "log.csv:2:42: first_response: is earlier than first_touch"},
		{"no time of day", "sent\n2025-01-06\n", "log.csv:2:1: sent: is no date and time that can be read: \"2025-01-06\"; it has no time of day"},
		{"serial", "sent\n45663.54\n", "spreadsheet's own number"},
		{"slashes", "sent\n3/4/2025 10:00\n", "write --dates mdy where the month stands first"},
		{"slashes that read one way", "sent\n31/12/2025 10:00\n", "write --dates dmy: no month has a number above 12"},
		{"slashes that read the other way", "sent\n12/31/2025 10:00\n", "write --dates mdy: no month"},
		{"offset", "sent\n2025-01-06T10:00:00Z\n", "write --time-zone"},
		{"old", "sent\n1905-01-06 10:00\n", "the year is 1905"},
		{"no sent there", "sent,type\n,refill\n", "log.csv:2:1: sent: is empty"},
		{"no patient", "sent,type,patient\n2025-01-06 10:00,refill,\n", "log.csv:2:25: patient: is empty"},
		{"fields", "sent,type\n2025-01-06 10:00,refill,more\n", "log.csv:2:1: (row): has 3 of the header's 2 fields"},
		{"quote", "sent,type\n2025-01-06 10:00,re\"fill\n", "log.csv:2:20: (record): a quotation mark is out of place"},
		{"unclosed", "sent,type\n2025-01-06 10:00,\"refill\n2025-01-06 11:00,refill\n", "log.csv:2:1: (record): a quotation mark is out of place"},
		{"type", "sent,type\n2025-01-06 10:00,Rx\n2025-01-06 10:00,rx\n", `log.csv:2:18: type: the scenario has no type "Rx"; rows that have it: 2; write --type "Rx=NAME" with one of refill, advice`},
		{"times", "sent,type,handling_min\n2025-01-06 10:00,refill,-3\n", "is not from above 0 to a day"},
		{"pool", "sent,type,pool,handling_min\n2025-01-06 10:00,refill,RN,3\n", `the scenario has no pool "RN"`},
		{"follow-ups", "sent,type,follow_ups\n2025-01-06 10:00,refill,1.5\n", "no whole number from 0 to 1000"},
	} {
		_, err := plain(t, c.text, Options{})
		refused, ok := err.(*Refused)
		if !ok || !strings.Contains(refused.Error(), c.want) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
	_, err := plain(t, "sent,type\n2025-01-06 10:00,refill\n", Options{Columns: []Renamed{{"When", "sent"}, {"x", "sentt"}}})
	if err == nil || !strings.Contains(err.Error(), `the file has no column "When"`) || !strings.Contains(err.Error(), "there is no such column here") {
		t.Errorf("columns renamed from nowhere: %v", err)
	}
	_, err = plain(t, "sent,type\n2025-01-06 10:00,refill\n", Options{Types: []Renamed{{"Rx", "refil"}}})
	if err == nil || !strings.Contains(err.Error(), `--type:1:1: Rx=refil: the scenario has no type "refil"`) {
		t.Errorf("a type that is none: %v", err)
	}
}

// A disk that fails is no problem of the file.
func TestReadingFails(t *testing.T) {
	arm := known(t)
	for _, start := range []string{"", "sent,type\n2025-01-06 10:00,refill\n"} {
		broken := errors.New("the disk is broken")
		_, err := Read(io.MultiReader(strings.NewReader(start), iotest.ErrReader(broken)), Context{arm, arm.ProfileBlocks()}, Options{File: "log.csv"})
		if !errors.Is(err, broken) {
			t.Errorf("after %q: %v", start, err)
		}
	}
}

// The report is bounded, however bad the file.
func TestProblemsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("sent,type\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "2025-01-06 10:00,type %d\nyesterday at 10:00,refill\n", i)
	}
	_, err := plain(t, b.String(), Options{})
	refused, ok := err.(*Refused)
	if !ok || len(refused.Problems) != mostShown || refused.Count() != 5000+mostUnknown+1 {
		t.Fatalf("%d problems, %d more", len(refused.Problems), refused.More)
	}
	report := refused.Error()
	for _, want := range []string{"\nand 4997 more like line 3, sent: write it as", "\nand 164 more"} { // of 201 names, 37 are told
		if !strings.Contains(report, want) {
			t.Errorf("no %q in\n%s", want, report)
		}
	}
	if len(refused.Error()) > 20_000 {
		t.Errorf("the report has %d bytes", len(refused.Error()))
	}
}

// endless is a log of so many rows that is nowhere in memory, of a few patients, whose last field opens a quotation mark
// and never closes it if open is true.
type endless struct {
	rows, patients, at int
	left               []byte
	atEnd              func()
	open               bool
}

func (e *endless) Read(into []byte) (int, error) {
	for len(e.left) == 0 {
		switch {
		case e.at == 0:
			e.left = []byte("sent,type,first_response,patient\n")
		case e.open && e.at > 3:
			e.left = []byte("\"more and more\n")[min(e.at-4, 1):]
		case e.at > e.rows:
			e.atEnd()
			return 0, io.EOF
		default:
			sent := time.Date(2025, 1, 6, 0, 0, 0, 0, time.UTC).Add(time.Duration(e.at) * 7 * time.Minute)
			e.left = fmt.Appendf(nil, "%s,refill,%s,%s\n", sent.Format("2006-01-02 15:04"), sent.Add(time.Hour).Format("2006-01-02 15:04"), keyOf(int32(e.at%e.patients)))
		}
		e.at++
	}
	n := copy(into, e.left)
	e.left = e.left[n:]
	return n, nil
}

// Memory grows with patients, not with rows, nor with a record that does not end.
func TestMemory(t *testing.T) {
	arm := known(t)
	var before, after runtime.MemStats
	read := func(e *endless) (*Log, error) {
		runtime.GC()
		runtime.ReadMemStats(&before)
		e.atEnd = func() {
			runtime.GC()
			runtime.ReadMemStats(&after)
		}
		return Read(e, Context{arm, arm.ProfileBlocks()}, Options{File: "log.csv"})
	}
	const rows, patients = 60_000, 50
	l, err := read(&endless{rows: rows, patients: patients})
	if err != nil || l.Rows != rows || l.Patients != patients || len(l.by) != patients*l.counts.size() {
		t.Fatalf("%v: %d rows, %d patients, %d counts", err, l.Rows, l.Patients, len(l.by))
	}
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 1<<20 {
		t.Errorf("the heap grew by %d bytes over %d rows", grown, rows)
	}
	if _, err := read(&endless{rows: rows, patients: patients, open: true}); err == nil || !strings.Contains(err.Error(), "does not end within a megabyte") {
		t.Errorf("an open quotation mark: %v", err)
	}
}

// Nothing that identifies anybody is in what is written, nor a row.
func TestNoKeyIsWritten(t *testing.T) {
	arm := known(t)
	f := fitted(t, arm, simulated(t, arm, 3), 700, nil)
	overlay := f.Overlay()
	if strings.Contains(overlay, "key-") || strings.Contains(overlay, "-yek") {
		t.Error("a patient's key is in the overlay")
	}
	for _, row := range strings.Split(simulated(t, arm, 3), "\n")[1:] {
		if sent, _, found := strings.Cut(row, ","); found && strings.Contains(overlay, sent) {
			t.Errorf("the row of %s is in the overlay", sent)
		}
	}
}

// FuzzRead gives any bytes as a log: nothing panics, every problem is complete, and what is sound makes an overlay that
// loads.
func FuzzRead(f *testing.F) {
	arm := known(f)
	log := simulated(f, arm, 2)
	for _, seed := range []string{"", log[:strings.LastIndexByte(log[:3000], '\n')+1], "sep=;\nsent;patient\n2025-01-06 10:00;a\n", "sep=\"\nsent\n2025-01-06 10:00\n", "\ufeffsent\r\n\"2025-01-06 10:00\"\r\n",
		"sent,follow_ups,type\n2025-01-06 10:00,3,refill\n", "sent,in_reply_to,handling_min,pool\n2025-01-06 10:00,1,1e3,desk\n", "sent,type\n\"", "sent\n0000-00-00 00:00\n"} {
		f.Add([]byte(seed), 700, false)
	}
	f.Fuzz(func(t *testing.T, text []byte, panel int, hourly bool) {
		c := Context{arm, arm.ProfileBlocks()}
		if hourly {
			c.Blocks = scenarios.HoursOfWeek()
		}
		l, err := Read(strings.NewReader(string(text)), c, Options{File: "log.csv", Dates: "dmy", Zone: time.UTC, WorkedThrough: true})
		if err != nil {
			complete(t, err)
			return
		}
		fit, err := l.Estimate(max(0, panel))
		if err != nil {
			return // more wrote than there are
		}
		for i := range fit.Estimates {
			e := &fit.Estimates[i]
			if math.IsNaN(e.Value) || e.Interval.Low > e.Value || e.Interval.High < e.Value {
				t.Errorf("%s: %v in %v", e.Dotted(), e.Value, e.Interval)
			}
		}
		loads(t, fit.Overlay())
	})
}

// complete fails where a problem lacks something.
func complete(t *testing.T, err error) {
	t.Helper()
	refused, ok := err.(*Refused)
	if !ok || len(refused.Problems) == 0 {
		t.Fatalf("error %v", err)
	}
	for _, p := range refused.Problems {
		if p.File == "" || p.Line < 1 || p.Column < 1 || p.Path == "" || p.Message == "" || p.Fix == "" || strings.ContainsAny(p.String(), "\n\r\x1b") {
			t.Errorf("incomplete: %+v", p)
		}
	}
}

// loads lays an overlay over the known clinic.
func loads(t testing.TB, overlay string) *scenarios.Arm {
	t.Helper()
	source := scenarios.Source{Library: scenarios.Library(), ReadFile: func(path string) ([]byte, error) {
		if path == "fitted.yaml" {
			return []byte(overlay), nil
		}
		return clinicText, nil
	}}
	arms, err := source.Load([]string{"clinic.yaml+fitted.yaml"}, nil)
	if err != nil {
		t.Fatalf("%v\n%s", err, overlay)
	}
	return arms[0]
}
