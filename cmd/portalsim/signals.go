package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
)

// untilSignal returns a context that ends when the user or the system stops the program: Ctrl-C, a closed terminal
// (SIGHUP), a batch system before it kills (SIGTERM). A second signal does not wait. A signal that was ignored when the
// program began stays so: nohup ignores SIGHUP, and shells SIGINT for what they run in the background.
//
// A reader of the output who goes away (SIGPIPE) does not end a run: what it has to print is lost, not what it writes.
func untilSignal() context.Context {
	ctx, stop := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 2)
	for _, s := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(s) {
			signal.Notify(signals, s)
		}
	}
	signal.Ignore(syscall.SIGPIPE)
	go func() {
		got := <-signals
		stop(&stopped{got})
		<-signals
		os.Exit(statusOf(got))
	}()
	return ctx
}

// stopped is the cause of a run that a signal ended.
type stopped struct{ signal os.Signal }

func (s *stopped) Error() string { return "stopped by " + s.signal.String() }

// statusOf returns the exit status of a program that a signal ended: 128 and the signal's number, as shells have it.
func statusOf(s os.Signal) int {
	switch s {
	case syscall.SIGTERM:
		return exitTerminated
	case syscall.SIGHUP:
		return exitHungUp
	default:
		return exitInterrupted
	}
}

// printed returns what became of a command whose result was printed: an error of its own comes first. A reader who has seen
// enough, such as head, is told by the exit status alone, as is usual.
func printed(err, lost error) error {
	switch {
	case lost == nil || err != nil && !errors.Is(err, lost): // a command may tell of the loss itself
		return err
	case errors.Is(lost, syscall.EPIPE):
		return &unread{}
	}
	return &unprinted{lost}
}

// unread is a result that its reader did not want to the end.
type unread struct{}

func (*unread) Error() string { return "the reader of the result went away" }

// unprinted is a result that could not be printed.
type unprinted struct{ err error }

func (u *unprinted) Error() string {
	return "write the result: " + u.err.Error() + "; files of --out are whole"
}

func (u *unprinted) Unwrap() error { return u.err }
