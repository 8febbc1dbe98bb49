// @ts-check
// Runs Pyodide under Node as a reader's browser does, in a WebAssembly file whose functions tell that they ran, and writes
// down which ones did.
// node watch_pyodide.mjs <pyodide folder> <watched wasm> <stdlib> <lock> <package> <questions> <output>

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, watched, stdLibURL, lockFile, packageFile, questionsFile, output] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const lockFileContents = readFileSync(lockFile, "utf8");
const module = await WebAssembly.compile(readFileSync(watched));
/** @type {WebAssembly.Instance[]} */
const instances = [];
const { instantiate } = WebAssembly;
// Pyodide has two files: a small one that it carries in its script, and the large one that it asks for
WebAssembly.instantiate = /** @type {any} */ (
  async (/** @type {any} */ source, /** @type {WebAssembly.Imports} */ imports) => {
    if (source instanceof WebAssembly.Module) return instantiate(source, imports);
    const instance = await instantiate(module, imports);
    instances.push(instance);
    return { module, instance };
  }
);

/** @type {{chances: number[], imports: string, questions: string[], work: string}} */
const { chances, imports, questions, work } = JSON.parse(readFileSync(questionsFile, "utf8"));
for (const chance of chances) {
  // the order of sets depends on it; what runs must be the same in every build
  crypto.randomFillSync = (/** @type {any} */ view) => view.fill(chance);
  const python = await start({ _makeSnapshot: true, _sysExecutable: "./this.program" }); // its name in browsers
  python.runPython("import gc\ngc.set_threshold(1)"); // what may be collected at any moment is looked at in each
  // as python-worker.js does
  python.FS.writeFile("/lib/interactive.zip", readFileSync(packageFile));
  python.runPython('import sys\nsys.path.append("/lib/interactive.zip")');
  const answer = python.pyimport("interactive.browser").answer;
  python.pyimport("interactive.browser").prepare(questions[0]);
  python.runPython(`import ${imports}`);
  const memory = python.makeMemorySnapshot();
  ask(python, answer);
  const restored = await start({ _loadSnapshot: memory });
  restored.FS.writeFile("/lib/interactive.zip", readFileSync(packageFile));
  ask(restored, restored.pyimport("interactive.browser").answer);
}
const ran = new Set();
for (const { exports } of instances) {
  for (const [name, told] of Object.entries(exports)) {
    if (name.startsWith("ran:") && /** @type {WebAssembly.Global} */ (told).value) ran.add(Number(name.slice(4)));
  }
}
writeFileSync(output, JSON.stringify([...ran].sort((one, other) => one - other)));

/** @param {object} options */
async function start(options) {
  return loadPyodide({ indexURL: folder, stdLibURL, lockFileContents, ...options });
}

/**
 * @param {any} python
 * @param {(question: string) => string} answer
 */
function ask(python, answer) {
  for (const question of questions) {
    try {
      answer(question);
    } catch {
      // a question that no page asks: Python tells why, which needs functions of its own
    }
  }
  python.runPython(work);
}
