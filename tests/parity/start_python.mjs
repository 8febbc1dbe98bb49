// @ts-check
// Starts the built site's own Pyodide with the site's own wheel, under Node.

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** @param {string} runtime the site's folder of that name */
export async function startPython(runtime) {
  const manifest = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
  const told = manifest.pyodide;
  const home = resolve(runtime, told.home);
  const { loadPyodide } = await import(join(home, "pyodide.mjs"));
  return loadPyodide({
    indexURL: home,
    stdLibURL: join(home, told.stdlib.name),
    lockFileURL: join(home, told.lock.name),
    packageCacheDir: home,
    packages: ["interactive"],
    stdout: () => {},
  });
}
