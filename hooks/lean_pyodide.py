"""Pyodide's WebAssembly without the functions that our package never calls: less than half of its code is left.

Pyodide runs once at build time, under Node, as it does in a reader's browser: started from its files and from an image,
asked about every widget. What ran then stays. A function that is called in spite of it says so before anything
can go wrong, and `python-client.js` starts the whole Pyodide in its place.
"""

import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from hooks import ROOT
from hooks.languages import read_languages
from hooks.wasm_functions import short, watched, without
from hooks.widget_html import UNITS
from interactive.catalogue import widget_named, widget_names

HERE = Path(__file__).resolve().parent
WATCH = HERE / "watch_pyodide.mjs"
CODE = (WATCH, Path(__file__), HERE / "wasm_functions.py")

type Files = Mapping[str, Path]
type Node = Callable[..., None]

_FILES = ("stdlib", "lock", "package")
_RANDOM_INPUTS = 12
_FEW = 8
_SYSTEMS = ("metric", "us")
# shorter functions stay: there are rare ones among them, and all together they weigh little [bytes]
_SHORT = 100
# what chance says to Python at its start, where browsers ask a source of it; it puts sets in their order
_CHANCES = (1, 2)
# what happens in the course of time only
_WORK = (
    "import gc\ngc.collect()\nnumbers = [str(n) for n in range(200_000)]\ndel numbers\ngc.collect()"
)


def lean_wasm(folder: Path, pyodide: Path, files: Files, imports: str, node: Node) -> Path:
    """Make the lean file and return it; its name carries a hash of its content.

    Args:
        folder: where it is made.
        pyodide: Pyodide's own folder.
        files: what a browser fetches beside it: `stdlib`, `lock` and `package`.
        imports: the standard modules that our package imports.
        node: runs a script under Node, with arguments.
    """
    whole = (pyodide / "pyodide.asm.wasm").read_bytes()
    ran = functions_that_run(list(_questions()), pyodide, files, imports, node)
    lean = without(whole, {*ran, *short(whole, _SHORT)})
    made = folder / f"pyodide-lean-{hashlib.sha256(lean).hexdigest()[:8]}.wasm"
    made.write_bytes(lean)
    return made


def functions_that_run(
    questions: Sequence[str], pyodide: Path, files: Files, imports: str, node: Node
) -> set[int]:
    """Return the numbers of the functions that run while Pyodide starts and answers; see `lean_wasm`."""
    with tempfile.TemporaryDirectory() as aside:
        asked, tells, ran = (
            Path(aside) / name for name in ("asked.json", "tells.wasm", "ran.json")
        )
        tells.write_bytes(watched((pyodide / "pyodide.asm.wasm").read_bytes()))
        told = {"chances": _CHANCES, "imports": imports, "questions": questions, "work": _WORK}
        asked.write_text(json.dumps(told))
        node(WATCH, pyodide, tells, *(files[name] for name in _FILES), asked, ran)
        return set(json.loads(ran.read_text()))


def _questions() -> Iterator[str]:
    """Yield what a page may ask, and what none asks, so that Python says what is wrong."""
    languages = read_languages(ROOT / "content").values()
    for name in widget_names():
        controls = widget_named(name).controls
        chance = random.Random(name)
        asked: list[dict[str, object]] = [{}]
        for _ in range(_RANDOM_INPUTS):
            asked.append({field: chance.choice(c.stops) for field, c in controls.items()})
        for field, control in controls.items():
            choices = (
                control.stops if len(control.stops) <= _FEW else chance.sample(control.stops, 2)
            )
            asked += [{UNITS: units, field: stop} for units in _SYSTEMS for stop in choices]
            asked.append({field: 1e9})
        for inputs in asked:
            yield _written({"widget": name, "inputs": inputs})
        for words in (language.of_widget(name) for language in languages):
            for inputs in asked[:_FEW]:
                told = {"widget": name, "inputs": inputs, "before": asked[1], "words": words}
                yield _written(told)
                yield json.dumps(told)  # what escapes a letter says the same
    yield _written({"widget": "nobody", "inputs": {}})
    yield "no question"


def _written(question: Mapping[str, object]) -> str:
    """Write a question as browsers do: with each letter as it is, which Python then reads in another way."""
    return json.dumps(question, ensure_ascii=False)
