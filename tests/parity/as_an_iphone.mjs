// @ts-check
// Answers a file of requests as answer_all.mjs does, on a device where Pyodide calls Python's functions in another way.

Object.defineProperty(globalThis, "navigator", { value: { userAgent: "iPhone", language: "en", languages: ["en"] } });
await import("./answer_all.mjs");
