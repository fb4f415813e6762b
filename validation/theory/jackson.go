package theory

import "fmt"

// FeedbackRate returns the effective arrival rate, per hour, at a queue to which each served
// message returns with probability again, when new ones come at rate λ: λ/(1 − again). It
// panics unless λ ≥ 0 and 0 ≤ again < 1.
//
// Source: J. R. Jackson, "Networks of waiting lines", Operations Research 5 (1957) 518–521.
func FeedbackRate(lambda, again float64) float64 {
	checkRates("FeedbackRate", lambda, 1)
	checkBelowOne("FeedbackRate", again)
	return lambda / (1 - again)
}

// FeedbackMM1Sojourn returns the mean time, in hours, from arrival to the last departure at
// an M/M/1 queue to whose end each served message returns at once with probability again:
// 1/(μ(1 − again) − λ). It panics unless 0 ≤ again < 1 and λ/(1 − again) < μ.
//
// Source: Jackson (1957), as FeedbackRate; L. Takács, "A single-server queue with feedback",
// Bell System Technical Journal 42 (1963) 505–519.
func FeedbackMM1Sojourn(lambda, mu, again float64) float64 {
	visits := 1 / (1 - again)
	return visits * MM1Sojourn(FeedbackRate(lambda, again), mu)
}

// TandemMM1Sojourn returns the mean time, in hours, through single exponential servers one
// after another, each with its own service rate and queue. It panics unless λ is below every
// rate.
//
// Source: P. J. Burke, "The output of a queuing system", Operations Research 4 (1956)
// 699–704: departures are Poisson, so each queue is M/M/1; Gross et al., section 4.1.
func TandemMM1Sojourn(lambda float64, mu []float64) float64 {
	sojourn := 0.0
	for _, rate := range mu {
		sojourn += MM1Sojourn(lambda, rate)
	}
	return sojourn
}

// JacksonRates returns the effective arrival rate, per hour, at each queue of an open
// network: external[i] come to queue i from outside per hour, and one served at i goes next
// to j with probability routing[i][j], or leaves. Queues may be unstable. It panics unless
// routing is square of that size with rows of probabilities that sum to at most 1, and every
// queue that work can enter has a way out.
//
// Source: Jackson (1957), as FeedbackRate; Gross et al., section 4.2. The traffic equations
// are solved by Gaussian elimination, which needs no pivoting since a column's diagonal
// outweighs the rest.
func JacksonRates(external []float64, routing [][]float64) []float64 {
	checkRouting(external, routing)
	n := len(external)
	equations := make([][]float64, n) // row j: λ[j] − Σ λ[i]·routing[i][j] = external[j]
	for j := range equations {
		equations[j] = make([]float64, n+1)
		for i := range n {
			equations[j][i] = -routing[i][j]
		}
		equations[j][j]++
		equations[j][n] = external[j]
	}
	return solve(equations)
}

// solve returns the solution of the equations, each a row of coefficients and a right side,
// which it overwrites, by Gauss–Jordan elimination.
func solve(equations [][]float64) []float64 {
	for k, row := range equations {
		pivot := row[k]
		if pivot < 1e-12 {
			panic(fmt.Sprintf("theory: JacksonRates: work that reaches queue %d never leaves", k))
		}
		for i := range row {
			row[i] /= pivot
		}
		for j, other := range equations {
			if factor := other[k]; j != k && factor != 0 {
				for i := range other {
					other[i] -= factor * row[i]
				}
			}
		}
	}
	solution := make([]float64, len(equations))
	for k, row := range equations {
		solution[k] = row[len(equations)]
	}
	return solution
}

func checkRouting(external []float64, routing [][]float64) {
	if len(routing) != len(external) {
		panic(fmt.Sprintf("theory: JacksonRates: %d external rates and %d rows of routing", len(external), len(routing)))
	}
	for i, row := range routing {
		checkRates("JacksonRates", external[i], 1)
		total := 0.0
		for _, p := range row {
			if !(p >= 0) {
				panic(fmt.Sprintf("theory: JacksonRates: routing[%d] is %v, want no negative number", i, row))
			}
			total += p
		}
		if len(row) != len(external) || total > 1+1e-9 {
			panic(fmt.Sprintf("theory: JacksonRates: routing[%d] is %v, want %d probabilities that sum to at most 1", i, row, len(external)))
		}
	}
}

// JacksonSojourn returns the mean time, in hours, from entry to departure in the open network
// of JacksonRates, over all that enter, where queue i has c[i] servers of rate mu[i]. It
// panics as JacksonRates does, and unless the lengths agree, every queue is stable and
// something enters.
//
// Source: J. R. Jackson, "Jobshop-like queueing systems", Management Science 10 (1963)
// 131–142: each queue has the mean of M/M/c at its effective rate; Little's law on the whole.
func JacksonSojourn(external []float64, routing [][]float64, mu []float64, c []int) float64 {
	if len(mu) != len(external) || len(c) != len(external) {
		panic(fmt.Sprintf("theory: JacksonSojourn: %d queues, %d service rates and %d counts of servers", len(external), len(mu), len(c)))
	}
	entering, number := 0.0, 0.0
	for i, lambda := range JacksonRates(external, routing) {
		entering += external[i]
		number += MMcNumber(lambda, mu[i], c[i])
	}
	if entering == 0 {
		panic("theory: JacksonSojourn: nothing enters the network")
	}
	return number / entering
}
