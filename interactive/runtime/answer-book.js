// @ts-check
// Reads the answer book of a widget: Python's replies to each control moved alone from the start, worked out when the
// site was built. It says nothing that it does not know.

import { fetchWhole } from "./fetch-whole.js";

/** @typedef {import("./fetch-whole.js").File} File */
/** @typedef {import("./fragment.js").Inputs} Inputs */
/** @typedef {number | string | boolean} Value */
/**
 * @typedef {object} Packed as `hooks/answer_book.py` writes it
 * @property {Record<string, Value[]>} controls each control's stops; the replies stand in this order
 * @property {string[]} pieces
 * @property {number[][]} patterns the pieces between the numbers of a reply
 * @property {number[]} rows the pattern of each reply
 * @property {string[][]} columns for each pattern, its numbers one below the other
 */

const HOME = new URL("books/", import.meta.url).href;

/** @type {Map<string, Promise<Book>>} */
const fetched = new Map();
/** @type {Set<string>} */
const here = new Set();

export class Book {
  #packed;
  /** @type {Map<number, string[][]>} */
  #read = new Map();

  /** @param {Packed} packed */
  constructor(packed) {
    this.#packed = packed;
  }

  /**
   * @param {[string, Value][]} changed the inputs that are not as at the start
   * @param {Inputs} start
   * @returns {string | undefined} Python's reply, if the book holds it
   */
  reply(changed, start) {
    const { controls, rows, patterns, pieces } = this.#packed;
    const [first] = Object.keys(controls);
    const [[field, value] = [first, start[first]], ...others] = changed;
    if (others.length) return undefined;
    let row = 0;
    for (const [name, stops] of Object.entries(controls)) {
      const stop = name === field ? stops.indexOf(value) : -1;
      if (stop >= 0) {
        row += stop;
        const pattern = rows[row];
        const line = rows.slice(0, row).filter((other) => other === pattern).length;
        const numbers = this.#columns(pattern).map((column) => column[line]);
        return patterns[pattern].map((piece, at) => pieces[piece] + (numbers[at] ?? "")).join("");
      }
      row += stops.length;
    }
    return undefined;
  }

  /** @param {number} pattern */
  #columns(pattern) {
    let read = this.#read.get(pattern);
    if (!read) this.#read.set(pattern, (read = this.#packed.columns[pattern].map(numbersOf)));
    return read;
  }
}

/**
 * Fetch a book, once a page; again after it could not be had.
 * @param {File} file
 * @returns {Promise<Book>}
 */
export function bookOf(file) {
  let book = fetched.get(file.name);
  if (!book) {
    book = fetchWhole(HOME, file).then((bytes) => new Book(JSON.parse(new TextDecoder().decode(bytes))));
    fetched.set(file.name, book);
    book.then(() => here.add(file.name), () => fetched.delete(file.name));
  }
  return book;
}

/**
 * Tell whether a book can be read without waiting for it.
 * @param {File} file
 */
export const isHere = (file) => here.has(file.name);

/**
 * @param {string} column `f2:150,-25`: whole numbers with so many decimals, each as the difference from the one before
 * @returns {string[]}
 */
function numbersOf(column) {
  const [head, body] = column.split(":");
  const texts = body.split(",");
  if (head[0] === "s") return texts;
  const digits = Number(head.slice(1));
  let sum = 0;
  return texts.map((step) => {
    sum += Number(step);
    const text = (sum / 10 ** digits).toFixed(digits);
    return head[0] === "t" && digits ? text.replace(/\.?0+$/, "") : text;
  });
}
