package main

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/sim"
	"portalsim/sim/experiment"
	"portalsim/sim/random"
)

// cell is the arms of a point that are simulated together: one arm, or all of them where contacts are paired. Cells of
// equal content have equal keys, so that an arm which no factor changes is simulated once.
type cell struct {
	key  string
	arms []experiment.Arm
}

// cells returns the cells of a point.
func (w *sweep) cells(arms []*scenarios.Arm) []cell {
	calendar := arms[0].Tree.At("calendar") // waits in open hours go by that of the control
	make := func(group ...*scenarios.Arm) cell {
		c := cell{}
		parts := []string{sim.ModelVersion, random.Scheme, output.Processor(), strconv.FormatUint(w.seed, 10), calendar.Fingerprint()}
		for _, a := range group {
			a.Model.Measured = arms[0].Model.Measured
			c.arms = append(c.arms, experiment.Arm{Name: a.Name, Scenario: a.Model})
			parts = append(parts, a.Fingerprint())
		}
		c.key = output.PieceKey(parts...)
		return c
	}
	if w.together {
		return []cell{make(arms...)}
	}
	var list []cell
	for _, a := range arms {
		list = append(list, make(a))
	}
	return list
}

// locks lets one goroutine at a time work on a key.
type locks struct {
	mutex sync.Mutex
	busy  map[string]chan struct{}
}

// lock waits until nobody works on the key, and returns what ends the work.
func (l *locks) lock(key string) (unlock func()) {
	for {
		l.mutex.Lock()
		wait := l.busy[key]
		if wait == nil {
			done := make(chan struct{})
			l.busy[key] = done
			l.mutex.Unlock()
			return func() {
				l.mutex.Lock()
				delete(l.busy, key)
				l.mutex.Unlock()
				close(done)
			}
		}
		l.mutex.Unlock()
		<-wait
	}
}

// cover returns pieces of a cell that hold the replications from 0 to until (not included), in order: those that are
// kept, and new ones in blocks between the looks.
func (w *sweep) cover(ctx context.Context, c *cell, until, workers int) ([]*output.Piece, error) {
	var list []*output.Piece
	for have := 0; have < until; {
		piece := w.kept(w.pieces, c.key, have)
		if piece == nil {
			to := experiment.Stage(0)
			for to <= have {
				to = experiment.Stage(to)
			}
			if to = min(to, until); w.pieces.Appeared(c.key, have, to) {
				piece = w.kept(w.pieces, c.key, have)
			}
			if piece == nil {
				var err error
				if piece, err = w.newPiece(ctx, c, have, to, workers); err != nil {
					return nil, err
				}
				list, have = append(list, piece), to
				continue
			}
		}
		w.meter.reused((min(piece.To, until) - have) * len(c.arms))
		list = append(list, piece)
		have = piece.To
	}
	return list, nil
}

// newPiece simulates a block of a cell and keeps it, or says that it lacks where nothing may be simulated.
func (w *sweep) newPiece(ctx context.Context, c *cell, from, to, workers int) (*output.Piece, error) {
	if w.only != nil {
		return nil, w.only.why(c.key, from, to)
	}
	piece, err := w.simulateBlock(ctx, c, from, to, workers)
	if err != nil {
		return nil, err
	}
	return piece, w.pieces.Write(piece)
}

// kept returns a piece of a cell that holds a replication, or nil.
func (w *sweep) kept(pieces *output.Pieces, key string, replication int) *output.Piece {
	arms := 1
	if w.together {
		arms = len(w.study.Standing)
	}
	return pieces.Next(key, replication, arms, w.names())
}

// names returns the measures of interest as pieces name them.
func (w *sweep) names() []string {
	var list []string
	for _, in := range w.interest {
		list = append(list, in.Row.Name())
	}
	return list
}

// keeps tells whether a piece keeps a row.
func (w *sweep) keeps(r *sim.MeasureRow, named []string) bool {
	usual := r.Type == sim.All && r.Pool == sim.All && r.Role == sim.All && r.Staff == sim.All && (r.Channel == sim.All || r.Channel == "portal")
	return w.study.File.Keep == "all" || w.study.File.Keep == "usual" && usual || slices.Contains(named, r.Name())
}

// simulateBlock runs replications of a cell.
func (w *sweep) simulateBlock(ctx context.Context, c *cell, from, to, workers int) (*output.Piece, error) {
	began, named := time.Now(), w.names()
	piece := &output.Piece{Key: c.key, From: from, To: to, Asked: named, Arms: make([]output.PieceArm, len(c.arms))}
	err := experiment.Run(ctx, c.arms, w.seed, from, to, workers, experiment.Options{Outgrown: true, Budget: w.budget(w.jobs)}, func(r *experiment.Replication) error {
		for a, result := range r.Arms {
			w.keep(&piece.Arms[a], result, named)
			if a > 0 {
				piece.Arms[a].AddPairs(r.Pairs, c.arms[a].Name, r.Number-from)
			}
		}
		w.meter.ran(len(c.arms))
		return nil
	})
	piece.Seconds = time.Since(began).Seconds()
	return piece, err
}

// keep adds a replication's values to a piece.
func (w *sweep) keep(into *output.PieceArm, result *sim.Result, named []string) {
	replication := len(into.Growing)
	into.Growing = append(into.Growing, append([]string{}, result.Growing...))
	into.Outgrown = append(into.Outgrown, result.Rows == nil)
	values, first := []*float64{}, len(into.Measures) == 0
	for i := range result.Rows {
		r := &result.Rows[i]
		if !w.keeps(r, named) {
			continue
		}
		if first {
			into.Measures = append(into.Measures, r.Name())
		}
		if r.Note != "" {
			into.Notes = append(into.Notes, output.PieceNote{Replication: replication, Measure: len(values), Text: r.Note})
		}
		values = append(values, r.Value)
	}
	into.Values = append(into.Values, values)
}
