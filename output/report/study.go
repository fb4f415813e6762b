package report

import (
	"path/filepath"
	"slices"

	"portalsim/output"
	"portalsim/sim"
)

// Arm is what the report must know of an arm that the tables do not say.
type Arm struct {
	Name, Title string
	Label       string // what the page calls it; the name where it is empty
	Scenario    *sim.Scenario
	Reference   bool // run for what it tells of the others, such as the ceiling; not part of the question
}

// Study is a run as the report sees it: its manifest, its arms and what its tables come to.
type Study struct {
	manifest output.Manifest
	arms     []Arm
	currency string

	summary     []sim.SummaryRow
	comparisons []sim.ComparisonRow
	inputs      []sim.InputRow
	drivers     []sim.DriverRow
	worth       []sim.InformationRow
	choices     []sim.ChoiceRow
	hours       *means[hourKey]
	weeks       []weekOfArm
	flows       *means[flowKey]
	waits       *means[waitKey]
	days        *means[dayKey]
	evenings    *evenings
}

// Keys of what is averaged over the replications.
type (
	hourKey struct {
		arm, pool, what string
		hour            int32
	}
	flowKey struct{ arm, fromKind, from, toKind, to string }
	waitKey struct {
		arm, kind, channel string
		share              float64
	}
	dayKey struct{ arm, staff, role, activity string }
)

// weekOfArm is one week of an arm in every replication.
type weekOfArm struct {
	arm      string
	week     int32
	strength *float64
	portal   []float64
	response []float64
	evening  []float64
}

// Read gathers what the report shows from an output directory, whose tables must be as its manifest says. The arms are
// those of the manifest, in its order; the first is the control. currency is that of the costs.
func Read(directory string, manifest output.Manifest, arms []Arm, currency string) (*Study, error) {
	s := newStudy(manifest, arms, currency)
	r := &reader{directory: directory, manifest: manifest}
	each(r, "summary", func(row *sim.SummaryRow) { s.summary = append(s.summary, *row) })
	each(r, "comparisons", func(row *sim.ComparisonRow) { s.comparisons = append(s.comparisons, *row) })
	each(r, "inputs", func(row *sim.InputRow) { s.inputs = append(s.inputs, *row) })
	each(r, "drivers", func(row *sim.DriverRow) { s.drivers = append(s.drivers, *row) })
	each(r, "value_of_information", func(row *sim.InformationRow) { s.worth = append(s.worth, *row) })
	each(r, "choices", func(row *sim.ChoiceRow) { s.choices = append(s.choices, *row) })
	each(r, "hours", s.addHour)
	each(r, "weeks", s.addWeek)
	each(r, "flows", func(row *sim.FlowRow) {
		s.flows.add(flowKey{row.Arm, row.FromKind, row.From, row.ToKind, row.To}, row.PerWeek)
	})
	each(r, "waits", func(row *sim.WaitRow) {
		if row.Wait != nil {
			s.waits.add(waitKey{row.Arm, row.Type, row.Channel, row.Share}, *row.Wait)
		}
	})
	each(r, "staff_days", s.addDay)
	return s, r.err
}

func newStudy(manifest output.Manifest, arms []Arm, currency string) *Study {
	return &Study{
		manifest: manifest, arms: arms, currency: currency, hours: newMeans[hourKey](), flows: newMeans[flowKey](),
		waits: newMeans[waitKey](), days: newMeans[dayKey](), evenings: newEvenings(),
	}
}

// reader reads the tables that a run has written, up to the first error.
type reader struct {
	directory string
	manifest  output.Manifest
	err       error
}

// each hands over the rows of a table of the base point, if the run has written it.
func each[T any](r *reader, name string, do func(*T)) {
	file := name + ".parquet"
	written := slices.ContainsFunc(r.manifest.Tables, func(t output.TableEntry) bool { return t.File == file })
	if r.err == nil && written {
		r.err = output.Each(filepath.Join(r.directory, file), do)
	}
}

func (s *Study) addHour(row *sim.HourRow) {
	for _, x := range []struct {
		what  string
		value float64
	}{{"sent", row.Sent}, {"portal", row.Portal}, {"entries", row.Entries}, {"backlog", row.Backlog}} {
		s.hours.add(hourKey{row.Arm, row.Pool, x.what, row.Hour}, x.value)
	}
}

func (s *Study) addWeek(row *sim.WeekRow) {
	i := slices.IndexFunc(s.weeks, func(w weekOfArm) bool { return w.arm == row.Arm && w.week == row.Week })
	if i < 0 {
		i = len(s.weeks)
		s.weeks = append(s.weeks, weekOfArm{arm: row.Arm, week: row.Week})
	}
	w := &s.weeks[i]
	if row.Strength != nil {
		mean := *row.Strength
		if w.strength != nil { // of the replications before
			n := float64(len(w.portal))
			mean = (*w.strength*n + mean) / (n + 1)
		}
		w.strength = &mean
	}
	w.portal = append(w.portal, float64(row.Portal))
	w.response = append(w.response, orNaN(row.Response))
	w.evening = append(w.evening, orNaN(row.AfterHours))
}

// called is what the page calls an arm.
func (a *Arm) called() string {
	if a.Label == "" {
		return short(a.Name)
	}
	return short(a.Label)
}

// called is what the page calls the arm of a name.
func (s *Study) called(arm string) string {
	for i := range s.arms {
		if s.arms[i].Name == arm {
			return s.arms[i].called()
		}
	}
	return short(arm)
}

// control returns the arm that the others are compared with.
func (s *Study) control() *Arm { return &s.arms[0] }

// asked returns the arms that the question is about: the control, and those that are not there for reference.
func (s *Study) asked() []Arm {
	return slices.DeleteFunc(slices.Clone(s.arms), func(a Arm) bool { return a.Reference })
}

// reference returns the arm run for reference, the ceiling, or nil.
func (s *Study) reference() *Arm {
	for i := range s.arms {
		if s.arms[i].Reference {
			return &s.arms[i]
		}
	}
	return nil
}

// measured returns a measure of an arm that is not broken down but for the staff member, or nil.
func (s *Study) measured(arm, measure, channel, role, staff string) *sim.SummaryRow {
	for i := range s.summary {
		r := &s.summary[i]
		if r.Arm == arm && r.Measure == measure && r.Channel == channel && r.Role == role && r.Staff == staff && r.Type == sim.All && r.Pool == sim.All {
			return r
		}
	}
	return nil
}

// mean returns the mean of a measure of an arm that is not broken down, or NaN.
func (s *Study) mean(arm, measure string) float64 {
	if r := s.measured(arm, measure, sim.All, sim.All, sim.All); r != nil {
		return orNaN(r.Mean)
	}
	return orNaN(nil)
}

// compared returns a difference of an arm from the control, or nil.
func (s *Study) compared(arm, measure, pairedBy string) *sim.ComparisonRow {
	for i := range s.comparisons {
		r := &s.comparisons[i]
		if r.Arm == arm && r.Measure == measure && r.PairedBy == pairedBy && r.Type == sim.All && r.Pool == sim.All &&
			r.Role == sim.All && r.Staff == sim.All && (r.Channel == sim.All || r.Channel == s.control().Scenario.Channels[0].Name) {
			return r
		}
	}
	return nil
}
