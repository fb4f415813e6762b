package sim

// NothingMoves is the note of a measure that is the same at every point, but for rounding.
const NothingMoves = "no factor moves it: it is the same at every point"

// SensitivityRow is a row of table "sensitivity" of a sweep: what one factor, or two together, do to one measure. Columns
// that another program has are named as there (SALib).
// Rows are ordered by measure of the study, then arm, then factor in the order of the study; pairs of factors last.
type SensitivityRow struct {
	Method   string `parquet:"method,dict" doc:"sobol (design saltelli), morris, one-at-a-time, or rank correlation (latin-hypercube, halton, sobol)"`
	Control  string `parquet:"control,dict" doc:"the arm compared against; empty where the study has one arm"`
	Arm      string `parquet:"arm,dict" doc:"arm whose difference from the control is the output, or whose measure is"`
	Measure  string `parquet:"measure,dict" doc:"measure, with its unit, then its statistic"`
	Type     string `parquet:"type,dict" doc:"message type or kind of other inbox work, or all"`
	Channel  string `parquet:"channel,dict" doc:"channel by which the contact arrived, or all"`
	Pool     string `parquet:"pool,dict" doc:"pool, or all"`
	Role     string `parquet:"role,dict" doc:"staff role, or all"`
	Staff    string `parquet:"staff,dict" doc:"staff member, or all"`
	Unit     string `parquet:"unit,dict" doc:"unit of the measure, of mu, mu_star, sigma and of low to width"`
	PairedBy string `parquet:"paired_by,dict" doc:"contact or replication, as in table comparisons; empty for the measure of one arm"`
	Factor   string `parquet:"factor,dict" doc:"factor, or group of factors that move together"`
	With     string `parquet:"factor_2,dict" doc:"second factor of S2; else empty"`

	S1          *float64 `parquet:"S1,optional" unit:"1" doc:"first-order index: share of the output's variance over the points that the factor makes by itself"`
	S1Conf      *float64 `parquet:"S1_conf,optional" unit:"1" doc:"half-width of its 95 % interval, by resampling rows of the design"`
	ST          *float64 `parquet:"ST,optional" unit:"1" doc:"total index: share that it makes with all it does together with others"`
	STConf      *float64 `parquet:"ST_conf,optional" unit:"1" doc:"half-width of its 95 % interval"`
	S2          *float64 `parquet:"S2,optional" unit:"1" doc:"second-order index of factor and factor_2: share that they make together beyond what each does alone"`
	S2Conf      *float64 `parquet:"S2_conf,optional" unit:"1" doc:"half-width of its 95 % interval"`
	S1Clean     *float64 `parquet:"S1_clean,optional" unit:"1" doc:"S1 of the output without simulation noise"`
	S1CleanConf *float64 `parquet:"S1_clean_conf,optional" unit:"1" doc:"half-width of its 95 % interval; needs three replications"`
	STClean     *float64 `parquet:"ST_clean,optional" unit:"1" doc:"ST of the output without simulation noise"`
	STCleanConf *float64 `parquet:"ST_clean_conf,optional" unit:"1" doc:"half-width of its 95 % interval; needs three replications"`
	S2Clean     *float64 `parquet:"S2_clean,optional" unit:"1" doc:"S2 of the output without simulation noise"`
	S2CleanConf *float64 `parquet:"S2_clean_conf,optional" unit:"1" doc:"half-width of its 95 % interval; needs three replications"`

	Mu              *float64 `parquet:"mu,optional" doc:"morris: mean elementary effect, for a move over the factor's whole range"`
	MuStar          *float64 `parquet:"mu_star,optional" doc:"mean absolute elementary effect"`
	MuStarConf      *float64 `parquet:"mu_star_conf,optional" doc:"half-width of its 95 % interval, by resampling trajectories"`
	Sigma           *float64 `parquet:"sigma,optional" doc:"standard deviation of elementary effects: large where the effect bends or depends on other factors"`
	MuStarClean     *float64 `parquet:"mu_star_clean,optional" doc:"mu_star without simulation noise"`
	MuStarCleanConf *float64 `parquet:"mu_star_clean_conf,optional" doc:"half-width of its 95 % interval; needs three replications"`
	SigmaClean      *float64 `parquet:"sigma_clean,optional" doc:"sigma without simulation noise"`

	Low          *float64 `parquet:"low,optional" doc:"one-at-a-time: output at the factor's low end less that of the arms as they stand"`
	LowCI95Low   *float64 `parquet:"low_ci95_low,optional" doc:"lower end of its 95 % interval, paired by replication"`
	LowCI95High  *float64 `parquet:"low_ci95_high,optional" doc:"upper end of its 95 % interval"`
	High         *float64 `parquet:"high,optional" doc:"output at the factor's high end less that of the arms as they stand"`
	HighCI95Low  *float64 `parquet:"high_ci95_low,optional" doc:"lower end of its 95 % interval, paired by replication"`
	HighCI95High *float64 `parquet:"high_ci95_high,optional" doc:"upper end of its 95 % interval"`
	Width        *float64 `parquet:"width,optional" doc:"largest less smallest of the outputs at low end, as it stands and high end: the bar of a tornado diagram"`

	Partial *float64 `parquet:"partial_rank_correlation,optional" unit:"1" doc:"rank correlation of factor and output with the ranks of the other factors taken out (PRCC)"`
	PHolm   *float64 `parquet:"p_holm,optional" unit:"1" doc:"two-sided p-value that it is 0, Holm-adjusted over the factors"`

	Noise *float64 `parquet:"noise,optional" unit:"1" doc:"share of the variance (sobol) or of the mean square effect (morris) that is simulation noise; null with one replication"`
	Used  int32    `parquet:"used" doc:"rows of the design, trajectories or points that the numbers rest on"`
	Note  string   `parquet:"note,dict" doc:"empty, or what to know: what is left out, that the design is too small for its intervals to say anything, or that no factor moves the measure (then indices and correlations are null, effects 0)"`
}
