package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// lockFile is what a lock is taken on. The lock is the system's, and ends with the process that holds it, however that
// ends; the file says nothing by being there.
const lockFile = ".portalsim.lock"

// Lock keeps other runs of this program away from what two may not write at once. Where a file system has no locks, it
// holds nothing, and Held says so: a run never fails for want of locks.
type Lock struct {
	file *os.File // nil once released
	held bool
	mine bool // nobody else may hold it
}

// Busy says that another process holds a lock.
type Busy struct{ Refused }

// Unwrap makes a Busy a Refused.
func (b *Busy) Unwrap() error { return &b.Refused }

// Held tells whether the file system keeps others away.
func (l *Lock) Held() bool { return l.held }

// errHeld is what tryLock returns where another holds the lock; any other error means that there are no locks here.
var errHeld = errors.New("held by another process")

// tryLock is systemLock, but in tests of file systems without locks.
var tryLock = systemLock

// lockAlone takes the lock of a directory for this process alone.
func lockAlone(directory string) (*Lock, error) {
	l, err := take(directory, true)
	if errors.Is(err, errHeld) {
		return nil, busy(directory, "another run of portalsim"+holder(directory)+" is writing there", "wait until it has ended, or name another directory")
	}
	return l, err
}

// take takes a lock without waiting. The holder of a lock alone may remove its file (see Release): what is locked then is a
// file without a name, and we take the one that has it.
func take(directory string, alone bool) (*Lock, error) {
	path := filepath.Join(directory, lockFile)
	const tries = 100 // assumed: nobody ends so many runs while we open a file
	for range tries {
		file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
		if err != nil {
			return nil, fmt.Errorf("lock %s: %w", directory, err)
		}
		err = tryLock(file, alone)
		if errors.Is(err, errHeld) {
			return nil, errors.Join(errHeld, file.Close())
		}
		l := &Lock{file: file, held: err == nil, mine: alone && err == nil}
		if !l.held {
			return l, nil
		}
		if !l.named(path) {
			file.Close()
			continue
		}
		return l, l.sign()
	}
	return nil, fmt.Errorf("lock %s: its file %s is removed again and again", directory, path)
}

// named tells whether the locked file is still the one of its name.
func (l *Lock) named(path string) bool {
	locked, err1 := l.file.Stat()
	named, err2 := os.Stat(path)
	return err1 == nil && err2 == nil && os.SameFile(locked, named)
}

// sign tells others who holds the lock, as far as that can be told: on a full disk, nobody is named.
func (l *Lock) sign() error {
	if err := l.file.Truncate(0); err != nil || !l.mine {
		return nil
	}
	host, _ := os.Hostname()
	_, _ = fmt.Fprintf(l.file, "process %d on %s\n", os.Getpid(), host)
	return nil
}

// holder returns who has signed for a directory, in brackets, or nothing.
func holder(directory string) string {
	file, err := os.Open(filepath.Join(directory, lockFile))
	if err != nil {
		return ""
	}
	defer file.Close()
	const most = 300 // of a file of ours; assumed, and more than a host's name can be
	text, _ := io.ReadAll(io.LimitReader(file, most))
	who, _, whole := strings.Cut(string(text), "\n")
	if !whole || who == "" {
		return ""
	}
	return " (" + who + ")"
}

func busy(directory, reason, fix string) *Busy { return &Busy{Refused{directory, reason, fix}} }

// Release lets others in.
func (l *Lock) Release() {
	if l.file == nil {
		return
	}
	if l.held && l.mine {
		_ = l.file.Truncate(0)
	}
	l.file.Close()
	l.file = nil
}

// remove is Release of a lock that one process holds alone, and leaves no file: the name goes while nobody else can take
// it. Windows removes no open file, and so refuses later, if at all, where another has opened it.
func (l *Lock) remove() {
	if l.file == nil {
		return
	}
	path := l.file.Name()
	if !removesOnlyClosed {
		os.Remove(path)
	}
	l.Release()
	if removesOnlyClosed {
		os.Remove(path)
	}
}

// HoldTasks keeps others from the tasks and pieces of a study while this process writes some: a sweep of the whole study
// keeps all others away (alone), and the tasks of an array only such a sweep.
func HoldTasks(directory string, alone bool) (*Lock, error) {
	tasks := filepath.Join(directory, tasksDirectory)
	if err := os.MkdirAll(tasks, 0o777); err != nil {
		return nil, fmt.Errorf("hold the tasks of a study: %w", err)
	}
	l, err := take(tasks, alone)
	switch {
	case !errors.Is(err, errHeld):
		return l, err
	case alone:
		return nil, busy(directory, "tasks of an array, or another sweep"+holder(tasks)+", are running there",
			"wait until they have ended (portalsim status says how far they are), or name another directory")
	}
	return nil, busy(directory, "a sweep of the whole study"+holder(tasks)+" is running there", "wait until it has ended: it runs all tasks, and merges")
}
