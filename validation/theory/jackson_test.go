package theory

import "testing"

// λ = 2 and μ = 5 per hour with one in three returning: 3 per hour in all, 1.5 visits of
// ½ h each, ¾ h.
func TestFeedbackByHand(t *testing.T) {
	near(t, "rate", FeedbackRate(2, 1.0/3), 3, exact)
	near(t, "sojourn", FeedbackMM1Sojourn(2, 5, 1.0/3), 0.75, exact)
	near(t, "closed form", FeedbackMM1Sojourn(2, 5, 0.1), 1/(5*0.9-2), exact)
	near(t, "no feedback", FeedbackMM1Sojourn(2, 5, 0), MM1Sojourn(2, 5), exact)
}

// λ = 2 through μ = 3, 4 and 6: 1 + ½ + ¼ h.
func TestTandemByHand(t *testing.T) {
	near(t, "sojourn", TandemMM1Sojourn(2, []float64{3, 4, 6}), 1.75, exact)
	near(t, "no servers", TandemMM1Sojourn(2, nil), 0, 0)
}

// Nurses take 10 per hour and pass 30 % to physicians, who also get 1 directly and send a
// fifth back: n = 10 + 0.2p and p = 1 + 0.3n, so n = 10.2/0.94 and p = 4/0.94.
func TestJacksonRatesByHand(t *testing.T) {
	got := JacksonRates([]float64{10, 1}, [][]float64{{0, 0.3}, {0.2, 0}})
	nearAll(t, "rates", got, []float64{10.2 / 0.94, 4 / 0.94}, exact)
}

// What the traffic equations say, for four queues with every path open.
func TestJacksonRatesBalance(t *testing.T) {
	external := []float64{3, 0, 0.5, 1}
	routing := [][]float64{{0.1, 0.4, 0.2, 0.3}, {0, 0, 0.9, 0}, {0.3, 0.3, 0.3, 0}, {0.25, 0.25, 0.25, 0.25}}
	rates := JacksonRates(external, routing)
	leaving := 0.0
	for j, rate := range rates {
		inflow, stay := external[j], 0.0
		for i := range rates {
			inflow += rates[i] * routing[i][j]
			stay += routing[j][i]
		}
		near(t, "inflow", inflow, rate, exact)
		leaving += rate * (1 - stay)
	}
	near(t, "all that enters leaves", leaving, 4.5, exact)
}

func TestJacksonLimits(t *testing.T) {
	near(t, "one queue", JacksonSojourn([]float64{6}, [][]float64{{0}}, []float64{3}, []int{3}), MMcSojourn(6, 3, 3), exact)
	near(t, "feedback", JacksonSojourn([]float64{2}, [][]float64{{0.1}}, []float64{5}, []int{1}), FeedbackMM1Sojourn(2, 5, 0.1), exact)
	line := [][]float64{{0, 1, 0}, {0, 0, 1}, {0, 0, 0}}
	near(t, "tandem", JacksonSojourn([]float64{2, 0, 0}, line, []float64{3, 4, 6}, []int{1, 1, 1}), 1.75, exact)
}
