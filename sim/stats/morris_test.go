package stats

import (
	"math"
	"testing"

	"portalsim/scenarios/study/design"
)

// plane is linear in the first two inputs, a product of the next two, and nothing of the last.
func plane(u []float64) float64 { return 3*u[0] - 2*u[1] + 4*u[2]*u[3] }

// Without noise, a linear input has its slope as every effect, a product has effects that vary, and what does nothing has
// none: by hand, an effect of u[2] is 4u[3], of mean 2.
func TestMorrisByHand(t *testing.T) {
	const levels = 4
	points := design.Morris(400, design.Singly(5), levels, 1)
	outputs := make([]float64, len(points))
	for p, u := range points {
		outputs[p] = plane(u)
	}
	m := Morris(points, single(outputs), design.Singly(5), design.MorrisStep(levels), resampling(50))
	for g, want := range []struct{ mu, star, sigma float64 }{{3, 3, 0}, {-2, 2, 0}, {2, 2, 4 * math.Sqrt(5.0/36)}, {2, 2, 4 * math.Sqrt(5.0/36)}, {0, 0, 0}} {
		tolerance := 1e-9
		if want.sigma > 0 {
			tolerance = 5 * want.sigma / math.Sqrt(400) // of the mean; the levels 0, 1/3, 2/3 and 1 have a variance of 5/36
		}
		near(t, "mu", m[g].Mu, want.mu, tolerance)
		near(t, "mu_star", m[g].MuStar.Value, want.star, tolerance)
		near(t, "sigma", m[g].Sigma, want.sigma, tolerance)
	}
	if m[0].Trajectories != 400 || m[0].MuStar.Conf > 1e-9 || m[2].MuStar.Conf == 0 {
		t.Errorf("%+v", m)
	}
}

// With noise as large as the effects, mu_star of what does nothing is that of noise alone; the clean one is nothing, and a
// plain effect stays what it is. Noise has the standard deviation 1 at each point, so an effect, a difference over the step,
// has √2 / step, and over four replications half of that.
func TestMorrisTakesNoiseOut(t *testing.T) {
	const levels, replications, trajectories = 4, 4, 1000
	step := design.MorrisStep(levels)
	s := splitmix(3)
	points := design.Morris(trajectories, design.Singly(5), levels, 1)
	outputs := make([][]float64, len(points))
	for p, u := range points {
		outputs[p] = s.normals(replications, plane(u), 1)
	}
	m := Morris(points, outputs, design.Singly(5), step, resampling(200))
	noise := math.Sqrt2 / step / 2
	near(t, "mu_star of noise", m[4].MuStar.Value, noise*math.Sqrt(2/math.Pi), 0.05)
	near(t, "sigma of noise", m[4].Sigma, noise, 0.05)
	near(t, "clean mu_star of noise", m[4].MuStarClean.Value, 0, 0.05)
	near(t, "clean sigma of noise", m[4].SigmaClean, 0, 0.3) // a root: of 0.05 it is 0.2
	near(t, "share of noise in nothing", m[4].Noise, 1, 0.1)
	near(t, "clean mu_star of a slope", m[0].MuStarClean.Value, 3, 0.1)
	near(t, "clean sigma of a slope", m[0].SigmaClean, 0, 0.3)
	near(t, "share of noise in a slope", m[0].Noise, noise*noise/(9+noise*noise), 0.02)
	near(t, "clean sigma of a product", m[2].SigmaClean, 4*math.Sqrt(5.0/36), 0.1)
	if c := m[0].MuStarClean.Conf; !(c > 0 && c < 0.2) {
		t.Errorf("half-width %v", c)
	}
}

// An effect with an unknown end is left out, and a group of several inputs has no direction.
func TestMorrisOfWhatIsUnknown(t *testing.T) {
	groups := []int{0, 1, 1}
	points := design.Morris(20, groups, 4, 1)
	outputs := make([]float64, len(points))
	for p, u := range points {
		outputs[p] = u[0] + u[1] - u[2]
	}
	outputs[1] = math.NaN()
	m := Morris(points, single(outputs), groups, design.MorrisStep(4), resampling(20))
	if m[0].Trajectories != 19 || m[1].Trajectories != 19 {
		t.Errorf("%+v", m)
	}
	near(t, "mu", m[0].Mu, 1, 1e-12)
	if !math.IsNaN(m[1].Mu) || !math.IsNaN(m[1].Sigma) || !(m[1].MuStar.Value > 0) {
		t.Errorf("%+v", m[1])
	}
	panics(t, "half a trajectory", func() { Morris(points[:4], single(outputs[:4]), groups, 0.5, resampling(20)) })
	panics(t, "points that do not move", func() {
		Morris([][]float64{{0}, {0}}, single([]float64{1, 2}), []int{0}, 0.5, resampling(20))
	})
}

// By hand, over two replications that share their noise: the differences are exact.
func TestTornadoByHand(t *testing.T) {
	outputs := [][]float64{{10, 20}, {9, 19}, {13, 23}, {12, 22}, {15, 25}}
	swings := Tornado(outputs, 2, 0.95)
	if s := swings[0]; s.Low.Difference != -1 || s.High.Difference != 3 || s.Width != 4 || s.Low.Interval.HalfWidth() != 0 {
		t.Errorf("%+v", s)
	}
	if s := swings[1]; s.Low.Difference != 2 || s.High.Difference != 5 || s.Width != 5 {
		t.Errorf("%+v", s)
	}
	outputs[4][0] = math.NaN()
	if s := Tornado(outputs, 2, 0.95)[1]; !math.IsNaN(s.Width) || s.Low.Difference != 2 {
		t.Errorf("%+v", s)
	}
	panics(t, "a missing end", func() { Tornado(outputs[:4], 2, 0.95) })
}
