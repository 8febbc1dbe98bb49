// @ts-check
// Puts our package into MicroPython: the starter, which answers while Pyodide is still on its way.

/** What an answer may use before memory is tidied up, which takes longer the more there is [bytes]. */
const HEAP = 4 * 1024 * 1024;

/**
 * @param {(options: object) => Promise<any>} loadMicroPython
 * @param {string} wasm where MicroPython's wasm is
 * @param {Record<string, string>} source path to text
 * @returns {Promise<(request: string) => string>}
 */
export async function startStarter(loadMicroPython, wasm, source) {
  const python = await loadMicroPython({ url: wasm, heapsize: HEAP });
  const folders = new Set();
  for (const [path, text] of Object.entries(source)) {
    const parts = path.split("/").slice(0, -1);
    parts.forEach((_, depth) => {
      const folder = `/${parts.slice(0, depth + 1).join("/")}`;
      if (!folders.has(folder)) python.FS.mkdir(folder);
      folders.add(folder);
    });
    python.FS.writeFile(`/${path}`, text);
  }
  const modules = Object.keys(source).filter((path) => path.endsWith(".py")).map((path) => path.replace(/(\/__init__)?\.py$/, "").replaceAll("/", "."));
  python.runPython(`import sys
sys.path[:] = ["/"]
import starter_library
starter_library._MODULES[:] = ${JSON.stringify(modules)}`);
  return python.pyimport("interactive.browser").answer;
}
