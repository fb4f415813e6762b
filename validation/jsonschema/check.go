// Package jsonschema sets YAML files against a JSON Schema, as an editor does. Tests of the program's schema use it, and
// nothing else.
package jsonschema

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"

	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"gopkg.in/yaml.v3"
)

// Schema is a schema that is sound by its own dialect.
type Schema struct{ compiled *validator.Schema }

// Fault is what a schema finds wrong at a place: its path is that of the program's own problems.
type Fault struct{ Path, Message string }

// Compile reads a schema, and refuses one that JSON Schema 2020-12 does not allow.
func Compile(text []byte) (*Schema, error) {
	document, err := validator.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := validator.NewCompiler()
	c.DefaultDraft(validator.Draft2020)
	if err := c.AddResource("schema.json", document); err != nil {
		return nil, err
	}
	compiled, err := c.Compile("schema.json")
	return &Schema{compiled}, err
}

// Faults returns what is wrong with a YAML file, in no particular order; the error is of a text that is no YAML.
func (s *Schema) Faults(text []byte) ([]Fault, error) {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		return nil, err
	}
	if len(document.Content) == 0 {
		return nil, fmt.Errorf("the document is empty")
	}
	value, err := plain(document.Content[0])
	if err != nil {
		return nil, err
	}
	invalid, ok := s.compiled.Validate(value).(*validator.ValidationError)
	if !ok {
		return nil, nil
	}
	var faults []Fault
	collect(invalid, value, &faults)
	return faults, nil
}

// plain turns YAML into what JSON has, as YAML 1.2 says: dates are texts.
func plain(n *yaml.Node) (any, error) {
	switch n.Kind {
	case yaml.MappingNode:
		object := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if _, twice := object[key.Value]; twice || key.Kind != yaml.ScalarNode {
				return nil, fmt.Errorf("line %d: duplicate or complex key %s", key.Line, key.Value)
			}
			value, err := plain(n.Content[i+1])
			if err != nil {
				return nil, err
			}
			object[key.Value] = value
		}
		return object, nil
	case yaml.SequenceNode:
		list := make([]any, len(n.Content))
		for i, item := range n.Content {
			value, err := plain(item)
			if err != nil {
				return nil, err
			}
			list[i] = value
		}
		return list, nil
	case yaml.AliasNode:
		return plain(n.Alias)
	}
	return scalar(n)
}

func scalar(n *yaml.Node) (any, error) {
	switch n.ShortTag() {
	case "!!null":
		return nil, nil
	case "!!int", "!!float":
		var x float64
		err := n.Decode(&x)
		return x, err
	case "!!bool":
		var truth bool
		err := n.Decode(&truth)
		return truth, err
	}
	return n.Value, nil
}

var english = message.NewPrinter(language.English)

// collect lists the innermost causes of an error: a missing or unknown key stands at its own path.
func collect(e *validator.ValidationError, root any, faults *[]Fault) {
	var keys []string
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		keys = k.Missing
	case *kind.AdditionalProperties:
		keys = k.Properties
	case *kind.OneOf: // the causes are the ways not taken
	default:
		for _, cause := range e.Causes {
			collect(cause, root, faults)
		}
		if len(e.Causes) > 0 {
			return
		}
	}
	if len(keys) == 0 {
		*faults = append(*faults, Fault{dotted(e.InstanceLocation, root), e.ErrorKind.LocalizedString(english)})
	}
	for _, key := range keys {
		location := append(slices.Clone(e.InstanceLocation), key)
		*faults = append(*faults, Fault{dotted(location, root), e.ErrorKind.LocalizedString(english)})
	}
}

// dotted writes a location as the program does: a.b, and a.b[2] for an item of a list.
func dotted(location []string, at any) string {
	path := ""
	for _, step := range location {
		switch v := at.(type) {
		case []any:
			i, _ := strconv.Atoi(step)
			path, at = path+"["+step+"]", v[i]
			continue
		case map[string]any:
			at = v[step]
		}
		if path != "" {
			path += "."
		}
		path += step
	}
	return path
}
