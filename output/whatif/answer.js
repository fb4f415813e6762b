// The answer: what an arm changes, in sentences, pictures and tables.
"use strict";

const definitions = {
  wait: ["Wait", "Hours from sending a portal message to the first response, nights and weekends included; the mean over messages that are portal messages in both arms, so that the same patient's same message is compared."],
  evening: ["After-hours minutes", "Minutes of work outside working hours, weekends included, of each clinician in a week: notes, results, messages. It is workload, not burnout."],
  ceiling: ["Share of the ceiling", "Most of the evening has nothing to do with patients' messages. The ceiling is what would be saved if no patient ever wrote; this is the share of it that the arm saves. Above 100 % it saves other work too."],
  interval: ["95 % interval", "How far chance in the simulation may have moved the number; it narrows as replications are added. It does not hold what we do not know about the world: move the levers for that."],
  cost: ["Cost and net benefit", "Cost is staff time and campaigns, more than in the control. Net benefit adds what evening hours, waits and harms are worth, by weights of the scenario, which are assumptions."],
};

const verdict = (change, n, unit) => {
  if (change.low === null) return "";
  if (change.low > 0) return `more by ${digits(change.mean, n)} ${unit}`;
  if (change.high < 0) return `less by ${digits(-change.mean, n)} ${unit}`;
  return "no clear difference";
};

const headlineCard = (arm, i, answer) => {
  const card = make("section", { class: "card colour" + arm.colour, "aria-label": arm.name }, make("h3", {}, arm.name), make("p", { class: "title" }, arm.title));
  if (arm.growing?.length) {
    card.append(make("p", { class: "warns" }, `Its backlog grows without end (${arm.growing.join(", ")}): there is too little staff time for the work, and nothing to compare.`));
    return card;
  }
  if (!arm.wait) {
    card.append(make("p", { class: "warns" }, "Not compared: the first arm never settles."));
    return card;
  }
  const fact = (label, value, more) => make("div", { class: "fact" }, make("dt", {}, label), make("dd", {}, make("strong", {}, value), " ", make("span", { class: "soft" }, more)));
  if (i === 0) {
    card.append(make("dl", {}, fact("Wait for a first response", digits(arm.wait.control, 1) + " h", "on average"),
      fact("After-hours minutes per clinician and week", digits(arm.evening.control, 0) + " min", ""), ceilingFact(answer, fact)));
    return card;
  }
  const w = arm.wait, e = arm.evening;
  card.append(make("dl", {},
    fact("Wait, same messages", signed(w.mean, 2) + " h", `${span(w.low, w.high, 2)}; ${verdict(w, 2, "h")}${w.restricted ? "; some had no response when the run ended" : ""}`),
    fact("After-hours minutes per clinician and week", signed(e.mean, 1) + " min", `${span(e.low, e.high, 1)}; ${verdict(e, 1, "min")}`),
    arm.ceiling && fact("Share of the ceiling saved", digits(100 * arm.ceiling.mean, 0) + " %", arm.ceiling.low === null ? "" : `${digits(100 * arm.ceiling.low, 0)} to ${digits(100 * arm.ceiling.high, 0)} %`),
    arm.cost && fact("Cost of the year, " + answer.currency, signed(arm.cost.mean, 0), span(arm.cost.low, arm.cost.high, 0)),
    arm.benefit && fact("Net benefit, " + answer.currency, signed(arm.benefit.mean, 0), span(arm.benefit.low, arm.benefit.high, 0) + "; by assumed weights")));
  return card;
};

const ceilingFact = (answer, fact) => {
  const most = answer.arms.find((a) => a.reference && a.evening);
  return most ? fact("Of that, caused by patients' messages: the ceiling", digits(-most.evening.mean, 0) + " min", "what no message at all would save") : "";
};

const harmTable = (arms) => {
  const kinds = [...new Set(arms.flatMap((a) => (a.harms || []).map((h) => h.id)))];
  const find = (a, id) => (a.harms || []).find((h) => h.id === id);
  const rows = kinds.map((id) => {
    const h = arms.map((a) => find(a, id)).find(Boolean);
    const n = places(h.unit);
    return [term(`${h.label} (${h.unit})`, h.about), ...arms.map((a) => {
      const x = find(a, id);
      if (!x) return "\u2013";
      if (x.control === null) return `${digits(x.arm, n)} ${x.unit}`;
      return `${digits(x.control, n)} to ${digits(x.arm, n)}; ${signed(x.mean, n)} (${span(x.low, x.high, n)})`;
    })];
  });
  return table("Harms to look for", ["what may be worse", ...arms.map((a) => a.name)], rows);
};

const differences = (id, title, reading, arms, pick, unit) => {
  const rows = arms.filter(pick).map((a) => ({ name: a.name, colour: a.colour, ...pick(a) }));
  if (!rows.length) return "";
  return picture(id, title, reading, [], intervalPicture(rows, unit), () => table("Numbers: " + title, ["arm", "control", "arm's", "difference", "95 % interval"],
    rows.map((r) => [r.name, digits(r.control, 2), digits(r.arm, 2), signed(r.mean, 2), span(r.low, r.high, 2)])));
};

// answerParts are what the answer is made of, each of {answer, arms, others, drawn, activities}: arms without the ceiling,
// those after the control, and those that a day and a week are known of.
const answerParts = [
  ({ answer, arms }) => make("div", { class: "cards" }, ...arms.map((a, i) => headlineCard(a, i, answer))),
  ({ others }) => differences("wait", "Change in the wait for a first response, same messages", "Dots are the estimates, lines their 95 % intervals. Left of the line: patients wait less.", others, (a) => a.wait, "hours"),
  ({ others }) => differences("evening", "Change in after-hours minutes per clinician and week", "Left of the line: shorter evenings.", others, (a) => a.evening, "min"),
  ({ others }) => (others.length ? make("section", { id: "harms" }, make("h3", {}, "Harms to set beside the minutes saved"), harmTable(others)) : ""),
  ({ drawn, activities }) => (drawn.length ? dayPicture(drawn, activities) : ""),
  ({ drawn }) => (drawn.length ? weekPicture(drawn) : ""),
];

const partsOf = (answer, activities) => {
  const arms = answer.arms.filter((a) => !a.reference);
  arms.forEach((a, i) => { a.colour = i % 6; });
  return { answer, arms, others: arms.slice(1), drawn: arms.filter((a) => a.day && a.week && !a.growing?.length), activities };
};

// redraw puts something in the place of what was there. What the reader opened, scrolled or has the focus on stays so.
const redraw = (place, content) => {
  const name = (e) => e.getAttribute("aria-label") ?? e.textContent;
  const named = (what, wanted) => [...place.querySelectorAll(what)].find((e) => name(e) === wanted);
  const open = [...place.querySelectorAll("details[open] > summary")].map(name);
  const scrolled = [...place.querySelectorAll(".scroll")].filter((s) => s.scrollTop).map((s) => [name(s), s.scrollTop]);
  const focus = place.contains(document.activeElement) && document.activeElement;
  place.replaceChildren(content);
  for (const text of open) {
    const details = named("summary", text)?.parentElement;
    if (!details) continue;
    details.open = true;
    details.fill?.();
  }
  for (const [text, top] of scrolled) named(".scroll", text)?.scrollTo(0, top);
  if (focus) named("summary, .scroll", name(focus))?.focus({ preventScroll: true });
};
