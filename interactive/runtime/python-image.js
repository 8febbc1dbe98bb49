// @ts-check
// An image of Python that has started and imported our package: what its memory holds beyond what its WebAssembly file puts
// there. The build takes it, under Node, and a browser goes on from it instead of starting anew.
//
// Its file is a WebAssembly module with nothing but one section of our own, as hosts compress files of that type:
// the section's head (20 bytes); the lengths of a text and of the memory [bytes], 4 bytes each; that text, which says what
// Pyodide's JavaScript has to know; one byte for each page of memory, 1 where it stands in the image; then those pages.

/** [bytes] */
const PAGE = 1024;
const SECTION_HEAD = 20;
const LENGTHS = 8;

/** Where the head of Pyodide's own snapshots says how long it is, and how long that text, in numbers of 4 bytes. */
const LENGTH_OF_HEAD = 1;
const LENGTH_OF_TEXT = 2;
/** Where the text stands in that head [bytes]. */
const TEXT = 48;

/**
 * @param {Uint8Array<ArrayBuffer>} snapshot as Pyodide makes it: its head, then all memory
 * @param {Uint8Array} fresh memory as the WebAssembly file fills it
 * @param {Uint8Array} begun memory when a Pyodide that is to go on from an image has come so far
 * @returns {Uint8Array<ArrayBuffer>} the file
 */
export function packedImage(snapshot, fresh, begun) {
  const numbers = new Uint32Array(snapshot.buffer);
  const text = snapshot.subarray(TEXT, TEXT + numbers[LENGTH_OF_TEXT]);
  const memory = snapshot.subarray(numbers[LENGTH_OF_HEAD]);
  const flags = new Uint8Array(memory.length / PAGE);
  const parts = [];
  for (let page = 0; page < flags.length; page++) {
    const [part, ...others] = [memory, fresh, begun].map((all) => all.subarray(page * PAGE, (page + 1) * PAGE));
    if (others.every((other) => part.every((byte, at) => byte === (other[at] ?? 0)))) continue;
    flags[page] = 1;
    parts.push(part);
  }
  const lengths = new Uint8Array(new Uint32Array([text.length, memory.length]).buffer);
  return section([lengths, text, flags, ...parts]);
}

/**
 * Put an image into the memory of a Pyodide that has not begun to run Python.
 * @param {ArrayBuffer} file
 * @param {WebAssembly.Exports} exports of its WebAssembly file
 * @returns {object} what its JavaScript has to know of what is there now
 */
export function restoreImage(file, exports) {
  const packed = new Uint8Array(file, SECTION_HEAD);
  const [textLength, length] = new Uint32Array(file, SECTION_HEAD, LENGTHS / 4);
  const text = packed.subarray(LENGTHS, LENGTHS + textLength);
  const flags = packed.subarray(LENGTHS + textLength, LENGTHS + textLength + length / PAGE);
  const memory = new Uint8Array(/** @type {WebAssembly.Memory} */ (exports.memory).buffer);
  const way = devicesWay(exports);
  const here = memory.slice(way, way + 4);
  let place = LENGTHS + textLength + flags.length;
  // pages in a row go at once
  for (let page = flags.indexOf(1); page >= 0; ) {
    const end = flags.indexOf(0, page);
    const size = ((end < 0 ? flags.length : end) - page) * PAGE;
    memory.set(packed.subarray(place, place + size), page * PAGE);
    place += size;
    page = end < 0 ? -1 : flags.indexOf(1, end);
  }
  memory.set(here, way);
  return JSON.parse(new TextDecoder().decode(text));
}

/**
 * Pyodide calls Python's functions in a way that not every device has, and has noted which one it took here. That note is
 * the device's, not the image's.
 * @param {WebAssembly.Exports} exports
 * @returns {number} where in memory it stands
 */
function devicesWay(exports) {
  const [state, offset] = ["_PyRuntime", "_PyEM_EMSCRIPTEN_TRAMPOLINE_OFFSET"].map(
    (name) => /** @type {WebAssembly.Global} */ (exports[name]).value,
  );
  return state + new DataView(/** @type {WebAssembly.Memory} */ (exports.memory).buffer).getUint32(offset, true);
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
