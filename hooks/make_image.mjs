// @ts-check
// Starts Pyodide under Node, lets it import all that a page may ask for, and writes down what its memory then holds.
// node make_image.mjs <pyodide folder> <its large script> <stdlib> <lock> <package> <imports> <make_image.py> <output>

import crypto from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { packedImage } from "../interactive/runtime/python-image.js";
import { memoryBeforePython, startFromFiles } from "./pyodide_under_node.mjs";

/** Longer than any free piece of memory that is left behind; each next size is half of the one before [bytes]. */
const LARGEST = 1 << 20;
/** Below this, each size that memory is given out in [bytes]. */
const SMALL = 512;
const STEP = 8;

const [folder, script, stdlib, lock, ours, imports, tidy, output] = process.argv.slice(2);
// nothing of this moment, and nothing by chance, is in the image: the same in every build
crypto.randomFillSync = globalThis.crypto.getRandomValues = (/** @type {any} */ view) => view.fill(1);
Date.now = performance.now = () => 0;
Object.defineProperty(globalThis, "navigator", { value: { language: "en", languages: ["en"], userAgent: "a browser" } });
process.env.TZ = "UTC";

const wasm = await WebAssembly.compile(readFileSync(`${folder}/pyodide.asm.wasm`));
const pyodide = { folder, script, wasm, lock };
let fresh = new Uint8Array();
const { python } = await startFromFiles(pyodide, stdlib, ours, { _makeSnapshot: true }, ({ memory }) => {
  fresh = new Uint8Array(/** @type {WebAssembly.Memory} */ (memory).buffer).slice();
});
python.runPython(`import ${imports}`);
python.pyimport("interactive.browser").prepare();
python.runPython(`${readFileSync(tidy, "utf8")}\nforget()`, { globals: python.toPy({}) });
clearFreeMemory(python._module);
const snapshot = python.makeMemorySnapshot();
// what has changed by the time that an image is put into memory has to be put back
writeFileSync(output, packedImage(snapshot, fresh, await memoryBeforePython(pyodide)));

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
