package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
)

// TestOffline runs tests of every command once more where there is no network: in an empty network namespace of the kernel, in
// which not even the loopback is up. `make offline` runs all tests there.
func TestOffline(t *testing.T) {
	unshare := unshareNetwork(t)
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	tests := "TestCommands"
	if !testing.Short() {
		tests += "|TestScenarios|TestSweepAgreesWithCompare|TestShardsGiveTheSameBytes|TestReport|TestWarmup|TestMatch|TestFitOverlayRuns|TestInit|TestDescribe|TestDescribeStudy|TestValidateWrites"
	}
	command := exec.Command(unshare[0], append(unshare[1:], program, "-test.short", "-test.v", "-test.run", "^("+tests+")$")...)
	command.Env = append(os.Environ(), offline+"=1")
	text, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(text), "--- PASS: TestCommands") {
		t.Errorf("%v\n%s", err, text)
	}
}

// offline is set in the environment of tests that are to have no network.
const offline = "PORTALSIM_OFFLINE"

// unshareNetwork returns the command that runs another without a network, as root or in a namespace of users.
func unshareNetwork(t *testing.T) []string {
	var command []string
	var text []byte
	var err error
	for _, command = range [][]string{{"unshare", "-r", "-n"}, {"unshare", "-n"}} {
		if text, err = exec.Command(command[0], append(command[1:], "true")...).CombinedOutput(); err == nil {
			return command
		}
	}
	refusedBySystem(t, err, text)
	return nil
}

// refusedBySystem ends a test that needs what only Linux has, or what it may refuse to a user or in a container. To root on
// Linux, any other reason is a failure of the test.
func refusedBySystem(t *testing.T, err error, text []byte) {
	t.Helper()
	said := strings.ToLower(fmt.Sprintf("%v: %s", err, text))
	if runtime.GOOS == "linux" && os.Geteuid() == 0 && !strings.Contains(said, "not permitted") && !strings.Contains(said, "permission denied") {
		t.Fatal(said)
	}
	t.Skip("the system does not let us: ", said)
}

// network returns what there is of a network, for the tests that are to have none: else they would prove nothing.
func network() error {
	interfaces, err := net.Interfaces()
	if err != nil {
		return err
	}
	for _, i := range interfaces {
		if i.Flags&net.FlagUp != 0 {
			return fmt.Errorf("interface %s is up", i.Name)
		}
	}
	for _, address := range []string{"127.0.0.1:80", "192.0.2.1:443"} {
		if c, err := net.Dial("tcp", address); err == nil {
			c.Close()
			return fmt.Errorf("%s is reached", address)
		}
	}
	return nil
}
