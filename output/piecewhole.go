package output

import "math"

// The bounds of a piece. A piece of many replications with every measure kept takes some megabytes, and numbers of
// replications are int32 in the tables.
const (
	maxPieceBytes   = 1 << 30 // unpacked
	mostReplication = math.MaxInt32
)

// whole tells whether a piece holds all that is read from one: values, growth and pairs of each replication of each arm. A
// hash tells only that its bytes are those that somebody wrote.
func (p *Piece) whole() bool {
	if p.From < 0 || p.To > mostReplication || p.From >= p.To || len(p.Arms) == 0 {
		return false
	}
	for i := range p.Arms {
		if !p.Arms[i].whole(p.To - p.From) {
			return false
		}
	}
	return true
}

func (a *PieceArm) whole(replications int) bool {
	if len(a.Values) != replications || len(a.Growing) != replications || len(a.Outgrown) != replications {
		return false
	}
	for r, values := range a.Values {
		if len(values) != len(a.Measures) && !(a.Outgrown[r] && len(values) == 0) {
			return false
		}
	}
	for _, c := range a.Contacts {
		if len(c.First) > replications || len(c.Arm) != len(c.First) || len(c.Censored) != len(c.First) {
			return false
		}
	}
	return true
}
