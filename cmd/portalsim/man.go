package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

const manHelp = `
Prints the manual as one page of roff, made from the same table as the help.

    portalsim man | man -l -
    portalsim man > /usr/local/share/man/man1/portalsim.1
`

// released is the date of the version, as in CITATION.cff.
const released = "2026-11-22"

func prepareMan(*pflag.FlagSet) func(context.Context, []string, stdio) error {
	return func(_ context.Context, args []string, io stdio) error {
		if len(args) > 0 {
			return &usage{"man takes no arguments", "write portalsim man | man -l -"}
		}
		_, err := fmt.Fprint(io.out, manPage())
		return err
	}
}

// page writes roff for the macros of man.
type page struct{ strings.Builder }

func manPage() string {
	var p page
	fmt.Fprintf(&p, ".TH PORTALSIM 1 %q %q %q\n", released, "portalsim "+programVersion().Version, "User Commands")
	p.section("NAME")
	p.text("portalsim - simulate patient-portal messages and the clinicians who answer them")
	p.section("SYNOPSIS")
	for i, c := range commands() {
		if i > 0 {
			fmt.Fprintln(&p, ".br")
		}
		p.bold("portalsim " + c.name)
		p.text(c.args)
	}
	p.section("DESCRIPTION")
	p.paragraphs(programHelp)
	p.section("COMMANDS")
	for _, c := range commands() {
		p.command(&c)
	}
	p.section("ARMS")
	p.paragraphs(armsHelp)
	p.section("EXIT STATUS")
	for _, s := range exitStatuses {
		p.item(fmt.Sprint(s.status), s.meaning)
	}
	p.section("SEE ALSO")
	p.paragraphs(topicsHelp())
	return p.String()
}

func (p *page) command(c *command) {
	fmt.Fprintf(p, ".SS %s\n", roff(strings.TrimSpace(c.name+" "+c.args)))
	p.text(strings.ToUpper(c.short[:1]) + c.short[1:] + ".")
	if c.long != "" {
		fmt.Fprintln(p, ".PP")
	}
	p.paragraphs(c.long)
	flags := pflag.NewFlagSet(c.name, pflag.ContinueOnError)
	flags.SortFlags = false
	c.prepare(flags)
	flags.VisitAll(func(f *pflag.Flag) {
		value, doc := pflag.UnquoteUsage(f)
		tag := "--" + f.Name
		if f.NoOptDefVal == "" {
			tag += " " + value
			if unset := []string{"", "0", "-1", "[]"}; !slices.Contains(unset, f.DefValue) && f.Name != "jobs" { // whose default is the machine's
				doc += "; default " + f.DefValue
			}
		}
		p.item(tag, doc)
	})
}

func (p *page) section(title string) { fmt.Fprintf(p, ".SH %s\n", title) }

// text writes one paragraph.
func (p *page) text(text string) {
	if text != "" {
		fmt.Fprintln(p, roff(text))
	}
}

func (p *page) bold(text string) { fmt.Fprintf(p, ".B %s\n", roff(text)) }

// item writes a tag with what belongs to it.
func (p *page) item(tag, text string) {
	fmt.Fprintln(p, ".TP")
	p.bold(tag)
	p.text(text)
}

// paragraphs writes a help text: blank lines part paragraphs, and lines that are indented are examples.
func (p *page) paragraphs(text string) {
	example, parted := false, false
	for _, line := range strings.Split(strings.TrimSpace(strings.Trim(text, "\n")+"\n"), "\n") {
		indented := strings.HasPrefix(line, "    ") || example && strings.HasPrefix(line, " ")
		switch {
		case line == "":
			parted = true
			continue
		case indented && !example:
			fmt.Fprintln(p, ".PP\n.RS 4\n.nf")
		case !indented && example:
			fmt.Fprintln(p, ".fi\n.RE\n.PP")
		case parted && !example:
			fmt.Fprintln(p, ".PP")
		}
		example, parted = indented, false
		p.text(strings.TrimPrefix(line, "    "))
	}
	if example {
		fmt.Fprintln(p, ".fi\n.RE")
	}
}

// roff keeps a text from being read as requests, and writes what is not ASCII by its number.
func roff(text string) string {
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '\\':
			b.WriteString(`\e`)
		case r == '-':
			b.WriteString(`\-`)
		case r == '\'':
			b.WriteString(`\(aq`)
		case r == '`':
			b.WriteString(`\(ga`)
		case r == '~':
			b.WriteString(`\(ti`)
		case r == '^':
			b.WriteString(`\(ha`)
		case r > '~':
			fmt.Fprintf(&b, `\[u%04X]`, r)
		default:
			b.WriteRune(r)
		}
	}
	if strings.HasPrefix(text, ".") {
		return `\&` + b.String()
	}
	return b.String()
}
