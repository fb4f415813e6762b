package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// init writes a scenario that is sound and runs against the baseline at once, and writes over nothing of the user's.
func TestInit(t *testing.T) {
	t.Chdir(t.TempDir())
	got := succeed(t, "init")
	for _, want := range []string{"wrote my-clinic.yaml\n", "wrote portalsim.schema.json", "portalsim compare baseline my-clinic.yaml"} {
		if got.out != "" || !strings.Contains(got.err, want) {
			t.Errorf("no %q in %q, %q", want, got.out, got.err)
		}
	}
	if want := succeed(t, "schema").out; readText(t, schemaFile) != want {
		t.Error("the schema beside the scenario is not what portalsim schema prints")
	}
	if got := succeed(t, "check", "my-clinic.yaml"); !strings.HasPrefix(got.out, "my-clinic: sound; ") || !strings.Contains(got.out, "contacts a week, expected: refill 109.3 (67.4 by the portal)") {
		t.Errorf("check: %s", got.out)
	}
	compared := succeed(t, shortened("compare", "baseline", "my-clinic.yaml", "--replications", "2")...).out
	if !strings.Contains(compared, "my-clinic against baseline: My clinic\n") || strings.Count(compared, "no difference in any replication") != 2 {
		t.Errorf("compare: %s", compared)
	}

	for _, file := range []string{"my-clinic.yaml", schemaFile} {
		if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if got := invoke("init"); got.status != exitUsage || !strings.Contains(got.err, "my-clinic.yaml exists already; write another name, such as portalsim init my-clinic-2.yaml") || readText(t, "my-clinic.yaml") != "mine" {
		t.Errorf("over a file: status %d, %q", got.status, got.err)
	}
	if got := succeed(t, "init", "sub clinic.yaml"); !strings.Contains(got.err, "left portalsim.schema.json as it is") || readText(t, schemaFile) != "mine" {
		t.Errorf("over a schema of another: %q", got.err)
	}
	succeed(t, "check", "sub clinic.yaml", "--quiet")
	if got := invoke("check", "sub", "clinic.yaml"); got.status != exitUsage || !strings.Contains(got.err, "put it in quotes: portalsim check 'sub clinic.yaml'") {
		t.Errorf("without quotes: %q", got.err)
	}
}

// A path under which the scenario could not be used is refused, with a command that works.
func TestInitPaths(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder", 0o777); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, want, instead string }{
		{"folder", "folder is a folder", "folder/my-clinic.yaml"},
		{"north", "does not end in .yaml", "north.yaml"},
		{"folder/north.yml", "does not end in .yaml", "folder/north.yaml"},
		{"a+b.yaml", "has a + in it", "a-b.yaml"},
		{"folder/baseline.yaml", "baseline is a name of the library", "folder/my-baseline.yaml"},
		{"nowhere/north.yaml", "there is no folder nowhere", "north.yaml"},
	} {
		got := invoke("init", c.file)
		_, command, _ := strings.Cut(strings.TrimSpace(got.err), "portalsim init ")
		if got.status != exitUsage || !strings.Contains(got.err, c.want) || command != c.instead {
			t.Errorf("init %s: status %d, %q", c.file, got.status, got.err)
			continue
		}
		os.Remove(c.instead)
		succeed(t, "init", command)
		succeed(t, "check", command, "--quiet")
	}
	if files, _ := filepath.Glob("folder/*"); len(files) != 4 {
		t.Errorf("in the folder: %v", files)
	}
	if got := invoke("init", "a.yaml", "b.yaml"); got.status != exitUsage {
		t.Errorf("two files: status %d", got.status)
	}
}
