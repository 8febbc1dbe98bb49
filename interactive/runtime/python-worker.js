// @ts-check
// Runs Python in the background: text in, text out. Speaks {id, request} → {id, reply} or {id, crash},
// and says {started} once, when Python is there.

/** @typedef {{pyodide: string, lock: string, stdlib: string, integrity: Record<string, string>}} Manifest */
/** @typedef {{id: number, request: string}} Question */
/** @typedef {{started: true} | {id: number, reply: string} | {id: number, crash: string}} Answer */

/** @returns {Promise<(request: string) => string>} */
async function startPython() {
  const manifestUrl = new URL("manifest.json", import.meta.url);
  const found = await fetch(manifestUrl);
  if (!found.ok) throw new Error(`${manifestUrl.pathname}: ${found.status}`);
  /** @type {Manifest} */
  const manifest = await found.json();
  const home = new URL(manifest.pyodide, manifestUrl).href;
  const whole = fetchWhole(home, manifest.integrity);
  const { loadPyodide } = await import(`${home}pyodide.mjs`);
  // the lock file carries the wheel's SHA-256, which Pyodide checks
  const loading = loadPyodide({
    indexURL: home,
    stdLibURL: home + manifest.stdlib,
    lockFileURL: home + manifest.lock,
    packages: ["interactive"],
  });
  await Promise.all(whole);
  const python = await loading;
  return python.pyimport("interactive.browser").answer;
}

/**
 * Start fetching Pyodide's large files and let Pyodide's own fetch find them. Left to itself, Pyodide 314 waits
 * for ever when one of them is damaged or cut short.
 * @param {string} home
 * @param {Record<string, string>} integrity
 * @returns {Promise<Response>[]} one a file; rejects where it does not arrive whole
 */
function fetchWhole(home, integrity) {
  const fetchIt = self.fetch.bind(self);
  /** @param {string} url @param {string} hash */
  const whole = async (url, hash) => {
    const found = await fetchIt(url, { integrity: hash });
    if (!found.ok) throw new Error(`${url}: ${found.status}`);
    // Firefox 153 hands out a response whose body breaks off, whatever its hash: so read it to the end
    return new Response(await found.arrayBuffer(), {
      headers: { "Content-Type": found.headers.get("Content-Type") ?? "" },
    });
  };
  const files = new Map(Object.entries(integrity).map(([name, hash]) => [home + name, whole(home + name, hash)]));
  self.fetch = (request, options) => files.get(String(request)) ?? fetchIt(request, options);
  return [...files.values()];
}

/** @param {Answer} answer */
function say(answer) {
  self.postMessage(answer);
}

const starting = startPython();
// the first question hears of a failed start; without a question there is nobody to tell
starting.then(() => say({ started: true })).catch(() => {});

self.addEventListener("message", async (/** @type {MessageEvent<Question>} */ { data: { id, request } }) => {
  try {
    const answer = await starting;
    say({ id, reply: answer(request) });
  } catch (error) {
    say({ id, crash: String(error) });
  }
});
