// @ts-check
// Lets Pyodide's own Python, under Node, compile the part of the standard library that our widgets need.
// node compile_in_pyodide.mjs <pyodide folder> <lock file> <wheel> <compile_in_pyodide.py> <names, as JSON> <output>

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, lock, wheel, script, names, output] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder, lockFileContents: readFileSync(lock, "utf8") });
// as python-worker.js does: what a package manager needs is not needed
python.FS.writeFile("/lib/interactive.whl", readFileSync(wheel));
python.runPython('import sys\nsys.path.append("/lib/interactive.whl")');
python.runPython(readFileSync(script, "utf8"));
writeFileSync(output, python.globals.get("compiled")(python.toPy(JSON.parse(names))).toJs());
