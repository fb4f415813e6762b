package report

import (
	_ "embed" // of the page and its style
	"fmt"
	"html/template"
	"io"
	"math"

	"portalsim/sim"
)

//go:embed page.html
var pageText string

//go:embed style.css
var styleText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// page is all that the template shows.
type page struct {
	Style    template.CSS
	Title    string
	Answer   Answer
	Sections []section
	Methods  []string
	Arms     []armText
	Evidence []evidenceTable
	Notes    []string
	Varied   Table  // what a study varies
	Study    string // its file
	Run      []fact
	Command  string
	Tables   Table
}

type section struct {
	ID, Title string
	Figures   []*Figure
}

// armText is what an arm is, and what it changes.
type armText struct {
	Name, Title string
	InTables    string // its name in the tables, where that is another
	Layers      []string
	Reference   bool
	Control     bool
	Changed     Table
}

type evidenceTable struct {
	Source, Meaning string
	Table           Table
}

type fact struct{ Name, Value string }

// Write writes the page.
func (s *Study) Write(w io.Writer) error {
	p := s.frame(s.title(), s.answer(), s.methods())
	for _, x := range sections {
		var figures []*Figure
		for _, figure := range x.figures {
			figures = append(figures, figure(s))
		}
		p.add(x.ID, x.Title, figures)
	}
	return pageTemplate.Execute(w, p)
}

// add adds a section with those of its figures that have something to show, if any has.
func (p *page) add(id, title string, figures []*Figure) {
	x := section{ID: id, Title: title}
	for _, f := range figures {
		if f != nil {
			x.Figures = append(x.Figures, f)
		}
	}
	if x.Figures != nil {
		p.Sections = append(p.Sections, x)
	}
}

// frame is a page but for its sections.
func (s *Study) frame(title string, answer Answer, methods []string) *page {
	p := &page{
		Style: template.CSS(styleText), Title: title, Answer: answer, Methods: methods, Command: s.manifest.Command, Notes: s.manifest.Notes,
		Run: s.run(), Tables: s.tables(),
	}
	for i, a := range s.arms {
		text := armText{Name: a.called(), Title: cut(a.Title, mostOfNote), Reference: a.Reference, Control: i == 0}
		if a.called() != short(a.Name) {
			text.InTables = short(a.Name)
		}
		if i < len(s.manifest.Arms) {
			text.Layers = s.manifest.Arms[i].Layers
		}
		if changed := s.changed(a.Name); i > 0 && changed != nil {
			text.Changed = changedTable(changed)
		}
		p.Arms = append(p.Arms, text)
	}
	for _, e := range s.evidence() {
		p.Evidence = append(p.Evidence, evidenceTable{e.Source, e.Meaning, inputTable(e.Inputs)})
	}
	return p
}

func (s *Study) title() string {
	var names []string
	for _, a := range s.asked() {
		names = append(names, a.called())
	}
	if len(names) == 1 {
		return names[0]
	}
	return joined(names[1:]) + " against " + names[0]
}

// methods says in a few sentences what was done.
func (s *Study) methods() []string {
	c := s.control().Scenario
	weeks := int(c.Measure / sim.Week)
	panel := "a new panel of patients in each replication, so that the answer is about clinics like this one"
	if c.Patients.PanelSeed != nil {
		panel = "one panel of patients for all replications, so that the answer is about this clinic"
	}
	list := []string{
		fmt.Sprintf("A simulation of %s, one message, call, visit and minute at a time: %s of %s each, after a warm-up of %s that does not count; %s.",
			count(c.Patients.Count, "patient"), count(s.manifest.Replications, "replication"), count(weeks, "week"), count(int(c.WarmUp/sim.Week), "week"), panel),
	}
	if len(s.arms) > 1 {
		list = append(list, "Every arm meets the same patients, needs and minutes (common random numbers), so that a difference comes from what the arm changes. "+
			"The wait is compared contact by contact, over the contacts that are portal threads in both arms; after-hours minutes replication by replication.")
	}
	if s.manifest.Draws > 0 {
		list = append(list, fmt.Sprintf("The inputs were drawn %d times from their ranges, the same draw in every arm. The uncertainty interval holds 95 %% of the draws, with simulation error taken out.", s.manifest.Draws))
	}
	list = append(list, "Intervals are Student's t over replications; the simultaneous ones hold together, by Bonferroni, over all arms and both headline measures. "+
		"After hours is by the clock: outside "+clock(c.Working)+" on workdays, and all of weekends and holidays.")
	if r := s.reference(); r != nil {
		list = append(list, "The arm "+r.called()+" is run beside the others: with no message from any patient it shows the most that could be saved, and is no proposal.")
	}
	return list
}

func clock(x sim.Span) string {
	at := func(h float64) string {
		return fmt.Sprintf("%02d:%02d", int(h), int(math.Round(60*(h-math.Floor(h)))))
	}
	return at(x.From.Hours()) + " to " + at(x.To.Hours())
}

// run says which program made the tables, and when.
func (s *Study) run() []fact {
	m := &s.manifest
	return []fact{
		{"Program", m.Program + " " + m.Version + ", build " + m.Build + ", " + m.Go + ", " + m.Processor},
		{"Tables", "schema version " + m.SchemaVersion},
		{"Random numbers", fmt.Sprintf("%s, seed %d", m.RandomNumbers, m.Seed)},
		{"Run", fmt.Sprintf("begun %s, %s s with %s on %s", m.Run.Started, number(m.Run.Seconds), count(m.Run.Workers, "worker"), m.Run.Machine.System)},
	}
}

func (s *Study) tables() Table {
	t := Table{Head: []string{"table", "rows", "SHA-256"}}
	for _, x := range s.manifest.Tables {
		t.add(x.File, number(float64(x.Rows)), x.SHA256)
	}
	return t
}

// ChangedNumbers is the table of what an arm changes.
func (a armText) ChangedNumbers() named { return named{"What " + a.Name + " changes", a.Changed} }

// Numbers is the table of the inputs of one sort of evidence.
func (e evidenceTable) Numbers() named { return named{"Inputs: " + e.Source, e.Table} }

// VariedNumbers is the list of what a study varies.
func (p *page) VariedNumbers() named { return named{"Factors", p.Varied} }

// TablesNumbers is the list of the run's tables.
func (p *page) TablesNumbers() named { return named{"Tables of the run", p.Tables} }
