//go:build whatif

package whatif

import _ "embed"

// The engine and the script of the Go toolchain that starts it, as .ci/engine makes them. They stand behind a build tag,
// which make build sets after making them: go build alone would embed an engine of older source without a word.
var (
	//go:embed engine/engine.wasm.gz
	engine []byte
	//go:embed engine/wasm_exec.js
	starter string
)
