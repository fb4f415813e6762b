// Reads Parquet files by DuckDB and prints, as JSON, the columns of each with their types, numbers of rows and nulls, and
// a hash of the values in order: node read.mjs FILE…

import { createHash } from "node:crypto";
import { DuckDBInstance } from "@duckdb/node-api";

// A value as text, with every bit of it.
function text(value) {
  if (value === null) return "null";
  if (typeof value === "number") {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleBE(value);
    return bytes.toString("hex");
  }
  if (typeof value === "object") return String(value.micros ?? value.days); // a timestamp, or a date
  return String(value);
}

const connection = await (await DuckDBInstance.create()).connect();
const found = {};
for (const file of process.argv.slice(2)) {
  const reader = await connection.runAndReadAll("select * from read_parquet($file)", { file });
  const names = reader.columnNames();
  const types = reader.columnTypes().map(String);
  found[file] = reader.getColumns().map((values, i) => {
    const whole = types[i] === "INTEGER"; // a number in Node, like a double
    const texts = values.map((value) => (whole && value !== null ? String(value) : text(value)) + "\n");
    const hash = createHash("sha256").update(texts.join("")).digest("hex");
    return { name: names[i], type: types[i], rows: values.length, nulls: values.filter((v) => v === null).length, hash };
  });
}
console.log(JSON.stringify(found));
