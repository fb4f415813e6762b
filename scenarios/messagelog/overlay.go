package messagelog

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"portalsim/scenarios"
	"portalsim/sim"
)

// Overlay writes what was found as an overlay, to be laid over the scenario that the log was read for.
func (f *Fit) Overlay() string {
	var b strings.Builder
	l := f.Log
	fmt.Fprintf(&b, "# What a log of %d messages says of the clinic, %s to %s, laid over %s.\n", l.Rows-l.LeftOut-l.Outside, Date(l.First), Date(l.Last), l.context.Arm.Expression)
	b.WriteString("# low and high are 95 % intervals for clinics like this one: sampling only, not that next year may be another.\n")
	for _, r := range f.Remarks {
		fmt.Fprintf(&b, "# Note: %s.\n", r)
	}
	b.WriteString("#\n# Not estimated:\n")
	for _, m := range f.Missing {
		fmt.Fprintf(&b, "# - %s: %s.\n", m.What, m.Why)
	}
	fmt.Fprintf(&b, "schema: portalsim/overlay/1\nname: own-data\ntitle: As our own log of messages has it, %s to %s\n", Date(l.First), Date(l.Last))
	tree := &branch{}
	for i := range f.Estimates {
		e := &f.Estimates[i]
		tree.put(e.Path, e.node())
	}
	if tree.at("patients", "time_profile") != nil { // it has been measured with the rest
		tree.put([]string{"patients", "time_profile", "out_of_hours_factor"}, "1")
	}
	if len(tree.below) == 0 {
		b.WriteString("set: {}\n")
		return b.String()
	}
	b.WriteString("set:\n")
	tree.print(&b, 1)
	return b.String()
}

// node writes an estimate as evidence.
func (e *Estimate) node() string {
	if math.IsNaN(e.Interval.Low) {
		return e.text(e.Value)
	}
	family := ""
	const almost = 1 - 5e-5                                          // what is written with four digits as 1
	if e.Interval.Low <= 0 || e.Share && e.Interval.High >= almost { // the families that suit need bounds inside their range
		family = ", dist: uniform"
	}
	return fmt.Sprintf("{value: %s, source: local, low: %s, high: %s%s, note: %s}", e.text(e.Value), e.text(e.Interval.Low), e.text(e.Interval.High), family, strconv.Quote(e.Base))
}

// text writes a value of the estimate in its unit.
func (e *Estimate) text(x float64) string { return Number(x) + e.Unit }

// Number writes a number to four digits, without an exponent.
func Number(x float64) string {
	if x == 0 || x == math.Trunc(x) && math.Abs(x) < 1e9 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	digits := max(0, 3-int(math.Floor(math.Log10(math.Abs(x)))))
	text := strconv.FormatFloat(x, 'f', digits, 64)
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}

// branch is a part of the overlay's tree, in the order in which it was written.
type branch struct {
	name, leaf string
	below      []*branch
}

// put puts a leaf at a path.
func (b *branch) put(path []string, leaf string) {
	if len(path) == 0 {
		b.leaf = leaf
		return
	}
	next := b.at(path[0])
	if next == nil {
		next = &branch{name: path[0]}
		b.below = append(b.below, next)
	}
	next.put(path[1:], leaf)
}

// at returns what is below a path, or nil.
func (b *branch) at(path ...string) *branch {
	for _, name := range path {
		i := slices.IndexFunc(b.below, func(x *branch) bool { return x.name == name })
		if i < 0 {
			return nil
		}
		b = b.below[i]
	}
	return b
}

// print writes what is below.
func (b *branch) print(w *strings.Builder, depth int) {
	for _, x := range b.below {
		fmt.Fprintf(w, "%s%s:", strings.Repeat("  ", depth), scenarios.KeyText(x.name))
		switch {
		case x.leaf != "":
			fmt.Fprintf(w, " %s\n", x.leaf)
		case x.name == "handling": // a distribution, of which mean and spread were estimated
			fmt.Fprintf(w, "\n%sdist: lognormal\n", strings.Repeat("  ", depth+1))
			x.print(w, depth+1)
		default:
			w.WriteByte('\n')
			x.print(w, depth+1)
		}
	}
}

func dotted(path []string) string { return strings.Join(path, ".") }

// Dotted returns the path of the estimate as problems and --set write it.
func (e *Estimate) Dotted() string { return dotted(e.Path) }

// Date writes a day as 2025-01-31.
func Date(day int) string {
	y, m, d := sim.CivilDate(day)
	return fmt.Sprintf("%04d-%02d-%02d", y, m, d)
}
