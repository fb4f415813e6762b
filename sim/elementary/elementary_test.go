package elementary

import (
	"math"
	"testing"
)

// uniform gives numbers of (0, 1) that look random, from a counter.
func uniform(i uint64) float64 {
	z := (i + 1) * 0x9e3779b97f4a7c15
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return (float64((z^z>>31)>>12) + 0.5) * 0x1p-52
}

func within(t *testing.T, what string, got, want, units float64) {
	t.Helper()
	if !(math.Abs(got-want) <= units*0x1p-52*math.Abs(want)) {
		t.Errorf("%s: got %v, want %v, %.2f units in the last place away", what, got, want, math.Abs(got/want-1)*0x1p52)
	}
}

func samples() uint64 {
	if testing.Short() {
		return 100_000
	}
	return 2_000_000
}

func TestExp(t *testing.T) {
	for i := range samples() {
		for _, x := range []float64{1400*uniform(i) - 700, 2*uniform(i) - 1, 60 * uniform(i), -math.Ldexp(1, -int(i%60))} {
			if got, want := Exp(x), math.Exp(x); math.Abs(got-want) > 2*0x1p-52*want {
				within(t, "e^x", got, want, 2)
				t.Fatalf("x = %v", x)
			}
		}
	}
	for x, want := range map[float64]float64{0: 1, 1: math.E, -1: 1 / math.E, 710: math.Inf(1), -800: 0, math.Inf(1): math.Inf(1), math.Inf(-1): 0} {
		if got := Exp(x); got != want && !(math.Abs(got/want-1) < 0x1p-51) {
			t.Errorf("e^%v = %v, want %v", x, got, want)
		}
	}
	if got := Exp(math.NaN()); !math.IsNaN(got) {
		t.Errorf("e^NaN = %v", got)
	}
}

func TestPow(t *testing.T) {
	for i := range samples() {
		x, y := math.Exp(6*uniform(2*i)-3), 4*uniform(2*i+1)-2
		if got, want := Pow(x, y), math.Pow(x, y); math.Abs(got-want) > (3+math.Abs(y*math.Log(x)))*0x1p-52*want {
			t.Fatalf("%v^%v = %v, want %v", x, y, got, want)
		}
	}
	for _, c := range [][3]float64{{0, 2, 0}, {0, 0, 1}, {0, -1, math.Inf(1)}, {1, 1e9, 1}, {0.3, 1, 0.3}, {1e-310, 1, 1e-310}, {5, 0, 1}, {1e-310, 0.5, 0}, {4, 0.5, 2}} {
		if got := Pow(c[0], c[1]); got != c[2] && !(math.Abs(got/c[2]-1) < 0x1p-51) {
			t.Errorf("%v^%v = %v, want %v", c[0], c[1], got, c[2])
		}
	}
}

// The table of percentage points in E. S. Pearson and H. O. Hartley, Biometrika Tables for Statisticians, vol. I, and the two
// values that Wichura gives to check an implementation.
func TestNormalQuantileTable(t *testing.T) {
	for _, c := range []struct{ u, want, off float64 }{
		{0.5, 0, 1e-300}, {0.975, 1.959963985, 1e-9}, {0.995, 2.575829304, 1e-9}, {0.9995, 3.290526731, 1e-9}, {0.25, -0.6744897501960817, 1e-15},
		{0.001, -3.090232306167813, 1e-14}, {1e-20, -9.262340089798408, 3e-14}, {0, math.Inf(-1), 0}, {1, math.Inf(1), 0},
	} {
		if got := NormalQuantile(c.u); got != c.want && !(math.Abs(got-c.want) <= c.off) {
			t.Errorf("quantile %v: got %.16g, want %.16g", c.u, got, c.want)
		}
	}
	for _, u := range []float64{-0.1, 1.1, math.NaN()} {
		if got := NormalQuantile(u); !math.IsNaN(got) {
			t.Errorf("quantile %v: got %v", u, got)
		}
	}
}

// The distribution function leads back to u, for uniforms of every size: 1e-14 of itself is what the error of z, of some
// 1e-16 z, makes of a probability whose logarithm is z²/2.
func TestNormalQuantileInverts(t *testing.T) {
	for i := range samples() / 10 {
		u := uniform(i) * math.Ldexp(1, -int(i%200))
		z := NormalQuantile(u)
		if back := math.Erfc(-z/math.Sqrt2) / 2; math.Abs(back/u-1) > 1e-14*(1+z*z/4) {
			t.Fatalf("u = %v: z = %v, whose probability is %v", u, z, back)
		}
		if low := 0.5 * uniform(i); NormalQuantile(1-low) != -NormalQuantile(1-(1-low)) {
			t.Fatalf("quantiles of %v and of what is left are no mirror images", low)
		}
	}
}

// Draws by inversion never fall as the uniform rises, across the bounds of the three pieces too.
func TestNormalQuantileRises(t *testing.T) {
	for _, bound := range []float64{0.075, 0.925, math.Exp(-25), 1 - math.Exp(-25)} {
		u := bound
		for range 300 {
			u = math.Nextafter(u, 0)
		}
		before := math.Inf(-1)
		for range 600 {
			z := NormalQuantile(u)
			if z < before-4e-16*math.Abs(z) {
				t.Fatalf("at %v: %v after %v", u, z, before)
			}
			before, u = z, math.Nextafter(u, 1)
		}
	}
}
