// @ts-check
// Turns a question into a promise. One worker serves every widget of a page and outlives navigation.

/** @typedef {{state: "live", html: string} | {state: "refused" | "invalid", sentence: string}} Reply */
/** @typedef {import("./fragment.js").Inputs} Inputs */
/** @typedef {{widget: string, inputs: Inputs, before?: Inputs}} Question */
/** @typedef {{settle: (reply: Reply) => void, fail: (error: Error) => void, limit?: Limit}} Waiting */
/** @typedef {ReturnType<typeof setTimeout>} Limit */

/** Longer than any answer takes on a slow phone [ms]; whoever needs more is caught in a loop. */
const LIMIT_MS = 10_000;

/** Python could not be started: a new start may work. */
export class PythonNotStarted extends Error {}

/** Python ran and was stopped, because it took too long or broke down: a new start may work. */
export class PythonStopped extends Error {}

/** Python runs, but has no answer to this question. */
export class PythonCrashed extends Error {}

/** @type {Worker | undefined} */
let worker;
/** Python is there; until then a question waits for a download, however long that takes. */
let runs = false;
let lastId = 0;
/** @type {Map<number, Waiting>} */
const waiting = new Map();

/**
 * Ask Python. The first question starts it.
 * @param {Question} question
 * @returns {Promise<Reply>} rejects with PythonNotStarted, PythonStopped or PythonCrashed
 */
export function ask(question) {
  return new Promise((settle, fail) => {
    lastId += 1;
    waiting.set(lastId, { settle, fail, limit: runs ? limit() : undefined });
    try {
      worker ??= start();
      worker.postMessage({ id: lastId, request: JSON.stringify(question) });
    } catch (error) {
      stop(String(error));
    }
  });
}

/** @returns {Worker} */
function start() {
  if (typeof WebAssembly === "undefined") throw new Error("this browser has no WebAssembly");
  const started = new Worker(new URL("python-worker.js", import.meta.url), { type: "module" });
  started.addEventListener("message", ({ data }) => hear(data));
  started.addEventListener("error", (event) => {
    event.preventDefault();
    if (started === worker) stop(event.message || "the worker could not be loaded");
  });
  return started;
}

/** @param {import("./python-worker.js").Answer} answer */
function hear(answer) {
  if ("started" in answer) {
    runs = true;
    for (const asked of waiting.values()) asked.limit = limit();
    return;
  }
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  clearTimeout(asked?.limit);
  if ("reply" in answer) {
    asked?.settle(JSON.parse(answer.reply));
  } else if (runs) {
    asked?.fail(new PythonCrashed(answer.crash));
  } else {
    asked?.fail(new PythonNotStarted(answer.crash));
    stop(answer.crash);
  }
}

/** @returns {Limit} */
function limit() {
  return setTimeout(() => stop(`no answer after ${LIMIT_MS} ms`), LIMIT_MS);
}

/**
 * Forget the worker, so that the next question starts a new one.
 * @param {string} why
 */
function stop(why) {
  const error = runs ? new PythonStopped(why) : new PythonNotStarted(why);
  worker?.terminate();
  worker = undefined;
  runs = false;
  for (const asked of waiting.values()) {
    clearTimeout(asked.limit);
    asked.fail(error);
  }
  waiting.clear();
}
