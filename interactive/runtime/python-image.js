// @ts-check
// An image of Python that has started and imported our package: what its memory holds beyond the file it was started from.
// The build takes it, under Node, and a browser goes on from it instead of starting anew.
//
// Its file is a WebAssembly module with nothing but one section of our own, as hosts compress files of that type:
// the section's head (20 bytes); the lengths of Pyodide's own head, of the memory and of the file's data [bytes], 4 bytes
// each; that head; one byte for each page of memory, 1 where the page stands in the image; then those pages.

/** [bytes] */
const PAGE = 1024;
const SECTION_HEAD = 20;
const LENGTHS = 12;

/** Where Pyodide's own head says how long it is, in numbers of 4 bytes. */
const LENGTH_OF_HEAD = 1;

/**
 * @param {Uint8Array<ArrayBuffer>} snapshot as Pyodide makes it: its head, then all memory
 * @param {Uint8Array} fresh memory as the WebAssembly file fills it, before anything runs
 * @returns {Uint8Array<ArrayBuffer>} the file
 */
export function packedImage(snapshot, fresh) {
  const head = new Uint32Array(snapshot.buffer)[LENGTH_OF_HEAD];
  const memory = snapshot.subarray(head);
  const pages = memory.length / PAGE;
  const flags = new Uint8Array(pages);
  const parts = [];
  let data = 0;
  for (let page = 0; page < pages; page++) {
    const part = memory.subarray(page * PAGE, (page + 1) * PAGE);
    const before = fresh.subarray(page * PAGE, (page + 1) * PAGE);
    if (before.some(Boolean)) data = (page + 1) * PAGE;
    if (part.every((byte, at) => byte === (before[at] ?? 0))) continue;
    flags[page] = 1;
    parts.push(part);
  }
  const lengths = new Uint8Array(new Uint32Array([head, memory.length, data]).buffer);
  return section([lengths, snapshot.subarray(0, head), flags, ...parts]);
}

/**
 * @param {ArrayBuffer} file the image
 * @returns {number} how long the snapshot is that it fills
 */
export function snapshotBytes(file) {
  const [head, length] = new Uint32Array(file, SECTION_HEAD, LENGTHS / 4);
  return head + length;
}

/**
 * Fill what Pyodide is to go on from, after its WebAssembly file has been instantiated and before anything runs in it.
 * @param {Uint8Array<ArrayBuffer>} snapshot of as many bytes as the manifest says
 * @param {ArrayBuffer} file the image
 * @param {WebAssembly.Exports} exports
 */
export function fillSnapshot(snapshot, file, exports) {
  const packed = new Uint8Array(file, SECTION_HEAD);
  const [head, length, data] = new Uint32Array(file, SECTION_HEAD, LENGTHS / 4);
  if (snapshot.length !== snapshotBytes(file)) throw new Error("the image has another size");
  const { buffer } = /** @type {WebAssembly.Memory} */ (exports.memory);
  const flags = packed.subarray(LENGTHS + head, LENGTHS + head + length / PAGE);
  snapshot.set(packed.subarray(LENGTHS, LENGTHS + head));
  snapshot.set(new Uint8Array(buffer, 0, data), head);
  let place = LENGTHS + head + flags.length;
  // pages in a row go at once
  for (let page = flags.indexOf(1); page >= 0; ) {
    const end = flags.indexOf(0, page);
    const size = ((end < 0 ? flags.length : end) - page) * PAGE;
    snapshot.set(packed.subarray(place, place + size), head + page * PAGE);
    place += size;
    page = end < 0 ? -1 : flags.indexOf(1, end);
  }
  keepDevicesWay(snapshot.subarray(head), buffer, exports);
}

/**
 * Pyodide calls Python's functions in a way that not every device has, and has noted which one it took here. That note is
 * the device's, not the image's.
 * @param {Uint8Array} memory
 * @param {ArrayBuffer} here
 * @param {WebAssembly.Exports} exports
 */
function keepDevicesWay(memory, here, exports) {
  const [state, offset] = ["_PyRuntime", "_PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET"].map(
    (name) => /** @type {WebAssembly.Global} */ (exports[name]).value,
  );
  const at = state + new DataView(here).getUint32(offset, true);
  memory.set(new Uint8Array(here, at, 4), at);
}

/**
 * @param {Uint8Array[]} parts
 * @returns {Uint8Array<ArrayBuffer>} a WebAssembly module with one section that only we read
 */
function section(parts) {
  const name = new TextEncoder().encode("image");
  const size = 1 + name.length + parts.reduce((sum, part) => sum + part.length, 0);
  const seven = (/** @type {number} */ at) => (size >>> (7 * at)) & 0x7f;
  const length = [seven(0) | 0x80, seven(1) | 0x80, seven(2) | 0x80, seven(3) | 0x80, seven(4)];
  const head = Uint8Array.of(0, ...new TextEncoder().encode("asm"), 1, 0, 0, 0, 0, ...length, name.length, ...name);
  const file = new Uint8Array(head.length + size - 1 - name.length);
  let place = 0;
  for (const part of [head, ...parts]) {
    file.set(part, place);
    place += part.length;
  }
  return file;
}
