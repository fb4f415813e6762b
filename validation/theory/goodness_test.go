package theory

import (
	"math"
	"testing"
)

// NIST/SEMATECH, e-Handbook of Statistical Methods, section 1.3.6.7.4 (critical values of
// chi-square), to the three places printed there.
func TestChiSquarePublished(t *testing.T) {
	for _, row := range []struct{ p, df, x float64 }{
		{0.95, 1, 3.841}, {0.99, 1, 6.635}, {0.95, 2, 5.991}, {0.90, 5, 9.236},
		{0.95, 10, 18.307}, {0.999, 10, 29.588}, {0.95, 100, 124.342},
	} {
		near(t, "CDF", ChiSquareCDF(row.x, row.df), row.p, 3e-5)
	}
	near(t, "2 degrees are exponential", ChiSquareCDF(3, 2), 1-math.Exp(-1.5), exact)
	near(t, "1 degree is a normal squared", ChiSquareCDF(4, 1), math.Erf(2/math.Sqrt2), exact)
}

// Three cells by hand: (4 + 1 + 1)/10 over expected 10 each is 0.6, and 2 degrees of freedom
// make p = e^(−0.3).
func TestChiSquareTestByHand(t *testing.T) {
	statistic, p := ChiSquareTest([]int{12, 9, 9}, []float64{10, 10, 10}, 0)
	near(t, "statistic", statistic, 0.6, exact)
	near(t, "p", p, math.Exp(-0.3), exact)
	_, p = ChiSquareTest([]int{12, 9, 9, 10}, []float64{10, 10, 10, 10}, 1)
	near(t, "p with one fitted", p, math.Exp(-0.3), exact)
	_, p = ChiSquareTest([]int{10, 10}, []float64{10, 10}, 0)
	near(t, "perfect", p, 1, 0)
	_, p = ChiSquareTest([]int{100, 0, 0}, []float64{100.0 / 3, 100.0 / 3, 100.0 / 3}, 0)
	near(t, "far tail", p/math.Exp(-100), 1, 1e-9)
}

// L. H. Miller, "Table of percentage points of Kolmogorov statistics", Journal of the
// American Statistical Association 51 (1956) 111–121.
func TestKolmogorovPublished(t *testing.T) {
	for _, row := range []struct {
		n    int
		d, p float64
	}{
		{5, 0.56328, 0.05}, {5, 0.66853, 0.01}, {10, 0.36866, 0.10}, {10, 0.40925, 0.05},
		{10, 0.48893, 0.01}, {20, 0.29408, 0.05}, {20, 0.35241, 0.01},
	} {
		near(t, "p", KolmogorovPValue(row.d, row.n), row.p, 5e-5)
	}
	// G. Marsaglia, W. W. Tsang and J. Wang, "Evaluating Kolmogorov's distribution", Journal
	// of Statistical Software 8 (2003) 18: P(D < 0.274) is 0.62848 for n = 10. Here both
	// sides count twice, by at most 1 in 100.
	exactP := 1 - 0.6284796154565043
	if p := KolmogorovPValue(0.274, 10); p < exactP || p > exactP+0.01 {
		t.Errorf("p is %v, exactly %v", p, exactP)
	}
}

// In exact fractions by the method of Marsaglia, Tsang and Wang (2003): twice one side is too
// large by no more than it says.
func TestKolmogorovExact(t *testing.T) {
	for _, row := range []struct {
		n    int
		d, p float64
	}{
		{10, 0.41, 0.04932075782870488}, {20, 0.35, 0.010754963444390501},
		{60, 0.174, 0.046512957622259335}, {60, 0.22, 0.004964224096022189},
	} {
		if over := KolmogorovPValue(row.d, row.n)/row.p - 1; over < -1e-10 || over > 1e-4 {
			t.Errorf("n = %d, d = %v: p-value is too large by a share of %v", row.n, row.d, over)
		}
	}
}

// The exact p-value for d ≥ ½ is elementary for one and two values: 2(1 − d) and 2(1 − d)².
// In the far tail of many, it is that of Smirnov's limit, 2e^(−2nd²), to order 1/√n; and it
// is never above the bound of P. Massart, "The tight constant in the
// Dvoretzky–Kiefer–Wolfowitz inequality", Annals of Probability 18 (1990) 1269–1283, which is
// the same expression.
func TestKolmogorovLimits(t *testing.T) {
	for _, d := range []float64{0.5, 0.7, 0.99, 1} {
		near(t, "one value", KolmogorovPValue(d, 1), 2*(1-d), exact)
		near(t, "two values", KolmogorovPValue(d, 2), 2*(1-d)*(1-d), exact)
	}
	near(t, "no distance", KolmogorovPValue(0, 9), 1, 0)
	near(t, "small distance", KolmogorovPValue(0.01, 9), 1, 0)
	for _, n := range []int{100, 10_000, 1_000_000} {
		d := 2.2 / math.Sqrt(float64(n)) // p is about 1e-4
		bound := 2 * math.Exp(-2*2.2*2.2)
		p := KolmogorovPValue(d, n)
		near(t, "tail of many", p/bound, 1, 3/math.Sqrt(float64(n)))
		if p > bound {
			t.Errorf("n = %d: p is %v, above the bound %v", n, p, bound)
		}
	}
}

// Values ¼, ½, ¾ of the uniform distribution by hand: the empirical steps reach ⅓, ⅔ and 1,
// and the greatest distance is ¼ at the ends.
func TestKolmogorovTestByHand(t *testing.T) {
	values := []float64{0.75, 0.25, 0.5}
	distance, p := KolmogorovTest(values, func(x float64) float64 { return x })
	near(t, "distance", distance, 0.25, exact)
	near(t, "p", p, KolmogorovPValue(0.25, 3), 0)
	if values[0] != 0.75 {
		t.Errorf("values were reordered: %v", values)
	}
	distance, p = KolmogorovTest([]float64{0.9, 0.95, 0.99}, func(x float64) float64 { return x })
	near(t, "distance, too high", distance, 0.9, exact)
	near(t, "p, too high", p, 2*0.1*0.1*0.1, exact)
}

// Ten throws of a coin by hand: 0, 1 or 9, 10 heads have chances (1, 10, 10, 1)/1024.
func TestBinomialByHand(t *testing.T) {
	for _, row := range []struct {
		k    int
		want float64
	}{{0, 2.0 / 1024}, {1, 22.0 / 1024}, {9, 22.0 / 1024}, {10, 2.0 / 1024}, {5, 1}} {
		near(t, "p", BinomialTest(row.k, 10, 0.5), row.want, exact)
	}
}

// Both tails by adding up.
func TestBinomialMatchesSums(t *testing.T) {
	for _, n := range []int{1, 17, 400} {
		for _, p := range []float64{0.01, 0.3, 0.95} {
			atMost, atLeast := 0.0, 1.0
			for k := range n + 1 {
				chance := math.Exp(logChoose(n, k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
				atMost += chance
				near(t, "p", BinomialTest(k, n, p), min(1, 2*min(atMost, atLeast)), 1e-10)
				atLeast -= chance
			}
		}
	}
	// The normal limit: z of 3.
	p := BinomialTest(500_000+1500, 1_000_000, 0.5)
	near(t, "many trials", p/math.Erfc(3/math.Sqrt2), 1, 0.01)
}
