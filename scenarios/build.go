package scenarios

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

// builder turns a decoded file into the scenario that sim runs. What can only be seen across keys, such as a pool that
// nobody serves, is checked here; problems are reported by path.
type builder struct {
	file   *File
	refuse func(path, message, fix string)
	local  func(path, message, fix string) // for problems that no problem elsewhere can cause
	s      *sim.Scenario

	unreadable []string // kinds of names that could not be read
}

// build returns the scenario of a file without problems of its own. The scenario is of use only if refuse was not
// called.
func build(file *File, refuse func(path, message, fix string)) *sim.Scenario {
	b := &builder{file: file, refuse: refuse, local: refuse}
	b.buildAll()
	b.served()
	return b.s
}

// buildAll fills the scenario.
func (b *builder) buildAll() {
	b.s = &sim.Scenario{Name: b.file.Name}
	b.run()
	b.calendar()
	b.pools()
	b.channels()
	b.types()
	b.patients()
	b.otherWork()
	b.staff()
	b.campaigns()
	b.limits()
	b.backlog()
	b.costs()
	b.onCall()
	b.plausible()
}

// dateNumber returns a date as days since 1970-01-01.
func dateNumber(d Date) int { return int(d.Time().Unix() / 86400) }

func (b *builder) run() {
	r := &b.file.Run
	b.s.StartDay = dateNumber(r.Start)
	b.s.WarmUp, b.s.Measure, b.s.Drain, b.s.MaxInProgress = r.WarmUp.D, r.Measure.D, r.Drain.D, r.MaxInProgress
	if r.WarmUp.D%sim.Day != 0 {
		b.refuse("run.warm_up", "must be whole days, got "+formatDuration(r.WarmUp.D), "write "+formatDuration(r.WarmUp.D.Round(sim.Day)))
	}
	if r.Measure.D%sim.Week != 0 {
		b.refuse("run.measure", "must be whole weeks, got "+formatDuration(r.Measure.D), "write "+formatDuration(max(sim.Week, r.Measure.D.Round(sim.Week))))
	}
	if total := r.WarmUp.D.Hours() + r.Measure.D.Hours() + r.Drain.D.Hours(); total > 250*365*24 {
		b.refuse("run", "warm-up, measured period and drain are over 250 years together", "shorten measure")
	}
}

// weekly turns hours by day into spans by weekday. Two keys that name the same day are a problem.
func (b *builder) weekly(m Map[HoursFile], path string) sim.WeeklyHours {
	var week sim.WeeklyHours
	var by [7]string
	for i, key := range m.Keys {
		first, last, ok := parseDays(key)
		for d := first; ok && d <= last; d++ {
			if by[d] != "" {
				b.refuse(below(path, key), "names "+dayWords[d]+", which "+by[d]+" names already", "name each day once")
				continue
			}
			by[d] = key
			for _, s := range m.Values[i] {
				week[d] = append(week[d], span(s))
			}
		}
	}
	return week
}

func span(s Span) sim.Span { return sim.Span{From: time.Duration(s.From), To: time.Duration(s.To)} }

func (b *builder) calendar() {
	c := &b.file.Calendar
	b.s.Open = b.weekly(c.Open, "calendar.open")
	for _, h := range c.Holidays {
		b.s.Holidays = append(b.s.Holidays, dateNumber(h))
	}
	slices.Sort(b.s.Holidays)
	b.s.Measured = sim.Calendar{Open: b.s.Open, Holidays: b.s.Holidays}
	if len(c.WorkingHours) != 1 {
		b.refuse("calendar.working_hours", "must be one stretch of the day", `write it as "07:00-17:30"`)
		return
	}
	b.s.Working = span(c.WorkingHours[0])
}

// openDay returns the mean length of the days on which the clinic is open.
func (b *builder) openDay() time.Duration {
	days, sum := 0, time.Duration(0)
	for _, spans := range b.s.Open {
		if len(spans) > 0 {
			days++
		}
		for _, s := range spans {
			sum += s.To - s.From
		}
	}
	return sum / time.Duration(max(days, 1))
}

func (b *builder) pools() {
	for i, name := range b.file.Pools.Keys {
		p := &b.file.Pools.Values[i]
		b.s.Pools = append(b.s.Pools, sim.Pool{
			Name: name, Priority: p.Discipline == "priority" || p.Discipline == "preemptive_resume", Personal: p.Assignment == "personal",
			Clinical: p.Clinical, Cover: p.Cover == "pool", Preempt: p.Discipline == "preemptive_resume",
			LastIn: p.Discipline == "lifo", DueDate: p.Discipline == "earliest_due_date", Resume: p.Resumption.D,
			Join: distribution(p.JoinHandling),
		})
		if t := p.Triage; t != nil {
			b.s.Pools[i].Triage = &sim.Triage{Sensitivity: t.Sensitivity.Value, Specificity: t.Specificity.Value}
		}
		switch ageing := p.Discipline == "ageing"; {
		case ageing && p.Ageing == nil:
			b.refuse("pools."+name, "key ageing is missing", "write how long an item waits before it moves up a class, such as ageing: 1d")
		case ageing:
			b.s.Pools[i].Ageing = p.Ageing.D
		case p.Ageing != nil:
			b.refuse("pools."+name+".ageing", "has no effect with discipline "+p.Discipline, "write discipline: ageing, or remove it")
		}
		if p.Cover == "pool" && p.Assignment != "personal" {
			b.refuse("pools."+name+".cover", "only a personal pool has inboxes to cover", "remove it, or write assignment: personal")
		}
	}
}

// pool returns the index of a pool, or 0 with a problem.
func (b *builder) pool(name, path string) int {
	if i := b.file.Pools.Index(name); i >= 0 {
		return i
	}
	b.unknown(path, "pool", name, b.file.Pools.Keys)
	return 0
}

// personal tells whether a pool is personal; where there are no pools at all, that is reported elsewhere.
func (b *builder) personal(pool int) bool { return pool < len(b.s.Pools) && b.s.Pools[pool].Personal }

// unknown refuses a name that is none of the scenario's.
func (b *builder) unknown(path, what, name string, known []string) {
	if name != "" && !slices.Contains(b.unreadable, what) {
		b.local(path, fmt.Sprintf("there is no %s %s", what, name), didYouMean(name, known))
	}
}

// distribution turns a distribution of the file into one that sim draws from.
func distribution(d Dist) random.Distribution {
	switch d.Kind {
	case "constant":
		return random.ConstantTime(d.Value.D)
	case "exponential":
		return random.ExponentialTime(d.Mean.D)
	case "uniform":
		return random.UniformTime(d.Low.D, d.High.D)
	case "triangular":
		return random.TriangularTime(d.Low.D, d.Mode.D, d.High.D)
	case "lognormal", "gamma":
		cv := d.SpreadCV()
		if cv == 0 {
			return random.ConstantTime(d.Mean.D)
		}
		if d.Kind == "gamma" {
			return random.GammaTime(d.Mean.D, cv)
		}
		return random.LognormalTime(d.Mean.D, cv)
	default: // it could not be read, which is reported elsewhere
		return random.Distribution{}
	}
}

// positive refuses a distribution of handling times whose mean is 0: such work would cost nothing.
func (b *builder) positive(d Dist, path string) random.Distribution {
	x := distribution(d)
	if x.Mean() <= 0 {
		b.refuse(path, "a handling time must be more than zero", "write a distribution such as {dist: lognormal, mean: 4m, cv: 1}")
	}
	return x
}

// channels fills channel 0 with the portal and the rest from the file, then the shares of patients by channel.
func (b *builder) channels() {
	b.s.Channels = []sim.Channel{{Name: "portal", Pool: -1, Always: true}}
	for i, name := range b.file.Channels.Keys {
		c := &b.file.Channels.Values[i]
		path := "channels." + name
		out := sim.Channel{
			Name: name, Live: c.Live, FallsBackTo: i + 1, Hours: b.weekly(c.Hours, path+".hours"),
			CallBack: c.CallBack.Value, CallAgain: distribution(c.CallAgain), Impatient: c.Patience != nil,
			Always: len(c.Hours.Keys) == 0, AfterOpening: distribution(c.AfterOpening), Priority: uint8(c.Priority), Pool: -1,
		}
		if c.Patience != nil {
			out.Patience = b.positive(*c.Patience, path+".patience")
			if !c.Live {
				b.refuse(path+".patience", "only a caller holds the line", "remove it, or write live: true")
			}
		}
		if c.OnCall != nil && name != "phone" {
			b.refuse(path+".on_call", "only the channel phone can be on call", "remove it")
		}
		if name == "portal" {
			b.refuse(path, "the portal is always there and has no entry", "remove it")
		}
		if c.Offered {
			if c.Pool == "" {
				b.refuse(path, "key pool is missing", "name the pool that receives it")
			} else {
				out.Pool = b.pool(c.Pool, path+".pool")
			}
		} else {
			out.FallsBackTo = b.channel(c.FallsBackTo, path+".falls_back_to", "a channel that is not offered must fall back to one that is")
		}
		b.s.Channels = append(b.s.Channels, out)
	}
	for i := range b.file.Channels.Keys {
		to := b.s.Channels[i+1].FallsBackTo
		if to > 0 && to != i+1 && !b.file.Channels.Values[to-1].Offered {
			b.refuse("channels."+b.file.Channels.Keys[i]+".falls_back_to", "falls back to a channel that is not offered either", "name one that is offered")
		}
	}
}

// channel returns the index of a channel, the portal included, or 0 with a problem.
func (b *builder) channel(name, path, why string) int {
	if name == "portal" {
		return 0
	}
	if i := b.file.Channels.Index(name); i >= 0 {
		return i + 1
	}
	if name == "" {
		offered := []string{"portal"}
		for i, key := range b.file.Channels.Keys {
			if b.file.Channels.Values[i].Offered {
				offered = append(offered, key)
			}
		}
		b.refuse(path, why, "write "+oneOf(offered))
		return 0
	}
	b.unknown(path, "channel", name, append([]string{"portal"}, b.file.Channels.Keys...))
	return 0
}

// byName spreads named shares over the indices of names.
func (b *builder) byName(shares Shares, size int, path string, index func(name, path string) int) []float64 {
	out := make([]float64, size)
	for i, name := range shares.Names {
		if at := index(name, below(path, name)); at < size {
			out[at] += shares.Values[i]
		}
	}
	return out
}

func (b *builder) limits() {
	l := &b.file.Measures
	b.s.Limits = sim.Limits{
		UrgentSafety: l.UrgentSafetyLimit.D, LongEvening: l.LongEvening.D, AfterHoursPerFTEWeek: l.AfterHoursPerFTEWeek.D,
		MessagesPerFTEWeek: l.MessagesPerFTEWeek.Value, Unopened: l.UnopenedAfter.D, Unanswered: l.UnansweredAfter.D,
		MinEvents: l.MinEvents,
	}
}
