// @ts-check
// Starts Pyodide under Node as python-worker.js does in a browser: from an image, or from Python's files.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { startFromImage as start } from "../interactive/runtime/start-from-image.js";
import { runIn } from "./under_node.mjs";

/**
 * @param {string} folder Pyodide's
 * @param {string} script its large script
 * @param {WebAssembly.Module} wasm
 * @param {string} image its file
 * @param {string} lock the lock file
 * @returns {Promise<{python: any, exports: WebAssembly.Exports}>}
 */
export async function startFromImage(folder, script, wasm, image, lock) {
  const { scripts, options, exports } = await ready(folder, script, wasm, lock);
  const file = new Uint8Array(readFileSync(image)).buffer;
  // every module that is needed is in the image
  const python = await start(scripts, { ...options, stdLibURL: "/dev/null" }, exports, Promise.resolve(file));
  return { python, exports: exports() };
}

/**
 * @param {string} folder Pyodide's
 * @param {string} script its large script
 * @param {WebAssembly.Module} wasm
 * @param {string} stdLibURL the standard library
 * @param {string} lock the lock file
 * @param {string} ours our package
 * @returns {Promise<{python: any, exports: WebAssembly.Exports}>}
 */
export async function startFromFiles(folder, script, wasm, stdLibURL, lock, ours) {
  const { scripts, options, exports } = await ready(folder, script, wasm, lock);
  const { loadPyodide, createPyodideModule } = scripts;
  const python = await loadPyodide({ ...options, stdLibURL, createPyodideModule, _sysExecutable: "./this.program" }); // its name in browsers
  python.FS.writeFile("/lib/interactive.zip", readFileSync(ours));
  python.runPython('import sys\nsys.path.append("/lib/interactive.zip")');
  return { python, exports: exports() };
}

/**
 * @param {string} folder
 * @param {string} script
 * @param {WebAssembly.Module} wasm
 * @param {string} lock
 */
async function ready(folder, script, wasm, lock) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const { default: createPyodideModule } = await import(pathToFileURL(script).href);
  /** @type {WebAssembly.Exports} */
  let exports = {};
  runIn(wasm, (instance) => ({ exports } = instance));
  const options = { indexURL: folder, lockFileContents: readFileSync(lock, "utf8") };
  return { scripts: { loadPyodide, createPyodideModule }, options, exports: () => exports };
}
