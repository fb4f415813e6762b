package theory

import "testing"

// One server, μ = 1, λ = 0.2 and 0.6: the sojourns are 2 and 6, the example of the literature
// that the tests of the simulator Ciw quote (test_priority_system_compare_literature). By
// hand, the work left is 0.8, and the waits 0.8/0.8 = 1 and 0.8/(0.8·0.2) = 5.
func TestPriorityMM1Published(t *testing.T) {
	nearAll(t, "waits", PriorityMM1Waits([]float64{0.2, 0.6}, []float64{1, 1}), []float64{1, 5}, exact)
}

// Three classes by hand: λ 1, 2, 1 per hour; means 0.2, 0.1, 0.3 h; deviations 0.1, 0, 0.3 h.
// Halves of λE[S²]: 0.025, 0.01, 0.09, together 0.125. Loads σ: 0.2, 0.4, 0.7.
func TestPriorityMG1ByHand(t *testing.T) {
	classes := []Class{{1, 0.2, 0.1}, {2, 0.1, 0}, {1, 0.3, 0.3}}
	want := []float64{0.125 / 0.8, 0.125 / (0.8 * 0.6), 0.125 / (0.6 * 0.3)}
	nearAll(t, "waits", PriorityMG1Waits(classes), want, exact)
}

// Two servers by hand: μ = 1, λ = 0.5 and 1. The chance to wait at 1.5 erlangs is 9/14, the
// mean time until a server is free 9/28; waits (9/28)/(3/4) and (9/28)/((3/4)·(1/4)).
func TestPriorityMMcByHand(t *testing.T) {
	got := PriorityMMcWaits([]float64{0.5, 1}, 1, 2)
	nearAll(t, "waits", got, []float64{3.0 / 7, 12.0 / 7}, exact)
}

// Two classes by hand: λ = μ/4 each with μ = 4. The first is M/M/1 alone, 1/3 h in all. The
// second waits R/(¾·½) = (2/16)/(3/8) = 1/3 h, and is served in ¼/¾ = 1/3 h.
func TestPreemptiveMM1ByHand(t *testing.T) {
	lambda, mu := []float64{1, 1}, []float64{4, 4}
	nearAll(t, "waits", PreemptiveMM1Waits(lambda, mu), []float64{1.0 / 12, 1.0 / 3}, exact)
	nearAll(t, "sojourns", PreemptiveMM1Sojourns(lambda, mu), []float64{1.0 / 3, 2.0 / 3}, exact)
	// The number of the second class by Gross et al., section 3.4.3, for any two rates:
	// (ρ₂ + ρ₁ρ₂·μ₂/μ₁ ÷ (1 − ρ₁)) / (1 − ρ₁ − ρ₂). Here ρ = ½ and ¼, μ = 2 and 8.
	sojourns := PreemptiveMM1Sojourns([]float64{1, 2}, []float64{2, 8})
	near(t, "unequal services", 2*sojourns[1], (0.25+0.5*0.25*4/0.5)/0.25, exact)
}

func TestPriorityLimits(t *testing.T) {
	one := []float64{2}
	nearAll(t, "one class", PriorityMM1Waits(one, []float64{3}), []float64{MM1Wait(2, 3)}, exact)
	nearAll(t, "one class, c = 4", PriorityMMcWaits([]float64{10}, 3, 4), []float64{MMcWait(10, 3, 4)}, exact)
	nearAll(t, "one class, M/G/1", PriorityMG1Waits([]Class{{2, 0.3, 0.4}}), []float64{MG1Wait(2, 0.3, 0.4)}, exact)
	nearAll(t, "one class, preemptive", PreemptiveMM1Sojourns(one, []float64{3}), []float64{MM1Sojourn(2, 3)}, exact)
	lambda := []float64{0.3, 0.9, 0.6}
	same := []float64{2, 2, 2}
	nearAll(t, "c = 1", PriorityMMcWaits(lambda, 2, 1), PriorityMM1Waits(lambda, same), exact)
	if n := len(PriorityMMcWaits(nil, 2, 1)); n != 0 {
		t.Errorf("no classes have %d waits", n)
	}
}

// Taken together, the first k of several classes are the first of two, and so wait as if
// alone behind whatever is in service. With their mean given for every k, so is each wait:
// this is the whole theorem, by another road.
func TestPriorityOfMergedClasses(t *testing.T) {
	lambda := []float64{1.5, 4, 0.5, 2}
	const mu, c = 3.0, 3
	waits := PriorityMMcWaits(lambda, mu, c)
	total, weighted := 0.0, 0.0
	for k, rate := range lambda {
		total += rate
		weighted += rate * waits[k]
		near(t, "first classes merged", weighted/total, ErlangC(8/mu, c)/(c*mu-total), exact)
	}
	near(t, "all merged", weighted/total, MMcWait(8, mu, c), exact)
}

// With preemption and equal services the first k classes never see the rest: together they
// are M/M/1.
func TestPreemptiveOfMergedClasses(t *testing.T) {
	lambda, mu := []float64{0.4, 1.1, 0.7}, []float64{3, 3, 3}
	sojourns := PreemptiveMM1Sojourns(lambda, mu)
	total, number := 0.0, 0.0
	for k, rate := range lambda {
		total += rate
		number += rate * sojourns[k]
		near(t, "number of the first classes", number, MM1Number(total, 3), exact)
	}
}

// The mean work before an arrival does not depend on the order of classes: Σ ρ·wait is fixed.
// L. Kleinrock, "A conservation law for a wide class of queueing disciplines", Naval Research
// Logistics Quarterly 12 (1965) 181–192.
func TestPriorityConservation(t *testing.T) {
	urgent, slow := Class{1, 0.2, 0.1}, Class{0.5, 1.1, 0.7}
	a := PriorityMG1Waits([]Class{urgent, slow})
	b := PriorityMG1Waits([]Class{slow, urgent})
	near(t, "Σ ρ·wait", 0.2*a[0]+0.55*a[1], 0.55*b[0]+0.2*b[1], exact)
}
