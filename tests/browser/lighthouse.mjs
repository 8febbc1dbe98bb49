// Asks Lighthouse about pages as a phone sees them: one process, one Chromium, one line of JSON a visit.
// Nothing is reported to anybody: only Lighthouse's command line knows how to.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const { program, flags, lighthouse: folder, categories, addresses } = JSON.parse(process.argv[2]);
const parts = createRequire(`${folder}/package.json`);
const { default: lighthouse } = await import(pathToFileURL(`${folder}/core/index.js`).href);
const { launch } = await import(pathToFileURL(parts.resolve("chrome-launcher")).href);

const chromium = await launch({ chromePath: program, chromeFlags: [...flags, "--headless=new"], logLevel: "silent" });
try {
  for (const address of addresses) {
    const { lhr } = await lighthouse(address, { port: chromium.port, onlyCategories: categories, logLevel: "silent" });
    console.log(JSON.stringify(told(address, lhr)));
  }
} finally {
  chromium.kill();
}

/** The scores of a visit, and each audit that lowers one, with what it complains of. */
function told(address, { runtimeError, categories, audits }) {
  const scores = Object.values(categories).map(({ id, score }) => [id, score]);
  const lowered = Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
    .map(({ id }) => `${id}: ${audits[id].title} ${places(audits[id]).join(" | ")}`);
  return { address, error: runtimeError?.message ?? "", scores: Object.fromEntries(scores), lowered };
}

function places({ displayValue, errorMessage, details }) {
  const items = (details?.items ?? []).map(
    ({ node, url, description, source }) => node?.snippet ?? url ?? description ?? source,
  );
  return [errorMessage, displayValue, ...items].filter((place) => typeof place === "string" && place);
}
