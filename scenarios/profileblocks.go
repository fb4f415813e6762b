package scenarios

import "fmt"

// ProfileBlock is a stretch of hours of some days of the week to which a time profile gives one weight.
type ProfileBlock struct {
	Days, Hours string // as in patients.time_profile.weights
	OfWeek      []int  // hours of the week, 0 on Monday at midnight
}

// usualBlocks part the week where a scenario does not.
var usualBlocks = []struct {
	days  string
	hours []string
}{
	{"mon-fri", []string{"00-06", "06-08", "08-12", "12-17", "17-22", "22-24"}},
	{"sat-sun", []string{"00-07", "07-22", "22-24"}},
}

// ProfileBlocks returns the blocks of the arm's time profile; where it is flat, written or not, nine usual ones.
func (a *Arm) ProfileBlocks() []ProfileBlock {
	var blocks []ProfileBlock
	weights := a.File.Patients.TimeProfile.Weights
	for i, days := range weights.Keys {
		for _, hours := range weights.Values[i].Keys {
			blocks = append(blocks, profileBlock(days, hours))
		}
	}
	if len(blocks) > 1 {
		return blocks
	}
	blocks = nil
	for _, u := range usualBlocks {
		for _, hours := range u.hours {
			blocks = append(blocks, profileBlock(u.days, hours))
		}
	}
	return blocks
}

// HoursOfWeek returns a block for every hour of every day.
func HoursOfWeek() []ProfileBlock {
	var blocks []ProfileBlock
	for _, day := range dayWords {
		for h := range 24 {
			blocks = append(blocks, profileBlock(day, fmt.Sprintf("%02d-%02d", h, h+1)))
		}
	}
	return blocks
}

// profileBlock reads what the format has accepted, or what is written here.
func profileBlock(days, hours string) ProfileBlock {
	b := ProfileBlock{Days: days, Hours: hours}
	first, last, _ := parseDays(days)
	from, to, _ := parseHours(hours)
	for d := first; d <= last; d++ {
		for h := from; h < to; h++ {
			b.OfWeek = append(b.OfWeek, 24*d+h)
		}
	}
	return b
}
