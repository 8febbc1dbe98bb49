// @ts-check
// Lets Pyodide's own Python, under Node, compile our package, or the part of the standard library that it needs,
// perhaps together with other libraries.
// node compile_in_pyodide.mjs <pyodide folder> <wheel> <compile_in_pyodide.py> <output> [<names, as JSON> [<sources>]]

import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [folder, wheel, script, output, names, sources] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`).href);
const python = await loadPyodide({ indexURL: folder });
const content = readFileSync(wheel);
// imported as it is: what a package manager needs is not needed
python.FS.writeFile("/lib/interactive.whl", content);
python.runPython('import sys\nsys.path.append("/lib/interactive.whl")');
python.runPython(readFileSync(script, "utf8"));
const bytes = (/** @type {Buffer} */ file) => python.toPy(new Uint8Array(file));
const wanted = names && python.toPy(JSON.parse(names));
writeFileSync(output, made().toJs());

function made() {
  if (sources) return python.globals.get("library")(bytes(readFileSync(sources)), wanted);
  return names ? python.globals.get("compiled")(wanted) : python.globals.get("package")(bytes(content));
}
