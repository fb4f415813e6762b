//go:build js && wasm

// Command whatif is the engine in a page: it gives package whatif to JavaScript as the object portalsim, whose functions take
// and return JSON, {"value": …} or {"error": …}. It lives as long as the page: after main returns, calls would fail.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"syscall/js"

	"portalsim/scenarios/whatif"
)

var (
	clinic  *whatif.Clinic
	session *whatif.Session
)

// functions are what JavaScript can call.
var functions = map[string]func(text string) (any, error){
	"open":    open,
	"start":   start,
	"next":    func(string) (any, error) { return next() },
	"table":   table,
	"csv":     csv,
	"study":   study,
	"command": command,
	"replay":  replay,
	"memory":  func(string) (any, error) { return memory(), nil },
}

func main() {
	object := js.Global().Get("Object").New()
	for name, f := range functions {
		object.Set(name, js.FuncOf(func(_ js.Value, args []js.Value) any {
			text := ""
			if len(args) > 0 {
				text = args[0].String()
			}
			return answered(f(text))
		}))
	}
	js.Global().Set("portalsim", object)
	select {}
}

// answered writes a value or an error as JSON.
func answered(value any, err error) string {
	reply := map[string]any{"value": value}
	if err != nil {
		reply = map[string]any{"error": err.Error()}
	}
	text, err := json.Marshal(reply)
	if err != nil {
		panic(err) // unknown values are nil, never NaN
	}
	return string(text)
}

func open(text string) (any, error) {
	var ask struct {
		Arms  []string
		Files map[string]string
	}
	if err := json.Unmarshal([]byte(text), &ask); err != nil {
		return nil, err
	}
	clinic, session = whatif.Open(ask.Arms, ask.Files), nil
	return nil, nil
}

func start(text string) (any, error) {
	var ask struct {
		Moves map[string]string
		Seed  uint64
	}
	if err := json.Unmarshal([]byte(text), &ask); err != nil {
		return nil, err
	}
	if clinic == nil {
		return nil, errors.New("no clinic is open")
	}
	session = nil
	begun, err := clinic.Start(ask.Moves, ask.Seed)
	if err != nil {
		return nil, err
	}
	session = begun
	return map[string]any{"settings": session.Settings}, nil
}

// begun returns the session, or an error where none has begun.
func begun() (*whatif.Session, error) {
	if session == nil {
		return nil, errors.New("no session has begun")
	}
	return session, nil
}

func next() (any, error) {
	s, err := begun()
	if err != nil {
		return nil, err
	}
	return s.Next(context.Background())
}

func table(name string) (any, error) {
	s, err := begun()
	if err != nil {
		return nil, err
	}
	return s.Table(name)
}

func csv(name string) (any, error) {
	s, err := begun()
	if err != nil {
		return nil, err
	}
	t, err := s.Table(name)
	if err != nil {
		return nil, err
	}
	return t.CSV(), nil
}

func study(text string) (any, error) {
	var ask struct {
		Replications int
		Link         string
	}
	s, err := begun()
	if err := errors.Join(err, json.Unmarshal([]byte(text), &ask)); err != nil {
		return nil, err
	}
	yaml, err := s.StudyFile(ask.Replications, ask.Link)
	if err != nil {
		return nil, err
	}
	return yaml, nil
}

// command takes a number of replications.
func command(text string) (any, error) {
	s, err := begun()
	n, alsoErr := strconv.Atoi(text)
	if err := errors.Join(err, alsoErr); err != nil {
		return nil, err
	}
	return s.Command(n), nil
}

func replay(text string) (any, error) {
	var ask struct{ Arm, Replication, Day int }
	s, err := begun()
	if err := errors.Join(err, json.Unmarshal([]byte(text), &ask)); err != nil {
		return nil, err
	}
	r, err := s.Replay(ask.Arm, ask.Replication, ask.Day)
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	return r, nil
}

// memory returns the bytes that the engine has of the browser.
func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}
