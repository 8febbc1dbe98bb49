// @ts-check
// Answers in the background until Pyodide does: small, quick to come, and byte for byte the same.
// Speaks as python-worker.js does, and says {fetched} once nothing more is on its way.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";
import { startStarter } from "./starter.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */

/** @type {(start: Promise<(request: string) => string>) => void} */
let begin;
/** @type {Promise<(request: string) => string>} */
const starting = new Promise((resolve) => (begin = resolve));
starting.then(
  () => self.postMessage({ started: true }),
  (error) => self.postMessage({ failed: String(error) }),
);

/** @param {Manifest["starter"]} told */
async function start({ home: folder, script, wasm, source }) {
  const home = new URL(folder, import.meta.url).href;
  const [module, text, { loadMicroPython }] = await Promise.all([
    fetchCompiled(home, wasm),
    fetchWhole(home, source),
    import(home + script),
  ]);
  self.postMessage({ fetched: true });
  serve(module);
  return startStarter(loadMicroPython, home + wasm.name, JSON.parse(new TextDecoder().decode(text)));
}

self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) return begin(start(data.manifest.starter));
  const { id, request } = data;
  try {
    const answer = await starting;
    self.postMessage({ id, reply: answer(request) });
  } catch (error) {
    self.postMessage({ id, crash: String(error) });
  }
});
