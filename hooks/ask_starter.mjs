// @ts-check
// Asks the starter under Node, at build time and in tests.
// node ask_starter.mjs <starter.js> <micropython folder> <source.json> <requests.json> <replies.json>

import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [starter, folder, source, requests, replies] = process.argv.slice(2);
const { startStarter } = await import(pathToFileURL(resolve(starter)).href);
const { loadMicroPython } = await import(pathToFileURL(join(folder, "micropython.mjs")).href);
const answer = await startStarter(loadMicroPython, join(folder, "micropython.wasm"), JSON.parse(readFileSync(source, "utf8")));
const answered = JSON.parse(readFileSync(requests, "utf8")).map((/** @type {string} */ request) => {
  try {
    return answer(request);
  } catch (error) {
    return `crash: ${error}`;
  }
});
writeFileSync(replies, JSON.stringify(answered));
