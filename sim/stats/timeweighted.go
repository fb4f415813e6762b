package stats

import (
	"fmt"
	"time"
)

// TimeWeighted averages a level that stays constant between changes, such as the number of
// messages in progress. Instants are lengths of time since the run began. The zero value is
// a level of 0 from instant 0.
type TimeWeighted struct {
	level        float64
	area         float64       // level × hours from start to since
	start, since time.Duration // start ≤ since
}

// Set changes the level at instant now. It panics if now is before the last change.
func (w *TimeWeighted) Set(now time.Duration, level float64) {
	w.area = w.Area(now)
	w.since = now
	w.level = level
}

// Reset forgets the past at instant now but keeps the level: what is in progress stays in
// progress. It panics if now is before the last change.
func (w *TimeWeighted) Reset(now time.Duration) {
	w.Set(now, w.level)
	w.area = 0
	w.start = now
}

// Level returns the level set last.
func (w TimeWeighted) Level() float64 { return w.level }

// Area returns the integral of the level from the last reset to now, in level × hours. It
// panics if now is before the last change.
func (w TimeWeighted) Area(now time.Duration) float64 {
	if now < w.since {
		panic(fmt.Sprintf("stats: TimeWeighted at %v, before its last change at %v", now, w.since))
	}
	return w.area + w.level*(now-w.since).Hours()
}

// Mean returns the average level from the last reset to now, NaN if no time has passed. It
// panics if now is before the last change.
func (w TimeWeighted) Mean(now time.Duration) float64 {
	return w.Area(now) / (now - w.start).Hours()
}
