package scenarios

import (
	"embed"
	"io/fs"
)

//go:embed library/*.yaml
var library embed.FS

// Library returns the scenarios and overlays that come with the program: NAME.yaml for each name.
func Library() fs.FS {
	sub, err := fs.Sub(library, "library")
	if err != nil {
		panic(err) // only for an invalid path
	}
	return sub
}
