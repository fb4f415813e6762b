package report

import (
	"fmt"
	"math"
	"strings"
)

// flow is what comes to a pool and what leaves it, a week.
type flow struct {
	pool    string
	in, out []float64 // by the parts of inWays and outWays
}

// The ways into a pool and out of it, in the order in which they are stacked.
var (
	inWays  = []string{"new from patients", "from other pools", "the patient writes again"}
	outWays = []string{"answered and ended", "to other pools", "back to the patient", "ended otherwise"}
	inHues  = []int{0, 3, 1}
	outHues = []int{6, 3, 1, 7}
)

// flowsByPool shows which way patients' threads go: what each pool gets, and what it makes of it.
func flowsByPool(s *Study) *Figure {
	control := s.control().Name
	f := &Figure{ID: "flows-by-pool", Title: "Which way patients' messages and calls go: what comes to each pool in a week, and what becomes of it"}
	for i, way := range inWays {
		f.Keys = append(f.Keys, Key{fmt.Sprintf("act act%d", inHues[i]), way})
	}
	for i, way := range outWays {
		if i == 0 || i == 3 { // the others have their colours above
			f.Keys = append(f.Keys, Key{fmt.Sprintf("act act%d", outHues[i]), way})
		}
	}
	f.Keys[1].Text, f.Keys[2].Text = "from or to other pools", "to the patient, who writes again"
	f.Table.Head = []string{"from", "to"}
	for _, a := range s.asked() {
		f.Table.Head = append(f.Table.Head, a.called()+", a week")
	}
	replications := float64(s.manifest.Replications)
	for _, key := range s.flows.keys {
		if key.arm != control {
			continue
		}
		cells := []string{placeName(key.fromKind, key.from), placeName(key.toKind, key.to)}
		for _, a := range s.asked() {
			other := key
			other.arm = a.Name
			cells = append(cells, number(s.flows.sum(other)/replications))
		}
		f.Table.add(cells...)
	}
	flows := s.poolFlows(control)
	if flows == nil {
		return nil
	}
	for _, p := range flows {
		var parts []string
		for i, way := range inWays {
			parts = append(parts, fmt.Sprintf("%s %s", number(math.Round(p.in[i])), way))
		}
		f.Reading += fmt.Sprintf("%s: %s. ", capital(short(p.pool)), strings.Join(parts, ", "))
	}
	f.Reading += "In " + short(control) + "; the table has every way and every arm. Other inbox work is not in it."
	f.draw("", f.Title+". "+f.Reading, fixed(float64(len(flows)*58+8+axisRoom)), func(c *canvas) { paintFlows(c, flows) })
	return f
}

func placeName(kind, name string) string {
	switch kind {
	case "patient":
		return "the patient"
	case "on_call":
		return "whoever is on call"
	case "ending":
		return "ended: " + strings.ReplaceAll(name, "_", " ")
	default:
		return kind + " " + short(name)
	}
}

// poolFlows adds up the ways of each pool in an arm; pools that no thread comes to are left out.
func (s *Study) poolFlows(arm string) []flow {
	var flows []flow
	for i := range s.control().Scenario.Pools {
		p := flow{s.control().Scenario.Pools[i].Name, make([]float64, len(inWays)), make([]float64, len(outWays))}
		for k, key := range s.flows.keys {
			n := s.flows.sums[k] / float64(s.manifest.Replications)
			if key.arm == arm && key.toKind == "pool" && key.to == p.pool {
				p.in[inWay(key)] += n
			}
			if key.arm == arm && key.fromKind == "pool" && key.from == p.pool {
				p.out[outWay(key)] += n
			}
		}
		if sumOf(p.in) > 0 {
			flows = append(flows, p)
		}
	}
	return flows
}

// inWay returns which of inWays a flow into a pool is.
func inWay(key flowKey) int {
	switch key.fromKind {
	case "pool":
		return 1
	case "patient":
		return 2
	default:
		return 0
	}
}

// outWay returns which of outWays a flow out of a pool is.
func outWay(key flowKey) int {
	switch {
	case key.toKind == "ending" && key.to == "answered":
		return 0
	case key.toKind == "pool":
		return 1
	case key.toKind == "patient":
		return 2
	default:
		return 3
	}
}

func paintFlows(c *canvas, flows []flow) {
	var totals []float64
	for _, p := range flows {
		totals = append(totals, sumOf(p.in), sumOf(p.out))
	}
	left, bottom := 28.0, c.height-axisRoom
	x, ticks := around(totals, step, int(c.width/70), left, c.width-8)
	c.xAxis(x, ticks, 4, bottom, "threads a week")
	for i, p := range flows {
		y := 4 + float64(i*58)
		c.text("label group halo", 0, y+12, "start", fit(p.pool, c.width, letter))
		c.text("tick", 0, y+28, "start", "in")
		c.text("tick", 0, y+46, "start", "out")
		paintParts(c, x, y+17, p.pool, p.in, inWays, inHues)
		paintParts(c, x, y+35, p.pool, p.out, outWays, outHues)
	}
}

// paintParts draws a stacked bar whose parts are named by ways.
func paintParts(c *canvas, x scale, y float64, name string, parts []float64, ways []string, hues []int) {
	at := 0.0
	for k, n := range parts {
		from, to := x.at(at), x.at(at+n)
		at += n
		if to-from < 0.3 {
			continue
		}
		c.rect(fmt.Sprintf("act act%d", hues[k]), from, y, to-from, 15, fmt.Sprintf("%s, %s: %s a week", short(name), ways[k], number(n)))
		if text := number(math.Round(n)); to-from > tickLetter*float64(len(text))+6 {
			c.text(fmt.Sprintf("inside in%d", hues[k]), (from+to)/2, y+11.5, "middle", text)
		}
	}
}

func sumOf(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum
}
