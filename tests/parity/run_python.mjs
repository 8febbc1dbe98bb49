// @ts-check
// Runs a Python file in the built site's own Pyodide under Node, with our package installed from the lock file, and
// prints what `numbers()` returns.
// node run_python.mjs <site>/runtime file.py <Pyodide's standard library>

import { readFileSync } from "node:fs";
import { startPython } from "./start_python.mjs";

const [runtime, file, wholeLibrary] = process.argv.slice(2);
const python = await startPython(runtime, wholeLibrary);
python.runPython(readFileSync(file, "utf8"), { globals: python.globals });
process.stdout.write(python.globals.get("numbers")());
