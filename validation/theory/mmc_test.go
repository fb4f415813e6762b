package theory

import (
	"math"
	"testing"
)

func TestErlangBPublished(t *testing.T) {
	for _, row := range []struct {
		a         float64
		c         int
		want, off float64
	}{
		// Standard traffic tables for a loss of 1 %, such as J. R. Boucher, Traffic System
		// Design Handbook (1992), which print the load to three or four figures.
		{0.0101, 1, 0.01, 1e-5}, {4.461, 10, 0.01, 1e-5}, {8.108, 15, 0.01, 1e-5},
		{12.03, 20, 0.01, 1e-5}, {37.90, 50, 0.01, 1e-5}, {84.06, 100, 0.01, 1e-5},
		// By hand: a/(1 + a), and (a²/2)/(1 + a + a²/2).
		{5, 1, 5.0 / 6, exact}, {2, 2, 2.0 / 5, exact},
		{0, 3, 0, 0},
	} {
		near(t, "loss", ErlangB(row.a, row.c), row.want, row.off)
	}
}

// The definition, (aᶜ/c!)/Σ aⁿ/n!, by logarithms.
func TestErlangBDefinition(t *testing.T) {
	for _, c := range []int{1, 7, 150, 2000} {
		for _, a := range []float64{0.3, 6, 149, 2100} {
			sum := 0.0
			for n := range c + 1 {
				sum += math.Exp(float64(n-c)*math.Log(a) + logFactorial(c) - logFactorial(n))
			}
			near(t, "loss", ErlangB(a, c), 1/sum, 1e-10)
		}
	}
}

func logFactorial(n int) float64 {
	y, _ := math.Lgamma(float64(n) + 1)
	return y
}

// An eye clinic with three doctors, λ = 6 and μ = 3 per hour, from Gross et al., section 2.3:
// empty 1/9 of the time, 8/9 waiting, 28.9 minutes in the clinic. By hand, the chance to wait
// is (2³/3!)·3·(1/9) = 4/9.
func TestMMcByHand(t *testing.T) {
	near(t, "utilisation", Utilisation(6, 3, 3), 2.0/3, exact)
	near(t, "must wait", ErlangC(2, 3), 4.0/9, exact)
	near(t, "wait", MMcWait(6, 3, 3), 4.0/27, exact)
	near(t, "number waiting", 6*MMcWait(6, 3, 3), 8.0/9, exact)
	near(t, "minutes in the clinic", 60*MMcSojourn(6, 3, 3), 28.9, 2e-3)
	near(t, "number", MMcNumber(6, 3, 3), 8.0/9+2, exact)
	near(t, "wait over an hour", MMcWaitExceeds(6, 3, 3, 1), 4.0/9*math.Exp(-3), exact)
	near(t, "90th percentile", MMcWaitQuantile(6, 3, 3, 0.9), math.Log(40.0/9)/3, exact)
	near(t, "5 in 9 do not wait", MMcWaitQuantile(6, 3, 3, 5.0/9-1e-9), 0, 0)
	// Two servers by hand: the chance to wait is 2ρ²/(1 + ρ).
	near(t, "two servers", ErlangC(1.5, 2), 2*0.75*0.75/1.75, exact)
}

func TestMMcLimits(t *testing.T) {
	for _, lambda := range []float64{0, 0.5, 2.9} {
		near(t, "one server, wait", MMcWait(lambda, 3, 1), MM1Wait(lambda, 3), exact)
		near(t, "one server, number", MMcNumber(lambda, 3, 1), MM1Number(lambda, 3), exact)
		near(t, "one server, tail", MMcWaitExceeds(lambda, 3, 1, 0.4), MM1WaitExceeds(lambda, 3, 0.4), exact)
		near(t, "one server, quantile", MMcWaitQuantile(lambda, 3, 1, 0.8), MM1WaitQuantile(lambda, 3, 0.8), exact)
		near(t, "many servers", MMcSojourn(lambda, 3, 60), 1.0/3, exact)
	}
	near(t, "heavy load", ErlangC(3*0.999999, 3), 1, 1e-5)
	near(t, "heavy load, wait", MMcWait(9*0.999999, 3, 3)*9*1e-6, 1, 1e-5)
	// S. Halfin and W. Whitt, "Heavy-traffic limits for queues with many exponential servers",
	// Operations Research 29 (1981) 567–588: with c = a + β√a servers the chance to wait tends
	// to 1/(1 + βΦ(β)/φ(β)), to order 1/√a.
	beta, a := 1.0, 1e6
	phi, cumulative := math.Exp(-0.5)/math.Sqrt(2*math.Pi), 0.5*math.Erfc(-1/math.Sqrt2)
	near(t, "Halfin–Whitt", ErlangC(a, int(a+beta*math.Sqrt(a))), 1/(1+beta*cumulative/phi), 1e-3)
}

// Five arrivals by hand. One server, every 2 h, 3 h of work: starts at 0, 3, 6, 9, 12. Two
// servers, every hour, 3 h: starts at 0, 1, 3, 4, 6.
func TestDD1ByHand(t *testing.T) {
	for k, want := range []float64{0, 1, 2, 3, 4} {
		near(t, "overloaded", DD1Wait(k, 2, 3), want, 0)
		near(t, "just in time", DD1Wait(k, 3, 3), 0, 0)
		near(t, "idle between", DD1Wait(k, 4, 3), 0, 0)
	}
	for k, want := range []float64{0, 0, 1, 1, 2} {
		near(t, "two servers", DDcWait(k, 2, 1, 3), want, 0)
	}
}

// Lindley's recursion, server by server, for many arrivals.
func TestDDcRecursion(t *testing.T) {
	const c, gap, service = 3, 0.25, 0.8
	free := make([]float64, c) // when each server is next idle
	for k := range 100 {
		arrival := float64(k) * gap
		start := math.Max(arrival, free[k%c])
		free[k%c] = start + service
		near(t, "wait", DDcWait(k, c, gap, service), start-arrival, 1e-12)
	}
}
