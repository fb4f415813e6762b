package sim

import "testing"

// A backlog that grows by a given number a day, of a pool that so many items enter a day.
func TestGrowing(t *testing.T) {
	risingBy := func(days, start int, perDay float64) (closes []int32) {
		for day := range days {
			closes = append(closes, int32(start)+int32(perDay*float64(day)))
		}
		return closes
	}
	for _, c := range []struct {
		name   string
		closes []int32
		perDay int // items that enter
		want   bool
	}{
		{"a twentieth more than can be done, for a year", risingBy(364, 40, 10), 200, true},
		{"a fifth more than can be done, for four weeks", risingBy(28, 40, 40), 200, true},
		{"a hundredth more, for four weeks: nobody can tell yet", risingBy(28, 40, 2), 200, false},
		{"it stays as it is", risingBy(364, 500, 0), 200, false},
		{"less than twice as many", risingBy(364, 5000, 10), 200, false},
		{"few items in all", risingBy(364, 0, 0.2), 10, false},
		{"too few days to tell", risingBy(3, 0, 1000), 1000, false},
		{"an inbox fills while its owner is away", append(append(append(risingBy(7, 45, 0), risingBy(7, 78, 0)...), risingBy(7, 176, 0)...), risingBy(7, 182, 0)...), 130, false},
		{"up and down", append(append(append(risingBy(91, 100, 0), risingBy(91, 4000, 0)...), risingBy(91, 300, 0)...), risingBy(91, 5000, 0)...), 100, false},
	} {
		if got := growing(c.closes, c.perDay*len(c.closes)); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
