// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash}.

/** @typedef {{pyodide: string, lock: string, wheel: string}} Manifest */
/** @typedef {{id: number, request: string}} Question */
/** @typedef {{id: number, reply: string} | {id: number, crash: string}} Answer */

/** @returns {Promise<(request: string) => string>} */
async function startPython() {
  const manifestUrl = new URL("manifest.json", import.meta.url);
  const found = await fetch(manifestUrl);
  if (!found.ok) throw new Error(`${manifestUrl.pathname}: ${found.status}`);
  /** @type {Manifest} */
  const manifest = await found.json();
  const home = new URL(manifest.pyodide, manifestUrl).href;
  const { loadPyodide } = await import(`${home}pyodide.mjs`);
  // the lock file carries the wheel's SHA-256, which Pyodide checks
  const python = await loadPyodide({ indexURL: home, lockFileURL: home + manifest.lock, packages: ["interactive"] });
  if (python.loadedPackages.interactive === undefined) throw new Error(`${manifest.wheel} did not load`);
  return python.pyimport("interactive.browser").answer;
}

/** @param {Answer} answer */
function say(answer) {
  self.postMessage(answer);
}

const starting = startPython();
// the first question hears of a failed start; without a question there is nobody to tell
starting.catch(() => {});

self.addEventListener("message", async (/** @type {MessageEvent<Question>} */ { data: { id, request } }) => {
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    say({ id, crash: String(error) });
  }
});
