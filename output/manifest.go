package output

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"
)

const program = "portalsim"

// Manifest is manifest.json: all that is needed to know what the tables are and to make them again. Only the block
// "run" differs between two runs of the same program on the same input.
type Manifest struct {
	Program       string       `json:"program"`
	Version       string       `json:"version"`
	Build         string       `json:"build"`
	Go            string       `json:"go"`
	Processor     string       `json:"processor"` // bytes are promised per processor type, numbers across them
	SchemaVersion string       `json:"schema_version"`
	Seed          uint64       `json:"seed"`
	Replications  int          `json:"replications"`
	Draws         int          `json:"draws,omitempty"` // of the inputs, in an uncertainty run
	Confidence    float64      `json:"confidence"`      // of the intervals, from 0 to 1
	RandomNumbers string       `json:"random_numbers"`  // the generator's name, with the version of its key scheme
	Command       string       `json:"command"`         // without the options that change no result: output, workers, force
	Arms          []Arm        `json:"arms"`            // in the order of the command line: the first is the control
	Tables        []TableEntry `json:"tables"`
	Study         *StudyEntry  `json:"study,omitempty"` // in a sweep
	Notes         []string     `json:"notes"`           // what to know before using the results
	Run           Occasion     `json:"run"`
}

// StudyEntry is the study of a sweep.
type StudyEntry struct {
	Name        string         `json:"name"`
	Title       string         `json:"title"`
	Description string         `json:"description"`
	Design      string         `json:"design"`
	Points      int            `json:"points"`
	Factors     []FactorEntry  `json:"factors"`  // in the order of table points
	Measures    []MeasureEntry `json:"measures"` // of interest
	Model       string         `json:"model"`    // version of what the model computes
	Text        string         `json:"text"`     // the study file; empty for a sweep of the command line
	SHA256      string         `json:"sha256"`   // of Text; Commit fills it in
}

// FactorEntry is what a sweep varies at one path. Its values are in table points.
type FactorEntry struct {
	Path     string     `json:"path"` // or ARM:PATH
	Title    string     `json:"title"`
	Role     string     `json:"role"` // lever or uncertainty
	Unit     string     `json:"unit"`
	Group    string     `json:"group"`    // factors of a group move together; empty for a factor by itself
	Scale    string     `json:"scale"`    // linear or log
	Standing LevelEntry `json:"standing"` // where nothing is varied
	Low      LevelEntry `json:"low"`      // first of the values; low end of a range, 2.5 % point of a belief
	High     LevelEntry `json:"high"`     // last of the values; high end, or 97.5 % point
}

// LevelEntry is a value of a factor.
type LevelEntry struct {
	Text  string   `json:"text"`  // as a scenario file has it
	Value *float64 `json:"value"` // in the factor's unit; null for words
}

// MeasureEntry is a measure of interest.
type MeasureEntry struct {
	Name     string `json:"name"` // with its dimensions
	Unit     string `json:"unit"`
	Better   string `json:"better"`    // lower, higher, or empty
	PairedBy string `json:"paired_by"` // contact or replication
}

// Arm is one arm of the run with its whole expanded scenario.
type Arm struct {
	Name  string `json:"name"`
	Label string `json:"label"` // what to call it before people: the names in its files, where it was given none
	Title string `json:"title"` // of the scenario, or of the overlays on it
	// Reference is true of an arm run for what it tells of the others, such as the ceiling: not part of the question.
	Reference bool     `json:"reference"`
	SHA256    string   `json:"sha256"` // of Text; Commit fills it in
	Text      string   `json:"text"`   // the scenario as `portalsim check --expand` prints it
	Layers    []string `json:"layers"` // the files and settings that it was composed from, lowest first
}

// TableEntry is one table of the run.
type TableEntry struct {
	File   string `json:"file"`
	Rows   int64  `json:"rows"`
	SHA256 string `json:"sha256"` // of the file's bytes
}

// Occasion is when and where a run took place: all that may differ when it is repeated.
type Occasion struct {
	Started string  `json:"started"` // RFC 3339
	Seconds float64 `json:"seconds"`
	Workers int     `json:"workers"`
	Machine Machine `json:"machine"`
}

// Machine is the computer of a run. It has no name and no user, because results are shared.
type Machine struct {
	System string `json:"system"`
	Cores  int    `json:"cores"`
}

// NewOccasion describes a run on this computer that began at started and ends now.
func NewOccasion(started time.Time, workers int) Occasion {
	return Occasion{
		Started: started.Format(time.RFC3339),
		Seconds: time.Since(started).Seconds(),
		Workers: workers,
		Machine: Machine{System: runtime.GOOS, Cores: runtime.NumCPU()},
	}
}

// complete fills in what the caller need not know. Empty lists are written as [], not null.
func (m *Manifest) complete(version Version) {
	m.Program, m.Version, m.Build = program, version.Version, version.Build
	m.Go, m.Processor, m.SchemaVersion = runtime.Version(), Processor(), SchemaVersion
	m.Arms = append([]Arm{}, m.Arms...)
	m.Notes = append([]string{}, m.Notes...)
	if m.Study != nil {
		m.Study.SHA256 = hashText(m.Study.Text)
	}
	for i := range m.Arms {
		m.Arms[i].SHA256 = hashText(m.Arms[i].Text)
		m.Arms[i].Layers = append([]string{}, m.Arms[i].Layers...)
	}
}

// Processor returns the processor type that the program was compiled for, with its level where there is one, such as
// "amd64 v1": the compiler may fuse multiplication and addition from some level on, which changes last digits.
func Processor() string {
	build, ok := debug.ReadBuildInfo()
	if !ok {
		return runtime.GOARCH
	}
	for _, setting := range build.Settings {
		if setting.Key == "GOAMD64" || setting.Key == "GOARM64" {
			return runtime.GOARCH + " " + setting.Value
		}
	}
	return runtime.GOARCH
}

func hashText(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func (m *Manifest) write(w io.Writer) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(m)
}

// ReadManifest reads manifest.json of an output directory.
func ReadManifest(directory string) (Manifest, error) {
	return readManifest(filepath.Join(directory, manifestFile))
}

func readManifest(path string) (Manifest, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("read manifest: %w", err)
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Manifest{}, fmt.Errorf("read %s: %w", path, err)
	}
	if m.Program != program {
		return Manifest{}, fmt.Errorf("read %s: not a manifest of %s", path, program)
	}
	return m, nil
}

// Verify reads the manifest of an output directory and checks that its arms and tables are as it says. The error
// names everything that is not.
func Verify(directory string) error {
	m, err := ReadManifest(directory)
	if err != nil {
		return err
	}
	var faults []error
	for _, arm := range m.Arms {
		if hashText(arm.Text) != arm.SHA256 {
			faults = append(faults, fmt.Errorf("%s: the text of arm %s does not fit its hash",
				filepath.Join(directory, manifestFile), arm.Name))
		}
	}
	for _, table := range m.Tables {
		path := filepath.Join(directory, filepath.Base(table.File))
		switch hash, err := hashFile(path); {
		case err != nil:
			faults = append(faults, fmt.Errorf("verify: %w", err))
		case hash != table.SHA256:
			faults = append(faults, fmt.Errorf("%s: differs from what the manifest says", path))
		}
	}
	return errors.Join(faults...)
}
