// @ts-check
// Keeps an image of the started Python in Cache Storage, so that the next visit need not start it anew.
// An image is used only for the very files it was made with, and only if it is whole.

import { hashOf } from "./fetch-whole.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {{memory: Uint8Array, lock: string, question: string, reply: string, trusted: boolean}} Image */

export const CACHE = "legpress-python-image";

/** Memory comes in pages, of which most hold nothing but zeros [bytes]. */
const PAGE = 4096;

/** @param {Manifest["pyodide"]} told */
const address = (told) => new URL(`${told.home}image-${told.key}`, import.meta.url).href;

/** @param {Manifest["pyodide"]} told */
const mark = (told) => `${address(told)}-trusted`;

/**
 * @param {Manifest["pyodide"]} told
 * @returns {Promise<Image | undefined>} nothing where there is none, it is damaged, or storage is denied
 */
export async function keptImage(told) {
  try {
    const cache = await caches.open(CACHE);
    const [found, trusted] = await Promise.all([cache.match(address(told)), cache.match(mark(told))]);
    if (!found) return undefined;
    const packed = new Uint8Array(await found.arrayBuffer());
    if ((await hashOf(packed)) !== found.headers.get("X-Hash")) throw new Error("damaged");
    return { ...unpacked(packed), trusted: Boolean(trusted) };
  } catch {
    await forgetImage();
    return undefined;
  }
}

/**
 * This image has answered as the Python did that it was made from: it need not prove that again.
 * @param {Manifest["pyodide"]} told
 */
export async function trustImage(told) {
  await (await caches.open(CACHE)).put(mark(told), new Response());
}

/** Let the next start do without an image. */
export async function forgetImage() {
  try {
    await caches.delete(CACHE);
  } catch {
    // denied storage keeps nothing
  }
}

/**
 * Keep an image of a Python that has answered. Images of other releases go.
 * @param {any} python
 * @param {(request: string) => string} answer
 * @param {Manifest} manifest
 * @param {string} lock
 */
export async function keepImage(python, answer, { pyodide: told, question }, lock) {
  if (!crypto.subtle || typeof caches === "undefined") return;
  const reply = answer(question);
  python.runPython(`
from interactive.catalogue import widget_named, widget_names
for name in widget_names():
    widget_named(name)`);
  const words = JSON.stringify({ question, reply, lock });
  const packed = pack(python.makeMemorySnapshot(), words);
  await forgetImage();
  const headers = { "X-Hash": await hashOf(packed) };
  await (await caches.open(CACHE)).put(address(told), new Response(packed, { headers }));
}

/**
 * @param {Uint8Array} memory
 * @param {string} words
 * @returns {Uint8Array<ArrayBuffer>} lengths, words, which pages hold something, those pages
 */
function pack(memory, words) {
  const text = new TextEncoder().encode(words);
  const pages = Math.ceil(memory.length / PAGE);
  const filled = new Uint8Array(pages);
  const numbers = new Float64Array(memory.buffer, memory.byteOffset, Math.floor(memory.length / 8));
  const each = PAGE / 8;
  for (let page = 0; page < pages; page++) {
    const end = Math.min((page + 1) * each, numbers.length);
    // minus zero counts as zero here, but not in memory
    for (let at = page * each; at < end && !filled[page]; at++) if (!Object.is(numbers[at], 0)) filled[page] = 1;
    if (page === pages - 1 && memory.length % 8) filled[page] = 1;
  }
  const held = filled.reduce((sum, one) => sum + one, 0);
  const packed = new Uint8Array(12 + text.length + pages + held * PAGE);
  new Uint32Array(packed.buffer, 0, 3).set([text.length, pages, memory.length]);
  packed.set(text, 12);
  packed.set(filled, 12 + text.length);
  let place = 12 + text.length + pages;
  filled.forEach((full, page) => {
    if (!full) return;
    packed.set(memory.subarray(page * PAGE, (page + 1) * PAGE), place);
    place += PAGE;
  });
  return packed;
}

/**
 * @param {Uint8Array<ArrayBuffer>} packed
 * @returns {Omit<Image, "trusted">}
 */
function unpacked(packed) {
  const [length, pages, size] = new Uint32Array(packed.buffer, 0, 3);
  const words = JSON.parse(new TextDecoder().decode(packed.subarray(12, 12 + length)));
  const memory = new Uint8Array(size);
  let place = 12 + length + pages;
  for (let page = 0; page < pages; page++) {
    if (!packed[12 + length + page]) continue;
    const part = packed.subarray(place, place + Math.min(PAGE, size - page * PAGE));
    memory.set(part, page * PAGE);
    place += PAGE;
  }
  return { memory, ...words };
}
