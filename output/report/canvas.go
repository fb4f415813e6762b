package report

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// canvas is a drawing: marks in the order in which they are painted. Lengths are in units that are a pixel on a screen
// as wide as the drawing was made for.
type canvas struct {
	width, height float64
	every         bool   // for any width of screen
	Label         string // what a reader who does not see it is told
	Marks         []mark
}

// mark is one shape or text. Colours come from its class alone, so that light, dark and print can differ.
type mark struct {
	Shape  string // rect, line, circle, path or text
	Class  string
	X, Y   string // of a rect its corner, of a line its start, of a circle its centre
	U, V   string // of a rect its width and height, of a line its end; U of a circle its radius
	D      string // of a path
	Anchor string // of a text
	Text   string // of a text; else what a pointer that rests on the shape is told
}

// ViewBox is what the drawing's own units come to.
func (c *canvas) ViewBox() string { return "0 0 " + coordinate(c.width) + " " + coordinate(c.height) }

// Screen is which screens the drawing is for: wide ones, narrow ones, or every.
func (c *canvas) Screen() string {
	switch {
	case c.every:
		return "every"
	case c.width >= wide:
		return "wide"
	default:
		return "narrow"
	}
}

// The two widths that each figure is drawn for.
const (
	wide   = 720
	narrow = 340
)

// coordinate writes a length to a tenth of a unit.
func coordinate(x float64) string { return strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64) }

func (c *canvas) add(m mark) { c.Marks = append(c.Marks, m) }

func (c *canvas) rect(class string, x, y, width, height float64, tip string) {
	c.add(mark{Shape: "rect", Class: class, X: coordinate(x), Y: coordinate(y), U: coordinate(max(width, 0)), V: coordinate(height), Text: tip})
}

func (c *canvas) line(class string, x1, y1, x2, y2 float64) {
	c.add(mark{Shape: "line", Class: class, X: coordinate(x1), Y: coordinate(y1), U: coordinate(x2), V: coordinate(y2)})
}

func (c *canvas) circle(class string, x, y, r float64, tip string) {
	c.add(mark{Shape: "circle", Class: class, X: coordinate(x), Y: coordinate(y), U: coordinate(r), Text: tip})
}

// text writes a text that begins, is centred or ends at x, as anchor says: start, middle or end.
func (c *canvas) text(class string, x, y float64, anchor, text string) {
	c.add(mark{Shape: "text", Class: class, X: coordinate(x), Y: coordinate(y), Anchor: anchor, Text: text})
}

// path draws a line through points, which may be of NaN: there it is broken.
func (c *canvas) path(class string, xs, ys []float64, tip string) {
	var d strings.Builder
	pen := "M"
	for i := range xs {
		if math.IsNaN(ys[i]) {
			pen = "M"
			continue
		}
		d.WriteString(pen + coordinate(xs[i]) + " " + coordinate(ys[i]))
		pen = "L"
	}
	c.shape(class, d.String(), tip)
}

// shape draws a path given in the language of SVG.
func (c *canvas) shape(class, d, tip string) {
	c.add(mark{Shape: "path", Class: class, D: d, Text: tip})
}

// The room that a letter takes, in units: of labels, and of the smaller figures at axes.
const (
	letter     = 6.6
	tickLetter = 7
)

// fit shortens a text to a width in letters of the given size; what is cut is in the table.
func fit(text string, width, letter float64) string {
	most := max(int(width/letter), 1)
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return strings.TrimSpace(string([]rune(text)[:most-1])) + "…"
}
