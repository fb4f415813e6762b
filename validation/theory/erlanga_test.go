package theory

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mathext"
)

// 50 agents, 48 calls and a service of one per minute, and a mean patience of 2 minutes: the
// example of Garnett, Mandelbaum and Reiman (2002) gives 3.1 % abandoning, a
// mean wait of 3.7 s and agents 93 % busy.
func TestErlangAPublished(t *testing.T) {
	lambda, mu, theta := 48.0*60, 60.0, 30.0 // per hour
	abandon := ErlangAAbandonment(lambda, mu, theta, 50)
	near(t, "abandonment", abandon, 0.031, 0.0005)
	near(t, "wait in seconds", 3600*ErlangAWait(lambda, mu, theta, 50), 3.7, 0.05/3.7)
	near(t, "agents busy", Utilisation(lambda*(1-abandon), mu, 50), 0.93, 0.005)
}

// One server with λ = μ = θ by hand: the weights of n are 1/n!, so P(n) = e⁻¹/n!. All are
// busy with chance 1 − e⁻¹; on average Σ (n − 1)/n! over n ≥ 1, e⁻¹ in all, are waiting.
func TestErlangAByHand(t *testing.T) {
	near(t, "delay", ErlangADelay(1, 1, 1, 1), 1-math.Exp(-1), exact)
	near(t, "wait", ErlangAWait(1, 1, 1, 1), math.Exp(-1), exact)
	near(t, "abandonment", ErlangAAbandonment(1, 1, 1, 1), math.Exp(-1), exact)
}

// palm returns P(delay) and P(abandon) by the closed form of C. Palm, in A. Mandelbaum and
// S. Zeltyn, "Service engineering in action: the Palm/Erlang-A queue, with applications to
// call centers" (2007), section 4, which shares no step with the sum of erlangA.
func palm(lambda, mu, theta float64, c int) (delay, abandon float64) {
	x, y := float64(c)*mu/theta, lambda/theta
	lgamma, _ := math.Lgamma(x)
	a := x * math.Exp(y-x*math.Log(y)+lgamma) * mathext.GammaIncReg(x, y)
	b := ErlangB(lambda/mu, c)
	rho := lambda / (float64(c) * mu)
	delay = a * b / (1 + (a-1)*b)
	return delay, delay * (1/(rho*a) + 1 - 1/rho)
}

func TestErlangAMatchesPalm(t *testing.T) {
	for _, lambda := range []float64{1, 7, 12, 30} {
		for _, theta := range []float64{0.2, 1, 6} {
			for _, c := range []int{1, 4, 15} {
				delay, abandon := palm(lambda, 1, theta, c)
				near(t, "delay", ErlangADelay(lambda, 1, theta, c), delay, 1e-9)
				near(t, "abandonment", ErlangAAbandonment(lambda, 1, theta, c), abandon, 1e-9)
				near(t, "wait", ErlangAWait(lambda, 1, theta, c), abandon/theta, 1e-9)
			}
		}
	}
}

func TestErlangALimits(t *testing.T) {
	near(t, "patient, delay", ErlangADelay(5, 1, 1e-7, 6), ErlangC(5, 6), 1e-5)
	near(t, "patient, wait", ErlangAWait(5, 1, 1e-7, 6), MMcWait(5, 1, 6), 1e-5)
	near(t, "impatient, abandonment", ErlangAAbandonment(5, 1, 1e9, 6), ErlangB(5, 6), 1e-7)
	near(t, "θ = μ is M/M/∞", ErlangADelay(2, 1, 1, 2), 1-3*math.Exp(-2), exact)
	near(t, "great overload", ErlangAAbandonment(1000, 1, 0.5, 10), 0.99, 1e-9)
	near(t, "large and busy", ErlangAAbandonment(5000, 1, 1, 4000), 0.2, 1e-9)
	near(t, "no arrivals, delay", ErlangADelay(0, 1, 1, 2), 0, 0)
	near(t, "no arrivals, wait", ErlangAWait(0, 1, 1, 2), 0, 0)
	near(t, "no arrivals, abandonment", ErlangAAbandonment(0, 1, 1, 2), 0, 0)
}
