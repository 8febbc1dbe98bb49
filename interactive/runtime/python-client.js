// @ts-check
// Turns a question into a promise. One Python serves every widget of a page and outlives navigation; until it is
// there, the starter answers what it can. Both run in workers of their own, so that neither waits for the other.
// The page itself fetches what the starter needs, at once, while its worker is still being made.

import { fetchCompiled, fetchWhole } from "./fetch-whole.js";

/** @typedef {import("./fetch-whole.js").File} File */
/**
 * @typedef {object} Manifest what the build says of the files beside this one
 * @property {{home: string, key: string, script: string, module: string, wasm: File, stdlib: File, lock: File, package: File, megabytes: number}} pyodide
 * @property {{home: string, script: string, wasm: File, source: File, widgets: string[]}} starter
 * @property {string} question a question that an image of Python has to answer as before
 */
/** @typedef {"starter" | "pyodide"} EngineName */
/** @typedef {{state: "live", html: string} | {state: "refused" | "invalid", sentence: string}} Said */
/** @typedef {Said & {engine: EngineName}} Reply */
/** @typedef {import("./fragment.js").Inputs} Inputs */
/** @typedef {{widget: string, inputs: Inputs, before?: Inputs, words?: Record<string, string>}} Question */
/** @typedef {{widget: string, request: string, settle: (reply: Reply) => void, fail: (error: Error) => void, declined: boolean}} Waiting */
/** @typedef {ReturnType<typeof setTimeout>} Limit */

/** Longer than any answer takes on a slow phone [ms]; whoever needs more is caught in a loop. */
const LIMIT_MS = 10_000;

/** Python that could not start is tried again at the first question after this [ms], if the starter answers. */
const REST_MS = 30_000;

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

/** A worker that answers: it is fetched, then it starts, then it runs. */
class Engine {
  runs = false;
  /** @type {Map<number, Limit | undefined>} */
  #asked = new Map();
  #worker;
  #onStop;

  /**
   * @param {EngineName} name
   * @param {Promise<[object, Transferable[]]>} parts what the worker gets to begin with, and what of it moves there
   * @param {(data: any) => void} onMessage
   * @param {(why: string) => void} onStop
   */
  constructor(name, parts, onMessage, onStop) {
    this.name = name;
    this.#onStop = onStop;
    const file = name === "starter" ? "starter-worker.js" : "python-worker.js";
    this.#worker = new Worker(new URL(file, import.meta.url), { type: "module" });
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
    parts.then(
      ([message, moved]) => this.#worker.postMessage(message, moved),
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
    if (!this.#worker.onmessage) return; // it has been stopped already
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    for (const id of this.#asked.keys()) this.#forget(id);
    this.#onStop(why);
  }

  #limit() {
    return setTimeout(() => this.stop(`no answer after ${LIMIT_MS} ms`), LIMIT_MS);
  }

  /** @param {number} id */
  #forget(id) {
    clearTimeout(this.#asked.get(id));
    this.#asked.delete(id);
  }
}

/** @type {Promise<Manifest> | undefined} */
let manifest;
/** @type {Engine | undefined} */
let starter;
/** @type {Engine | undefined} */
let python;
let starterFailed = false;
let allowed = false;
let pythonFailedAt = -Infinity;
let lastId = 0;
/** @type {Map<number, Waiting>} */
const waiting = new Map();

/**
 * Ask Python. The first question starts it.
 * @param {Question} question
 * @returns {Promise<Reply>} rejects with PythonNotStarted, PythonStopped or PythonCrashed
 */
export async function ask(question) {
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
 * What the build says of the runtime's files; asked for once, and again if it could not be had.
 * @returns {Promise<Manifest>}
 */
export function described() {
  manifest ??= fetch(new URL("manifest.json", import.meta.url))
    .then((found) => (found.ok ? found.json() : Promise.reject(found.status)))
    .catch((error) => {
      manifest = undefined;
      throw new PythonNotStarted(`manifest.json: ${error}`);
    });
  return manifest;
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
 * Fetch what the first answer needs, because a reader is about to touch a control. On a good line only.
 * @param {string} widget
 */
export async function warmUp(widget) {
  if (line().effectiveType !== "4g" || !mayDownload() || typeof WebAssembly === "undefined") return;
  const told = await described().catch(() => undefined);
  if (!told || python || starter) return;
  if (told.starter.widgets.includes(widget) && starterMay(told, { widget, declined: false })) startStarter(told);
  else startPython(told);
}

/** The reader has agreed to the download. */
export function allow() {
  allowed = true;
}

/** @returns {{saveData?: boolean, effectiveType?: string, type?: string}} what the browser says of its line */
function line() {
  return /** @type {any} */ (navigator).connection ?? {};
}

/** Readers who save data, and those on lines that are slow or paid by the byte, are asked first. */
function mayDownload() {
  const { saveData, effectiveType = "", type } = line();
  return allowed || !(saveData || effectiveType.endsWith("2g") || type === "cellular");
}

/**
 * @param {Manifest} told
 * @param {Pick<Waiting, "widget" | "declined">} asked
 */
function starterMay(told, asked) {
  if (starterFailed || asked.declined || !told.starter.widgets.includes(asked.widget)) return false;
  // for measuring and for tests
  return new URLSearchParams(location.search).get("engine") !== "pyodide";
}

/** @param {Manifest} told */
function startStarter(told) {
  if (starter) return starter;
  const { home: folder, script, wasm, source } = told.starter;
  const home = new URL(folder, import.meta.url).href;
  // the script goes into the browser's cache, where the worker's import finds it
  const early = fetch(home + script).then((found) => found.arrayBuffer(), () => {});
  const parts = Promise.all([fetchCompiled(home, wasm), fetchWhole(home, source), early]);
  const message = parts.then(([module, text]) => {
    return /** @type {[object, Transferable[]]} */ ([{ module, text, home, script, wasm: wasm.name }, [text]]);
  });
  return (starter = new Engine("starter", message, hearStarter(told), () => loseStarter(told)));
}

/** @param {Manifest} told */
function startPython(told) {
  if (python) return;
  const { wasm, package: ours, stdlib, lock } = told.pyodide;
  const whole = wasm.bytes + stdlib.bytes + lock.bytes + ours.bytes;
  // its wasm is compiled where it runs: compiled in the page and handed on, it takes a third more memory
  const parts = Promise.resolve(/** @type {[object, Transferable[]]} */ ([{ manifest: told }, []]));
  python = new Engine("pyodide", parts, (data) => hearPython(data, whole), losePython);
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
  for (const id of [...waiting.keys()]) pass(told, id);
}

/**
 * @param {any} data
 * @param {number} whole how many bytes will have come in the end
 */
function hearPython(data, whole) {
  if ("arrived" in data) {
    news.dispatchEvent(new CustomEvent("progress", { detail: data.arrived / whole }));
  } else if (data.started) {
    for (const [id, asked] of waiting) python?.ask(id, asked.request);
    starter?.stop("Python has taken over");
    news.dispatchEvent(new Event("ready"));
  } else if ("failed" in data) {
    python?.stop(data.failed);
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
  if (!ran) pythonFailedAt = performance.now();
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
