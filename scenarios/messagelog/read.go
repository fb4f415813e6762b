package messagelog

import (
	"cmp"
	"hash/maphash"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"portalsim/scenarios"
	"portalsim/sim"
)

// Read reads a log. Every problem of what it holds is in the error, which is then a *Refused; another error is one of reading.
func Read(from io.Reader, c Context, o Options) (*Log, error) {
	r := newReading(c, o)
	records, wrong := newRecords(from, o.Delimiter)
	if wrong != "" {
		r.headerLine = 1
		r.header(1, "(file)", wrong, "save it as CSV in UTF-8, and name that file")
		return nil, r.refused.err()
	}
	r.headerLine = records.skipped + 1
	if !r.readHeader(records) {
		return nil, cmp.Or(records.failed, r.refused.err())
	}
	for {
		record, problem, over := records.next(o.File)
		if problem != nil {
			r.refused.add(*problem)
		}
		if over {
			break
		}
		if problem == nil {
			r.row(records, record)
		}
	}
	if records.failed != nil {
		return nil, records.failed
	}
	r.unknown(r.types, "type", "--type", c.Arm.File.Messages.Keys, `, or leave its rows out: "NAME=-"`)
	r.unknown(r.pools, "pool", "--pool", c.Arm.File.Pools.Keys, "")
	if err := r.refused.err(); err != nil {
		return nil, err
	}
	return r.finish()
}

// reading is a log being read.
type reading struct {
	Context
	Options
	refused      Refused
	headerLine   int
	at           [columns]int
	width        int
	moments      *moments
	types, pools *names
	patients     patients
	holidays     map[int]bool // looked up
	first, last  int
	blockOf      [7 * 24]int // by hour of the week
	log          *Log
}

func newReading(c Context, o Options) *reading {
	model := c.Arm.Model
	r := &reading{Context: c, Options: o, moments: newMoments(&o), first: math.MaxInt, last: math.MinInt,
		patients: patients{maphash.MakeSeed(), map[uint64]int{}}, holidays: map[int]bool{},
		types: newNames(c.Arm.File.Messages.Keys, o.Types), pools: newNames(c.Arm.File.Pools.Keys, o.Pools)}
	for _, day := range model.Holidays {
		r.holidays[day] = true
	}
	for b, block := range c.Blocks {
		for _, h := range block.OfWeek {
			r.blockOf[h] = b
		}
	}
	l := &Log{context: c, model: model, handling: make([]logTimes, len(model.Pools))}
	l.counts = layout{len(model.Types), len(c.Blocks), len(model.Pools)}
	l.all = make([]float64, l.counts.size())
	l.pairs.resize(l.counts)
	r.log = l
	return r
}

// What is said of text in another encoding, such as Windows-1252, which Excel writes unless told otherwise.
const notUnicode, asUnicode = "is not text in UTF-8", "save the file anew as CSV UTF-8: in Excel, Save as, CSV UTF-8"

// readHeader reads the names of the columns; false where nothing more can be read.
func (r *reading) readHeader(records *records) bool {
	header, problem, over := records.next(r.File)
	if problem != nil {
		r.refused.add(*problem)
		return false
	}
	if over && records.failed != nil {
		return false
	}
	if over {
		r.header(1, "(file)", "the file is empty", "write a header and a row for each message")
		return false
	}
	r.headerLine = records.line
	header = append([]string(nil), header...) // the record is reused
	for i, name := range header {
		if !utf8.ValidString(name) {
			r.header(i+1, shown(name), notUnicode, asUnicode)
			return false
		}
	}
	r.at, r.width = r.places(header), len(header)
	r.suit(header)
	return len(r.refused.Problems) == 0
}

// row is a record with its place.
type row struct {
	*reading
	records *records
	fields  []string
	sound   bool
}

// refuse adds a problem of a column.
func (w *row) refuse(c column, message, fix string) {
	w.sound = false
	line, place := w.records.position(w.at[c])
	w.refused.add(scenarios.Problem{File: w.File, Line: line, Column: place, Path: Columns[c].Name, Message: message, Fix: fix})
}

// text returns what stands in a column, "" where nothing does or there is no such column. What databases write for nothing
// is nothing.
func (w *row) text(c column) string {
	if w.at[c] < 0 || w.at[c] >= len(w.fields) {
		return ""
	}
	text := strings.TrimSpace(w.fields[w.at[c]])
	switch strings.ToUpper(text) {
	case "NULL", "NA", "N/A", "NAN", "NONE", "-":
		return ""
	}
	return text
}

// moment reads an instant; ok is false where there is none.
func (w *row) moment(c column) (at moment, ok bool) {
	text := w.text(c)
	if text == "" {
		return at, false
	}
	at, message, fix := w.moments.read(text)
	if message != "" {
		w.refuse(c, message, fix)
	}
	return at, message == ""
}

// anHour is how far an instant may come before the one it follows: local clocks go back by so much in autumn.
const anHour = int64(time.Hour / time.Millisecond)

// row reads one message and counts it.
func (r *reading) row(records *records, fields []string) {
	w := &row{reading: r, records: records, fields: fields, sound: true}
	if len(fields) != r.width {
		line, _ := records.position(0)
		r.refused.add(scenarios.Problem{File: r.File, Line: line, Column: 1, Path: "(row)",
			Message: "has " + strconv.Itoa(len(fields)) + " of the header's " + strconv.Itoa(r.width) + " fields",
			Fix:     "remove rows that are no message, and put a text that holds the delimiter in quotation marks"})
		return
	}
	m := w.message()
	if !w.sound {
		return
	}
	r.log.Rows++
	day := m.sent.day()
	switch {
	case m.kind == left:
		r.log.LeftOut++
	case m.kind == nobody || m.pool == nobody: // told at the end
	case r.From != nil && day < *r.From || r.To != nil && day > *r.To:
		r.log.Outside++
	default:
		r.first, r.last = min(r.first, day), max(r.last, day)
		r.count(&m)
	}
}

// message is what a row says.
type message struct {
	sent            moment
	kind, pool      int // of the scenario
	patient         string
	answered, reply bool
	followUps       int
	wait            float64 // hours from sent to first response
	minutes         float64 // of work; 0 where not known
}

// message reads every column, so that every problem of the row is told.
func (w *row) message() message {
	var m message
	var ok bool
	if m.sent, ok = w.moment(sent); !ok && w.sound {
		w.refuse(sent, "is empty", "write when the patient sent it, such as 2025-01-31 14:05")
	}
	touch, touched := w.moment(firstTouch)
	response, answered := w.moment(firstResponse)
	m.answered = answered || w.at[firstResponse] < 0
	w.order(m.sent, touch, touched, firstTouch, "sent")
	w.order(m.sent, response, answered, firstResponse, "sent")
	if touched {
		w.order(touch, response, answered, firstResponse, "first_touch")
	}
	m.wait = float64(response.instant-m.sent.instant) / 3_600_000
	if m.patient = w.text(patient); m.patient == "" && w.at[patient] >= 0 {
		w.refuse(patient, "is empty", "write any key that is the patient's own, or leave the whole column out")
	}
	m.kind, m.pool = w.kindAndPool()
	m.reply = w.replies()
	m.followUps = int(w.number(followUps, 1000, true))
	m.minutes = w.number(handlingMin, 24*60, false)
	if elapsed := response.instant - touch.instant; w.WorkedThrough && touched && answered && elapsed >= 0 {
		m.minutes = float64(elapsed) / 60_000
		if elapsed == 0 {
			m.minutes = sameMinute
		}
	}
	return m
}

// sameMinute stands for the time between two instants of the same minute, where the log has no seconds.
const sameMinute = 0.5

// order refuses an instant that comes before the one it follows.
func (w *row) order(before, after moment, known bool, c column, what string) {
	if known && w.sound && after.instant < before.instant-anHour {
		w.refuse(c, "is earlier than "+what, "write instants in the order sent, first touch, first response")
	}
}

// kindAndPool finds what the scenario calls the type and the pool. Pools matter only where handling times are known.
func (w *row) kindAndPool() (kindOf, poolOf int) {
	if w.at[kind] >= 0 {
		kindOf = w.name(kind, w.types)
	}
	if !w.timed() || kindOf < 0 {
		return kindOf, 0
	}
	if w.at[pool] < 0 {
		return kindOf, w.log.model.Types[kindOf].Pool
	}
	return kindOf, w.name(pool, w.pools)
}

// name finds what the scenario calls what stands in a column.
func (w *row) name(c column, among *names) int {
	name := w.text(c)
	if !utf8.ValidString(name) {
		w.refuse(c, notUnicode+": "+shown(name), asUnicode)
		return nobody
	}
	return among.find(name, w.place(c))
}

// place returns where a column of the row stands, when asked.
func (w *row) place(c column) func() (line, column int) {
	return func() (line, column int) { return w.records.position(w.at[c]) }
}

// timed tells whether the log has handling times.
func (r *reading) timed() bool { return r.at[handlingMin] >= 0 || r.WorkedThrough }

// replies tells whether a row follows up on an answer.
func (w *row) replies() bool {
	switch strings.ToLower(w.text(inReplyTo)) {
	case "", "0", "no", "n", "false":
		return false
	}
	return true
}

// number reads a number above 0, or with whole a whole one from 0; 0 where there is none.
func (w *row) number(c column, most float64, whole bool) float64 {
	text := w.text(c)
	if text == "" {
		return 0
	}
	if w.records.delimiter != ',' { // where the comma is free, it may be the decimal mark
		text = strings.Replace(text, ",", ".", 1)
	}
	x, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsNaN(x):
		w.refuse(c, "is no number: "+shown(text), "write a number, or nothing where it is not known")
	case whole && (x < 0 || x > most || x != math.Trunc(x)):
		w.refuse(c, "is no whole number from 0 to 1000: "+shown(text), "write how many times the patient wrote again in the thread")
	case !whole && !(x > 0 && x <= most):
		w.refuse(c, "is not from above 0 to a day: "+shown(text), "write minutes of work, or nothing where they are not known")
	default:
		return x
	}
	return 0
}

// finish works out what the period holds.
func (r *reading) finish() (*Log, error) {
	l := r.log
	if l.Rows == 0 {
		r.header(1, "(file)", "no row is below the header", "write a row for each message")
		return nil, r.refused.err()
	}
	if l.Rows == l.LeftOut+l.Outside {
		r.header(1, "(file)", "no row is left to count", "write a row for each message, and see --from, --to and --type")
		return nil, r.refused.err()
	}
	l.First, l.Last = r.first, r.last
	if r.From != nil {
		l.First = *r.From
	}
	if r.To != nil {
		l.Last = *r.To
	}
	if l.has[patient] {
		l.Patients = len(r.patients.index)
	}
	for day := l.First; day <= l.Last; day++ {
		if r.holidays[day] {
			continue
		}
		_, month, _ := sim.CivilDate(day)
		monday := moment{clock: int64(day) * 86_400_000}.hourOfWeek()
		for h := range 24 {
			l.hours[monday+h] += l.model.Patients.MonthWeights[month-1]
		}
	}
	return l, nil
}
