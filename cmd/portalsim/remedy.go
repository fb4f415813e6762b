package main

import (
	"errors"
	"io/fs"
	"syscall"
)

// remedies say what to do about what the system refuses. The error itself names the file.
var remedies = []struct {
	cause error
	text  string
}{
	{syscall.ENOSPC, "free some space on that disk, or write to another"},
	{syscall.EFBIG, "raise the limit of the size of files (ulimit -f unlimited), or write to another disk"},
	{syscall.EDQUOT, "remove files of yours there, ask for a larger quota, or write to another disk"},
	{syscall.EROFS, "that disk can only be read: write to another"},
	{syscall.EMFILE, "raise the limit of open files of this process (ulimit -n 1024), or lower --jobs"},
	{syscall.ENFILE, "too many files are open on this machine: close other programs, or wait"},
	{syscall.EIO, "the disk or its network fails: look at it before you trust what is on it"},
	{syscall.ESTALE, "the file system was mounted anew or the directory replaced meanwhile: begin again"},
	{fs.ErrPermission, "change who may write there, or write to another directory"},
}

// remedy returns what to do about an error of the system, with a semicolon before it, or "".
func remedy(err error) string {
	for _, r := range remedies {
		if errors.Is(err, r.cause) {
			return "; " + r.text
		}
	}
	return ""
}
