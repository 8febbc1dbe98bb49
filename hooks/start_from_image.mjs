// @ts-check
// Starts Pyodide under Node from an image, as python-worker.js does in a browser.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { startFromImage as start } from "../interactive/runtime/start-from-image.js";
import { runIn } from "./under_node.mjs";

/**
 * @param {string} folder Pyodide's
 * @param {string} script its large script
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {string} image its file
 * @param {string} lock the lock file
 * @returns {Promise<{python: any, exports: WebAssembly.Exports}>}
 */
export async function startFromImage(folder, script, wasm, image, lock) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const { default: createPyodideModule } = await import(pathToFileURL(script).href);
  /** @type {WebAssembly.Exports} */
  let exports = {};
  runIn(await WebAssembly.compile(wasm), (instance) => ({ exports } = instance));
  const file = new Uint8Array(readFileSync(image)).buffer;
  // every module that is needed is in the image
  const options = { indexURL: folder, stdLibURL: "/dev/null", lockFileContents: readFileSync(lock, "utf8") };
  const python = await start({ loadPyodide, createPyodideModule }, options, () => exports, Promise.resolve(file));
  return { python, exports };
}
