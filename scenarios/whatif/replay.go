package whatif

import (
	"fmt"

	"portalsim/sim"
)

// Replay is one day of the clinic in one arm and replication, from the event log.
type Replay struct {
	Arm   string   `json:"arm"`
	Date  string   `json:"date"`
	Pools []string `json:"pools"`
	Staff []Member `json:"staff"`

	// Threads that wait at midnight: thread and pool. Events: minute of the day, thread, pool, state, staff member (-1 for
	// none). Stretches: minute from, minute to, staff member, activity, 1 if outside working hours.
	Waiting   [][2]int64 `json:"waiting"`
	States    []string   `json:"states"`
	Events    [][5]any   `json:"events"`
	Activity  []string   `json:"activity"`
	Stretches [][5]any   `json:"stretches"`
}

// Member is a staff member of a replay.
type Member struct {
	Name string `json:"name"`
	Role string `json:"role"`
}

const dayMicros = int64(sim.Day / 1000)

// Replay runs a replication of an arm again, with its log, and returns a day of the measured period, counted from 0.
func (s *Session) Replay(arm, replication, day int) (*Replay, error) {
	if arm < 0 || arm >= len(s.arms) {
		return nil, fmt.Errorf("there is no arm %d", arm)
	}
	model := s.arms[arm].Scenario
	if day < 0 || day >= int(model.Measure/sim.Day) {
		return nil, fmt.Errorf("day %d is not in the measured period of %d days", day, int(model.Measure/sim.Day))
	}
	result, err := sim.Run(model, s.Seed, replication, sim.Options{Log: func(int64) bool { return true }, LogStaff: true})
	if err != nil {
		return nil, err
	}
	on := model.StartDay + int(model.WarmUp/sim.Day) + day
	r := &Replay{Arm: s.arms[arm].Name, Date: sim.Date(on)}
	for i := range model.Pools {
		r.Pools = append(r.Pools, model.Pools[i].Name)
	}
	for i := range model.Staff {
		r.Staff = append(r.Staff, Member{model.Staff[i].Name, model.Staff[i].Role})
	}
	r.addEvents(result.Log, int64(on)*dayMicros)
	r.addStretches(result.Log, int64(on)*dayMicros)
	return r, nil
}

// place returns where a word stands in a list, and adds it where it does not.
func place(list *[]string, word string) int {
	for i, w := range *list {
		if w == word {
			return i
		}
	}
	*list = append(*list, word)
	return len(*list) - 1
}

func (r *Replay) member(name *string) int {
	for i := range r.Staff {
		if name != nil && r.Staff[i].Name == *name {
			return i
		}
	}
	return -1
}

// addEvents adds the day's events, and who waits when it begins.
func (r *Replay) addEvents(log *sim.EventLog, midnight int64) {
	where := map[int64]int64{} // by thread: the pool in which it waits, -1 for none; looked up, never walked
	var threads []int64
	for rows := range log.Events() {
		for i := range rows {
			e := &rows[i]
			pool := place(&r.Pools, e.Pool)
			switch {
			case e.Clock < midnight:
				if _, known := where[e.Thread]; !known {
					threads = append(threads, e.Thread)
				}
				where[e.Thread] = -1
				if e.State == "waiting" {
					where[e.Thread] = int64(pool)
				}
			case e.Clock < midnight+dayMicros:
				minute := float64(e.Clock-midnight) / 60e6
				r.Events = append(r.Events, [5]any{minute, e.Thread, pool, place(&r.States, e.State), r.member(e.Staff)})
			}
		}
	}
	for _, thread := range threads {
		if where[thread] >= 0 {
			r.Waiting = append(r.Waiting, [2]int64{thread, where[thread]})
		}
	}
}

// addStretches adds what the staff do on the day.
func (r *Replay) addStretches(log *sim.EventLog, midnight int64) {
	for rows := range log.StaffStates() {
		for i := range rows {
			x := &rows[i]
			if x.Ended <= midnight || x.Began >= midnight+dayMicros {
				continue
			}
			from, to := max(x.Began, midnight)-midnight, min(x.Ended, midnight+dayMicros)-midnight
			after := 0
			if x.AfterHours {
				after = 1
			}
			r.Stretches = append(r.Stretches, [5]any{float64(from) / 60e6, float64(to) / 60e6, r.member(&x.Staff), place(&r.Activity, x.Activity), after})
		}
	}
}
