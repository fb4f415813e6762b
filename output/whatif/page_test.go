package whatif

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// written returns the page of a content, with some engine.
func written(t *testing.T, c Content) string {
	t.Helper()
	before, beforeStarter := engine, starter
	engine, starter = []byte("\x1f\x8b the engine"), "// starts it\n"
	t.Cleanup(func() { engine, starter = before, beforeStarter })
	var page bytes.Buffer
	if err := Write(&page, c); err != nil {
		t.Fatal(err)
	}
	return page.String()
}

// element returns the text of the script with an ID.
func element(t *testing.T, page, id string) string {
	t.Helper()
	_, after, found := strings.Cut(page, ` id="`+id+`">`)
	text, _, closed := strings.Cut(after, "</script>")
	if !found || !closed {
		t.Fatalf("the page has no script %q", id)
	}
	return text
}

// The page holds what it is given, and nothing that a user's file could end a script with.
func TestWrite(t *testing.T) {
	hostile := "title: \"</script><script>alert(1)</script><!--\"\n"
	page := written(t, Content{Version: "1.2", Arms: []string{"hostile.yaml", "education"}, Files: map[string]string{"hostile.yaml": hostile}})
	var c Content
	if err := json.Unmarshal([]byte(element(t, page, "content")), &c); err != nil || c.Files["hostile.yaml"] != hostile || c.Version != "1.2" || len(c.Arms) != 2 {
		t.Errorf("the content is %+v, %v", c, err)
	}
	if strings.Contains(page, "alert(1)</script>") || strings.Count(page, "</script>") != 4 {
		t.Error("a title ends the script that it stands in")
	}
	if bytes, err := base64.StdEncoding.DecodeString(element(t, page, "engine")); err != nil || string(bytes) != string(engine) {
		t.Errorf("the engine is %q, %v", bytes, err)
	}
	if worker := element(t, page, "worker"); !strings.HasPrefix(worker, starter) || !strings.Contains(worker, "onmessage") {
		t.Error("the worker has no starter before it")
	}
	for _, want := range []string{Mark, "default-src 'none'", "prefers-color-scheme"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %q", want)
		}
	}
}

func TestWriteWithoutAnEngine(t *testing.T) {
	written(t, Content{}) // with one it is written
	engine = nil
	if err := Write(&bytes.Buffer{}, Content{}); !errors.Is(err, ErrNoEngine) {
		t.Errorf("%v, want ErrNoEngine", err)
	}
}
