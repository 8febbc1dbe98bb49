// @ts-check
// Keeps an image of the started Python in Cache Storage, so that the next visit need not start it anew.
// An image is used only for the very files it was made with, and only if it is whole.

import { hashOf } from "./fetch-whole.js";
import { PREFIX } from "./stored.js";

/** @typedef {import("./python-client.js").Manifest} Manifest */
/** @typedef {{memory: Uint8Array, lock: string, question: string, reply: string, trusted: boolean}} Image */

export const CACHE = `${PREFIX}python-image-1`;

/** Memory comes in pages, of which most hold nothing but zeros [bytes]. */
const PAGE = 4096;
const MEGABYTE = 1 << 20;

/** @param {Manifest["pyodide"]} told */
const address = (told) => new URL(`${told.home}image-${told.key}`, import.meta.url).href;

/** @param {Manifest["pyodide"]} told */
const mark = (told) => `${address(told)}-trusted`;

/**
 * @param {Manifest["pyodide"]} told
 * @returns {Promise<Image | undefined>} nothing where there is none, it is damaged, or storage is denied
 */
export async function keptImage(told) {
  if (!told.key) return undefined; // in a course package: nothing is kept on somebody else's site
  try {
    // asked so, an image that is not there leaves no empty cache
    const kept = { cacheName: CACHE };
    const [found, trusted] = await Promise.all([caches.match(address(told), kept), caches.match(mark(told), kept)]);
    if (!found) return undefined;
    const packed = new Uint8Array(await found.arrayBuffer());
    const [length, pages] = new Uint32Array(packed.buffer, 0, 2);
    const head = 12 + length + pages;
    if ((await hashOfAll([packed.subarray(0, head), packed.subarray(head)])) !== found.headers.get("X-Hash")) throw new Error("damaged");
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
 * Take an image of Python as it is now, to be kept, with all of the standard library that any widget needs: that will not
 * be fetched again. Images of other releases go.
 * @param {any} python
 * @param {Manifest["pyodide"]} told
 * @returns {((words: Omit<Image, "memory" | "trusted">) => Promise<void>) | undefined} keeps it, once it is known what it has
 *   to answer; nothing where nothing can be kept: in a sandbox without an origin, or a course system's package, which has no key
 */
export function takeImage(python, told) {
  if (!told.key || !crypto.subtle || typeof caches === "undefined" || self.origin === "null") return undefined;
  python.runPython(`import ${told.imports}`);
  const memory = python.makeMemorySnapshot();
  return (words) => keepImage(memory, JSON.stringify(words), told);
}

/**
 * @param {Uint8Array<ArrayBuffer>} memory
 * @param {string} words
 * @param {Manifest["pyodide"]} told
 */
async function keepImage(memory, words, told) {
  const parts = pack(memory, words);
  const headers = { "X-Hash": await hashOfAll(parts) };
  await forgetImage();
  await (await caches.open(CACHE)).put(address(told), new Response(new Blob(parts), { headers }));
}

/**
 * The browser copies what it hashes, so it gets a megabyte at a time.
 * @param {Uint8Array<ArrayBuffer>[]} parts
 * @returns {Promise<string>}
 */
async function hashOfAll(parts) {
  const hashes = [];
  for (const part of parts) {
    for (let at = 0; at < part.length; at += MEGABYTE) hashes.push(await hashOf(part.subarray(at, at + MEGABYTE)));
  }
  return hashOf(new TextEncoder().encode(hashes.join()));
}

/**
 * Leave out the pages that hold nothing but zeros. The memory given is used up: a second one would not fit a phone.
 * @param {Uint8Array<ArrayBuffer>} memory
 * @param {string} words
 * @returns {Uint8Array<ArrayBuffer>[]} lengths, words and which pages hold something; then those pages
 */
function pack(memory, words) {
  const text = new TextEncoder().encode(words);
  const pages = Math.ceil(memory.length / PAGE);
  const head = new Uint8Array(12 + text.length + pages);
  new Uint32Array(head.buffer, 0, 3).set([text.length, pages, memory.length]);
  head.set(text, 12);
  let place = 0;
  for (let page = 0; page < pages; page++) {
    const start = page * PAGE;
    const end = Math.min(start + PAGE, memory.length);
    let at = start;
    while (at < end && !memory[at]) at++;
    if (at === end) continue;
    head[12 + text.length + page] = 1;
    memory.copyWithin(place, start, end);
    place += end - start;
  }
  return [head, memory.subarray(0, place)];
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
