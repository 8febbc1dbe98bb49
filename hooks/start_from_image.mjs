// @ts-check
// Starts Pyodide under Node from an image, as python-worker.js does in a browser.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { fillSnapshot, snapshotBytes } from "../interactive/runtime/python-image.js";
import { runIn } from "./under_node.mjs";

/**
 * @param {string} folder Pyodide's
 * @param {Uint8Array<ArrayBuffer>} wasm
 * @param {string} image its file
 * @param {string} lock the lock file
 * @returns {Promise<{python: any, instance: WebAssembly.Instance}>}
 */
export async function startFromImage(folder, wasm, image, lock) {
  const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
  const file = new Uint8Array(readFileSync(image)).buffer;
  const snapshot = new Uint8Array(snapshotBytes(file));
  /** @type {WebAssembly.Instance | undefined} */
  let instance;
  runIn(await WebAssembly.compile(wasm), (begun) => (instance = begun));
  const python = await loadPyodide({
    indexURL: folder,
    lockFileContents: readFileSync(lock, "utf8"),
    stdLibURL: "/dev/null", // every module that is needed is in the image
    fsInit: () => instance && fillSnapshot(snapshot, file, instance.exports),
    _loadSnapshot: snapshot,
  });
  if (!instance) throw new Error("Pyodide did not ask for its WebAssembly file");
  return { python, instance };
}
