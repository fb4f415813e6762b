package main

import (
	"io/fs"
	"os"
	"slices"
	"sync"

	"portalsim/output"
	"portalsim/scenarios"
)

// userFiles reads the files of users and remembers them; or gives them as they were read for an order.
type userFiles struct {
	mutex sync.Mutex
	read  []output.OrderFile
	again bool // give what was read, and nothing else
}

func (f *userFiles) source() scenarios.Source {
	return scenarios.Source{ReadFile: f.readFile, Library: scenarios.Library()}
}

// readFile reads a file, once.
func (f *userFiles) readFile(path string) ([]byte, error) {
	f.mutex.Lock()
	defer f.mutex.Unlock()
	for _, r := range f.read {
		if r.Path == path {
			return slices.Clone(r.Text), nil
		}
	}
	if f.again {
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
	}
	text, err := os.ReadFile(path)
	if err == nil {
		f.read = append(f.read, output.OrderFile{Path: path, Text: text})
	}
	return text, err
}
