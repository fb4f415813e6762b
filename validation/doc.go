// Package validation judges the whole program, from scenario file to table of measures.
//
// Golden traces (traces/*.txt) are small clinics whose schedule a person worked out by hand. Cases (cases/*.yaml) are
// clinics that amount to a queue with a known formula, compared with package theory. The face-validity table compares
// the library's baseline with published figures.
package validation
