package main

import (
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestOffline runs tests of every command once more where there is no network: in an empty network namespace of the kernel, in
// which not even the loopback is up. `make offline` runs all tests there.
func TestOffline(t *testing.T) {
	if os.Getenv(offline) != "" {
		t.Skip("is offline already")
	}
	unshare := unshareNetwork(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tests := "TestNoNetwork|TestCommands"
	if !testing.Short() {
		tests += "|TestScenarios|TestSweepAgreesWithCompare|TestShardsGiveTheSameBytes|TestReport|TestWarmup|TestMatch|TestFitOverlayRuns|TestInit|TestDescribe|TestDescribeStudy|TestValidateWrites"
	}
	command := exec.Command(unshare[0], append(unshare[1:], program, "-test.short", "-test.v", "-test.run", "^("+tests+")$")...)
	command.Env = append(os.Environ(), offline+"=1")
	text, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(text), "--- PASS: TestNoNetwork") || !strings.Contains(string(text), "--- PASS: TestCommands") {
		t.Errorf("%v\n%s", err, text)
	}
}

// offline is set in the environment of tests that are to have no network.
const offline = "PORTALSIM_OFFLINE"

// unshareNetwork returns the command that runs another without a network, as root or in a namespace of users.
func unshareNetwork(t *testing.T) []string {
	for _, command := range [][]string{{"unshare", "-n"}, {"unshare", "-r", "-n"}} {
		if exec.Command(command[0], append(command[1:], "true")...).Run() == nil {
			return command
		}
	}
	t.Skip("this system gives no empty network namespace")
	return nil
}

// Where there is to be no network there is none: else the other tests would prove nothing there.
func TestNoNetwork(t *testing.T) {
	if os.Getenv(offline) == "" {
		t.Skip("has a network")
	}
	interfaces, err := net.Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp != 0 {
			t.Errorf("interface %s is up", i.Name)
		}
	}
	for _, address := range []string{"127.0.0.1:80", "192.0.2.1:443"} {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			t.Errorf("%s is reached", address)
		}
	}
}
