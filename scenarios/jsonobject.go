package scenarios

import (
	"bytes"
	"encoding/json"
	"slices"
)

// object is a JSON object whose members keep their order, so that a schema reads like the format and prints the same
// every time.
type object []member

type member struct {
	key   string
	value any
}

// with returns the object with a member added, or put in place of the one that has the key.
func (o object) with(key string, value any) object {
	if i := o.index(key); i >= 0 {
		o = slices.Clone(o)
		o[i].value = value
		return o
	}
	return append(slices.Clip(o), member{key, value})
}

// join returns the object with the members of others after its own.
func (o object) join(others ...object) object {
	for _, other := range others {
		for _, m := range other {
			o = o.with(m.key, m.value)
		}
	}
	return o
}

func (o object) index(key string) int {
	return slices.IndexFunc(o, func(m member) bool { return m.key == key })
}

// MarshalJSON writes the members in order, and < and > as they are.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := encoder.Encode(m.key); err != nil {
			return nil, err
		}
		b.WriteByte(':')
		if err := encoder.Encode(m.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// pretty writes a value as indented JSON.
func pretty(value any) []byte {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(value); err != nil {
		panic(err) // only for a type that JSON does not have
	}
	return b.Bytes()
}
