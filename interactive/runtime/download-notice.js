// @ts-check
// What a widget tells of Python's coming: what the download costs, once, and how much of it is there.

import { allow, described, expect, megabytesToCome, news, PythonNotAllowed } from "./python-client.js";

/** A download that is over sooner than this, as one from an earlier visit, needs no telling [ms]. */
const NEEDS_TELLING_MS = 500;

/** The first sign that a reader may be about to touch a control. */
const INTEREST = ["pointerover", "focusin"];

const COST = "Live calculation: {megabytes} MB, once.";

export class DownloadNotice {
  #widget;
  #words;
  #say;
  #onReady;
  #book;
  #cost = "";
  /** @type {number | undefined} */
  #since;

  /**
   * @param {HTMLElement} widget
   * @param {import("./words.js").Words} words
   * @param {(sentence: string) => void} say
   * @param {() => void} onReady called when Python runs, or will not
   * @param {import("./fetch-whole.js").File} [book] answers before Python does
   */
  constructor(widget, words, say, onReady, book) {
    this.#widget = widget;
    this.#words = words;
    this.#say = say;
    this.#onReady = onReady;
    this.#book = book;
  }

  /** Begin to listen. */
  listen() {
    for (const sign of INTEREST) this.#widget.addEventListener(sign, this);
    for (const told of ["progress", "ready"]) news.addEventListener(told, this);
    // half a kilobyte, so that a first touch fetches what counts; not in a page where we are guests
    if (window.parent === window) void described().catch(() => {});
  }

  /** Leave nothing behind. */
  leave() {
    for (const sign of INTEREST) this.#widget.removeEventListener(sign, this);
    for (const told of ["progress", "ready"]) news.removeEventListener(told, this);
    this.#hide();
  }

  /** @returns {string} what the download costs, while it is told of */
  get says() {
    return this.#bar ? this.#cost : "";
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event.type === "progress") {
      void this.#show(/** @type {CustomEvent<number>} */ (event).detail);
    } else if (event.type === "ready") {
      this.#hide();
      this.#onReady();
    } else {
      const name = this.#widget.getAttribute("name") ?? "";
      expect(name, this.#book);
    }
  }

  /**
   * Ask a reader who pays for every byte, or take the question back.
   * @param {unknown} error what kept Python from answering
   * @returns {Promise<string>} the question, or nothing
   */
  async asks(error) {
    const first = error instanceof PythonNotAllowed;
    this.#widget.toggleAttribute("data-asks-first", first);
    const button = this.#widget.querySelector(".widget-again");
    if (button) button.textContent = this.#words.say(first ? "Start" : "Try again");
    return first ? this.#words.say(COST, { megabytes: await megabytesToCome() }) : "";
  }

  /** The reader has pressed the button. */
  agreed() {
    if (this.#widget.hasAttribute("data-asks-first")) allow();
  }

  get #bar() {
    return this.#widget.querySelector("progress");
  }

  /** @param {number} part */
  async #show(part) {
    if (this.#widget.getAttribute("state") === "static" || this.#widget.dataset.engine === "pyodide") return;
    this.#since ??= performance.now();
    if (performance.now() - this.#since < NEEDS_TELLING_MS) return;
    const megabytes = await megabytesToCome();
    let bar = this.#bar;
    if (!bar) {
      bar = document.createElement("progress");
      this.#cost = this.#words.say(COST, { megabytes });
      bar.setAttribute("aria-label", this.#cost);
      const message = this.#widget.querySelector(".widget-message");
      message?.after(bar);
      // beside an answer that stands, or a refusal, what the reader has just been told is worth more
      if (this.#widget.getAttribute("state") === "calculating" || !message?.textContent) this.#say(this.#cost);
    }
    bar.value = part;
    bar.dataset.come = this.#words.say("{come} of {megabytes} MB", { come: (part * megabytes).toFixed(1), megabytes });
    bar.title = bar.dataset.come;
  }

  #hide() {
    this.#since = undefined;
    if (!this.#bar) return;
    this.#bar.remove();
    if (this.#widget.querySelector(".widget-message")?.textContent === this.#cost) this.#say("");
  }
}
