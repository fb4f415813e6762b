// Portalsim simulates how messages flow from patients through a portal to a clinic's staff, and what that costs them in
// time and evenings, so that interventions can be compared before anybody tries them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"portalsim/output"
	"portalsim/scenarios"
	"portalsim/scenarios/messagelog"
)

// Exit statuses; the documents and `portalsim help` list them.
const (
	exitDone        = 0
	exitCouldNot    = 1   // a full disk, a defect, a scenario that grows without end
	exitUsage       = 2   // the command line or a scenario is wrong
	exitOutside     = 3   // validate: a quantity is outside its limits
	exitUnsettled   = 4   // finished, with points that failed or arms that never settle
	exitHungUp      = 129 // SIGHUP
	exitInterrupted = 130 // SIGINT
	exitUnread      = 141 // SIGPIPE, by convention: the program is not killed by it
	exitTerminated  = 143 // SIGTERM
)

// exitStatuses says what each status means, for the help, the manual and the documents.
var exitStatuses = []struct {
	status  int
	meaning string
}{
	{exitDone, "done"},
	{exitCouldNot, "could not: a full disk, a defect, a scenario whose work grows without end or beyond a limit"},
	{exitUsage, "the command line or a file is wrong, another run is writing there, or it would take more than a limit; nothing was run"},
	{exitOutside, "validate found a quantity outside its limits"},
	{exitUnsettled, "finished, with points that failed or arms that never settle"},
	{exitHungUp, "hung up: the terminal was closed (not under nohup)"},
	{exitInterrupted, "interrupted (Ctrl-C)"},
	{exitUnread, "done, but the reader of the output, such as head, went away before its end"},
	{exitTerminated, "terminated"},
}

func printExitStatuses(w io.Writer) {
	for _, s := range exitStatuses {
		fmt.Fprintf(w, "%5d  %s\n", s.status, s.meaning)
	}
}

func main() {
	ctx := untilSignal()
	out := &remembering{to: os.Stdout}
	err := run(ctx, os.Args[1:], stdio{os.Stdin, out, os.Stderr})
	os.Exit(explainExit(ctx, printed(err, out.err), os.Stderr))
}

// remembering is a writer that keeps its first error, so that no line of a result is lost in silence and none has to be
// checked where it is printed.
type remembering struct {
	to  io.Writer
	err error
}

func (r *remembering) Write(text []byte) (int, error) {
	n, err := r.to.Write(text)
	if r.err == nil {
		r.err = err
	}
	return n, err
}

// stdio is where a command reads and writes: data on out, talk on err.
type stdio struct {
	in       io.Reader
	out, err io.Writer
}

// usage is a mistake on the command line.
type usage struct{ message, fix string }

func (u *usage) Error() string {
	if u.fix == "" {
		return u.message
	}
	return u.message + "; " + u.fix
}

// explainExit prints an error and returns the exit status: the one place that decides it.
func explainExit(ctx context.Context, err error, w io.Writer) int {
	var problems scenarios.Problems
	var faulty *messagelog.Refused
	var mistake *usage
	var refused *output.Refused
	var signalled *stopped
	var unsettled *neverSettling
	var incomplete *unfinished
	var goesOn *stoppedSweep
	var lacking *lackingPoints
	var outside *outsideLimits
	var gone *unread
	var large *tooLarge
	switch {
	case err == nil:
		return exitDone
	case errors.As(context.Cause(ctx), &signalled) && errors.As(err, &goesOn):
		fmt.Fprintf(w, "portalsim: %v\n", goesOn)
		return statusOf(signalled.signal)
	case errors.As(context.Cause(ctx), &signalled):
		fmt.Fprintf(w, "portalsim: %v; nothing was written\n", signalled)
		return statusOf(signalled.signal)
	case errors.As(err, &problems):
		fmt.Fprintln(w, problems)
		for _, name := range libraryNamed(problems) {
			fmt.Fprintf(w, "portalsim: %s comes with the program, and suits other clinics: leave it out, or write a copy to change, by portalsim scenarios write %s\n", name, name)
		}
		fmt.Fprintf(w, "portalsim: %s; nothing was run\n", count(len(problems), "problem"))
		return exitUsage
	case errors.As(err, &faulty):
		fmt.Fprintln(w, faulty)
		fmt.Fprintf(w, "portalsim: %s; nothing was written\n", count(faulty.Count(), "problem"))
		return exitUsage
	case errors.As(err, &mistake), errors.As(err, &refused), errors.As(err, &large), errors.Is(err, pflag.ErrHelp):
		fmt.Fprintf(w, "portalsim: %v\n", err)
		return exitUsage
	case errors.As(err, &outside):
		fmt.Fprintf(w, "portalsim: %v\n", err)
		return exitOutside
	case errors.As(err, &unsettled), errors.As(err, &incomplete), errors.As(err, &lacking):
		fmt.Fprintf(w, "portalsim: %v\n", err)
		return exitUnsettled
	case errors.As(err, &gone):
		return exitUnread
	default:
		what, more, _ := strings.Cut(err.Error(), "\n")
		fmt.Fprintf(w, "portalsim: %s%s\n", what, remedy(err))
		if more != "" {
			fmt.Fprintln(w, more)
		}
		return exitCouldNot
	}
}

// libraryNamed returns the files of the library that problems stand in, by name: nobody can change these where they are.
func libraryNamed(problems scenarios.Problems) []string {
	var names []string
	for _, p := range problems {
		name, isLibrary := strings.CutPrefix(p.File, "library/")
		if name = strings.TrimSuffix(name, ".yaml"); isLibrary && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
