//go:build !whatif

package whatif

// A program that go build makes by itself has no engine: engine.go.
var (
	engine  []byte
	starter string
)
