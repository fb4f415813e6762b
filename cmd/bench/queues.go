package main

import (
	"bufio"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"portalsim/sim"
)

// simPyCustomers is how many customers SimPy serves in a round; its rate does not depend on it.
const simPyCustomers = 100_000

// peer is SimPy in a process of its own, which waits for its turn.
type peer struct {
	command *exec.Cmd
	turn    interface{ Write([]byte) (int, error) }
	lines   *bufio.Scanner
	version string
}

func startPeer(python string, servers, classes int) (*peer, error) {
	p := &peer{command: exec.Command(python, "cmd/bench/simpy_peer.py", fmt.Sprint(servers), fmt.Sprint(classes), fmt.Sprint(simPyCustomers))}
	in, err := p.command.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.turn, p.lines = in, bufio.NewScanner(out)
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	if !p.lines.Scan() {
		return nil, fmt.Errorf("SimPy did not start: %w", p.command.Wait())
	}
	p.version = p.lines.Text()
	return p, nil
}

// takeTurn serves the customers once and returns customers a second of processor time, and the mean wait in minutes.
func (p *peer) takeTurn() (rate, wait float64, err error) {
	if _, err := p.turn.Write([]byte("\n")); err != nil {
		return 0, 0, err
	}
	if !p.lines.Scan() {
		return 0, 0, fmt.Errorf("SimPy ended: %w", p.lines.Err())
	}
	var customers, seconds float64
	if _, err := fmt.Sscan(p.lines.Text(), &customers, &seconds, &wait); err != nil {
		return 0, 0, err
	}
	return customers / seconds, wait, nil
}

// againstSimPy compares customers a second, taken in turn with SimPy.
func againstSimPy(o *options) (string, error) {
	text := "The two queues at utilisation 0.9, ours as YAML scenarios through the whole model with all default measures on\n([mm1](../cmd/bench/cases/mm1.yaml), [mm10](../cmd/bench/cases/mm10.yaml)), SimPy's written by hand ([simpy_peer.py](../cmd/bench/simpy_peer.py)), which measures the\nwait alone. Each takes turns of half a second or more. Millions of customers a second:\n\n"
	var rows []string
	version := ""
	for _, c := range []struct {
		arm, name        string
		servers, classes int
	}{{"mm1", "M/M/1", 1, 1}, {"mm10", "M/M/10, 4 priorities", 10, 4}} {
		s, err := load(c.arm)
		if err != nil {
			return "", err
		}
		p, err := startPeer(o.python, c.servers, c.classes)
		if err != nil {
			return "", err
		}
		version = p.version
		var ours, theirs, ratios series
		for round := range o.rounds {
			t, err := takeTurn(s, round)
			if err != nil {
				return "", err
			}
			rate, _, err := p.takeTurn()
			if err != nil {
				return "", err
			}
			mine := t.threads / t.cpu.Seconds()
			ours, theirs, ratios = append(ours, mine/1e6), append(theirs, rate/1e6), append(ratios, mine/rate)
		}
		if err := p.command.Process.Kill(); err != nil {
			return "", err
		}
		_ = p.command.Wait() // it was killed, and says so
		rows = append(rows, fmt.Sprintf("%s | %v | %v | **%.1f** (%s) | %s", c.name, ours, theirs, ratios.median(), spread(ratios), verdict(ratios.median() >= 40)))
	}
	return text + table("queue | portalsim | SimPy | ratio | target: 40", rows...) + "\n" + strings.TrimSpace(version) + ".\n", nil
}

// turnTime is the processor time that a turn of ours takes at least: about what SimPy takes for its customers.
const turnTime = 500 * time.Millisecond

// takeTurn simulates a queue again and again for a turn. One replication of M/M/1 takes 30 ms, a twentieth of SimPy's turn,
// and is half as dear again just after it: the caches are cold, and memory has to be asked for.
func takeTurn(s *sim.Scenario, round int) (turn tallied, err error) {
	for n := 0; turn.cpu < turnTime; n++ {
		t, err := simulate(s, 1000*round+n, sim.Options{})
		if err != nil {
			return turn, err
		}
		turn.cpu += t.cpu
		turn.threads += t.threads
	}
	return turn, nil
}

func spread(s series) string {
	_, inBrackets, _ := strings.Cut(s.String(), "(")
	return strings.TrimSuffix(inBrackets, ")")
}

// features compares variants of M/M/1, each with one thing on, against the plain one taken in turn.
func features(o *options) (string, error) {
	plain, err := load("mm1")
	if err != nil {
		return "", err
	}
	var rows []string
	for _, f := range []struct {
		name    string
		sets    []string
		options sim.Options
	}{
		{"contacts kept for pairing (any comparison)", nil, sim.Options{Contacts: true}},
		{"staff days kept (`--out`)", nil, sim.Options{StaffDays: true}},
		{"thread rows made (`--thread-log all`)", nil, sim.Options{Thread: func(*sim.ThreadRow) {}}},
		{"1,000 patients of unequal activity", []string{"patients.count=1000", "patients.activity_cv=1", "messages.advice.needs_per_user_year=78.894"}, sim.Options{}},
		{"opening hours, by which waits are measured too", []string{`calendar.open={mon-fri: "08:00-17:00"}`}, sim.Options{}},
		{"priority discipline", []string{"pools.nurse.discipline=priority"}, sim.Options{}},
		{"earliest due date", []string{"pools.nurse.discipline=earliest_due_date"}, sim.Options{}},
		{"lognormal handling times", []string{"pools.nurse.handling={dist: lognormal, mean: 6m, cv: 1}"}, sim.Options{}},
		{"gamma handling times, by inversion", []string{"pools.nurse.handling={dist: gamma, mean: 6m, cv: 1}", "run.measure=13w"}, sim.Options{}},
		{"truly urgent content in 5 %", []string{"messages.advice.truly_urgent=0.05"}, sim.Options{}},
		{"follow-ups of 5 %", []string{"messages.advice.follow_up=0.05"}, sim.Options{}},
		{"self-service of 5 %", []string{"messages.advice.self_service=0.05"}, sim.Options{}},
	} {
		s, err := load("mm1", f.sets...)
		if err != nil {
			return "", err
		}
		var cost, added series
		for round := range o.rounds {
			a, err := simulate(plain, round, sim.Options{})
			if err != nil {
				return "", err
			}
			b, err := simulate(s, round, f.options)
			if err != nil {
				return "", err
			}
			cost, added = append(cost, b.perThread()), append(added, b.perThread()-a.perThread())
		}
		rows = append(rows, fmt.Sprintf("%s | %v | %+.0f", f.name, cost, added.median()))
	}
	return "M/M/1 with one thing more, nanoseconds a customer, and how many more than without (a follow-up is a second service, so it\ncounts as part of its thread):\n\n" + table("with | ns a customer | more", rows...), nil
}

// seconds writes a time in seconds.
func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }
