package report

// xAxis draws an axis below a stretch from top to bottom, with a line of its grid at each tick, and its title.
func (c *canvas) xAxis(s scale, ticks []float64, top, bottom float64, title string) {
	for i, x := range ticks {
		at := s.at(x)
		c.line("grid", at, top, at, bottom)
		anchor := "middle"
		switch {
		case i == len(ticks)-1 && at > c.width-12:
			anchor = "end"
		case at < 12:
			anchor = "start"
		}
		c.text("tick", at, bottom+14, anchor, number(x))
	}
	c.text("axis", c.width/2, bottom+30, "middle", fit(title, c.width, letter))
}

// yAxis draws an axis at the left of a stretch, with a line of its grid at each tick, and its title above.
func (c *canvas) yAxis(s scale, ticks []float64, left, right float64, title string) {
	for _, y := range ticks {
		c.line("grid", left, s.at(y), right, s.at(y))
		c.text("tick", left-5, s.at(y)+4, "end", number(y))
	}
	c.text("axis", 0, s.to-10, "start", title)
}

// axisRoom is the height that an xAxis takes below its stretch.
const axisRoom = 36
