// Package messagelog reads the log of a clinic's portal messages, a CSV file, and estimates from it what a scenario wants
// to know: rates, the profile over the week, how much patients differ, follow-ups, handling times. What comes out is an
// overlay whose numbers are evidence of the source "local".
//
// The log is read once, row by row. What is kept is counts, by patient where the log tells patients apart: no row, no
// text of a message, and of a patient's key only a hash, with a seed that dies with the process.
package messagelog

import (
	"hash/maphash"
	"time"

	"portalsim/scenarios"
	"portalsim/sim"
)

// Context is the clinic that the log is read for: what its names are, and how its week is parted.
type Context struct {
	Arm    *scenarios.Arm
	Blocks []scenarios.ProfileBlock // parts the week; every hour is in one of them
}

// Options say how to read a log.
type Options struct {
	File      string         // its name, for problems
	Columns   []Renamed      // columns that the log calls otherwise
	Types     []Renamed      // names of types and pools in the log, and what the scenario calls them; Leave for rows to leave out
	Pools     []Renamed      //
	Delimiter rune           // 0: the one that the header has
	Dates     string         // "mdy" or "dmy": the order of dates with slashes; "" where there are none
	Zone      *time.Location // the clinic's, for instants that carry an offset; nil where none do
	From, To  *int           // first and last day of the log, since 1970-01-01; nil: of the first and last message

	// WorkedThrough asserts that from the first touch to the first response whoever answers works on the message, and on
	// nothing else. A log cannot tell.
	WorkedThrough bool
}

// Renamed says that the log writes Log for what is called Name here.
type Renamed struct{ Log, Name string }

// Leave is the name of a type whose rows are left out.
const Leave = "-"

// Log is what is kept of a log.
type Log struct {
	Rows, LeftOut, Outside, OnHolidays int      // read; of them of types to leave out, outside From and To, and on holidays
	Unread                             []string // columns of the file that mean nothing here
	First, Last                        int      // days since 1970-01-01, of the period
	Patients                           int      // who wrote; 0 where the log does not tell
	Answered                           int      // messages with a first response
	WaitHours                          float64  // sum over them of the time from sent to first response

	has      [columns]bool
	counts   layout
	all      []float64 // sums over the log, laid out by counts
	by       []float64 // the same by patient, one after the other
	pairs    pairs
	handling []logTimes      // by pool
	hours    [7 * 24]float64 // of the week that the period holds, holidays left out, times the month's weight
	context  Context
	model    *sim.Scenario
}

// layout says where the counts of a patient are: messages by type, by block, follow-ups and answers by type, then touches and
// minutes by pool.
type layout struct{ types, blocks, pools int }

func (l layout) size() int           { return 3*l.types + l.blocks + 2*l.pools }
func (l layout) messages(k int) int  { return k }
func (l layout) followUps(k int) int { return l.types + k }
func (l layout) answers(k int) int   { return 2*l.types + k }
func (l layout) block(b int) int     { return 3*l.types + b }
func (l layout) touches(p int) int   { return 3*l.types + l.blocks + p }
func (l layout) minutes(p int) int   { return 3*l.types + l.blocks + l.pools + p }

// patients finds the counts of a patient by the hash of their key.
type patients struct {
	seed  maphash.Seed
	index map[uint64]int // looked up, never walked
}

// of returns the number of a patient, and whether the patient is new.
func (p *patients) of(key string) (number int, isNew bool) {
	hash := maphash.String(p.seed, key)
	number, known := p.index[hash]
	if !known {
		number = len(p.index)
		p.index[hash] = number
	}
	return number, !known
}
