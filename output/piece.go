package output

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"sync"

	"portalsim/sim"
)

// Piece is what a block of replications of some arms gave: the smallest part of a study that is kept. Its key is made
// from the content of all it depends on, so that a piece never stands for another scenario, seed or version.
type Piece struct {
	Key     string     `json:"key"`
	From    int        `json:"from"` // replications from From up to, not including, To
	To      int        `json:"to"`
	Asked   []string   `json:"asked"` // measures that were to be kept; an arm may have none of that name
	Arms    []PieceArm `json:"arms"`
	Seconds float64    `json:"seconds"` // that it took, for estimates of what is left
}

// PieceArm is one arm of a piece. The first is what the others are paired with.
type PieceArm struct {
	Measures []string     `json:"measures"` // with their dimensions, as on the command line
	Values   [][]*float64 `json:"values"`   // by replication, then measure; null where unknown
	Notes    []PieceNote  `json:"notes,omitempty"`
	Growing  [][]string   `json:"growing"`            // by replication: pools whose backlog grew without end
	Outgrown []bool       `json:"outgrown"`           // by replication: whether the limit stopped it, without values
	Contacts []PiecePairs `json:"contacts,omitempty"` // paired by contact with the first arm, by type
}

// PieceNote says what to know of one value.
type PieceNote struct {
	Replication int    `json:"replication"` // from the piece's first
	Measure     int    `json:"measure"`
	Text        string `json:"text"`
}

// PiecePairs are the mean waits of the contacts that are portal threads in both arms, by replication.
type PiecePairs struct {
	Type     string     `json:"type"`
	First    []*float64 `json:"first"`
	Arm      []*float64 `json:"arm"`
	Censored []int64    `json:"censored"`
}

// Holds tells whether every arm of the piece kept the measures, where it has them at all.
func (p *Piece) Holds(measures []string) bool {
	for _, a := range p.Arms {
		for _, m := range measures {
			if len(a.Measures) > 0 && !slices.Contains(a.Measures, m) && !slices.Contains(p.Asked, m) {
				return false
			}
		}
	}
	return true
}

// piecesDirectory is where a study keeps its pieces, in its output directory.
const piecesDirectory = "pieces"

// pieceName matches the file names of pieces: key, from and to.
var pieceName = regexp.MustCompile(`^([0-9a-f]{32})-([0-9]+)-([0-9]+)\.piece$`)

// Pieces is the store of a study's pieces: a directory of files. Several processes may write to one; a piece is whole
// or absent. It is safe for several goroutines.
type Pieces struct {
	path  string
	mutex sync.Mutex
	spans map[string][]span // by key
}

// span is the replications of one piece.
type span struct{ from, to int }

// OpenPieces opens the store of a study's output directory, and makes it where there is none.
func OpenPieces(directory string) (*Pieces, error) {
	p := &Pieces{path: filepath.Join(directory, piecesDirectory), spans: map[string][]span{}}
	if err := os.MkdirAll(p.path, 0o777); err != nil {
		return nil, fmt.Errorf("open the pieces of a study: %w", err)
	}
	if err := syncDirectory(directory); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(p.path)
	if err != nil {
		return nil, fmt.Errorf("open the pieces of a study: %w", err)
	}
	for _, e := range entries {
		m := pieceName.FindStringSubmatch(e.Name())
		if m == nil {
			continue
		}
		from, err1 := strconv.Atoi(m[2])
		to, err2 := strconv.Atoi(m[3])
		if err1 == nil && err2 == nil && from < to {
			p.spans[m[1]] = append(p.spans[m[1]], span{from, to})
		}
	}
	return p, nil
}

// Next returns the piece of a key that holds a replication and reaches furthest, or nil. A piece that is damaged, has
// another number of arms, or did not keep one of the measures, is none, and its place is free again.
func (p *Pieces) Next(key string, replication, arms int, measures []string) *Piece {
	for {
		p.mutex.Lock()
		best := span{}
		for _, s := range p.spans[key] {
			if s.from <= replication && replication < s.to && s.to > best.to {
				best = s
			}
		}
		p.mutex.Unlock()
		if best.to == 0 {
			return nil
		}
		piece, err := p.read(key, best)
		if err == nil && len(piece.Arms) == arms && piece.Holds(measures) {
			return piece
		}
		p.forget(key, best)
	}
}

func (p *Pieces) forget(key string, s span) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.spans[key] = slices.DeleteFunc(p.spans[key], func(other span) bool { return other == s })
}

func (p *Pieces) file(key string, s span) string {
	return filepath.Join(p.path, fmt.Sprintf("%s-%d-%d.piece", key, s.from, s.to))
}

// Write keeps a piece: under a temporary name, forced to the disk, renamed, and its name forced to the disk.
func (p *Pieces) Write(piece *Piece) error {
	body, err := packed(piece)
	if err != nil {
		return fmt.Errorf("write a piece: %w", err)
	}
	s := span{piece.From, piece.To}
	err = ReplaceFile(p.file(piece.Key, s), func(w io.Writer) error {
		if _, err := fmt.Fprintf(w, "%s\n", hashText(string(body))); err != nil {
			return err
		}
		_, err := w.Write(body)
		return err
	})
	if err != nil {
		return err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.spans[piece.Key] = append(p.spans[piece.Key], s)
	return nil
}

// Appeared tells whether another process has written a piece since the store was opened, and takes it in.
func (p *Pieces) Appeared(key string, from, to int) bool {
	s := span{from, to}
	if _, err := os.Stat(p.file(key, s)); err != nil {
		return false
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.spans[key] = append(p.spans[key], s)
	return true
}

// RemoveLeftovers removes, from the pieces and tasks of a study, temporary files of runs that were killed. The lock of its
// tasks must be held, alone; where there are no locks, they stay. Nothing rests on their removal, so that errors do not
// matter.
func RemoveLeftovers(directory string, alone *Lock) {
	if !alone.Held() || !alone.mine {
		return
	}
	for _, in := range []string{piecesDirectory, tasksDirectory} {
		entries, _ := os.ReadDir(filepath.Join(directory, in))
		for _, e := range entries {
			if temporaryPiece.MatchString(e.Name()) || temporaryTask.MatchString(e.Name()) {
				os.Remove(filepath.Join(directory, in, e.Name()))
			}
		}
	}
}

func packed(piece *Piece) ([]byte, error) {
	var body bytes.Buffer
	zip := gzip.NewWriter(&body)
	if err := json.NewEncoder(zip).Encode(piece); err != nil {
		return nil, err
	}
	err := zip.Close()
	return body.Bytes(), err
}

// read reads a piece whose bytes fit their hash, and whose content fits its name.
func (p *Pieces) read(key string, s span) (*Piece, error) {
	text, err := os.ReadFile(p.file(key, s))
	if err != nil {
		return nil, err
	}
	hash, body, _ := bytes.Cut(text, []byte("\n"))
	if sum := sha256.Sum256(body); string(hash) != hex.EncodeToString(sum[:]) {
		return nil, fmt.Errorf("%s is damaged", p.file(key, s))
	}
	zip, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	var piece Piece
	if err := json.NewDecoder(io.LimitReader(zip, maxPieceBytes)).Decode(&piece); err != nil {
		return nil, err
	}
	if piece.Key != key || piece.From != s.from || piece.To != s.to || !piece.whole() {
		return nil, fmt.Errorf("%s does not hold what its name says", p.file(key, s))
	}
	return &piece, nil
}

// PieceKey makes the key of what a piece depends on.
func PieceKey(parts ...string) string {
	sum := sha256.New()
	for _, part := range parts {
		fmt.Fprintf(sum, "%d\n%s", len(part), part)
	}
	return hex.EncodeToString(sum.Sum(nil))[:32]
}

// AddPairs adds the rows of table pairs that pair a replication's contacts of an arm with the first; replication counts
// from the piece's first.
func (a *PieceArm) AddPairs(rows []sim.PairRow, arm string, replication int) {
	for i := range rows {
		row := &rows[i]
		if row.Arm != arm || row.Fate != pairedFate {
			continue
		}
		k := slices.IndexFunc(a.Contacts, func(p PiecePairs) bool { return p.Type == row.Type })
		if k < 0 {
			k = len(a.Contacts)
			a.Contacts = append(a.Contacts, PiecePairs{Type: row.Type})
		}
		p := &a.Contacts[k]
		for len(p.First) < replication { // an arm that outgrew its limit has no pairs
			p.First, p.Arm, p.Censored = append(p.First, nil), append(p.Arm, nil), append(p.Censored, 0)
		}
		p.First, p.Arm, p.Censored = append(p.First, row.ControlWait), append(p.Arm, row.ArmWait), append(p.Censored, row.Censored)
	}
}

// pairedFate is the fate of contacts that are portal threads in both arms; see table pairs.
const pairedFate = "paired"

// Pairs returns the rows that AddPairs kept of a replication, as far as they are kept.
func (a *PieceArm) Pairs(replication int, control, arm string, number int) []sim.PairRow {
	var rows []sim.PairRow
	for _, p := range a.Contacts {
		if replication >= len(p.First) {
			continue
		}
		row := sim.PairRow{Control: control, Arm: arm, Replication: int32(number), Type: p.Type, Fate: pairedFate,
			ControlWait: p.First[replication], ArmWait: p.Arm[replication], Censored: p.Censored[replication]}
		if row.ControlWait != nil && row.ArmWait != nil {
			d := *row.ArmWait - *row.ControlWait
			row.Difference = &d
		}
		rows = append(rows, row)
	}
	return rows
}

// Rows returns the values of measures in a replication; an unknown one where the arm has no such measure.
func (a *PieceArm) Rows(replication int, wanted []sim.MeasureRow) []sim.MeasureRow {
	rows := slices.Clone(wanted)
	for i := range rows {
		m := slices.Index(a.Measures, rows[i].Name())
		if m < 0 {
			rows[i].Note = "unknown: the arm has no such measure"
			continue
		}
		rows[i].Value = a.Values[replication][m]
		for _, note := range a.Notes {
			if note.Replication == replication && note.Measure == m {
				rows[i].Note = note.Text
			}
		}
	}
	return rows
}

// CostOfPieces returns the mean time in seconds of a replication of an arm over some of the pieces of an output
// directory; ok is false where there are none.
func CostOfPieces(directory string) (seconds float64, ok bool) {
	const enough = 50
	names, _ := filepath.Glob(filepath.Join(directory, piecesDirectory, "*.piece"))
	p := &Pieces{path: filepath.Join(directory, piecesDirectory)}
	runs := 0
	for _, name := range names[:min(len(names), enough)] {
		m := pieceName.FindStringSubmatch(filepath.Base(name))
		if m == nil {
			continue
		}
		from, _ := strconv.Atoi(m[2])
		to, _ := strconv.Atoi(m[3])
		if piece, err := p.read(m[1], span{from, to}); err == nil {
			seconds += piece.Seconds
			runs += (piece.To - piece.From) * len(piece.Arms)
		}
	}
	return seconds / float64(max(1, runs)), runs > 0
}
