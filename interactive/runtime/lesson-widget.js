// @ts-check
// The element: owns the DOM of one widget and nothing else. What is prerendered in it *is* the widget;
// only what stands in <output> is ever replaced, so focus never jumps.

import { Controls } from "./controls.js";
import { DownloadNotice } from "./download-notice.js";
import { changes, hashWith, stateIn } from "./fragment.js";
import { ask, PythonCrashed, PythonNotStarted } from "./python-client.js";
import { savedInputs, saveInputs } from "./reader-store.js";
import { Words } from "./words.js";

/** @typedef {"static" | "calculating" | "live" | "refused" | "failed"} State */
/** @typedef {import("./fragment.js").Inputs} Inputs */

const SENTENCES = {
  starting: "Starting live calculation …",
  notStarted: "Live calculation could not start. The last answer stays above.",
  stopped: "Live calculation took too long and was stopped. The last answer stays above.",
  crashed: "These values could not be calculated. The last answer stays above.",
  given: "Taken over by the other tools on this page.",
  notGiven: "No other tool on this page asks for this.",
  saved: "Saved in this browser only, until you forget it on the page Privacy.",
  notSaved: "This browser does not let pages save anything.",
  badSaved: "The saved values cannot be used any more, so this shows the starting values.",
  badAddress: "The values in this link cannot be used, so this shows the starting values.",
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
  #words = new Words(this);
  #controls = new Controls(this, this.#words);
  /** What the page showed before any script ran: its values, and the answer to them. */
  #start = this.#controls.values;
  #book = this.dataset.book ? { file: JSON.parse(this.dataset.book), start: this.#start } : undefined;
  #firstAnswer = "";
  /** Tells of the download; once Python runs, the engine of record has the last word. */
  #download = new DownloadNotice(
    this,
    this.#words,
    (sentence) => this.#say(sentence),
    () => this.dataset.engine && this.dataset.engine !== "pyodide" && this.#ask(true, true),
    this.#book?.file,
  );
  #quietly = false;
  /** The answer that stands, as Python wrote it. */
  #shown = "";
  /** The same, while a gym's own starting values wait for their answer. @type {{inputs: Inputs, html: string} | undefined} */
  #printed;
  /** The reader has asked something, and not only the address of the page. */
  #byReader = false;
  /** Knows whether the answer's first sentence lies below what the reader sees. */
  #watch = new IntersectionObserver(([seen]) => this.#echo(seen));
  /** Earlier values, which the reader compares the newest with. @type {Inputs | undefined} */
  #before;
  /** The control moved last: one step back in the address undoes what was done to one control. */
  #touched = "";

  connectedCallback() {
    if (document.documentElement.hasAttribute("data-static")) return; // a host wants a still picture
    this.#firstAnswer ||= this.#part("output").innerHTML;
    for (const part of this.querySelectorAll("fieldset, .widget-units select")) part.removeAttribute("disabled");
    this.querySelector(".widget-tools")?.removeAttribute("hidden");
    this.#offerSaved();
    for (const event of ["input", "change", "click"]) this.addEventListener(event, this);
    this.#download.listen();
    if (this.dataset.gym) this.#startAsGymSays(this.dataset.gym);
    if (this.hasAttribute("data-private")) return;
    window.addEventListener("popstate", this);
    if (location.hash) this.#readAddress();
  }

  disconnectedCallback() {
    for (const event of ["input", "change", "click"]) this.removeEventListener(event, this);
    window.removeEventListener("popstate", this);
    this.#watch.disconnect();
    this.#download.leave();
    clearTimeout(this.#saying);
    this.#newest += 1; // what is still on its way has nowhere to be shown,
    this.#moved = false; // and there is nothing left to ask
  }

  /** @param {Event} event */
  handleEvent(event) {
    const { target, type } = event;
    if (type === "popstate") this.#readAddress();
    else if (type === "click" && target instanceof Element) this.#press(target);
    else if (target instanceof HTMLSelectElement && target.matches(".widget-machine")) {
      if (type === "change") this.#setMachine(target);
    } else if (target instanceof HTMLInputElement && target.dataset.twin) {
      if (type === "change") this.#readTwin(target);
    } else if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) {
      if (type === "input") this.#move(target);
      else this.#writeAddress(target.name);
    }
  }

  /** @param {HTMLInputElement | HTMLSelectElement} control */
  #move(control) {
    if (control.name === "units") this.#controls.switchUnits();
    else if (control instanceof HTMLInputElement && control.type === "range") this.#controls.showNumber(control);
    this.#controls.nameMachine();
    this.#ask();
  }

  /** @param {Element} pressed */
  #press(pressed) {
    const button = /** @type {HTMLElement | null} */ (pressed.closest("button"));
    if (!button) return;
    const { set, give, tool } = button.dataset;
    if (button.matches(".widget-again")) {
      this.#download.agreed();
      this.#ask();
    } else if (set) this.#set(JSON.parse(set), button.textContent ?? "");
    else if (give) this.#give(JSON.parse(give));
    else if (tool) this.#use(tool);
  }

  /** @param {string} tool */
  #use(tool) {
    if (tool === "link") this.#copyLink();
    else if (tool === "save") this.#save();
    else if (tool === "saved") this.#useSaved();
    else if (tool === "print") this.#print();
    else {
      this.#before = tool === "before" ? this.inputs : undefined;
      this.#ask();
      this.#writeAddress(tool);
    }
  }

  /** @param {HTMLSelectElement} list */
  #setMachine(list) {
    const chosen = list.selectedOptions[0]?.dataset.set;
    if (chosen) this.#set(JSON.parse(chosen), "machine");
  }

  /**
   * Set inputs as if the reader had moved them.
   * @param {Inputs} inputs
   * @param {string} touched
   */
  #set(inputs, touched) {
    this.#controls.set(inputs);
    this.#ask();
    this.#writeAddress(touched);
  }

  /**
   * Hand inputs on to the other widgets of the page that know them.
   * @param {Inputs} inputs
   */
  #give(inputs) {
    const others = [...document.querySelectorAll("lesson-widget")].filter(
      (other) => other !== this && other instanceof LessonWidget && other.#take(inputs),
    );
    this.#say(others.length ? SENTENCES.given : SENTENCES.notGiven);
  }

  /**
   * @param {Inputs} inputs
   * @returns {boolean} whether this widget knows them
   */
  #take(inputs) {
    const known = Object.fromEntries(Object.entries(inputs).filter(([field]) => field in this.#start));
    if (Object.keys(known).length) this.#set(known, "given");
    return Object.keys(known).length > 0;
  }

  /**
   * A gym may set its own machine in the address of a frame: then the widget starts there.
   * @param {string} values as in a fragment, `backrest_deg=22&rail_deg=45`
   */
  #startAsGymSays(values) {
    const state = stateIn(`#v1&${this.id}&${values}`, this.id, this.#start);
    if (typeof state === "string" || !this.#controls.set(state.inputs)) return this.#restart(SENTENCES.badAddress);
    if (!changes(this.inputs, this.#start).length) return; // the most usual machine is where it starts anyway
    this.#printed = { inputs: this.#start, html: this.#firstAnswer };
    this.#start = this.inputs;
    this.#ask(false);
  }

  /** The address says how each widget stands; what it does not name stands at its start. */
  #readAddress() {
    const state = stateIn(location.hash, this.id, this.#start);
    if (state === "none") {
      const elsewhere = location.hash !== ""; // an ordinary anchor: the reader only went to another place of the page
      if (!elsewhere && (this.#before || changes(this.inputs, this.#start).length)) this.#restart("");
    } else if (state === "unreadable" || !this.#controls.set(state.inputs)) {
      this.#restart(SENTENCES.badAddress);
    } else {
      this.#before = state.before;
      this.#ask();
    }
  }

  /** @param {string} touched what the reader moved */
  #writeAddress(touched) {
    if (this.hasAttribute("data-private")) return; // not even the browser's history is to know
    const hash = hashWith(location.hash, this.id, { inputs: this.inputs, before: this.#before }, this.#start);
    if (hash === location.hash || (!hash && !location.hash.startsWith("#v"))) return;
    const address = hash || location.pathname + location.search;
    // Material keeps the place of the page in the state of the history; in a frame, going back is the host's
    if (touched === this.#touched || window.parent !== window) history.replaceState(history.state, "", address);
    else history.pushState(history.state, "", address);
    this.#touched = touched;
  }

  /**
   * Show what was there before any script ran.
   * @param {string} sentence
   */
  #restart(sentence) {
    this.#newest += 1;
    this.#moved = false;
    this.#before = undefined;
    this.#controls.set(this.#start);
    if (this.#printed) return void this.#ask(false); // what is printed answers other values
    this.#part("output").innerHTML = this.#firstAnswer;
    this.#shown = "";
    delete this.dataset.engine;
    this.#end("static", sentence);
  }

  #offerSaved() {
    this.querySelector("[data-tool=saved]")?.toggleAttribute("hidden", !savedInputs(this.#name));
  }

  #save() {
    if (saveInputs(this.#name, this.inputs)) this.#say(`${this.#words.say(SENTENCES.saved)} ${this.#words.say("It holds {values}.", { values: this.#told() })}`);
    else this.#say(SENTENCES.notSaved);
    this.#offerSaved();
  }

  /** What was saved may come from an older site: the contract judges it. */
  #useSaved() {
    const saved = Object.entries(savedInputs(this.#name) ?? {});
    const known = saved.filter(([field, value]) => typeof this.#start[field] === typeof value);
    if (!this.#controls.set({ ...this.#start, ...Object.fromEntries(known) })) return this.#restart(SENTENCES.badSaved);
    this.#ask();
    this.#writeAddress("saved");
  }

  /** @returns {string} the values that are not as at the start, in words */
  #told() {
    const told = changes(this.inputs, this.#start).map(([field, value]) => this.#controls.told(field, value));
    return told.length ? told.join("; ") : this.#words.say("the starting values");
  }

  get #name() {
    return this.getAttribute("name") ?? "";
  }

  async #copyLink() {
    const carries = this.#words.say("It carries: {values}.", { values: this.#told() });
    const hash = hashWith("", this.id, { inputs: this.inputs, before: this.#before }, this.#start);
    const link = location.href.replace(/#.*$/, "") + (hash || `#${this.id}`);
    try {
      await navigator.clipboard.writeText(link);
      this.#say(`${this.#words.say("Link copied.")} ${carries}`);
    } catch {
      this.#say(`${this.#words.say("Copy this link: {link}", { link })} ${carries}`);
    }
  }

  #print() {
    const root = document.documentElement;
    this.classList.add("printing");
    root.classList.add("prints-card");
    const done = () => {
      this.classList.remove("printing");
      root.classList.remove("prints-card");
    };
    window.addEventListener("afterprint", done, { once: true });
    window.print();
  }

  /** @returns {Inputs} */
  get inputs() {
    return this.#controls.values;
  }

  /**
   * @param {boolean} byReader and not by the address alone
   * @param {boolean} quietly what stands below the answer stays, if the answer does
   */
  async #ask(byReader = true, quietly = false) {
    this.#moved = true;
    this.#quietly = quietly && this.state === "live"; // a refusal, or what the reader asks just now, has words of its own
    this.#byReader ||= byReader;
    clearTimeout(this.#saying); // a reader who moves on is not read to
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
      const { inputs } = this;
      const request = { widget: this.#name, inputs, before: this.#before, words: this.#words.catalogue };
      const reply = await ask(request, this.#book, this.#byReader);
      if (this.#printed) this.#settleStart(inputs, reply);
      if (question !== this.#newest) return;
      this.#mustStart = false;
      this.dataset.engine = reply.engine;
      if (reply.state === "live") this.#show(reply.html);
      else if (reply.state === "refused") this.#end("refused", reply.sentence);
      else this.#restart(SENTENCES.badAddress); // no control can ask this: the address did
    } catch (error) {
      if (question !== this.#newest) return;
      this.#mustStart = !(error instanceof PythonCrashed);
      // beside a gym's values, the printed answer to other ones would be a wrong one
      if (this.#printed && !this.#shown) this.#part("output").replaceChildren();
      this.#end("failed", (await this.#download.asks(error)) || sentenceFor(error));
    }
  }

  /**
   * Python has the last word on a gym's values: from now on the widget starts there, or where it did in print.
   * @param {Inputs} inputs
   * @param {import("./python-client.js").Reply} reply
   */
  #settleStart(inputs, reply) {
    if (reply.state === "invalid" && this.#printed) {
      this.#start = this.#printed.inputs;
      this.#printed = undefined;
    } else if (reply.state === "live" && !changes(inputs, this.#start).length) {
      this.#firstAnswer = reply.html;
      this.#printed = undefined;
    }
  }

  /** @param {string} html made by our own Python, which escapes by construction */
  #show(html) {
    const said = this.#quietly && html === this.#shown ? this.#part(".widget-message").textContent : "";
    if (html !== this.#shown) this.#replace(html);
    this.#end("live", said);
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#part(".widget-spoken").textContent = this.querySelector("output [data-say]")?.textContent ?? "";
    }, QUIET_MS);
  }

  /** @param {string} html */
  #replace(html) {
    const output = this.#part("output");
    const hadFocus = output.contains(document.activeElement);
    const open = [...output.querySelectorAll("details")].map((details) => details.open);
    output.innerHTML = this.#shown = html;
    const folds = output.querySelectorAll("details");
    if (folds.length === open.length) folds.forEach((details, index) => (details.open = open[index]));
    if (hadFocus) this.#focusSentence();
    this.#watch.disconnect();
    const sentence = output.querySelector("[data-say]");
    if (sentence) this.#watch.observe(sentence);
  }

  /**
   * On a phone the controls push the answer out of sight: its first sentence then stands below them,
   * and not on the one that the keyboard moves.
   * @param {IntersectionObserverEntry | undefined} seen
   */
  #echo(seen) {
    const echo = this.#part(".widget-echo");
    const below = seen && !seen.isIntersecting && seen.boundingClientRect.top > 0;
    echo.toggleAttribute("hidden", !below);
    echo.textContent = below ? seen.target.textContent : "";
    if (below) this.querySelector(":focus-visible")?.scrollIntoView({ block: "nearest" });
  }

  /** What the reader pressed in the last answer is gone: go on at the new one. */
  #focusSentence() {
    const sentence = /** @type {HTMLElement | null} */ (this.querySelector("output [data-say]"));
    sentence?.setAttribute("tabindex", "-1");
    sentence?.focus();
  }

  /**
   * @param {State} state
   * @param {string} sentence
   */
  #end(state, sentence) {
    this.state = state;
    this.#say(sentence || this.#download.says);
    this.#part(".widget-again").toggleAttribute("hidden", state !== "failed");
    this.querySelector("[data-tool=alone]")?.toggleAttribute("hidden", !this.#before);
  }

  /** @param {string} sentence in English, or in the page's language already */
  #say(sentence) {
    const message = this.#part(".widget-message");
    const said = this.#words.say(sentence);
    if (message.textContent !== said) message.textContent = said;
  }

  /**
   * A number, once typed, moves its slider; one that is none of the slider's stops is put back with a word.
   * @param {HTMLInputElement} twin
   */
  #readTwin(twin) {
    const slider = this.#controls.sliderOf(twin);
    if (twin.value !== "" && twin.checkValidity()) {
      slider.value = twin.value;
      this.#move(slider);
      this.#writeAddress(slider.name);
    } else {
      const unit = this.#part(`[data-twin="${slider.name}"] ~ .widget-unit`).textContent?.replace(/ \(.*/, "");
      twin.value = slider.value;
      const label = slider.labels?.[0].textContent ?? "";
      this.#say(this.#words.say("{label}: from {low} to {high}.", { label, low: slider.min, high: slider.max + (unit ?? "") }));
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
