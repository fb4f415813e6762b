package main

import (
	"bufio"
	"fmt"
	"math"
	"strings"
	"text/tabwriter"

	"portalsim/sim"
	"portalsim/sim/experiment"
)

// print prints the suggestion for all arms, and what it rests on.
func (w *warming) print() {
	out := bufio.NewWriter(w.io.out)
	defer out.Flush()
	weeks, never := w.suggestion()
	fmt.Fprintf(out, "Warm-up of %s, %s of %d weeks from %s, seed %d; campaigns off\n\n", count(len(w.study.Standing), "arm"), count(w.replications, "replication"),
		w.weeks, sim.Date(w.arms[0].cold.StartDay), w.seed)
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "arm\tmeasure\tleave out\tlevel\tbias before\tbias after, 95 %% interval\tfirst weeks, clear of season\n")
	for _, a := range w.arms {
		for _, x := range a.transients {
			left := fmt.Sprintf("%d w", x.Leave)
			switch {
			case a.growing != nil:
				left = "never settles"
			case !x.Settled:
				left = fmt.Sprintf("not within %d w", w.weeks)
			}
			fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s [%s, %s]\t%s\n", a.name, experiment.WarmUpMeasures[x.Measure].Name, left, number(x.Level), orDash(x.Before),
				signed(x.After, 2), signed(x.AfterBetween.Low, 2), signed(x.AfterBetween.High, 2), sparks(x.Clear[:min(len(x.Clear), 16)]))
		}
	}
	t.Flush()
	for _, a := range w.arms {
		if a.like != nil {
			fmt.Fprintf(out, "%s: as %s, without its campaign\n", strings.Join(a.like, ", "), a.name)
		}
	}
	if len(never) < len(w.arms) {
		fmt.Fprintf(out, "\nSuggestion for all arms that settle: run.warm_up of at least %dw\n", max(weeks, 1))
		w.compareWithGiven(out, weeks)
	}
	fmt.Fprintf(out, "MSER on weekly means of the run from empty less the run from a year before. Threads open at the end of the warm-up stay in the run.\n")
	if w.out != "" {
		fmt.Fprintf(out, "Table and plot: %s\n", w.out)
	}
}

// compareWithGiven says whether the arms' own warm-up is long enough.
func (w *warming) compareWithGiven(out *bufio.Writer, weeks int) {
	given := int(w.study.Standing[0].Model.WarmUp / sim.Week)
	switch {
	case given < weeks:
		fmt.Fprintf(out, "The scenario's warm-up of %dw is shorter: write run.warm_up: %dw\n", given, weeks)
	default:
		fmt.Fprintf(out, "The scenario's warm-up of %dw is long enough\n", given)
	}
}

func orDash(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return signed(x, 2)
}

// sparks draws values as a line of blocks, from the smallest to the largest.
func sparks(values []float64) string {
	blocks := []rune("▁▂▃▄▅▆▇█")
	low, high := math.Inf(1), math.Inf(-1)
	for _, x := range values {
		low, high = math.Min(low, x), math.Max(high, x)
	}
	var text strings.Builder
	for _, x := range values {
		switch {
		case math.IsNaN(x) || math.IsNaN(low):
			text.WriteRune(' ')
		case low == high:
			text.WriteRune(blocks[0])
		default:
			text.WriteRune(blocks[int((x-low)/(high-low)*float64(len(blocks)-1)+0.5)])
		}
	}
	return text.String()
}

// rows returns table warmup.
func (w *warming) rows() []sim.WarmUpRow {
	var rows []sim.WarmUpRow
	for _, a := range w.arms {
		for _, x := range a.transients {
			m := experiment.WarmUpMeasures[x.Measure]
			for i := range x.Cold {
				rows = append(rows, sim.WarmUpRow{
					Arm: a.name, Measure: m.Name, Unit: m.Unit, Week: int32(i), Cold: finite(x.Cold[i]), Warm: finite(x.Warm[i]),
					Clear: finite(x.Clear[i]), Smooth: finite(x.Smooth[i]), LeftOut: i < x.Leave, Settles: x.Settled && a.growing == nil,
				})
			}
		}
	}
	return rows
}

// The plot's measures, in pixels.
const (
	plotWidth, plotHeight = 720, 150
	plotLeft, plotTop     = 70, 34
)

// plot draws the Welch plot: for each measure a panel, and in it a line for each arm, smoothed and clear of season.
func (w *warming) plot() string {
	colours := []string{"#1b6ca8", "#c8553d", "#3c8d53", "#8a5fb0", "#b08a1e", "#4d4d4d"}
	weeks, _ := w.suggestion()
	var svg strings.Builder
	panels := len(experiment.WarmUpMeasures)
	height := panels*(plotHeight+plotTop) + 60
	fmt.Fprintf(&svg, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">`+"\n", plotWidth+plotLeft+20, height)
	fmt.Fprintf(&svg, "<title>Welch plot of the warm-up: moving averages of weekly means, clear of season</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>\n")
	for m := range panels {
		w.panel(&svg, m, m*(plotHeight+plotTop)+plotTop, weeks, colours)
	}
	for i, a := range w.arms {
		fmt.Fprintf(&svg, `<text x="%d" y="%d" fill="%s">%s</text>`+"\n", plotLeft+i*150, height-12, colours[i%len(colours)], xmlText(a.name))
	}
	svg.WriteString("</svg>\n")
	return svg.String()
}

// smooth returns the line of a measure in the plot; none where the arm does not have the measure.
func (a *warmArm) smooth(measure int) []float64 {
	for _, t := range a.transients {
		if t.Measure == measure {
			return t.Smooth
		}
	}
	return nil
}

// panel draws one measure.
func (w *warming) panel(svg *strings.Builder, measure, top, weeks int, colours []string) {
	low, high := math.Inf(1), math.Inf(-1)
	for _, a := range w.arms {
		for _, x := range a.smooth(measure) {
			if !math.IsNaN(x) {
				low, high = math.Min(low, x), math.Max(high, x)
			}
		}
	}
	if math.IsInf(low, 1) {
		low, high = 0, 0 // no arm has the measure
	}
	if low >= high {
		low, high = low-1, low+1
	}
	x := func(week int) float64 { return plotLeft + float64(week)/float64(w.weeks-1)*plotWidth }
	y := func(value float64) float64 { return float64(top) + (high-value)/(high-low)*plotHeight }
	name := experiment.WarmUpMeasures[measure]
	fmt.Fprintf(svg, `<text x="%d" y="%d">%s (%s)</text><rect x="%d" y="%d" width="%d" height="%d" fill="none" stroke="#999"/>`+"\n", plotLeft, top-8, xmlText(name.Name), name.Unit, plotLeft, top, plotWidth, plotHeight)
	fmt.Fprintf(svg, `<text x="%d" y="%d" text-anchor="end">%s</text><text x="%d" y="%d" text-anchor="end">%s</text>`+"\n", plotLeft-6, top+10, number(high), plotLeft-6, top+plotHeight, number(low))
	fmt.Fprintf(svg, `<line x1="%.1f" x2="%.1f" y1="%d" y2="%d" stroke="#999" stroke-dasharray="4 3"/>`+"\n", x(weeks), x(weeks), top, top+plotHeight)
	for i, a := range w.arms {
		var points []string
		for week, value := range a.smooth(measure) {
			if !math.IsNaN(value) {
				points = append(points, fmt.Sprintf("%.1f,%.1f", x(week), y(value)))
			}
		}
		fmt.Fprintf(svg, `<polyline fill="none" stroke="%s" stroke-width="1.5" points="%s"/>`+"\n", colours[i%len(colours)], strings.Join(points, " "))
	}
	if measure == len(experiment.WarmUpMeasures)-1 {
		fmt.Fprintf(svg, `<text x="%d" y="%d">week 0</text><text x="%d" y="%d" text-anchor="end">week %d; dashed: weeks to leave out</text>`+"\n", plotLeft, top+plotHeight+16, plotLeft+plotWidth, top+plotHeight+16, w.weeks-1)
	}
}

// xmlText writes a text so that XML takes it for one.
func xmlText(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(text)
}
