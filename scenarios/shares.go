package scenarios

import (
	"fmt"
	"math"
	"slices"
)

// Shares split a whole among names: the values sum to one.
type Shares struct {
	Names    []string
	Values   []float64
	Evidence *Evidence // nil where no source is given
}

// Of returns the share of a name, and whether it is named.
func (v Shares) Of(name string) (share float64, ok bool) {
	if i := slices.Index(v.Names, name); i >= 0 {
		return v.Values[i], true
	}
	return 0, false
}

var sharesKeys = []string{"shares", "source", "n", "transport", "cite", "note"}

func (v *Shares) read(r *reader, n *Node, path string, _ field) {
	const fix = "write {shares: {portal: 0.6, phone: 0.4}, source: survey, n: 300}"
	if !r.is(n, Mapping, path, fix) {
		return
	}
	shares := n
	if at := n.At("shares"); at != nil && at.Kind != Scalar {
		shares = at
		r.evidenceKeys(n, path, sharesKeys)
		if len(n.Entries) > 1 {
			v.Evidence = r.evidence(n, path, true)
		}
		path = below(path, "shares")
	}
	if r.is(shares, Mapping, path, fix) {
		r.shares(v, shares, path)
	}
}

func (*Shares) schema(w *schemaWriter, _ field) object {
	share := object{{"type", "number"}}.join(boundsSchema(shareLimits))
	plain := w.byKey(nameKeys, share)
	evidenced := object{{"allOf", []any{
		evidenceSchema(sharesKeys, plain, share),
		object{{"if", object{{"minProperties", 2}}}, {"then", requires("source")}},
	}}}
	nested := object{{"properties", object{{"shares", object{{"type", []any{"object", "array", "null"}}}}}}}
	return object{{"type", "object"}, {"if", requires("shares").join(nested)}, {"then", evidenced}, {"else", plain[1:]}}
}

// shares reads the names and values, and wants a sum of one.
func (r *reader) shares(v *Shares, n *Node, path string) {
	const tolerance = 1e-9 // covers the rounding of decimals, and no slip of the pen
	sound, sum := true, 0.0
	for _, e := range n.Entries {
		r.name(e.Key, e.Place, below(path, e.Key))
		share, ok := r.probability(e.Value, below(path, e.Key), field{})
		sound, sum = sound && ok, sum+share
		v.Names, v.Values = append(v.Names, e.Key), append(v.Values, share)
	}
	if sound && math.Abs(sum-1) > tolerance {
		r.refuse(n.Place, path, fmt.Sprintf("the shares sum to %s, not 1", formatNumber(round9(sum))), fmt.Sprintf("change them by %s in all", formatNumber(round9(1-sum))))
	}
}

// round9 rounds to nine decimals, for messages.
func round9(x float64) float64 { return math.Round(x*1e9) / 1e9 }
