// @ts-check
// Starts the built site's own Pyodide with the site's own package, under Node.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { startFromImage } from "../../hooks/pyodide_under_node.mjs";

/** @type {WebAssembly.Exports} */
let running = {};

/**
 * @param {string} runtime the site's folder of that name
 * @param {string} [wholeLibrary] Pyodide's whole standard library: then the whole Pyodide installs our package from the lock
 *   file, which takes modules that the site leaves out; otherwise the lean one goes on from the image, as the worker does
 */
export async function startPython(runtime, wholeLibrary) {
  const told = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8")).pyodide;
  const home = resolve(runtime, told.home);
  const [script, image, lock] = [told.module, told.image.name, told.lock.name].map((name) => join(home, name));
  if (!wholeLibrary) {
    const wasm = await WebAssembly.compile(readFileSync(join(home, told.wasm.name)));
    const { python, exports } = await startFromImage({ folder: home, script, wasm, lock }, image);
    running = exports;
    return python;
  }
  const { loadPyodide } = await import(join(home, told.script));
  return loadPyodide({
    indexURL: home,
    createPyodideModule: (await import(script)).default,
    stdLibURL: wholeLibrary,
    lockFileContents: readFileSync(lock, "utf8"),
    packageBaseUrl: `${home}/`,
    packages: ["interactive"],
    stdout: () => {},
  });
}

/** @returns {number} the number of a function that was called and that the lean file lacks, counted from 1 */
export function missed() {
  return /** @type {WebAssembly.Global} */ (running.missed).value;
}
