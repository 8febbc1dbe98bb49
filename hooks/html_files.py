"""The HTML of a built site, read once and written once by all that is done to it after the build."""

import os
from collections.abc import Mapping
from pathlib import Path

INDEX = "index.html"
_HTML = ".html"


def read_html(site: Path) -> dict[str, str]:
    """Return every HTML file of a folder by its path from the top, in the order of the paths."""
    return {name: (site / name).read_text() for name in files_in(site) if name.endswith(_HTML)}


def write_html(site: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """Write the files that are new or have changed."""
    for name, text in after.items():
        if before.get(name) != text:
            place = site / name
            if name not in before:
                place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)


def files_in(site: Path) -> list[str]:
    """Return every file of a folder by its path from the top, in the order of the paths."""
    top = len(str(site)) + 1
    names = (
        f"{folder}/{file}"[top:].replace(os.sep, "/")
        for folder, _, files in os.walk(site)
        for file in files
    )
    return sorted(names)
