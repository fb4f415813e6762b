package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	_ "time/tzdata" // the names of time zones, on machines that have none
	"unicode/utf8"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/scenarios/messagelog"
)

const fitHelp = `
Reads a clinic's own log of portal messages, a CSV file with a row for each message (or thread), and estimates what a
scenario wants to know, with 95 % intervals. With --out, writes an overlay of it, to be laid over the scenario.

    portalsim fit messages.csv --patients 2250 --dates mdy --out mine.yaml
    portalsim compare baseline baseline+mine.yaml

Columns, by the names of the header; others are not read:
{{columns}}
The log is read once and none of it is kept but counts; a patient's key may be any text, is hashed in memory, and is
written nowhere. docs/own-data.md says how each number is estimated, and what no log can tell.
`

// fitting is what fit does.
type fitting struct {
	over, out, dates, zone, delimiter, from, to string
	columns, types, pools                       []string
	patients                                    int
	hourly, workedThrough                       bool
}

func prepareFit(f *pflag.FlagSet) func(context.Context, []string, stdio) error {
	x := &fitting{}
	f.StringVar(&x.out, "out", "", "write the overlay to this `file`")
	f.IntVar(&x.patients, "patients", 0, "`patients` of the clinic, those who never wrote too; without it there are no rates per patient")
	f.StringVar(&x.over, "over", "baseline", "the `arm` that the overlay is to be laid over; its names and shares are those used")
	f.StringArrayVar(&x.columns, "column", nil, "`COLUMN=HEADER`: the file calls a column otherwise; can be repeated")
	f.StringArrayVar(&x.types, "type", nil, "`NAME=TYPE`: a type of the log is one of the scenario, or - to leave out its rows; can be repeated")
	f.StringArrayVar(&x.pools, "pool", nil, "`NAME=POOL`: a pool of the log is one of the scenario; can be repeated")
	f.StringVar(&x.dates, "dates", "", "order of dates such as 3/4/2025: `mdy|dmy`; 2025-03-04 needs none")
	f.StringVar(&x.zone, "time-zone", "", "the clinic's time `zone`, such as America/New_York, for times that carry an offset or Z; others are local")
	f.StringVar(&x.delimiter, "delimiter", "", "`character` between fields, or tab; default: the one that the header has")
	f.StringVar(&x.from, "from", "", "first `day` of the log, such as 2025-01-06; default: of its first message")
	f.StringVar(&x.to, "to", "", "last `day` of the log; default: of its last message")
	f.BoolVar(&x.hourly, "hourly", false, "estimate a weight for each hour of the week, not for the blocks of the scenario")
	f.BoolVar(&x.workedThrough, "worked-through", false, "assert that from first touch to first response whoever answers does nothing else: the time between is handling time")
	return func(ctx context.Context, args []string, io stdio) error {
		if len(args) != 1 {
			return &usage{"fit takes one CSV file", "write, for example, portalsim fit messages.csv --patients 2250 --out mine.yaml"}
		}
		return x.run(ctx, args[0], io)
	}
}

// fitLong returns the help with the columns filled in.
func fitLong() string {
	var b strings.Builder
	for _, c := range messagelog.Columns {
		fmt.Fprintf(&b, "  %-15s %s\n", c.Name, c.Doc)
	}
	return strings.Replace(fitHelp, "{{columns}}\n", b.String()+"\n", 1)
}

func (x *fitting) run(ctx context.Context, file string, io stdio) error {
	options, err := x.options(file)
	if err != nil {
		return err
	}
	if in, err := os.Stat(file); err == nil {
		if out, err := os.Stat(x.out); err == nil && os.SameFile(in, out) {
			return &usage{"--out " + x.out + " is the log itself", "write another file, such as mine.yaml"}
		}
	}
	arms, err := source().Load([]string{x.over}, nil)
	if err != nil {
		return err
	}
	context := messagelog.Context{Arm: arms[0], Blocks: arms[0].ProfileBlocks()}
	if x.hourly {
		context.Blocks = scenarios.HoursOfWeek()
	}
	log, err := x.read(ctx, file, context, options, io)
	if err != nil {
		return err
	}
	fit, err := log.Estimate(x.patients)
	if err != nil {
		return &usage{"--patients: " + err.Error(), "count everybody on the panel, those who never wrote too"}
	}
	overlay := fit.Overlay()
	if err := x.loads(overlay); err != nil {
		return err
	}
	w := bufio.NewWriter(io.out)
	printFit(w, fit, arms[0])
	if x.out == "" {
		fmt.Fprintf(w, "\nNothing was written; --out FILE writes the overlay\n")
		return w.Flush()
	}
	if err := output.ReplaceFile(x.out, text(overlay)); err != nil {
		return err
	}
	fmt.Fprintf(w, "\nOverlay: %s; see what it changes with: portalsim compare %s %s+%s\n", x.out, x.over, x.over, x.asWord())
	return w.Flush()
}

// text returns what writes a text.
func text(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

// asWord returns how the overlay is named on the command line.
func (x *fitting) asWord() string {
	if strings.HasSuffix(x.out, ".yaml") || strings.Contains(x.out, "/") {
		return x.out
	}
	return "./" + x.out
}

// read reads the log, until the context ends.
func (x *fitting) read(ctx context.Context, file string, c messagelog.Context, o messagelog.Options, io stdio) (*messagelog.Log, error) {
	from := io.in
	if file != "-" {
		opened, err := os.Open(file)
		if err != nil {
			return nil, &usage{err.Error(), "name a CSV file, or - for what comes in"}
		}
		defer opened.Close()
		from = opened
	}
	log, err := messagelog.Read(interruptible{ctx, from}, c, o)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return log, err
}

// interruptible is a reader that ends with a context.
type interruptible struct {
	ctx  context.Context
	from io.Reader
}

func (r interruptible) Read(into []byte) (int, error) {
	if r.ctx.Err() != nil {
		return 0, context.Cause(r.ctx)
	}
	return r.from.Read(into)
}

// loads loads the overlay over its arm: what is written must run.
func (x *fitting) loads(overlay string) error {
	const name = "own-data.yaml"
	s := source()
	files := s.ReadFile
	s.ReadFile = func(path string) ([]byte, error) {
		if path == name {
			return []byte(overlay), nil
		}
		return files(path)
	}
	if _, err := s.Load([]string{x.over + "+" + name}, nil); err != nil {
		return fmt.Errorf("the estimates make no clinic of %s: %w", x.over, err)
	}
	return nil
}

// options reads the flags, and refuses all that make no sense at once.
func (x *fitting) options(file string) (o messagelog.Options, err error) {
	var wrong []string
	refuse := func(format string, values ...any) { wrong = append(wrong, fmt.Sprintf(format, values...)) }
	o = messagelog.Options{File: file, Dates: x.dates, WorkedThrough: x.workedThrough}
	if x.patients < 0 {
		refuse("--patients must not be below 0")
	}
	if x.dates != "" && x.dates != "mdy" && x.dates != "dmy" {
		refuse("--dates must be mdy, where the month stands first, or dmy, where the day does")
	}
	if x.zone != "" {
		if o.Zone, err = time.LoadLocation(x.zone); err != nil {
			refuse("--time-zone: there is no %q; write a name such as America/New_York or Europe/Berlin", x.zone)
		}
	}
	o.Columns = renamed(x.columns, true, "--column", refuse)
	o.Types = renamed(x.types, false, "--type", refuse)
	o.Pools = renamed(x.pools, false, "--pool", refuse)
	o.Delimiter = delimiterOf(x.delimiter, refuse)
	o.From, o.To = dayOf(x.from, "--from", refuse), dayOf(x.to, "--to", refuse)
	if o.From != nil && o.To != nil && *o.From > *o.To {
		refuse("--from is after --to")
	}
	if wrong != nil {
		return o, &usage{strings.Join(wrong, "\n           "), ""}
	}
	return o, nil
}

// renamed reads LEFT=RIGHT pairs. ours tells whether our name stands first.
func renamed(pairs []string, ours bool, flag string, refuse func(string, ...any)) []messagelog.Renamed {
	var list []messagelog.Renamed
	for _, pair := range pairs {
		i := strings.LastIndexByte(pair, '=')
		if ours {
			i = strings.IndexByte(pair, '=')
		}
		switch {
		case i < 0:
			refuse("%s %q has no =", flag, pair)
		case ours:
			list = append(list, messagelog.Renamed{Log: pair[i+1:], Name: pair[:i]})
		default:
			list = append(list, messagelog.Renamed{Log: pair[:i], Name: pair[i+1:]})
		}
	}
	return list
}

func delimiterOf(text string, refuse func(string, ...any)) rune {
	switch c, size := utf8.DecodeRuneInString(text); {
	case text == "":
		return 0
	case text == "tab" || text == `\t`:
		return '\t'
	case size < len(text) || strings.ContainsRune("\"\r\n\ufffd", c):
		refuse("--delimiter must be one character, or tab")
		return 0
	default:
		return c
	}
}

func dayOf(text, flag string, refuse func(string, ...any)) *int {
	if text == "" {
		return nil
	}
	t, err := time.Parse("2006-01-02", text)
	if err != nil {
		refuse("%s: %q is no day; write it as 2025-01-06", flag, text)
		return nil
	}
	if y := t.Year(); y < 1990 || y > 2100 { // as of the rows: a slip of the pen would make every rate a small one
		refuse("%s: the year is %d; write a year from 1990 to 2100", flag, y)
		return nil
	}
	day := int(t.Unix() / 86_400)
	return &day
}
