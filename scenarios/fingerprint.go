package scenarios

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// Fingerprint returns a hash of all that the complete scenario says: arms of equal texts, as Expand prints them, have
// equal fingerprints, and no others do. It takes a fraction of the time of printing.
func (a *Arm) Fingerprint() string { return a.Tree.Fingerprint() }

// Fingerprint returns a hash of a tree: of kinds, texts, quotes and keys, not of places.
func (n *Node) Fingerprint() string {
	sum := sha256.New()
	w := bufio.NewWriter(sum)
	n.digest(w)
	w.Flush()
	return hex.EncodeToString(sum.Sum(nil))
}

// digest writes a tree so that no two trees are written alike: every text comes after its length.
func (n *Node) digest(w *bufio.Writer) {
	text := func(mark byte, s string) {
		w.WriteByte(mark)
		w.WriteString(strconv.Itoa(len(s)))
		w.WriteByte(' ')
		w.WriteString(s)
	}
	if n == nil {
		w.WriteByte('0')
		return
	}
	switch {
	case n.Kind == Scalar && n.Quoted:
		text('q', n.Text)
	case n.Kind == Scalar:
		text('s', n.Text)
	case n.Kind == List:
		text('l', strconv.Itoa(len(n.Items)))
	case n.Kind == Mapping:
		text('m', strconv.Itoa(len(n.Entries)))
	default:
		w.WriteByte('n')
	}
	for _, item := range n.Items {
		item.digest(w)
	}
	for _, e := range n.Entries {
		text('k', e.Key)
		e.Value.digest(w)
	}
}
