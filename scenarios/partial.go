package scenarios

import "strings"

// A file with problems of its own is still worth a look across its keys, so that a planner meets every problem at once.
// But only at what a problem elsewhere cannot have caused: names that nothing has, and probabilities that sum to too much.

// buildPartly reports what is wrong across the keys of a file that has problems already. Nothing is reported at, above
// or below the path of one of them, nor a name as unknown where the names themselves could not be read.
func buildPartly(file *File, known Problems, refuse func(path, message, fix string)) {
	b := &builder{file: file, refuse: func(string, string, string) {}}
	b.local = func(path, message, fix string) {
		for _, p := range known {
			if related(p.Path, path) {
				return
			}
		}
		refuse(path, message, fix)
	}
	for _, p := range known {
		for _, x := range namesAt {
			if p.Path == x.root || p.Path == wholeDocument {
				b.unreadable = append(b.unreadable, x.what)
			}
		}
	}
	defer func() {
		_ = recover() // building leans on what decoding checks; what was found until then stands
	}()
	b.buildAll()
}

// namesAt says where the names of each kind are given.
var namesAt = []struct{ what, root string }{
	{"pool", "pools"}, {"message type", "messages"}, {"channel", "channels"}, {"staff group", "staff"}, {"segment", "patients.segments"},
}

// related tells whether one path is the other, or lies above or below it.
func related(a, b string) bool {
	under := func(x, y string) bool {
		return strings.HasPrefix(x, y) && (len(x) == len(y) || x[len(y)] == '.' || x[len(y)] == '[')
	}
	return under(a, b) || under(b, a)
}
