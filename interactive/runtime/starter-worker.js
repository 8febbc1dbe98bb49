// @ts-check
// Answers in the background until Pyodide does: small, quick to come, and byte for byte the same.
// Speaks as python-worker.js does, and says {fetched} once nothing more of it is on its way.

import { serve } from "./fetch-whole.js";
import { startStarter } from "./starter.js";

/** @typedef {{module: WebAssembly.Module, text: ArrayBuffer, home: string, script: string, wasm: string}} Parts */

/** @type {(start: Promise<(request: string) => string>) => void} */
let begin;
/** @type {Promise<(request: string) => string>} */
const starting = new Promise((resolve) => (begin = resolve));
starting.then(
  () => self.postMessage({ started: true }),
  (error) => self.postMessage({ failed: String(error) }),
);

/** @param {Parts} parts */
async function start({ module, text, home, script, wasm }) {
  const { loadMicroPython } = await import(home + script);
  self.postMessage({ fetched: true });
  serve(Promise.resolve(module));
  return startStarter(loadMicroPython, home + wasm, JSON.parse(new TextDecoder().decode(text)));
}

self.addEventListener("message", async ({ data }) => {
  if ("module" in data) return begin(start(data));
  const { id, request } = data;
  try {
    const answer = await starting;
    self.postMessage({ id, reply: answer(request) });
  } catch (error) {
    self.postMessage({ id, crash: String(error) });
  }
});
