// @ts-check
// Everything this site may keep in a reader's browser: the list that the privacy page shows and a test holds.

/** Where the site lies, with its sub-path. The scripts of a frozen release lie deeper in it than today's. */
export const SITE = new URL(import.meta.url.replace(/(runtime|e\/r\/files\/\w+)\/[^/]*$/, ""));

/** What every name begins with, so that other sites on the same host stay apart. Material does the same. */
export const PREFIX = `${SITE.pathname}.`;

/** @typedef {"local storage" | "session storage" | "cache storage"} Where */

/**
 * A name that ends with a hyphen goes on with a version. Plain JSON, because the build reads it too.
 * @type {{name: string, where: Where, when: string, what: string}[]}
 */
export const STORED = [
  {
    "name": "__palette",
    "where": "local storage",
    "when": "You open a page.",
    "what": "Whether you chose light or dark colours."
  },
  {
    "name": "saved-inputs",
    "where": "local storage",
    "when": "You press Save in a calculator.",
    "what": "The values you set in a calculator, such as your height."
  },
  {
    "name": "offline-",
    "where": "cache storage",
    "when": "You press Save for the gym.",
    "what": "A copy of these pages, and a small script (a service worker) that shows it."
  }
];
