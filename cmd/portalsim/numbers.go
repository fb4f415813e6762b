package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"portalsim/sim/experiment"
	"portalsim/sim/stats"
)

// number writes a value with four significant digits, and without an exponent where that can be read.
func number(x float64) string {
	switch {
	case math.IsNaN(x):
		return "unknown"
	case x == math.Trunc(x) && math.Abs(x) < 1e9:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case math.Abs(x) >= 1000 && math.Abs(x) < 1e9:
		return strconv.FormatFloat(x, 'f', 0, 64)
	case math.Abs(x) >= 1e-3 && math.Abs(x) < 1e9:
		digits := 3 - int(math.Floor(math.Log10(math.Abs(x))))
		return strconv.FormatFloat(x, 'f', digits, 64)
	default:
		return strconv.FormatFloat(x, 'g', 4, 64)
	}
}

// plain writes a number, and nothing as 0 without a sign.
func plain(x float64, digits int) string {
	text := fmt.Sprintf("%.*f", digits, x)
	if strings.Trim(text, "-0.") == "" {
		return strings.TrimPrefix(text, "-")
	}
	return text
}

// signed writes a number with its sign, and nothing as 0 without one.
func signed(x float64, digits int) string {
	text := fmt.Sprintf("%+.*f", digits, x)
	if strings.Trim(text, "+-0.") == "" {
		return text[1:]
	}
	return text
}

func percent(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return fmt.Sprintf("%+.1f %%", 100*x)
}

func between(i stats.Interval, digits int) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "unknown"
	}
	return fmt.Sprintf("[%s, %s]", signed(i.Low, digits), signed(i.High, digits))
}

// ofHundred writes an interval of shares, in per cent.
func ofHundred(i stats.Interval) string {
	if math.IsNaN(i.Low) || math.IsNaN(i.High) {
		return "unknown"
	}
	return "[" + plain(100*i.Low, 1) + ", " + plain(100*i.High, 1) + "]"
}

// pairingWords says what pairing is worth, which nothing tells where the arms differ by the same in every replication.
func pairingWords(h *experiment.Headline) string {
	switch {
	case math.IsInf(h.VarianceRatio, 0) && h.Change.Mean == 0:
		return "no difference in any replication"
	case math.IsInf(h.VarianceRatio, 0):
		return "the same difference in every replication"
	case math.IsNaN(h.VarianceRatio):
		return "what pairing is worth is unknown"
	default:
		return "pairing is worth " + number(h.VarianceRatio) + " times the replications"
	}
}
