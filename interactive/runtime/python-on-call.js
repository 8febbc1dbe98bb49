// @ts-check
// What a page knows of Python before it is there: how to call it, what it may say, and why it may fail.
// The client itself comes with the first touch, unless the page has fetched it early.

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

/**
 * @returns {Promise<typeof import("./python-client.js")>} rejects with PythonNotStarted where it cannot be had
 */
export async function client() {
  try {
    return await import("./python-client.js");
  } catch (error) {
    throw new PythonNotStarted(String(error));
  }
}
