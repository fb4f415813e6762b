// Package study reads study files: what is varied over a base scenario, over what range, how sure to be, and which
// measures matter. It turns them into design points, each of which is a list of arms. It runs nothing.
package study

import (
	"reflect"

	"portalsim/scenarios"
)

// Schema is the first key of a study file.
const Schema = "portalsim/study/1"

// FileKind is the kind of file that a study is, for scenarios.JSONSchema.
func FileKind() scenarios.FileKind {
	return scenarios.FileKind{Schema: Schema, Doc: "a study of portalsim: what is varied, over what range, how sure to be", Root: reflect.TypeFor[File]()}
}

// File is a study file. The tags are those of the scenario format.
type File struct {
	Name         string                       `key:"name" required:"true" named:"true" doc:"short name of the study"`
	Title        string                       `key:"title" default:"\"\"" doc:"one line for people"`
	Description  string                       `key:"description" default:"\"\"" doc:"what the study asks"`
	Base         string                       `key:"base" required:"true" doc:"scenario that everything is laid over, with overlays after + if wanted: library names, or paths from the directory of this file"`
	Arms         scenarios.Map[[]string]      `key:"arms" default:"{}" doc:"by name of the arm, the overlays laid over base, from left to right; the first arm is the control; default: one arm, base alone"`
	Set          scenarios.Map[scenarios.Any] `key:"set" keys:"paths" default:"{}" doc:"settings of all points, by path as in --set"`
	Factors      scenarios.Map[FactorFile]    `key:"factors" keys:"paths" default:"{}" doc:"what is varied, by dotted path as in --set: in the base, or else in the overlays that have the path; ARM:PATH in one arm"`
	Constraints  []string                     `key:"constraints" default:"[]" doc:"what every point must meet, such as \"staff.nurse.count + staff.app.count <= 9\": sums of paths of factors with spaces around each operator; other points are left out"`
	Measures     scenarios.Map[MeasureFile]   `key:"measures" keys:"measures" default:"{}" doc:"measures of interest, such as first_response_h_mean[channel=portal]; the tables hold these; default: the two headline measures"`
	Design       DesignFile                   `key:"design" default:"{}" doc:"which points of the factors are run"`
	Replications *int                         `key:"replications" range:">=2" doc:"replications of each point; default: 20, or as many as the half-widths of measures or select ask for"`
	Select       *SelectFile                  `key:"select" doc:"find the best of all arms at all points by one measure (KN), adding replications where the best is not yet told from others; with replications above, as far as these say"`
	Front        []string                     `key:"front" doc:"two to four measures of interest: say which choices, of arms and levers, no other betters by all of them; default: the first three that have a better direction, where there are three choices or more; []: none"`
	Precision    *PrecisionFile               `key:"precision" doc:"limits of the search for precision"`
	Seed         int                          `key:"seed" default:"1" range:">=0" doc:"seed of all random numbers; the same replications at every point"`
	Keep         string                       `key:"keep" default:"usual" one:"usual|named|all" doc:"measures kept in the pieces, so that one can be named later without running anything again: usual are those of all contacts, pools and staff together, and of the portal"`
}

// FactorFile is what is varied at one path: over values, over a range, or by a belief.
type FactorFile struct {
	Role   string          `key:"role" required:"true" one:"lever|uncertainty" doc:"lever: somebody can choose it; uncertainty: somebody would have to find it out"`
	Title  string          `key:"title" default:"\"\"" doc:"one line for people"`
	Values []scenarios.Any `key:"values" doc:"values one by one, of any kind that the path takes"`
	Range  []scenarios.Any `key:"range" doc:"least and largest value: uniform between them, both included"`
	Scale  string          `key:"scale" default:"linear" one:"linear|log" doc:"scale on which a range is uniform"`
	Dist   string          `key:"dist" one:"evidence|logit-normal|lognormal|normal|uniform|triangular|beta" doc:"evidence: the belief of the evidence at the path, which is the default without values and range; else the family of a belief by low, value and high"`
	Value  *scenarios.Any  `key:"value" doc:"mode of a triangular belief"`
	Low    *scenarios.Any  `key:"low" doc:"2.5 % point of the belief"`
	High   *scenarios.Any  `key:"high" doc:"97.5 % point of the belief"`
	Unit   string          `key:"unit" default:"\"\"" doc:"unit of plain numbers above and in the tables: of times, such as w; else a word for readers"`
	Group  string          `key:"group" default:"\"\"" doc:"factors of a group move together, all low or all high: the design sees one"`
}

// MeasureFile is a measure of interest.
type MeasureFile struct {
	Better    string            `key:"better" one:"lower|higher" doc:"which way is better; default: as portalsim tables says"`
	HalfWidth *scenarios.Number `key:"half_width" range:">0" doc:"replications are added until the interval's half-width is at most this, in the unit of the measure"`
	Relative  *scenarios.Number `key:"relative" range:">0" doc:"the same, as a share of the control's mean"`
	PairedBy  string            `key:"paired_by" default:"replication" one:"replication|contact" doc:"contact: difference over the contacts that are portal threads in both arms; only for first_response_h_mean[channel=portal]"`
}

// DesignFile says which points are run.
type DesignFile struct {
	Kind        string `key:"kind" one:"arms|grid|list|one-at-a-time|latin-hypercube|halton|sobol|saltelli|morris" doc:"default: arms without factors, else grid"`
	Levels      *int   `key:"levels" range:"2..1000" doc:"levels of a factor without values, equally spaced from end to end; default: 3 of a grid, 2 of one-at-a-time, 4 of morris, whose number is even"`
	Points      *int   `key:"points" range:"2..10000000" doc:"points of latin-hypercube, halton and sobol; base sample of saltelli, a power of 2"`
	SecondOrder bool   `key:"second_order" default:"false" doc:"saltelli: points for second-order indices, too"`
	Paths       *int   `key:"trajectories" range:"2..100000" doc:"trajectories of morris"`
	List        string `key:"list" default:"\"\"" doc:"CSV or Parquet file of points, a column for each factor, by a path from the directory of this file"`
}

// SelectFile says by what the best arm at the best point is chosen.
type SelectFile struct {
	Measure      string            `key:"measure" required:"true" doc:"one of the measures of interest, which has a better direction"`
	Indifference scenarios.Number  `key:"indifference" required:"true" range:">0" doc:"smallest difference that matters, in the unit of the measure"`
	Confidence   *scenarios.Number `key:"confidence" range:"0.6..0.9999" doc:"probability that the best is chosen, if it is better than all others by the indifference; default: 0.95"`
}

// PrecisionFile bounds the search for precision.
type PrecisionFile struct {
	AtMost     int               `key:"at_most" default:"400" range:">=20" doc:"most replications of a point; looks are at 20, 30, 45, 68, … whatever the cap"`
	Confidence *scenarios.Number `key:"confidence" range:"0.5..0.9999" doc:"confidence of all intervals of a point together (Bonferroni); default: 0.95"`
}
