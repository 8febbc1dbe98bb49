// @ts-check
// Inside a frame on somebody else's page: takes that page's wishes from the address and tells it how tall we are.
// A classic script, because those come even where a sandbox on a host without CORS keeps modules away.

(() => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);

  const SENTENCES = {
    colour: "The colour asked for is no colour, so this shows our own.",
    contrast: "The colour asked for is hard to read here, so this shows our own.",
    machine: "The machine asked for is not known here, so this shows our starting values.",
    body: "Values of a body are never taken from an address. Enter them here, and they stay with you.",
    picture: "This still picture shows our starting values.",
    still: "Here nothing can be moved. The page below this one can.",
  };

  /** The grounds on which links and sliders stand, as in the style sheets. */
  const GROUNDS = { default: "f6f8f8", slate: "1b242a" };
  /** What letters need, after WCAG 2.2. */
  const CONTRAST = 4.5;

  /** @type {Set<string>} */
  const notes = new Set();

  /** @param {string} sentence */
  function note(sentence) {
    notes.add(sentence);
    const place = document.querySelector(".embed-note");
    if (place) place.textContent = [...notes].join(" ");
  }

  // ---- colours

  const dark = matchMedia("(prefers-color-scheme: dark)");

  function colour() {
    const theme = asked.get("theme");
    const scheme = theme === "dark" || (theme === "auto" && dark.matches) ? "slate" : "default";
    root.setAttribute("data-md-color-scheme", scheme);
    notes.delete(SENTENCES.contrast);
    const accent = accentOn(GROUNDS[scheme]);
    for (const name of ["--embed-accent", "--md-typeset-a-color", "--md-accent-fg-color"]) {
      if (accent) root.style.setProperty(name, accent);
      else root.style.removeProperty(name);
    }
  }

  /**
   * @param {string} ground
   * @returns {string | undefined} the accent, if somebody asks for one that can be read
   */
  function accentOn(ground) {
    const wanted = asked.get("accent")?.replace(/^#/, "");
    if (wanted === undefined) return undefined;
    if (!/^([0-9a-f]{3}|[0-9a-f]{6})$/i.test(wanted)) return void note(SENTENCES.colour);
    const hex = wanted.length === 3 ? wanted.replace(/./g, "$&$&") : wanted;
    const [dim, bright] = [luminance(hex), luminance(ground)].sort((a, b) => a - b);
    if ((bright + 0.05) / (dim + 0.05) < CONTRAST) return void note(SENTENCES.contrast);
    return `#${hex}`;
  }

  /** @param {string} hex six digits */
  function luminance(hex) {
    const [red, green, blue] = [0, 2, 4].map((at) => {
      const part = parseInt(hex.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  // ---- the gym's own values

  /** Hand each widget those that it knows; it reads them as it reads a fragment. */
  function handOn() {
    if (words("refused").some((name) => asked.has(name))) note(SENTENCES.body);
    const given = new URLSearchParams(machine());
    for (const name of words("settable")) if (asked.has(name)) given.set(name, asked.get(name) ?? "");
    if (root.hasAttribute("data-static")) return [...given].length ? note(SENTENCES.picture) : undefined;
    for (const widget of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("lesson-widget"))) {
      const known = JSON.parse(widget.dataset.inputs ?? "{}");
      const its = [...given].filter(([name]) => Object.hasOwn(known, name));
      if (its.length) widget.dataset.gym = String(new URLSearchParams(its));
    }
  }

  function machine() {
    const machines = JSON.parse(document.body.dataset.machines ?? "{}");
    const wanted = asked.get("machine");
    if (wanted === null || Object.hasOwn(machines, wanted)) return machines[wanted ?? ""] ?? "";
    note(SENTENCES.machine);
    return "";
  }

  /** @param {string} list */
  function words(list) {
    return (document.body.dataset[list] ?? "").split(" ").filter(Boolean);
  }

  // ---- the page around us

  let secret = "";

  /** @param {unknown} message our height is no secret: any page may hear it */
  function say(message) {
    if (window.parent !== window) window.parent.postMessage(message, "*");
  }

  function tellHeight() {
    // WordPress puts it into the fragment, where the reader's values may follow
    secret = /^#\?secret=(\w+)$/.exec(location.hash)?.[1] ?? secret;
    const height = Math.ceil(root.getBoundingClientRect().height);
    say({ type: "backcheck:height", v: 1, height });
    if (secret) say({ message: "height", value: height, secret });
    say({ subject: "lti.frameResize", height }); // Canvas
    say({ sentinel: "amp", type: "embed-size", height });
    // Embedly wants our address; what the reader entered stands behind the # and stays here
    say(JSON.stringify({ src: location.href.replace(/#.*/, ""), context: "iframe.resize", height }));
  }

  /** @param {MouseEvent} event */
  function follow(event) {
    const link = event.target instanceof Element && /** @type {HTMLAnchorElement | null} */ (event.target.closest("a[href]"));
    if (!link) return;
    const place = link.getAttribute("href")?.startsWith("#") && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (place) {
      // the fragment holds the reader's values, and a jump inside a tall frame would move nothing
      event.preventDefault();
      place.scrollIntoView();
      place.setAttribute("tabindex", "-1");
      place.focus({ preventScroll: true });
    } else if (secret && link.host === location.host) {
      event.preventDefault(); // WordPress' sandbox opens no windows; its page follows our links itself
      say({ message: "link", value: link.href, secret });
    }
  }

  for (const flag of ["plain", "static"]) root.toggleAttribute(`data-${flag}`, asked.get(flag) === "1");
  colour();
  dark.addEventListener("change", colour);
  // modules run after this and before DOMContentLoaded
  document.addEventListener("readystatechange", () => {
    if (document.readyState !== "interactive") return;
    handOn();
    for (const sentence of notes) note(sentence);
    new ResizeObserver(tellHeight).observe(root);
  });
  document.addEventListener("click", follow);
  // WordPress hides a frame until it has told its height, and in a hidden frame Chromium observes no sizes
  for (const moment of ["load", "hashchange"]) window.addEventListener(moment, tellHeight);
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent && (data?.type === "backcheck:hello" || data?.message === "ready")) tellHeight();
  });
  // a module that the sandbox keeps away
  window.addEventListener("error", ({ target }) => target instanceof HTMLScriptElement && note(SENTENCES.still), true);
})();
