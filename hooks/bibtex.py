"""Reads BibTeX by a library: what readers see of each publication, and what is wrong with the file."""

import re
from collections.abc import Iterator

from pybtex import errors
from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from hooks.bibliography import Publication
from hooks.problems import Level, Place, Problem

_HOMES = ("journal", "booktitle", "institution", "publisher", "howpublished")

_START = re.compile(r"\s*@\w+\s*[{(]\s*([^\s,]+)\s*,")


def read_bibtex(text: str, name: str) -> tuple[dict[str, Publication], list[Problem]]:
    """Return every publication by its key, in the order of the text, and what is wrong with it.

    Args:
        text: the text.
        name: where it stands, from the top of the repository.
    """
    data, raised = _parsed(text)
    found = {key: _publication(key, entry) for key, entry in data.entries.items()}
    return found, _problems(text, name, data, raised)


def _problems(
    text: str, name: str, data: BibliographyData, raised: list[PybtexError]
) -> list[Problem]:
    lines = text.split("\n")
    starts = {at: start[1] for at, line in enumerate(lines, 1) if (start := _START.match(line))}
    found = [_unreadable(error, name, starts) for error in raised]
    broken = {problem.place.line for problem in found}
    for key, entry in data.entries.items():
        line = next((at for at, started in starts.items() if started == key), 1)
        if line in broken:
            continue  # what it lacks may only be unread
        found += [
            Problem(Place(name, line), what, hint, level)
            for level, what, hint in _lacks(key, entry)
        ]
    return sorted(found)


def _parsed(text: str) -> tuple[BibliographyData, list[PybtexError]]:
    """Return what can be read, and what was raised on the way."""
    with errors.capture() as raised:
        data = parse_string(text, "bibtex")
    return data, list(raised)


def _unreadable(error: PybtexError, name: str, starts: dict[int, str]) -> Problem:
    """Return what keeps a source from being read, at the line on which the source starts."""
    if twice := re.search(r"repeated bibliograph?y entry: (\S+)", str(error)):
        at = [at for at, key in starts.items() if key.lower() == twice[1].lower()]
        hint = "Delete one of them, or give this one another key, such as its year with a letter."
        return Problem(
            Place(name, at[-1] if at else 1), f"The key '{twice[1]}' stands here twice.", hint
        )
    line = getattr(error, "lineno", None) or 1
    first = max((at for at in starts if at <= line), default=1)
    what = f"The source '{starts.get(first, '')}' cannot be read: something is missing before line {max(line, 1)}."
    hint = "Each of its lines ends with }, (brace, comma), and below the last one stands a } alone."
    return Problem(Place(name, first), what, hint)


def _lacks(key: str, entry: Entry) -> Iterator[tuple[Level, str, str]]:
    """Yield what an entry lacks that readers are shown."""
    examples = {
        "title": "{Posture and the compressive strength of the lumbar spine}",
        "year": "{1994}",
    }
    for field, example in examples.items():
        if not entry.fields.get(field):
            yield (
                Level.MUST_FIX,
                f"The source '{key}' has no {field}.",
                f"Write: {field} = {example},",
            )
    if not entry.persons.get("author") and not entry.fields.get("institution"):
        yield (
            Level.MUST_FIX,
            f"The source '{key}' has no author.",
            "Write: author = {Adams, M. A. and Dolan, P.},",
        )
    note = entry.fields.get("note", "")
    if not note.startswith(("seen", "recalled")):
        what = f"The source '{key}' does not say what of it was read."
        yield Level.MUST_FIX, what, "Write: note = {seen: abstract}, or note = {recalled},"
    doi = entry.fields.get("doi", "")
    if doi and not re.fullmatch(r"10\.\d{4,9}/\S+", doi):
        plain = re.search(r"10\.\d{4,9}/\S+", doi)
        hint = (
            f"Write: doi = {{{plain[0]}}},"
            if plain
            else "It begins with 10. and has a slash, like 10.1016/0268-0033(94)90052-3"
        )
        yield Level.MUST_FIX, f"The doi '{doi}' of '{key}' is not one.", hint
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", key):
        plain_key = re.sub(r"[^A-Za-z0-9]", "", key)
        yield (
            Level.MUST_FIX,
            f"The key '{key}' cannot be cited.",
            f"Use letters and digits only: {plain_key}",
        )


def _publication(key: str, entry: Entry) -> Publication:
    field = {name: _plain(value) for name, value in entry.fields.items()}
    home = next(filter(None, map(field.get, _HOMES)), "")
    place = " ".join(filter(None, [home, field.get("volume")]))
    if pages := field.get("pages"):
        place += f":{pages}"
    text = f"{_authors(entry)} ({field.get('year', 'no year')}). {field.get('title', 'No title')}. {place}."
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
