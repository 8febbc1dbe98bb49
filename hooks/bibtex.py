"""Reads a BibTeX file with a library and returns its publications as readers see them."""

from collections.abc import Iterator
from pathlib import Path

from pybtex.database import Entry, Person, parse_string
from pybtex.richtext import Text

_HOMES = ("journal", "booktitle", "institution", "publisher", "howpublished")


def read_bibtex(path: Path) -> Iterator[dict[str, str]]:
    """Yield the fields of each `Publication`, in the order of the file."""
    for key, entry in parse_string(path.read_text(), "bibtex").entries.items():
        yield _publication(key, entry)


def _publication(key: str, entry: Entry) -> dict[str, str]:
    field = {name: _plain(value) for name, value in entry.fields.items()}
    home = next(filter(None, map(field.get, _HOMES)), "")
    place = " ".join(filter(None, [home, field.get("volume")]))
    if pages := field.get("pages"):
        place += f":{pages}"
    text = f"{_authors(entry)} ({field.get('year', 'no year')}). {field['title']}. {place}."
    note = field.get("note", "")
    seen = note.removeprefix("seen:").strip() if note.startswith("seen") else ""
    return {"key": key, "text": text, "doi": field.get("doi", ""), "seen": seen}


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
