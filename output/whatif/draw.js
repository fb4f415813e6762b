// Pictures: shapes whose colours come from their class, so that light, dark and print differ.
"use strict";

const shape = (name, attributes, text) => {
  const e = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, typeof value === "number" ? Math.round(value * 10) / 10 : value);
  if (text !== undefined) e.textContent = text;
  return e;
};

const drawing = (width, height, label, ...shapes) => {
  const svg = shape("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label });
  svg.append(...shapes);
  return svg;
};

// folded is a table that is made when it is opened: it may be long, and most are never looked at.
const folded = (word, numbers) => {
  const d = make("details", {}, make("summary", {}, word));
  d.fill = () => { if (d.open && d.childElementCount === 1) d.append(numbers()); };
  d.addEventListener("toggle", d.fill);
  return d;
};

// picture is a figure: title, what it says, drawing, and what makes the table that it was drawn from.
const picture = (id, title, reading, keys, svg, numbers) => make("figure", { id },
  make("h3", {}, title),
  keys.length ? make("ul", { class: "keys" }, ...keys.map(([c, text]) => make("li", {}, make("span", { class: "patch " + c }), text))) : "",
  svg, make("p", { class: "reading" }, reading), folded("Numbers", numbers));

const roomy = () => (window.innerWidth < 640 ? 340 : 720);

// nice returns round steps from 0 to at least most.
const nice = (most, n) => {
  const rough = most / n, power = 10 ** Math.floor(Math.log10(rough || 1));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) || 1;
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step);
};

// dayPicture stacks the minutes of a clinician's mean working day by activity, arm below arm.
const dayPicture = (arms, activities) => {
  const width = roomy(), row = 46, height = arms.length * row + 34;
  const totals = arms.map((a) => a.day.reduce((s, x) => s + x, 0));
  const steps = nice(Math.max(...totals) / 60, width < 500 ? 5 : 10).map((h) => h * 60);
  const x = (m) => (m / steps.at(-1)) * (width - 20);
  const shapes = [];
  for (const s of steps) {
    shapes.push(shape("line", { class: "grid", x1: x(s), x2: x(s), y1: 0, y2: height - 30 }),
      shape("text", { class: "tick", x: x(s), y: height - 16, "text-anchor": s ? "middle" : "start" }, s / 60));
  }
  shapes.push(shape("text", { class: "tick", x: width, y: height - 2, "text-anchor": "end" }, "hours of a working day"));
  arms.forEach((a, i) => {
    let at = 0;
    shapes.push(shape("text", { class: "name", x: 0, y: i * row + 13 }, a.name));
    a.day.forEach((minutes, k) => {
      if (minutes < 0.05) return;
      const bar = shape("rect", { class: "act" + k, x: x(at), y: i * row + 18, width: x(minutes), height: 20 });
      bar.append(shape("title", {}, `${activities[k]}: ${digits(minutes, 0)} min`));
      shapes.push(bar);
      at += minutes;
    });
  });
  const control = arms[0].day, last = activities.length - 1;
  const reading = `Minutes of a clinician on a working day, averaged over clinicians and the year. ${arms[0].name}: ` +
    `${digits(control[0], 0)} in visits, ${digits(control[1], 0)} on notes, ${digits(control[2], 0)} on patients' messages, ${digits(control[last], 0)} after hours. Minutes after hours stand at the end.`;
  return picture("day", "The day: what a clinician's working day is made of", reading, activities.map((name, k) => ["act" + k, name]), drawing(width, height, reading, ...shapes),
    () => table("Numbers of the day", ["arm", ...activities.map((a) => a + ", min")], arms.map((a) => [a.name, ...a.day.map((m) => digits(m, 1))])));
};

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

// weekPicture draws what waits through the week, a line for each arm.
const weekPicture = (arms) => {
  const width = roomy(), height = 230, left = 34, bottom = height - 24;
  const steps = nice(Math.max(...arms.flatMap((a) => a.week)), 5);
  const x = (h) => left + (h / 168) * (width - left), y = (n) => bottom - (n / steps.at(-1)) * (bottom - 12);
  const shapes = [];
  for (const s of steps) {
    shapes.push(shape("line", { class: "grid", x1: left, x2: width, y1: y(s), y2: y(s) }), shape("text", { class: "tick", x: left - 5, y: y(s) + 4, "text-anchor": "end" }, s));
  }
  weekdays.forEach((d, i) => shapes.push(shape("line", { class: "grid", x1: x(24 * i), x2: x(24 * i), y1: 8, y2: bottom }),
    shape("text", { class: "tick", x: x(24 * i + 12), y: height - 8, "text-anchor": "middle" }, d)));
  arms.forEach((a, i) => shapes.push(shape("path", { class: "curve curve" + a.colour, d: a.week.map((n, h) => (h ? "L" : "M") + x(h + 0.5).toFixed(1) + " " + y(n).toFixed(1)).join("") })));
  const peak = arms[0].week.indexOf(Math.max(...arms[0].week));
  const reading = `Items that wait in all inboxes together, patients' messages and other work, hour by hour of an average week. ${arms[0].name}: most on ` +
    `${weekdays[Math.floor(peak / 24)]} at ${peak % 24}:00, ${digits(arms[0].week[peak], 0)}.`;
  return picture("week", "The week: what waits in the inboxes", reading, arms.map((a) => ["arm" + a.colour, a.name]), drawing(width, height, reading, ...shapes),
    () => table("Numbers of the week", ["hour", ...arms.map((a) => a.name)], arms[0].week.map((_, h) => [`${weekdays[Math.floor(h / 24)]} ${h % 24}:00`, ...arms.map((a) => digits(a.week[h], 1))])));
};

// intervalPicture draws differences with their intervals: one line for each arm.
const intervalPicture = (rows, unit) => {
  const width = roomy(), row = 40, height = rows.length * row + 34;
  const ends = rows.flatMap((r) => [r.low, r.high, r.mean, 0]).filter((v) => v !== null);
  const least = Math.min(...ends), most = Math.max(...ends), pad = (most - least || 1) * 0.06;
  const x = (v) => 10 + ((v - least + pad) / (most - least + 2 * pad)) * (width - 20);
  const shapes = [shape("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: height - 30 }),
    shape("text", { class: "tick", x: x(0), y: height - 16, "text-anchor": x(0) > width - 80 ? "end" : x(0) < 80 ? "start" : "middle" }, "no change")];
  const step = nice(most - least, width < 500 ? 2 : 5)[1] || 1;
  for (let k = Math.ceil(least / step - 1e-9); k <= most / step + 1e-9; k++) {
    const clear = Math.abs(x(k * step) - x(0)) > (x(0) > width - 80 || x(0) < 80 ? 90 : 50) && x(k * step) > 15 && x(k * step) < width - 15;
    if (clear) shapes.push(shape("line", { class: "grid", x1: x(k * step), x2: x(k * step), y1: 0, y2: height - 30 }), shape("text", { class: "tick", x: x(k * step), y: height - 16, "text-anchor": "middle" }, signed(k * step, step < 0.1 ? 2 : step < 1 ? 1 : 0)));
  }
  shapes.push(shape("text", { class: "tick", x: 0, y: height - 2 }, "\u2190 less, " + unit));
  rows.forEach((r, i) => {
    const y = i * row + 28;
    shapes.push(shape("text", { class: "name", x: 0, y: y - 12 }, r.name));
    if (r.low === null) return;
    shapes.push(shape("line", { class: "interval curve" + r.colour, x1: x(r.low), x2: x(r.high), y1: y, y2: y }),
      shape("circle", { class: "point curve" + r.colour, cx: x(r.mean), cy: y, r: 5 }));
  });
  return drawing(width, height, rows.map((r) => `${r.name}: ${signed(r.mean, 2)} ${unit}, interval ${span(r.low, r.high, 2)}`).join(". "), ...shapes);
};
