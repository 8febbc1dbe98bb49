"""The starter: our package for MicroPython, which answers while Pyodide is still on its way.

A widget takes part only if all its code could be carried over and a first set of answers, made here with Node,
is the same byte for byte as CPython's. `tests/parity` repeats this with every stop and 2,000 random inputs.
`python -m hooks.starter_bundle` says which widgets take part, and why others do not.
"""

import hashlib
import json
import random
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hooks import ROOT
from hooks.starter_source import LIBRARY, Program, library_text
from interactive.catalogue import widget_named, widget_names

HERE = Path(__file__).resolve().parent
MICROPYTHON = (
    Path(sys.prefix) / "npm" / "node_modules" / "@micropython" / "micropython-webassembly-pyscript"
)
SCRIPT, WASM = "micropython.mjs", "micropython.wasm"

# widgets whose answers the full test cannot prove or found to differ; the build's own sample is smaller
_TOO_SLOW = (
    "an answer takes ten times CPython's time, and the proof of 3,000 of them most of an hour"
)
LEFT_OUT = {"risk-calculator": _TOO_SLOW, "setup-finder": _TOO_SLOW}

_SAMPLE = 4
_PATIENCE = 120  # seconds
CRASH = "crash"
_ENTRY = "interactive.browser"


@dataclass(frozen=True)
class Starter:
    """What the browser fetches to answer early.

    Attributes:
        source: a JSON file, path to text, of every module in MicroPython's Python.
        widgets: the widgets that it may answer.
        reasons: why others have no starter, in words for their developer.
    """

    source: Path
    widgets: list[str]
    reasons: dict[str, list[str]]


def starter(work: Path) -> Starter:
    """Return the starter, made once for each state of the sources and kept below `work`."""
    folder = work / "starters" / _key()
    told = folder / "told.json"
    if not told.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
            made = Path(aside) / "made"
            made.mkdir()
            _make(made)
            if not folder.exists():
                made.rename(folder)
    found = json.loads(told.read_text())
    return Starter(folder / found["source"], found["widgets"], found["reasons"])


def questions(name: str, random_inputs: int, every_stop: bool) -> Iterator[str]:
    """Yield requests about one widget: its start, stops of each control alone, random combinations."""
    controls = widget_named(name).controls
    asked: list[dict[str, object]] = [{}]
    for field, control in controls.items():
        asked += [{field: stop} for stop in (control.stops if every_stop else ())]
    chance = random.Random(name)
    for _ in range(random_inputs):
        asked.append({field: chance.choice(control.stops) for field, control in controls.items()})
    for inputs in asked:
        yield json.dumps({"widget": name, "inputs": inputs})


def answers_by_the_starter(
    source: Path, asked: list[str], patience: float | None = _PATIENCE
) -> list[str]:
    """Return MicroPython's answers, worked out under Node; one that failed begins with "crash"."""
    with tempfile.TemporaryDirectory() as folder:
        requests, replies = Path(folder) / "requests.json", Path(folder) / "replies.json"
        requests.write_text(json.dumps(asked))
        node = str(Path(sys.executable).parent / "node")
        script = ROOT / "interactive" / "runtime" / "starter.js"
        places = [HERE / "ask_starter.mjs", script, MICROPYTHON, source, requests, replies]
        command = [node, *map(str, places)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=patience, check=False)
        if ran.returncode:
            raise RuntimeError(f"the starter does not run:\n{ran.stdout}{ran.stderr}")
        found: list[str] = json.loads(replies.read_text())
        return found


def _make(folder: Path) -> None:
    program = Program(ROOT / "interactive")
    reasons = {name: [LEFT_OUT[name]] if name in LEFT_OUT else [] for name in widget_names()}
    for name in reasons:
        modules = program.closure([_ENTRY, f"interactive.widgets.{name.replace('-', '_')}"])
        reasons[name] += [str(problem) for module in modules for problem in module.problems]
    carried = [name for name, why in reasons.items() if not why]
    source = _write(folder, program, carried)
    for name in carried:
        reasons[name] = _difference(source, list(questions(name, _SAMPLE, every_stop=False)))
    proven = [name for name in carried if not reasons[name]]
    if proven != carried:
        source.unlink()
        source = _write(folder, program, proven)
    told = {
        "source": source.name,
        "widgets": proven,
        "reasons": {n: w for n, w in reasons.items() if w},
    }
    (folder / "told.json").write_text(json.dumps(told))


def _difference(source: Path, asked: list[str]) -> list[str]:
    """Return what speaks against the starter: another answer, or none in time; a crash in both is none."""
    try:
        pairs = zip(asked, answers_by_the_starter(source, asked), answers_here(asked), strict=True)
    except subprocess.TimeoutExpired:
        return [f"no answer within {_PATIENCE} s"]
    for question, theirs, ours in pairs:
        if theirs != ours and not (theirs.startswith(CRASH) and ours.startswith(CRASH)):
            told = theirs[:300] if theirs.startswith(CRASH) else "another answer"
            return [f"{told} to {question}"]
    return []


def answers_here(asked: Sequence[str]) -> list[str]:
    """Return CPython's answers, in a process of its own: a widget may loop for ever."""
    command = [sys.executable, "-m", "hooks.answer_all"]
    ran = subprocess.run(
        command, cwd=ROOT, input=json.dumps(asked), capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(ran.stdout)
    return found


def _write(folder: Path, program: Program, widgets: list[str]) -> Path:
    names = [_ENTRY, *(f"interactive.widgets.{name.replace('-', '_')}" for name in widgets)]
    files = {module.path: module.text for module in program.closure(names)}
    files[f"{LIBRARY}.py"] = library_text(HERE / f"{LIBRARY}.py")
    files |= {target: source.read_text() for target, source in _data_files().items()}
    text = json.dumps(files, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path = folder / f"starter-{hashlib.sha256(text.encode()).hexdigest()[:8]}.json"
    path.write_text(text)
    return path


def _data_files() -> dict[str, Path]:
    """Return what the wheel carries beside Python, and where."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    included = settings["tool"]["hatch"]["build"]["targets"]["wheel"].get("force-include", {})
    return {target: ROOT / source for source, target in included.items()}


def _key() -> str:
    digest = hashlib.sha256()
    sources = [
        *(ROOT / "interactive").rglob("*.py"),
        ROOT / "interactive" / "runtime" / "starter.js",
    ]
    sources += [*HERE.glob("*starter*"), *_data_files().values(), MICROPYTHON / "package.json"]
    for path in sorted(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


if __name__ == "__main__":
    found = starter(ROOT / ".cache")
    for name in found.widgets:
        print(f"{name}: has a starter")
    for name, why in found.reasons.items():
        print(f"{name}: has no starter:", *why, sep="\n  ")
