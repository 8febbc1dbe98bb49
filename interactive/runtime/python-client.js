// @ts-check
// Turns a question into a promise. One worker serves every widget of a page and outlives navigation.

/** @typedef {{state: "live", html: string} | {state: "refused", sentence: string}} Reply */
/** @typedef {{widget: string, inputs: Record<string, number | string | boolean>}} Question */
/** @typedef {{settle: (reply: Reply) => void, fail: (error: Error) => void}} Waiting */

/** Python could not be started, or stopped: a new start may work. */
export class PythonStopped extends Error {}

/** Python runs, but has no answer to this question. */
export class PythonCrashed extends Error {}

/** @type {Worker | undefined} */
let worker;
/** Python has answered at least once. */
let runs = false;
let lastId = 0;
/** @type {Map<number, Waiting>} */
const waiting = new Map();

/**
 * Ask Python. The first question starts it.
 * @param {Question} question
 * @returns {Promise<Reply>} rejects with PythonStopped or PythonCrashed
 */
export function ask(question) {
  return new Promise((settle, fail) => {
    lastId += 1;
    waiting.set(lastId, { settle, fail });
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
  const asked = waiting.get(answer.id);
  waiting.delete(answer.id);
  if ("reply" in answer) {
    runs = true;
    asked?.settle(JSON.parse(answer.reply));
  } else if (runs) {
    asked?.fail(new PythonCrashed(answer.crash));
  } else {
    asked?.fail(new PythonStopped(answer.crash));
    stop(answer.crash);
  }
}

/**
 * Forget the worker, so that the next question starts a new one.
 * @param {string} why
 */
function stop(why) {
  worker?.terminate();
  worker = undefined;
  runs = false;
  for (const { fail } of waiting.values()) fail(new PythonStopped(why));
  waiting.clear();
}
