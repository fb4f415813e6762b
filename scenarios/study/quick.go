package study

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"

	"portalsim/scenarios"
)

// Quick makes a grid study of a command line: arms as for compare, and --set options of which those with several values,
// PATH=1,2,3 or PATH=range(LOW, HIGH, STEP), are factors.
func (s Source) Quick(expressions, sets []string) (*Study, error) {
	b := &builder{source: s, file: "arm", study: &Study{}}
	f := &b.study.File
	f.Keep, f.Seed = "usual", 1
	for i, e := range expressions {
		b.study.Written = append(b.study.Written, scenarios.Written{Text: named(e), Place: scenarios.Place{File: "arm", Line: i + 1, Column: 1}})
	}
	var shared []scenarios.Setting
	var fixed []string
	for i, text := range sets {
		key, value, ok := b.option(i, text)
		if !ok {
			continue
		}
		column := len([]rune(key)) + 2
		values := b.several(value, optionPlace(i, column), key)
		if values == nil {
			shared = append(shared, b.optionSetting(i, key, value)...)
			fixed = append(fixed, text)
			continue
		}
		factor := FactorFile{Role: "lever"}
		for _, n := range values {
			factor.Values = append(factor.Values, scenarios.Any{Node: n})
		}
		f.Factors.Keys = append(f.Factors.Keys, key)
		f.Factors.Values = append(f.Factors.Values, factor)
		f.Factors.Nodes = append(f.Factors.Nodes, &scenarios.Node{Kind: scenarios.Mapping, Place: optionPlace(i, 1)})
	}
	if len(f.Factors.Keys) == 0 {
		f.Design.Kind = "arms"
	}
	f.Name = quickName(expressions, fixed, f.Factors.Keys)
	if len(b.problems) > 0 {
		return nil, b.err()
	}
	root := &scenarios.Node{Kind: scenarios.Mapping, Place: scenarios.Place{File: "--set", Line: 1, Column: 1}}
	return b.build(root, shared)
}

// quickName names a sweep of the command line by what it is about: with more values it is the same study, grown.
func quickName(expressions, fixed, factors []string) string {
	name := "sweep " + strings.Join(expressions, " ")
	for _, set := range fixed {
		name += " --set " + set
	}
	if len(factors) > 0 {
		name += " over " + strings.Join(factors, ", ")
	}
	return name
}

// named writes an arm expression with its name, as armNames wants it.
func named(expression string) string {
	if before, _, ok := strings.Cut(expression, "="); ok && !strings.Contains(before, "/") {
		return expression
	}
	var short []string
	for _, w := range strings.Split(expression, "+") {
		short = append(short, strings.TrimSuffix(w[strings.LastIndexAny(w, `/\`)+1:], ".yaml"))
	}
	return strings.Join(short, "+") + "=" + expression
}

var rangeForm = regexp.MustCompile(`^range\(([^,]*),([^,]*),([^,]*)\)$`)

// several returns the values of an option that has several, or nil.
func (b *builder) several(text string, at scenarios.Place, path string) []*scenarios.Node {
	texts := splitOutside(text)
	if parts := rangeForm.FindStringSubmatch(strings.TrimSpace(text)); parts != nil {
		list, err := rangeValues(parts[1:])
		if err != nil {
			b.refuse(at, path, err.Error(), "write range(LOW, HIGH, STEP), such as range(1, 5, 2) for 1, 3 and 5")
			return []*scenarios.Node{}
		}
		texts = list
	} else if strings.HasPrefix(strings.TrimSpace(text), "range(") {
		b.refuse(at, path, "has other than three numbers in its brackets", "write range(LOW, HIGH, STEP), such as range(1, 5, 2) for 1, 3 and 5")
		return []*scenarios.Node{}
	} else if len(texts) < 2 {
		return nil
	}
	values := []*scenarios.Node{}
	for _, t := range texts {
		n, problems := scenarios.ParseValue(strings.TrimSpace(t), at, path)
		b.problems = append(b.problems, problems...)
		if n != nil {
			values = append(values, n)
		}
	}
	return values
}

// splitOutside splits a text at its commas outside brackets and quotes.
func splitOutside(text string) []string {
	var parts []string
	depth, quote, from := 0, rune(0), 0
	for i, r := range text {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '"' || r == '\'':
			quote = r
		case r == '[' || r == '{' || r == '(':
			depth++
		case r == ']' || r == '}' || r == ')':
			depth--
		case r == ',' && depth == 0:
			parts = append(parts, text[from:i])
			from = i + 1
		}
	}
	return append(parts, text[from:])
}

var rangeNumber = regexp.MustCompile(`^(-?[0-9]+(?:\.[0-9]+)?)([a-z]*)$`)

// mostRange bounds the values of one range().
const mostRange = 10_000

// rangeValues returns low, low + step, … up to high, in exact decimals; all three have the same unit, or none.
func rangeValues(parts []string) ([]string, error) {
	var numbers [3]*big.Rat
	unit, digits := "", 0
	for i, p := range parts {
		m := rangeNumber.FindStringSubmatch(strings.TrimSpace(p))
		if m == nil {
			return nil, fmt.Errorf("%q is not a number of a range", strings.TrimSpace(p))
		}
		if i > 0 && m[2] != unit {
			return nil, fmt.Errorf("the numbers of a range differ in unit")
		}
		unit = m[2]
		numbers[i], _ = new(big.Rat).SetString(m[1])
		if _, decimals, ok := strings.Cut(m[1], "."); ok {
			digits = max(digits, len(decimals))
		}
	}
	low, high, step := numbers[0], numbers[1], numbers[2]
	if step.Sign() <= 0 || low.Cmp(high) > 0 {
		return nil, fmt.Errorf("a range goes up from its first number to its second by its third")
	}
	size, _ := new(big.Rat).Quo(new(big.Rat).Sub(high, low), step).Float64()
	if math.Floor(size)+1 > mostRange {
		return nil, fmt.Errorf("the range has more than %d values", mostRange)
	}
	var list []string
	for x := new(big.Rat).Set(low); x.Cmp(high) <= 0; x = new(big.Rat).Add(x, step) {
		list = append(list, x.FloatString(digits)+unit)
	}
	return list, nil
}
