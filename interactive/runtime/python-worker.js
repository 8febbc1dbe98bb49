// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// says {started} or {failed} once, and before it {arrived}: the bytes that have come so far. Says {lacking} where the image
// and the lean Pyodide cannot do what is asked: then it has said nothing wrong, and can say nothing more.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";
import { startFromImage } from "./start-from-image.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {import("./fetch-whole.js").File} File */
/** @typedef {import("./python-client.js").Way} Way */
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
/** @type {Way} */
let way;
/** @type {() => WebAssembly.Exports | undefined} */
let running = () => undefined;
starting.then(
  () => say({ started: true }),
  (error) => say(error instanceof Lacking ? { lacking: error.message } : { failed: String(error) }),
);

/** The image or the lean Pyodide cannot do it. */
class Lacking extends Error {}

/** The number of a function that was called and that the lean Pyodide lacks, counted from 1. */
const missed = () => /** @type {WebAssembly.Global | undefined} */ (running()?.missed)?.value ?? 0;

/** @param {object} message */
function say(message) {
  self.postMessage(missed() ? { lacking: `function ${missed() - 1}` } : message);
}

/**
 * @param {Manifest["pyodide"]} told
 * @returns {Promise<Answers>}
 */
async function goOnFromImage(told) {
  const { wasm, files, options, scripts } = ask(told, told.wasm, told.lock, told.image);
  const [lock, image] = files;
  running = serve(whenThere(wasm));
  const lockFileContents = text(await lock);
  const loading = startFromImage(await scripts, { ...options, lockFileContents }, running, whenThere(image));
  loading.catch(() => {});
  await Promise.all([wasm, image]);
  return orLacking(async () => answering(await unlessMissed(loading, LIMIT_MS)));
}

/**
 * @param {Manifest["pyodide"]} told
 * @param {File} main the lean Pyodide, or the whole one
 * @returns {Promise<Answers>}
 */
async function startFromFiles(told, main) {
  const { wasm, files, options, scripts } = ask(told, main, told.lock, told.stdlib, told.package);
  const [module, lock, stdlib, zip] = await Promise.all([wasm, ...files]);
  const { loadPyodide, createPyodideModule } = await scripts;
  running = serve(Promise.resolve(module), { [options.stdLibURL]: stdlib });
  return orLacking(async () => {
    const python = await unlessMissed(loadPyodide({ ...options, createPyodideModule, lockFileContents: text(lock) }));
    python.FS.writeFile(PACKAGE, new Uint8Array(zip));
    python.runPython(`import sys\nsys.path.append("${PACKAGE}")`);
    serve(Promise.resolve(module)); // what was unpacked need not be held twice
    return answering(python);
  });
}

/**
 * @param {any} python
 * @returns {Answers}
 */
function answering(python) {
  const { answer } = python.pyimport("interactive.browser");
  return (request) => answer(request); // a promise would look into Python's own for a "then"
}

/**
 * What goes wrong when all files are there is no fault of the line.
 * @template T
 * @param {() => Promise<T>} start
 * @returns {Promise<T>}
 */
async function orLacking(start) {
  try {
    return await start();
  } catch (error) {
    throw way === "whole" ? error : new Lacking(String(error));
  }
}

/** @param {ArrayBuffer} bytes */
function text(bytes) {
  return new TextDecoder().decode(bytes);
}

/**
 * Ask for everything at once.
 * @param {Manifest["pyodide"]} told
 * @param {File} main
 * @param {...File} wanted
 */
function ask(told, main, ...wanted) {
  const indexURL = new URL(told.home, import.meta.url).href;
  const scripts = Promise.all([import(`${indexURL}${told.script}`), import(`${indexURL}${told.module}`)]).then(
    ([{ loadPyodide }, { default: createPyodideModule }]) => ({ loadPyodide, createPyodideModule }),
  );
  scripts.catch(() => {});
  const wasm = fetchCompiled(indexURL, main, count);
  wasm.catch(() => {}); // who waits for another file first is told of that
  const files = wanted.map((file) => fetchWhole(indexURL, file, count));
  for (const file of files) file.catch(() => {});
  return { scripts, wasm, files, options: { indexURL, stdLibURL: `${indexURL}stdlib.zip` } };
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
let toldAt = 0;

/**
 * Add up what has come, and tell of it now and then.
 * @param {number} bytes
 */
function count(bytes) {
  arrived += bytes;
  if (performance.now() - toldAt < BEAT_MS) return;
  toldAt = performance.now();
  self.postMessage({ arrived });
}

/**
 * A start that fails half-way never ends by itself.
 * @template T
 * @param {Promise<T>} start
 * @param {number} [limit] [ms]
 * @returns {Promise<T>}
 */
function unlessMissed(start, limit = Infinity) {
  const end = performance.now() + limit;
  let watch = 0;
  const hangs = new Promise((_, fail) => {
    watch = setInterval(() => (missed() || performance.now() > end) && fail(new Error("the start hangs")), BEAT_MS);
  });
  return /** @type {Promise<T>} */ (Promise.race([start, hangs])).finally(() => clearInterval(watch));
}

/**
 * @param {Manifest["pyodide"]} told
 * @returns {Promise<Answers>}
 */
function start(told) {
  if (way === "image") return goOnFromImage(told);
  return startFromFiles(told, way === "whole" && told.whole ? told.whole : told.wasm);
}

self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) {
    ({ way } = data);
    return begin(start(data.manifest.pyodide));
  }
  const { id, request } = data;
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    // a fault of the widget's own, or of the image, which Python from its files does not have
    say(way === "image" ? { lacking: String(error) } : { id, crash: String(error) });
  }
});
