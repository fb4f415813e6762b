// Runs the engine of the page in Node: reads {engine, starter, asks} from standard input, where each ask has arms, files,
// moves, seed and replications, and prints for each its tables comparisons and summary.
"use strict";
const fs = require("fs"), zlib = require("zlib");

const main = async () => {
  const { engine, starter, asks } = JSON.parse(fs.readFileSync(0, "utf8"));
  require(starter);
  const go = new Go();
  const { instance } = await WebAssembly.instantiate(zlib.gunzipSync(fs.readFileSync(engine)), go.importObject);
  go.run(instance);
  const call = (name, text = "") => {
    const reply = JSON.parse(portalsim[name](typeof text === "string" ? text : JSON.stringify(text)));
    if (reply.error !== undefined) throw new Error(reply.error);
    return reply.value;
  };
  const answers = asks.map(({ arms, files, moves, seed, replications }) => {
    call("open", { Arms: arms, Files: files });
    call("start", { Moves: moves, Seed: seed });
    for (let i = 0; i < replications; i++) call("next");
    return { summary: call("table", "summary"), comparisons: call("table", "comparisons"), command: call("command", String(replications)) };
  });
  fs.writeSync(1, JSON.stringify(answers));
  process.exit(0);
};
main();
