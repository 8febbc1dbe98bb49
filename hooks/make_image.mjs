// @ts-check
// Starts Pyodide under Node, lets it import all that a page may ask for, and writes down what its memory then holds.
// node make_image.mjs <pyodide folder> <stdlib> <lock> <package> <imports> <make_image.py> <output>

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { packedImage } from "../interactive/runtime/python-image.js";
import { runIn } from "./under_node.mjs";

/** Longer than any free piece of memory that is left behind; each next size is half of the one before [bytes]. */
const LARGEST = 1 << 20;
/** Below this, each size that memory is given out in [bytes]. */
const SMALL = 512;
const STEP = 8;

const [folder, stdLibURL, lock, ours, imports, tidy, output] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
// nothing of this moment, and nothing by chance, is in the image: the same in every build
crypto.randomFillSync = globalThis.crypto.getRandomValues = (/** @type {any} */ view) => view.fill(1);
Date.now = performance.now = () => 0;
Object.defineProperty(globalThis, "navigator", { value: { language: "en", languages: ["en"], userAgent: "a browser" } });
process.env.TZ = "UTC";

/** @type {Uint8Array | undefined} */
let fresh;
runIn(await WebAssembly.compile(readFileSync(`${folder}/pyodide.asm.wasm`)), ({ exports }) => {
  fresh = new Uint8Array(/** @type {WebAssembly.Memory} */ (exports.memory).buffer).slice();
});
const lockFileContents = readFileSync(lock, "utf8");
const options = { indexURL: folder, stdLibURL, lockFileContents, _makeSnapshot: true, _sysExecutable: "./this.program" };
const python = await loadPyodide(options);
// as python-worker.js does where it starts anew
python.FS.writeFile("/lib/interactive.zip", readFileSync(ours));
python.runPython(`import sys\nsys.path.append("/lib/interactive.zip")\nimport ${imports}`);
python.pyimport("interactive.browser").prepare();
python.runPython(`${readFileSync(tidy, "utf8")}\nforget()`, { globals: python.toPy({}) });
clearFreeMemory(python._module);
const snapshot = python.makeMemorySnapshot();
if (!fresh) throw new Error("Pyodide did not ask for its WebAssembly file");
writeFileSync(output, packedImage(snapshot, fresh, await memoryBeforePython()));

/**
 * What has changed in memory by the time that an image is put into it has to be put back.
 * @returns {Promise<Uint8Array>}
 */
async function memoryBeforePython() {
  const { default: createPyodideModule } = await import(pathToFileURL(`${folder}/pyodide.asm.mjs`).href);
  return new Promise((resolve, fail) => {
    /** @param {any} settings */
    const begin = async (settings) => {
      const { HEAPU8: memory } = await createPyodideModule(settings);
      resolve(memory.slice());
      return new Promise(() => {});
    };
    loadPyodide({ ...options, createPyodideModule: begin, _loadSnapshot: new Uint8Array(1) }).catch(fail);
  });
}

/**
 * What was given back still holds what it held; zeros pack better. So all of it is taken, cleared, and given back.
 * @param {any} pyodide
 */
function clearFreeMemory({ _malloc: take, _free: give, HEAPU8: memory }) {
  const taken = [];
  const end = memory.findLastIndex(Boolean);
  const small = Array.from({ length: SMALL / STEP }, (_, at) => SMALL - at * STEP);
  const large = [];
  for (let size = LARGEST; size > SMALL; size /= 2) large.push(size);
  for (const size of [...large, ...small]) {
    for (;;) {
      const place = take(size);
      if (place > end) {
        give(place); // beyond all that was ever used
        break;
      }
      memory.fill(0, place, place + size);
      taken.push(place);
    }
  }
  for (const place of taken) give(place);
}
