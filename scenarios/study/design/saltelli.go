package design

// Saltelli returns the points from which Sobol' indices are estimated: n base rows, each of the points A, then AB of every
// group (A with that group's columns from B), with second also BA of every group (B with that group's columns from A), then
// B. That is n (groups + 2) points, or n (2 groups + 2). A and B are the two halves of one scrambled Sobol' sequence: take a
// power of two for n, and at most MostSobol/2 columns. The order is that of SALib.
//
// Sources: A. Saltelli, Computer Physics Communications 145 (2002) 280–297; A. Saltelli et al., Computer Physics
// Communications 181 (2010) 259–270.
func Saltelli(n int, groups Groups, second bool, seed uint64) [][]float64 {
	columns, count := len(groups), groups.Count()
	var points [][]float64
	for _, row := range Sobol(n, 2*columns, seed) {
		a, b := row[:columns], row[columns:]
		points = append(points, a)
		for g := range count {
			points = append(points, crossed(a, b, groups, g))
		}
		for g := range count {
			if second {
				points = append(points, crossed(b, a, groups, g))
			}
		}
		points = append(points, b)
	}
	return points
}

// crossed returns point with a group's columns from another.
func crossed(point, from []float64, groups Groups, group int) []float64 {
	mixed := append([]float64(nil), point...)
	for c := range mixed {
		if groups[c] == group {
			mixed[c] = from[c]
		}
	}
	return mixed
}
