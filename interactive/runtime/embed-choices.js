// @ts-check
// For the page that gyms copy from: what is chosen changes every snippet of the page and the preview. Nothing is kept.

/** How long a reader may type before the preview follows [ms]. */
const QUIET_MS = 400;

const SENTENCES = {
  colour: "This is not a colour yet: write six digits and letters, such as 0a5f6b.",
  copied: "Copied.",
  notCopied: "This browser does not let pages copy. The snippet is marked: press Ctrl and C.",
};

class EmbedChoices extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #waiting;

  connectedCallback() {
    for (const part of this.querySelectorAll("[hidden]")) part.removeAttribute("hidden");
    this.addEventListener("input", this);
    this.#show();
  }

  disconnectedCallback() {
    this.removeEventListener("input", this);
    clearTimeout(this.#waiting);
  }

  handleEvent() {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#show(), QUIET_MS);
  }

  #show() {
    const name = this.#select("embed-name");
    const { what = "", page = "", asksMachine } = name.selectedOptions[0].dataset;
    const machine = this.#select("embed-machine");
    machine.disabled = asksMachine === undefined;
    const accent = /** @type {HTMLInputElement} */ (this.#part("#embed-accent"));
    const chosen = {
      theme: this.#select("embed-theme").value,
      accent: accent.validity.valid ? accent.value.replace("#", "").toLowerCase() : "",
      machine: machine.disabled ? "" : machine.value,
    };
    this.#part("[role=status]").textContent = accent.validity.valid ? "" : SENTENCES.colour;
    const flags = Object.entries(chosen).filter(([, value]) => value);
    const query = flags.length ? `?${new URLSearchParams(flags)}` : "";
    const embed = `${this.dataset.embedded}${name.value}/${query}`;
    const title = name.selectedOptions[0].text;
    const values = { embed, page, title, what, flags: flags.map(([flag, value]) => ` ${flag}="${value}"`).join("") };
    for (const snippet of document.querySelectorAll("embed-snippet")) fill(snippet, values);
    this.#preview(embed, title);
  }

  /**
   * @param {string} address
   * @param {string} title
   */
  #preview(address, title) {
    const preview = this.#part(".embed-preview");
    // where the site lies here: it may be looked at from another address than the one it is built for
    const src = address.replace(this.dataset.embedded ?? "", new URL("../e/v1/", import.meta.url).href);
    if (preview.querySelector("iframe")?.src === src) return;
    const frame = document.createElement("iframe");
    frame.src = src;
    frame.title = `Preview: ${title}`;
    frame.loading = "lazy";
    preview.replaceChildren(frame);
  }

  /** @param {string} id */
  #select(id) {
    return /** @type {HTMLSelectElement} */ (this.#part(`#${id}`));
  }

  /**
   * @param {string} selector
   * @returns {Element}
   */
  #part(selector) {
    const part = this.querySelector(selector);
    if (!part) throw new Error(`the choices have no ${selector}`);
    return part;
  }
}

class EmbedSnippet extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.removeAttribute("hidden");
    this.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this);
  }

  /** @param {Event} event */
  async handleEvent({ target }) {
    const code = this.querySelector("code");
    const says = this.querySelector("[role=status]");
    if (!(target instanceof HTMLButtonElement) || !code || !says) return;
    says.textContent = "";
    try {
      await navigator.clipboard.writeText(code.textContent ?? "");
      says.textContent = SENTENCES.copied;
    } catch {
      getSelection()?.selectAllChildren(code);
      says.textContent = SENTENCES.notCopied;
    }
  }
}

/**
 * @param {Element} snippet
 * @param {Record<string, string>} values
 */
function fill(snippet, values) {
  const template = snippet.getAttribute("data-template") ?? "";
  const code = snippet.querySelector("code");
  const says = snippet.querySelector("[role=status]");
  const isHtml = template.includes("<");
  /** @param {string} name */
  const value = (name) => (isHtml && !["what", "flags"].includes(name) ? escaped(values[name]) : values[name]);
  if (code) code.textContent = template.replace(/\{(\w+)\}/g, (_, name) => value(name));
  if (says) says.textContent = "";
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("'", "&#x27;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

customElements.define("embed-choices", EmbedChoices);
customElements.define("embed-snippet", EmbedSnippet);
