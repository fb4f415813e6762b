package scenarios

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// Dist is a distribution of durations, by its mean and spread as measured. Only the parameters of its kind are set.
type Dist struct {
	Kind  string   // constant, exponential, uniform, lognormal, gamma or triangular
	Value Duration // constant
	Mean  Duration // exponential, lognormal, gamma
	CV    Number   // lognormal, gamma: coefficient of variation, or else SD
	SD    Duration
	Low   Duration // uniform, triangular
	Mode  Duration // triangular
	High  Duration // uniform, triangular
}

// distKinds gives the parameters of each kind; of "cv" and "sd" exactly one is written.
var distKinds = []struct {
	kind       string
	parameters []string
}{
	{"constant", []string{"value"}},
	{"exponential", []string{"mean"}},
	{"uniform", []string{"low", "high"}},
	{"lognormal", []string{"mean", "cv", "sd"}},
	{"gamma", []string{"mean", "cv", "sd"}},
	{"triangular", []string{"low", "mode", "high"}},
}

// Bounds of the parameters: beyond them no time can be computed, and no clinic has such times.
const (
	longestTime     = 104 * week
	leastCV, mostCV = 0.001, 100.0 // of the coefficient of variation
)

const distFix = "write a distribution such as {dist: lognormal, mean: 4m, cv: 1} or {dist: constant, value: 4m}"

// SpreadCV returns the coefficient of variation of a lognormal or gamma time, whichever of cv and sd was written.
func (v Dist) SpreadCV() float64 {
	if v.SD.D > 0 {
		return v.SD.D.Seconds() / v.Mean.D.Seconds()
	}
	return v.CV.Value
}

func (v *Dist) read(r *reader, n *Node, path string, _ field) {
	if n.Kind == Scalar {
		fix := distFix
		if _, err := parseDuration(n.Text); err == nil {
			fix = "write {dist: constant, value: " + n.Text + "}, or another distribution"
		}
		r.refuse(n.Place, path, fmt.Sprintf("must be a distribution, got %q", n.Text), fix)
		return
	}
	if !r.is(n, Mapping, path, distFix) {
		return
	}
	parameters, ok := r.distKind(v, n, path)
	if !ok {
		return
	}
	r.distKeys(n, path, v.Kind, parameters)
	sound := len(r.problems)
	for _, p := range parameters {
		if at := n.At(p); at != nil {
			r.distParameter(v, p, at, below(path, p))
		}
	}
	if len(r.problems) == sound {
		r.distOrder(*v, n, path)
		r.distBounds(*v, n, path)
	}
}

func (*Dist) schema(w *schemaWriter, _ field) object {
	kinds := make([]any, len(distKinds))
	var cases []any
	for i, k := range distKinds {
		kinds[i] = k.kind
		properties, required := object{{"dist", object{}}}, []string{}
		for _, p := range k.parameters {
			properties = properties.with(p, w.whole(func() object { return w.distParameter(p) }))
			if p != "cv" && p != "sd" {
				required = append(required, p)
			}
		}
		then := object{{"properties", properties}, {"additionalProperties", false}}.join(requires(required...))
		if slices.Contains(k.parameters, "cv") {
			then = then.with("oneOf", []any{requires("cv"), requires("sd")})
		}
		is := requires("dist").with("properties", object{{"dist", object{{"const", k.kind}}}})
		cases = append(cases, object{{"if", is}, {"then", then}})
	}
	return object{{"type", "object"}, {"required", []any{"dist"}}, {"properties", object{{"dist", object{{"description", "the family of the distribution"}, {"enum", kinds}}}}}, {"allOf", cases}}
}

// distParameter describes a parameter.
func (w *schemaWriter) distParameter(parameter string) object {
	f := distField(parameter)
	if parameter != "cv" {
		return w.value(f)
	}
	return w.defined("spread", func() object {
		plain := object{{"type", "number"}}
		return evidencedSchema(plain.join(object{{"minimum", leastCV}, {"maximum", mostCV}}), plain.join(boundsSchema(f.limits)), false)
	})
}

// distKind reads the kind and returns the parameters that it may have.
func (r *reader) distKind(v *Dist, n *Node, path string) (parameters []string, ok bool) {
	kinds := make([]string, len(distKinds))
	for i, k := range distKinds {
		kinds[i] = k.kind
	}
	at := n.At("dist")
	if at == nil {
		fix := "write dist: " + oneOf(kinds)
		if near := nearest("dist", n.keys()); near != "" {
			fix = "write dist: in place of " + near + ":"
		}
		r.refuse(n.Place, below(path, "dist"), "required key is missing", fix)
		return nil, false
	}
	v.Kind = r.text(at, below(path, "dist"), field{one: kinds})
	i := slices.Index(kinds, v.Kind)
	if i < 0 {
		return nil, false
	}
	return distKinds[i].parameters, true
}

// distKeys refuses unknown parameters, and wants the others.
func (r *reader) distKeys(n *Node, path, kind string, parameters []string) {
	for _, e := range n.Entries {
		switch {
		case e.Key == "dist" || slices.Contains(parameters, e.Key):
		case slices.Contains(evidenceKeys, e.Key):
			r.refuse(e.Place, below(path, e.Key), "evidence belongs to a parameter, not to the distribution", "write it inside, such as "+parameters[0]+": {value: 4m, source: assumption}")
		default:
			r.refuse(e.Place, below(path, e.Key), "unknown key: "+kind+" does not have it", didYouMean(e.Key, parameters))
		}
	}
	for _, p := range parameters {
		if n.At(p) == nil && p != "cv" && p != "sd" {
			r.refuse(n.Place, below(path, p), "required key is missing: "+kind+" has "+listed(parameters), "write "+p+": and a time")
		}
	}
	cv, sd := n.At("cv") != nil, n.At("sd") != nil
	if slices.Contains(parameters, "cv") && cv == sd {
		r.refuse(n.Place, path, kind+" needs one of cv and sd", "write cv: and a number such as 1, or sd: and a time")
	}
}

// distParameter reads one parameter. A mean or a spread of 0 would be no such distribution.
func (r *reader) distParameter(v *Dist, parameter string, n *Node, path string) {
	if n.Kind == Null {
		r.refuse(n.Place, path, "has no value", "give it a value")
		return
	}
	f := distField(parameter)
	switch parameter {
	case "value":
		v.Value.read(r, n, path, f)
	case "mean":
		v.Mean.read(r, n, path, f)
	case "cv":
		v.CV.read(r, n, path, f)
	case "sd":
		v.SD.read(r, n, path, f)
	case "low":
		v.Low.read(r, n, path, f)
	case "mode":
		v.Mode.read(r, n, path, f)
	case "high":
		v.High.read(r, n, path, f)
	}
}

// distField returns the type and the range of a parameter.
func distField(parameter string) field {
	switch parameter {
	case "cv":
		return field{typ: reflect.TypeFor[Number](), limits: ">0"}
	case "mean", "sd":
		return field{typ: reflect.TypeFor[Duration](), limits: ">0"}
	}
	return field{typ: reflect.TypeFor[Duration]()}
}

// distBounds checks the size of the times and of the spread.
func (r *reader) distBounds(v Dist, n *Node, path string) {
	for _, p := range []struct {
		key string
		d   time.Duration
	}{{"value", v.Value.D}, {"mean", v.Mean.D}, {"low", v.Low.D}, {"mode", v.Mode.D}, {"high", v.High.D}} {
		if p.d > longestTime {
			r.refuse(n.At(p.key).Place, below(path, p.key), "must be at most "+formatDuration(longestTime)+", got "+formatDuration(p.d), "write a shorter time")
		}
	}
	if v.Kind != "lognormal" && v.Kind != "gamma" || v.Mean.D == 0 {
		return // has no spread, or a fault that is reported
	}
	key, cv := "cv", v.SpreadCV()
	if n.At("sd") != nil {
		key = "sd"
	}
	if at := n.At(key); at != nil && !(cv >= leastCV && cv <= mostCV) {
		bounds := formatNumber(leastCV) + " to " + formatNumber(mostCV)
		if key == "sd" {
			bounds += " times the mean"
		}
		r.refuse(at.Place, below(path, key), "must be from "+bounds+", got "+flow(at), "write a spread within that, or {dist: constant, value: "+formatDuration(v.Mean.D)+"} for a fixed time")
	}
}

// distOrder checks low < high and the mode between them.
func (r *reader) distOrder(v Dist, n *Node, path string) {
	switch {
	case v.Kind != "uniform" && v.Kind != "triangular":
	case v.Low.D >= v.High.D:
		r.refuse(n.At("high").Place, below(path, "high"), "high must be above low", "write the smaller time as low; for one fixed time write {dist: constant, value: "+formatDuration(v.Low.D)+"}")
	case v.Kind == "triangular" && (v.Mode.D < v.Low.D || v.Mode.D > v.High.D):
		r.refuse(n.At("mode").Place, below(path, "mode"), "mode must be from low to high", "write low, mode and high in order")
	}
}
