package validation

import (
	"embed"

	"portalsim/sim"
)

//go:embed cases/*.yaml
var caseFiles embed.FS

// Case is a clinic that amounts to something with a known formula.
type Case struct {
	Name       string
	Title      string // one line for people
	File       string // under cases/, without .yaml
	Quantities []Quantity

	// OwnPeriod keeps the measured period of the file at every level, where theory depends on it.
	OwnPeriod bool
}

// Quantity is a number that the program gives in each replication, with what theory says of its mean over replications.
type Quantity struct {
	Name    string
	Measure string // as on the command line, such as queue_h_mean[pool=nurse]; empty where Threads gives the number
	Threads func(r *caseRun) float64
	Unit    string // of what Threads gives; a measure has its own

	Theory float64
	AtMost bool // theory is an upper bound of the mean, not the mean

	// Wrong is what a formula gives that does not belong to the case, named in Instead. The same simulation must reject
	// it: a comparison that accepts anything shows nothing.
	Wrong   float64
	Instead string
}

// caseRun is one replication of a case, as the functions of threads see it.
type caseRun struct {
	scenario *sim.Scenario
	threads  []sim.ThreadRow // those counted
}

// equals is a quantity whose mean theory gives.
func equals(name, measure string, theory, wrong float64, instead string) Quantity {
	return Quantity{Name: name, Measure: measure, Theory: theory, Wrong: wrong, Instead: instead}
}

// atMost is a quantity whose mean theory bounds.
func atMost(name, measure string, bound, wrong float64, instead string) Quantity {
	return Quantity{Name: name, Measure: measure, Theory: bound, AtMost: true, Wrong: wrong, Instead: instead}
}

// fromThreads is a quantity that no measure has, from the rows of table threads.
func fromThreads(name, unit string, value func(*caseRun) float64, theory, wrong float64, instead string) Quantity {
	return Quantity{Name: name, Unit: unit, Threads: value, Theory: theory, Wrong: wrong, Instead: instead}
}

// All rates are per hour and all times in hours, as in package theory.

// Cases returns the catalogue, in the order of the table.
func Cases() []Case {
	return []Case{
		mm1(), mm3(), md1(), mg1Uniform(), mg1Gamma(), mg1Lognormal(), dd1(), dm1(), gim1(), gig1(),
		lifoMM1(), priorityMM1(), priorityMG1(), priorityMM2(), preemptiveMM1(), preemptiveMG1(), preemptiveMM2(),
		erlangA(), erlangB(), tandem(), feedback(), network(),
		vacations(), betweenVisits(), workingDay(), shifts(), unfinished(), manyServers(),
		thinned(), layered(), split(), panelOfPatients(),
	}
}
