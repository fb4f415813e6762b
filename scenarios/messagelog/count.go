package messagelog

import (
	"math"

	"portalsim/sim/stats"
)

// logTimes sums the logarithms of handling times, and counts those too long to be one.
type logTimes struct{ n, sum, squares, tooLong float64 }

// longestTouch is how many minutes nobody works on one message without a break.
const longestTouch = 120

func (l *logTimes) add(minutes float64) {
	x := math.Log(minutes)
	l.n, l.sum, l.squares = l.n+1, l.sum+x, l.squares+x*x
	if minutes > longestTouch {
		l.tooLong++
	}
}

// variance returns the sample variance of the logarithms.
func (l *logTimes) variance() float64 { return max(0, l.squares-l.sum*l.sum/l.n) / (l.n - 1) }

// pairs are the ratios whose spread over messages is kept where the log does not tell patients apart.
type pairs struct {
	followUps []stats.Clusters // by type
	minutes   []stats.Clusters // by pool
}

func (p *pairs) resize(l layout) {
	p.followUps, p.minutes = make([]stats.Clusters, l.types), make([]stats.Clusters, l.pools)
}

// count adds a message to the counts of the log and of its patient.
func (r *reading) count(m *message) {
	l := r.log
	own := r.ownCounts(m.patient)
	add := func(at int, x float64) {
		l.all[at] += x
		if own != nil {
			own[at] += x
		}
	}
	answers := 0
	if m.answered {
		answers = 1 + m.followUps
	}
	if m.answered && l.has[firstResponse] {
		l.Answered++
		l.WaitHours += max(0, m.wait)
	}
	followUps := m.followUps
	if m.reply {
		followUps = 1
	} else {
		r.countNeed(m, add)
	}
	add(l.counts.followUps(m.kind), float64(followUps))
	add(l.counts.answers(m.kind), float64(answers))
	l.pairs.followUps[m.kind].Add(float64(followUps), float64(answers))
	if m.minutes > 0 {
		add(l.counts.touches(m.pool), 1)
		add(l.counts.minutes(m.pool), m.minutes)
		l.pairs.minutes[m.pool].Add(m.minutes, 1)
		l.handling[m.pool].add(m.minutes)
	}
}

// countNeed counts a message that opens a thread. Holidays have a rate of their own, and are left out.
func (r *reading) countNeed(m *message, add func(at int, x float64)) {
	if r.holidays[m.sent.day()] {
		r.log.OnHolidays++
		return
	}
	add(r.log.counts.messages(m.kind), 1)
	add(r.log.counts.block(r.blockOf[m.sent.hourOfWeek()]), 1)
}

// ownCounts returns the counts of a patient, nil where the log does not tell patients apart.
func (r *reading) ownCounts(key string) []float64 {
	if key == "" {
		return nil
	}
	size := r.log.counts.size()
	number, isNew := r.patients.of(key)
	if isNew {
		r.log.by = append(r.log.by, make([]float64, size)...)
	}
	return r.log.by[number*size : (number+1)*size]
}
