package sim

// effects returns effects of a rate and of odds ratios: by phone, misdirected, incomplete, follow-up. The rest is none.
func effects(rate, byPhone, misdirected, incomplete, followUp float64) Effects {
	e := NoEffect
	e.Rate, e.ByPhone, e.Misdirected, e.Incomplete, e.FollowUp = rate, byPhone, misdirected, incomplete, followUp
	return e
}

// silent are effects that keep every need from being expressed.
func silent() Effects { return effects(0, 1, 1, 1, 1) }
