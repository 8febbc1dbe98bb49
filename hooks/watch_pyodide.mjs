// @ts-check
// Runs Pyodide under Node in a WebAssembly file whose functions tell that they ran, and writes down which ones did, and what
// was answered. It runs as in a reader's browser, from an image, and also from its files: a start calls much that some
// question may call some day.
// node watch_pyodide.mjs <pyodide folder> <its large script> <watched wasm> <image> <stdlib> <lock> <package> <questions> <output>

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { startFromFiles, startFromImage } from "./pyodide_under_node.mjs";

const [folder, script, watched, image, stdlib, lock, ours, questionsFile, output] = process.argv.slice(2);
/** What chance says to Python at a start from files: it puts sets in their order, and what runs must be the same in every build. */
const CHANCES = [1, 2];
/** Python is asked all questions once, and otherwise one in so many: with a look at all garbage they take long. */
const EVERY_SO_MANY = 7;
/** @type {string[]} */
const questions = JSON.parse(readFileSync(questionsFile, "utf8"));
const some = questions.filter((_, at) => at % EVERY_SO_MANY === 0);
const wasm = await WebAssembly.compile(readFileSync(watched));
const pyodide = { folder, script, wasm, lock };
const ran = new Set();
for (const chance of CHANCES) {
  crypto.randomFillSync = (/** @type {any} */ view) => view.fill(chance);
  const { python, exports } = await startFromFiles(pyodide, stdlib, ours);
  ask(python, some);
  note(exports);
}
const { python, exports } = await startFromImage(pyodide, image);
const replies = ask(python, questions);
ask(python, some); // what was made in the first round is there in the second
note(exports);
writeFileSync(output, JSON.stringify({ ran: [...ran].sort((one, other) => one - other), replies }));

/** @param {WebAssembly.Exports} exports */
function note(exports) {
  for (const [name, told] of Object.entries(exports)) {
    if (name.startsWith("ran:") && /** @type {WebAssembly.Global} */ (told).value) ran.add(Number(name.slice(4)));
  }
}

/**
 * @param {any} python
 * @param {string[]} questions
 */
function ask(python, questions) {
  const { answer } = python.pyimport("interactive.browser");
  const gc = python.pyimport("gc");
  const usual = gc.get_threshold()[0];
  gc.set_threshold(1); // what may be collected at any moment is looked at in each
  const replies = questions.map((question) => {
    try {
      return answer(question);
    } catch {
      return ""; // a question that no page asks: Python tells why, which needs functions of its own
    }
  });
  gc.set_threshold(usual);
  // what happens in the course of time only
  const { list, map, range, str } = python.pyimport("builtins");
  list(map(str, range(200_000))).destroy();
  gc.collect();
  return replies;
}
