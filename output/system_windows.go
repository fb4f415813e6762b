package output

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

// removesOnlyClosed tells whether the system refuses to remove a file that is open.
const removesOnlyClosed = true

// directoriesSync tells whether the names in a directory can be forced to the disk. Windows refuses to flush a directory
// ("Access is denied"), and keeps names in its file systems' own journal.
const directoriesSync = false

// systemLock locks a file, shared or for this process alone, without waiting. Windows locks bytes, and keeps others from
// reading them: we lock one far behind what the file holds. The lock ends when the file is closed, by us or by the end of
// the process.
func systemLock(file *os.File, alone bool) error {
	how := uint32(windows.LOCKFILE_FAIL_IMMEDIATELY)
	if alone {
		how |= windows.LOCKFILE_EXCLUSIVE_LOCK
	}
	far := &windows.Overlapped{OffsetHigh: 1 << 30}
	err := windows.LockFileEx(windows.Handle(file.Fd()), how, 0, 1, 0, far)
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return errHeld
	}
	return err
}
