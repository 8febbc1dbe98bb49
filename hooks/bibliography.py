"""The publications of content/references.bib, for the build and its checks."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from hooks import CACHE, ROOT
from hooks.kept_values import KeptFiles, key_of, the_code
from hooks.problems import Problem

REFERENCES = ROOT / "content" / "references.bib"


@dataclass(frozen=True)
class Publication:
    """One publication as readers see it.

    Attributes:
        key: its key in the file.
        text: authors, year, title, where it appeared.
        doi: its identifier, or empty.
        seen: what of it was read; empty where it is only recalled, and so never cited as a fact.
    """

    key: str
    text: str
    doi: str
    seen: str


def publications(path: Path = REFERENCES) -> dict[str, Publication]:
    """Return every publication by its key, in the order of the file; read anew when it has changed."""
    return _read(path, path.stat().st_mtime_ns)[0]


def bibliography_problems(path: Path = REFERENCES) -> list[Problem]:
    """Return what is wrong with the file: what cannot be read, and what an entry lacks."""
    return _read(path, path.stat().st_mtime_ns)[1] if path.exists() else []


@lru_cache(maxsize=4)
def _read(path: Path, _changed_at: int) -> tuple[dict[str, Publication], list[Problem]]:
    text, name = path.read_text(encoding="utf-8-sig", errors="replace"), f"content/{path.name}"

    def read() -> tuple[dict[str, Publication], list[Problem]]:
        from hooks.bibtex import read_bibtex  # its library takes a third of a second to load

        return read_bibtex(text, name)

    kept = KeptFiles[tuple[dict[str, Publication], list[Problem]]](CACHE / "bibliography")
    return kept.get(key_of(the_code(), name, text), read)
