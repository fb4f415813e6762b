package stats

import (
	"fmt"
	"math"
)

// MorrisIndices say how much an output changes where one group of inputs takes a step, over the trajectories of a Morris
// design: the unit is that of the output, for a change of the inputs over their whole range at that rate.
type MorrisIndices struct {
	Trajectories int // with known effects

	// Mu is the mean effect and Sigma the standard deviation of effects between trajectories: large where the effect depends
	// on the other inputs, or bends. Both are unknown for a group of several inputs, which have no common direction. MuStar is
	// the mean absolute effect. Simulation noise is in MuStar and Sigma.
	Mu, Sigma float64
	MuStar    Index

	// Noise is the share of the mean square effect that is simulation noise, NaN with one replication; MuStarClean and
	// SigmaClean are without it.
	Noise       float64
	MuStarClean Index
	SigmaClean  float64
}

// Morris estimates Morris indices by group: points are those of a Morris design with steps of the length given,
// outputs[p] holds the replications at point p, and groups says for each column to which group it belongs. All points have the same
// replications, those of a number with the same random numbers. An effect with an unknown end is left out. It panics unless
// the points are whole trajectories, each of which changes every group once.
//
// Intervals of MuStar come from resampling trajectories, as in SALib. The noise of an absolute value makes it larger. In
// MuStarClean every replication's effect has the sign that the other replications together give it: noise then adds nothing
// on average, and an effect well within the noise counts for less than it is. SigmaClean takes products over different
// replications; see Sobol. Its intervals add the jackknife's variance over replications, which needs three.
//
// Sources: M. D. Morris, Technometrics 33 (1991) 161–174; F. Campolongo, J. Cariboni and A. Saltelli, Environmental
// Modelling & Software 22 (2007) 1509–1518.
func Morris(points, outputs [][]float64, groups []int, step float64, s Resampling) []MorrisIndices {
	members := []int{}
	for _, g := range groups {
		for len(members) <= g {
			members = append(members, 0)
		}
		members[g]++
	}
	effects := elementaryEffects(points, outputs, groups, len(members), step)
	list := make([]MorrisIndices, len(members))
	for g := range list {
		list[g] = morrisIndices(effects[g], s)
		if members[g] > 1 {
			list[g].Mu, list[g].Sigma, list[g].SigmaClean = math.NaN(), math.NaN(), math.NaN()
		}
	}
	return list
}

// elementaryEffects returns the effects by group, trajectory and replication: only those that are known.
func elementaryEffects(points, outputs [][]float64, groups []int, count int, step float64) [][][]float64 {
	if len(points) != len(outputs) || len(points)%(count+1) != 0 {
		panic(fmt.Sprintf("stats: Morris indices of %d groups from %d points and %d outputs", count, len(points), len(outputs)))
	}
	effects := make([][][]float64, count)
	for from := 0; from < len(points); from += count + 1 {
		changed := make([]bool, count)
		for p := from + 1; p <= from+count; p++ {
			group, up := changedGroup(points[p-1], points[p], groups)
			if changed[group] {
				panic(fmt.Sprintf("stats: a trajectory at point %d changes a group twice", from))
			}
			changed[group] = true
			effect := differences(outputs[p-1], outputs[p])
			for r := range effect {
				effect[r] *= up / step
			}
			if len(effect) > 0 && !math.IsNaN(sum(effect)) {
				effects[group] = append(effects[group], effect)
			}
		}
	}
	return effects
}

// changedGroup returns the group that a step changes, and 1 for up or −1 for down.
func changedGroup(before, after []float64, groups []int) (group int, up float64) {
	group = -1
	for c := range groups {
		switch {
		case after[c] == before[c]:
		case group >= 0 && groups[c] != group:
			panic(fmt.Sprintf("stats: a step from %v to %v changes two groups", before, after))
		default:
			group, up = groups[c], math.Copysign(1, after[c]-before[c])
		}
	}
	if group < 0 {
		panic(fmt.Sprintf("stats: a step changes nothing at %v", before))
	}
	return group, up
}

// morrisIndices returns the indices of one group from its effects by trajectory and replication.
func morrisIndices(effects [][]float64, s Resampling) MorrisIndices {
	m := MorrisIndices{Trajectories: len(effects), Mu: math.NaN(), Sigma: math.NaN(), SigmaClean: math.NaN(), Noise: math.NaN(), MuStar: unknownIndex, MuStarClean: unknownIndex}
	if len(effects) == 0 {
		return m
	}
	means, absolute := make([]float64, len(effects)), make([]float64, len(effects))
	for t, effect := range effects {
		means[t] = sum(effect) / float64(len(effect))
		absolute[t] = math.Abs(means[t])
	}
	m.Mu, m.Sigma = meanSD(means)
	m.MuStar = s.mean(absolute, nil)
	replications := len(effects[0])
	if replications < 2 {
		return m
	}
	squares, clean := 0.0, 0.0
	for t, effect := range effects {
		squares, clean = squares+means[t]*means[t], clean+noiseless(effect, effect)
	}
	m.Noise = min(1, max(0, 1-quotient(clean, squares)))
	m.SigmaClean = cleanSD(effects)
	var without [][]float64
	for left := range replications {
		if replications > 2 {
			signed, _ := meanSD(signedEffects(effects, left))
			without = append(without, []float64{signed})
		}
	}
	var extra []float64
	if without != nil {
		extra = jackknifeVariances(without)
	}
	m.MuStarClean = s.mean(signedEffects(effects, -1), extra)
	return m
}

// mean returns the mean of values with its interval; extra is a variance to be added, nil for none.
func (s Resampling) mean(values, extra []float64) Index {
	n := float64(len(values))
	spread := make([][]float64, s.Resamples)
	s.times(len(values), func(b int, times []float64) {
		total := 0.0
		for t, x := range values {
			total += times[t] * x
		}
		spread[b] = []float64{total / n}
	})
	return s.indexed([]float64{sum(values) / n}, spread, extra)[0]
}

// signedEffects returns, by trajectory, the mean over replications of the effect times the sign that the other replications
// give it, with a replication left out; none for −1.
func signedEffects(effects [][]float64, left int) []float64 {
	list := make([]float64, len(effects))
	for t, effect := range effects {
		if left >= 0 {
			effect = except(effect, left)
		}
		total := sum(effect)
		for _, x := range effect {
			switch others := total - x; {
			case others > 0:
				list[t] += x / float64(len(effect))
			case others < 0:
				list[t] -= x / float64(len(effect))
			}
		}
	}
	return list
}

// cleanSD returns the standard deviation between trajectories of effects without noise.
func cleanSD(effects [][]float64) float64 {
	trajectories, replications := len(effects), len(effects[0])
	centred := make([][]float64, trajectories)
	for t := range centred {
		centred[t] = make([]float64, replications)
	}
	for r := range replications {
		mean := 0.0
		for t := range effects {
			mean += effects[t][r] / float64(trajectories)
		}
		for t := range effects {
			centred[t][r] = effects[t][r] - mean
		}
	}
	squares := 0.0
	for _, c := range centred {
		squares += noiseless(c, c)
	}
	return math.Sqrt(max(0, quotient(squares, float64(trajectories-1))))
}
