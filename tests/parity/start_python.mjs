// @ts-check
// Starts the built site's own Pyodide with the site's own wheel, under Node: the lean one, but for the whole library.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * @param {string} runtime the site's folder of that name
 * @param {string} [wholeLibrary] Pyodide's whole standard library: then Pyodide installs our package from the lock file,
 *   which takes modules that the site leaves out; otherwise it is imported as the worker does
 */
export async function startPython(runtime, wholeLibrary) {
  const manifest = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
  const told = manifest.pyodide;
  const home = resolve(runtime, told.home);
  const { loadPyodide } = await import(join(home, "pyodide.mjs"));
  if (!wholeLibrary) runLean(readFileSync(join(home, told.wasm.name)));
  const python = await loadPyodide({
    indexURL: home,
    stdLibURL: wholeLibrary ?? join(home, told.stdlib.name),
    lockFileContents: readFileSync(join(home, told.lock.name), "utf8"),
    packageBaseUrl: `${home}/`,
    packages: wholeLibrary ? ["interactive"] : [],
    stdout: () => {},
  });
  if (wholeLibrary) return python;
  // as python-worker.js does
  python.FS.writeFile("/lib/interactive.zip", readFileSync(join(home, told.package.name)));
  python.runPython('import sys\nsys.path.append("/lib/interactive.zip")');
  return python;
}

/** @type {WebAssembly.Instance | undefined} */
let lean;

/**
 * Put the lean file where Pyodide, under Node, reads the whole one.
 * @param {Buffer} wasm
 */
function runLean(wasm) {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {any} */ (
    async (/** @type {any} */ source, /** @type {WebAssembly.Imports} */ imports) => {
      if (source instanceof WebAssembly.Module) return instantiate(source, imports); // a small one of its own
      const made = await instantiate(wasm, imports);
      lean = made.instance;
      return made;
    }
  );
}

/** @returns {number} the number of a function that was called and that the lean file lacks, counted from 1 */
export function missed() {
  return /** @type {WebAssembly.Global} */ (lean?.exports.missed).value;
}
