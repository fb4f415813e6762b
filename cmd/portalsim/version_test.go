package main

import (
	"runtime/debug"
	"testing"
)

func TestRecordedVersion(t *testing.T) {
	commit := []debug.BuildSetting{{Key: "vcs.revision", Value: "b8aaf46ed52d0c6fe764c2c6cbeae41538403091"}, {Key: "vcs.modified", Value: "false"}}
	changed := []debug.BuildSetting{commit[0], {Key: "vcs.modified", Value: "true"}}
	for _, c := range []struct {
		main, version, build string
		settings             []debug.BuildSetting
	}{
		{"v0.9.7", "0.9.7", "b8aaf46ed52d", commit},
		{"v1.2.0-rc.1", "1.2.0-rc.1", "b8aaf46ed52d", commit},
		{"v0.0.0-20261127065659-b8aaf46ed52d", version, "b8aaf46ed52d", commit},
		{"v0.9.8-0.20261127065659-b8aaf46ed52d", version, "b8aaf46ed52d", commit},
		{"v0.9.7+dirty", version, "b8aaf46ed52d+changes", changed},
		{"(devel)", version, "unstamped", nil},
	} {
		got := recorded(&debug.BuildInfo{Main: debug.Module{Version: c.main}, Settings: c.settings})
		if got.Version != c.version || got.Build != c.build {
			t.Errorf("%s: version %s, build %s, want %s and %s", c.main, got.Version, got.Build, c.version, c.build)
		}
	}
	if got := recorded(nil); got.Version != version || got.Build != "unstamped" {
		t.Errorf("without a record: %+v", got)
	}
}
