// @ts-check
// The element: owns the DOM of one widget and nothing else. What is prerendered in it *is* the widget;
// only what stands in <output> is ever replaced, so focus never jumps.

import { allow, ask, described, news, PythonCrashed, PythonNotAllowed, PythonNotStarted, warmUp } from "./python-client.js";

/** @typedef {"static" | "calculating" | "live" | "refused" | "failed"} State */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

const SENTENCES = {
  starting: "Starting live calculation …",
  notStarted: "Live calculation could not start. The last answer stays above.",
  stopped: "Live calculation took too long and was stopped. The last answer stays above.",
  crashed: "These values could not be calculated. The last answer stays above.",
};

const AGAIN = "Try again";
/** @param {number} megabytes */
const cost = (megabytes) => `Live calculation: ${megabytes} MB, once.`;

/** What happens in a widget, and before a reader touches it; `news` is told apart. */
const EVENTS = ["input", "change", "click", "pointerover", "focusin"];

/** A pause in which a reader who moves a slider is not read to [ms]. */
const QUIET_MS = 500;

class LessonWidget extends HTMLElement {
  /** The number of the newest question; answers to older ones are dropped. */
  #newest = 0;
  /** A question is on its way, and its answer will be followed by the newest values. */
  #asking = false;
  #moved = false;
  /** As far as this widget knows, the next question has to start Python. */
  #mustStart = true;
  /** The answer that stands, as Python wrote it. */
  #shown = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;
  /** @type {number | undefined} */
  #fetchingSince;

  connectedCallback() {
    this.#part("fieldset").removeAttribute("disabled");
    for (const event of EVENTS) this.addEventListener(event, this);
    for (const event of ["progress", "ready"]) news.addEventListener(event, this);
    void described().catch(() => {}); // half a kilobyte, so that a first touch fetches what counts
  }

  disconnectedCallback() {
    for (const event of EVENTS) this.removeEventListener(event, this);
    for (const event of ["progress", "ready"]) news.removeEventListener(event, this);
    clearTimeout(this.#saying);
    this.#newest += 1; // what is still on its way has nowhere to be shown,
    this.#moved = false; // and there is nothing left to ask
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    if (event.type === "progress") {
      this.#showProgress(/** @type {CustomEvent<number>} */ (event).detail);
    } else if (event.type === "ready") {
      this.#hideProgress();
      if (this.dataset.engine === "starter") this.#ask(); // the engine of record has the last word
    } else if (event.type === "pointerover" || event.type === "focusin") {
      void warmUp(this.getAttribute("name") ?? "");
    } else if (event.type === "click") {
      if (target instanceof Element && target.closest(".widget-again")) {
        if (this.hasAttribute("data-asks-first")) allow();
        this.#ask();
      }
    } else if (target instanceof HTMLInputElement && target.dataset.twin) {
      if (event.type === "change") this.#readTwin(target);
    } else if (event.type === "input") {
      if (target instanceof HTMLInputElement && target.type === "range") this.#showNumber(target);
      this.#ask();
    }
  }

  /** @returns {Record<string, number | string | boolean>} */
  get inputs() {
    const inputs = JSON.parse(this.dataset.inputs ?? "{}");
    for (const control of /** @type {NodeListOf<Control>} */ (this.querySelectorAll("[name]"))) {
      inputs[control.name] =
        control instanceof HTMLSelectElement ? control.value
        : control.type === "checkbox" ? control.checked
        : control.valueAsNumber;
    }
    return inputs;
  }

  async #ask() {
    this.#moved = true;
    if (this.#asking) return;
    this.#asking = true;
    while (this.#moved) {
      this.#moved = false;
      await this.#askOnce();
    }
    this.#asking = false;
  }

  async #askOnce() {
    this.#newest += 1;
    const question = this.#newest;
    if (this.#mustStart) this.#say(SENTENCES.starting);
    this.state = "calculating";
    try {
      const reply = await ask({ widget: this.getAttribute("name") ?? "", inputs: this.inputs });
      if (question !== this.#newest) return;
      this.#mustStart = false;
      this.dataset.engine = reply.engine;
      if (reply.state === "live") this.#show(reply.html);
      else this.#end("refused", reply.sentence);
    } catch (error) {
      if (question !== this.#newest) return;
      this.#mustStart = !(error instanceof PythonCrashed);
      const asksFirst = error instanceof PythonNotAllowed;
      this.#end("failed", asksFirst ? cost((await described()).pyodide.megabytes) : sentenceFor(error));
      this.toggleAttribute("data-asks-first", asksFirst);
      this.#part(".widget-again").textContent = asksFirst ? "Start" : AGAIN;
    }
  }

  /** @param {string} html made by our own Python, which escapes by construction */
  #show(html) {
    const output = this.#part("output");
    if (html !== this.#shown) output.innerHTML = this.#shown = html;
    this.#end("live", "");
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#part(".widget-spoken").textContent = output.querySelector("[data-say]")?.textContent ?? "";
    }, QUIET_MS);
  }

  /**
   * Say what the download costs, once, and show how much has come; only where a reader has asked for something.
   * @param {number} part
   */
  async #showProgress(part) {
    if (this.state === "static" || this.dataset.engine === "pyodide") return;
    this.#fetchingSince ??= performance.now();
    if (performance.now() - this.#fetchingSince < QUIET_MS) return; // it may be here already, from an earlier visit
    const { megabytes } = (await described()).pyodide;
    let bar = this.querySelector("progress");
    if (!bar) {
      bar = document.createElement("progress");
      bar.setAttribute("aria-label", cost(megabytes));
      this.#part(".widget-message").after(bar);
    }
    this.#say(cost(megabytes));
    bar.value = part;
    bar.dataset.come = `${(part * megabytes).toFixed(1)} of ${megabytes} MB`;
  }

  #hideProgress() {
    this.#fetchingSince = undefined;
    if (!this.querySelector("progress")) return;
    this.querySelector("progress")?.remove();
    if (this.state === "live") this.#say("");
  }

  /**
   * @param {State} state
   * @param {string} sentence
   */
  #end(state, sentence) {
    this.state = state;
    if (sentence || !this.querySelector("progress")) this.#say(sentence);
    this.#part(".widget-again").toggleAttribute("hidden", state !== "failed");
  }

  /** @param {string} sentence */
  #say(sentence) {
    const message = this.#part(".widget-message");
    if (message.textContent !== sentence) message.textContent = sentence;
  }

  /** @param {HTMLInputElement} slider */
  #showNumber(slider) {
    slider.setAttribute("aria-valuetext", slider.value + (slider.dataset.unit ?? ""));
    const twin = /** @type {HTMLInputElement} */ (this.#part(`[data-twin="${slider.name}"]`));
    twin.value = slider.value;
  }

  /**
   * A number, once typed, moves its slider; one that is none of the slider's stops is put back with a word.
   * @param {HTMLInputElement} twin
   */
  #readTwin(twin) {
    const slider = /** @type {HTMLInputElement} */ (this.#part(`[name="${twin.dataset.twin}"]`));
    if (twin.value !== "" && twin.checkValidity()) {
      slider.value = twin.value;
      this.#showNumber(slider);
      this.#ask();
    } else {
      twin.value = slider.value;
      this.#say(`${slider.labels?.[0].textContent}: from ${slider.min} to ${slider.max}${slider.dataset.unit}.`);
    }
  }

  /** @returns {State} */
  get state() {
    return /** @type {State} */ (this.getAttribute("state"));
  }

  set state(state) {
    this.setAttribute("state", state);
  }

  /**
   * @param {string} selector
   * @returns {Element}
   */
  #part(selector) {
    const part = this.querySelector(selector);
    if (!part) throw new Error(`${this.id} has no ${selector}`);
    return part;
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function sentenceFor(error) {
  if (error instanceof PythonNotStarted) return SENTENCES.notStarted;
  return error instanceof PythonCrashed ? SENTENCES.crashed : SENTENCES.stopped;
}

customElements.define("lesson-widget", LessonWidget);
