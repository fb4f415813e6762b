package theory_test

import (
	"fmt"
	"math"

	"portalsim/validation/theory"
)

func ExampleUtilisation() {
	// 6 messages an hour, 3 clinicians who answer 3 an hour each.
	fmt.Printf("%.3f\n", theory.Utilisation(6, 3, 3))
	// Output: 0.667
}

func ExampleMM1Wait() {
	// 5 messages an hour, one clinician who answers 6 an hour.
	fmt.Printf("%.3f h\n", theory.MM1Wait(5, 6))
	// Output: 0.833 h
}

func ExampleMM1Sojourn() {
	fmt.Printf("%.3f h\n", theory.MM1Sojourn(5, 6))
	// Output: 1.000 h
}

func ExampleMM1Number() {
	fmt.Printf("%.3f\n", theory.MM1Number(5, 6))
	// Output: 5.000
}

func ExampleMM1WaitExceeds() {
	// The chance to wait over two hours.
	fmt.Printf("%.3f\n", theory.MM1WaitExceeds(5, 6, 2))
	// Output: 0.113
}

func ExampleMM1WaitQuantile() {
	// The wait that nine in ten do not exceed.
	fmt.Printf("%.3f h\n", theory.MM1WaitQuantile(5, 6, 0.9))
	// Output: 2.120 h
}

func ExampleMM1SojournExceeds() {
	fmt.Printf("%.3f\n", theory.MM1SojournExceeds(5, 6, 2))
	// Output: 0.135
}

func ExampleMM1SojournQuantile() {
	fmt.Printf("%.3f h\n", theory.MM1SojournQuantile(5, 6, 0.9))
	// Output: 2.303 h
}

func ExampleErlangB() {
	// 8.108 erlangs on 15 lines lose one call in a hundred.
	fmt.Printf("%.4f\n", theory.ErlangB(8.108, 15))
	// Output: 0.0100
}

func ExampleErlangC() {
	// 2 erlangs, 3 clinicians: four in nine must wait.
	fmt.Printf("%.4f\n", theory.ErlangC(2, 3))
	// Output: 0.4444
}

func ExampleMMcWait() {
	fmt.Printf("%.3f h\n", theory.MMcWait(6, 3, 3))
	// Output: 0.148 h
}

func ExampleMMcSojourn() {
	fmt.Printf("%.3f h\n", theory.MMcSojourn(6, 3, 3))
	// Output: 0.481 h
}

func ExampleMMcNumber() {
	fmt.Printf("%.3f\n", theory.MMcNumber(6, 3, 3))
	// Output: 2.889
}

func ExampleMMcWaitExceeds() {
	fmt.Printf("%.4f\n", theory.MMcWaitExceeds(6, 3, 3, 0.5))
	// Output: 0.0992
}

func ExampleMMcWaitQuantile() {
	fmt.Printf("%.3f h\n", theory.MMcWaitQuantile(6, 3, 3, 0.9))
	// Output: 0.497 h
}

func ExampleDD1Wait() {
	// Arrivals every 2 h that take 3 h each: the fifth waits 4 h.
	fmt.Println(theory.DD1Wait(4, 2, 3))
	// Output: 4
}

func ExampleDDcWait() {
	// Arrivals every hour that take 3 h each, two servers: the fifth waits 2 h.
	fmt.Println(theory.DDcWait(4, 2, 1, 3))
	// Output: 2
}

func ExampleMG1Wait() {
	// 2 an hour, each 0.3 h with a standard deviation of 0.4 h.
	fmt.Printf("%.3f h\n", theory.MG1Wait(2, 0.3, 0.4))
	// Output: 0.625 h
}

func ExampleMD1Wait() {
	// Half the wait of M/M/1.
	fmt.Printf("%.3f h\n", theory.MD1Wait(5, 6))
	// Output: 0.417 h
}

func ExampleKingmanBound() {
	// The wait of M/M/1 is 0.833 h.
	fmt.Printf("at most %.3f h\n", theory.KingmanBound(5, 6, 0.2, 1.0/6))
	// Output: at most 1.017 h
}

func ExampleMGInfNumber() {
	// 12 an hour from 8 to 17, each open for 2 h on average: how many at 18:00?
	rate := func(s float64) float64 {
		if 8 <= s && s < 17 {
			return 12
		}
		return 0
	}
	lasts := func(u float64) float64 { return math.Exp(-u / 2) }
	fmt.Printf("%.2f\n", theory.MGInfNumber(18, 0.25, rate, lasts))
	// Output: 14.40
}

func ExamplePriorityMG1Waits() {
	classes := []theory.Class{{Lambda: 1, Mean: 0.2, SD: 0.1}, {Lambda: 2, Mean: 0.3, SD: 0.3}}
	fmt.Printf("%.3f h\n", theory.PriorityMG1Waits(classes))
	// Output: [0.256 1.281] h
}

func ExamplePriorityMM1Waits() {
	fmt.Printf("%.3f h\n", theory.PriorityMM1Waits([]float64{0.2, 0.6}, []float64{1, 1}))
	// Output: [1.000 5.000] h
}

func ExamplePriorityMMcWaits() {
	fmt.Printf("%.3f h\n", theory.PriorityMMcWaits([]float64{0.5, 1}, 1, 2))
	// Output: [0.429 1.714] h
}

func ExamplePreemptiveMM1Waits() {
	fmt.Printf("%.3f h\n", theory.PreemptiveMM1Waits([]float64{1, 1}, []float64{4, 4}))
	// Output: [0.083 0.333] h
}

func ExamplePreemptiveMM1Sojourns() {
	fmt.Printf("%.3f h\n", theory.PreemptiveMM1Sojourns([]float64{1, 1}, []float64{4, 4}))
	// Output: [0.333 0.667] h
}

func ExampleErlangAWait() {
	// 50 agents, a call of a minute, 48 calls a minute, patience of 2 minutes.
	fmt.Printf("%.1f s\n", 3600*theory.ErlangAWait(48*60, 60, 30, 50))
	// Output: 3.7 s
}

func ExampleErlangAAbandonment() {
	fmt.Printf("%.3f\n", theory.ErlangAAbandonment(48*60, 60, 30, 50))
	// Output: 0.031
}

func ExampleErlangADelay() {
	fmt.Printf("%.3f\n", theory.ErlangADelay(48*60, 60, 30, 50))
	// Output: 0.468
}

func ExampleFeedbackRate() {
	// 2 an hour, of which one in three returns each time.
	fmt.Printf("%.1f per hour\n", theory.FeedbackRate(2, 1.0/3))
	// Output: 3.0 per hour
}

func ExampleFeedbackMM1Sojourn() {
	fmt.Printf("%.2f h\n", theory.FeedbackMM1Sojourn(2, 5, 1.0/3))
	// Output: 0.75 h
}

func ExampleTandemMM1Sojourn() {
	fmt.Printf("%.2f h\n", theory.TandemMM1Sojourn(2, []float64{3, 4, 6}))
	// Output: 1.75 h
}

func ExampleJacksonRates() {
	// Nurses pass three in ten to physicians, who send two in ten back.
	fmt.Printf("%.2f per hour\n", theory.JacksonRates([]float64{10, 1}, [][]float64{{0, 0.3}, {0.2, 0}}))
	// Output: [10.85 4.26] per hour
}

func ExampleJacksonSojourn() {
	routing := [][]float64{{0, 0.3}, {0.2, 0}}
	fmt.Printf("%.3f h\n", theory.JacksonSojourn([]float64{10, 1}, routing, []float64{6, 6}, []int{2, 1}))
	// Output: 1.123 h
}

func ExampleChiSquareCDF() {
	fmt.Printf("%.3f\n", theory.ChiSquareCDF(3.841, 1))
	// Output: 0.950
}

func ExampleChiSquareTest() {
	statistic, p := theory.ChiSquareTest([]int{12, 9, 9}, []float64{10, 10, 10}, 0)
	fmt.Printf("%.2f, p = %.3f\n", statistic, p)
	// Output: 0.60, p = 0.741
}

func ExampleKolmogorovTest() {
	uniform := func(x float64) float64 { return x }
	distance, p := theory.KolmogorovTest([]float64{0.9, 0.95, 0.99}, uniform)
	fmt.Printf("%.2f, p = %.3f\n", distance, p)
	// Output: 0.90, p = 0.002
}

func ExampleKolmogorovPValue() {
	fmt.Printf("%.3f\n", theory.KolmogorovPValue(0.40925, 10))
	// Output: 0.050
}

func ExampleBinomialTest() {
	// One head in ten throws of a coin.
	fmt.Printf("%.4f\n", theory.BinomialTest(1, 10, 0.5))
	// Output: 0.0215
}

func ExampleMG1WaitSquare() {
	// Exponential services of mean 0.5 h: mean, mean square and mean cube.
	fmt.Printf("%.3f h²\n", theory.MG1WaitSquare(1, 0.5, 0.5, 0.75))
	// Output: 1.000 h²
}

func ExampleLIFOMG1WaitSquare() {
	fmt.Printf("%.3f h²\n", theory.LIFOMG1WaitSquare(1, 0.5, 0.5, 0.75))
	// Output: 2.000 h²
}

func ExampleLIFOMM1WaitExceeds() {
	// The chance to wait over two hours: first in, first out, then last in, first out.
	fmt.Printf("%.4f %.4f\n", theory.MM1WaitExceeds(1, 2, 2), theory.LIFOMM1WaitExceeds(1, 2, 2))
	// Output: 0.0677 0.0652
}

func ExampleVacationMG1Wait() {
	// Messages of 0.3 h and, when none waits, other work in pieces of exactly an hour.
	fmt.Printf("%.3f h\n", theory.VacationMG1Wait(2, 0.3, 0.4, 1, 0))
	// Output: 1.125 h
}

func ExampleMD1WaitExceeds() {
	fmt.Printf("%.4f\n", theory.MD1WaitExceeds(0.5, 1, 1))
	// Output: 0.1756
}

func ExampleGIM1Delay() {
	// One an hour on the hour, and two an hour served: one in five waits.
	sigma := theory.GIM1Delay(1, 2, theory.ConstantTransform(1))
	fmt.Printf("%.4f\n", sigma)
	// Output: 0.2032
}

func ExampleGIM1Wait() {
	fmt.Printf("%.4f h\n", theory.GIM1Wait(0.2032, 2))
	// Output: 0.1275 h
}

func ExampleGIM1WaitQuantile() {
	fmt.Printf("%.4f h\n", theory.GIM1WaitQuantile(0.2032, 2, 0.9))
	// Output: 0.4449 h
}

func ExampleConstantTransform() {
	fmt.Printf("%.4f\n", theory.ConstantTransform(0.5)(2))
	// Output: 0.3679
}

func ExampleGeometricTransform() {
	// Each half hour brings one with probability 0.5.
	fmt.Printf("%.4f\n", theory.GeometricTransform(0.5, 0.5)(2))
	// Output: 0.2254
}

func ExamplePreemptiveMG1Sojourns() {
	classes := []theory.Class{{Lambda: 1, Mean: 0.25, SD: 0}, {Lambda: 1, Mean: 0.5, SD: 0}}
	fmt.Printf("%.3f h\n", theory.PreemptiveMG1Sojourns(classes))
	// Output: [0.292 1.500] h
}

func ExamplePreemptiveMMcSojourns() {
	fmt.Printf("%.3f h\n", theory.PreemptiveMMcSojourns([]float64{1, 1}, 2, 2))
	// Output: [0.533 0.800] h
}

func ExamplePeriodicMMc() {
	// Messages day and night, answered by one nurse from 8 to 16.
	shifts := []theory.Shift{{Hours: 8, Lambda: 1, Servers: 1}, {Hours: 16, Lambda: 1, Servers: 0}}
	hours, _ := theory.Occupancies(200, theory.PeriodicMMc(shifts, 6, 199))
	fmt.Printf("%.2f messages\n", theory.MeanOver(hours, func(_, n int) float64 { return float64(n) }))
	// Output: 6.76 messages
}

func ExampleOccupancies() {
	// A visit every hour that takes half an hour on average, and is turned away by one under way.
	stage := theory.Stage{Hours: 1, Enter: func(int) int { return 1 }, Rates: func(state int, to func(int, float64)) {
		if state == 1 {
			to(0, 2)
		}
	}}
	hours, ends := theory.Occupancies(2, []theory.Stage{stage})
	fmt.Printf("%.4f h in a visit, %.4f still at the end\n", hours[0][1], ends[0][1])
	// Output: 0.4323 h in a visit, 0.1353 still at the end
}

func ExampleMeanOver() {
	busy := func(_, state int) float64 { return float64(state) }
	fmt.Printf("%.2f\n", theory.MeanOver([][]float64{{6, 2}}, busy))
	// Output: 0.25
}
