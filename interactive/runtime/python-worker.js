// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// says {started} or {failed} once, and before it {arrived}: the bytes that have come so far. Says {lacking} where the image
// and the lean Pyodide cannot do what is asked: then it has said nothing wrong, and can say nothing more.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";
import { keepDevicesWay, openedImage } from "./python-image.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {(request: string) => string} Answers */

/** Long enough for the slowest start from the image; a start that takes longer hangs [ms]. */
const LIMIT_MS = 20_000;

/** What Python says where it lacks a file: the image has none. */
const LACKS_FILE = /\b(ImportError|ModuleNotFoundError)\b/;

/** Where our package lies in Python's own file system: imported from the zip as it is. */
const PACKAGE = "/lib/interactive.zip";

/** How often a reader is told how much has come [ms]. */
const BEAT_MS = 100;

/** @type {(start: Promise<Answers>) => void} */
let begin;
/** @type {Promise<Answers>} */
const starting = new Promise((resolve) => (begin = resolve));
/** The number of a function that was called and that the lean Pyodide lacks. */
let missed = () => 0;
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
 * @param {boolean} whole start Pyodide as it is from its files, as nothing else will do
 * @returns {Promise<Answers>}
 */
async function startPython({ pyodide: told, proof }, whole) {
  const home = new URL(told.home, import.meta.url).href;
  const script = import(`${home}${told.script}`);
  void import(`${home}${told.module}`).catch(() => {}); // Pyodide asks for it later; now it comes along with the rest
  const count = counter();
  /** @type {<T>(fetching: Promise<T>) => Promise<T>} */
  const coming = (fetching) => (fetching.catch(() => {}), fetching); // who waits for another file first is told of that one
  const wasm = coming(fetchCompiled(home, whole ? told.whole : told.wasm, count));
  const files = coming(Promise.all((whole ? [told.lock, told.stdlib, told.package] : [told.lock, told.image]).map((file) => fetchWhole(home, file, count))));
  const { loadPyodide } = await script;
  const [lock, first, zip] = await files;
  const options = { indexURL: home, stdLibURL: new URL(told.stdlib.name, home).href, lockFileContents: new TextDecoder().decode(lock) };
  if (whole) {
    serve(await wasm, { files: { [options.stdLibURL]: first } });
    const python = await loadPyodide(options);
    python.FS.writeFile(PACKAGE, new Uint8Array(zip));
    python.runPython(`import sys\nsys.path.append("${PACKAGE}")`);
    serve(await wasm); // what was unpacked need not be held twice
    return python.pyimport("interactive.browser").answer;
  }
  const module = await wasm;
  try {
    const { snapshot, complete } = openedImage(first);
    /** @type {WebAssembly.Exports} */
    let exports;
    missed = serve(module, { begun: (instance) => complete((exports = instance.exports)) });
    const fsInit = () => keepDevicesWay(snapshot, exports);
    const python = await inTime(loadPyodide({ ...options, fsInit, _loadSnapshot: snapshot }));
    const answer = python.pyimport("interactive.browser").answer;
    if (answer(proof.question) !== proof.reply) throw new Error("the image answers otherwise");
    return (request) => answer(request); // a promise would look into Python's own for a "then"
  } catch (error) {
    throw new Lacking(String(error));
  }
}

/** @returns {(bytes: number) => void} adds up what has come, and tells of it now and then */
function counter() {
  let arrived = 0;
  let told = 0;
  return (bytes) => {
    arrived += bytes;
    if (performance.now() - told < BEAT_MS) return;
    told = performance.now();
    self.postMessage({ arrived });
  };
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

let fromImage = true;
self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) {
    fromImage = !data.whole;
    return begin(startPython(data.manifest, data.whole));
  }
  const { id, request } = data;
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    say(fromImage && LACKS_FILE.test(String(error)) ? { lacking: String(error) } : { id, crash: String(error) });
  }
});
