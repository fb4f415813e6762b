// Package output writes the result tables of a run as Parquet files, and manifest.json, which says what they are.
//
// A run opens a directory, creates its tables, writes rows in their stated order, and commits:
//
//	directory, err := output.Open(path, version, force)
//	if err != nil {
//		return err
//	}
//	defer directory.Close() // without Commit, the run leaves nothing
//	table, err := output.Create[sim.MeasureRow](directory, "replications")
//	…
//	err = table.Write(rows)
//	…
//	return directory.Commit(manifest)
//
// Same program, same rows, same bytes: the bytes do not depend on how the rows are split between calls of Write, and
// nothing outside the manifest's block "run" tells the time of day.
//
// # What a crash leaves
//
// One run at a time has a directory: it holds a lock of the system, which ends with the process, however that ends.
// Until Commit, everything is under temporary names such as .summary.parquet.0.tmp and earlier files are untouched.
// Commit then goes in this order, so that a table is whole or absent at every instant:
//
//  1. each table is finished, and its bytes are forced to the disk;
//  2. datapackage.json and then the manifest are written under temporary names and forced to the disk: from here on, a
//     file of the directory can be known as ours by the manifest or by this one;
//  3. each table is renamed to its own name, and datapackage.json;
//  4. tables of the earlier run that this run does not write are removed, and temporary files left behind by runs that
//     were killed (those of tables already by Open);
//  5. the manifest is renamed: from here on, the directory is the new run's.
//
// The directory itself is forced to the disk after 2, 4 and 5. A run killed between 3 and 5 leaves whole tables, some
// of each run, that do not fit the manifest: Verify says so, and the next run with force replaces them. Where there was no
// earlier run, it replaces them without force: the same command begins again.
package output
