// @ts-check
// Reads replies out of an answer book with the page's own script.
// node read_book.mjs answer-book.js book.json questions.json replies.json

import { readFileSync, writeFileSync } from "node:fs";

const [script, bookFile, questionsFile, repliesFile] = process.argv.slice(2);
globalThis.self ??= /** @type {any} */ (globalThis);
const { Book } = await import(script);
const book = new Book(JSON.parse(readFileSync(bookFile, "utf8")));
const { start, questions } = JSON.parse(readFileSync(questionsFile, "utf8"));
const replies = questions.map((/** @type {[string, unknown][]} */ changed) => book.reply(changed, start) ?? null);
writeFileSync(repliesFile, JSON.stringify(replies));
