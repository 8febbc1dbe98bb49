// @ts-check
// Starts the built site's own Pyodide with the site's own wheel, under Node.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * @param {string} runtime the site's folder of that name
 * @param {string} [wholeLibrary] Pyodide's whole standard library: then Pyodide installs our package from the lock file,
 *   which takes modules that the site leaves out; otherwise it is imported as the worker does
 */
export async function startPython(runtime, wholeLibrary) {
  const manifest = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
  const told = manifest.pyodide;
  const home = resolve(runtime, told.home);
  const { loadPyodide } = await import(join(home, "pyodide.mjs"));
  const python = await loadPyodide({
    indexURL: home,
    stdLibURL: wholeLibrary ?? join(home, told.stdlib.name),
    lockFileContents: readFileSync(join(home, told.lock.name), "utf8"),
    packageBaseUrl: `${home}/`,
    packages: wholeLibrary ? ["interactive"] : [],
    stdout: () => {},
  });
  if (wholeLibrary) return python;
  // as python-worker.js does
  python.FS.writeFile("/lib/interactive.zip", readFileSync(join(home, told.package.name)));
  python.runPython('import sys\nsys.path.append("/lib/interactive.zip")');
  return python;
}
