"""Pyodide's WebAssembly without the functions that our package never calls: a third of its code is left.

Pyodide runs once at build time, under Node, as it does in a reader's browser: from the image, and from its files,
asked about every widget. What ran then stays. A function that is called in spite of it says so before anything can go
wrong, and `python-client.js` starts the whole Pyodide in its place.
"""

import hashlib
import json
import random
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from hooks import ROOT
from hooks.languages import read_languages
from hooks.wasm_functions import short, watched, without
from hooks.widget_html import UNITS
from interactive.browser import answer
from interactive.catalogue import widget_named, widget_names

HERE = Path(__file__).resolve().parent
WATCH = HERE / "watch_pyodide.mjs"
RUNTIME = ROOT / "interactive" / "runtime"
# how Pyodide starts under Node
STARTS = (
    HERE / "pyodide_under_node.mjs",
    RUNTIME / "start-from-image.js",
    RUNTIME / "python-image.js",
)
CODE = (WATCH, *STARTS, Path(__file__), HERE / "wasm_functions.py")

type Node = Callable[..., None]

_RANDOM_INPUTS = 12
_FEW = 8
_WITH_EXPONENT = 1e21  # from here on scripts write a number with one
_SYSTEMS = ("metric", "us")
# numbers in every form that scripts write them in, and what is no number
_ODD = (1e9, -1, 0.05, 1e-7, 1e21, 10**20, True, None, "wide", [1], {"a": 1})
# shorter functions stay: there are rare ones among them, and all together they weigh little [bytes]
_SHORT = 100


class OtherAnswer(RuntimeError):
    """An image of Python that must not be shipped."""


@dataclass(frozen=True)
class Started:
    """What Python is started from.

    Attributes:
        pyodide: Pyodide's own folder.
        script: its large script.
        image: what Python goes on from.
        stdlib, lock, package: what it is started from otherwise.
    """

    pyodide: Path
    script: Path
    image: Path
    stdlib: Path
    lock: Path
    package: Path


def lean_wasm(folder: Path, started: Started, named: Set[str], node: Node) -> Path:
    """Make the lean file and return it; its name carries a hash of its content.

    Args:
        folder: where it is made.
        started: what runs in it.
        named: every name that scripts may look up in the file.
        node: runs a script under Node, with arguments.
    """
    whole = (started.pyodide / "pyodide.asm.wasm").read_bytes()
    ran = functions_that_run(list(_questions()), started, node)
    lean = without(whole, {*ran, *short(whole, _SHORT)}, named)
    made = folder / f"pyodide-lean-{hashlib.sha256(lean).hexdigest()[:8]}.wasm"
    made.write_bytes(lean)
    return made


def functions_that_run(questions: Sequence[str], started: Started, node: Node) -> set[int]:
    """Return the numbers of the functions that run while Pyodide starts and answers; see `lean_wasm`.

    Raises:
        OtherAnswer: Python from the image does not answer as the build's own does.
    """
    with tempfile.TemporaryDirectory() as aside:
        asked, tells, ran = (
            Path(aside) / name for name in ("asked.json", "tells.wasm", "ran.json")
        )
        tells.write_bytes(watched((started.pyodide / "pyodide.asm.wasm").read_bytes()))
        asked.write_text(json.dumps(questions))
        files = (started.image, started.stdlib, started.lock, started.package)
        node(WATCH, started.pyodide, started.script, tells, *files, asked, ran)
        told = json.loads(ran.read_text())
    for question, reply in zip(questions, told["replies"], strict=True):
        if reply != _answered(question):
            raise OtherAnswer(f"Python from the image, asked {question}, says {reply!r}")
    return set(told["ran"])


def _answered(question: str) -> str:
    try:
        return answer(question)
    except Exception:  # no question that a page asks, or a widget's slip: the same under Node
        return ""


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
            asked += [{field: odd} for odd in _ODD]
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
    """Write a question as browsers do, which Python then reads in another way: letters as they are, 95.0 as 95."""
    return json.dumps(_without_points(question), ensure_ascii=False)


def _without_points(value: object) -> object:
    if isinstance(value, Mapping):
        return {name: _without_points(part) for name, part in value.items()}
    if isinstance(value, float) and value.is_integer() and value < _WITH_EXPONENT:
        return int(value)
    return value
