// The worker: unpacks the engine, and runs one replication after the other until they suffice. A new start ends the old
// run at the next replication. Its first message is the engine; all others are {id, do, ...}.
"use strict";

let running = 0; // the run that goes on; its number tells old answers from new
const asked = [];

const call = (name, text) => {
  const reply = JSON.parse(portalsim[name](text ?? ""));
  if (reply.error !== undefined) throw new Error(reply.error);
  return reply.value;
};

const unpack = async (text) => {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(await new Response(plain).arrayBuffer(), go.importObject);
  go.run(instance).then(() => postMessage({ kind: "fault", text: "the engine has ended" }), (e) => postMessage({ kind: "fault", text: String(e) }));
};

// later lets messages in between replications, at once.
const channel = new MessageChannel();
const later = (f) => { asked.push(f); channel.port2.postMessage(0); };
channel.port1.onmessage = () => asked.shift()();

const go_on = (run, most) => {
  if (run !== running) return;
  try {
    const began = performance.now();
    const answer = call("next");
    postMessage({ kind: "answer", run, answer, ms: performance.now() - began, memory: call("memory") });
    if (answer.replications < (most || answer.target)) later(() => go_on(run, most));
    else postMessage({ kind: "rest", run });
  } catch (e) {
    postMessage({ kind: "fault", run, text: e.message });
  }
};

const doing = {
  open: (m) => call("open", JSON.stringify({ Arms: m.arms, Files: m.files })),
  start: (m) => {
    running = m.run;
    call("start", JSON.stringify({ Moves: m.moves, Seed: m.seed }));
    later(() => go_on(m.run, m.most));
  },
  stop: () => { running = 0; postMessage({ kind: "stopped" }); },
  more: (m) => { running = m.run; later(() => go_on(m.run, m.most)); },
  ask: (m) => postMessage({ kind: "reply", id: m.id, value: call(m.name, typeof m.text === "string" ? m.text : JSON.stringify(m.text)) }),
};

const act = (m) => {
  try {
    doing[m.do](m);
  } catch (e) {
    postMessage({ kind: "fault", run: m.run, id: m.id, text: e.message });
  }
};

const early = [];
let ready = false;
onmessage = async ({ data }) => {
  if (typeof data === "string") {
    try {
      await unpack(data);
      ready = true;
      early.forEach(act);
    } catch (e) {
      postMessage({ kind: "fault", text: "this browser cannot run the engine: " + e.message });
    }
  } else if (ready) act(data);
  else early.push(data);
};
