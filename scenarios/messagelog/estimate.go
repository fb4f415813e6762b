package messagelog

import (
	"fmt"
	"math"

	"portalsim/sim"
	"portalsim/sim/stats"
)

// Estimate is one number of a scenario as the log has it.
type Estimate struct {
	Path     []string // of the number in a scenario
	Value    float64  // minutes for times
	Interval stats.Interval
	Share    bool   // whether it lies between 0 and 1
	Unit     string // "m" for times
	Base     string // what it is of, such as "1204 messages"
	Now      string // what the scenario has, scaled as Value is
}

// Missing is something that the log does not say, and why.
type Missing struct{ What, Why string }

// Fit is what a log says of a clinic.
type Fit struct {
	Log       *Log
	Panel     int // patients of the clinic, those who never wrote too; 0 where not known
	Estimates []Estimate
	Missing   []Missing
	Remarks   []string // what to know about the estimates

	TopThird float64 // share of messages from the third of the panel who write most; NaN where not known
}

// Confidence is that of the intervals: low and high of evidence are its ends.
const Confidence = 0.95

// fewest is how many events an estimate rests on at least, as measures.min_events has it.
const fewest = 30

// Estimate turns the counts of a log into numbers of a scenario. panel is how many patients the clinic has, 0 where not
// known. It is an error if fewer than wrote.
func (l *Log) Estimate(panel int) (*Fit, error) {
	f := &Fit{Log: l, Panel: panel, TopThird: math.NaN()}
	if panel > 0 && panel < l.Patients {
		return nil, fmt.Errorf("%d patients wrote, more than the %d of the clinic", l.Patients, panel)
	}
	if panel > 0 {
		f.Estimates = append(f.Estimates, Estimate{Path: []string{"patients", "count"}, Value: float64(panel), Base: "--patients", Interval: stats.Interval{Low: math.NaN(), High: math.NaN()}})
	}
	years := l.years()
	rates := f.rates(years)
	f.activity(rates)
	f.profile()
	f.followUps()
	f.handling()
	f.never()
	for i := range f.Estimates {
		e := &f.Estimates[i]
		if q, ok := l.context.Arm.Quantity(e.Dotted()); ok && e.Now == "" {
			e.Now = q.Text
		}
	}
	return f, nil
}

func (f *Fit) add(e Estimate) { f.Estimates = append(f.Estimates, e) }

func (f *Fit) miss(what, why string) { f.Missing = append(f.Missing, Missing{what, why}) }

// writers calls visit for the counts of every patient who wrote.
func (l *Log) writers(visit func(own []float64)) {
	size := l.counts.size()
	for at := 0; at < len(l.by); at += size {
		visit(l.by[at : at+size])
	}
}

// total returns the messages that open threads, holidays left out.
func (l *Log) total() float64 {
	sum := 0.0
	for k := range l.counts.types {
		sum += l.all[l.counts.messages(k)]
	}
	return sum
}

// exposed returns how many hours of a block the period holds, by the months' weights.
func (l *Log) exposed(block int) float64 {
	sum := 0.0
	for _, h := range l.context.Blocks[block].OfWeek {
		sum += l.hours[h]
	}
	return sum
}

// whole tells whether the period holds hours of every block, and two weeks.
func (l *Log) whole() bool {
	for b := range l.context.Blocks {
		if l.exposed(b) == 0 {
			return false
		}
	}
	return l.Last-l.First >= 13
}

// years returns how many years at the mean of the time profile the period stands for: what was left out as a holiday, or
// lies beyond its ends, is missing by as much as is usually written in those hours.
func (l *Log) years() float64 {
	const year = float64(sim.Year) / float64(hour)
	plain := 0.0
	for _, h := range l.hours {
		plain += h
	}
	if !l.whole() || l.total() == 0 {
		return plain / year
	}
	perHour := 0.0
	for b, block := range l.context.Blocks {
		perHour += l.all[l.counts.block(b)] / l.exposed(b) * float64(len(block.OfWeek)) / hoursOfWeek
	}
	return l.total() / perHour / year
}

// rates estimates the needs of users a year, by type, and returns the contacts by the portal per patient-year of the panel.
func (f *Fit) rates(years float64) []float64 {
	l, model := f.Log, f.Log.model
	perPatientYear := make([]float64, len(model.Types))
	if why := f.noRates(); why != "" {
		f.miss("messages.*.needs_per_user_year", why)
		return nil
	}
	for k := range model.Types {
		path := []string{"messages", model.Types[k].Name, "needs_per_user_year"}
		count := l.all[l.counts.messages(k)]
		perNeed := sim.PortalPerNeed(model, k)
		patientYears := float64(f.Panel) * years
		perPatientYear[k] = count / patientYears
		switch {
		case count == 0:
			f.miss(dotted(path), "no message of the type is in the log; left as the scenario has it")
		case perNeed == 0:
			f.miss(dotted(path), "in the scenario nobody uses the portal for it")
		default:
			interval := stats.CountInterval(count, f.countVariance(k), Confidence)
			scale := 1 / (patientYears * perNeed)
			f.add(Estimate{Path: path, Value: count * scale, Interval: stats.Interval{Low: interval.Low * scale, High: interval.High * scale},
				Base: fmt.Sprintf("%.0f messages, %.3g per patient-year of the panel; a need gives %.3g messages by the portal", count, count/patientYears, perNeed)})
		}
	}
	if !l.has[patient] {
		f.Remarks = append(f.Remarks, "without a column patient the intervals of rates take messages for independent; a patient's are not, and the intervals are too narrow")
	}
	return perPatientYear
}

// noRates says why there can be no rates, or "".
func (f *Fit) noRates() string {
	l := f.Log
	switch {
	case f.Panel == 0:
		return "patients who never wrote are not in the log; write --patients with how many the clinic has"
	case !l.has[kind] && l.counts.types > 1:
		return "the log has no column type"
	}
	for c := range l.model.Channels {
		if c > 0 && l.model.Channels[c].FallsBackTo == 0 {
			return "in the scenario channel " + l.model.Channels[c].Name + " falls back to the portal, so that messages are not only those of portal users"
		}
	}
	return ""
}

// countVariance returns the variance of the messages of a type, over panels like this one: that of the sum over patients
// who write independently of each other, or the count itself where the log does not tell them apart.
func (f *Fit) countVariance(k int) float64 {
	l := f.Log
	at := l.counts.messages(k)
	count, n := l.all[at], float64(f.Panel)
	if !l.has[patient] || f.Panel < 2 {
		return count
	}
	squares := 0.0
	l.writers(func(own []float64) { squares += own[at] * own[at] })
	return n * (squares - count*count/n) / (n - 1)
}

// activity estimates how much patients differ beyond the traits that the scenario gives them.
func (f *Fit) activity(perPatientYear []float64) {
	const path = "patients.activity_cv"
	l := f.Log
	switch {
	case !l.has[patient]:
		f.miss(path, "the log has no column patient")
		return
	case f.Panel == 0:
		f.miss(path, "patients who never wrote are not in the log; write --patients with how many the clinic has")
		return
	case l.total() < fewest:
		f.miss(path, fmt.Sprintf("fewer than %d messages", fewest))
		return
	}
	if perPatientYear == nil {
		for k := range l.model.Types {
			perPatientYear = append(perPatientYear, sim.PortalPerNeed(l.model, k)*l.model.Types[k].NeedsPerUserYear)
		}
	}
	counts, wrote := f.patientsByCount()
	users := l.model.Patients.PortalUsers
	if share := float64(wrote) / float64(f.Panel); share > users {
		f.miss(path, fmt.Sprintf("%.1f %% of the panel wrote, and the scenario has %.1f %% use the portal: raise patients.portal_users, or see --patients", 100*share, 100*users))
		return
	}
	var traits []stats.Trait
	for _, t := range sim.PortalTraits(l.model, perPatientYear) {
		traits = append(traits, stats.Trait(t))
	}
	m := stats.FitMixedPoisson(counts, traits, Confidence)
	f.add(Estimate{Path: []string{"patients", "activity_cv"}, Value: m.CV, Interval: m.Interval,
		Base: fmt.Sprintf("%.0f messages of %d patients, %d of whom wrote; beside the scenario's segments, preferences and uses", l.total(), f.Panel, wrote)})
	f.TopThird = topThird(counts, f.Panel)
}

// patientsByCount returns how many patients of the panel sent how many messages, and how many sent any.
func (f *Fit) patientsByCount() (counts []int, wrote int) {
	l := f.Log
	counts = []int{f.Panel}
	l.writers(func(own []float64) {
		n := 0
		for k := range l.counts.types {
			n += int(own[l.counts.messages(k)])
		}
		for len(counts) <= n {
			counts = append(counts, 0)
		}
		counts[0]--
		counts[n]++
	})
	return counts, f.Panel - counts[0]
}

// topThird returns the share of messages that the third of patients with most of them sent.
func topThird(counts []int, panel int) float64 {
	left, of, all := panel/3, 0, 0
	for c := len(counts) - 1; c > 0; c-- {
		all += c * counts[c]
		n := min(left, counts[c])
		left, of = left-n, of+c*n
	}
	return float64(of) / float64(all)
}

// never lists what no log of this kind says.
func (f *Fit) never() {
	f.miss("waits", "time to first response is what a simulation gives, not what it is given: compare it with the log's")
	f.miss("users, portal_share_of_others, by_phone", "who could have written, or phoned instead, is not in the log: rates are read by the scenario's shares")
	f.miss("truly_urgent, incomplete, misdirected, pass_on", "the log has neither the content nor the way of a message")
	f.miss("months, holiday_factor", "left as the scenario has them; messages on its holidays are counted apart")
}
