// @ts-check
// The lobby screen: shows one slide at a time. A touch stops it and offers buttons; a minute later it starts anew.
// It keeps nothing, and with reduced motion it stands still.

/** @template {Element} T @param {string} css @returns {T} */
function part(css) {
  const found = document.querySelector(css);
  if (!found) throw new Error(`the lobby screen has no ${css}`);
  return /** @type {T} */ (found);
}

const main = /** @type {HTMLElement} */ (part("main"));
const steps = part(".steps");
const slides = [...document.querySelectorAll(".slide")];
const still = matchMedia("(prefers-reduced-motion: reduce)");

let at = 0;
/** Somebody is at the screen. */
let touched = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;

/** @param {number} index */
function show(index) {
  at = (index + slides.length) % slides.length;
  slides.forEach((slide, each) => slide.toggleAttribute("hidden", each !== at));
  steps.toggleAttribute("hidden", !touched && !still.matches);
  clearTimeout(next);
  if (touched) next = setTimeout(reset, Number(main.dataset.idle));
  else if (!still.matches) next = setTimeout(() => show(at + 1), Number(main.dataset.turn));
}

function reset() {
  touched = false;
  part(".said").textContent = "";
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  scrollTo(0, 0);
  show(0);
}

/** @param {number} by */
function step(by) {
  show(at + by);
  part(".said").textContent = slides[at].querySelector("h2")?.textContent ?? "";
}

/** Any touch stops the loop where it is. */
function pause() {
  touched = true;
  show(at);
}

addEventListener("pointerdown", pause);
addEventListener("keydown", (event) => {
  pause();
  if (event.key === "ArrowRight") step(1);
  if (event.key === "ArrowLeft") step(-1);
});
steps.addEventListener("click", ({ target }) => {
  const by = target instanceof HTMLElement && target.dataset.step;
  if (by) step(Number(by));
});
still.addEventListener("change", reset);
document.body.classList.add("plays");
show(0);

export {};
