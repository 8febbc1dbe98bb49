// @ts-check
// The state of widgets in the address: `#v1&depth-explorer-1&knee_deg=100`. It never leaves the reader's browser.
// A part without `=` says whose fields follow: a widget's, or those that it had `before`.

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
  const [now, earlier] = (passages(hash).get(place) ?? "").split("&before");
  if (!now) return "none";
  const inputs = overlaid(start, now, start);
  const before = earlier === undefined ? undefined : overlaid(inputs ?? start, earlier, start);
  return inputs && before !== null ? { inputs, before } : "unreadable";
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
  const said = hash.startsWith(`#${VERSION}&`) ? passages(hash) : new Map();
  const fields = written(changes(inputs, start)) + (before ? `&before${written(changes(before, inputs))}` : "");
  if (fields) said.set(place, `&${place}${fields}`);
  else said.delete(place);
  return said.size ? `#${VERSION}${[...said.values()].join("")}` : "";
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
 * @param {string} hash of our version
 * @returns {Map<string, string>} what it says of each widget, `&place&field=value…`
 */
function passages(hash) {
  const found = new Map();
  let place = "";
  for (const part of hash.split("&").slice(1)) {
    if (!part.includes("=") && part !== "before") place = part;
    found.set(place, `${found.get(place) ?? ""}&${part}`);
  }
  return found;
}

/** @param {[string, number | string | boolean][]} fields */
function written(fields) {
  return fields.map(([field, value]) => `&${field}=${encodeURIComponent(value)}`).join("");
}

/**
 * @param {Inputs} below
 * @param {string} passage
 * @param {Inputs} start says what fields there are
 * @returns {Inputs | null} null where a field is unknown or its value is none
 */
function overlaid(below, passage, start) {
  const inputs = { ...below };
  for (const [field, text] of new URLSearchParams(passage.split("&").filter((part) => part.includes("=")).join("&"))) {
    const value = read(text, start, field);
    if (value === undefined) return null;
    inputs[field] = value;
  }
  return inputs;
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
