// @ts-check
// What a reader sees of saving: the buttons that keep and forget, and the notice of a new version.

import { forgetAll, forgetCopy, hasCopy, ourWorker } from "./reader-store.js";
import { SITE } from "./stored.js";

/** @typedef {{fetched: number, kept: number}} Size in bytes: on the way, compressed; and on the device */
/** @typedef {{lessons: Size, calculation: Size}} Sizes */
/** @typedef {"static" | "ready" | "saving" | "saved" | "failed" | "impossible"} State */

const SENTENCES = {
  saving: "Saving. You can read on, and come back to this page to see how far it is.",
  saved: "Saved on this device. Lessons, search and live calculation work without a network.",
  network: "Saving stopped before everything was there, so nothing was kept. Check the network and try again.",
  ended: "Your browser stopped saving before everything was there. Try again.",
  room: "There is no room for the lessons on this device. Nothing was kept.",
  denied: "This browser lets no page keep anything; in a private window that is usual. Reading works as before.",
  unable: "This browser cannot save pages for later. Reading works as before.",
  notHere: "These pages cannot be saved from this address.",
  noNetwork: "There is no network now. Come back to this page when there is.",
  removed: "Removed. Nothing of the lessons is left on this device.",
  forgotten: "Forgotten. This site keeps nothing on this device now.",
};

const worker = new URL("service-worker.js", SITE);

/** How long the last word of a worker may be on its way [ms]. */
const LAST_WORD_MS = 3000;

class SaveForGym extends HTMLElement {
  /** @type {ServiceWorker | undefined} the one whose news we wait for */
  #coming;

  connectedCallback() {
    this.addEventListener("click", this);
    workers()?.addEventListener("message", this);
    this.#look();
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
    workers()?.removeEventListener("message", this);
  }

  /** @param {Event} event */
  handleEvent(event) {
    if (event instanceof MessageEvent) this.#hear(event.data);
    else if (event.target instanceof Element && event.target.closest(".gym-save")) this.#save();
    else if (event.target instanceof Element && event.target.closest(".gym-remove")) this.#remove();
  }

  async #look() {
    if (!workers()) return this.#end("impossible", SENTENCES.unable);
    const registration = await ourWorker();
    if (registration?.active && (await hasCopy())) return this.#end("saved", SENTENCES.saved);
    if (registration?.installing) return this.#watch(registration.installing);
    try {
      const found = await fetch(new URL("offline.json", SITE));
      if (!found.ok) return this.#end("impossible", SENTENCES.notHere);
      this.#end("ready", offer(await found.json()));
    } catch {
      this.#end("failed", SENTENCES.noNetwork);
    }
  }

  async #save() {
    this.#end("saving", SENTENCES.saving);
    try {
      // always today's worker: a browser may keep an old script for a day
      const registration = await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
      if (registration.installing) this.#watch(registration.installing);
      else registration.active?.postMessage("save again");
      watch(registration);
    } catch (error) {
      const denied = error instanceof DOMException && error.name === "SecurityError";
      this.#end("failed", denied ? SENTENCES.denied : SENTENCES.network);
    }
  }

  /** @param {ServiceWorker} installing */
  #watch(installing) {
    this.#end("saving", SENTENCES.saving);
    this.#coming = installing;
    const heard = () => installing !== this.#coming || this.state !== "saving";
    // one that fails says why, though its word may come after it has gone; one that the browser ended says nothing
    installing.addEventListener("statechange", () => {
      if (installing.state !== "redundant") return;
      setTimeout(() => heard() || this.#end("failed", SENTENCES.ended), LAST_WORD_MS);
    });
  }

  /** @param {{done: number, total: number} | {saved: true} | {failed: "room" | "network"}} news */
  #hear(news) {
    if ("done" in news) {
      const bar = /** @type {HTMLProgressElement} */ (this.#part("progress"));
      bar.max = news.total;
      bar.value = news.done;
    } else if ("saved" in news) {
      this.#end("saved", SENTENCES.saved);
    } else if (this.state === "saving") {
      this.#end("failed", SENTENCES[news.failed]);
    }
  }

  async #remove() {
    await forgetCopy();
    await this.#look();
    if (this.state !== "saved") this.#part(".gym-says").prepend(`${SENTENCES.removed} `);
  }

  /**
   * @param {State} state
   * @param {string} sentence
   */
  #end(state, sentence) {
    const hadFocus = this.contains(document.activeElement);
    this.setAttribute("state", state);
    this.#part(".gym-says").textContent = sentence;
    this.#part("progress").toggleAttribute("hidden", state !== "saving");
    this.#part(".gym-save").toggleAttribute("hidden", state !== "ready" && state !== "failed");
    this.#part(".gym-remove").toggleAttribute("hidden", state !== "saved");
    // a button that goes away would take the keyboard with it
    if (hadFocus) /** @type {HTMLElement} */ (this.#part(".gym-says")).focus();
  }

  get state() {
    return /** @type {State} */ (this.getAttribute("state"));
  }

  /** @param {string} selector */
  #part(selector) {
    return part(this, selector);
  }
}

class ForgetEverything extends HTMLElement {
  connectedCallback() {
    part(this, "button").removeAttribute("hidden");
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  async handleEvent({ target }) {
    if (!(target instanceof Element && target.closest("button"))) return;
    await forgetAll();
    part(this, "[role=status]").textContent = SENTENCES.forgotten;
  }
}

/**
 * @param {Sizes} sizes
 * @returns {string} what saving costs
 */
function offer({ lessons, calculation }) {
  const kept = megabytes(lessons.kept + calculation.kept);
  return (
    `To download: lessons ${megabytes(lessons.fetched)}, live calculation ${megabytes(calculation.fetched)}. ` +
    `On this device they take ${kept}.`
  );
}

/** @param {number} bytes */
function megabytes(bytes) {
  const size = bytes / 1e6;
  return `${size.toFixed(size < 9.95 ? 1 : 0)} MB`;
}

/**
 * @param {Element} whole
 * @param {string} selector
 * @returns {Element}
 */
function part(whole, selector) {
  const found = whole.querySelector(selector);
  if (!found) throw new Error(`${whole.localName} has no ${selector}`);
  return found;
}

/** @returns {ServiceWorkerContainer | undefined} nothing where the browser has none, or denies it */
function workers() {
  try {
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

// ---- a new version

/** @type {ServiceWorkerRegistration | undefined} */
let watched;
/** The reader pressed the button here, not in another tab. */
let wanted = false;

/**
 * Look for a new version now and whenever the reader comes back, and say so when one is there whole.
 * @param {ServiceWorkerRegistration} registration
 */
function watch(registration) {
  if (watched) return;
  watched = registration;
  const follow = () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && registration.active) offerNew(registration);
    });
  };
  follow();
  registration.addEventListener("updatefound", follow);
  if (registration.waiting && registration.active) offerNew(registration);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") update(registration);
  });
  let controlled = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (wanted) location.reload();
    else if (controlled) notice("The lessons were renewed in another window.", "Show them", () => location.reload());
    controlled = true;
  });
}

/** @param {ServiceWorkerRegistration} registration */
async function update(registration) {
  try {
    await registration.update();
  } catch {
    if (await isGone()) await forgetCopy();
  }
}

/**
 * Tell whether the site is there but no longer saves anything: a copy would then show its last day for ever.
 * @returns {Promise<boolean>}
 */
async function isGone() {
  try {
    // the worker lets "no-store" pass
    const [script, start] = await Promise.all([worker, SITE].map((url) => fetch(url, { cache: "no-store" })));
    return [404, 410].includes(script.status) && start.ok;
  } catch {
    return false;
  }
}

/** @param {ServiceWorkerRegistration} registration */
function offerNew(registration) {
  notice("A new version of the lessons is saved.", "Show it", () => {
    wanted = true;
    registration.waiting?.postMessage("take over");
  });
}

/**
 * @param {string} sentence
 * @param {string} label
 * @param {() => void} act
 */
function notice(sentence, label, act) {
  document.querySelector(".new-version")?.remove();
  const box = document.createElement("aside");
  box.className = "new-version md-typeset";
  box.setAttribute("aria-label", "New version");
  const says = document.createElement("p");
  says.setAttribute("role", "status");
  box.append(says, button(label, act, "md-button md-button--primary"), button("Later", () => box.remove(), "md-button"));
  document.body.append(box);
  says.textContent = sentence; // once it is in the page, or nobody hears it
}

/**
 * @param {string} label
 * @param {() => void} act
 * @param {string} looks
 */
function button(label, act, looks) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = looks;
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

customElements.define("save-for-gym", SaveForGym);
customElements.define("forget-everything", ForgetEverything);
ourWorker().then((registration) => {
  if (!registration) return;
  watch(registration);
  update(registration);
});
