package output

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"syscall"
)

var (
	// tableName matches the file names of tables, of this version and of others.
	tableName = regexp.MustCompile(`^[a-z_]+\.parquet$`)

	// temporaryName matches the temporary names of createTemporary and captures the name that the file is to have.
	temporaryName = regexp.MustCompile(`^\.(manifest\.json|datapackage\.json|report\.html|warmup\.svg|[a-z_]+\.parquet)\.\d+\.tmp$`)

	// temporaryPiece matches those of pieces, and temporaryTask of what tasks tell.
	temporaryPiece = regexp.MustCompile(`^\.[0-9a-f]{32}-\d+-\d+\.piece\.\d+\.tmp$`)
	temporaryTask  = regexp.MustCompile(`^\.(\d+-of-\d+\.json|order-[0-9a-f]{32}\.json\.gz)\.\d+\.tmp$`)
)

// maxTemporaries is how many temporary files of one name may be left over before we ask for a cleaning (assumed: a
// person notices sooner).
const maxTemporaries = 1000

// createTemporary creates a file beside the one called name, under the first temporary name that is free: two runs
// into one directory never write to the same file.
func createTemporary(directory, name string) (*os.File, error) {
	for i := range maxTemporaries {
		path := filepath.Join(directory, fmt.Sprintf(".%s.%d.tmp", name, i))
		file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return file, err
		}
	}
	return nil, &Refused{directory, fmt.Sprintf("holds %d unfinished files called .%s.*.tmp", maxTemporaries, name),
		"remove them"}
}

// ReplaceFile writes a file that is whole or absent: under a temporary name, forced to the disk, then renamed over
// path. If write fails, what was at path stays.
func ReplaceFile(path string, write func(io.Writer) error) error {
	temporary, err := writeTemporary(filepath.Dir(path), filepath.Base(path), write)
	if err == nil {
		if err = os.Rename(temporary, path); err != nil {
			os.Remove(temporary)
		}
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return syncDirectory(filepath.Dir(path))
}

// writeTemporary writes a whole file under a temporary name, which it returns.
func writeTemporary(directory, name string, write func(io.Writer) error) (string, error) {
	file, err := createTemporary(directory, name)
	if err != nil {
		return "", err
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err != nil {
		os.Remove(file.Name())
		return "", err
	}
	return file.Name(), nil
}

// syncDirectory forces names to the disk: a file's own Sync does not promise that its name survives a power cut.
// Systems that cannot do it for a directory say so with EINVAL or "unsupported", and we take what they give.
func syncDirectory(path string) error {
	if !directoriesSync {
		return nil
	}
	directory, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("sync directory: %w", err)
	}
	defer directory.Close()
	err = directory.Sync()
	if err == nil || errors.Is(err, syscall.EINVAL) || errors.Is(err, errors.ErrUnsupported) {
		return nil
	}
	return fmt.Errorf("sync directory: %w", err)
}
