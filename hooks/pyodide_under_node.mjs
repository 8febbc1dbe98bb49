// @ts-check
// Starts Pyodide under Node as python-worker.js does in a browser: from an image, or from Python's files.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { startFromImage as start } from "../interactive/runtime/start-from-image.js";

/**
 * @typedef {object} Pyodide
 * @property {string} folder Pyodide's own
 * @property {string} script its large script
 * @property {WebAssembly.Module} wasm
 * @property {string} lock the lock file
 */
/** @typedef {(exports: WebAssembly.Exports) => void} Begun hears of the WebAssembly file's before anything runs in it */

const { instantiate } = WebAssembly;

/**
 * @param {Pyodide} pyodide
 * @param {string} image its file
 * @returns {Promise<{python: any, exports: WebAssembly.Exports}>}
 */
export async function startFromImage(pyodide, image) {
  /** @type {WebAssembly.Exports} */
  let exports = {};
  const { scripts, options } = await prepared(pyodide, (found) => (exports = found));
  const file = new Uint8Array(readFileSync(image)).buffer;
  // every module that is needed is in the image
  const python = await start(scripts, { ...options, stdLibURL: "/dev/null" }, () => exports, Promise.resolve(file));
  return { python, exports };
}

/**
 * @param {Pyodide} pyodide
 * @param {string} stdLibURL the standard library
 * @param {string} ours our package
 * @param {object} [more] options
 * @param {Begun} [begun]
 * @returns {Promise<{python: any, exports: WebAssembly.Exports}>}
 */
export async function startFromFiles(pyodide, stdLibURL, ours, more = {}, begun = () => {}) {
  /** @type {WebAssembly.Exports} */
  let exports = {};
  const { scripts, options } = await prepared(pyodide, (found) => begun((exports = found)));
  const python = await scripts.loadPyodide({ ...options, stdLibURL, createPyodideModule: scripts.createPyodideModule, ...more });
  python.FS.writeFile("/lib/interactive.zip", readFileSync(ours));
  python.runPython('import sys\nsys.path.append("/lib/interactive.zip")');
  return { python, exports };
}

/**
 * @param {Pyodide} pyodide
 * @returns {Promise<Uint8Array>} what memory holds when an image would be put into it
 */
export async function memoryBeforePython(pyodide) {
  const { scripts, options } = await prepared(pyodide, () => {});
  return new Promise((resolve, fail) => {
    /** @param {any} settings */
    const createPyodideModule = async (settings) => {
      const { HEAPU8: memory } = await scripts.createPyodideModule(settings);
      resolve(memory.slice());
      return new Promise(() => {});
    };
    const asIf = { ...options, stdLibURL: "/dev/null", _loadSnapshot: new Uint8Array(1) };
    scripts.loadPyodide({ ...asIf, createPyodideModule }).catch(fail);
  });
}

/**
 * @param {Pyodide} pyodide
 * @param {Begun} begun
 */
async function prepared({ folder, script, wasm, lock }, begun) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const { default: createPyodideModule } = await import(pathToFileURL(script).href);
  // Pyodide has two files: a small one that it carries in its script, and the large one that it asks for
  WebAssembly.instantiate = /** @type {any} */ (
    async (/** @type {any} */ source, /** @type {WebAssembly.Imports} */ imports) => {
      if (source instanceof WebAssembly.Module) return instantiate(source, imports);
      const instance = await instantiate(wasm, imports);
      begun(instance.exports);
      return { module: wasm, instance };
    }
  );
  // its name in browsers
  const options = { indexURL: folder, lockFileContents: readFileSync(lock, "utf8"), _sysExecutable: "./this.program" };
  return { scripts: { loadPyodide, createPyodideModule }, options };
}
