// @ts-check
// For other people's pages: turns <back-check widget="setup-finder"> or a marked link into a frame that grows with
// what is in it. A classic script without dependencies; it may be pasted as often as somebody likes.

(() => {
  const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
  if (!script?.src) return;
  /** Where the pages lie that belong to this script. */
  const home = new URL("./", script.src).href;
  const ours = home.replace(/\/e\/.*/, "/e/");
  const { origin } = new URL(home);

  /** What goes into the address; a name with an underscore is an angle or another value of the machine. */
  const SWITCHES = ["plain", "static"];
  const FLAGS = ["theme", "accent", "machine", ...SWITCHES];
  /** The frame is of another origin than the page, so that its own origin opens nothing to it here. */
  const SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";

  /**
   * @param {string} src
   * @param {string} title
   * @param {string | null | undefined} height
   */
  function framed(src, title, height) {
    const frame = document.createElement("iframe");
    frame.setAttribute("sandbox", SANDBOX);
    frame.title = title;
    frame.loading = "lazy";
    frame.referrerPolicy = "no-referrer";
    frame.style.cssText = "display:block;width:100%;border:0";
    frame.style.height = `${clamped(Number(height) || 640)}px`;
    frame.src = src;
    return frame;
  }

  /** @param {number} height a whole lesson on a narrow phone, its answers open, is 21 000 pixels tall */
  function clamped(height) {
    return Math.min(Math.max(height, 40), 60_000);
  }

  class BackCheck extends HTMLElement {
    static observedAttributes = ["widget", "lesson", "height", "title", ...FLAGS];

    connectedCallback() {
      whenRead(() => this.#show());
    }

    attributeChangedCallback() {
      if (this.querySelector("iframe[sandbox]")) this.#show();
    }

    #show() {
      const widget = this.getAttribute("widget");
      const name = widget ?? this.getAttribute("lesson") ?? "";
      if (!/^[a-z0-9-]+$/.test(name)) return; // what stands in the element stays
      const address = new URL(widget === null ? `lesson/${name}/` : `${name}/`, home);
      for (const { name: flag, value } of this.attributes) {
        const set = SWITCHES.includes(flag) ? "1" : value;
        if (set && (FLAGS.includes(flag) || flag.includes("_"))) address.searchParams.set(flag, set);
      }
      const title = this.title || this.textContent?.trim() || name.replaceAll("-", " ");
      this.replaceChildren(framed(address.href, title, this.getAttribute("height")));
    }
  }

  /** @param {() => void} act once the page's own text is whole */
  function whenRead(act) {
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", act);
    else act();
  }

  addEventListener("message", ({ origin: from, source, data }) => {
    if (from !== origin || data?.type !== "backcheck:height" || !Number.isFinite(data.height)) return;
    for (const frame of frames()) if (frame.contentWindow === source) frame.style.height = `${clamped(data.height)}px`;
  });

  function frames() {
    return [...document.querySelectorAll("iframe")].filter((frame) => frame.src.startsWith(ours));
  }

  if (!customElements.get("back-check")) customElements.define("back-check", BackCheck);
  whenRead(() => {
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-back-check]"))) {
      if (link.href.startsWith(ours)) link.replaceWith(framed(link.href, link.textContent ?? "", link.dataset.height));
    }
    // one that was there before this script has said its height to nobody
    for (const frame of frames()) frame.contentWindow?.postMessage({ type: "backcheck:hello" }, "*");
  });
})();
