package sim

import (
	"fmt"
	"math"
	"slices"
	"time"

	"portalsim/sim/stats"
)

// Result is what one replication of a scenario gave.
type Result struct {
	Rows      []MeasureRow    // without point, arm and replication
	StaffDays []StaffDayRow   // if asked for; without point, arm and replication
	Contacts  []ContactRecord // if asked for
	Course    *Course         // if asked for
	Log       *EventLog       // if asked for
	Events    uint64
	Pools     []PoolAccount
	Growing   []string // pools whose backlog grew without end
}

// PoolAccount holds both sides of Little's law for a pool, exactly: the area under the number waiting, and the sum of
// the waits, each cut to the measured period. They are equal in every run.
type PoolAccount struct {
	Name         string
	Area, Waited Area
}

// dims are the dimensions of a row; an empty one is not broken down.
type dims struct{ kind, channel, pool, role, staff string }

// rows collects the rows of a result.
type rows struct {
	all   []MeasureRow
	min   int
	known map[*stats.Observations][]knownQuantiles // by the first of their lists; looked up, never walked
}

// catalogueUnits maps each measure's name to its unit. It is looked up, never walked.
var catalogueUnits = func() map[string]string {
	units := map[string]string{}
	for _, m := range Measures() {
		units[m.Name] = m.Unit
	}
	return units
}()

// UnitOf returns the unit of a measure of the catalogue.
func UnitOf(measure string) string { return catalogueUnits[measure] }

func orAll(name string) string {
	if name == "" {
		return All
	}
	return name
}

// add adds a row; a value that is not a number is unknown.
func (r *rows) add(measure string, d dims, value float64, note string) {
	unit, ok := catalogueUnits[measure]
	if !ok {
		panic("sim: measure " + measure + " is not in the catalogue")
	}
	row := MeasureRow{
		Measure: measure, Type: orAll(d.kind), Channel: orAll(d.channel), Pool: orAll(d.pool),
		Role: orAll(d.role), Staff: orAll(d.staff), Unit: unit, Note: note,
	}
	if !math.IsNaN(value) && !math.IsInf(value, 0) {
		row.Value = &value
	}
	r.all = append(r.all, row)
}

// share adds a ratio of a part to a number of events, withheld where they are too few.
func (r *rows) share(measure string, d dims, part float64, events int) {
	if events < r.min {
		r.add(measure, d, math.NaN(), r.withheld(events))
		return
	}
	r.add(measure, d, part/float64(events), "")
}

func (r *rows) withheld(events int) string {
	return fmt.Sprintf("withheld: fewer than %d events", r.min)
}

// times adds the statistics of samples taken together. Censored times enter as longer than observed: a mean with any
// is restricted to what was observed, and a quantile among them is unknown.
func (r *rows) times(name string, d dims, samples ...*sample) {
	x := r.summarise(samples)
	for i, s := range statistics {
		switch {
		case x.n < r.min:
			r.add(name+"_"+s.suffix, d, math.NaN(), r.withheld(x.n))
		case i > 0 && math.IsInf(x.quantiles[i-1], 1):
			r.add(name+"_"+s.suffix, d, math.NaN(), "unknown: falls among censored times")
		case i > 0:
			r.add(name+"_"+s.suffix, d, x.quantiles[i-1], "")
		case x.censored > 0:
			r.add(name+"_"+s.suffix, d, x.sum/float64(x.n), "restricted: has censored times")
		default:
			r.add(name+"_"+s.suffix, d, x.sum/float64(x.n), "")
		}
	}
}

// result turns the tallies into rows.
func (m *model) result() *Result {
	r := &rows{min: m.s.Limits.MinEvents, known: map[*stats.Observations][]knownQuantiles{}}
	m.threadRows(r)
	m.patientRows(r)
	m.poolRows(r)
	m.staffRows(r)
	result := &Result{Rows: r.all, StaffDays: slices.Concat(m.tallies.staffDays...), Contacts: m.tallies.contacts, Events: m.engine.Events(), Course: m.courseOf(), Log: m.log}
	for p := range m.pools {
		l := m.settledLevel(p)
		if growing(m.pools[p].tally.closes, m.pools[p].tally.entries) {
			result.Growing = append(result.Growing, m.s.Pools[p].Name)
		}
		result.Pools = append(result.Pools, PoolAccount{m.s.Pools[p].Name, l.area, l.waited})
	}
	return result
}

// growing tells whether a backlog grew without end, from its length at the end of each day and the number of items that entered:
// each quarter of the period had more on average than the one before, and the last more than twice as many as the first, over
// a hundred more, and more by what enters in half a week. A queue that settles, with ups and downs over the year, does not do
// that; nor does an inbox that fills while its owner is away for a part of a short period.
func growing(closes []int32, entries int) bool {
	n := len(closes) / 4
	if n == 0 {
		return false
	}
	var quarters [4]float64
	for q := range quarters {
		for _, x := range closes[q*n : (q+1)*n] {
			quarters[q] += float64(x) / float64(n)
		}
	}
	halfWeek := 3.5 * float64(entries) / float64(len(closes))
	return quarters[3] > 2*quarters[0] && quarters[3]-quarters[0] > max(100, halfWeek) &&
		quarters[3] > quarters[2] && quarters[2] > quarters[1] && quarters[1] > quarters[0]
}

// settledLevel returns a pool's level with the areas of what still waits, up to now.
func (m *model) settledLevel(pool int) level {
	l := m.pools[pool].level
	now := m.engine.Now()
	l.change(now, 0, &m.window)
	for i := range m.items {
		if it := m.items[i]; it.waiting && int(it.pool) == pool {
			l.leave(it.entered, now, &m.window)
		}
	}
	return l
}

// threadRows adds the measures of threads, for each type and all, by each channel and all.
func (m *model) threadRows(r *rows) {
	types, channels := len(m.s.Types), len(m.s.Channels)
	for k := range types + 1 {
		for c := range channels + 1 {
			var cells []*threadCell
			var d dims
			var silent unexpressed
			for kk := range types {
				if k < types && kk != k {
					continue
				}
				silent.plus(m.tallies.unexpressed[kk])
				for cc := range channels {
					if c == channels || cc == c {
						cells = append(cells, m.cell(int16(kk), uint8(cc)))
					}
				}
			}
			if k < types {
				d.kind = m.s.Types[k].Name
			}
			if c < channels {
				d.channel = m.s.Channels[c].Name
			}
			m.cellRows(r, d, cells, silent, c == channels)
		}
	}
	m.urgencyRows(r)
	r.add("service_calls_n", dims{}, float64(m.tallies.serviceCalls), "")
	if c := &m.tallies.cohort; len(m.s.Backlog) > 0 {
		r.times("backlog_response_h", dims{}, &c.response)
		r.add("backlog_cleared_h", dims{}, time.Duration(c.cleared).Hours(), noteIf(c.open > 0, "not cleared when the run ended"))
	}
}

// cellRows adds the measures of some cells of threads taken together.
func (m *model) cellRows(r *rows, d dims, cells []*threadCell, silent unexpressed, anyChannel bool) {
	var sum threadCell
	pick := func(of func(*threadCell) *sample) []*sample {
		var s []*sample
		for _, c := range cells {
			s = append(s, of(c))
		}
		return s
	}
	for _, c := range cells {
		sum.plus(c)
	}
	r.times("first_response_h", d, pick(func(c *threadCell) *sample { return &c.response })...)
	r.times("first_response_open_h", d, pick(func(c *threadCell) *sample { return &c.responseOpen })...)
	r.times("substantive_answer_h", d, pick(func(c *threadCell) *sample { return &c.answer })...)
	r.times("resolution_h", d, pick(func(c *threadCell) *sample { return &c.resolution })...)
	r.times("resolution_clinic_h", d, pick(func(c *threadCell) *sample { return &c.clinic })...)
	r.times("urgent_look_h", d, pick(func(c *threadCell) *sample { return &c.look })...)
	r.times("urgent_recognised_h", d, pick(func(c *threadCell) *sample { return &c.recognised })...)
	r.share("first_response_within_target_share", d, float64(sum.inTarget), sum.threads)
	r.share("unopened_late_share", d, float64(sum.unopened.late), sum.unopened.all)
	r.share("unanswered_late_share", d, float64(sum.unanswered.late), sum.unanswered.all)
	r.share("urgent_look_late_share", d, float64(sum.unseen.late), sum.unseen.all)
	r.add("urgent_threads_n", d, float64(sum.urgent), "")
	r.share("urgent_threads_share", d, float64(sum.urgent), sum.threads)
	if anyChannel { // a need that was dropped has no channel
		r.add("contacts_n", d, float64(sum.threads+silent.dropped), "")
		r.add("dropped_n", d, float64(silent.dropped), "")
		r.add("silenced_needed_n", d, float64(silent.needed), "")
		r.add("silenced_urgent_n", d, float64(silent.urgent), "")
		r.add("latent_n", d, float64(silent.latent), "")
	}
	r.add("unneeded_n", d, float64(sum.unneeded), "")
	r.add("released_n", d, float64(sum.released), "")
	r.add("extra_n", d, float64(sum.extra), "")
	r.add("threads_n", d, float64(sum.threads), "")
	r.add("answered_n", d, float64(sum.ended[Answered]), "")
	r.add("lapsed_n", d, float64(sum.ended[Lapsed]), "")
	r.add("self_served_n", d, float64(sum.ended[SelfServed]), "")
	r.add("merged_n", d, float64(sum.ended[Merged]), "")
	r.add("abandoned_to_call_n", d, float64(sum.ended[AbandonedToCall]), "")
	r.add("abandoned_to_urgent_care_n", d, float64(sum.ended[AbandonedToUrgentCare]), "")
	r.add("abandoned_call_n", d, float64(sum.ended[AbandonedCall]), "")
	r.add("hang_ups_n", d, float64(sum.hangUps), "")
	r.add("nudges_n", d, float64(sum.nudges), "")
	r.add("censored_n", d, float64(sum.ended[Censored]), "")
	r.share("out_of_hours_share", d, float64(sum.outOfHours), sum.threads)
	r.share("messages_per_thread", d, float64(sum.messages), sum.threads)
	r.share("touches_per_thread", d, float64(sum.touches), sum.threads)
	r.share("rounds_per_thread", d, float64(sum.rounds), sum.threads)
	r.share("hand_offs_per_thread", d, float64(sum.handOffs), sum.threads)
}

// plus adds the counts of another cell; samples stay apart.
func (c *threadCell) plus(o *threadCell) {
	c.threads += o.threads
	c.extra += o.extra
	c.inTarget += o.inTarget
	c.unopened.plus(o.unopened)
	c.unanswered.plus(o.unanswered)
	c.unseen.plus(o.unseen)
	c.urgent += o.urgent
	c.outOfHours += o.outOfHours
	c.messages += o.messages
	c.touches += o.touches
	c.rounds += o.rounds
	c.handOffs += o.handOffs
	c.unneeded += o.unneeded
	c.released += o.released
	c.nudges += o.nudges
	c.hangUps += o.hangUps
	c.triage.plus(o.triage)
	for e := range endings {
		c.ended[e] += o.ended[e]
	}
}

// urgencyRows adds how well the declared type tells what is truly urgent, and how well triage does, by any channel and
// by the portal.
func (m *model) urgencyRows(r *rows) {
	for _, d := range []dims{{}, {channel: m.s.Channels[0].Name}} {
		channels := len(m.s.Channels)
		if d.channel != "" {
			channels = 1
		}
		var all, declared threadCell
		for k := range m.s.Types {
			for c := range channels {
				all.plus(m.cell(int16(k), uint8(c)))
				if m.s.Types[k].DeclaresUrgent {
					declared.plus(m.cell(int16(k), uint8(c)))
				}
			}
		}
		t := all.triage
		r.share("urgent_declared_sensitivity", d, float64(declared.urgent), all.urgent)
		r.share("urgent_declared_predictive_value", d, float64(declared.urgent), declared.threads)
		r.add("urgent_declared_n", d, float64(declared.threads), "")
		r.add("urgent_declared_true_n", d, float64(declared.urgent), "")
		r.share("triage_sensitivity", d, float64(t.right), t.right+t.missed)
		r.share("triage_predictive_value", d, float64(t.right), t.right+t.falseAlarm)
		r.add("triage_urgent_n", d, float64(t.right+t.falseAlarm), "")
		r.add("triage_urgent_true_n", d, float64(t.right), "")
		r.add("triage_missed_n", d, float64(t.missed), "")
	}
}

// patientRows adds who writes, by any channel and by the portal.
func (m *model) patientRows(r *rows) {
	for i, d := range []dims{{}, {channel: m.s.Channels[0].Name}} {
		threads := m.countSenders(func(p *patient) int32 { return p.threads[i] })
		senders, sum := threads.most(len(m.panel.patients))
		_, top := threads.most((len(m.panel.patients) + 1) / 3)
		halfSenders, half := m.countSenders(func(p *patient) int32 { return p.half[i] }).most(len(m.panel.patients))
		r.add("senders_n", d, float64(senders), "")
		r.share("threads_per_sender", d, float64(sum), senders)
		r.share("messages_per_sender_half_year", d, float64(half), halfSenders)
		r.share("top_third_share", d, float64(top), sum)
	}
}

// sendersBy holds patients by how much they sent: most send little, and are counted; sorting a million of them took longer.
type sendersBy struct {
	little [256]int // patients who sent so much
	much   []int    // what each other patient sent, falling
}

func (m *model) countSenders(of func(*patient) int32) *sendersBy {
	by := &sendersBy{}
	for i := range m.panel.patients {
		if sent := int(of(&m.panel.patients[i])); sent < len(by.little) {
			by.little[sent]++
		} else {
			by.much = append(by.much, sent)
		}
	}
	slices.Sort(by.much)
	slices.Reverse(by.much)
	return by
}

// most returns, of the n patients who sent most, how many sent anything, and how much they sent.
func (by *sendersBy) most(n int) (some, sum int) {
	some = min(n, len(by.much))
	for _, sent := range by.much[:some] {
		sum += sent
	}
	for sent := len(by.little) - 1; sent > 0; sent-- {
		patients := min(by.little[sent], n-some)
		some += patients
		sum += patients * sent
	}
	return some, sum
}

// poolRows adds the measures of pools.
func (m *model) poolRows(r *rows) {
	period := m.window.to - m.window.from
	days := float64(m.tallies.days)
	for p := range m.pools {
		d := dims{pool: m.s.Pools[p].Name}
		t := &m.pools[p].tally
		l := m.settledLevel(p)
		r.times("queue_h", d, &t.queue)
		r.add("entries_n", d, float64(t.entries), "")
		r.add("backlog_mean", d, l.area.Over(period), "")
		r.add("backlog_close_mean", d, float64(t.backlog)/days, "")
		r.add("oldest_close_h_mean", d, t.oldest.Hours()/days, "")
	}
}

// weeks returns the measured period in weeks.
func (m *model) weeks() float64 { return float64(m.s.Measure) / float64(Week) }
