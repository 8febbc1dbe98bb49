// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// says {started} or {failed} once, and before it {arrived}: the bytes that have come so far. Says {missed} where a function
// was called that the lean Pyodide lacks: then it has said nothing wrong, and can say nothing more.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";
import { forgetImage, keptImage, takeImage, trustImage } from "./kept-image.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {(request: string) => string} Answers */

/** Long enough for the slowest start from an image; a start that takes longer hangs [ms]. */
const IMAGE_LIMIT_MS = 8_000;

/** Where our package lies in Python's own file system: imported from the zip as it is. */
const PACKAGE = "/lib/interactive.zip";

/** How often a reader is told how much has come [ms]. */
const BEAT_MS = 100;

/** @type {(start: Promise<Answers>) => void} */
let begin;
/** @type {Promise<Answers>} */
const starting = new Promise((resolve) => (begin = resolve));
let missed = () => 0;
starting.then(
  () => say({ started: true }),
  (error) => say({ failed: String(error) }),
);

/** @param {object} message */
function say(message) {
  self.postMessage(missed() ? { missed: missed() } : message);
}

/**
 * @param {Manifest} manifest
 * @param {import("./fetch-whole.js").File} [whole] Pyodide as it is, in place of the lean one
 * @returns {Promise<Answers>}
 */
async function startPython(manifest, whole) {
  const told = manifest.pyodide;
  const home = new URL(told.home, import.meta.url).href;
  const count = counter();
  const kept = whole ? undefined : keptImage(told);
  const script = import(`${home}${told.script}`);
  void import(`${home}${told.module}`).catch(() => {}); // Pyodide asks for it later; now it comes along with the rest
  const always = Promise.all([fetchCompiled(home, whole ?? told.wasm, count), fetchWhole(home, told.package, count)]);
  always.catch(() => {});
  const image = await kept;
  const others = () => Promise.all([told.stdlib, told.lock].map((file) => fetchWhole(home, file, count)));
  const rest = image ? undefined : others();
  rest?.catch(() => {});
  const { loadPyodide } = await script;
  const stdLibURL = new URL(told.stdlib.name, home).href;
  if (image) {
    const [module, zip] = await always;
    missed = serve(module); // every module that is needed is in the image, so that the standard library stays where it is
    try {
      const loading = loadPyodide({ indexURL: home, stdLibURL, lockFileContents: image.lock, _loadSnapshot: image.memory });
      const python = await withinLimit(unlessMissed(loading));
      python.FS.writeFile(PACKAGE, new Uint8Array(zip));
      const answer = python.pyimport("interactive.browser").answer;
      if (image.trusted) return answer;
      if (answer(image.question) === image.reply) {
        void trustImage(told);
        return answer;
      }
    } catch {
      // then Python starts from its files, as at a first visit
    }
    await forgetImage();
  }
  const [[module, zip], [stdlib, lock]] = await Promise.all([always, rest ?? others()]);
  missed = serve(module, { [stdLibURL]: stdlib });
  const lockFileContents = new TextDecoder().decode(lock);
  const python = await unlessMissed(loadPyodide({ indexURL: home, stdLibURL, lockFileContents, _makeSnapshot: true }));
  python.FS.writeFile(PACKAGE, new Uint8Array(zip));
  python.runPython(`import sys\nsys.path.append("${PACKAGE}")`);
  const answer = python.pyimport("interactive.browser").answer;
  serve(module); // what was unpacked need not be held twice
  return whole ? answer : keepingImage(python, answer, manifest, lockFileContents);
}

/**
 * Take an image before the first question goes in: nothing that a reader enters may ever be kept in it.
 * @param {any} python
 * @param {Answers} answer
 * @param {Manifest} manifest
 * @param {string} lock
 * @returns {Answers}
 */
function keepingImage(python, answer, manifest, lock) {
  let taken = false;
  return (request) => {
    if (taken) return answer(request);
    taken = true;
    try {
      python.pyimport("interactive.browser").prepare(request); // the next visit may ask the same widget
      const keep = takeImage(python, manifest.pyodide);
      const { question } = manifest;
      setTimeout(() => keep?.({ question, reply: answer(question), lock }).catch(() => {}));
    } catch {
      // then the next visit starts as this one did
    }
    return answer(request);
  };
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
function unlessMissed(start) {
  let watch = 0;
  const lacking = new Promise((_, fail) => {
    watch = setInterval(() => missed() && fail(new Error(`function ${missed() - 1} is missing`)), BEAT_MS);
  });
  return /** @type {Promise<T>} */ (Promise.race([start, lacking])).finally(() => clearInterval(watch));
}

/**
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
function withinLimit(work) {
  const hung = new Promise((_, fail) => setTimeout(() => fail(new Error("hangs")), IMAGE_LIMIT_MS));
  return /** @type {Promise<T>} */ (Promise.race([work, hung]));
}

self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) return begin(startPython(data.manifest, data.whole));
  const { id, request } = data;
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    say({ id, crash: String(error) });
  }
});
