package output

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

const manifestFile = "manifest.json"

// ReportFile is the name of a report beside the tables that it was made from, and ReportMark what stands in every
// report and tells it from other files.
const (
	ReportFile = "report.html"
	ReportMark = `<meta name="generator" content="portalsim">`
)

// Version is the program's version and build. It enters every file that a Directory writes.
type Version struct {
	Version string // such as 1.2.0
	Build   string // such as the commit
}

// Directory is an output directory that a run is writing. The package comment says what is on the disk when.
// It is not for use by several goroutines at once.
type Directory struct {
	path    string
	version Version
	force   bool
	lock    *Lock    // of the directory, until Close
	made    []string // directories that Open created, deepest first
	owned   []string // files of an earlier run, which this one may replace: none without force
	tables  []*staged

	described string // temporary name of the data package, once written
	manifest  string // temporary name of the manifest, once written
	renaming  bool   // whether Commit has begun to rename: from then on the temporary manifest must stay
	ended     bool   // whether Commit has been called, or the run has been given up
}

// staged is a table under its temporary name.
type staged struct {
	name   string // of the table
	file   *os.File
	rows   int64
	finish func() error // ends the table and forces it to the disk; may be called again
}

func (s *staged) fileName() string { return tableFile(s.name) }

func tableFile(name string) string { return name + ".parquet" }

// Open makes path ready for a run: it creates the directory where there is none, and refuses one that is not empty, or in
// which another run is writing (*Busy). What a run left there that was killed counts as nothing.
// With force, a directory with results of an earlier run is accepted, and Commit replaces them; files that portalsim
// did not write are never touched. Errors of type *Refused are for the user to mend.
func Open(path string, version Version, force bool) (*Directory, error) {
	made, err := makeDirectory(path)
	if err != nil {
		return nil, err
	}
	d := &Directory{path: path, version: version, force: force, made: made}
	if d.lock, err = lockAlone(path); err == nil {
		err = d.prepare()
	}
	if err != nil {
		d.Close()
		return nil, err
	}
	return d, nil
}

// Locked tells whether the file system keeps other runs away from the directory until Close.
func (d *Directory) Locked() bool { return d.lock.Held() }

// OpenStudy is Open for the directory of a study, which holds its pieces: the tables of an earlier run of the same study
// are replaced, so that the study can be taken up again. Those of another are refused, unless forced.
func OpenStudy(path string, version Version, study string, force bool) (*Directory, error) {
	if holdsStudy(path) && !force {
		if err := ofStudy(path, study); err != nil {
			return nil, err
		}
		force = true
	}
	return Open(path, version, force)
}

// holdsStudy tells whether a sweep or a task has begun in a directory.
func holdsStudy(path string) bool {
	return slices.ContainsFunc([]string{piecesDirectory, tasksDirectory}, func(name string) bool {
		info, err := os.Stat(filepath.Join(path, name))
		return err == nil && info.IsDir()
	})
}

// ofStudy refuses a directory that holds the tables of another study.
func ofStudy(path, study string) error {
	m, err := ReadManifest(path)
	if err == nil && (m.Study == nil || m.Study.Name != study) {
		return &Refused{path, "holds the results of another study", "name another directory, or add --force to replace its tables; pieces stay"}
	}
	return nil
}

// OpenShared makes the output directory of a study ready for one of several tasks that write only pieces, and refuses
// what MayShare refuses.
func OpenShared(path, study string, force bool) error {
	if _, err := makeDirectory(path); err != nil {
		return err
	}
	return MayShare(path, study, force)
}

// MayShare refuses an output directory that holds anything else than the study, unless forced. One that is not there yet
// may be made.
func MayShare(path, study string, force bool) error {
	switch info, err := os.Stat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && !info.IsDir():
		return &Refused{path, "is not a directory", otherPath}
	}
	entries, err := os.ReadDir(path)
	if err != nil {
		return fmt.Errorf("open output directory: %w", err)
	}
	ours := func(e os.DirEntry) bool { return e.Name() == piecesDirectory || e.Name() == tasksDirectory }
	entries = withoutLock(entries)
	switch {
	case force || !slices.ContainsFunc(entries, func(e os.DirEntry) bool { return !ours(e) }):
		return nil
	case slices.ContainsFunc(entries, ours):
		return ofStudy(path, study)
	}
	return &Refused{path, "is not empty, and holds no pieces of a study", "name another directory"}
}

const otherPath = "name a directory, or a path where one can be made"

// makeDirectory creates path and what is missing above it, and returns what it created, deepest first.
func makeDirectory(path string) (made []string, err error) {
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return nil, nil
	case err == nil:
		return nil, &Refused{path, "is not a directory", otherPath}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("open output directory: %w", err)
	}
	if _, err := os.Lstat(path); err == nil {
		return nil, &Refused{path, "is a symbolic link to nothing", otherPath}
	}
	for p := filepath.Clean(path); ; p = filepath.Dir(p) {
		if _, err := os.Lstat(p); err == nil {
			break
		}
		made = append(made, p)
	}
	if err := os.MkdirAll(path, 0o777); err != nil {
		removeEmpty(made)
		return nil, fmt.Errorf("create output directory %s: %w", path, err)
	}
	for _, p := range made { // so that a power cut does not take the directory, with all that is forced to the disk in it
		if err := syncDirectory(filepath.Dir(p)); err != nil {
			return made, err
		}
	}
	return made, nil
}

// removeEmpty removes directories that we made, deepest first. One that is no longer empty stays, which is why the
// errors do not matter.
func removeEmpty(made []string) {
	for _, path := range made {
		os.Remove(path)
	}
}

// prepare says, before hours of work, what Commit would say after them: whether the directory may be written.
func (d *Directory) prepare() error {
	entries, err := os.ReadDir(d.path)
	if err != nil {
		return fmt.Errorf("open output directory: %w", err)
	}
	entries = withoutLock(entries)
	if d.Locked() && onlyLeftovers(d.path, entries) {
		d.force = true // what it replaces is of a run that was killed, and whose command this may be
	}
	if len(entries) > 0 && !d.force {
		return &Refused{d.path, "is not empty",
			"add --force to replace the results that portalsim wrote there, or name another directory"}
	}
	if d.force {
		d.owned = ownedFiles(d.path, entries)
		d.removeLeftovers(func(name string) bool { return name != manifestFile }) // which may know tables, until Commit
	}
	if err := d.mayReplace(allFiles(), "was not written by portalsim"); err != nil {
		return err
	}
	probe, err := writeTemporary(d.path, manifestFile, func(io.Writer) error { return nil })
	if err != nil {
		return fmt.Errorf("write to output directory %s: %w", d.path, err)
	}
	return os.Remove(probe)
}

// withoutLock leaves out the file of the lock, which is there while a run is, and says nothing after one that was killed.
func withoutLock(entries []os.DirEntry) []os.DirEntry {
	return slices.DeleteFunc(entries, func(e os.DirEntry) bool { return e.Name() == lockFile })
}

// onlyLeftovers tells whether a directory holds nothing but what a run left that was killed before it had a manifest.
func onlyLeftovers(path string, entries []os.DirEntry) bool {
	owned := ownedFiles(path, entries)
	return len(entries) > 0 && !slices.ContainsFunc(entries, func(e os.DirEntry) bool {
		name := e.Name()
		return name == manifestFile || !temporaryName.MatchString(name) && !slices.Contains(owned, name)
	})
}

func allFiles() []string {
	files := []string{manifestFile, packageFile}
	for _, table := range Tables() {
		files = append(files, tableFile(table.Name))
	}
	return files
}

// ownedFiles returns the files of the directory that an earlier run wrote: a manifest of ours, and the tables that it
// names, or that the unfinished manifest of a run that was killed names; and a report, which shows those tables.
func ownedFiles(path string, entries []os.DirEntry) []string {
	var owned []string
	for _, entry := range entries {
		name := entry.Name()
		if name == ReportFile && isReport(filepath.Join(path, name)) {
			owned = append(owned, name)
		}
		unfinished := temporaryName.FindStringSubmatch(name)
		if name != manifestFile && (unfinished == nil || unfinished[1] != manifestFile) {
			continue
		}
		manifest, err := readManifest(filepath.Join(path, name))
		if err != nil {
			continue // not ours, or never finished: then it names no table that was renamed
		}
		if name == manifestFile {
			owned = append(owned, name)
		}
		owned = append(owned, packageFile)
		for _, table := range manifest.Tables {
			// A manifest may have been edited: a name that leads out of the directory must never be removed.
			if tableName.MatchString(table.File) {
				owned = append(owned, table.File)
			}
		}
	}
	return owned
}

// isReport tells whether a file is a report of ours.
func isReport(path string) bool {
	text, err := os.ReadFile(path)
	return err == nil && bytes.Contains(text, []byte(ReportMark))
}

// mayReplace refuses, for the reason given, if one of the files exists and is not of the earlier run.
func (d *Directory) mayReplace(files []string, reason string) error {
	for _, name := range files {
		path := filepath.Join(d.path, name)
		info, err := os.Lstat(path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return fmt.Errorf("look at %s: %w", path, err)
		case info.IsDir() || !slices.Contains(d.owned, name):
			return &Refused{path, reason, "move it away, or name another directory"}
		}
	}
	return nil
}

// stage begins a table under a temporary name.
func (d *Directory) stage(name string) (*staged, error) {
	for _, s := range d.tables {
		if s.name == name {
			panic(fmt.Sprintf("output: table %s is created twice", name))
		}
	}
	file, err := createTemporary(d.path, tableFile(name))
	if err != nil {
		return nil, fmt.Errorf("create %s: %w", filepath.Join(d.path, tableFile(name)), err)
	}
	s := &staged{name: name, file: file}
	d.tables = append(d.tables, s)
	return s, nil
}

// Close ends the use of the directory, and lets other runs in. Without a Commit that succeeded it ends the run without
// results: it removes all that is temporary, and the directory if Open made it; files of an earlier run stay.
func (d *Directory) Close() {
	d.abandon()
	if d.lock != nil {
		d.lock.remove()
	}
	removeEmpty(d.made)
}

// abandon removes all that is temporary, unless the run has ended.
func (d *Directory) abandon() {
	if d.ended {
		return
	}
	d.ended = true
	for _, s := range d.tables {
		s.file.Close()
		os.Remove(s.file.Name())
	}
	for _, temporary := range []string{d.described, d.manifest} {
		if temporary != "" && !d.renaming {
			os.Remove(temporary)
		}
	}
}
