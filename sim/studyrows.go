package sim

// PointRow is a row of table "points" of a sweep: the value of one factor at one design point.
// Rows are ordered by point, then as in the study file. A study that varies nothing has one row, without a factor.
type PointRow struct {
	Point        string   `parquet:"point,dict" doc:"design point: p0001 for the first"`
	Factor       string   `parquet:"factor,dict" doc:"dotted path that is varied, as in the study; empty where nothing is"`
	Role         string   `parquet:"role,dict" doc:"lever: somebody can choose it; uncertainty: somebody would have to find it out"`
	Group        string   `parquet:"group,dict" doc:"factors of a group move together; empty for a factor by itself"`
	Unit         string   `parquet:"unit,dict" doc:"unit of value; times are in seconds unless the study names a unit"`
	Value        *float64 `parquet:"value,optional" doc:"value of the factor; null for words"`
	Text         string   `parquet:"text,dict" doc:"value of the factor as a scenario file has it"`
	Status       string   `parquet:"status,dict" doc:"done; failed: a replication could not be run, and the point has no other row; never_settles: an arm's backlog grew without end, and it is left out of averages; missing: merged before it was run, and without other rows"`
	Replications int32    `parquet:"replications" doc:"replications of the point that the tables rest on"`
	Last         string   `parquet:"last_measure,dict" doc:"where replications are added until measures are precise: the interval that was last to be, or is not, as ARM: MEASURE; else empty"`
	Reach        *float64 `parquet:"reach,optional" unit:"1" doc:"half-width of that interval over the one wanted: at most 1 where precision was reached"`
	Overworked   string   `parquet:"overworked,dict" doc:"arms that are offered more work than their staffed time, with spaces between, though the run was too short to see the backlog grow without end: what it gives of them is no long-run average"`
}

// WarmUpRow is a row of table "warmup": one week of one measure in one arm, its campaigns off.
// Rows are ordered by arm, measure and week.
type WarmUpRow struct {
	Arm     string   `parquet:"arm,dict" doc:"arm; of several that are the same without their campaigns, the first"`
	Measure string   `parquet:"measure,dict" doc:"weekly measure: mean wait of the portal's threads sent in the week, after-hours minutes of a clinician in it, items in own inboxes at the end of its days"`
	Unit    string   `parquet:"unit,dict" doc:"unit of the values"`
	Week    int32    `parquet:"week" doc:"week of the run, from 0"`
	Cold    *float64 `parquet:"cold,optional" doc:"mean over replications of a run that starts empty"`
	Warm    *float64 `parquet:"warm,optional" doc:"the same of a run that started a year before, over the same dates"`
	Clear   *float64 `parquet:"clear,optional" doc:"cold less warm plus the mean of warm: the transient without season and holidays"`
	Smooth  *float64 `parquet:"moving_average,optional" doc:"Welch's moving average of clear, over two weeks to either side"`
	LeftOut bool     `parquet:"left_out" doc:"whether MSER leaves the week out"`
	Settles bool     `parquet:"settles" doc:"whether the measure settles within the weeks looked at, and no backlog of the arm grows without end"`
}
