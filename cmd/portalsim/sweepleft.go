package main

import "portalsim/output"

// mostPointsLookedUp bounds the points whose pieces a plan looks for; of more points, so many are taken at equal steps.
const mostPointsLookedUp = 200

// shareLeft returns the share of the replications of the plan that no piece holds; ok is false where there are no pieces.
func (w *sweep) shareLeft() (share float64, ok bool) {
	if w.out == "" {
		return 1, false
	}
	if _, begun := output.CostOfPieces(w.out); !begun {
		return 1, false
	}
	pieces, err := output.OpenPieces(w.out)
	if err != nil {
		return 1, false
	}
	asked, held, seen := 0, 0, map[string]bool{} // seen is looked up, never walked
	points := w.study.Points()
	for p := 0; p < points; p += max(1, points/mostPointsLookedUp) {
		arms, err := w.study.Compose(p)
		if err != nil {
			continue // it will fail, and takes no time
		}
		for _, c := range w.cells(arms) {
			if !seen[c.key] {
				seen[c.key] = true
				asked += w.firstLook() * len(c.arms)
				held += w.held(pieces, c.key) * len(c.arms)
			}
		}
	}
	return 1 - float64(held)/float64(max(1, asked)), true
}

// held returns how many of the replications of a first look the pieces of a cell hold, from the first on.
func (w *sweep) held(pieces *output.Pieces, key string) int {
	have := 0
	for have < w.firstLook() {
		piece := w.kept(pieces, key, have)
		if piece == nil {
			break
		}
		have = piece.To
	}
	return min(have, w.firstLook())
}
