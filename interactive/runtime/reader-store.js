// @ts-check
// What a reader asked us to keep, and how all of it is forgotten. No function here ever throws: storage may be
// denied or full, and a page works without it.

import { PREFIX, SITE } from "./stored.js";

/** @typedef {Record<string, number | string | boolean>} Inputs */

const INPUTS = `${PREFIX}saved-inputs`;
const COPIES = `${PREFIX}offline-`;
/** Another layout gets another number; what has an old one is not read. */
const VERSION = 1;

/**
 * Keep the values of a widget on this device, until `forgetAll`.
 * @param {string} widget
 * @param {Inputs} inputs
 * @returns {boolean} whether they are kept; not where storage is denied or full
 */
export function saveInputs(widget, inputs) {
  try {
    const widgets = Object.fromEntries(allInputs().set(widget, inputs));
    localStorage.setItem(INPUTS, JSON.stringify({ version: VERSION, widgets }));
    return true;
  } catch {
    return false;
  }
}

/**
 * Return what was kept for a widget. It may come from an older site: the widget's own contract judges it.
 * @param {string} widget
 * @returns {Inputs | undefined}
 */
export function savedInputs(widget) {
  return allInputs().get(widget);
}

/** Forget all that this site keeps in this browser, the copy for the gym among it. */
export async function forgetAll() {
  for (const kind of /** @type {const} */ (["localStorage", "sessionStorage"])) {
    try {
      const storage = window[kind];
      for (const key of Object.keys(storage)) if (key.startsWith(PREFIX)) storage.removeItem(key);
    } catch {
      // storage is denied, so nothing is there
    }
  }
  await forgetCopy();
  await deleteCaches(PREFIX);
}

/** Forget the copy for the gym. */
export async function forgetCopy() {
  await (await ourWorker())?.unregister().catch(() => false);
  await deleteCaches(COPIES);
}

/**
 * Return the registration of this site's service worker; a neighbour's on the same host is none of ours.
 * @returns {Promise<ServiceWorkerRegistration | undefined>}
 */
export async function ourWorker() {
  try {
    const found = await navigator.serviceWorker.getRegistration(SITE);
    return found?.scope === SITE.href ? found : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Tell whether a whole copy is kept: the start page is written last.
 * @returns {Promise<boolean>}
 */
export async function hasCopy() {
  try {
    const copies = (await caches.keys()).filter((name) => name.startsWith(COPIES));
    const found = await Promise.all(copies.map((cacheName) => caches.match(SITE, { cacheName })));
    return found.some(Boolean);
  } catch {
    return false;
  }
}

/** @param {string} prefix */
async function deleteCaches(prefix) {
  try {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix));
    await Promise.all(names.map((name) => caches.delete(name)));
  } catch {
    // as above
  }
}

/** @returns {Map<string, Inputs>} */
function allInputs() {
  try {
    const { version, widgets } = JSON.parse(localStorage.getItem(INPUTS) ?? "{}");
    return new Map(version === VERSION ? Object.entries(widgets) : []);
  } catch {
    return new Map();
  }
}
