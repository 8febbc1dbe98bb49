// @ts-check
// Lets Pyodide's own Python, under Node, compile our package, or the part of the standard library that it needs.
// node compile_in_pyodide.mjs <pyodide folder> <wheel> <compile_in_pyodide.py> <output> [<names, as JSON>]

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, wheel, script, output, names] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
const content = readFileSync(wheel);
// imported as it is: what a package manager needs is not needed
python.FS.writeFile("/lib/interactive.whl", content);
python.runPython('import sys\nsys.path.append("/lib/interactive.whl")');
python.runPython(readFileSync(script, "utf8"));
const made = names
  ? python.globals.get("compiled")(python.toPy(JSON.parse(names)))
  : python.globals.get("package")(python.toPy(new Uint8Array(content)));
writeFileSync(output, made.toJs());
