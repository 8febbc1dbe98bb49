// @ts-check
// Shows the saved site when there is no network. It exists only for readers who pressed "Save for the gym".
// hooks/offline.py writes the list of files into it and places it at the root of the site.

/** @typedef {{version: string, files: Record<string, [hash: string, bytes: number]>}} Saved */
/** @typedef {{done: number, total: number} | {saved: true} | {failed: "room" | "network"}} News */

/** @type {Saved} a page's address ends with a slash, the start page's is empty */
const SAVED = { version: "", files: {} };

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const SCOPE = new URL(worker.registration.scope);
const COPIES = `${SCOPE.pathname}.offline-`;
const COPY = COPIES + SAVED.version;
/** A few at a time: more would only share the same narrow link. */
const AT_ONCE = 4;

worker.addEventListener("install", (event) => event.waitUntil(save()));
worker.addEventListener("activate", (event) => event.waitUntil(takeOver()));
worker.addEventListener("message", (event) => {
  if (event.data === "take over") event.waitUntil(worker.skipWaiting());
  // the reader removed the copy and saves again, before the browser has let go of this worker
  if (event.data === "save again") event.waitUntil(save().then(() => tell({ saved: true }), () => {}));
});
worker.addEventListener("fetch", (event) => {
  const path = pathOf(event.request);
  if (path !== undefined) event.respondWith(answer(event, path));
});

/** Save everything, or nothing: a version that lacks a file is never shown. */
async function save() {
  const left = Object.keys(SAVED.files).filter((path) => path !== "");
  try {
    await caches.delete(COPY); // half of one, where the browser ended an earlier try
    const older = await copies();
    const copy = await caches.open(COPY);
    const total = Object.values(SAVED.files).reduce((sum, [, bytes]) => sum + bytes, 0);
    let done = 0;
    /** @param {string} path */
    const saveOne = async (path) => {
      await copy.put(urlOf(path), (await inCopies(older, path)) ?? (await fromNetwork(path)));
      done += SAVED.files[path][1];
      await tell({ done, total });
    };
    const saveSome = async () => {
      for (let path = left.pop(); path !== undefined; path = left.pop()) await saveOne(path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, saveSome));
    const there = await copy.keys();
    if (there.length < Object.keys(SAVED.files).length - 1) throw new Error("the browser lost a file");
    await saveOne(""); // last, so that a copy with a start page is whole
  } catch (error) {
    left.length = 0; // the others need not go on
    await caches.delete(COPY).catch(() => false);
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    await tell({ failed: full ? "room" : "network" });
    throw error;
  }
}

/** From now on this version is shown; what older ones kept goes. */
async function takeOver() {
  for (const name of await copies()) if (name !== COPY) await caches.delete(name);
  await worker.clients.claim();
  await tell({ saved: true });
}

/**
 * Return where in the site a request leads; undefined for what this worker has no business with.
 * @param {Request} request
 * @returns {string | undefined}
 */
function pathOf(request) {
  const url = new URL(request.url);
  if (request.method !== "GET" || request.cache === "no-store" || !isOurs(url)) return undefined;
  const path = url.pathname.slice(SCOPE.pathname.length).replace(/(^|\/)index\.html$/, "$1");
  return isEmbed(path) ? undefined : path;
}

/**
 * Tell whether a page shows a widget on somebody else's: that one is always today's.
 * @param {string} path
 */
function isEmbed(path) {
  return path === "e" || path.startsWith("e/");
}

/** @param {URL} url */
function isOurs(url) {
  return url.origin === SCOPE.origin && url.pathname.startsWith(SCOPE.pathname);
}

/**
 * @param {FetchEvent} event
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function answer({ request, clientId }, path) {
  const page = clientId ? await worker.clients.get(clientId) : undefined;
  if (page && isEmbed(page.url.slice(SCOPE.href.length))) return fetch(request);
  const saved = await inCopies([COPY], path, false);
  if (saved) return saved;
  if (`${path}/` in SAVED.files) return Response.redirect(urlOf(`${path}/`));
  try {
    return await fetch(request);
  } catch (error) {
    const missing = request.mode === "navigate" && (await inCopies([COPY], "404.html", false));
    if (missing) return new Response(missing.body, { status: 404, headers: missing.headers });
    throw error;
  }
}

/**
 * Return a file from the first copy that has it, if any.
 * @param {string[]} names
 * @param {string} path
 * @param {boolean} check take it only if it is what the list says
 * @returns {Promise<Response | undefined>}
 */
async function inCopies(names, path, check = true) {
  if (!(path in SAVED.files)) return undefined;
  for (const cacheName of names) {
    const found = await caches.match(urlOf(path), { cacheName });
    if (found && (!check || (await isWhole(path, await found.clone().arrayBuffer())))) return found;
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {Promise<Response>}
 */
async function fromNetwork(path) {
  const found = await fetch(urlOf(path), { cache: "no-cache" });
  const bytes = await found.arrayBuffer();
  if (!found.ok || !(await isWhole(path, bytes))) throw new Error(`${path}: not what the list says`);
  const headers = new Headers(found.headers);
  // the bytes are unpacked, and a response that was redirected may not answer a navigation: so make a new one
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  return new Response(bytes, { headers });
}

/**
 * @param {string} path
 * @param {ArrayBuffer} bytes
 */
async function isWhole(path, bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("") === SAVED.files[path][0];
}

/** @returns {Promise<string[]>} */
async function copies() {
  return (await caches.keys()).filter((name) => name.startsWith(COPIES));
}

/** @param {string} path */
function urlOf(path) {
  return new URL(path, SCOPE).href;
}

/** @param {News} news */
async function tell(news) {
  const clients = await worker.clients.matchAll({ includeUncontrolled: true });
  for (const client of clients) if (isOurs(new URL(client.url))) client.postMessage(news);
}
