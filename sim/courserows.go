package sim

import (
	"math"
	"time"

	"portalsim/sim/engine"
	"portalsim/sim/stats"
)

// Course are the rows of the tables that show a replication's course, without point, arm and replication.
type Course struct {
	Hours []HourRow
	Weeks []WeekRow
	Flows []FlowRow
	Waits []WaitRow
}

// courseOf turns what was gathered into rows; nil where nothing was asked for.
func (m *model) courseOf() *Course {
	if m.course == nil {
		return nil
	}
	for p := range m.pools { // what still waits
		m.course.wait(int16(p), &m.pools[p].level, m.engine.Now(), &m.window)
	}
	return &Course{Hours: m.hourRows(), Weeks: m.weekRows(), Flows: m.flowRows(), Waits: m.waitRows()}
}

// hourRows returns all pools together, then each.
func (m *model) hourRows() []HourRow {
	weeks := m.weeks()
	rows := make([]HourRow, 0, (len(m.pools)+1)*HoursOfWeek)
	total := rows[:HoursOfWeek]
	rows = total
	for hour := range total {
		total[hour] = HourRow{Pool: All, Hour: int32(hour), Portal: float64(m.course.portal[hour]) / weeks}
	}
	for p := range m.pools {
		h := &m.course.pools[p]
		for hour := range HoursOfWeek {
			row := HourRow{
				Pool: m.s.Pools[p].Name, Hour: int32(hour), Sent: float64(h.sent[hour]) / weeks, Entries: float64(h.entries[hour]) / weeks,
				Backlog: h.waiting[hour].Over(engine.Time(time.Hour)) / weeks,
			}
			total[hour].Sent += row.Sent
			total[hour].Entries += row.Entries
			total[hour].Backlog += row.Backlog
			rows = append(rows, row)
		}
	}
	return rows
}

func (m *model) weekRows() []WeekRow {
	clinicians := 0
	for i := range m.staff {
		if m.staff[i].Clinician {
			clinicians++
		}
	}
	strengths := m.strengthByWeek()
	var rows []WeekRow
	for n := range m.course.weeks {
		w := &m.course.weeks[n]
		row := WeekRow{Week: int32(n), Threads: int64(w.threads), Portal: int64(w.portal), Unanswered: int64(w.response.censored)}
		if strengths != nil {
			row.Strength = &strengths[n]
		}
		if n := w.response.n(); n > 0 {
			mean := (w.response.sum + w.response.cut) / float64(n)
			row.Response = &mean
		}
		if clinicians > 0 {
			minutes := w.after.Minutes() / float64(clinicians)
			row.AfterHours = &minutes
		}
		rows = append(rows, row)
	}
	return rows
}

// strengthByWeek returns the strength of education at the middle of each week, averaged over patients: in each, of the
// campaign that is strongest. nil without a campaign.
func (m *model) strengthByWeek() []float64 {
	var strengths []float64
	for i := range m.campaigns {
		if !m.campaigns[i].Always {
			strengths = make([]float64, len(m.course.weeks))
		}
	}
	for patient := range int32(m.s.Patients.Count) {
		for n := range strengths {
			at, strongest := m.window.from+engine.Time(n)*engine.Time(Week)+engine.Time(Week/2), 0.0
			for i := range m.campaigns {
				if c := &m.campaigns[i]; !c.Always {
					strongest = max(strongest, c.strength(patient, at))
				}
			}
			strengths[n] += strongest / float64(m.s.Patients.Count)
		}
	}
	return strengths
}

// flowRows returns the moves that were made.
func (m *model) flowRows() []FlowRow {
	nodes := m.nodes()
	var rows []FlowRow
	for from := range nodes {
		for to := range nodes {
			if n := m.course.journey[from*len(nodes)+to]; n > 0 {
				rows = append(rows, FlowRow{
					FromKind: nodes[from].kind, From: nodes[from].name, ToKind: nodes[to].kind, To: nodes[to].name,
					PerWeek: float64(n) / m.weeks(),
				})
			}
		}
	}
	return rows
}

// waitShares are the points at which table waits tells the distribution: every twentieth, and near the ends.
var waitShares = func() []float64 {
	shares := []float64{0.01}
	for i := 1; i < 20; i++ {
		shares = append(shares, float64(i)/20)
	}
	return append(shares, 0.99)
}()

// waitRows returns the distribution of the time to first response by type and all, by the portal and any channel.
func (m *model) waitRows() []WaitRow {
	var rows []WaitRow
	for k := range len(m.s.Types) + 1 {
		kind, kinds := All, []int(nil)
		if k < len(m.s.Types) {
			kind, kinds = m.s.Types[k].Name, []int{k}
		} else {
			for kk := range m.s.Types {
				kinds = append(kinds, kk)
			}
		}
		for _, c := range []struct {
			name     string
			channels int
		}{{m.s.Channels[0].Name, 1}, {All, len(m.s.Channels)}} {
			var samples []*sample
			for _, kk := range kinds {
				for channel := range c.channels {
					samples = append(samples, &m.cell(int16(kk), uint8(channel)).response)
				}
			}
			rows = append(rows, waitsOf(kind, c.name, samples, m.s.Limits.MinEvents)...)
		}
	}
	return rows
}

// waitsOf returns the quantiles of samples taken together; none where they are too few.
func waitsOf(kind, channel string, samples []*sample, fewest int) []WaitRow {
	var values []*stats.Observations
	n, censored := 0, 0
	for _, x := range samples {
		values = append(values, x.lists()...)
		n += x.n()
		censored += x.censored
	}
	if n < fewest {
		return nil
	}
	var rows []WaitRow
	for i, q := range stats.QuantilesOf(values, censored, waitShares) {
		row := WaitRow{Type: kind, Channel: channel, Share: waitShares[i], Threads: int64(n)}
		if !math.IsInf(q, 1) && !math.IsNaN(q) {
			row.Wait = &q
		}
		rows = append(rows, row)
	}
	return rows
}
