package theory

import "fmt"

// Class is one class of arrivals at a single server: its arrival rate λ per hour, and the
// mean and standard deviation of its service in hours.
type Class struct{ Lambda, Mean, SD float64 }

// residual returns the class's part of the mean work left on the server, in hours: λE[S²]/2.
func residual(class Class) float64 {
	checkTime("standard deviation", class.SD)
	return class.Lambda * (class.Mean*class.Mean + class.SD*class.SD) / 2
}

// exponentialClasses returns the classes of a single server with exponential services.
func exponentialClasses(function string, lambda, mu []float64) []Class {
	if len(lambda) != len(mu) {
		panic(fmt.Sprintf("theory: %s: %d arrival rates and %d service rates", function, len(lambda), len(mu)))
	}
	classes := make([]Class, len(lambda))
	for k := range lambda {
		checkRates(function, lambda[k], mu[k])
		classes[k] = Class{lambda[k], 1 / mu[k], 1 / mu[k]}
	}
	return classes
}

// loads returns σ of one class more than given: σ[k] is the utilisation by the classes before
// k, so σ[0] is 0 and the last is ρ. It panics unless ρ < 1.
func loads(function string, classes []Class) []float64 {
	sigma := make([]float64, len(classes)+1)
	for k, class := range classes {
		checkRates(function, class.Lambda, 1/class.Mean)
		sigma[k+1] = sigma[k] + class.Lambda*class.Mean
	}
	if rho := sigma[len(classes)]; rho >= 1 {
		panic(fmt.Sprintf("theory: %s: utilisation %v is not below 1, so the queue grows without end", function, rho))
	}
	return sigma
}

// PriorityMG1Waits returns the mean wait, in hours, of each class of a single server with
// non-preemptive priorities, in the order of the classes. It panics unless every λ ≥ 0, mean
// above 0 and standard deviation at least 0, with total utilisation below 1.
//
// Source: A. Cobham, "Priority assignment in waiting line problems", Operations Research 2
// (1954) 70–76; Gross et al., section 3.4.2.
func PriorityMG1Waits(classes []Class) []float64 {
	sigma := loads("PriorityMG1Waits", classes)
	work := 0.0
	for _, class := range classes {
		work += residual(class)
	}
	return cobham(work, sigma)
}

// cobham returns work/((1 − σ[k])(1 − σ[k+1])) for each class k, where work is the mean time
// until a server is free for an arrival that finds none before it.
func cobham(work float64, sigma []float64) []float64 {
	waits := make([]float64, len(sigma)-1)
	for k := range waits {
		waits[k] = work / ((1 - sigma[k]) * (1 - sigma[k+1]))
	}
	return waits
}

// PriorityMM1Waits is PriorityMG1Waits with exponential services, where class k has arrival
// rate lambda[k] and service rate mu[k] per hour. It panics likewise, or if the lengths differ.
//
// Source: as PriorityMG1Waits.
func PriorityMM1Waits(lambda, mu []float64) []float64 {
	return PriorityMG1Waits(exponentialClasses("PriorityMM1Waits", lambda, mu))
}

// PriorityMMcWaits returns the mean wait, in hours, of each class at c servers with
// non-preemptive priorities, where class k arrives at rate lambda[k] and all classes are
// served at the one rate mu. It panics unless every λ ≥ 0, μ > 0 and the sum of λ is below cμ.
//
// Source: Cobham (1954), as PriorityMG1Waits; O. Kella and U. Yechiali, "Waiting times in the
// non-preemptive priority M/M/c queue", Communications in Statistics: Stochastic Models 1
// (1985) 257–262.
func PriorityMMcWaits(lambda []float64, mu float64, c int) []float64 {
	checkServers("PriorityMMcWaits", c)
	capacity := float64(c) * mu
	sigma := make([]float64, len(lambda)+1)
	total := 0.0
	for k, rate := range lambda {
		checkRates("PriorityMMcWaits", rate, mu)
		total += rate
		sigma[k+1] = total / capacity
	}
	checkStable("PriorityMMcWaits", total, mu, c)
	return cobham(ErlangC(total/mu, c)/capacity, sigma)
}

// PreemptiveMM1Waits returns the mean time, in hours, from arrival to the first start of
// service of each class at a single exponential server, where a more urgent arrival
// interrupts and the interrupted service resumes where it stopped. Class k has rates
// lambda[k] and mu[k]. Time set aside after the first start is not in it: see
// PreemptiveMM1Sojourns. It panics unless every λ ≥ 0 and μ > 0, with total utilisation below
// 1, or if the lengths differ.
//
// Source: H. White and L. S. Christie, "Queuing with preemptive priorities or with
// breakdown", Operations Research 6 (1958) 79–95; Gross et al., section 3.4.3.
func PreemptiveMM1Waits(lambda, mu []float64) []float64 {
	classes := exponentialClasses("PreemptiveMM1Waits", lambda, mu)
	sigma := loads("PreemptiveMM1Waits", classes)
	waits := make([]float64, len(classes))
	work := 0.0 // of this class and those before it: the rest cannot delay it
	for k, class := range classes {
		work += residual(class)
		waits[k] = work / ((1 - sigma[k]) * (1 - sigma[k+1]))
	}
	return waits
}

// PreemptiveMM1Sojourns returns the mean sojourn, in hours, of each class of the queue of
// PreemptiveMM1Waits: that wait, then the service stretched by interruptions. It panics
// likewise.
//
// Source: as PreemptiveMM1Waits.
func PreemptiveMM1Sojourns(lambda, mu []float64) []float64 {
	sojourns := PreemptiveMM1Waits(lambda, mu)
	before := 0.0 // utilisation by more urgent classes
	for k := range sojourns {
		sojourns[k] += 1 / mu[k] / (1 - before)
		before += lambda[k] / mu[k]
	}
	return sojourns
}

// PreemptiveMG1Sojourns returns the mean sojourn, in hours, of each class of a single server with
// general services, where a more urgent arrival interrupts and the interrupted service resumes
// where it stopped. It panics as PriorityMG1Waits does.
//
// Source: R. G. Miller, "Priority queues", Annals of Mathematical Statistics 31 (1960) 86–103;
// Gross et al., section 3.4.3.
func PreemptiveMG1Sojourns(classes []Class) []float64 {
	sigma := loads("PreemptiveMG1Sojourns", classes)
	sojourns := make([]float64, len(classes))
	work := 0.0 // of this class and those before it
	for k, class := range classes {
		work += residual(class)
		sojourns[k] = work/((1-sigma[k])*(1-sigma[k+1])) + class.Mean/(1-sigma[k])
	}
	return sojourns
}

// PreemptiveMMcSojourns returns the mean sojourn, in hours, of each class at c servers, where class
// k arrives at rate lambda[k], all are served at the one rate mu, and an arrival that finds no
// server free interrupts the least urgent one in service that is less urgent. The first k classes
// together never see the rest: they are M/M/c, and Little's law gives the sojourn of each class
// from the numbers with and without it. It panics unless every λ > 0, μ > 0 and the sum of λ is
// below cμ.
//
// Source: I. Mitrani and P. J. B. King, "Multiprocessor systems with preemptive priorities",
// Performance Evaluation 1 (1981) 118–125, for equal services.
func PreemptiveMMcSojourns(lambda []float64, mu float64, c int) []float64 {
	sojourns := make([]float64, len(lambda))
	total, number := 0.0, 0.0 // of the classes before
	for k, rate := range lambda {
		if !(rate > 0) {
			panic(fmt.Sprintf("theory: PreemptiveMMcSojourns: λ[%d] = %v, want above 0", k, rate))
		}
		total += rate
		with := MMcNumber(total, mu, c)
		sojourns[k] = (with - number) / rate
		number = with
	}
	return sojourns
}
