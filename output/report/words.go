package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// number writes a value with three significant digits, and its minus as typography has it.
func number(x float64) string {
	switch {
	case math.IsNaN(x) || math.IsInf(x, 0):
		return "unknown"
	case x == math.Trunc(x) && math.Abs(x) < 1e9, math.Abs(x) >= 100 && math.Abs(x) < 1e9:
		return decimals(x, 0)
	case math.Abs(x) >= 1e-3 && math.Abs(x) < 1e9:
		text := decimals(x, 2-int(math.Floor(math.Log10(math.Abs(x)))))
		if strings.Contains(text, ".") {
			text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
		}
		return text
	default:
		return strings.ReplaceAll(strconv.FormatFloat(x, 'g', 3, 64), "-", "−")
	}
}

// decimals writes a value with so many decimals, never as minus nothing.
func decimals(x float64, n int) string {
	if math.IsNaN(x) {
		return "unknown"
	}
	text := strconv.FormatFloat(math.Abs(x), 'f', n, 64)
	if x < 0 && strings.Trim(text, "0.") != "" {
		text = "−" + text
	}
	return text
}

// signedDecimals writes a value with its sign.
func signedDecimals(x float64, n int) string {
	text := decimals(x, n)
	if x > 0 && strings.Trim(text, "0.") != "" {
		text = "+" + text
	}
	return text
}

// signedNumber is number with its sign.
func signedNumber(x float64) string {
	if x > 0 {
		return "+" + number(x)
	}
	return number(x)
}

// digitsFor returns with how many decimals to write values that are known as well as an interval says.
func digitsFor(low, high float64) int {
	half := (high - low) / 2
	if !(half > 0) || math.IsInf(half, 0) {
		return 2
	}
	return min(max(-int(math.Floor(math.Log10(half/2))), 0), 4) // an interval of 0.18 either way needs two
}

// percent writes a share.
func percent(x float64) string { return number(math.Round(1000*x)/10) + " %" }

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// most is how much of a text by somebody else is shown: enough for every word of the library, and too little to swamp
// the page.
const (
	mostOfName = 80
	mostOfNote = 600
)

// short shortens a name to what a sentence bears.
func short(text string) string { return cut(text, mostOfName) }

func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return string([]rune(text)[:most]) + fmt.Sprintf("… (%d characters in all)", utf8.RuneCountInString(text))
}

// joined writes a list as a sentence has it.
func joined(list []string) string {
	if len(list) < 2 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}

// capital begins a sentence.
func capital(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return text
	}
	return strings.ToUpper(string(r)) + text[size:]
}
