// @ts-check
// Runs the build's own Markdown and its checks in the background. Gets the manifest of the preview first, then speaks
// {id, request} → {id, reply} or {id, crash}; says {arrived}, bytes that have come, then {started} or {failed}.

import { fetchCompiled, fetchWhole, serve } from "./fetch-whole.js";

/** @typedef {import("./fetch-whole.js").File} File */
/**
 * @typedef {object} Manifest what the build says of the preview's files
 * @property {string} home where Pyodide lies
 * @property {string} script
 * @property {string} module
 * @property {File} wasm
 * @property {File} lock
 * @property {File} package what widgets run
 * @property {File} library the standard library and others
 * @property {File} lessons our Markdown side, and the content that it reads
 * @property {number} megabytes what all of it weighs on the way
 */

const START = `
import sys
import zipfile
with zipfile.ZipFile(next(path for path in sys.path if path.endswith(".zip"))) as library:
    library.extractall("/", [name for name in library.namelist() if name.startswith("site-packages/")])
with zipfile.ZipFile("/lib/lessons.zip") as lessons:
    lessons.extractall("/lessons")
sys.path += ["/site-packages", "/lib/interactive.zip", "/lessons"]
from hooks.lesson_preview import start
start().answer
`;

/** @type {(start: Promise<(request: string) => string>) => void} */
let begin;
const starting = new Promise((/** @type {typeof begin} */ resolve) => (begin = resolve));
starting.then(
  () => self.postMessage({ started: true }),
  (error) => self.postMessage({ failed: String(error) }),
);

/**
 * @param {Manifest} told
 * @returns {Promise<(request: string) => string>}
 */
async function start(told) {
  const home = new URL(told.home, import.meta.url).href;
  const folder = new URL("../preview/", import.meta.url).href;
  const count = (/** @type {number} */ arrived) => self.postMessage({ arrived });
  const scripts = Promise.all([import(`${home}${told.script}`), import(`${home}${told.module}`)]);
  scripts.catch(() => {}); // a file that does not come is told of
  const [module, ...files] = await Promise.all([
    fetchCompiled(home, told.wasm, count),
    fetchWhole(home, told.package, count),
    fetchWhole(folder, told.lessons, count),
    fetchWhole(folder, told.library, count),
    fetchWhole(home, told.lock, count),
  ]);
  const [ours, lessons, library, lock] = files;
  const [{ loadPyodide }, { default: createPyodideModule }] = await scripts;
  const stdLibURL = folder + told.library.name;
  serve(Promise.resolve(module), { [stdLibURL]: library });
  const lockFileContents = new TextDecoder().decode(lock);
  const python = await loadPyodide({ indexURL: home, createPyodideModule, stdLibURL, lockFileContents });
  python.FS.writeFile("/lib/interactive.zip", new Uint8Array(ours));
  python.FS.writeFile("/lib/lessons.zip", new Uint8Array(lessons));
  return python.runPython(START);
}

self.addEventListener("message", async ({ data }) => {
  if ("manifest" in data) return begin(start(data.manifest));
  const { id, request } = data;
  try {
    const answer = await starting;
    self.postMessage({ id, reply: answer(request) });
  } catch (error) {
    self.postMessage({ id, crash: String(error) });
  }
});
