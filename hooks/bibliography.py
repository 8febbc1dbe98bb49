"""The publications of content/references.bib, read by a library, for the build and its checks."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pybtex.database import Entry, Person, parse_string
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError

from hooks import ROOT
from hooks.problems import Place, Problem

_HOMES = ("journal", "booktitle", "institution", "publisher", "howpublished")

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


def bibliography_problems(path: Path = REFERENCES) -> list[Problem]:
    """Return what keeps the file from being read; it is read up to its first slip."""
    try:
        publications(path)
    except PybtexSyntaxError as error:
        what = "This entry of the bibliography cannot be read."
        hint = "Compare its commas, brackets and equals signs with another entry's."
        return [Problem(Place(f"content/{path.name}", error.lineno), what, hint)]
    return []


def publications(path: Path = REFERENCES) -> dict[str, Publication]:
    """Return every publication by its key, in the order of the file; read anew when it has changed."""
    return _publications(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4)
def _publications(path: Path, _changed_at: int) -> dict[str, Publication]:
    return {
        key: _publication(key, entry)
        for key, entry in parse_string(path.read_text(), "bibtex").entries.items()
    }


def _publication(key: str, entry: Entry) -> Publication:
    field = {name: _plain(value) for name, value in entry.fields.items()}
    home = next(filter(None, map(field.get, _HOMES)), "")
    place = " ".join(filter(None, [home, field.get("volume")]))
    if pages := field.get("pages"):
        place += f":{pages}"
    text = f"{_authors(entry)} ({field.get('year', 'no year')}). {field['title']}. {place}."
    note = field.get("note", "")
    seen = note.removeprefix("seen:").strip() if note.startswith("seen") else ""
    return Publication(key, text, field.get("doi", ""), seen)


def _authors(entry: Entry) -> str:
    names = [_name(person) for person in entry.persons.get("author", [])]
    if "to verify" in names:
        return "Authors not verified"
    few = [name for name in names if name != "others"]
    return ", ".join(few[:3]) + (" and others" if len(few) > 3 or len(few) < len(names) else "")


def _name(person: Person) -> str:
    last = _plain(" ".join([*person.prelast_names, *person.last_names]))
    initials = "".join(_plain(name) for name in [*person.first_names, *person.middle_names])
    return f"{last} {initials}".strip()


def _plain(text: str) -> str:
    return str(Text.from_latex(text))
