// The levers, and the state that they make: what was moved, which can be undone, and is carried by a link.
"use strict";

const state = { moves: {}, seed: 1, past: [] };

const linkOf = () => {
  const kept = { ...state.moves, ...(state.seed === 1 ? {} : { seed: String(state.seed) }) };
  return Object.keys(kept).length ? "#" + new URLSearchParams(kept).toString() : "";
};

// readLink takes the moves from a link; levers that are not here are left out, and named.
const readLink = (hash, levers) => {
  const moves = {}, unknown = [];
  let seed = 1;
  for (const [id, value] of new URLSearchParams(hash.replace(/^#/, ""))) {
    const lever = levers.find((l) => l.id === id);
    if (id === "seed" && /^\d{1,9}$/.test(value)) seed = Number(value);
    else if (lever && (lever.choices ? lever.choices.some((c) => c.value === value) : Number(value) >= 0 && value.trim() !== "")) {
      if (value !== lever.value) moves[id] = value;
    } else unknown.push(id);
  }
  return { moves, seed, unknown };
};

// movedWords says what was moved, for the screen and on paper.
const movedWords = (levers) => {
  const list = levers.filter((l) => l.id in state.moves).map((l) => `${l.label}: ${shown(l, state.moves[l.id])} (was ${shown(l, l.value)})${outside(l, state.moves[l.id]) ? ", beyond its range" : ""}`);
  return list.length ? "Moved: " + list.join("; ") + "." : "";
};

// outside says where a lever is beyond the range of its evidence, or "".
const outside = (lever, value) => {
  if (lever.low === null || lever.choices) return "";
  const x = Number(value);
  if (x >= lever.low - 1e-9 && x <= lever.high + 1e-9) return "";
  return `Beyond its range, ${shown(lever, lever.low)} to ${shown(lever, lever.high)}: no evidence reaches this far.`;
};

const evidence = (lever) => {
  const lines = [lever.about];
  if (lever.low !== null) lines.push(`Usually ${shown(lever, lever.value)}; range ${shown(lever, lever.low)} to ${shown(lever, lever.high)}.`);
  if (lever.source === "assumption" && !lever.cite) lines.push("Nobody has published it: what we think plausible.");
  if (lever.cite) lines.push("Source: " + lever.cite + ".");
  if (lever.note) lines.push(lever.note[0].toUpperCase() + lever.note.slice(1) + ".");
  return make("details", { class: "term" }, make("summary", {}, make("span", { class: "badge " + lever.source }, sources[lever.source] || lever.source)), ...lines.map((t) => make("p", {}, t)));
};

// factor is what a lever's value is multiplied by where it is typed: shares are typed in per cent.
const factor = (lever) => (lever.unit === "%" ? 100 : 1);
const trimmed = (x) => String(Number(x.toFixed(6)));

// leverRow makes one lever; changed is called with its new value.
const leverRow = (lever, changed) => {
  const value = () => state.moves[lever.id] ?? lever.value;
  const id = "lever-" + lever.id, f = factor(lever);
  const says = make("output", { class: "says", for: id });
  const warns = make("p", { class: "warns", role: "status" });
  const row = make("div", { class: "lever" }, make("label", { for: id }, lever.label), says);
  if (lever.choices) {
    const select = make("select", { id }, ...lever.choices.map((c) => make("option", { value: c.value }, c.label)));
    select.addEventListener("change", () => changed(lever, select.value));
    row.append(select);
    row.refresh = () => { select.value = value(); };
  } else {
    const slider = make("input", { id, type: "range", min: lever.least * f, max: lever.most * f, step: lever.step * f });
    const exact = make("input", { type: "number", min: 0, step: "any", "aria-label": lever.label + ", exact", inputmode: "decimal" });
    const take = (from) => {
      if (from.value === "" || !(Number(from.value) >= 0)) return;
      changed(lever, trimmed(Number(from.value) / f));
    };
    slider.addEventListener("input", () => take(slider));
    exact.addEventListener("change", () => take(exact));
    row.append(make("div", { class: "move" }, slider, exact));
    row.refresh = () => {
      slider.value = Number(value()) * f;
      if (document.activeElement !== exact) exact.value = trimmed(Number(value()) * f);
      slider.setAttribute("aria-valuetext", shown(lever, value()));
    };
  }
  row.append(warns, evidence(lever));
  const refresh = row.refresh;
  row.refresh = () => {
    refresh();
    const moved = value() !== lever.value;
    row.classList.toggle("moved", moved);
    says.textContent = shown(lever, value()) + (moved ? ` (was ${shown(lever, lever.value)})` : "");
    warns.textContent = outside(lever, value());
  };
  return row;
};

// leverPanel fills the panel, a group in each frame, and returns what brings it up to date with the state.
const leverPanel = (panel, levers, changed) => {
  const rows = [], groups = [...new Set(levers.map((l) => l.group))];
  const add = () => {
    const group = groups.shift();
    const own = levers.filter((l) => l.group === group).map((l) => leverRow(l, changed));
    rows.push(...own);
    own.forEach((r) => r.refresh());
    panel.append(make("details", { class: "group", open: rows.length < 8 && window.innerWidth > 640 }, make("summary", {}, group), ...own));
    if (groups.length) requestAnimationFrame(add);
  };
  requestAnimationFrame(add);
  return () => rows.forEach((r) => r.refresh());
};
