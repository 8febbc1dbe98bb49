// @ts-check
// Fetches a file to its last byte and checks it against its hash before anybody runs it.

/** @typedef {{name: string, hash: string, bytes: number}} File what the manifest says of a file */

/** The browser's own: Pyodide and MicroPython get another one to find what was checked. */
export const fetchIt = self.fetch.bind(self);

/**
 * @param {string} home the folder's address
 * @param {File} file
 * @param {(bytes: number) => void} [arrived] hears how much has come since it was last called
 * @param {(response: Response) => void} [early] gets the file as it comes, before it is checked
 * @returns {Promise<ArrayBuffer>} rejects where the file does not arrive whole
 */
export async function fetchWhole(home, { name, hash, bytes }, arrived = () => {}, early) {
  const url = home + name;
  // a hash given to fetch holds all back until the last byte, so that there would be no progress to show;
  // without a secure origin the page's own hashing is missing
  const found = await fetchIt(url, crypto.subtle ? {} : { integrity: `sha256-${hash}` });
  if (!found.ok || !found.body) throw new Error(`${url}: ${found.status}`);
  const reader = (early ? found.clone().body : found.body)?.getReader();
  early?.(found);
  const whole = new Uint8Array(bytes);
  let place = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    if (place + part.value.length > bytes) throw new Error(`${url} is too long`);
    whole.set(part.value, place);
    place += part.value.length;
    arrived(part.value.length);
  }
  if (place !== bytes || (crypto.subtle && (await hashOf(whole)) !== hash)) throw new Error(`${url} is damaged`);
  return whole.buffer;
}

/**
 * Fetch a wasm file and compile it while it comes.
 * @param {string} home
 * @param {File} file
 * @param {(bytes: number) => void} [arrived]
 * @returns {Promise<WebAssembly.Module>}
 */
export async function fetchCompiled(home, file, arrived) {
  /** @type {Promise<WebAssembly.Module> | undefined} */
  let compiling;
  const whole = await fetchWhole(home, file, arrived, (response) => {
    compiling = WebAssembly.compileStreaming(response);
    compiling.catch(() => {}); // what comes damaged has been told by now
  });
  // a host that does not know the type of the file keeps the browser from compiling it on its way
  return /** @type {Promise<WebAssembly.Module>} */ (compiling).catch(() => WebAssembly.compile(whole));
}

/**
 * Let Pyodide and MicroPython find what has been fetched, checked and compiled, whatever they ask for. Left to itself,
 * Pyodide 314 waits for ever when a file is damaged or cut short.
 * @param {Promise<WebAssembly.Module>} compiling
 * @param {Record<string, ArrayBuffer>} [files] by address
 * @returns {() => WebAssembly.Exports | undefined} what the module exports, once it has been asked for
 */
export function serve(compiling, files = {}) {
  /** @type {WebAssembly.Instance | undefined} */
  let instance;
  self.fetch = async (request) => new Response(files[String(request)] ?? null);
  WebAssembly.instantiateStreaming = /** @type {any} */ (
    async (/** @type {unknown} */ _, /** @type {WebAssembly.Imports} */ imports) => {
      const module = await compiling;
      instance = await WebAssembly.instantiate(module, imports);
      return { module, instance };
    }
  );
  return () => instance?.exports;
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Promise<string>} SHA-256 as the manifest writes it
 */
export async function hashOf(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest));
}
