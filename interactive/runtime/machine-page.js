// @ts-check
// On a machine's own page: fetches what makes the widget live once the reader comes near it or does anything.
// Until then the page is as light as its text.

const TOUCHES = ["pointerdown", "keydown", "focusin"];
const widget = document.querySelector("lesson-widget");

const near = new IntersectionObserver((seen) => {
  if (seen.some((one) => one.isIntersecting)) void wake();
});

async function wake() {
  try {
    await import("./lesson-widget.js");
  } catch {
    return; // no network: the starting values stay, and the next touch tries again
  }
  near.disconnect();
  for (const touch of TOUCHES) removeEventListener(touch, wake);
}

if (widget) near.observe(widget);
for (const touch of TOUCHES) addEventListener(touch, wake);
if (location.hash) void wake();

try {
  // whoever saved the lessons hears of a new version here too
  if (navigator.serviceWorker?.controller) void import("./offline.js").catch(() => {});
} catch {
  // a browser may deny even the question
}

export {};
