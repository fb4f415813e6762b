package scenarios

import (
	"strings"
)

// suggestionDistance is the largest number of typing slips for which a known word is offered; longer words may have
// one slip in every three letters.
const suggestionDistance = 2

// didYouMean returns "did you mean X?" for the known word nearest to what was written, else the list of known words.
func didYouMean(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return "did you mean " + near + "?"
	}
	if len(known) == 0 {
		return "remove it"
	}
	return "write " + oneOf(known)
}

// nearest returns the known word with the fewest slips, the first of equals, or "" where all are far.
func nearest(word string, known []string) string {
	best, limit := "", max(suggestionDistance, len(word)/3)+1
	for _, k := range known {
		if d := slips(strings.ToLower(word), strings.ToLower(k)); d < limit && d < len(k) {
			best, limit = k, d
		}
	}
	return best
}

// oneOf joins words as "a, b or c".
func oneOf(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// slips returns the optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours.
//
// Source: Damerau, Communications of the ACM 7(3), 1964: these four are most misspellings.
func slips(a, b string) int {
	const longest = 64 // names are no longer; a longer word is no slip of one
	if len(a) > longest || len(b) > longest {
		return longest
	}
	var before, last, row [longest + 1]int // the two rows above, and the present one
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
