"""`make new-widget NAME=x`: writes the folder of a new widget that keeps the contract."""

import argparse
import re
import sys
from pathlib import Path

from hooks import ROOT

WIDGETS = ROOT / "interactive" / "widgets"

CODE = '''"""Which question does {name} answer? Say it here in one sentence."""

from dataclasses import dataclass
from typing import Annotated

from interactive.markup import Markup, element
from interactive.model import anthropometry
from interactive.widget import Slider, Widget


@dataclass(frozen=True)
class Inputs:
    stature_cm: Annotated[
        float, Slider(label="Body height", unit="cm", low=140, high=210, step=1)
    ] = 175


def calculate(inputs: Inputs) -> anthropometry.Legs:
    return anthropometry.leg_lengths(inputs.stature_cm)


def show(inputs: Inputs, legs: anthropometry.Legs) -> Markup:
    thigh = f"{{legs.thigh_m * 100:.0f}} cm"
    return element("p", "Thigh, seen from the side: ", element("strong", thigh), ".", data_say=True)


WIDGET = Widget(title="{title}", inputs=Inputs, calculate=calculate, show=show)
'''

EXAMPLE = """``` interactive {name}
stature_cm: 180
```
"""


def write(name: str, widgets: Path = WIDGETS) -> Path:
    """Write a widget's folder and return it; an existing one is never touched.

    Raises:
        ValueError: the name is not made of small letters and hyphens, or is taken.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name):
        raise ValueError(
            f"'{name}' is no widget name. Use small letters and hyphens: depth-explorer"
        )
    folder = widgets / name.replace("-", "_")
    if folder.exists():
        raise ValueError(f"There is a widget '{name}' already, in {folder.name}/.")
    folder.mkdir()
    title = name.replace("-", " ").capitalize()
    (folder / "__init__.py").write_text(CODE.format(name=name, title=title))
    (folder / "example.md").write_text(EXAMPLE.format(name=name))
    return folder


def main() -> str | None:
    """Write from the command line."""
    parser = argparse.ArgumentParser(description="Write a new widget.")
    parser.add_argument("name")
    try:
        folder = write(parser.parse_args().name)
    except ValueError as problem:
        return str(problem)
    print(f"Written: {folder.relative_to(ROOT)}. Now: make test-quick")
    return None


if __name__ == "__main__":
    sys.exit(main())
