package scenarios

import (
	"fmt"
	"slices"
	"time"

	"portalsim/sim"
	"portalsim/sim/random"
)

func (b *builder) patients() {
	p := &b.file.Patients
	out := sim.Patients{Count: p.Count, PortalUsers: p.PortalUsers.Value, ActivityCV: p.ActivityCV.Value, HolidayFactor: p.TimeProfile.HolidayFactor.Value}
	if p.PanelSeed != nil {
		seed := uint64(*p.PanelSeed)
		out.PanelSeed = &seed
	}
	channel := func(name, path string) int { return b.channel(name, path, "") }
	out.Preferred = b.byName(p.PreferredChannel, len(b.s.Channels), "patients.preferred_channel.shares", channel)
	if prefer := out.Preferred[0]; prefer > out.PortalUsers+1e-9 {
		b.refuse("patients.portal_users", fmt.Sprintf("%.4g of patients use the portal but %.4g prefer it", out.PortalUsers, prefer), "write a share at least as large as the share who prefer the portal")
	}
	out.Instead = make([]float64, len(b.s.Channels))
	switch {
	case p.InsteadOfPortal != nil:
		out.Instead = b.byName(*p.InsteadOfPortal, len(b.s.Channels), "patients.instead_of_portal.shares", channel)
	case len(b.s.Channels) > 1:
		out.Instead[1] = 1
	default:
		out.Instead[0] = 1
	}
	b.segments(&out)
	b.profile(&out)
	b.s.Patients = out
}

// segments scales the segments' activity to a mean of 1 over the panel's shares.
func (b *builder) segments(out *sim.Patients) {
	p := &b.file.Patients
	mean := 0.0
	for i, name := range p.Segments.Names {
		relative := 1.0
		if x, ok := p.SegmentActivity.Get(name); ok {
			relative = x.Value
		}
		mean += relative * p.Segments.Values[i]
		out.Segments = append(out.Segments, sim.Segment{Name: name, Share: p.Segments.Values[i], Multiplier: relative})
	}
	for i := range out.Segments {
		out.Segments[i].Multiplier /= mean
	}
	for _, name := range p.SegmentActivity.Keys {
		if !slices.Contains(p.Segments.Names, name) {
			b.unknown("patients.segment_activity."+name, "segment", name, p.Segments.Names)
		}
	}
}

// profile scales the weights of the hours to a mean of 1 over the week, and those of the months to a mean of 1.
func (b *builder) profile(out *sim.Patients) {
	p := &b.file.Patients.TimeProfile
	const path = "patients.time_profile"
	weights := &out.HourWeights
	covered := [168]bool{}
	for i, days := range p.Weights.Keys {
		first, last, known := parseDays(days)
		for j, hours := range p.Weights.Values[i].Keys {
			from, to, ok := parseHours(hours)
			for d := first; ok && known && d <= last; d++ {
				for h := from; h < to; h++ {
					if covered[24*d+h] {
						b.refuse(path+".weights."+days+"."+hours, fmt.Sprintf("hour %02d of %s has a weight already", h, dayWords[d]), "give each hour of the week one weight")
					}
					covered[24*d+h] = true
					weights[24*d+h] = p.Weights.Values[i].Values[j].Value
				}
			}
		}
	}
	sum := 0.0
	for h := range weights {
		if len(p.Weights.Keys) == 0 {
			weights[h] = 1
		} else if !covered[h] {
			b.refuse(path+".weights", fmt.Sprintf("%s has no weight from %02d to %02d", dayWords[h/24], h%24, h%24+1), "give every hour of the week a weight, 0 where nothing arises")
			return
		}
		if !b.openAt(h/24, time.Duration(h%24)*time.Hour+30*time.Minute) {
			weights[h] *= p.OutOfHoursFactor.Value
		}
		sum += weights[h]
	}
	if sum == 0 {
		b.refuse(path+".weights", "every weight is 0", "give some hour a weight above 0")
		return
	}
	for h := range weights {
		weights[h] *= 168 / sum
	}
	b.months(out, p.Months)
}

func (b *builder) months(out *sim.Patients, months Map[Number]) {
	sum := 0.0
	for i := range out.MonthWeights {
		out.MonthWeights[i] = 1
		if x, ok := months.Get(monthWords[i]); ok {
			out.MonthWeights[i] = x.Value
		}
		sum += out.MonthWeights[i]
	}
	if sum == 0 {
		b.refuse("patients.time_profile.months", "every month is 0", "give some month a weight above 0")
		return
	}
	for i := range out.MonthWeights {
		out.MonthWeights[i] *= 12 / sum
	}
}

// openAt tells whether the clinic is open at a time of a weekday.
func (b *builder) openAt(weekday int, clock time.Duration) bool {
	for _, s := range b.s.Open[weekday] {
		if clock >= s.From && clock < s.To {
			return true
		}
	}
	return false
}

func (b *builder) types() {
	codes := map[uint16]string{}
	for i, name := range b.file.Messages.Keys {
		path := "messages." + name
		if other, taken := codes[sim.TypeCode(name)]; taken {
			b.refuse(path, "the name clashes with "+other+" in the numbering of contacts", "choose another name")
		}
		codes[sim.TypeCode(name)] = name
		b.s.Types = append(b.s.Types, b.messageType(&b.file.Messages.Values[i], name, path))
	}
	if len(b.s.Types) > 32 {
		b.refuse("messages", "there are more than 32 types", "join some types")
	}
	for p, name := range b.file.Pools.Keys {
		b.poolByType(p, &b.file.Pools.Values[p], "pools."+name)
	}
	b.answerable()
}

func (b *builder) messageType(f *MessageFile, name, path string) sim.MessageType {
	t := sim.MessageType{
		Name: name, NeedsPerUserYear: f.NeedsPerUserYear.Value, NeedsPerOtherYear: f.NeedsPerUserYear.Value,
		PortalShareOfOthers: f.PortalShareOfOthers.Value, ByPhone: f.ByPhone.Value, DeclaresUrgent: f.DeclaresUrgent,
		TrulyUrgent: f.TrulyUrgent.Value, Unneeded: f.Unneeded.Value, Incomplete: f.Incomplete.Value, Misdirected: f.Misdirected.Value,
		FollowUp: f.FollowUp.Value, Reply: f.Reply.Value, ReplyDelay: distribution(f.ReplyDelay), LapseAfter: f.LapseAfter.D,
		Target:   time.Duration(f.Target.Days*float64(b.openDay())) + f.Target.Clock,
		Priority: uint8(f.Priority), Pool: b.pool(f.Pool, path+".pool"),
		UsesOfPortalUsers: f.Users.Value,
	}
	b.latent(f, &t, path)
	if f.NeedsPerOtherYear != nil {
		t.NeedsPerOtherYear = f.NeedsPerOtherYear.Value
	}
	if b.file.Patients.SurveyReading == "all_respondents" {
		users := b.file.Patients.PortalUsers.Value
		if f.Users.Value > users+1e-9 {
			b.refuse(path+".users", fmt.Sprintf("%.4g of all patients use the portal for this but only %.4g use it at all", f.Users.Value, users),
				"raise patients.portal_users, or write patients.survey_reading: portal_users")
		}
		if users > 0 {
			t.UsesOfPortalUsers = min(1, f.Users.Value/users)
		}
	}
	for _, at := range f.NeedsAt {
		t.NeedsAt = append(t.NeedsAt, at.D)
	}
	if !slices.IsSorted(t.NeedsAt) {
		b.refuse(path+".needs_at", "the times must not decrease", "sort them")
	}
	b.phoneable(f, path)
	b.impatience(f, &t, path)
	if f.MisdirectedTo != nil {
		t.MisdirectedTo = b.byName(*f.MisdirectedTo, len(b.s.Pools), path+".misdirected_to.shares", b.pool)
		if share, _ := f.MisdirectedTo.Of(f.Pool); share > 0 {
			b.refuse(path+".misdirected_to.shares."+f.Pool, "is the right pool for this type", "name wrong pools only")
		}
	} else if f.Misdirected.Value > 0 {
		b.refuse(path+".misdirected", "key misdirected_to is missing", "name the wrong pools, such as misdirected_to: {shares: {nurse: 1}}")
	}
	return t
}

// impatience fills what an impatient patient does.
func (b *builder) impatience(f *MessageFile, t *sim.MessageType, path string) {
	t.SelfService, t.Batching = f.SelfService.Value, f.Batching.Value
	x := &f.Impatience
	t.Nudge, t.Phone, t.UrgentCare = x.Nudge.Value, x.Phone.Value, x.UrgentCare.Value
	sum := t.Nudge + t.Phone + t.UrgentCare
	if sum > 1+1e-9 {
		b.refuse(path+".impatience", fmt.Sprintf("the probabilities sum to %.6g", sum), "lower them to a sum of at most 1; the rest waits on")
	}
	if t.Phone > 0 && b.file.Channels.Index("phone") < 0 {
		b.refuse(path+".impatience.phone", "there is no channel phone", "add channels.phone, or remove this")
	}
	switch {
	case f.Patience == nil && sum > 0:
		b.refuse(path+".impatience", "has no effect without patience", "write a time such as patience: {dist: exponential, mean: 2d}")
	case f.Patience != nil:
		t.Impatient, t.Patience = sum > 0, b.positive(*f.Patience, path+".patience")
	}
}

// latent fills the shares of needs held back, by segment.
func (b *builder) latent(f *MessageFile, t *sim.MessageType, path string) {
	for _, name := range f.Latent.Keys {
		if !slices.Contains(b.file.Patients.Segments.Names, name) {
			b.unknown(path+".latent."+name, "segment", name, b.file.Patients.Segments.Names)
		}
	}
	if len(f.Latent.Keys) == 0 {
		return
	}
	for _, name := range b.file.Patients.Segments.Names {
		share, _ := f.Latent.Get(name)
		if share.Value >= 1 {
			b.refuse(path+".latent."+name, "all needs are held back, so that none is expressed", "write a probability below 1")
		}
		t.Latent = append(t.Latent, share.Value)
	}
}

// phoneable refuses a share by phone where there is no phone.
func (b *builder) phoneable(f *MessageFile, path string) {
	if f.ByPhone.Value > 0 && b.file.Channels.Index("phone") < 0 {
		b.refuse(path+".by_phone", "there is no channel phone", "add channels.phone, or remove this")
	}
}

// poolByType fills what a pool does with each type.
func (b *builder) poolByType(p int, f *PoolFile, path string) {
	out := &b.s.Pools[p]
	n := len(b.s.Types)
	out.PassOn = make([][]float64, n)
	own := make([]random.Distribution, n)
	var handling random.Distribution
	if f.Handling != nil {
		handling = b.positive(*f.Handling, path+".handling")
	}
	for k, kind := range b.file.Messages.Keys {
		own[k] = handling
		if d, ok := f.HandlingByType.Get(kind); ok {
			own[k] = b.positive(d, path+".handling_by_type."+kind)
		}
	}
	instead := func(d *Dist, key string) []random.Distribution {
		if d == nil {
			return own
		}
		return slices.Repeat([]random.Distribution{b.positive(*d, path+"."+key)}, n)
	}
	out.Handling, out.Reroute, out.Request = own, instead(f.RerouteHandling, "reroute_handling"), instead(f.RequestHandling, "request_handling")
	out.Advise = instead(f.AdviseHandling, "advise_handling")
	for _, kind := range f.HandlingByType.Keys {
		if b.file.Messages.Index(kind) < 0 {
			b.unknown(path+".handling_by_type."+kind, "message type", kind, b.file.Messages.Keys)
		}
	}
	for i, kind := range f.PassOn.Keys {
		at := path + ".pass_on." + kind
		k := b.file.Messages.Index(kind)
		if k < 0 {
			b.unknown(at, "message type", kind, b.file.Messages.Keys)
			continue
		}
		out.PassOn[k] = b.passOn(p, f.PassOn.Values[i], at)
	}
	if len(f.Consult.Keys) > 0 {
		out.Consult = make([][]float64, n)
	}
	for i, kind := range f.Consult.Keys {
		at := path + ".consult." + kind
		k := b.file.Messages.Index(kind)
		if k < 0 {
			b.unknown(at, "message type", kind, b.file.Messages.Keys)
			continue
		}
		out.Consult[k] = b.passOn(p, f.Consult.Values[i], at)
	}
}

func (b *builder) passOn(from int, to Map[Probability], path string) []float64 {
	out := make([]float64, len(b.s.Pools))
	sum := 0.0
	for i, name := range to.Keys {
		pool := b.pool(name, below(path, name))
		if pool == from && name == b.file.Pools.Keys[from] {
			b.refuse(below(path, name), "a pool cannot pass a thread on to itself", "remove it")
		}
		out[pool] += to.Values[i].Value
		sum += to.Values[i].Value
	}
	if sum > 1+1e-9 {
		b.local(path, fmt.Sprintf("the probabilities sum to %.6g", sum), "lower them to a sum of at most 1; the rest is answered here")
	}
	return out
}

// answerable refuses routes on which a thread is passed on for ever: from every pool some way must end in an answer.
func (b *builder) answerable() {
	for k, kind := range b.file.Messages.Keys {
		ends := make([]bool, len(b.s.Pools))
		for range b.s.Pools {
			for p := range b.s.Pools {
				left := 1.0
				for to, share := range b.s.Pools[p].PassOn[k] {
					left -= share
					ends[p] = ends[p] || share > 0 && ends[to]
				}
				ends[p] = ends[p] || left > 1e-9
			}
		}
		for p, ok := range ends {
			if !ok {
				b.refuse("pools."+b.s.Pools[p].Name+".pass_on."+kind, "a thread is passed on for ever and never answered", "leave a probability of answering in some pool on the way")
			}
		}
	}
}
