// @ts-check
// Asks the built site's own preview, in its own Pyodide under Node. Requests are lines of the standard input, one JSON
// each; answers are printed in the same way.
// node preview.mjs <site>

import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [site] = process.argv.slice(2);
const told = JSON.parse(readFileSync(join(site, "preview/manifest.json"), "utf8"));
const home = resolve(site, "runtime", told.home);
const { loadPyodide } = await import(join(home, told.script));
const { default: createPyodideModule } = await import(join(home, told.module));
const python = await loadPyodide({
  indexURL: home,
  createPyodideModule,
  stdLibURL: join(site, "preview", told.library.name),
  lockFileContents: readFileSync(join(home, told.lock.name), "utf8"),
  stdout: () => {},
});
// as preview-worker.js does, and with its own few lines of Python
python.FS.writeFile("/lib/interactive.zip", readFileSync(join(home, told.package.name)));
python.FS.writeFile("/lib/lessons.zip", readFileSync(join(site, "preview", told.lessons.name)));
const worker = readFileSync(new URL("../../interactive/runtime/preview-worker.js", import.meta.url), "utf8");
const answer = python.runPython(/const START = `(.*?)`;/s.exec(worker)?.[1]);
for (const line of readFileSync(0, "utf8").split("\n").filter(Boolean)) console.log(answer(line));
