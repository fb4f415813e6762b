package theory

import "fmt"

// MG1WaitSquare returns the mean square of the wait, in hours², of the M/G/1 queue served
// first come, first served: 2W² + λE[S³]/(3(1 − ρ)), where W is the mean wait. The service is
// given by its mean, mean square and mean cube, in hours, hours² and hours³. It panics unless
// λ ≥ 0, the mean is above 0, the mean square is at least its square and λ·mean < 1.
//
// Source: L. Takács, "A single-server queue with Poisson input", Operations Research 10 (1962)
// 388–394; Gross et al., section 5.1.5.
func MG1WaitSquare(lambda, mean, square, cube float64) float64 {
	checkStable("MG1WaitSquare", lambda, 1/mean, 1)
	if square < mean*mean*(1-1e-12) || !(cube > 0) {
		panic(fmt.Sprintf("theory: MG1WaitSquare: mean %v with mean square %v and cube %v", mean, square, cube))
	}
	wait := lambda * square / (2 * (1 - lambda*mean))
	return 2*wait*wait + lambda*cube/(3*(1-lambda*mean))
}

// LIFOMG1WaitSquare is MG1WaitSquare for the last in served first, without interruption. The
// mean wait is that of first in, first out; the mean square is larger by 1/(1 − ρ).
//
// Source: D. M. G. Wishart, "Queuing systems in which the discipline is 'last-come,
// first-served'", Operations Research 8 (1960) 591–599; L. Takács, "Delay distributions for one
// line with Poisson input, general holding times, and various orders of service", Bell System
// Technical Journal 42 (1963) 487–503.
func LIFOMG1WaitSquare(lambda, mean, square, cube float64) float64 {
	return MG1WaitSquare(lambda, mean, square, cube) / (1 - lambda*mean)
}

// LIFOMM1WaitExceeds returns P(wait > t), for t in hours, of the M/M/1 queue in which the last
// in is served first, without interruption: with probability ρ the wait is a busy period, which
// begins with what is left of the service under way. It panics unless 0 ≤ λ < μ and t ≥ 0.
//
// Source: as LIFOMG1WaitSquare. The tail of the busy period is that of the time in which a
// birth–death process comes from one to none, by uniformisation: see Occupancies.
func LIFOMM1WaitExceeds(lambda, mu, t float64) float64 {
	checkStable("LIFOMM1WaitExceeds", lambda, mu, 1)
	checkTime("LIFOMM1WaitExceeds", t)
	if t == 0 || lambda == 0 {
		return lambda / mu
	}
	const most = 400 // in the system: reached with a chance far below rounding unless ρ is above 0.9
	busy := newGenerator(most+1, func(n int, to func(int, float64)) {
		if n > 0 && n < most {
			to(n+1, lambda)
		}
		if n > 0 {
			to(n-1, mu)
		}
	})
	start := make([]float64, most+1)
	start[1] = 1
	end, _ := busy.advance(start, t)
	return lambda / mu * (1 - end[0])
}

// VacationMG1Wait returns the mean wait, in hours, of the M/G/1 queue whose server, whenever
// nobody waits, turns to other work in pieces that it does not interrupt, one after another
// until somebody waits at the end of a piece (multiple vacations): the wait of M/G/1 and, on
// top of it, the mean of what is left of a piece, E[V²]/(2E[V]). Services and pieces are given
// by mean and standard deviation in hours. It panics as MG1Wait does, and unless the mean of a
// piece is above 0.
//
// Source: S. W. Fuhrmann and R. B. Cooper, "Stochastic decompositions in the M/G/1 queue with
// generalized vacations", Operations Research 33 (1985) 1117–1129; B. T. Doshi, "Queueing
// systems with vacations: a survey", Queueing Systems 1 (1986) 29–66.
func VacationMG1Wait(lambda, mean, sd, pieceMean, pieceSD float64) float64 {
	if !(pieceMean > 0) {
		panic(fmt.Sprintf("theory: VacationMG1Wait: pieces of mean %v h, want above 0", pieceMean))
	}
	checkTime("VacationMG1Wait", pieceSD)
	return MG1Wait(lambda, mean, sd) + (pieceMean*pieceMean+pieceSD*pieceSD)/(2*pieceMean)
}
