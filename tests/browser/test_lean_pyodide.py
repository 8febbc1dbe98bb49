"""A lean Pyodide that lacks what it is asked for: the reader gets the right answer all the same, from the whole one."""

import json
import os
import shutil
from pathlib import Path

import pytest

from hooks import CACHE
from hooks.browser_bundle import (
    PYODIDE,
    package_and_lock,
    python_image,
    python_script,
    run_node,
    standard_library,
    told,
)
from hooks.lean_pyodide import Started, functions_that_run
from hooks.wasm_functions import without
from tests.browser.engines import Engine
from tests.browser.test_faults import reading
from tests.browser.test_lesson import KNEE, LESSON, ONLY_PYTHON, html
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

WHOLE = r"/pyodide\.asm\.wasm$"


def started_once(work: Path) -> set[int]:
    """Return what runs while Pyodide starts, and while it says which exercise suits."""
    (package, lock), library = package_and_lock(work), standard_library(work)
    script = python_script(work)
    image = python_image(work, script, library, lock, package)
    asked = [json.dumps({"widget": "exercise-chooser", "inputs": {}})]
    started = Started(PYODIDE, script, image, library, lock, package)
    return functions_that_run(asked, started, run_node)


@pytest.fixture(scope="module", params=["nothing", "what one widget needs", "all but its image"])
def too_lean(
    request: pytest.FixtureRequest, hosted: SiteServer, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The site with a lean Pyodide that cannot start, one that starts and cannot answer, one without a fitting image."""
    folder = tmp_path_factory.mktemp("too-lean") / "site"
    shutil.copytree(hosted.folder, folder, copy_function=os.link)
    manifest = folder / "runtime" / "manifest.json"
    described = json.loads(manifest.read_text())
    before = json.loads(manifest.read_text())["pyodide"]
    home = folder / "runtime" / described["pyodide"]["home"]
    if request.param == "all but its image":
        image = home / "python-image-0.wasm"
        image.write_bytes(bytes(1000))
        described["pyodide"]["image"] = told(image)
    else:
        kept = set() if request.param == "nothing" else started_once(CACHE)
        wasm = home / "pyodide-lean-0.wasm"
        wasm.write_bytes(without((PYODIDE / "pyodide.asm.wasm").read_bytes(), kept))
        described["pyodide"]["wasm"] = told(wasm)
    [early] = (folder / "runtime").glob("lesson-widget-early.*.js")
    script = early.read_text()
    for part in ("image", "wasm"):
        for old, new in zip(
            before[part].values(), described["pyodide"][part].values(), strict=True
        ):
            script = script.replace(str(old), str(new))
    for file, text in ((manifest, json.dumps(described)), (early, script)):
        file.unlink()  # it is the other site's too
        file.write_text(text)
    return folder


def test_where_the_lean_pyodide_lacks_something_the_whole_one_answers(
    engine: Engine, server: SiteServer, too_lean: Path
) -> None:
    with server.serving(too_lean), reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.move(KNEE, 1)
        lesson.answered_by("pyodide")
        lesson.answered(html(knee_deg=96))
        assert lesson.settled() == "live"
        assert len(server.asked(WHOLE)) == 1
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=97))
        assert lesson.message() == ""


def test_where_the_whole_one_cannot_be_had_either_the_last_answer_stays(
    engine: Engine, server: SiteServer, too_lean: Path
) -> None:
    with server.serving(too_lean), reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        broken = server.fault(WHOLE, cut=True)
        lesson.move(KNEE, 1)
        assert lesson.settled() == "failed"
        lesson.answered(html())
        broken.remove()
        lesson.try_again()
        lesson.answered(html(knee_deg=96))
        assert lesson.settled() == "live"


def test_the_lean_pyodide_of_the_site_starts_and_starts_again(
    engine: Engine, server: SiteServer
) -> None:
    with reading(engine, server, LESSON + ONLY_PYTHON) as lesson:
        lesson.move(KNEE, 1)
        lesson.answered(html(knee_deg=96))
        lesson.page.goto(server.url + "calculator/" + ONLY_PYTHON)
        lesson.move(KNEE, 2)
        lesson.answered_by("pyodide")
        assert lesson.settled() == "live"
        assert server.asked(r"/pyodide-lean-")
        assert not server.asked(WHOLE)
