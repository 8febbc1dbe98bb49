"""Remembers from one build to the next what was worked out, by what it follows from.

Nothing is ever looked up by a name alone: a key holds everything that the value depends on.
"""

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from hooks import ROOT

_CODE = (
    "hooks/*.py",
    "hooks/*.yml",
    "hooks/theme/**/*.html",
    "interactive/**/*.py",
    "interactive/**/*.md",
    "mkdocs.yml",
    "*.lock",
)
AT_MOST = 3000  # files; a folder that has grown beyond is emptied


def key_of(*told: str | bytes) -> str:
    """Return a short name for all that a value follows from."""
    found = hashlib.sha256()
    for part in told:
        body = part.encode() if isinstance(part, str) else part
        found.update(len(body).to_bytes(8) + body)
    return found.hexdigest()[:32]


@cache
def the_code() -> str:
    """Return a key of the code, its libraries and its templates, which everything follows from."""
    files = sorted(path for pattern in _CODE for path in ROOT.glob(pattern))
    return key_of(*(path.read_bytes() for path in files))


class KeptFiles[T]:
    """Large values, each in a file of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def find(self, key: str) -> T | None:
        """Return what was kept, if it was."""
        found: T | None = _read(self._folder / key)
        return found

    def keep(self, key: str, value: T) -> None:
        """Remember a value."""
        self._folder.mkdir(parents=True, exist_ok=True)
        _write(self._folder / key, value)

    def get(self, key: str, make: Callable[[], T]) -> T:
        """Return the value of a key, made only if it was not kept."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def tidy(self) -> None:
        """Empty the folder once most of it must be old."""
        files = list(self._folder.iterdir()) if self._folder.exists() else []
        for file in files if len(files) > AT_MOST else ():
            file.unlink(missing_ok=True)


class KeptTable[T]:
    """Small values that the code works out of their keys, all in one file.

    What a build asked for is there for the next one, as long as the code is the same.
    """

    def __init__(self, file: Path | None = None) -> None:
        """Read what the last build asked for; without a file, only this one remembers."""
        self._file = file
        code, values = (file and _read(file)) or ("", {})
        self._before: dict[str, T] = values if code == the_code() else {}
        self._asked: dict[str, T] = {}

    def get(self, key: str, make: Callable[[], T]) -> T:
        """Return the value of a key, made only if it is new."""
        if key not in self._asked:
            self._asked[key] = self._before[key] if key in self._before else make()
        return self._asked[key]

    def write(self) -> None:
        """Let the next build know what this one asked for."""
        if self._file and self._asked.keys() != self._before.keys():
            self._file.parent.mkdir(parents=True, exist_ok=True)
            _write(self._file, (the_code(), self._asked))


def _read(file: Path) -> Any:
    try:
        return pickle.loads(file.read_bytes())
    except (OSError, EOFError, ValueError, AttributeError, ImportError, pickle.UnpicklingError):
        return None  # not there yet, or of another release of ours


def _write(file: Path, value: object) -> None:
    write_whole(file, pickle.dumps(value))


def write_whole(file: Path, content: bytes) -> None:
    """Write a file that two builds may share: neither reads half of it, or takes the other's away."""
    aside = file.with_name(f".{file.name}-{os.getpid()}")
    aside.write_bytes(content)
    aside.replace(file)
