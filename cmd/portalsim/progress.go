package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

// progress tells how far a study is: a line that rewrites itself on a terminal, plain lines now and then elsewhere.
type progress struct {
	w        io.Writer
	live     bool
	silent   bool
	target   int
	started  time.Time
	reported time.Time
	exact    bool // the target is final
}

func newProgress(s *study, w io.Writer) *progress {
	p := &progress{w: w, started: time.Now(), exact: s.replications > 0 || s.drawing != nil}
	p.silent = s.quiet || s.progress == "none"
	p.live = s.progress == "auto" && isTerminal(w)
	return p
}

// isTerminal tells whether a stream is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

func (p *progress) aim(target int) { p.target = target }

// done notes that so many replications are finished.
func (p *progress) done(n int) {
	now := time.Now()
	pause := 5 * time.Second
	if p.live {
		pause = 100 * time.Millisecond
	}
	if p.silent || now.Sub(p.reported) < pause && n != p.target {
		return
	}
	if !p.live && now.Sub(p.started) < pause {
		return // a short run needs no plain lines
	}
	p.reported = now
	left := timeLeft(now.Sub(p.started), n, p.target-n)
	aim := fmt.Sprintf("of %d", p.target)
	if !p.exact {
		aim = fmt.Sprintf("of %d, more if the intervals need it", p.target)
	}
	text := fmt.Sprintf("%d %s replications, about %s left", n, aim, left)
	if p.live {
		fmt.Fprintf(p.w, "\r\x1b[K%s", text)
	} else {
		fmt.Fprintln(p.w, text)
	}
}

// timeLeft estimates how long the rest takes by how long what is done has taken; never less than nothing, whatever a clock
// has done meanwhile.
func timeLeft(taken time.Duration, done, rest int) time.Duration {
	return max(0, time.Duration(float64(taken)/float64(done)*float64(max(rest, 0)))).Round(time.Second)
}

// end clears the live line.
func (p *progress) end() {
	if p.live && !p.silent {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
