package scenarios

import "testing"

// The fingerprint is of what a scenario says: not of where it stands, and of every bit of it.
func TestFingerprint(t *testing.T) {
	plain := loadText(t, tiny)
	if again := loadText(t, "# a remark\n"+tiny); again.Fingerprint() != plain.Fingerprint() {
		t.Error("a comment changes the fingerprint")
	}
	if expanded := loadText(t, plain.Expand()); expanded.Fingerprint() != plain.Fingerprint() {
		t.Error("the expanded text has another fingerprint")
	}
	seen := map[string]string{plain.Fingerprint(): "nothing"}
	for _, set := range []string{"patients.count=101", "staff.nurse.count=3", "name=other", "run.warm_up=9w", "pools.nurse.handling.cv=2", "messages.refill.incomplete=0.15"} {
		f := loadText(t, tiny, set).Fingerprint()
		if other, known := seen[f]; known {
			t.Errorf("%s and %s have one fingerprint", set, other)
		}
		seen[f] = set
	}
	a := &Node{Kind: List, Items: []*Node{{Kind: Scalar, Text: "1"}, {Kind: Scalar, Text: "2"}}}
	b := &Node{Kind: List, Items: []*Node{{Kind: Scalar, Text: "12"}, {Kind: Scalar, Text: ""}}}
	c := &Node{Kind: List, Items: []*Node{{Kind: Scalar, Text: "1", Quoted: true}, {Kind: Scalar, Text: "2"}}}
	if a.Fingerprint() == b.Fingerprint() || a.Fingerprint() == c.Fingerprint() {
		t.Error("different lists have one fingerprint")
	}
}
