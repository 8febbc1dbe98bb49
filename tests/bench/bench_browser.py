"""How fast the model answers in a reader's browser: warmed-up Pyodide in Chromium."""

import json
import tempfile
from pathlib import Path
from typing import Any

from tests.browser.engines import engines
from tests.conftest import Build
from tests.site_server import SiteServer

ROUNDS = 15

PYTHON = """
from time import perf_counter

from interactive.catalogue import widget_named
from interactive.model.advice import ranked_changes, what_opens
from interactive.model.chain import Setup
from interactive.model.depth import depth_windows
from interactive.model.uncertainty import plausible_bodies, summarise

picture = widget_named("depth-explorer")
bodies = plausible_bodies()


def first_part(knee):
    summarise(Setup(knee_deg=knee), bodies)
    picture.answer({"knee_deg": knee})


def everything(knee):
    first_part(knee)
    depth_windows(Setup(knee_deg=knee), bodies)
    ranked_changes(Setup(knee_deg=knee), bodies)


def milliseconds(work):
    times = []
    for round in range(3 + ROUNDS):
        start = perf_counter()
        work(90.0 + round)
        times.append((perf_counter() - start) * 1000)
    return sorted(times[3:])[ROUNDS // 2]


def measured():
    return [milliseconds(first_part), milliseconds(everything)]
"""

JAVASCRIPT = """
(async () => {
  const told = (await (await fetch("runtime/manifest.json")).json()).pyodide;
  const home = new URL(`runtime/${told.home}`, location.href).href;
  const { loadPyodide } = await import(home + told.script);
  const { default: createPyodideModule } = await import(home + told.module);
  const python = await loadPyodide({
    indexURL: home,
    createPyodideModule,
    stdLibURL: home + told.stdlib.name,
    lockFileURL: home + told.lock.name,
  });
  const zip = await (await fetch(home + told.package.name)).arrayBuffer();
  python.FS.writeFile("/lib/interactive.zip", new Uint8Array(zip));
  python.runPython('import sys\\nsys.path.append("/lib/interactive.zip")');
  python.runPython(PYTHON);
  return python.globals.get("measured")().toJs();
})()
"""


def rows() -> list[dict[str, Any]]:
    """Return the figures of a warmed-up browser, medians of some rounds with inputs that differ."""
    source = json.dumps(PYTHON.replace("ROUNDS", str(ROUNDS)))
    with tempfile.TemporaryDirectory() as folder, engines() as browsers:
        assert Build(Path(folder)).worked
        with (
            SiteServer(Path(folder)) as server,
            browsers.get("chromium").open(server.url) as page,
        ):
            first, whole = page.evaluate(JAVASCRIPT.replace("PYTHON", source).strip())
    named = [
        ("Chromium, warm: posture, band and picture of one input", first, 60),
        ("Chromium, warm: the same with depth windows and ranked changes", whole, 150),
    ]
    return [
        {"name": name, "value": value, "unit": "ms", "limit": limit, "holds": value <= limit}
        for name, value, limit in named
    ]
