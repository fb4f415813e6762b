package main

import (
	"fmt"
	"io"
	"sync"
	"time"
)

// sweepProgress tells how far a sweep is, in replications of an arm: how many are done, and how long the rest will take
// by what those run so far have cost. It is safe for several goroutines.
type sweepProgress struct {
	mutex              sync.Mutex
	w                  io.Writer
	live, silent, open bool // open: more replications may be asked for
	reported           time.Time

	points, pointsDone int
	aim, done          int       // replications
	started            time.Time // and, once the first replication is simulated, what was done then: the rest was there
	before             int
	simulated          bool
}

func newSweepProgress(w *sweep) *sweepProgress {
	p := &sweepProgress{w: w.io.err, started: time.Now(), points: w.study.Points(), open: w.study.Open()}
	p.silent = w.quiet || w.options.progress == "none"
	p.live = w.options.progress == "auto" && isTerminal(w.io.err)
	p.aim = p.points * w.firstLook() * len(w.study.Standing)
	return p
}

// reused notes replications that were found in pieces.
func (p *sweepProgress) reused(n int) { p.note(n, 0) }

// ran notes replications that were simulated.
func (p *sweepProgress) ran(n int) { p.note(n, n) }

// more notes that a point is to have more replications.
func (p *sweepProgress) more(n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.aim += n
}

// again notes that a point that was done is to have more replications.
func (p *sweepProgress) again(n int) {
	p.more(n)
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.pointsDone--
}

// lost notes that replications will not be run, since the point failed.
func (p *sweepProgress) lost(n int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.aim = max(p.done, p.aim-n)
}

func (p *sweepProgress) pointDone() {
	p.mutex.Lock()
	p.pointsDone++
	p.mutex.Unlock()
	p.note(0, 0)
}

// note counts, and now and then prints.
func (p *sweepProgress) note(done, simulated int) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if simulated > 0 && !p.simulated {
		p.simulated, p.started, p.before = true, time.Now(), p.done
	}
	p.done += done
	now, pause := time.Now(), 5*time.Second
	if p.live {
		pause = 100 * time.Millisecond
	}
	if p.silent || now.Sub(p.reported) < pause || !p.live && now.Sub(p.started) < pause {
		return // a short run needs no plain lines
	}
	p.reported = now
	text := fmt.Sprintf("%d of %s, %d of %d replications", p.pointsDone, count(p.points, "point"), p.done, max(p.aim, p.done))
	if p.open {
		text += ", more if the answer needs it"
	}
	if p.simulated && p.done > p.before {
		text += fmt.Sprintf(", about %s left", timeLeft(now.Sub(p.started), p.done-p.before, p.aim-p.done))
	}
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s", text)
	} else {
		fmt.Fprintln(p.w, text)
	}
}

// end clears the live line.
func (p *sweepProgress) end() {
	if p.live && !p.silent {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
