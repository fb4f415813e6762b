package sim

import (
	"math"
	"testing"
)

// The mean and spread of what patients write by the portal are those of a panel drawn: the traits by formula against the
// traits by draw, with activity held alike.
func TestPortalTraits(t *testing.T) {
	s := surveyPanel(400_000, []float64{0.9, 0.5})
	s.Patients.ActivityCV = 0
	s.Types[0].NeedsPerUserYear, s.Types[1].NeedsPerUserYear = 3, 2
	s.Types[0].PortalShareOfOthers, s.Types[1].PortalShareOfOthers = 0.4, 0.7
	var rates []float64
	for k := range s.Types {
		rates = append(rates, PortalPerNeed(s, k)*s.Types[k].NeedsPerUserYear)
	}
	for k := range s.Types { // the balance of flows has the same contacts a week by the portal
		want := WeeklyContacts(s, k)[0] * float64(Year) / float64(Week) / float64(s.Patients.Count)
		if math.Abs(rates[k]/want-1) > 1e-12 {
			t.Errorf("type %d: %v contacts by the portal a patient-year, by the balance of flows %v", k, rates[k], want)
		}
	}
	p := newPanel(s, 5, 0)
	sum, squares, nobody := 0.0, 0.0, 0
	for i := range p.patients {
		x := &p.patients[i]
		wants := 0.0
		for k := range s.Types {
			if x.uses>>k&1 == 1 {
				wants += s.Types[k].NeedsPerUserYear * s.byPortal(k, x.preferred == 0)
			}
		}
		wants *= s.Patients.Segments[x.segment].Multiplier
		if wants == 0 {
			nobody++
		}
		sum, squares = sum+wants, squares+wants*wants
	}
	n := float64(len(p.patients))
	share, mean, square, never := 0.0, 0.0, 0.0, 0.0
	for _, x := range PortalTraits(s, rates) {
		share, mean, square = share+x.Share, mean+x.Share*x.Relative, square+x.Share*x.Relative*x.Relative
		if x.Relative == 0 {
			never += x.Share
		}
	}
	total := 0.0
	for _, r := range rates {
		total += r
	}
	if math.Abs(share-1) > 1e-12 || math.Abs(mean-total) > 1e-9 {
		t.Errorf("shares sum to %v, and the mean is %v, want 1 and %v", share, mean, total)
	}
	for _, c := range []struct {
		what      string
		got, want float64
	}{{"mean", sum / n, mean}, {"mean square", squares / n, square}, {"share who never write", float64(nobody) / n, never}} {
		if math.Abs(c.got/c.want-1) > 0.01 { // the standard error of the mean square is a fifth of this
			t.Errorf("%s %v in the panel, %v by the traits", c.what, c.got, c.want)
		}
	}
}

// With many types traits are joined, and neither shares nor mean nor, but for a little, spread are lost.
func TestPortalTraitsAreJoined(t *testing.T) {
	var kinds []PortalTrait = []PortalTrait{{1, 0}}
	mean, spread := 0.0, 0.0
	for k := range 20 {
		uses, rate := 0.2+0.03*float64(k), 1+math.Sqrt(float64(k))
		kinds = split(kinds, uses, rate)
		mean, spread = mean+uses*rate, spread+uses*(1-uses)*rate*rate
	}
	share, first, second := 0.0, 0.0, 0.0
	for _, x := range kinds {
		share, first, second = share+x.Share, first+x.Share*x.Relative, second+x.Share*x.Relative*x.Relative
	}
	if len(kinds) > 2*mostTraits {
		t.Errorf("%d traits", len(kinds))
	}
	if math.Abs(share-1) > 1e-9 || math.Abs(first/mean-1) > 1e-9 || math.Abs((second-first*first)/spread-1) > 0.001 {
		t.Errorf("share %v, mean %v for %v, variance %v for %v", share, first, mean, second-first*first, spread)
	}
}
