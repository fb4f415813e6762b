package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// studyFiles are the studies of the documents.
func studyFiles(t *testing.T) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(here, root, "docs", "studies", "*.yaml"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%d studies in docs/studies, %v", len(files), err)
	}
	return files
}

// The studies of the documents are sound.
func TestStudyFiles(t *testing.T) {
	for _, file := range studyFiles(t) {
		if got := succeed(t, "check", file); !strings.Contains(got.out, "a sound study; ") {
			t.Errorf("%s: %s", file, got.out)
		}
	}
}

// docs/studies.md shows the true output of the worked studies.
func TestWorkedStudies(t *testing.T) {
	if os.Getenv("PORTALSIM_LONG") == "" {
		t.Skip("runs studies of some minutes; make test-long does")
	}
	for _, name := range []string{"education-screen", "education-pays"} {
		got := succeed(t, "sweep", filepath.Join(here, root, "docs", "studies", name+".yaml"), "--quiet")
		checkBlock(t, filepath.Join(here, root, "docs", "studies.md"), "<!-- output of "+name+" -->\n", "<!-- end -->", "```\n"+got.out+"```\n")
	}
}
