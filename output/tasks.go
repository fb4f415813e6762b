package output

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// Order is what the tasks of a study were told to do, with all that they read: enough to read the study again where its
// files are gone or changed.
type Order struct {
	Name  string      `json:"name"`  // of the study
	Words []string    `json:"words"` // of the command line after `portalsim sweep`, as far as they change results
	Files []OrderFile `json:"files"` // of users, in the order of reading
}

// OrderFile is a file of a user, by the path under which it was read.
type OrderFile struct {
	Path string `json:"path"`
	Text []byte `json:"text"`
}

// Key returns the hash by which tasks name the order.
func (o *Order) Key() string {
	parts := append([]string{o.Name}, o.Words...)
	for _, f := range o.Files {
		parts = append(parts, "file", f.Path, string(f.Text))
	}
	return PieceKey(parts...)
}

// Task is what one task of an array tells of its part of a study. A sweep of one machine is task 0 of 1.
type Task struct {
	Order         string    `json:"order"` // its key
	Name          string    `json:"name"`  // of the study
	Index         int       `json:"index"` // from 0
	Count         int       `json:"count"` // of tasks
	First         int       `json:"first"` // number that the batch system gives task 0
	Step          int       `json:"step"`  // and by which its numbers go on
	Job           string    `json:"job"`   // name that the batch system gives it, where there is one
	Version       string    `json:"version"`
	Build         string    `json:"build"`
	Model         string    `json:"model"`
	Processor     string    `json:"processor"`
	RandomNumbers string    `json:"random_numbers"`
	State         string    `json:"state"` // running, stopped or done; of one that was killed, running
	Points        int       `json:"points"`
	Turn          int       `json:"turn"` // the largest is of those that began last, whatever the clocks of their hosts say
	Started       time.Time `json:"started"`
	Ended         time.Time `json:"ended,omitzero"`
	Failures      []Failure `json:"failures"`
}

// Failure is a replication that could not be run, by the key of its piece.
type Failure struct {
	Key         string `json:"key"`
	Arm         string `json:"arm"`
	Replication int    `json:"replication"`
	Seed        uint64 `json:"seed"`
	Defect      bool   `json:"defect"` // of the program; else the scenario cannot be run
	Cause       string `json:"cause"`
}

// Number returns the number by which the batch system knows the task.
func (t *Task) Number() int { return t.First + t.Index*t.Step }

// tasksDirectory is where the tasks of a study tell how far they are, in its output directory.
const tasksDirectory = "tasks"

var taskName = regexp.MustCompile(`^[0-9]+-of-[0-9]+\.json$`)

// orderFile returns the path of an order.
func orderFile(directory, key string) string {
	return filepath.Join(directory, tasksDirectory, "order-"+key+".json.gz")
}

// WriteOrder keeps what the tasks of a study are told to do. Several may do so at once: equal orders have one file.
func WriteOrder(directory string, o *Order) error {
	path := orderFile(directory, o.Key())
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("keep the study for its tasks: %w", err)
	}
	if err := syncDirectory(directory); err != nil {
		return err
	}
	if _, err := ReadOrder(directory, o.Key()); err == nil {
		return nil // there already
	}
	return ReplaceFile(path, func(w io.Writer) error {
		zip := gzip.NewWriter(w)
		if err := json.NewEncoder(zip).Encode(o); err != nil {
			return err
		}
		return zip.Close()
	})
}

// ReadOrder reads an order that fits its key.
func ReadOrder(directory, key string) (*Order, error) {
	path := orderFile(directory, key)
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	zip, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var o Order
	if err := json.NewDecoder(zip).Decode(&o); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	if o.Key() != key {
		return nil, fmt.Errorf("read %s: it is damaged", path)
	}
	return &o, nil
}

// WriteTask keeps how far a task is, in place of what it or an earlier try told before.
func WriteTask(directory string, t *Task) error {
	path := filepath.Join(directory, tasksDirectory, fmt.Sprintf("%d-of-%d.json", t.Index, t.Count))
	return ReplaceFile(path, func(w io.Writer) error {
		encoder := json.NewEncoder(w)
		encoder.SetIndent("", "  ")
		return encoder.Encode(t)
	})
}

// NextTurn returns the turn of a task that begins beside others, as ReadTasks gives them: that of the last, if it is of the
// same array, else the next. Clocks are not asked, since those of other hosts may differ, and ours may be set back.
func (t *Task) NextTurn(others []Task) int {
	if len(others) == 0 {
		return 1
	}
	last := &others[len(others)-1]
	if last.Order == t.Order && last.Count == t.Count && last.Turn > 0 {
		return last.Turn
	}
	return last.Turn + 1
}

// ReadTasks reads what all tasks of an output directory tell, those that began last at the end. A directory without any
// gives none.
func ReadTasks(directory string) ([]Task, error) {
	entries, err := os.ReadDir(filepath.Join(directory, tasksDirectory))
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the tasks of a study: %w", err)
	}
	var tasks []Task
	for _, e := range entries {
		if !taskName.MatchString(e.Name()) {
			continue
		}
		path := filepath.Join(directory, tasksDirectory, e.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read the tasks of a study: %w", err)
		}
		var t Task
		if err := json.Unmarshal(text, &t); err != nil || fmt.Sprintf("%d-of-%d.json", t.Index, t.Count) != e.Name() {
			return nil, &Refused{path, "is damaged", "remove it: it only tells how far a task was, and its pieces stay"}
		}
		tasks = append(tasks, t)
	}
	slices.SortStableFunc(tasks, func(a, b Task) int { return cmp.Or(a.Turn-b.Turn, a.Started.Compare(b.Started)) })
	return tasks, nil
}
