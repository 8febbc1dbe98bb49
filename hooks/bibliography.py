"""The publications of content/references.bib, for the build, its checks, and the preview in a browser."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from hooks import ROOT

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


@cache
def publications(path: Path = REFERENCES) -> dict[str, Publication]:
    """Return every publication by its key, in the order of the file.

    The preview has them as the build wrote them, beside the place of the file that it lacks.
    """
    written = path.with_suffix(".json")
    described = json.loads(written.read_text()) if written.exists() else _read(path)
    return {fields["key"]: Publication(**fields) for fields in described}


def as_json() -> str:
    """Return every publication, for a browser, which has no reader of BibTeX."""
    return json.dumps([asdict(publication) for publication in publications().values()])


def _read(path: Path) -> Iterable[dict[str, str]]:
    from hooks.bibtex import read_bibtex  # not where the preview runs

    return read_bibtex(path)
