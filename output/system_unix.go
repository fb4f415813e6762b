//go:build unix

package output

import (
	"errors"
	"os"
	"syscall"
)

// removesOnlyClosed tells whether the system refuses to remove a file that is open.
const removesOnlyClosed = false

// directoriesSync tells whether the names in a directory can be forced to the disk.
const directoriesSync = true

// systemLock locks a whole file, shared or for this process alone, without waiting. The lock belongs to the open file: it
// ends when that is closed, by us or by the end of the process.
func systemLock(file *os.File, alone bool) error {
	how := syscall.LOCK_SH | syscall.LOCK_NB
	if alone {
		how = syscall.LOCK_EX | syscall.LOCK_NB
	}
	for {
		err := syscall.Flock(int(file.Fd()), how)
		switch {
		case errors.Is(err, syscall.EINTR):
		case errors.Is(err, syscall.EWOULDBLOCK):
			return errHeld
		default:
			return err
		}
	}
}
