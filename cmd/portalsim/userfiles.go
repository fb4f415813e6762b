package main

import (
	"fmt"
	"io"
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
	text, err := readBounded(path)
	if err == nil {
		f.read = append(f.read, output.OrderFile{Path: path, Text: text})
	}
	return text, err
}

// mostBytes bounds the files of users: a list of ten million points is smaller. It ends the reading of what has no end, such
// as a device.
const mostBytes = 256 << 20

// readBounded reads a file of a user's.
func readBounded(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err == nil && len(text) > mostBytes {
		return nil, fmt.Errorf("the file has more than %d MB, and the limit is that", mostBytes>>20)
	}
	return text, err
}
