"""Remembers what widgets said to a set of inputs, so that a page is not calculated anew at every build.

A widget's answer follows from its inputs and from the sources of `interactive` alone, so both name it.
"""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hooks import ROOT
from interactive.care_cards import PATH as CARE_CARDS
from interactive.markup import Markup
from interactive.widget import Answer, Value, Widget

AT_MOST = 5000  # files; a folder that has grown beyond is emptied


class KeptAnswers:
    """Answers by what they follow from, in memory and, where there is one, in a folder.

    Attributes:
        folder: where they stay between builds; None keeps them in memory.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._known: dict[str, Answer] = {}

    def answer(self, name: str, widget: Widget[Any, Any], values: Mapping[str, Value]) -> Answer:
        """Return what a widget says to these inputs."""
        inputs = json.dumps([name, dict(values)], sort_keys=True)
        key = hashlib.sha256((sources() + inputs).encode()).hexdigest()[:32]
        if key not in self._known:
            self._known[key] = self._read(key) or self._calculate(key, widget, values)
        return self._known[key]

    def _read(self, key: str) -> Answer | None:
        if self.folder is None:
            return None
        try:
            kept = json.loads((self.folder / key).read_text())
            return Answer(None if kept["html"] is None else Markup(kept["html"]), kept["refusal"])
        except (OSError, ValueError, KeyError, TypeError):  # not there yet, or half written
            return None

    def _calculate(self, key: str, widget: Widget[Any, Any], values: Mapping[str, Value]) -> Answer:
        answer = widget.answer(values)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = self.folder / f".{key}"  # two builds at once never read half an answer
            aside.write_text(json.dumps({"html": answer.html, "refusal": answer.refusal}))
            aside.replace(self.folder / key)
        return answer

    def tidy(self) -> None:
        """Empty a folder in which most answers follow from sources that are no more."""
        if self.folder is not None and self.folder.exists():
            files = list(self.folder.iterdir())
            if len(files) > AT_MOST:
                for file in files:
                    file.unlink(missing_ok=True)


@cache
def sources() -> str:
    """Return the hash of everything that an answer follows from beside its inputs."""
    found = hashlib.sha256()
    for path in [*sorted((ROOT / "interactive").rglob("*.py")), ROOT / CARE_CARDS]:
        if path.exists():
            found.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()
