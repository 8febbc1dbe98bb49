// @ts-check
// Starts the built site's own Pyodide with the site's own wheel, under Node.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** @param {string} runtime the site's folder of that name */
export async function startPython(runtime) {
  const manifest = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
  const home = resolve(runtime, manifest.pyodide);
  const { loadPyodide } = await import(join(home, "pyodide.mjs"));
  return loadPyodide({
    indexURL: home,
    stdLibURL: join(home, manifest.stdlib),
    lockFileURL: join(home, manifest.lock),
    packageCacheDir: home,
    packages: ["interactive"],
    stdout: () => {},
  });
}
