// @ts-check
// Turns a question into a promise. One Python serves every widget of a page and outlives navigation; until it is
// there, the starter answers what it can, and before it the answer book. Both Pythons run in workers of their own, so
// that neither waits for the other.
// The page itself fetches what the starter needs, at once, while its worker is still being made.

import { bookOf, isHere } from "./answer-book.js";
import { fetchCompiled, fetchWhole } from "./fetch-whole.js";
import { changes } from "./fragment.js";

/** @typedef {import("./fetch-whole.js").File} File */
/**
 * @typedef {object} Manifest what the build says of the files beside this one
 * @property {{worker: string, home: string, script: string, module: string, wasm: File, image: File, lock: File, stdlib: File, package: File, whole?: File, megabytes: number, fewer_megabytes: number}} pyodide
 *   `fewer_megabytes` come where Python starts from its files. A course system's package has neither `whole` nor `stdlib` and `package`
 * @property {{worker: string, home: string, script: string, wasm: File, source: File, widgets: string[]}} starter
 */
/** @typedef {"starter" | "pyodide"} EngineName */
/** @typedef {"image" | "files" | "whole"} Way how Pyodide starts: the lean one, or the whole one from its files */
/** @typedef {{file: File, start: Inputs}} BookOf a widget's answer book, which starts from these values */
/** @typedef {{state: "live", html: string} | {state: "refused" | "invalid", sentence: string}} Said */
/** @typedef {Said & {engine: EngineName | "book"}} Reply */
/** @typedef {import("./fragment.js").Inputs} Inputs */
/** @typedef {{widget: string, inputs: Inputs, before?: Inputs, words?: Record<string, string>}} Question */
/** @typedef {{widget: string, request: string, settle: (reply: Reply) => void, fail: (error: Error) => void, declined: boolean}} Waiting */
/** @typedef {ReturnType<typeof setInterval>} Limit */

const HERE = import.meta.url;

/** @type {Manifest | undefined} what the build has put into this script */
let known = /** @type {any} */ (import.meta).manifest;

/** Python could not be started: a new start may work. */
export class PythonNotStarted extends Error {}

/** Python ran and was stopped, because it took too long or broke down: a new start may work. */
export class PythonStopped extends Error {}

/** Python runs, but has no answer to this question. */
export class PythonCrashed extends Error {}

/** Only the large Python could answer, and the reader pays for every byte: they are asked first, then `allow()`. */
export class PythonNotAllowed extends Error {}

/** Says "progress" (`detail` is the part that has come) while Python is fetched; "ready" when it runs or will not. */
export const news = new EventTarget();

/** Longer than any answer takes on a slow phone [beats]; whoever needs more is caught in a loop. */
const LIMIT = 10;

/** Time is counted in beats, of which a device that sleeps misses all but one [ms]. */
const BEAT_MS = 1000;

/** Python that could not start is tried again at the first question after this [ms], if the starter answers. */
const REST_MS = 30_000;

/** A worker that answers: it is fetched, then it starts, then it runs. */
class Engine {
  runs = false;
  /** @type {Map<number, Limit | undefined>} */
  #asked = new Map();
  #worker;
  #onStop;

  /**
   * @param {string} worker its script
   * @param {string} name what the worker is told to begin with
   * @param {(data: any) => void} onMessage
   * @param {(why: string) => void} onStop
   */
  constructor(worker, name, onMessage, onStop) {
    this.#onStop = onStop;
    this.#worker = workerOf(new URL(worker, HERE).href, name);
    this.#worker.onmessage = ({ data }) => {
      if (data.started) {
        this.runs = true;
        for (const id of this.#asked.keys()) this.#asked.set(id, this.#limit());
      }
      if ("id" in data) this.#forget(data.id);
      onMessage(data);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.stop(event.message || "the worker could not be loaded");
    };
  }

  /**
   * Give the worker what it cannot do without.
   * @template T
   * @param {Promise<T>} part
   * @param {(part: T) => [object, Transferable[]]} told the message, and what of it moves there
   */
  give(part, told) {
    part.then(
      (found) => this.#worker.postMessage(...told(found)),
      (error) => this.stop(String(error)),
    );
  }

  /**
   * @param {number} id
   * @param {string} request
   */
  ask(id, request) {
    this.#asked.set(id, this.runs ? this.#limit() : undefined);
    this.#worker.postMessage({ id, request });
  }

  /** @param {string} why */
  stop(why) {
    if (this.end()) this.#onStop(why);
  }

  /** @returns {boolean} whether it had not been ended already */
  end() {
    if (!this.#worker.onmessage) return false;
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    for (const id of this.#asked.keys()) this.#forget(id);
    return true;
  }

  #limit() {
    let beats = 0;
    return setInterval(() => {
      beats += 1;
      if (beats === LIMIT) this.stop(`no answer after ${LIMIT} s`);
    }, BEAT_MS);
  }

  /** @param {number} id */
  #forget(id) {
    clearInterval(this.#asked.get(id));
    this.#asked.delete(id);
  }
}

/**
 * Most pages start a worker from its address. In two kinds of page that fails, and a worker starts only from a text that
 * imports the address: in a frame that its host keeps in a sandbox without an origin, in all engines, as a data: address;
 * and in a page shown from a saved copy, in Firefox 153, as a blob. What is said to it before must wait until it listens.
 * @param {string} address
 * @param {string} name
 * @returns {Worker}
 */
function workerOf(address, name) {
  const sandboxed = self.origin === "null";
  if (!sandboxed && !(navigator.userAgent.includes("Firefox/") && fromCopy())) return new Worker(address, { type: "module", name });
  const text = `const early = [];
const hold = (event) => early.push(event);
addEventListener("message", hold);
import(${JSON.stringify(address)}).then(() => {
  removeEventListener("message", hold);
  for (const { data } of early) dispatchEvent(new MessageEvent("message", { data }));
}, (error) => postMessage({ failed: String(error) }));`;
  const type = "text/javascript";
  const from = sandboxed ? `data:${type},${encodeURIComponent(text)}` : URL.createObjectURL(new Blob([text], { type }));
  return new Worker(from, { type: "module", name });
}

/** @type {Promise<Manifest> | undefined} */
let manifest;
/** @type {Engine | undefined} */
let starter;
/** @type {Engine | undefined} */
let python;
let starterFailed = false;
/** The image or the lean Pyodide lacked something: since then the whole one answers. */
let needsWhole = false;
let allowed = false;
/** A reader has asked something, and not only the address of the page. */
let touched = false;
let pythonFailedAt = -Infinity;
let lastId = 0;
/** @type {Map<number, Waiting>} */
const waiting = new Map();

/**
 * Ask Python. A reader's first question starts it; before that there is only the starter.
 * @param {Question} question
 * @param {BookOf} [book]
 * @param {boolean} [byReader]
 * @returns {Promise<Reply>} rejects with PythonNotStarted, PythonStopped, PythonCrashed or PythonNotAllowed
 */
export async function ask(question, book, byReader = true) {
  touched ||= byReader;
  const known = book && (await fromBook(book, question));
  if (known) {
    void warmUp(question.widget).catch(() => {}); // what the book lacks is asked next; on a narrow line the book came first
    return { ...JSON.parse(known), engine: "book" };
  }
  if (typeof WebAssembly === "undefined") throw new PythonNotStarted("this browser has no WebAssembly");
  const told = await described();
  return new Promise((settle, fail) => {
    lastId += 1;
    const request = JSON.stringify(question);
    waiting.set(lastId, { widget: question.widget, request, settle, fail, declined: false });
    try {
      pass(told, lastId);
    } catch (error) {
      failAll(new PythonNotStarted(String(error)));
    }
  });
}

/**
 * @param {BookOf} book
 * @param {Question} question
 * @returns {Promise<string | undefined>} Python's reply; nothing where a Python runs already, or the book does not know
 */
async function fromBook({ file, start }, { inputs, before }) {
  const changed = changes(inputs, start);
  if (python?.runs || before || changed.length > 1 || onlyPython()) return undefined;
  if (starter?.runs && !isHere(file)) return undefined; // the one that is here answers first
  try {
    return (await bookOf(file)).reply(changed, start);
  } catch {
    return undefined; // then Python is asked, as without a book
  }
}

/**
 * What the build says of the runtime's files; asked for once, and again if it could not be had.
 * @returns {Promise<Manifest>}
 */
export function described() {
  manifest ??= known ? Promise.resolve(known) : fetchedManifest();
  return manifest;
}

/** @returns {Promise<Manifest>} */
function fetchedManifest() {
  return fetch(new URL("manifest.json", HERE))
    .then((found) => (found.ok ? found.json() : Promise.reject(found.status)))
    .catch((error) => {
      manifest = undefined;
      throw new PythonNotStarted(`manifest.json: ${error}`);
    });
}

/**
 * Hand a question to whoever can answer it first, and start who is missing.
 * @param {Manifest} told
 * @param {number} id
 */
function pass(told, id) {
  const asked = waiting.get(id);
  if (!asked) return;
  if (python?.runs) return python.ask(id, asked.request);
  if (starterMay(told, asked)) {
    startStarter(told).ask(id, asked.request);
    if (starter?.runs) startBeside(told);
  } else if (mayDownload()) {
    startPython(told);
  } else {
    waiting.delete(id);
    asked.fail(new PythonNotAllowed());
  }
}

/**
 * A reader is about to touch a control: fetch what answers first, and on a good line what answers next.
 * @param {string} widget
 * @param {File} [book]
 */
export function expect(widget, book) {
  const { saveData, effectiveType } = line();
  if (saveData) return;
  if (book && !python && !starter && !onlyPython()) void bookOf(book).catch(() => {});
  if (effectiveType !== "4g") return;
  touched = true;
  void warmUp(widget).catch(() => {});
}

/**
 * Start whoever answers what no book holds, as far as the reader need not be asked first.
 * @param {string} widget
 */
async function warmUp(widget) {
  if (typeof WebAssembly === "undefined") return;
  const told = await described();
  if (python || starter) return;
  if (starterMay(told, { widget, declined: false })) startStarter(told);
  else startBeside(told);
}

/** The reader has agreed to the download. */
export function allow() {
  allowed = true;
}

/** The page is shown from a copy that the reader has saved; where nothing has an origin, asking alone is an error. */
function fromCopy() {
  return self.origin !== "null" && Boolean(navigator.serviceWorker?.controller);
}

/** @returns {{saveData?: boolean, effectiveType?: string, type?: string}} what the browser says of its line */
function line() {
  return /** @type {any} */ (navigator).connection ?? {};
}

/** Readers who save data, and those on lines that are slow or paid by the byte, are asked first. */
function mayDownload() {
  const { saveData, effectiveType = "", type } = line();
  return allowed || (touched && !(saveData || effectiveType.endsWith("2g") || type === "cellular"));
}

/**
 * The image spares a phone seconds of work, and weighs a megabyte and a half more than Python's files.
 * @param {Manifest} told
 * @returns {Way}
 */
function wayToStart({ pyodide: { whole } }) {
  // in a course system's package there is nothing else; in a copy kept for the gym it is there already
  if (!whole || (fromCopy() && !needsWhole)) return "image";
  const { saveData, effectiveType = "4g", type } = line();
  const narrow = saveData || effectiveType !== "4g" || type === "cellular";
  return needsWhole ? "whole" : narrow ? "files" : "image";
}

/** @returns {Promise<number>} how much Python weighs on its way here, to the tenth [MB] */
export async function megabytesToCome() {
  const told = await described();
  const { megabytes, fewer_megabytes: fewer } = told.pyodide;
  return wayToStart(told) === "image" ? megabytes : fewer;
}

/**
 * @param {Manifest} told
 * @param {Pick<Waiting, "widget" | "declined">} asked
 */
function starterMay(told, asked) {
  return !starterFailed && !asked.declined && told.starter.widgets.includes(asked.widget) && !onlyPython();
}

/** For measuring and for tests: no early answers. */
function onlyPython() {
  return new URLSearchParams(location.search).get("engine") === "pyodide";
}

/** @param {Manifest} told */
function startStarter(told) {
  if (starter) return starter;
  const { home: folder, script, wasm, source } = told.starter;
  const home = new URL(folder, HERE).href;
  // the script goes into the browser's cache, where the worker's import finds it
  const early = fetch(home + script).then((found) => found.arrayBuffer(), () => {});
  const parts = Promise.all([fetchCompiled(home, wasm), fetchWhole(home, source), early]);
  starter = new Engine(told.starter.worker, "starter", hearStarter(told), () => loseStarter(told));
  starter.give(parts, ([module, text]) => [{ module, text, home, script, wasm: wasm.name }, [text]]);
  return starter;
}

/** @param {Manifest} told */
function startPython(told) {
  if (python) return;
  const way = wayToStart(told);
  const { wasm, image, lock, stdlib, package: ours, whole = wasm } = told.pyodide;
  const files = way === "image" ? [wasm, image, lock] : [way === "files" ? wasm : whole, stdlib, lock, ours];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const arrived = { here: 0, there: 0 };
  const tell = () => {
    const detail = (arrived.here + arrived.there) / bytes;
    news.dispatchEvent(new CustomEvent("progress", { detail }));
  };
  /** @param {any} data */
  const hear = (data) => {
    if (!("arrived" in data)) return hearPython(data, told);
    arrived.there = data.arrived;
    tell();
  };
  python = new Engine(told.pyodide.worker, JSON.stringify({ way, pyodide: told.pyodide }), hear, losePython);
  if (way !== "image") return;
  // the worker has its hands full, and the page has nothing else to do
  const home = new URL(told.pyodide.home, HERE).href;
  const count = (/** @type {number} */ more) => {
    arrived.here += more;
    tell();
  };
  python.give(fetchCompiled(home, wasm, count), (module) => [{ module }, []]);
  python.give(fetchWhole(home, image, count), (memory) => [{ image: memory }, [memory]]);
}

/**
 * Start Python while the starter answers: after it, so that on a narrow line the starter comes first.
 * @param {Manifest} told
 */
function startBeside(told) {
  if (mayDownload() && performance.now() - pythonFailedAt > REST_MS) startPython(told);
}

/**
 * @param {Manifest} told
 * @returns {(data: any) => void}
 */
function hearStarter(told) {
  return (data) => {
    if (data.fetched) startBeside(told);
    if (data.failed) starter?.stop(data.failed);
    if (!("id" in data)) return;
    if ("reply" in data) return settle(data, "starter");
    const asked = waiting.get(data.id);
    if (!asked) return;
    asked.declined = true; // the real Python may know better
    pass(told, data.id);
  };
}

/** @param {Manifest} told */
function loseStarter(told) {
  starter = undefined;
  starterFailed = !python?.runs;
  if (python?.runs) return;
  startBeside(told);
  for (const id of [...waiting.keys()]) pass(told, id);
}

/**
 * @param {any} data
 * @param {Manifest} told
 */
function hearPython(data, told) {
  if (data.started) {
    for (const [id, asked] of waiting) python?.ask(id, asked.request);
    starter?.stop("Python has taken over");
    news.dispatchEvent(new Event("ready"));
  } else if ("failed" in data) {
    python?.stop(data.failed);
  } else if ("lacking" in data) {
    if (!told.pyodide.whole) return python?.stop(data.lacking); // in a course system's package
    console.warn(`The whole Pyodide is fetched, as its lean copy cannot do: ${data.lacking}`);
    needsWhole = true;
    python?.end();
    python = undefined;
    startPython(told); // who waits is asked again when it has started
  } else if ("reply" in data) {
    settle(data, "pyodide");
  } else {
    waiting.get(data.id)?.fail(new PythonCrashed(data.crash));
    waiting.delete(data.id);
  }
}

/** @param {string} why */
function losePython(why) {
  const ran = python?.runs;
  python = undefined;
  starterFailed = false;
  if (!ran) {
    pythonFailedAt = performance.now();
    known = manifest = undefined; // a page may outlive the release that it is of
    needsWhole = false; // where it cannot be had, in a saved copy without a network, the lean one may answer the next question
  }
  news.dispatchEvent(new Event("ready")); // there is no progress to show any more
  // the starter may still answer what it was asked
  const lost = [...waiting].filter(([, asked]) => ran || !starter || asked.declined);
  for (const [id, asked] of lost) {
    waiting.delete(id);
    asked.fail(ran ? new PythonStopped(why) : new PythonNotStarted(why));
  }
}

/** @param {Error} error */
function failAll(error) {
  for (const asked of waiting.values()) asked.fail(error);
  waiting.clear();
}

/**
 * @param {{id: number, reply: string}} answer
 * @param {EngineName} engine
 */
function settle({ id, reply }, engine) {
  waiting.get(id)?.settle({ ...JSON.parse(reply), engine });
  waiting.delete(id);
}
