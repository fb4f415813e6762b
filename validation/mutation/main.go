// Command mutation breaks the program on purpose, one fault at a time, and tells which checks notice. It changes no file:
// the compiler reads the broken text in the place of the right one.
//
// Tests of recorded values are left out, since a change of any bit fails them: what is asked is whether a check that
// knows what is right notices.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"time"
)

func main() {
	only := flag.String("only", "", "regular expression of the faults to try, by what is wrong or by package")
	out := flag.String("out", "", "file to write the table to, in Markdown")
	flag.Parse()
	if err := run(*only, *out); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1)
	}
}

// run tries the faults, and fails where one survives.
func run(only, out string) error {
	chosen, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	root, err := filepath.Abs(".")
	if err != nil {
		return err
	}
	var results []Result
	var unsound []error // faults that could not be tried
	survivors := 0
	begin := time.Now()
	for _, f := range Faults {
		if !chosen.MatchString(f.What) && !chosen.MatchString(f.Package) {
			continue
		}
		r, err := Try(root, f, stages(f.Package))
		if err != nil {
			unsound = append(unsound, err)
			fmt.Println(err)
			continue
		}
		if len(r.Caught) == 0 {
			survivors++
		}
		results = append(results, r)
		fmt.Println(r)
	}
	fmt.Printf("%d faults, %d survive, %s\n", len(results), survivors, time.Since(begin).Round(time.Second))
	if out != "" && unsound == nil {
		if err := os.WriteFile(out, Page(results), 0o644); err != nil {
			return err
		}
	}
	if unsound != nil {
		return errors.Join(unsound...)
	}
	if survivors > 0 {
		return fmt.Errorf("%d faults survive", survivors)
	}
	return nil
}
