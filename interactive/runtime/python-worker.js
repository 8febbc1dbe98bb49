// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// says {started} or {failed} once, and before it {arrived}: the bytes that have come so far. Says {lacking} where the image
// and the lean Pyodide cannot do what is asked: then it has said nothing wrong, and can say nothing more.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";
import { startFromImage } from "./start-from-image.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {import("./fetch-whole.js").File} File */
/** @typedef {(request: string) => string} Answers */

/** Long enough for the slowest start from the image; a start that takes longer hangs [ms]. */
const LIMIT_MS = 20_000;

/** Where our package lies in Python's own file system: imported from the zip as it is. */
const PACKAGE = "/lib/interactive.zip";

/** How often a reader is told how much has come [ms]. */
const BEAT_MS = 100;

/** @type {(start: Promise<Answers>) => void} */
let begin;
/** @type {Promise<Answers>} */
const starting = new Promise((resolve) => (begin = resolve));
/** The number of a function that was called and that the lean Pyodide lacks, counted from 1. */
let missed = () => 0;
let lean = true;
starting.then(
  () => say({ started: true }),
  (error) => say(error instanceof Lacking ? { lacking: error.message } : { failed: String(error) }),
);

/** The image and the lean Pyodide cannot do it. */
class Lacking extends Error {}

/** @param {object} message */
function say(message) {
  self.postMessage(missed() ? { lacking: `function ${missed() - 1}` } : message);
}

/**
 * @param {Manifest} manifest
 * @returns {Promise<Answers>}
 */
async function startLean({ pyodide: told }) {
  const { files, options, scripts } = ask(told, told.lock, told.image);
  const wasm = fetchCompiled(options.indexURL, told.wasm, count);
  const [lock, image] = files;
  const exports = serve(whenThere(wasm));
  missed = () => /** @type {WebAssembly.Global | undefined} */ (exports()?.missed)?.value ?? 0;
  const [found, lockFile] = await Promise.all([scripts, lock]);
  const lockFileContents = new TextDecoder().decode(lockFile);
  const loading = startFromImage(found, { ...options, lockFileContents }, exports, whenThere(image));
  loading.catch(() => {});
  await Promise.all([wasm, image]);
  try {
    const python = await inTime(loading);
    const answer = python.pyimport("interactive.browser").answer;
    return (request) => answer(request); // a promise would look into Python's own for a "then"
  } catch (error) {
    throw new Lacking(String(error));
  }
}

/**
 * Start Pyodide as it is from Python's own files, as nothing else will do.
 * @param {Manifest} manifest
 * @returns {Promise<Answers>}
 */
async function startWhole({ pyodide: told }) {
  const { files, options, scripts } = ask(told, told.lock, /** @type {File} */ (told.stdlib), /** @type {File} */ (told.package));
  const wasm = fetchCompiled(options.indexURL, /** @type {File} */ (told.whole), count);
  const [module, lock, stdlib, zip] = await Promise.all([wasm, ...files]);
  const { loadPyodide, createPyodideModule } = await scripts;
  serve(Promise.resolve(module), { [options.stdLibURL]: stdlib });
  const python = await loadPyodide({ ...options, createPyodideModule, lockFileContents: new TextDecoder().decode(lock) });
  python.FS.writeFile(PACKAGE, new Uint8Array(zip));
  python.runPython(`import sys\nsys.path.append("${PACKAGE}")`);
  serve(Promise.resolve(module)); // what was unpacked need not be held twice
  return python.pyimport("interactive.browser").answer;
}

/**
 * Ask for everything at once.
 * @param {Manifest["pyodide"]} told
 * @param {...File} wanted
 */
function ask(told, ...wanted) {
  const indexURL = new URL(told.home, import.meta.url).href;
  const scripts = Promise.all([import(`${indexURL}${told.script}`), import(`${indexURL}${told.module}`)]).then(
    ([{ loadPyodide }, { default: createPyodideModule }]) => ({ loadPyodide, createPyodideModule }),
  );
  scripts.catch(() => {});
  const files = wanted.map((file) => fetchWhole(indexURL, file, count));
  for (const file of files) file.catch(() => {}); // who waits for another one first is told of that
  return { scripts, files, options: { indexURL, stdLibURL: new URL(told.stdlib?.name ?? "none", indexURL).href } };
}

/**
 * @template T
 * @param {Promise<T>} file
 * @returns {Promise<T>} settles only if it comes: whoever else waits for it is told of a failure
 */
function whenThere(file) {
  return new Promise((resolve) => file.then(resolve, () => {}));
}

let arrived = 0;
let told = 0;

/**
 * Add up what has come, and tell of it now and then.
 * @param {number} bytes
 */
function count(bytes) {
  arrived += bytes;
  if (performance.now() - told < BEAT_MS) return;
  told = performance.now();
  self.postMessage({ arrived });
}

/**
 * A start that fails half-way never ends by itself.
 * @template T
 * @param {Promise<T>} start
 * @returns {Promise<T>}
 */
function inTime(start) {
  const end = performance.now() + LIMIT_MS;
  let watch = 0;
  const late = new Promise((_, fail) => {
    watch = setInterval(() => (missed() || performance.now() > end) && fail(new Error("the start hangs")), BEAT_MS);
  });
  return /** @type {Promise<T>} */ (Promise.race([start, late])).finally(() => clearInterval(watch));
}

self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) {
    lean = !data.whole;
    return begin(lean ? startLean(data.manifest) : startWhole(data.manifest));
  }
  const { id, request } = data;
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    // a fault of the widget's own, or of the image, which Python from its files does not have
    say(lean ? { lacking: String(error) } : { id, crash: String(error) });
  }
});
