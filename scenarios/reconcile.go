package scenarios

// reconcile makes drawn inputs agree where the format ties them to each other. Each is drawn by itself, so that now and
// then probabilities of one choice sum to more than one, or more patients use the portal for a type than use it at all.
// The sums are scaled down to one, and the smaller share gives way to the larger. set is told of each change.
func reconcile(f *File, set func(path string, x float64)) {
	shares := choice{}
	for i, name := range f.Staff.Keys {
		shares.add(below("staff."+name, "patient_share"), &f.Staff.Values[i].PatientShare)
	}
	shares.scaleTo(1, shares.sum(), set)
	for i, pool := range f.Pools.Keys {
		reconcileRoutes(&f.Pools.Values[i].PassOn, "pools."+pool+".pass_on", set)
		reconcileRoutes(&f.Pools.Values[i].Consult, "pools."+pool+".consult", set)
	}
	p := &f.Patients
	if prefer, ok := p.PreferredChannel.Of("portal"); ok && p.PortalUsers.Value < prefer {
		p.PortalUsers.Value = prefer
		set("patients.portal_users", prefer)
	}
	for i, name := range f.Messages.Keys {
		m := &f.Messages.Values[i]
		path := "messages." + name
		impatient := choice{}
		impatient.add(path+".impatience.nudge", &m.Impatience.Nudge)
		impatient.add(path+".impatience.phone", &m.Impatience.Phone)
		impatient.add(path+".impatience.urgent_care", &m.Impatience.UrgentCare)
		impatient.atMostOne(set)
		if p.SurveyReading == "all_respondents" && m.Users.Value > p.PortalUsers.Value {
			m.Users.Value = p.PortalUsers.Value
			set(path+".users", m.Users.Value)
		}
	}
}

// reconcileRoutes scales the probabilities of leaving a pool, type by type.
func reconcileRoutes(routes *Map[Map[Probability]], path string, set func(string, float64)) {
	for i, kind := range routes.Keys {
		to := choice{}
		for j, pool := range routes.Values[i].Keys {
			to.add(path+"."+kind+"."+pool, &routes.Values[i].Values[j])
		}
		to.atMostOne(set)
	}
}

// choice is the probabilities of the outcomes of one choice, with their paths.
type choice struct {
	paths  []string
	values []*Probability
}

func (c *choice) add(path string, p *Probability) {
	c.paths, c.values = append(c.paths, path), append(c.values, p)
}

func (c *choice) sum() float64 {
	sum := 0.0
	for _, p := range c.values {
		sum += p.Value
	}
	return sum
}

func (c *choice) atMostOne(set func(string, float64)) {
	if sum := c.sum(); sum > 1 {
		c.scaleTo(1, sum, set)
	}
}

// scaleTo scales the probabilities from one sum to another; a sum of 0 or that sum already stays.
func (c *choice) scaleTo(to, from float64, set func(string, float64)) {
	if from == 0 || from == to {
		return
	}
	for i, p := range c.values {
		if p.Value != 0 {
			p.Value *= to / from
			set(c.paths[i], p.Value)
		}
	}
}
