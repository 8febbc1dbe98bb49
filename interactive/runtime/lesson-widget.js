// @ts-check
// The element: owns the DOM of one widget and nothing else. What is prerendered in it *is* the widget;
// only what stands in <output> is ever replaced, so focus never jumps.

import { ask, PythonCrashed, PythonNotStarted } from "./python-client.js";

/** @typedef {"static" | "calculating" | "live" | "refused" | "failed"} State */
/** @typedef {HTMLInputElement | HTMLSelectElement} Control */

const SENTENCES = {
  starting: "Starting live calculation …",
  notStarted: "Live calculation could not start. The last answer stays above.",
  stopped: "Live calculation took too long and was stopped. The last answer stays above.",
  crashed: "These values could not be calculated. The last answer stays above.",
};

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
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saying;

  connectedCallback() {
    this.#part("fieldset").removeAttribute("disabled");
    this.addEventListener("input", this);
    this.addEventListener("change", this);
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    this.removeEventListener("change", this);
    this.removeEventListener("click", this);
    clearTimeout(this.#saying);
    this.#newest += 1; // what is still on its way has nowhere to be shown,
    this.#moved = false; // and there is nothing left to ask
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target } = event;
    if (event.type === "click") {
      if (target instanceof Element && target.closest(".widget-again")) this.#ask();
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
      if (reply.state === "live") this.#show(reply.html);
      else this.#end("refused", reply.sentence);
    } catch (error) {
      if (question !== this.#newest) return;
      this.#mustStart = !(error instanceof PythonCrashed);
      this.#end("failed", sentenceFor(error));
    }
  }

  /** @param {string} html made by our own Python, which escapes by construction */
  #show(html) {
    const output = this.#part("output");
    output.innerHTML = html;
    this.#end("live", "");
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#part(".widget-spoken").textContent = output.querySelector("[data-say]")?.textContent ?? "";
    }, QUIET_MS);
  }

  /**
   * @param {State} state
   * @param {string} sentence
   */
  #end(state, sentence) {
    this.state = state;
    this.#say(sentence);
    this.#part(".widget-again").toggleAttribute("hidden", state !== "failed");
  }

  /** @param {string} sentence */
  #say(sentence) {
    this.#part(".widget-message").textContent = sentence;
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
