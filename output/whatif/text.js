// Words and numbers, and elements made of them.
"use strict";

// make makes an element: attributes, then children, which are elements or texts. Texts are never read as HTML.
const make = (name, attributes = {}, ...children) => {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value === true) e.setAttribute(key, "");
    else if (value !== false && value !== undefined) e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
};

const by = (id) => document.getElementById(id);

const minus = (text) => (/^-0(\.0*)?$/.test(text) ? text.slice(1) : text.replace("-", "\u2212"));
const digits = (x, n) => (x === null || x === undefined ? "\u2013" : minus(x.toLocaleString("en-GB", { minimumFractionDigits: n, maximumFractionDigits: n })));
const signed = (x, n) => (x > 0 ? "+" : "") + digits(x, n);
const span = (low, high, n) => (low === null || high === null ? "not yet known" : `${signed(low, n)} to ${signed(high, n)}`);
const places = (unit) => ({ h: 2, min: 1, "%": 1, "a week": 1, "h a week": 1 })[unit] ?? 0;

// shown writes a lever's value as a reader has it: shares in per cent.
const shown = (lever, value) => {
  if (lever.choices) return lever.choices.find((c) => c.value === value)?.label ?? value;
  const x = Number(value);
  switch (lever.unit) {
    case "%": return digits(100 * x, x * 100 % 1 ? 1 : 0) + " %";
    case "w": return digits(x, x % 1 ? 1 : 0) + " weeks";
    case "×": return digits(x, 2) + " times";
    case "odds": return digits(x, 2);
    default: return digits(x, x % 1 ? 2 : 0);
  }
};

const sources = {
  survey: "survey", literature: "literature", assumption: "assumption", local: "your clinic", user: "as given", default: "default", choice: "your choice",
};

// term is a word with its definition one tap away.
const term = (word, definition) => make("details", { class: "term" }, make("summary", {}, word), make("p", {}, definition));

const table = (name, head, rows) => make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": name },
  make("table", {},
    make("thead", {}, make("tr", {}, ...head.map((h) => make("th", { scope: "col" }, h)))),
    make("tbody", {}, ...rows.map((row) => make("tr", {}, ...row.map((cell, i) => make(i ? "td" : "th", i ? {} : { scope: "row" }, cell)))))));

const save = (name, text, type) => {
  const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
