package output

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What tasks are told and tell is read again as it was written; what is damaged is refused or absent.
func TestTasks(t *testing.T) {
	path := t.TempDir()
	if tasks, err := ReadTasks(path); err != nil || tasks != nil {
		t.Errorf("of nothing: %v, %v", tasks, err)
	}
	order := &Order{Name: "a", Words: []string{"study.yaml", "--seed", "1"}, Files: []OrderFile{{"study.yaml", []byte("schema: x\xff\n")}}}
	for range 2 { // the second finds it there
		if err := WriteOrder(path, order); err != nil {
			t.Fatal(err)
		}
	}
	got, err := ReadOrder(path, order.Key())
	if err != nil || got.Key() != order.Key() || string(got.Files[0].Text) != "schema: x\xff\n" {
		t.Errorf("read %+v, %v", got, err)
	}
	other := *order
	other.Files = []OrderFile{{"study.yaml", []byte("schema: y\n")}}
	if other.Key() == order.Key() {
		t.Error("two orders have one key")
	}
	noon := time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC)
	for i, index := range []int{2, 0, 11} {
		if err := WriteTask(path, &Task{Order: order.Key(), Index: index, Count: 12, First: 1, Step: 2, Started: noon.Add(time.Duration(i) * time.Hour)}); err != nil {
			t.Fatal(err)
		}
	}
	tasks, err := ReadTasks(path)
	var numbers []int
	for _, task := range tasks {
		numbers = append(numbers, task.Number())
	}
	if err != nil || !slices.Equal(numbers, []int{5, 1, 23}) {
		t.Errorf("numbers %v, %v, want those of tasks 2, 0 and 11, as they began", numbers, err)
	}
	writeText(t, filepath.Join(path, "tasks", "0-of-12.json"), "{\"index\": 3}")
	var refused *Refused
	if _, err := ReadTasks(path); !errors.As(err, &refused) {
		t.Errorf("a damaged task: %v", err)
	}
	writeText(t, orderFile(path, order.Key()), "damaged")
	if _, err := ReadOrder(path, order.Key()); err == nil {
		t.Error("a damaged order was read")
	}
	if err := WriteOrder(path, order); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadOrder(path, order.Key()); err != nil {
		t.Errorf("written again: %v", err)
	}
}

// Tasks share a directory that holds their study or nothing.
func TestOpenShared(t *testing.T) {
	path := filepath.Join(t.TempDir(), "made", "out")
	for range 2 {
		if err := OpenShared(path, "a", false); err != nil {
			t.Fatal(err)
		}
		if _, err := OpenPieces(path); err != nil {
			t.Fatal(err)
		}
	}
	d, err := OpenStudy(path, testVersion, "a", false)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(Manifest{Study: &StudyEntry{Name: "a"}}); err != nil {
		t.Fatal(err)
	}
	full := t.TempDir()
	writeText(t, filepath.Join(full, "mine.txt"), "mine")
	for _, c := range []struct {
		path, study string
		force       bool
		lawful      bool
	}{{path, "a", false, true}, {path, "b", false, false}, {path, "b", true, true}, {full, "a", false, false}} {
		var refused *Refused
		if err := OpenShared(c.path, c.study, c.force); (err == nil) != c.lawful || err != nil && !errors.As(err, &refused) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// A piece that another process writes is found without opening the store again.
func TestPieceAppears(t *testing.T) {
	path := t.TempDir()
	mine, err := OpenPieces(path)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := OpenPieces(path)
	if err != nil {
		t.Fatal(err)
	}
	key := PieceKey("x")
	if mine.Appeared(key, 0, 2) || mine.Next(key, 0, 1, nil) != nil {
		t.Error("a piece is there before it is written")
	}
	if err := theirs.Write(testPiece(key, 0, 2)); err != nil {
		t.Fatal(err)
	}
	if mine.Next(key, 0, 1, nil) != nil || !mine.Appeared(key, 0, 2) || mine.Next(key, 0, 1, nil) == nil {
		t.Error("the piece of another process is not found")
	}
	if err := os.Remove(mine.file(key, span{0, 2})); err != nil {
		t.Fatal(err)
	}
	if mine.Next(key, 0, 1, nil) != nil {
		t.Error("a piece is there after it was removed")
	}
}

// Which array began last is told by turns: a clock that is ahead, or was set back, changes nothing.
func TestTurnsNotClocks(t *testing.T) {
	path := t.TempDir()
	noon := time.Date(2025, 1, 6, 12, 0, 0, 0, time.UTC)
	if err := os.Mkdir(filepath.Join(path, tasksDirectory), 0o777); err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		task Task
		turn int
	}{
		{Task{Order: "a", Index: 0, Count: 8}, 1},
		{Task{Order: "a", Index: 7, Count: 8}, 1},
		{Task{Order: "a", Index: 1, Count: 4}, 2}, // divided anew
		{Task{Order: "b", Index: 0, Count: 1}, 3}, // another text
		{Task{Order: "b", Index: 0, Count: 1}, 3}, // again
		{Task{Order: "a", Index: 7, Count: 8}, 4},
		{Task{Order: "a", Index: 3, Count: 8}, 4},
	} {
		others, err := ReadTasks(path)
		if err != nil {
			t.Fatal(err)
		}
		c.task.Started = noon.Add(-time.Duration(i) * time.Hour) // each clock an hour behind the one before
		if c.task.Turn = c.task.NextTurn(others); c.task.Turn != c.turn {
			t.Errorf("task %d has turn %d, want %d", i, c.task.Turn, c.turn)
		}
		if err := WriteTask(path, &c.task); err != nil {
			t.Fatal(err)
		}
	}
	tasks, err := ReadTasks(path)
	if last := tasks[len(tasks)-1]; err != nil || last.Turn != 4 || last.Count != 8 || tasks[0].Index != 0 || tasks[0].Count != 8 {
		t.Errorf("%v, %+v", err, tasks)
	}
}
