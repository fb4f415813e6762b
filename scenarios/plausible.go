package scenarios

import (
	"math"

	"portalsim/sim"
)

// PlausibleRange is the values that a measure of the control may have, so that a draw of the inputs counts, or is a fit.
type PlausibleRange struct {
	Text      string // the measure as written
	Measure   sim.MeasureRow
	Low, High float64
}

// Plausible returns the ranges that a draw of the inputs must meet to count.
func (a *Arm) Plausible() []PlausibleRange { return rangesOf(&a.File.Plausible) }

// CalibratedTo returns the ranges that usual care must give.
func (a *Arm) CalibratedTo() []PlausibleRange { return rangesOf(&a.File.CalibratedTo) }

func rangesOf(file *Map[PlausibleFile]) []PlausibleRange {
	var list []PlausibleRange
	for i, text := range file.Keys {
		f := &file.Values[i]
		row, err := sim.MeasureNamed(text)
		if err != nil {
			panic("scenarios: an unknown measure was accepted: " + text)
		}
		r := PlausibleRange{Text: text, Measure: row, Low: math.Inf(-1), High: math.Inf(1)}
		if f.Low != nil {
			r.Low = f.Low.Value
		}
		if f.High != nil {
			r.High = f.High.Value
		}
		list = append(list, r)
	}
	return list
}

// plausible checks the ranges of measures.
func (b *builder) plausible() {
	b.ranges("plausible", &b.file.Plausible)
	b.ranges("calibrated_to", &b.file.CalibratedTo)
}

func (b *builder) ranges(key string, file *Map[PlausibleFile]) {
	for i, text := range file.Keys {
		f := &file.Values[i]
		path := key + "." + text
		row, _ := sim.MeasureNamed(text)
		if row.Type != "" && row.Type != sim.All && b.file.Messages.Index(row.Type) < 0 && b.file.OtherWork.Index(row.Type) < 0 {
			b.unknown(path, "message type", row.Type, b.file.Messages.Keys)
		}
		switch {
		case f.Low == nil && f.High == nil:
			b.refuse(path, "has neither low nor high", "write at least one of them, such as {high: 72}")
		case f.Low != nil && f.High != nil && f.Low.Value > f.High.Value:
			b.refuse(path, "low is above high", "write the smaller number as low")
		}
	}
}
