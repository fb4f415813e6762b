package scenarios

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
)

// Number is a finite number with the evidence for it.
type Number struct {
	Value    float64
	Evidence *Evidence // nil for a plain number
}

// Probability is a number from 0 to 1 with the evidence for it.
type Probability struct {
	Value    float64
	Evidence *Evidence // nil for a plain number
}

func (v *Number) read(r *reader, n *Node, path string, f field) {
	plain := func(n *Node, path string) (float64, bool) {
		x, ok := r.number(n, path, f)
		return x, ok && r.within(n, path, f, x)
	}
	v.Value, v.Evidence = readEvidence(r, n, path, f.limits, plain, func(x float64) float64 { return x })
}

func (v *Probability) read(r *reader, n *Node, path string, f field) {
	plain := func(n *Node, path string) (float64, bool) { return r.probability(n, path, f) }
	v.Value, v.Evidence = readEvidence(r, n, path, shareLimits, plain, func(x float64) float64 { return x })
}

func (*Number) schema(_ *schemaWriter, f field) object {
	plain := object{{"type", "number"}}.join(boundsSchema(f.limits))
	return evidencedSchema(plain, plain, f.limits == shareLimits)
}

func (*Probability) schema(*schemaWriter, field) object {
	plain := object{{"type", "number"}}.join(boundsSchema(shareLimits))
	return evidencedSchema(plain, plain, true)
}

// probability reads a number from 0 to 1.
func (r *reader) probability(n *Node, path string, f field) (float64, bool) {
	f.limits = shareLimits
	x, ok := r.number(n, path, f)
	if ok && (x < 0 || x > 1) {
		r.refuse(n.Place, path, fmt.Sprintf("must be from 0 to 1, got %s", n.Text), "write a share such as 0.25")
		return 0, false
	}
	return x, ok
}

// numberForm is what every YAML reader takes for the same number. A leading zero makes an octal number in some, and an
// exponent of four digits is no input of a clinic.
var numberForm = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$`)

// number reads a finite number; f says what may be offered in place of something else.
func (r *reader) number(n *Node, path string, f field) (float64, bool) {
	if !r.is(n, Scalar, path, f.exampleNumber()) {
		return 0, false
	}
	if n.Quoted || !numberForm.MatchString(n.Text) {
		message, fix := notNumber(n, f)
		r.refuse(n.Place, path, message, fix)
		return 0, false
	}
	x, err := strconv.ParseFloat(n.Text, 64)
	if err != nil {
		r.refuse(n.Place, path, "the number "+n.Text+" is too large", "write a number below 1e300")
		return 0, false
	}
	return x + 0, true // -0 becomes 0
}

// whole tells whether the field takes whole numbers only.
func (f field) whole() bool { return f.typ != nil && f.typ.Kind() == reflect.Int }

// takes tells whether the field takes a number.
func (f field) takes(x float64) bool {
	ok, _ := inRange(f.limits, x)
	return ok && (!f.whole() || x == math.Trunc(x))
}

// offer says what to write: a number to ten digits, if the field takes it, else of what kind.
func (f field) offer(x float64) string {
	x, _ = strconv.ParseFloat(strconv.FormatFloat(x, 'g', 10, 64), 64)
	if f.takes(x) {
		return "write " + formatNumber(x)
	}
	return f.exampleNumber()
}

// exampleNumber says what the field takes.
func (f field) exampleNumber() string {
	kind, example := "number", ""
	if f.whole() {
		kind = "whole number"
	}
	least, _, _, _ := bounds(f.limits)
	for _, x := range []float64{least + 1, least, 0.5} {
		if f.takes(x) && (x != 0 || example == "") {
			example = formatNumber(x)
		}
	}
	fix := "write a " + kind + " such as " + example
	if f.typ == reflect.TypeFor[Number]() || f.typ == reflect.TypeFor[Probability]() {
		fix += ", or {value: " + example + ", source: assumption}"
	}
	return fix
}

var (
	fractionForm  = regexp.MustCompile(`^(\d{1,9})\s*/\s*(\d{1,9})$`)
	percentForm   = regexp.MustCompile(`^(\d{1,9}(?:\.\d{1,9})?)\s*%$`)
	commaForm     = regexp.MustCompile(`^-?\d+,\d+$`)
	thousandsForm = regexp.MustCompile(`^\d{1,3}([,' ]\d{3})+$`)
	pointsForm    = regexp.MustCompile(`^[1-9]\d{0,2}\.\d{3}$`)
	pointForm     = regexp.MustCompile(`^[-+]?\d*\.\d*$`)
	zerosForm     = regexp.MustCompile(`^[-+]?0*\d+(\.\d+)?$`)
	unitForm      = regexp.MustCompile(`^(-?\d+(?:\.\d+)?) +\p{L}[\p{L} ]*$`) // 1500 patients
	basedForm     = regexp.MustCompile(`^[-+]?0[xXoObB][0-9a-fA-F]+$`)
)

// notNumber says what is wrong with a scalar that is no number, and what to write.
func notNumber(n *Node, f field) (message, fix string) {
	text := n.Text
	message, fix = fmt.Sprintf("must be a number, got %q", text), f.exampleNumber()
	bare := strings.ReplaceAll(text, "_", "")
	if numberForm.MatchString(text) { // so it was the quotes
		return "must be a number, got text in quotes", "write " + text + " without quotes"
	}
	parsed := func(text string) float64 {
		x, _ := strconv.ParseFloat(text, 64) // its form is checked
		return x
	}
	switch {
	case bare != text && numberForm.MatchString(bare):
		fix = f.offer(parsed(bare))
	case percentForm.MatchString(text):
		fix = f.offer(parsed(percentForm.FindStringSubmatch(text)[1]) / 100)
	case fractionForm.MatchString(text):
		parts := fractionForm.FindStringSubmatch(text)
		if under := parsed(parts[2]); under > 0 {
			fix = f.offer(parsed(parts[1]) / under)
		}
	case thousandsForm.MatchString(text) && !f.takes(parsed(strings.Replace(text, ",", ".", 1))):
		fix = f.offer(parsed(strings.NewReplacer(",", "", "'", "", " ", "").Replace(text)))
	case commaForm.MatchString(text) && f.whole():
		fix = f.offer(parsed(strings.Replace(text, ",", ".", 1)))
	case commaForm.MatchString(text):
		fix = "write " + strings.Replace(text, ",", ".", 1) + " with a decimal point, or without a separator if it parts thousands"
	case basedForm.MatchString(text):
		if i, err := strconv.ParseInt(text, 0, 64); err == nil {
			fix = f.offer(float64(i))
		}
	case zerosForm.MatchString(text), pointForm.MatchString(text) && strings.Trim(text, "+-.") != "":
		message += ", which YAML readers take differently"
		fix = f.offer(parsed(text))
	case unitForm.MatchString(text):
		fix = f.offer(parsed(unitForm.FindStringSubmatch(text)[1]))
	case strings.Contains(strings.ToLower(text), "inf") || strings.Contains(strings.ToLower(text), "nan"):
		fix = "write a finite number"
	}
	return message, fix
}

// count reads a whole number.
func (r *reader) count(n *Node, path string, f field) int {
	const exact = 1 << 53 // every whole number up to here is a float64
	x, ok := r.number(n, path, f)
	if !ok {
		return 0
	}
	if x != math.Trunc(x) || math.Abs(x) > exact {
		fix := f.offer(math.Round(x))
		if pointsForm.MatchString(n.Text) {
			fix += ", or " + strings.ReplaceAll(n.Text, ".", "") + " if the point parts thousands"
		}
		r.refuse(n.Place, path, "must be a whole number, got "+n.Text, fix)
		return 0
	}
	r.within(n, path, f, x)
	return int(x)
}

// within checks a number against the range of its field: "", ">0", ">=0" or "a..b".
func (r *reader) within(n *Node, path string, f field, x float64) bool {
	ok, demand := inRange(f.limits, x)
	if !ok {
		r.refuse(n.Place, path, "must be "+demand+", got "+n.Text, "write a value that is "+demand)
	}
	return ok
}

// inRange reports whether x is in the range of a tag, and the range in words.
func inRange(limits string, x float64) (ok bool, demand string) {
	least, most, both, above := bounds(limits)
	switch {
	case limits == "":
		return true, ""
	case both:
		return x >= least && x <= most, "from " + formatNumber(least) + " to " + formatNumber(most)
	case above:
		return x > least, "above " + formatNumber(least)
	}
	return x >= least, "at least " + formatNumber(least)
}

// bounds reads the range of a tag: "a..b" has both ends, ">=a" and ">a" one, which the second leaves out; "" has none.
func bounds(limits string) (least, most float64, both, above bool) {
	bound := func(text string) float64 {
		b, err := strconv.ParseFloat(text, 64)
		if err != nil {
			panic("scenarios: range in file.go is not understood: " + limits)
		}
		return b
	}
	if limits == "" {
		return 0, 0, false, false
	}
	if low, high, ok := strings.Cut(limits, ".."); ok {
		return bound(low), bound(high), true, false
	}
	if low, ok := strings.CutPrefix(limits, ">="); ok {
		return bound(low), 0, false, false
	}
	return bound(strings.TrimPrefix(limits, ">")), 0, false, true
}

// formatNumber writes a number as number reads it.
func formatNumber(x float64) string {
	if size := math.Abs(x); x == 0 || size >= 1e-6 && size < 1e15 {
		return strconv.FormatFloat(x+0, 'f', -1, 64)
	}
	return strings.Replace(strconv.FormatFloat(x, 'g', -1, 64), "e+", "e", 1)
}
