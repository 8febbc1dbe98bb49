// @ts-check
// Answers a file of requests with the built site's own Pyodide and wheel, under Node.
// node answer_all.mjs <site>/runtime requests.json answers.json

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const [runtime, requestsFile, answersFile] = process.argv.slice(2);
const manifest = JSON.parse(readFileSync(join(runtime, "manifest.json"), "utf8"));
const home = resolve(runtime, manifest.pyodide);
const { loadPyodide } = await import(join(home, "pyodide.mjs"));
const python = await loadPyodide({
  indexURL: home,
  lockFileURL: join(home, manifest.lock),
  packageCacheDir: home,
  packages: ["interactive"],
});
const answer = python.pyimport("interactive.browser").answer;
const requests = JSON.parse(readFileSync(requestsFile, "utf8"));
writeFileSync(answersFile, JSON.stringify(requests.map((/** @type {string} */ request) => answer(request))));
