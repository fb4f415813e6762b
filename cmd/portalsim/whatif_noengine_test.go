//go:build !whatif

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A program that was built without make has no engine, rather than an old one, and says how to get it.
func TestWhatifWithoutAnEngine(t *testing.T) {
	page := filepath.Join(t.TempDir(), "page.html")
	got := invoke("whatif", "--out", page)
	if got.status != exitUsage || !strings.Contains(got.err, "built without the engine") || !strings.Contains(got.err, "make build") {
		t.Errorf("status %d: %s", got.status, got.err)
	}
	if _, err := os.Stat(page); err == nil {
		t.Error("a page is there all the same")
	}
}
