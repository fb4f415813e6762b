package oracle

import (
	"fmt"
	"reflect"
	"strings"

	"portalsim/sim"
)

// described writes a scenario, one line for each thing in it, without what is zero.
func described(s *sim.Scenario) string {
	var text strings.Builder
	v := reflect.ValueOf(*s)
	for i := range v.NumField() {
		name, field := v.Type().Field(i).Name, v.Field(i)
		if field.Kind() != reflect.Slice || field.Len() == 0 || field.Index(0).Kind() != reflect.Struct {
			if !field.IsZero() {
				fmt.Fprintf(&text, "  %s: %s\n", name, plainly(field))
			}
			continue
		}
		for n := range field.Len() {
			fmt.Fprintf(&text, "  %s[%d]: %s\n", name, n, plainly(field.Index(n)))
		}
	}
	return text.String()
}

// plainly writes a value, following pointers and leaving out fields that are zero.
func plainly(v reflect.Value) string {
	switch v.Kind() {
	case reflect.Pointer:
		return plainly(v.Elem())
	case reflect.Struct:
		var parts []string
		for i := range v.NumField() {
			if !v.Field(i).IsZero() {
				parts = append(parts, v.Type().Field(i).Name+":"+plainly(v.Field(i)))
			}
		}
		return "{" + strings.Join(parts, " ") + "}"
	default:
		return fmt.Sprintf("%v", v)
	}
}
