// @ts-check
// Runs Pyodide under Node as a reader's browser does, from an image and in a WebAssembly file whose functions tell that they
// ran, and writes down which ones did.
// node watch_pyodide.mjs <pyodide folder> <its large script> <watched wasm> <image> <lock> <questions> <output>

import { readFileSync, writeFileSync } from "node:fs";
import { startFromImage } from "./start_from_image.mjs";

const [folder, script, watched, image, lock, questionsFile, output] = process.argv.slice(2);
/** @type {string[]} */
const questions = JSON.parse(readFileSync(questionsFile, "utf8"));
const { python, exports } = await startFromImage(folder, script, readFileSync(watched), image, lock);
python.pyimport("gc").set_threshold(1); // what may be collected at any moment is looked at in each
ask();
ask(); // what was made in the first round is there in the second
const ran = [];
for (const [name, told] of Object.entries(exports)) {
  if (name.startsWith("ran:") && /** @type {WebAssembly.Global} */ (told).value) ran.push(Number(name.slice(4)));
}
writeFileSync(output, JSON.stringify(ran));

function ask() {
  const answer = python.pyimport("interactive.browser").answer;
  for (const question of questions) {
    try {
      answer(question);
    } catch {
      // a question that no page asks: Python tells why, which needs functions of its own
    }
  }
  // what happens in the course of time only
  const { list, map, range, str } = python.pyimport("builtins");
  list(map(str, range(200_000))).destroy();
  python.pyimport("gc").collect();
}
