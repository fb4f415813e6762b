package messagelog

import (
	"fmt"
	"time"

	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/stats"
)

const (
	hour        = time.Hour
	hoursOfWeek = 7 * 24
)

// fewestProfile is how many messages the profile rests on at least.
const fewestProfile = 100

// profile estimates the weight of each block of the week.
func (f *Fit) profile() {
	l := f.Log
	switch {
	case !l.whole():
		f.miss("patients.time_profile", "the period is shorter than two weeks, or never at some hour of the week")
		return
	case l.total() < fewestProfile:
		f.miss("patients.time_profile", fmt.Sprintf("fewer than %d messages", fewestProfile))
		return
	}
	// Had every hour of the week been there equally often, a message of a block would count for `each`.
	each := func(b int) float64 { return float64(len(l.context.Blocks[b].OfWeek)) / l.exposed(b) }
	sum := 0.0
	for b := range l.context.Blocks {
		sum += l.all[l.counts.block(b)] * each(b)
	}
	for b, block := range l.context.Blocks {
		count, all := l.all[l.counts.block(b)], l.total()
		share := f.shareInterval(l.counts.block(b), all)
		others := each(b) // mean over the messages of the other blocks
		if count < all {
			others = (sum - count*each(b)) / (all - count)
		}
		weight := func(p float64) float64 {
			return p * each(b) / (p*each(b) + (1-p)*others) * hoursOfWeek / float64(len(block.OfWeek))
		}
		f.add(Estimate{Path: []string{"patients", "time_profile", "weights", block.Days, block.Hours}, Value: weight(count / all),
			Now: Number(f.scaledWeight(block)), Interval: stats.Interval{Low: weight(share.Low), High: weight(share.High)}, Base: fmt.Sprintf("%.0f messages", count)})
	}
	if !l.has[patient] {
		f.Remarks = append(f.Remarks, "without a column patient the intervals of the profile take messages for independent, though a patient may have hours of their own")
	}
}

// scaledWeight returns the mean weight of a block in the scenario, of which the weights are scaled to a mean of 1 over the week.
func (f *Fit) scaledWeight(block scenarios.ProfileBlock) float64 {
	sum := 0.0
	for _, h := range block.OfWeek {
		sum += f.Log.model.Patients.HourWeights[h]
	}
	return sum / float64(len(block.OfWeek))
}

// shareInterval returns the interval of the share of all messages that one count is, patients being independent.
func (f *Fit) shareInterval(at int, all float64) stats.Interval {
	l := f.Log
	share := l.all[at] / all
	if !l.has[patient] {
		return stats.ShareInterval(share, all, 0, Confidence)
	}
	var c stats.Clusters
	l.writers(func(own []float64) {
		sent := 0.0
		for k := range l.counts.types {
			sent += own[l.counts.messages(k)]
		}
		c.Add(own[at], sent)
	})
	return stats.ShareInterval(share, all, c.Ratio().Variance, Confidence)
}

// followUps estimates the probability that the patient writes again after an answer, by type.
func (f *Fit) followUps() {
	l := f.Log
	if !l.has[followUps] && !l.has[inReplyTo] {
		f.miss("messages.*.follow_up", "the log does not tell a follow-up from a new need: it has neither follow_ups nor in_reply_to. If it has a row for each message, follow-ups are among the needs, and rates too high")
		return
	}
	if !l.has[kind] && l.counts.types > 1 {
		f.miss("messages.*.follow_up", "the log has no column type")
		return
	}
	for k := range l.model.Types {
		path := []string{"messages", l.model.Types[k].Name, "follow_up"}
		answers := l.all[l.counts.answers(k)]
		if answers < fewest {
			f.miss(dotted(path), fmt.Sprintf("fewer than %d answers", fewest))
			continue
		}
		r := f.ratio(&l.pairs.followUps[k], l.counts.followUps(k), l.counts.answers(k))
		if r.Estimate >= 1 {
			f.miss(dotted(path), "there are as many follow-ups as answers, so that no thread would end")
			continue
		}
		again := unasked(&l.model.Types[k])
		if again(r.Estimate) <= 0 {
			f.miss(dotted(path), "by the scenario's incomplete and reply, replies to requests for information are more than all the follow-ups there are")
			continue
		}
		interval := stats.ShareInterval(r.Estimate, answers, r.Variance, Confidence)
		f.add(Estimate{Path: path, Value: again(r.Estimate), Share: true, Interval: stats.Interval{Low: max(0, again(interval.Low)), High: again(interval.High)},
			Base: fmt.Sprintf("%.0f follow-ups on %.0f answers%s", l.all[l.counts.followUps(k)], answers, leftOut(&l.model.Types[k]))})
	}
	if !l.has[firstResponse] {
		f.Remarks = append(f.Remarks, "without a column first_response every message counts as answered")
	}
}

// unasked returns what turns follow-ups per answer, of any kind, into the probability of writing again after an answer proper. A
// log does not tell a reply to a request for information from the rest. With q incomplete and a share r of requests
// replied to, a thread has q requests and qr replies, and s = 1 − q + qr threads come to an answer proper: of p follow-ups
// each, they have s/(1 − p) answers and sp/(1 − p) follow-ups. What the log has is the ratio of the sums, solved for p.
func unasked(t *sim.MessageType) func(perAnswer float64) float64 {
	q, r := t.Incomplete, t.Reply
	s := 1 - q + q*r
	return func(f float64) float64 { return (f*(q+s) - q*r) / (s - q*r + f*q) }
}

// leftOut says what unasked has left out.
func leftOut(t *sim.MessageType) string {
	if t.Incomplete == 0 {
		return ""
	}
	return "; less replies to requests for information, by the scenario's incomplete and reply"
}

// ratio returns a ratio of two counts, of which patients are the clusters, or messages where the log does not tell patients
// apart.
func (f *Fit) ratio(byMessage *stats.Clusters, above, below int) stats.ClusterRatio {
	if !f.Log.has[patient] {
		return byMessage.Ratio()
	}
	var c stats.Clusters
	f.Log.writers(func(own []float64) {
		if own[below] > 0 || own[above] > 0 {
			c.Add(own[above], own[below])
		}
	})
	return c.Ratio()
}

// mostTooLong is the share of times longer than longestTouch beyond which they are not handling times.
const mostTooLong = 0.01

// handling estimates the handling time of a touch, by pool.
func (f *Fit) handling() {
	l := f.Log
	timed := false
	for p := range l.model.Pools {
		name, times := l.model.Pools[p].Name, l.handling[p]
		if times.n == 0 {
			continue
		}
		timed = true
		path := []string{"pools", name, "handling"}
		if times.n < fewest {
			f.miss(dotted(path), fmt.Sprintf("fewer than %d times", fewest))
			continue
		}
		if share := times.tooLong / times.n; share > mostTooLong {
			f.miss(dotted(path), fmt.Sprintf("%.0f %% of the times are longer than %d minutes: whoever opened the message was not at work on it all the while, or passed it on", 100*share, longestTouch))
			continue
		}
		base := fmt.Sprintf("%.0f messages", times.n)
		mean := f.ratio(&l.pairs.minutes[p], l.counts.minutes(p), l.counts.touches(p))
		cv, interval := stats.LognormalCV(times.variance(), int(times.n), Confidence)
		if !(mean.Variance > 0 && cv > 0.001) {
			f.miss(dotted(path), "all times are alike")
			continue
		}
		// The spread of the logarithms tells the variance better than the few longest times do.
		mean.Variance = max(mean.Variance, cv*cv*mean.Estimate*mean.Estimate/times.n)
		f.add(Estimate{Path: append(path, "mean"), Value: mean.Estimate, Interval: mean.PositiveInterval(Confidence), Unit: "m", Base: base})
		f.add(Estimate{Path: append(path[:3:3], "cv"), Value: cv, Interval: interval, Base: base + "; as if lognormal"})
	}
	if !timed {
		f.miss("pools.*.handling", "from first touch to first response whoever answers may do other things between, so that the time between is no handling time; "+
			"add a column handling_min, or write --worked-through if they do nothing else")
	}
}
