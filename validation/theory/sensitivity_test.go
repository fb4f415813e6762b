package theory

import "testing"

// For a = 7 and b = 0.1 the literature has S = 0.3139, 0.4424, 0 and T = 0.5576, 0.4424, 0.2437.
//
// Source: A. Saltelli et al., Sensitivity Analysis in Practice (2004), section 6.
func TestIshigami(t *testing.T) {
	variance, first, total := Ishigami{7, 0.1}.Indices()
	near(t, "variance", variance, 13.844587940719254, 1e-12)
	for i, want := range []float64{0.3139, 0.4424, 0} {
		near(t, "first", first[i], want, 5e-5)
	}
	for i, want := range []float64{0.5576, 0.4424, 0.2437} {
		near(t, "total", total[i], want, 5e-5)
	}
}

// The variance of each function is that of its values on a fine grid, and its first indices those of the means over all
// other inputs.
func TestSensitivityOnAGrid(t *testing.T) {
	const n = 60
	for name, f := range map[string]interface {
		At(u []float64) float64
		Indices() (float64, []float64, []float64)
	}{"Ishigami": Ishigami{7, 0.1}, "SobolG": SobolG{0, 1, 4.5}} {
		sum, squares := 0.0, 0.0
		given := [3][n]float64{}
		without := [3][n][n]float64{}
		for i := range n {
			for j := range n {
				for k := range n {
					y := f.At([]float64{(float64(i) + 0.5) / n, (float64(j) + 0.5) / n, (float64(k) + 0.5) / n})
					sum, squares = sum+y/(n*n*n), squares+y*y/(n*n*n)
					for c, at := range []int{i, j, k} {
						given[c][at] += y / (n * n)
					}
					without[0][j][k] += y / n
					without[1][i][k] += y / n
					without[2][i][j] += y / n
				}
			}
		}
		variance, first, total := f.Indices()
		near(t, name+" variance", squares-sum*sum, variance, 0.002)
		for c := range 3 {
			one, rest := 0.0, 0.0
			for i := range n {
				one += (given[c][i] - sum) * (given[c][i] - sum) / n
				for j := range n {
					rest += (without[c][i][j] - sum) * (without[c][i][j] - sum) / (n * n)
				}
			}
			near(t, name+" first", one/variance, first[c], 0.002)
			near(t, name+" total", 1-rest/variance, total[c], 0.003)
		}
	}
}
