// @ts-check
// A lesson as its trainer types it, the page that the build would make of it, and what to mend. Nothing is sent or
// stored; what was typed lives as long as the tab.

import { SITE } from "./stored.js";

/** @typedef {import("./preview-worker.js").Manifest} Manifest */
/** @typedef {{line: number, column: number, level: string, said: string}} Problem */
/** @typedef {{html: string, summary: string, problems: Problem[]}} Page */
/** @typedef {"static" | "starting" | "live" | "failed"} State */

const SENTENCES = {
  noLesson: "This lesson could not be fetched. You can paste one of your own.",
  starting: "Starting the preview …",
  notStarted: "The preview could not start. Your text is still here.",
  stopped: "The preview took too long and was stopped. Your text is still here.",
  crashed: "This text could not be shown. Your text is still here, and the last page stays below.",
  copied: "Copied. Paste it over the text in the editor.",
  notCopied: "This browser does not let pages copy. Select the text and copy it yourself.",
};

/** A pause in which somebody who types is not interrupted [ms]. */
const QUIET_MS = 400;

/** Longer than any lesson takes on a slow phone [ms]. */
const LIMIT_MS = 60_000;

/** Of each level so many are shown: nobody mends more at a time. */
const AT_MOST = 10;

/** What was typed, by lesson: another page of the site may be opened in between. @type {Map<string, string>} */
const typed = new Map();

class LessonPreview extends HTMLElement {
  /** @type {Manifest | undefined} */
  #told;
  /** @type {Worker | undefined} */
  #worker;
  /** The worker has Python: a question asked before would be counted as slow while files are on their way. */
  #runs = false;
  /** The number of the newest question; answers to older ones are dropped. */
  #newest = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #pause;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #limit;
  #arrived = 0;
  /** The lesson as it is on the site. */
  #source = "";
  #colours = new MutationObserver(() => this.#dress());

  connectedCallback() {
    this.#part(".preview-desk").removeAttribute("hidden");
    for (const event of ["input", "change", "click"]) this.addEventListener(event, this);
    window.addEventListener("beforeunload", this);
    this.#colours.observe(document.body, { attributes: true });
    void this.#load();
    void this.#describe();
  }

  disconnectedCallback() {
    for (const event of ["input", "change", "click"]) this.removeEventListener(event, this);
    window.removeEventListener("beforeunload", this);
    this.#colours.disconnect();
    this.#stop();
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target, type } = event;
    if (type === "beforeunload") this.#hold(event);
    else if (type === "input" && target === this.#text) this.#typed();
    else if (type === "change" && target === this.#choice) void this.#load();
    else if (type === "click" && target instanceof Element) this.#press(target);
  }

  /** @param {Element} target */
  #press(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("button"));
    if (!button) return;
    if (button.matches(".preview-start")) this.#start();
    else if (button.matches(".preview-copy")) void this.#copy();
    else if (button.dataset.line) this.#goTo(Number(button.dataset.line));
  }

  get #text() {
    return /** @type {HTMLTextAreaElement} */ (this.#part("textarea"));
  }

  get #choice() {
    return /** @type {HTMLSelectElement} */ (this.#part("select"));
  }

  get #frame() {
    return /** @type {HTMLIFrameElement} */ (this.#part("iframe"));
  }

  // ---- the text

  async #load() {
    const path = this.#choice.value;
    this.#offerEditor(path);
    try {
      const found = await fetch(new URL(`preview/${path}.txt`, SITE));
      if (!found.ok) throw new Error(String(found.status));
      const source = await found.text();
      if (path !== this.#choice.value) return;
      this.#source = source;
    } catch {
      if (path !== this.#choice.value) return;
      this.#source = "";
      this.#say(SENTENCES.noLesson);
    }
    this.#text.value = typed.get(path) ?? this.#source;
    this.#ask();
  }

  #typed() {
    typed.set(this.#choice.value, this.#text.value);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#ask(), QUIET_MS);
  }

  /**
   * Let the browser ask before the tab goes and takes the text with it.
   * @param {Event} event
   */
  #hold(event) {
    if (this.#text.value !== this.#source) event.preventDefault();
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#text.value);
      this.#say(SENTENCES.copied);
    } catch {
      this.#say(SENTENCES.notCopied);
    }
  }

  /**
   * The pencil of this page, turned to the lesson.
   * @param {string} path
   */
  #offerEditor(path) {
    const pencil = /** @type {HTMLAnchorElement | null} */ (document.querySelector("a.md-content__button[rel=edit]"));
    const link = /** @type {HTMLAnchorElement} */ (this.#part(".preview-editor"));
    link.toggleAttribute("hidden", !pencil);
    if (pencil) link.href = pencil.href.replace(/about\/[^/]*\.md$/, path);
  }

  /** @param {number} line */
  #goTo(line) {
    const text = this.#text;
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
    text.scrollTop = this.#heightOf(text.value.slice(0, start)) - text.clientHeight / 3;
  }

  /**
   * @param {string} above
   * @returns {number} how tall a part of the text is: lines wrap, so nothing but the browser knows
   */
  #heightOf(above) {
    const twin = /** @type {HTMLTextAreaElement} */ (this.#text.cloneNode());
    twin.removeAttribute("id");
    twin.setAttribute("aria-hidden", "true");
    twin.className = "preview-measure";
    twin.value = above;
    this.#text.after(twin);
    twin.style.width = `${this.#text.clientWidth}px`;
    const height = twin.scrollHeight;
    twin.remove();
    return height;
  }

  // ---- Python

  async #describe() {
    try {
      const found = await fetch(new URL("preview/manifest.json", SITE));
      this.#told = await found.json();
      this.#part(".preview-size").textContent = `${this.#told?.megabytes} MB, once.`;
    } catch {
      this.#end("failed", SENTENCES.notStarted);
    }
  }

  async #start() {
    this.#end("starting", SENTENCES.starting);
    if (!this.#told) await this.#describe();
    if (!this.#told) return;
    const told = this.#told;
    const files = [told.wasm, told.lock, told.package, told.library, told.lessons];
    this.#arrived = 0;
    const whole = files.reduce((sum, file) => sum + file.bytes, 0);
    try {
      const worker = new Worker(new URL("preview-worker.js", import.meta.url), { type: "module" });
      this.#worker = worker;
      worker.onmessage = ({ data }) => this.#hear(data, whole);
      worker.onerror = (event) => {
        event.preventDefault();
        this.#fail(SENTENCES.notStarted);
      };
      worker.postMessage({ manifest: told });
      this.#dress();
    } catch {
      this.#fail(SENTENCES.notStarted);
    }
  }

  /**
   * @param {any} data
   * @param {number} whole how many bytes will have come in the end
   */
  #hear(data, whole) {
    const bar = /** @type {HTMLProgressElement} */ (this.#part("progress"));
    if ("arrived" in data) {
      this.#arrived += data.arrived;
      if (this.#arrived < whole) bar.value = this.#arrived / whole;
      else bar.removeAttribute("value"); // all is there, and nobody knows how long Python takes to start
    } else if (data.failed) {
      console.warn(data.failed);
      this.#fail(SENTENCES.notStarted);
    } else if (data.started) {
      this.#runs = true;
      this.#ask();
    } else if (data.id === this.#newest) {
      clearTimeout(this.#limit);
      if ("reply" in data) this.#show(JSON.parse(data.reply));
      else {
        console.warn(data.crash);
        this.#end("live", SENTENCES.crashed);
      }
    }
  }

  #ask() {
    if (!this.#worker || !this.#runs) return;
    this.#newest += 1;
    const request = JSON.stringify({ path: this.#choice.value, text: this.#text.value });
    this.#worker.postMessage({ id: this.#newest, request });
    clearTimeout(this.#limit);
    this.#limit = setTimeout(() => this.#fail(SENTENCES.stopped), LIMIT_MS);
  }

  /** @param {string} sentence */
  #fail(sentence) {
    this.#stop();
    this.#end("failed", sentence);
  }

  #stop() {
    this.#worker?.terminate();
    this.#worker = undefined;
    this.#runs = false;
    clearTimeout(this.#pause);
    clearTimeout(this.#limit);
  }

  // ---- the page

  /** @param {Page} page */
  #show({ html, summary, problems }) {
    this.#end("live", summary);
    const list = this.#part(".preview-problems");
    list.replaceChildren(...["must fix", "please"].flatMap((level) => told(level, problems)));
    const article = this.#frame.contentDocument?.querySelector("article");
    if (!article) return;
    const home = new URL(this.#choice.value.replace(/(index)?\.md$/, "").replace(/([^/])$/, "$1/"), SITE);
    // read where nothing loads yet; the policy of our pages lets no <base> say where addresses begin
    const read = new DOMParser().parseFromString(html, "text/html").body;
    for (const part of read.querySelectorAll("a[href], img[src]")) {
      const name = part.matches("a") ? "href" : "src";
      const address = part.getAttribute(name) ?? "";
      const inside = address.startsWith("#"); // here, not on the lesson's own page
      if (inside) part.setAttribute(name, `about:srcdoc${address}`);
      else if (URL.canParse(address, home)) part.setAttribute(name, new URL(address, home).href);
      if (name === "href") part.setAttribute("target", inside ? "_self" : "_blank");
    }
    article.replaceChildren(...read.childNodes);
  }

  /**
   * Give the frame a page of the site with nothing in it, or the colours of this one. No script can run in it, and
   * nothing can be fetched from elsewhere, whatever is typed.
   */
  #dress() {
    const body = this.#frame.contentDocument?.body;
    if (body?.querySelector("article")) {
      for (const { name, value } of document.body.attributes) if (name.startsWith("data-md-")) body.setAttribute(name, value);
      return;
    }
    if (this.state === "static") return;
    const styles = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => /** @type {HTMLLinkElement} */ (link).href);
    const page = document.implementation.createHTMLDocument("Your lesson");
    page.documentElement.lang = document.documentElement.lang;
    const { origin } = location;
    const policy = `default-src 'none'; img-src ${origin} data:; style-src ${origin} 'unsafe-inline'; font-src ${origin}`;
    page.head.append(
      made(page, "meta", { "http-equiv": "Content-Security-Policy", content: policy }),
      ...styles.map((href) => made(page, "link", { rel: "stylesheet", href })),
    );
    for (const { name, value } of document.body.attributes) if (name.startsWith("data-md-")) page.body.setAttribute(name, value);
    page.body.className = "preview-body";
    page.body.append(made(page, "article", { class: "md-content__inner md-typeset" }));
    this.#frame.srcdoc = `<!doctype html>${page.documentElement.outerHTML}`;
  }

  /**
   * @param {State} state
   * @param {string} sentence
   */
  #end(state, sentence) {
    const hadFocus = document.activeElement?.matches(".preview-start");
    this.setAttribute("state", state);
    this.#part("progress").toggleAttribute("hidden", state !== "starting");
    this.#part(".preview-offer").toggleAttribute("hidden", state === "starting" || state === "live");
    this.#part(".preview-start").textContent = state === "failed" ? "Try again" : "Start the preview";
    this.#say(sentence);
    // a button that goes away would take the keyboard with it
    if (hadFocus && state !== "static") /** @type {HTMLElement} */ (this.#part(".preview-says")).focus();
  }

  /** @param {string} sentence */
  #say(sentence) {
    const says = this.#part(".preview-says");
    if (says.textContent !== sentence) says.textContent = sentence;
  }

  get state() {
    return /** @type {State} */ (this.getAttribute("state"));
  }

  /**
   * @param {string} selector
   * @returns {Element}
   */
  #part(selector) {
    const part = this.querySelector(selector);
    if (!part) throw new Error(`the preview has no ${selector}`);
    return part;
  }
}

/**
 * @param {string} level
 * @param {Problem[]} problems
 * @returns {Element[]} the first problems of a level, as items of a list, and how many more there are
 */
function told(level, problems) {
  const found = problems.filter((problem) => problem.level === level);
  const items = found.slice(0, AT_MOST).map(({ line, said }) => {
    const button = made(document, "button", { type: "button", "data-line": String(line) });
    button.textContent = `Line ${line}`;
    const item = made(document, "li", { class: level.replace(" ", "-") });
    const strong = made(document, "strong", {});
    strong.textContent = `${level}:`;
    item.append(button, " ", strong, ` ${said}`);
    return item;
  });
  if (found.length > AT_MOST) {
    const rest = made(document, "li", {});
    rest.textContent = `… and ${found.length - AT_MOST} more: ${level}.`;
    items.push(rest);
  }
  return items;
}

/**
 * @param {Document} page
 * @param {string} tag
 * @param {Record<string, string>} attributes
 */
function made(page, tag, attributes) {
  const element = page.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

customElements.define("lesson-preview", LessonPreview);
