// @ts-check
// The state of widgets in the address: `#v1&depth-explorer-1.knee_deg=100`. It never leaves the reader's browser.

/** @typedef {Record<string, number | string | boolean>} Inputs */
/** @typedef {{inputs: Inputs, before?: Inputs}} State */

const VERSION = "v1";

/**
 * Return what an address says of one widget.
 * @param {string} hash the address's fragment, with its #
 * @param {string} place the widget's id
 * @param {Inputs} start its starting values, which say what fields there are and of which kind
 * @returns {State | "none" | "unreadable"} full inputs; none where the address says nothing of it
 */
export function stateIn(hash, place, start) {
  if (!/^#v\d+&/.test(hash)) return "none";
  if (!hash.startsWith(`#${VERSION}&`)) return "unreadable";
  const inputs = { ...start };
  /** @type {Inputs | undefined} */
  let before;
  let said = false;
  for (const [key, text] of new URLSearchParams(hash.slice(VERSION.length + 2))) {
    if (!key.startsWith(`${place}.`)) continue;
    said = true;
    const [first, second] = key.slice(place.length + 1).split(".");
    if (first === "before") before ??= { ...start };
    const field = first === "before" ? second : first;
    if (field === undefined) continue;
    const value = read(text, start, field);
    if (value === undefined) return "unreadable";
    (first === "before" && before ? before : inputs)[field] = value;
  }
  return said ? { inputs, before } : "none";
}

/**
 * Return a fragment that says one widget's state beside what it said of others; empty where all stand at their start.
 * @param {string} hash
 * @param {string} place
 * @param {State} state
 * @param {Inputs} start
 * @returns {string} with its #
 */
export function hashWith(hash, place, { inputs, before }, start) {
  const known = hash.startsWith(`#${VERSION}&`) ? hash.slice(VERSION.length + 2) : "";
  const said = new URLSearchParams([...new URLSearchParams(known)].filter(([key]) => !key.startsWith(`${place}.`)));
  for (const [field, value] of changes(inputs, start)) said.set(`${place}.${field}`, String(value));
  if (before) {
    said.set(`${place}.before`, "");
    for (const [field, value] of changes(before, start)) said.set(`${place}.before.${field}`, String(value));
  }
  return said.size ? `#${VERSION}&${said}` : "";
}

/**
 * @param {Inputs} inputs
 * @param {Inputs} start
 * @returns {[string, number | string | boolean][]} the fields that are not as at the start
 */
export function changes(inputs, start) {
  return Object.entries(inputs).filter(([field, value]) => start[field] !== value);
}

/**
 * @param {string} text
 * @param {Inputs} start
 * @param {string} field
 * @returns {number | string | boolean | undefined} undefined for what is no value of this field
 */
function read(text, start, field) {
  if (!Object.hasOwn(start, field)) return undefined;
  if (typeof start[field] === "string") return text;
  if (typeof start[field] === "boolean") return text === "true" ? true : text === "false" ? false : undefined;
  return /^-?\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined;
}
