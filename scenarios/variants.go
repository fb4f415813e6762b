package scenarios

import (
	"fmt"
	"path/filepath"
	"slices"

	"portalsim/sim"
	"portalsim/sim/random"
)

// variant is a structural variant: alternatives of which each draw takes one.
type variant struct {
	name         string
	alternatives []alternative
}

// alternative is an overlay, or the scenario as it stands, with a weight.
type alternative struct {
	name    string
	overlay word // of an empty text for none
	weight  float64
}

// maxCombinations bounds the combinations of alternatives, each of which is loaded.
const maxCombinations = 64

// variantsOf returns the structural variants of an arm's scenario.
func variantsOf(arm *Arm) ([]variant, error) {
	var r report
	var list []variant
	combinations := 1
	for i, name := range arm.File.Variants.Keys {
		v := variant{name: name}
		whole := 0.0
		alternatives := &arm.File.Variants.Values[i]
		for j, key := range alternatives.Keys {
			f := &alternatives.Values[j]
			v.alternatives = append(v.alternatives, alternative{key, variantWord(f.Overlay, alternatives.Nodes[j]), f.Weight.Value})
			whole += f.Weight.Value
		}
		if whole <= 0 {
			p := arm.problem("variants."+name, "no alternative has a weight above 0", "write alternatives such as {as-it-stands: {weight: 1}, habit: {overlay: evening-habit, weight: 1}}")
			r.add(p)
			continue
		}
		combinations *= len(v.alternatives)
		list = append(list, v)
	}
	if combinations > maxCombinations {
		r.add(arm.problem("variants", fmt.Sprintf("the alternatives combine in %d ways, and %d is the most", combinations, maxCombinations), "leave some out"))
	}
	return list, r.err()
}

// settle takes structural variants away of which an overlay laid over the scenario is an alternative: who writes that
// overlay has chosen, and another alternative may not lie over it.
func settle(tree *Node, overlays []*document) {
	variants := tree.At("variants")
	if variants == nil || variants.Kind != Mapping {
		return
	}
	variants.Entries = slices.DeleteFunc(variants.Entries, func(variant Entry) bool {
		return variant.Value.Kind == Mapping && slices.ContainsFunc(variant.Value.Entries, func(alternative Entry) bool {
			overlay := alternative.Value.At("overlay")
			if overlay == nil {
				return false
			}
			named := variantWord(overlay.Text, alternative.Value)
			return slices.ContainsFunc(overlays, func(d *document) bool {
				return d.inLibrary && d.file == libraryFile(named.text) || filepath.Clean(d.file) == filepath.Clean(named.text)
			})
		})
	})
}

// variantWord returns the word of an overlay: a library name, or a path from the directory of the file that names it.
func variantWord(text string, n *Node) word {
	at := n.At("overlay")
	w := word{text: text}
	if at == nil || text == "" {
		return w
	}
	w.Place = at.Place
	if w.isFile() && !filepath.IsAbs(text) {
		w.text = "./" + filepath.Join(filepath.Dir(at.File), text)
	}
	return w
}

// alternative returns the alternative of each variant in a combination.
func (u *Uncertainty) alternatives(combination int) []alternative {
	taken := make([]alternative, len(u.variants))
	for i := len(u.variants) - 1; i >= 0; i-- {
		n := len(u.variants[i].alternatives)
		taken[i] = u.variants[i].alternatives[combination%n]
		combination /= n
	}
	return taken
}

// overlays returns the overlays of a combination.
func (u *Uncertainty) overlays(combination int) []word {
	var words []word
	for _, a := range u.alternatives(combination) {
		if a.overlay.text != "" {
			words = append(words, a.overlay)
		}
	}
	return words
}

// names returns the alternatives of a combination by name, for messages.
func (u *Uncertainty) names(combination int) string {
	text := ""
	for i, a := range u.alternatives(combination) {
		if i > 0 {
			text += ", "
		}
		text += u.variants[i].name + ": " + a.name
	}
	return text
}

// choose draws an alternative of each variant. It returns the combination, and a row for each alternative.
func (u *Uncertainty) choose(seed uint64, draw int) (combination int, rows []Drawn) {
	for i := range u.variants {
		v := &u.variants[i]
		taken := v.choose(seed, draw)
		for i, a := range v.alternatives {
			row := Drawn{Arm: sim.All, Path: "variants." + v.name + "." + a.name, Together: "variants." + v.name, Unit: "1", Derived: i == len(v.alternatives)-1}
			if i == taken {
				row.Value = 1
			}
			rows = append(rows, row)
		}
		combination = combination*len(v.alternatives) + taken
	}
	return combination, rows
}

// choose draws an alternative by its weight.
func (v *variant) choose(seed uint64, draw int) int {
	whole := 0.0
	for _, a := range v.alternatives {
		whole += a.weight
	}
	left, taken := random.New(seed, draw, "variant/"+v.name).U(0, 0)*whole, 0
	for left >= v.alternatives[taken].weight && taken < len(v.alternatives)-1 {
		left -= v.alternatives[taken].weight
		taken++
	}
	return taken
}

// sameStructure refuses a combination of alternatives that changes who and what there is: the tables of all draws have
// the same rows.
func sameStructure(usual []*Arm, under []*drawnArm, names string) error {
	for i, a := range usual {
		if !slices.Equal(structure(a.Model), structure(under[i].Model)) {
			return fmt.Errorf("variants (%s) change the message types, channels, pools or staff of arm %s; compare such a clinic as an arm of its own", names, a.Name)
		}
	}
	return nil
}

// structure lists what the tables are broken down by.
func structure(s *sim.Scenario) []string {
	var names []string
	for i := range s.Types {
		names = append(names, "type "+s.Types[i].Name)
	}
	for i := range s.Channels {
		names = append(names, "channel "+s.Channels[i].Name)
	}
	for i := range s.Pools {
		names = append(names, "pool "+s.Pools[i].Name)
	}
	for i := range s.OtherWork {
		names = append(names, "work "+s.OtherWork[i].Name)
	}
	for i := range s.Staff {
		names = append(names, "staff "+s.Staff[i].Name+" "+s.Staff[i].Role)
	}
	return names
}
