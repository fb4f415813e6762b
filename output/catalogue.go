package output

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"portalsim/sim"
)

// SchemaVersion is the version of the tables' columns and of the manifest. It changes when a column is removed or
// changes its meaning; docs/data.md lists the versions.
const SchemaVersion = "1"

// Definition says what a table holds.
type Definition struct {
	Name     string
	Doc      string // what a row is
	RowOrder string
	Columns  []Column
	row      reflect.Type
}

// Column says what a column of a table holds. The file keeps it as JSON, under the key "columns".
type Column struct {
	Name     string `json:"name"`
	Type     string `json:"type"` // string, float64, int32, int64, boolean, date, or timestamp (local, microseconds)
	Unit     string `json:"unit"` // empty where the column has none, or where column "unit" names the unit of each row
	Nullable bool   `json:"nullable"`
	Doc      string `json:"description"`
}

// Tables returns the definition of every table, in the order of the documents.
func Tables() []Definition {
	const measures = "then measure and dimensions in the order of the model's catalogue"
	return []Definition{
		define[sim.MeasureRow]("replications", "one measure of one replication of one arm",
			"replication, then arm in the order of the command line, "+measures),
		define[sim.SummaryRow]("summary", "one measure of one arm over all replications",
			"arm in the order of the command line, "+measures),
		define[sim.ComparisonRow]("comparisons", "one measure of one arm against the control",
			"arm in the order of the command line; rows paired by contact first, "+measures),
		define[sim.PairRow]("pairs", "what became, in one replication, of the portal threads of the control in an arm",
			"replication, then arm in the order of the command line, type, fate"),
		define[sim.UrgentPairRow]("urgent_pairs", "what became, in one replication, of the truly urgent threads of the control in an arm, by any channel",
			"replication, then arm in the order of the command line, type"),
		define[sim.StaffDayRow]("staff_days", "one staff member on one calendar day of the measured period",
			"replication, then arm in the order of the command line, staff member in the order of the scenario, date"),
		define[sim.HourRow]("hours", "one hour of the week in one replication of one arm, averaged over the weeks of the measured period",
			"replication, then arm in the order of the command line, pool in the order of the scenario with all first, hour"),
		define[sim.WeekRow]("weeks", "one week of the measured period in one replication of one arm",
			"replication, then arm in the order of the command line, week"),
		define[sim.FlowRow]("flows", "one way that threads took between two places in one replication of one arm",
			"replication, then arm in the order of the command line, place left, place reached: channels, pools, patient, on_call, endings"),
		define[sim.WaitRow]("waits", "one point of the distribution of the time to first response in one replication of one arm",
			"replication, then arm in the order of the command line, type with all last, channel with all last, share"),
		define[sim.ThreadRow]("threads", "one counted contact that became a thread",
			"replication, then arm in the order of the command line, instant the thread ended"),
		define[sim.EventRow]("events", "one change in a thread of those in table threads (--event-log)",
			"replication, then arm in the order of the command line, number"),
		define[sim.StaffStateRow]("staff_states", "one stretch in which a staff member did one thing (--event-log all)",
			"replication, then arm in the order of the command line, instant the stretch ended"),
		define[sim.InputRow]("inputs", "one number of an arm's scenario with its evidence",
			"arm in the order of the command line, then place in the file"),
		define[sim.DrawRow]("draws", "one input in one draw of an uncertainty run",
			"draw, then structural variants, then arm in the order of the command line, place in the file"),
		define[sim.DriverRow]("drivers", "one input's part in one headline difference, in an uncertainty run",
			"arm in the order of the command line, measure, strength of the partial rank correlation"),
		define[sim.InformationRow]("value_of_information", "what knowing one input, or all, would be worth, in an uncertainty run with costs",
			"all first, then value, the largest first"),
		define[sim.ChoiceRow]("choices", "one arm at one point of those to choose from, where compare or a study is asked for the best, or for the front",
			"point, then arm in the order of the command line"),
		define[sim.ValidationRow]("validation", "one quantity set against theory by validate, or one check of intervals and random numbers",
			"case, then quantity, in the order of the catalogue; checks last"),
		define[sim.PointRow]("points", "one factor at one design point of a sweep",
			"point, then factor in the order of the study"),
		define[sim.SensitivityRow]("sensitivity", "what one factor, or two together, do to one measure in a sweep",
			"measure in the order of the study, then arm, then factor; pairs of factors last"),
		define[sim.WarmUpRow]("warmup", "one week of one measure of an arm, by warmup",
			"arm, then measure, then week"),
	}
}

func define[T any](name, doc, rowOrder string) Definition {
	row := reflect.TypeFor[T]()
	return Definition{Name: name, Doc: doc, RowOrder: rowOrder, Columns: columnsOf(row), row: row}
}

// definition returns the definition of the named table. It panics if there is none, or if its rows are not of the
// type given: that is a mistake in the program, not in its input.
func definition(name string, row reflect.Type) Definition {
	for _, d := range Tables() {
		if d.Name != name {
			continue
		}
		if d.row != row {
			panic(fmt.Sprintf("output: table %s has rows of type %v, not %v", name, d.row, row))
		}
		return d
	}
	panic(fmt.Sprintf("output: no table is called %q", name))
}

func columnsOf(row reflect.Type) []Column {
	columns := make([]Column, row.NumField())
	for i := range columns {
		field := row.Field(i)
		name, options, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		columns[i] = Column{
			Name:     name,
			Type:     columnType(field.Type, options),
			Unit:     field.Tag.Get("unit"),
			Nullable: slices.Contains(strings.Split(options, ","), "optional"),
			Doc:      field.Tag.Get("doc"),
		}
	}
	return columns
}

// columnType returns the word for a column's type: Go's own, unless the options of the tag `parquet` give the number
// a meaning.
func columnType(t reflect.Type, options string) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	for option := range strings.SplitSeq(options, ",") {
		switch option {
		case "date":
			return "date"
		case "timestamp(microsecond:local)":
			return "timestamp"
		}
	}
	if t.Kind() == reflect.Bool {
		return "boolean"
	}
	return t.Kind().String()
}
