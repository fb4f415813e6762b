package validation

import (
	"fmt"
	"io"
)

// FacePage is the face-validity page: the library's baseline beside published figures.
type FacePage struct {
	Title                         string
	Patients, Replications, Weeks int
	Seed                          uint64
	Results                       []FaceResult
}

// Inside counts the figures of a role, and those of them inside their limits.
func (p *FacePage) Inside(role Role) (inside, of int) {
	for _, r := range p.Results {
		if r.Role == role {
			of++
			if r.Inside {
				inside++
			}
		}
	}
	return inside, of
}

// Write writes the page in Markdown.
func (p *FacePage) Write(w io.Writer) error {
	out := &printer{w: w}
	inside, of := p.Inside(HeldOut)
	out.line("# Face validity")
	out.line("")
	out.line("Does the baseline look like a clinic? This page sets what comes out of the library's `baseline` (%s, %d patients)", p.Title, p.Patients)
	out.line("beside published figures. It is written by the program, from %d replications of %d weeks with seed %d, and a test fails when it no", p.Replications, p.Weeks, p.Seed)
	out.line("longer says what the program gives. To write it again: `go test ./validation -run TestFaceValidity -update`.")
	out.line("")
	out.line("Each figure has a role. An **input** was put in, so that it comes out. A **calibrated** figure comes out because some other number")
	out.line("was chosen so that it does. Only figures **held out**, which nothing was fitted to, are validation: **%d of %d are inside their limits.**", inside, of)
	out.line("Most come from other specialties, since little is published on multiple sclerosis; the caveat says so. Several describe the same")
	out.line("thing from different sides, such as who answers, so that they stand or fall together.")
	out.line("")
	out.line("Limits follow from what was published by one rule for each role, the same for every figure whatever the model gives:")
	out.line("")
	out.line("- held out: %d points for a share; %.0f %% for an amount from neurology or MS care, %.0f %% for one from elsewhere;", heldOutPoints, 100*heldOutNearby, 100*heldOutElsewhere)
	out.line("- calibrated: %d points for a share, %.0f %% for an amount, or the range where one was published;", calibratedPoints, 100*calibratedAmount)
	out.line("- input: %d point, three standard errors of ten panels of 2,250 patients.", inputPoints)
	out.line("")
	out.line("*Ours* is the mean over replications with the half-width of its 95 %% interval, which is simulation error only.")
	p.section(out, "Held out", HeldOut)
	p.section(out, "Calibrated", Calibrated)
	p.section(out, "Inputs, recovered from the generated panel", Input)
	p.misses(out)
	out.line("%s", notValidated)
	return out.err
}

func (p *FacePage) section(out *printer, title string, role Role) {
	inside, of := p.Inside(role)
	out.line("")
	out.line("## %s: %d of %d inside", title, inside, of)
	out.line("")
	out.line("| Figure | Published | Limits | Ours | Verdict | Source | Caveat |")
	out.line("| --- | ---: | ---: | ---: | --- | --- | --- |")
	for _, r := range p.Results {
		if r.Role == role {
			ours := fmt.Sprintf("%.*f ± %.*f %s", r.Digits, r.Mean, r.Digits, r.HalfWidth, r.Unit)
			limits := fmt.Sprintf("%.*f to %.*f (%s)", r.Digits, r.Low, r.Digits, r.High, r.Rule)
			out.line("| %s | %s | %s | %s | %s | %s | %s |", r.Name, r.Published, limits, ours, word(r.Inside, "inside", "**misses**"), r.Source, r.Caveat)
		}
	}
}

// misses says why each figure outside its limits is so.
func (p *FacePage) misses(out *printer) {
	out.line("")
	out.line("## Where the baseline misses, and why")
	out.line("")
	missed := false
	for _, r := range p.Results {
		if r.Inside {
			continue
		}
		missed = true
		why := r.Why()
		if why == "" {
			why = "Not explained."
		}
		out.line("- **%s** (%s; published %s, ours %.*f %s). %s", r.Name, r.Role, r.Published, r.Digits, r.Mean, r.Unit, why)
	}
	if !missed {
		out.line("It misses none.")
	}
}

// notValidated ends the page.
const notValidated = `
## What is not validated

- **The effect of education.** No study has measured it. Every effect size is an assumption, to be swept, and no figure here bears
  on it.
- **Differences between arms.** The figures are levels of usual care. That a model gives plausible levels does not show that it gives
  the right response to a nurse more, a protected hour or a campaign.
- **Evenings.** The share of inbox time outside work hours is one number; which habits make it up (staying late, logging in, weekends)
  is an assumption, and a saving may differ between habits that fit equally well.
- **The survey's reading.** Whether the shares of use refer to all respondents or to portal users is not published. This page uses the
  first; the overlay ` + "`survey-of-portal-users`" + ` is the other.
- **One baseline.** Others fit about equally well; [baselines](baselines.md) shows the headline over several.
- **This clinic.** The figures come from many places and years, most of them not MS clinics; a local clinic should put in its own
  numbers and compare again.
- **Burnout.** No measure here claims to be burnout.

That the program computes what the model says is another question: the comparison with queueing theory and the golden traces answer it.`
