// @ts-check
// Answers a file of requests with the built site's own Python.
// node answer_all.mjs <site>/runtime requests.json answers.json

import { readFileSync, writeFileSync } from "node:fs";
import { missed, startPython } from "./start_python.mjs";

const [runtime, requestsFile, answersFile] = process.argv.slice(2);
const python = await startPython(runtime);
const answer = python.pyimport("interactive.browser").answer;
const requests = JSON.parse(readFileSync(requestsFile, "utf8"));
const answers = requests.map((/** @type {string} */ request) => {
  try {
    return answer(request);
  } finally {
    if (missed()) throw new Error(`the lean Pyodide lacks function ${missed() - 1}, which this needs: ${request}`);
  }
});
writeFileSync(answersFile, JSON.stringify(answers));
