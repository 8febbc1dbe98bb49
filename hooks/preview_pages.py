"""Which pages a trainer may start an edit from, in the order of the menu, with their titles."""

import re
from collections.abc import Iterator
from pathlib import Path

from hooks import ROOT

MENU = ROOT / "mkdocs.yml"

_PAGES = ("lessons/*/index.md", "index.md", "calculator.md")
_TITLE = re.compile(r"^# +(.+?)\s*$", re.MULTILINE)


def lesson_pages(content: Path) -> Iterator[tuple[str, str]]:
    """Yield each page's path, from the top of the content, and its title; a lesson comes first."""
    menu = MENU.read_text()
    for pattern in _PAGES:
        names = [path.relative_to(content).as_posix() for path in content.glob(pattern)]
        for name in sorted(names, key=lambda name: (menu.find(name), name)):
            title = _TITLE.search((content / name).read_text("utf-8-sig", errors="replace"))
            yield name, title[1] if title else name
