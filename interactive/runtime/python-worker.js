// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// says {started} or {failed} once, and before it {arrived}: the bytes that have come so far. Says {lacking} where the image
// and the lean Pyodide cannot do what is asked: then it has said nothing wrong, and can say nothing more.
// Its name says what to start from: a message would wait until the page has painted. Where that is the image, the page
// fetches {image} and {module}, as the page has little to do meanwhile.

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

/** @type {{way: Way, pyodide: Manifest["pyodide"]}} */
const { way, pyodide } = JSON.parse(self.name);
const HOME = new URL(pyodide.home, import.meta.url).href;

/** @type {(image: ArrayBuffer) => void} */
let goOnFrom;
/** @type {Promise<ArrayBuffer>} */
const imageToCome = new Promise((resolve) => (goOnFrom = resolve));
/** @type {(module: WebAssembly.Module) => void} */
let runIn;
/** @type {Promise<WebAssembly.Module>} */
const moduleToCome = new Promise((resolve) => (runIn = resolve));
/** @type {() => WebAssembly.Exports | undefined} */
let running = () => undefined;

/** The image or the lean Pyodide cannot do it. */
class Lacking extends Error {}

/** The number of a function that was called and that the lean Pyodide lacks, counted from 1. */
const missed = () => /** @type {WebAssembly.Global | undefined} */ (running()?.missed)?.value ?? 0;

/** @param {object} message */
function say(message) {
  self.postMessage(missed() ? { lacking: `function ${missed() - 1}` } : message);
}

/** @returns {Promise<Answers>} */
async function goOnFromImage() {
  const { files, options, scripts } = ask(pyodide.lock);
  const [lock] = files;
  running = serve(moduleToCome);
  const lockFileContents = text(await lock);
  const loading = startFromImage(await scripts, { ...options, lockFileContents }, running, imageToCome);
  loading.catch(() => {});
  await Promise.all([moduleToCome, imageToCome]);
  return orLacking(async () => answering(await unlessMissed(loading, LIMIT_MS)));
}

/**
 * @param {File} main the lean Pyodide, or the whole one
 * @returns {Promise<Answers>}
 */
async function startFromFiles(main) {
  const wasm = fetchCompiled(HOME, main, count);
  wasm.catch(() => {}); // who waits for another file first is told of that
  const { files, options, scripts } = ask(pyodide.lock, pyodide.stdlib, pyodide.package);
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
 * @param {...File} wanted
 */
function ask(...wanted) {
  const scripts = Promise.all([import(HOME + pyodide.script), import(HOME + pyodide.module)]).then(
    ([{ loadPyodide }, { default: createPyodideModule }]) => ({ loadPyodide, createPyodideModule }),
  );
  scripts.catch(() => {});
  const files = wanted.map((file) => fetchWhole(HOME, file, count));
  for (const file of files) file.catch(() => {});
  return { scripts, files, options: { indexURL: HOME, stdLibURL: `${HOME}stdlib.zip` } };
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

const whole = way === "whole" && pyodide.whole;
const starting = way === "image" ? goOnFromImage() : startFromFiles(whole || pyodide.wasm);
starting.then(
  () => say({ started: true }),
  (error) => say(error instanceof Lacking ? { lacking: error.message } : { failed: String(error) }),
);

self.addEventListener("message", async ({ data }) => {
  if ("image" in data) return goOnFrom(data.image);
  if ("module" in data) return runIn(data.module);
  const { id, request } = data;
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    // a fault of the widget's own, or of the image, which Python from its files does not have
    say(way === "image" ? { lacking: String(error) } : { id, crash: String(error) });
  }
});
