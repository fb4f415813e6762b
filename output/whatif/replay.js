// A day of the clinic, replayed from the event log: dots are threads, which move from pool to pool; bars are what the
// staff do. Nothing moves until the reader says so, where they prefer less motion.
"use strict";

const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const clock = (minute) => `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(Math.floor(minute % 60)).padStart(2, "0")}`;
const activityClass = { visit: 0, notes: 1, messages: 2, other_inbox: 3, calls: 4, teaching: 5, admin: 6, idle: 7 };

// replayPlayer shows a day in a place; it returns what stops it.
const replayPlayer = (place, day) => {
  const width = roomy(), row = 22, left = width < 500 ? 96 : 150;
  const poolsTop = 8, staffTop = poolsTop + day.pools.length * row + 24, height = staffTop + day.staff.length * row + 8;
  const x = (minute) => left + (minute / 1440) * (width - left - 4);
  const counts = day.pools.map(() => shape("text", { class: "tick", x: width, "text-anchor": "end" }));
  const bars = day.pools.map(() => shape("rect", { class: "waiting", height: row - 8 }));
  const hand = shape("line", { class: "zero", y1: staffTop - 6, y2: height });
  const doing = day.staff.map(() => shape("text", { class: "tick doing", x: left - 4, "text-anchor": "end" }));
  const movers = shape("g", {});
  const fixed = [];
  day.pools.forEach((name, i) => {
    const y = poolsTop + i * row;
    bars[i].setAttribute("x", left); bars[i].setAttribute("y", y);
    counts[i].setAttribute("y", y + 11);
    fixed.push(shape("text", { class: "tick", x: 0, y: y + 11 }, name), bars[i], counts[i]);
  });
  for (const [from, to, member, activity, after] of day.stretches || []) {
    const name = day.activity[activity];
    if (member < 0 || !(name in activityClass)) continue;
    const bar = shape("rect", { class: `act${after ? 8 : activityClass[name]}`, x: x(from), y: staffTop + member * row, width: Math.max(x(to) - x(from), 0.4), height: row - 8 });
    fixed.push(bar);
  }
  day.staff.forEach((m, i) => { doing[i].setAttribute("y", staffTop + i * row + 11); fixed.push(shape("text", { class: "tick", x: 0, y: staffTop + i * row + 11 }, m.name)); });
  const label = `A day of the clinic in ${day.arm}, ${day.date}: threads that wait in each pool, and what each staff member does from midnight to midnight.`;
  const svg = drawing(width, height, label, ...fixed, hand, movers);
  const time = make("output", { class: "clock", "aria-live": "off" }, "00:00");
  const events = day.events || [], waiting = [], where = new Map();
  let at = 0, next = 0;
  const reset = () => {
    where.clear();
    waiting.splice(0, Infinity, ...day.pools.map(() => 0));
    for (const [thread, pool] of day.waiting || []) { where.set(thread, pool); waiting[pool]++; }
    at = 0; next = 0;
  };
  const leave = (thread) => { if (where.has(thread)) { waiting[where.get(thread)]--; where.delete(thread); } };
  const fly = (from, to) => {
    if (still.matches) return;
    const dot = shape("circle", { class: "thread", cx: left - 8, cy: from, r: 4 });
    movers.append(dot);
    dot.animate([{ transform: "translateY(0)", opacity: 1 }, { transform: `translateY(${to - from}px)`, opacity: 0.2 }], { duration: 500 }).onfinish = () => dot.remove();
  };
  const apply = ([, thread, pool, stateAt, member], show) => {
    const name = day.states[stateAt];
    const before = where.has(thread) ? poolsTop + where.get(thread) * row + 7 : poolsTop + pool * row + 7;
    leave(thread);
    if (name === "waiting") { where.set(thread, pool); waiting[pool]++; }
    if (!show) return;
    if (name === "touched" && member >= 0) fly(before, staffTop + member * row + 7);
    else if (name === "waiting") fly(before, poolsTop + pool * row + 7);
  };
  const paint = () => {
    time.textContent = clock(Math.min(at, 1439));
    hand.setAttribute("x1", x(at)); hand.setAttribute("x2", x(at));
    waiting.forEach((n, i) => {
      bars[i].setAttribute("width", Math.min(n, 60) * ((width - left - 40) / 60));
      counts[i].textContent = n;
    });
  };
  const goTo = (minute, show) => {
    if (minute < at) reset();
    for (let n = 0; next < events.length && events[next][0] <= minute; next++, n++) apply(events[next], show && n < 12);
    at = minute;
    paint();
  };
  let playing = false, last = 0;
  const slider = make("input", { type: "range", min: 0, max: 1439, value: 0, step: 1, id: "replay-time" });
  slider.addEventListener("input", () => goTo(Number(slider.value), false));
  const speed = make("select", { id: "replay-speed" }, ...[["10", "slow: ten minutes a second"], ["30", "half an hour a second"], ["60", "an hour a second"], ["180", "fast: three hours a second"]].map(([v, t]) => make("option", { value: v, selected: v === "30" }, t)));
  const button = make("button", { type: "button", id: "replay-play" }, "Play");
  const frame = (now) => {
    if (!playing) return;
    const to = Math.min(at + Math.min(now - last, 100) / 1000 * Number(speed.value), 1440);
    last = now;
    goTo(to, true);
    slider.value = to;
    if (to >= 1440) pause();
    else requestAnimationFrame(frame);
  };
  const pause = () => { playing = false; button.textContent = "Play"; };
  const play = () => {
    if (at >= 1439) goTo(0, false);
    playing = true; last = performance.now(); button.textContent = "Pause";
    requestAnimationFrame(frame);
  };
  button.addEventListener("click", () => (playing ? pause() : play()));
  reset();
  goTo(7 * 60 + 30, false);
  slider.value = at;
  place.replaceChildren(
    make("p", { class: "controls" }, button, " ", time, " ", make("label", { for: "replay-speed" }, "Speed "), speed, " ", make("label", { for: "replay-time" }, "Time of day "), slider),
    make("ul", { class: "keys" }, ...Object.entries(activityClass).map(([name, k]) => make("li", {}, make("span", { class: "patch act" + k }), name.replace("_", " "))), make("li", {}, make("span", { class: "patch act8" }), "after hours")),
    svg, make("p", { class: "reading" }, label + " Bars above are threads that wait; other inbox work is not drawn. The red line is the time."));
  if (!still.matches) play();
  return pause;
};
