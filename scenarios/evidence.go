package scenarios

import (
	"reflect"
	"slices"
	"strings"

	"portalsim/sim/random"
)

// Evidence says where a number comes from and how well it is known.
type Evidence struct {
	Source    string // survey, literature, assumption or local
	N         *int64 // respondents behind a share, or nil
	Low, High *Bound // 2.5 and 97.5 % points; both or neither
	Dist      string // family of the uncertainty, or "" for the one that suits
	Cite      string
	Note      string

	// Transport, at least 1, widens the belief for another population than the one measured; 0 where not written.
	Transport float64
	// Group names inputs that are drawn together: all high, or all low.
	Group string

	Belief *random.Belief // in the unit of Bound; nil where the number is held fixed
}

// Bound is one end of an interval.
type Bound struct {
	Text  string  // as written, with the unit of a time
	Value float64 // in the unit of the input; seconds for a time
}

var (
	evidenceKeys    = []string{"value", "source", "n", "low", "high", "dist", "transport", "group", "cite", "note"}
	evidenceSources = []string{"survey", "literature", "assumption", "local"}
)

// readEvidence reads a plain value or an evidence node around one, within the limits of its field. plain reads a scalar;
// float turns what it read into the unit of Bound.
func readEvidence[T any](r *reader, n *Node, path string, limits string, plain func(*Node, string) (T, bool), float func(T) float64) (value T, evidence *Evidence) {
	if n.Kind != Mapping {
		value, _ = plain(n, path)
		return value, nil
	}
	r.evidenceKeys(n, path, evidenceKeys)
	found := len(r.problems)
	evidence = r.evidence(n, path, limits == shareLimits)
	at := n.At("value")
	if at == nil {
		r.refuse(n.Place, below(path, "value"), "required key is missing", "write value: and the number itself")
		return value, evidence
	}
	value, ok := plain(at, below(path, "value"))
	bound := func(key string) *Bound {
		b := n.At(key)
		if b == nil {
			return nil
		}
		x, sound := plain(b, below(path, key))
		ok = ok && sound
		return &Bound{b.Text, float(x)}
	}
	evidence.Low, evidence.High = bound("low"), bound("high")
	if ok {
		r.interval(n, path, evidence, float(value))
	}
	if len(r.problems) == found {
		r.belief(n, path, evidence, float(value), limits)
	}
	return value, evidence
}

// evidencedSchema describes a plain value, or an evidence node around one; bound is what low and high may be, and share
// says that n is lawful.
func evidencedSchema(plain, bound object, share bool) object {
	keys := evidenceKeys
	if !share {
		keys = slices.DeleteFunc(slices.Clone(keys), func(key string) bool { return key == "n" })
	}
	s := object{{"type", []any{plain[0].value, "object"}}}.join(plain[1:], evidenceSchema(keys, plain, bound))
	width := object{{"anyOf", []any{requires("low"), requires("n")}}}
	return s.with("required", []any{"value", "source"}).with("dependentRequired", object{{"low", []any{"high"}}, {"high", []any{"low"}}, {"dist", []any{"low"}}}).
		with("dependentSchemas", object{{"transport", width}, {"group", width}})
}

// evidenceSchema describes keys of evidence, of which none else is lawful.
func evidenceSchema(keys []string, value, bound object) object {
	var properties object
	for _, key := range keys {
		var s object
		switch key {
		case "value", "shares":
			s = value
		case "low", "high":
			s = bound.with("description", map[string]string{"low": "2.5 % point", "high": "97.5 % point"}[key])
		case "source":
			s = textSchema(field{one: evidenceSources}).with("description", "where the value comes from")
		case "dist":
			s = textSchema(field{one: random.Families}).with("description", "family of the uncertainty; default: the one that suits")
		case "n":
			s = object{{"type", "integer"}, {"minimum", 1}, {"description", "respondents behind the share"}}
		case "transport":
			s = object{{"type", "number"}, {"minimum", 1}, {"description", "widens the range for another population than the one measured"}}
		case "group":
			s = textSchema(field{}).with("description", "inputs of one group are drawn all high or all low")
		case "cite":
			s = textSchema(field{}).with("description", "author and year")
		case "note":
			s = textSchema(field{}).with("description", "what else a reader should know")
		default:
			panic("scenarios: evidence has no " + key)
		}
		properties = properties.with(key, s)
	}
	cited := object{{"properties", object{{"cite", object{{"pattern", `\S`}}}}}}
	literature := object{{"properties", object{{"source", object{{"const", "literature"}}}}}}
	return object{{"properties", properties}, {"additionalProperties", false},
		{"if", literature.join(requires("source"))}, {"then", cited.join(requires("cite"))}}
}

// requires is the schema of a map with a key.
func requires(keys ...string) object {
	list := make([]any, len(keys))
	for i, key := range keys {
		list[i] = key
	}
	return object{{"type", "object"}, {"required", list}}
}

// interval checks low ≤ value ≤ high.
func (r *reader) interval(n *Node, path string, e *Evidence, value float64) {
	text := n.At("value").Text
	switch {
	case (e.Low == nil) != (e.High == nil):
		r.refuse(n.Place, path, "has only one of low and high", "write both: the 2.5 and 97.5 % points")
	case e.Low == nil:
	case value < e.Low.Value:
		r.refuse(n.At("low").Place, below(path, "low"), "low is "+e.Low.Text+", above the value "+text, "write low, value and high in order, or the plain value to drop the evidence")
	case value > e.High.Value:
		r.refuse(n.At("high").Place, below(path, "high"), "high is "+e.High.Text+", below the value "+text, "write low, value and high in order, or the plain value to drop the evidence")
	}
}

// evidenceKeys refuses keys that the evidence of a value does not have.
func (r *reader) evidenceKeys(n *Node, path string, known []string) {
	for _, e := range n.Entries {
		switch {
		case slices.Contains(known, e.Key):
		default:
			r.refuse(e.Place, below(path, e.Key), "unknown key", didYouMean(e.Key, known))
		}
	}
}

// evidence reads all of an evidence node but the value and its bounds.
func (r *reader) evidence(n *Node, path string, withN bool) *Evidence {
	e := &Evidence{}
	e.Source = r.evidenceWord(n, path, "source", evidenceSources)
	e.Dist = r.evidenceWord(n, path, "dist", random.Families)
	e.Group = r.evidenceWord(n, path, "group", nil)
	if at := n.At("transport"); at != nil {
		e.Transport, _ = r.number(at, below(path, "transport"), field{limits: ">=1"})
		r.within(at, below(path, "transport"), field{limits: ">=1"}, e.Transport)
	}
	e.Cite = r.evidenceWord(n, path, "cite", nil)
	e.Note = r.evidenceWord(n, path, "note", nil)
	if n.At("source") == nil {
		r.refuse(n.Place, below(path, "source"), "required key is missing", "write source: "+oneOf(evidenceSources))
	}
	if e.Source == "literature" && strings.TrimSpace(e.Cite) == "" {
		r.refuse(n.Place, below(path, "cite"), "source literature needs a citation", "write cite: and the author and year")
	}
	if at := n.At("n"); at != nil {
		e.N = r.respondents(at, below(path, "n"), withN)
	}
	return e
}

// evidenceWord reads one word of an evidence node, of those allowed; "" where absent.
func (r *reader) evidenceWord(n *Node, path, key string, allowed []string) string {
	if n.At(key) == nil {
		return ""
	}
	return r.text(n.At(key), below(path, key), field{one: allowed})
}

// text reads a word where null is not lawful even in a partial file, because the whole around it is replaced at once.
func (r *reader) text(n *Node, path string, f field) string {
	if n.Kind == Null {
		r.refuse(n.Place, path, "has no value", "give it a value, or remove the key")
		return ""
	}
	return r.word(n, path, f)
}

// respondents reads n.
func (r *reader) respondents(n *Node, path string, allowed bool) *int64 {
	if !allowed {
		r.refuse(n.Place, path, "n counts those behind a share, and this is not a share", "remove n, and give low and high")
		return nil
	}
	count := int64(r.count(n, path, field{limits: ">=1", typ: reflect.TypeFor[int]()}))
	if count < 1 {
		return nil
	}
	return &count
}
