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
	Status       string   `parquet:"status,dict" doc:"done; failed: a replication could not be run, and the point has no other row; never_settles: an arm's backlog grew without end, and it is left out of averages"`
	Replications int32    `parquet:"replications" doc:"replications of the point that the tables rest on"`
	Last         string   `parquet:"last_measure,dict" doc:"where replications are added until measures are precise: the interval that was last to be, or is not, as ARM: MEASURE; else empty"`
	Reach        *float64 `parquet:"reach,optional" unit:"1" doc:"half-width of that interval over the one wanted: at most 1 where precision was reached"`
}
