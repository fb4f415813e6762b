// The page: starts the worker, hands it what the reader moves, and shows what comes back.
"use strict";

const content = JSON.parse(by("content").textContent);
window.timings = { opened: performance.now(), long: [], answers: [] };
if (window.PerformanceObserver?.supportedEntryTypes?.includes("longtask")) {
  new PerformanceObserver((list) => list.getEntries().forEach((e) => window.timings.long.push(Math.round(e.duration)))).observe({ type: "longtask", buffered: true });
}

const page = { run: 0, levers: content.levers, activities: content.activities, answer: null, resting: false, stopped: false, waiting: new Map(), ids: 0, pause: null };
const worker = new Worker(URL.createObjectURL(new Blob([by("worker").textContent], { type: "text/javascript" })));

const fault = (text) => { by("faults").textContent = text; by("faults").hidden = !text; };
const ask = (name, text) => new Promise((done, failed) => {
  const id = ++page.ids;
  page.waiting.set(id, { done, failed });
  worker.postMessage({ do: "ask", id, name, text });
});

const progress = () => {
  const a = page.answer;
  const n = a ? `${a.replications} of ${Math.max(a.target, a.replications)} simulated years` : "";
  by("progress").textContent = page.stopped ? `Stopped after ${n}.`
    : !a ? "Simulating the first year of every arm\u2026"
      : page.resting ? `Done: ${a.replications} simulated years of every arm, enough for the precision aimed at.` : `${n} of every arm; the intervals narrow as years are added.`;
  by("bar").value = page.resting ? 1 : a ? a.replications / Math.max(a.target, a.replications) : 0;
  by("stop").textContent = page.stopped || page.resting ? "Simulate more" : "Stop";
};

const buttons = () => {
  by("undo").disabled = !state.past.length;
  by("reset").disabled = !Object.keys(state.moves).length;
  by("moved").textContent = movedWords(page.levers);
};

let soon = 0;
const begin = () => {
  clearTimeout(soon);
  soon = 0;
  page.run++;
  Object.assign(page, { answer: null, resting: false, stopped: false });
  fault("");
  by("answers").classList.add("old");
  buttons();
  history.replaceState(null, "", linkOf() || location.pathname + location.search);
  by("command").textContent = "";
  page.began = performance.now();
  worker.postMessage({ do: "start", run: page.run, moves: state.moves, seed: state.seed });
  progress();
};

const moved = (lever, value) => {
  if (value === (state.moves[lever.id] ?? lever.value)) return;
  if (!soon) state.past.push({ ...state.moves });
  if (value === lever.value) delete state.moves[lever.id];
  else state.moves[lever.id] = value;
  refresh();
  buttons();
  clearTimeout(soon);
  soon = setTimeout(begin, 200);
};

const refresh = leverPanel(by("levers"), page.levers, moved);

const restore = (moves, seed = state.seed) => {
  Object.assign(state, { moves, seed });
  refresh();
  begin();
};

// show draws the newest answer, a part in each frame: all at once would hold up the reader.
const slots = answerParts.map(() => make("div"));
by("answers").append(slots[0], make("div", { class: "terms", id: "terms" }, ...Object.values(definitions).map(([word, text]) => term(word, text))), ...slots.slice(1));
let drawsNow = false;
const show = async () => {
  if (drawsNow) return; // it goes on to the newest
  drawsNow = true;
  for (let drawn = null; page.answer && page.answer !== drawn;) {
    drawn = page.answer;
    const parts = partsOf(drawn, page.activities);
    for (const [i, part] of answerParts.entries()) {
      await new Promise(requestAnimationFrame);
      redraw(slots[i], part(parts));
    }
    if (page.answer === drawn) by("answers").classList.remove("old");
  }
  drawsNow = false;
};

const heard = {
  answer: ({ run, answer, ms, memory }) => {
    if (run !== page.run) return;
    page.answer = answer;
    window.timings.answers.push({ run, n: answer.replications, at: performance.now(), since: performance.now() - page.began, ms, memory });
    by("saves").hidden = answer.replications < 2;
    if (!by("replay-arm").options.length) answer.arms.forEach((a, i) => { if (!a.reference) by("replay-arm").append(make("option", { value: i }, a.name)); });
    progress();
    show();
  },
  rest: ({ run }) => {
    if (run !== page.run) return;
    page.resting = true;
    progress();
  },
  stopped: () => { page.stopped = true; progress(); },
  reply: ({ id, value }) => { page.waiting.get(id).done(value); page.waiting.delete(id); },
  fault: ({ id, run, text }) => {
    if (id) { page.waiting.get(id).failed(new Error(text)); page.waiting.delete(id); }
    if (id || !run || run === page.run) { fault(text); by("progress").textContent = "Not simulated."; }
  },
};
worker.onmessage = ({ data }) => heard[data.kind](data);
worker.onerror = (e) => fault("The engine could not start: " + e.message);

const whole = () => page.answer.replications;

by("undo").addEventListener("click", () => { if (state.past.length) restore(state.past.pop()); });
by("reset").addEventListener("click", () => { state.past.push({ ...state.moves }); restore({}); });
by("stop").addEventListener("click", () => {
  if (page.stopped || page.resting) {
    Object.assign(page, { stopped: false, resting: false });
    const most = page.answer && page.answer.replications >= page.answer.target ? page.answer.replications + 20 : undefined;
    page.run++;
    worker.postMessage({ do: "more", run: page.run, most });
    progress();
  } else worker.postMessage({ do: "stop" });
});
by("save-yaml").addEventListener("click", async () => {
  by("command").textContent = await ask("command", String(whole()));
  try {
    save("what-if.yaml", await ask("study", { Replications: whole(), Link: linkOf() || "#" }), "text/yaml");
  } catch (e) {
    fault("Not saved: " + e.message);
  }
});
for (const name of ["comparisons", "summary"]) by("save-" + name).addEventListener("click", async () => save(name + ".csv", await ask("csv", name), "text/csv"));
by("show-command").addEventListener("click", async () => { by("command").textContent = await ask("command", String(whole())); });
by("file").addEventListener("change", async ({ target }) => {
  const link = /^# page: (#.*)$/m.exec(await target.files[0].text());
  target.value = "";
  if (!link) { fault("This file was not saved by a page: it has no line that begins with “# page:”."); return; }
  const { moves, seed, unknown } = readLink(link[1], page.levers);
  state.past.push({ ...state.moves });
  restore(moves, seed);
  if (unknown.length) fault("This page has no lever called " + unknown.join(", ") + "; the rest of the file was taken.");
});
by("replay-show").addEventListener("click", async () => {
  if (!page.answer) return;
  page.pause?.();
  by("replay-place").textContent = "Simulating the day\u2026";
  const arm = Number(by("replay-arm").value), day = Number(by("replay-day").value);
  page.pause = replayPlayer(by("replay-place"), await ask("replay", { Arm: arm, Replication: 0, Day: day }));
});
window.addEventListener("hashchange", () => {
  if (location.hash === linkOf()) return;
  const { moves, seed } = readLink(location.hash, page.levers);
  restore(moves, seed);
});
let width = roomy();
window.addEventListener("resize", () => { if (roomy() !== width && page.answer) { width = roomy(); page.answer = { ...page.answer }; show(); } });

// The days of the tenth measured week, or of the last that there is.
const monday = (7 - content.begins) % 7 + 7 * Math.max(0, Math.min(9, Math.floor((content.days - 7) / 7) - 1));
["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].forEach((d, i) => {
  if (monday + i < content.days) by("replay-day").append(make("option", { value: monday + i }, "a " + d));
});
by("version").textContent = content.version;
const engine = by("engine");
worker.postMessage(engine.textContent);
engine.remove();
worker.postMessage({ do: "open", arms: content.arms, files: content.files });
const link = readLink(location.hash, page.levers);
Object.assign(state, { moves: link.moves, seed: link.seed });
begin();
if (link.unknown.length) fault("This page has no lever called " + link.unknown.join(", ") + "; the rest of the link was taken.");
