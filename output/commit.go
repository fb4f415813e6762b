package output

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// Commit finishes every table and gives the files their names, the manifest last. The manifest's program, version,
// build, schema version, Go version, processor and tables are filled in here; the caller gives the rest. If Commit
// fails the run has ended without results.
func (d *Directory) Commit(manifest Manifest) error {
	if d.ended {
		panic("output: Commit after Commit or Close")
	}
	err := d.stageManifest(manifest)
	if err == nil {
		err = d.rename()
	}
	if err != nil {
		d.abandon()
		return err
	}
	d.ended = true
	return nil
}

// stageManifest does steps 1 and 2 of the package comment.
func (d *Directory) stageManifest(manifest Manifest) error {
	manifest.Tables = []TableEntry{}
	files := []string{manifestFile, packageFile}
	for _, s := range d.tables {
		if err := s.finish(); err != nil {
			return err
		}
		hash, err := hashFile(s.file.Name())
		if err != nil {
			return err
		}
		manifest.Tables = append(manifest.Tables, TableEntry{File: s.fileName(), Rows: s.rows, SHA256: hash})
		files = append(files, s.fileName())
	}
	// Open has looked already, but another run may have ended here first.
	if err := d.mayReplace(files, "appeared during the run"); err != nil {
		return err
	}
	manifest.complete(d.version)
	var err error
	if d.described, err = writeTemporary(d.path, packageFile, d.describe(manifest.Tables).write); err != nil {
		return err
	}
	if d.manifest, err = writeTemporary(d.path, manifestFile, manifest.write); err != nil {
		return err
	}
	return syncDirectory(d.path)
}

// rename does steps 3 to 6.
func (d *Directory) rename() error {
	d.renaming = true
	for _, s := range d.tables {
		if err := os.Rename(s.file.Name(), filepath.Join(d.path, s.fileName())); err != nil {
			return err
		}
	}
	if err := os.Rename(d.described, filepath.Join(d.path, packageFile)); err != nil {
		return err
	}
	if err := d.removeStale(); err != nil {
		return err
	}
	d.removeLeftovers(func(string) bool { return true })
	if err := syncDirectory(d.path); err != nil {
		return err
	}
	if err := os.Rename(d.manifest, filepath.Join(d.path, manifestFile)); err != nil {
		return err
	}
	return syncDirectory(d.path)
}

// removeStale removes the tables of an earlier run that this run does not write.
func (d *Directory) removeStale() error {
	keep := []string{manifestFile, packageFile}
	for _, s := range d.tables {
		keep = append(keep, s.fileName())
	}
	for _, name := range d.owned {
		if slices.Contains(keep, name) {
			continue
		}
		if err := os.Remove(filepath.Join(d.path, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// removeLeftovers removes temporary files of runs that were killed, of those files for which it is asked. Where there are
// no locks, another run may be writing them: they stay. Nothing rests on their removal, so that errors do not matter.
func (d *Directory) removeLeftovers(of func(name string) bool) {
	if !d.Locked() {
		return
	}
	entries, _ := os.ReadDir(d.path)
	for _, entry := range entries {
		m := temporaryName.FindStringSubmatch(entry.Name())
		if ours := d.manifest != "" && entry.Name() == filepath.Base(d.manifest); m != nil && of(m[1]) && !ours {
			os.Remove(filepath.Join(d.path, entry.Name()))
		}
	}
}

// hashFile returns the SHA-256 of a file's bytes, in hexadecimal.
func hashFile(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
