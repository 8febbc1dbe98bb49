"""Reads the front matter of a page by its schema, content/lessons/schema.json, and says what to mend.

Each key is read by itself, so that one slip hides no other. What YAML would turn into something else
(`no`, `12:30`, a `#` in a title) is named before any tool stumbles over it.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from hooks import ROOT
from hooks.bibliography import publications
from hooks.citations import nearest_key
from hooks.fences import plain_tree
from hooks.lesson_page import Finding, Typed
from hooks.problems import Level, nearest

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator, ValidationError

SCHEMA = ROOT / "content" / "lessons" / "schema.json"
NOT_REVIEWED = "Not yet reviewed by a health professional."
# what Material reads on pages that are no lessons
PAGE_KEYS = ("hide", "icon", "search", "status", "template", "lang", "dir")
_FORMER = {"description": "summary", "author": "authors", "reading_minutes": "minutes",
           "reading_time": "minutes", "reviewer": "reviewed_by", "source": "sources",
           "references": "sources", "reviewed": "last_reviewed", "name": "title",
           "date": "last_reviewed", "next_review": "review_due"}  # fmt: skip
_TEXT_PAGES = (
    "about/decisions/",
    "about/privacy",
    "about/offline",
    "about/sources",
    "about/start-up",
)
_KEY_LINE = re.compile(r"(?P<key>[^\s#:\-][^:#]*?)(?P<gap>\s*)(?P<colon>[:=])(?P<value>.*)$")
_CURLY = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
           "october", "november", "december")  # fmt: skip
_KINDS = {"bool": "yes or no", "int": "a number", "float": "a number", "null": "nothing",
          "timestamp": "a date", "merge": "a sign", "value": "a sign"}  # fmt: skip


class Reviewer(NamedTuple):
    """The health professional who has read a page."""

    name: str
    role: str


@dataclass(frozen=True)
class LessonMeta:
    """What a page says about itself; what was not given, or could not be read, is empty.

    Attributes:
        title, summary: as menus and search results show them.
        minutes: how long it takes to read.
        audience: whom it is for.
        evidence: how well its main sentence is known.
        sources: keys of the bibliography.
        authors: names.
        reviewed_by: the professional who has read it.
        last_reviewed, review_due: the days of that review and of the next one.
        conflicts: what ties authors and reviewer to others.
        other: keys that the theme reads.
    """

    title: str = ""
    summary: str = ""
    minutes: int | None = None
    audience: str = ""
    evidence: str = ""
    sources: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    reviewed_by: Reviewer | None = None
    last_reviewed: date | None = None
    review_due: date | None = None
    conflicts: str = ""
    other: tuple[tuple[str, Any], ...] = ()


class _Entry(NamedTuple):
    """One key with its value: the line on which it starts and the lines, counted from 0."""

    key: str
    line: int
    lines: list[str]


def is_lesson(path: str) -> bool:
    """Tell whether a page, named from the top of the content, is a lesson, in any language.

    Example:
        >>> is_lesson("lessons/setup/index.md"), is_lesson("de/lessons/setup/index.md")
        (True, True)
        >>> is_lesson("index.md"), is_lesson("about/lessons.md")
        (False, False)
    """
    return "lessons" in path.split("/")[:-1][:2]


def is_reviewed(path: str) -> bool:
    """Tell whether a page says who has reviewed it: each that speaks about bodies.

    Example:
        >>> is_reviewed("index.md"), is_reviewed("about/privacy.md")
        (True, False)
    """
    return not any(part in path for part in _TEXT_PAGES)


@cache
def schema() -> dict[str, Any]:
    """Return the schema of a lesson's front matter."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text())
    return found


def split(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines between two `---` at the top, marks included, and the rest.

    A front matter that is never closed ends before the first line that cannot belong to one.

    Example:
        >>> split(["---", "title: A", "---", "# A"])
        (['---', 'title: A', '---'], ['# A'])
        >>> split(["# A"])
        ([], ['# A'])
    """
    if not lines or lines[0].rstrip() not in ("---", "–--", "—-", "—", "----"):
        return [], lines
    for at in range(1, len(lines)):
        if lines[at].rstrip() in ("---", "..."):
            return lines[: at + 1], lines[at + 1 :]
        if re.match(r"#{1,6} |!!!|```", lines[at]):
            break
    last = 1
    while last < len(lines) and (
        _KEY_LINE.match(lines[last]) or lines[last][:1] in (" ", "\t", "-")
    ):
        last += 1
    return lines[:last], lines[last:]


def read_meta(above: Sequence[str], path: str) -> tuple[LessonMeta, list[Finding]]:
    """Return what a page says about itself, and everything that is wrong with it; never raises.

    Args:
        above: its front matter, the two `---` included; nothing if it has none.
        path: the page, from the top of the content.
    """
    meta, found = _read(tuple(above), path)
    return meta, [finding._replace(line=finding.line - len(above)) for finding in found]


@lru_cache(maxsize=8)  # a build asks twice for each page: once for its text, once for its frame
def _read(above: tuple[str, ...], path: str) -> tuple[LessonMeta, tuple[Finding, ...]]:
    reader = _Reader(above, path)
    reader.read()
    return _meta(reader.values), tuple(reader.found)


class _Reader:
    """Reads one front matter; lines are counted from 0 at its first `---`."""

    def __init__(self, above: Sequence[str], path: str) -> None:
        self.above, self.path = [line.rstrip("\r\n") for line in above], path
        self.lesson = is_lesson(path)
        self.known = [*schema()["properties"], *(() if self.lesson else PAGE_KEYS)]
        self.found: list[Finding] = []
        self.values: dict[str, Any] = {}
        self.places: dict[str, int] = {}
        self.names: dict[str, str] = {}

    def note(self, line: int, what: str, hint: str, *, why: str = "", column: int = 0,
             level: Level = Level.MUST_FIX, typed: tuple[str, str] | None = None) -> None:  # fmt: skip
        """Note a finding; `typed` is the old and the new text on its line, at its column."""
        machine = Typed(line - len(self.above), column, *typed) if typed else None
        self.found.append(Finding(line, column, level, what, why, hint, machine))

    def read(self) -> None:
        """Read every key, then hold them all against the schema."""
        if not self.above:
            if self.lesson:
                what = "This lesson does not begin with its front matter."
                keys = ", ".join(schema()["required"])
                self.note(0, what, f"Write above its title, between two lines of ---: {keys}.")
            return
        self._marks()
        for entry in self._entries():
            self._read(entry)
        self._check()

    def _marks(self) -> None:
        first, last = self.above[0].rstrip(), self.above[-1].rstrip()
        if first != "---":
            what = f"'{first}' does not open the front matter."
            self.note(0, what, "Write three hyphens: ---", why="An editor made a dash of them.",
                      typed=(self.above[0], "---"))  # fmt: skip
        if len(self.above) < 2 or last not in ("---", "..."):
            what = "The front matter is never closed."
            self.note(len(self.above) - 1, what, "Write --- on a line of its own below it.",
                      column=len(self.above[-1]), typed=("", "\n---"))  # fmt: skip

    def _entries(self) -> Iterator[_Entry]:
        closed = len(self.above) > 1 and self.above[-1].rstrip() in ("---", "...")
        entry: _Entry | None = None
        for at, written in enumerate(self.above[1 : -1 if closed else None], 1):
            line = self._without_tabs(at, written)
            if not line.strip() or line.lstrip().startswith("#"):
                continue
            starts = _KEY_LINE.match(line)
            if starts and not line[0].isspace():
                if entry:
                    yield entry
                entry = _Entry(starts["key"].strip("\"' "), at, [self._mended(at, line, starts)])
            elif entry and (line[0].isspace() or line.startswith("-")):
                entry.lines.append(line)
            else:
                what = f"'{line.strip()}' is not a key with a value."
                self.note(
                    at, what, "Write a key, a colon, a space and a value, like this: minutes: 5"
                )
        if entry:
            yield entry

    def _without_tabs(self, at: int, line: str) -> str:
        if "\t" in line:
            fixed = line.replace("\t", "  " if line[:1] == "\t" else " ")
            self.note(at, "A tab stands in this line.", f"Use spaces: {fixed.strip()}", typed=(line, fixed),
                      why="Front matter cannot be read with tabs.")  # fmt: skip
            return fixed
        return line

    def _mended(self, at: int, line: str, starts: re.Match[str]) -> str:
        """Return a line in which a missing space, an equals sign and curly quotes are put right."""
        key, value = starts["key"], starts["value"]
        fixed = line
        if starts["colon"] == "=":
            fixed = f"{key}: {value.strip()}"
            self.note(
                at,
                f"'{key}' is followed by an equals sign.",
                f"Write: {fixed}",
                typed=(line, fixed),
            )
        elif value and not value[0].isspace():
            fixed = f"{key}: {value}"
            self.note(
                at, f"There is no space behind '{key}:'.", f"Write: {fixed}", typed=(line, fixed)
            )
        elif value.strip()[:1] in "“”„«»‘’" and value.strip():
            fixed = f"{key}: {value.strip().translate(_CURLY)}"
            self.note(at, f"'{key}' has curly quotation marks.", f"Write straight ones: {fixed}",
                      typed=(line, fixed), why="They would be shown as part of the text.")  # fmt: skip
        return fixed

    def _read(self, entry: _Entry) -> None:
        key = self._key(entry)
        if not key:
            return
        if key in self.values:
            self.note(
                entry.line,
                f"'{key}' is set twice.",
                f"Delete one of the lines that begin with {key}:",
            )
            return
        self.places[key] = entry.line
        if key not in schema()["properties"]:
            self._of_the_theme(entry, key)
            return
        try:
            tree = plain_tree("\n".join(entry.lines))
        except yaml.YAMLError:
            self._unreadable(entry, key)
            self.values[key] = None
            return
        if not isinstance(tree, yaml.MappingNode) or len(tree.value) != 1:
            self._unreadable(entry, key)
            self.values[key] = None
            return
        node = tree.value[0][1]
        self._lost_behind_hash(entry, key, node)
        self.values[key] = self._value(entry, key, node)

    def _of_the_theme(self, entry: _Entry, key: str) -> None:
        try:
            self.values[key] = yaml.safe_load("\n".join(entry.lines))[key]
        except (yaml.YAMLError, TypeError, KeyError, ValueError):
            self.note(entry.line, f"'{key}' cannot be read.", "Delete the line.")

    def _key(self, entry: _Entry) -> str:
        """Return the key that is meant, or an empty text."""
        if entry.key in self.known:
            return entry.key
        plain = entry.key.lower().replace(" ", "_").replace("-", "_")
        match = (
            plain if plain in self.known else _FORMER.get(plain, "") or nearest(plain, self.known)
        )
        what = f"There is no key '{entry.key}' in the front matter."
        if not match or match not in self.known:
            self.note(entry.line, what, f"There are: {', '.join(schema()['properties'])}.")
            return ""
        written = self.above[entry.line]
        meant = match in (plain, _FORMER.get(plain))
        typed = (entry.key, match) if meant and written.startswith(entry.key) else None
        self.note(entry.line, what, f"Write: {match}:", typed=typed)
        return match if match not in self.values else ""

    def _unreadable(self, entry: _Entry, key: str) -> None:
        value = entry.lines[0].partition(":")[2].strip()
        property_ = schema()["properties"][key]
        hint = f"Write it like this: {_example(key)}"
        typed = None
        if value.count("[") > value.count("]"):
            hint = f"Close the bracket: {key}: {value}]"
            typed = (entry.lines[0], f"{key}: {value}]")
        elif property_.get("type") == "string" and "format" not in property_ and value:
            text = value.strip("\"'").replace('"', "'")
            hint = f'Put it in straight quotation marks: {key}: "{text}"'
            typed = (entry.lines[0], f'{key}: "{text}"')
        why = "A colon, a bracket or a quotation mark in it has a meaning of its own here."
        if len(entry.lines) > 1 or self.above[entry.line] != entry.lines[0]:
            typed = None
        self.note(entry.line, f"'{key}' cannot be read.", hint, why=why, typed=typed)

    def _lost_behind_hash(self, entry: _Entry, key: str, node: yaml.Node) -> None:
        line = entry.lines[0]
        text = line.partition(":")[2].strip()
        if isinstance(node, yaml.ScalarNode) and not node.style and " #" in text and node.value:
            what = f"'{key}' ends before the #."
            hint = f'Put it in straight quotation marks: {key}: "{text}"'
            typed = (line, f'{key}: "{text}"') if self.above[entry.line] == line else None
            self.note(entry.line, what, hint, why="What stands behind it is not read.", typed=typed)

    def _value(self, entry: _Entry, key: str, node: yaml.Node) -> Any:
        """Return the value of a key as text, number, list or mapping."""
        kind = schema()["properties"][key]["type"]
        if isinstance(node, yaml.SequenceNode):
            return [self._value(entry, key, item) for item in node.value]
        if isinstance(node, yaml.MappingNode):
            return {str(name.value): str(said.value) for name, said in node.value}
        text = " ".join(str(node.value).split())
        if kind == "integer" and re.fullmatch(r"-?\d{1,6}", text):
            return int(text)
        if kind == "string" and "format" not in schema()["properties"][key]:
            self._bites(entry, key, node)
        return text

    def _bites(self, entry: _Entry, key: str, node: yaml.Node) -> None:
        """Note a text that YAML takes for a number, a time, a date, or yes and no."""
        if not isinstance(node, yaml.ScalarNode) or node.style or not node.value:
            return
        tag = _resolved(node.value)
        if tag != "tag:yaml.org,2002:str":
            text = f'{key}: "{node.value}"'
            line = entry.lines[0]
            typed = (line, text) if self.above[entry.line] == line else None
            what = f"'{key}: {node.value}' is read as {_KINDS.get(tag.rpartition(':')[2], 'something else')}, not as a text."
            self.note(entry.line, what, f"Write: {text}", typed=typed)

    def _check(self) -> None:
        for key in [key for key, value in self.values.items() if value in ("", [], {})]:
            if key != "authors" and key != "sources":
                if key in self._required():
                    self.note(
                        self.places[key],
                        f"'{key}' is empty.",
                        f"Write, for example: {_example(key)}",
                    )
                    self.values[key] = None
                else:
                    del self.values[key]
            elif self.values[key] == "":
                self.values[key] = []
        given = {key: value for key, value in self.values.items()
                 if value is not None and key in schema()["properties"]}  # fmt: skip
        for key in [key for key in given if _is_date(key)]:
            given[key] = self._date(key, given[key])
        wrong = set()
        for error in sorted(
            _validator().iter_errors({k: v for k, v in given.items() if v is not None}), key=str
        ):
            wrong |= self._explain(error)
        for key in wrong:
            given[key] = None
        self._sources(given)
        example = schema()["properties"]["reviewed_by"]["examples"][0]["name"]
        if given.get("reviewed_by") and given["reviewed_by"]["name"] == example:
            what = "The reviewer's name is still the one of the example."
            self.note(
                self._line_of("reviewed_by", example),
                what,
                "Write who has read the lesson, or delete the three lines on the review.",
            )
            given["reviewed_by"] = None
        self.values |= given
        if given.get("last_reviewed") and given.get("review_due"):
            self._order(given["last_reviewed"], given["review_due"])

    def _required(self) -> Sequence[str]:
        required: list[str] = schema()["required"]
        return required if self.lesson else [key for key in required if key in ("title", "summary")]

    def _explain(self, error: "ValidationError") -> set[str]:
        """Note what a rule of the schema does not allow; return the keys that cannot be used."""
        if error.validator in ("required", "dependentRequired") and not error.absolute_path:
            for key in self._missing(error):
                self.note(len(self.above) - 1, f"'{key}' is missing.", f"Write: {_example(key)}",
                          column=0)  # fmt: skip
            return set()
        key = str(error.absolute_path[0]) if error.absolute_path else ""
        if not key:
            return set()
        what, hint = _EXPLAINED.get(str(error.validator), _other)(key, error)
        self.note(self.places[key], what, hint)
        return {key}

    def _missing(self, error: "ValidationError") -> list[str]:
        given = set(self.values)
        if error.validator == "required":
            wanted = [key for key in _limit(error) if key in (*self._required(), "conflicts")]
        else:
            wanted = [key for owner, needs in _limit(error).items() if self.values.get(owner)
                      for key in needs]  # fmt: skip
        # the library names one at a time, so each is said where its name is in the message
        return [key for key in wanted if key not in given and f"'{key}'" in error.message]

    def _date(self, key: str, written: Any) -> str | None:
        text = str(written)
        found = meant_date(text)
        if found and re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return text
        line = self.above[self.places[key]]
        if found:
            hint = f"Write year-month-day, like this: {key}: {found.isoformat()}"
            typed = (text, found.isoformat()) if line.count(text) == 1 else None
            column = max(line.find(text), 0)
            self.note(self.places[key], f"'{key}: {text}' is not a date we can read.", hint, typed=typed,
                      column=column if typed else 0)  # fmt: skip
        elif re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            hint = f"Look it up in a calendar, and write it like this: {_example(key)}"
            self.note(self.places[key], f"There is no day {text}.", hint)
        else:
            hint = f"Write year-month-day, like this: {_example(key)}"
            self.note(self.places[key], f"'{key}: {text}' is not a date we can read.", hint)
        return None

    def _sources(self, given: dict[str, Any]) -> None:
        known = publications()
        for name in given.get("sources") or ():
            if name not in known:
                match = nearest_key(name)
                hint = f"Write: {match}" if match else "Add it to content/references.bib first."
                at = self._line_of("sources", name)
                column = max(self.above[at].find(name), 0)
                self.note(
                    at, f"There is no source '{name}' in the bibliography.", hint, column=column
                )

    def _line_of(self, key: str, text: str) -> int:
        for at in range(self.places[key], len(self.above)):
            if text in self.above[at]:
                return at
        return self.places[key]

    def _order(self, last: str, due: str) -> None:
        if due <= last:
            what = f"The next review, {due}, is not after the last one, {last}."
            later = f"{int(last[:4]) + 2}{last[4:]}"
            self.note(
                self.places["review_due"],
                what,
                f"Write a later day, for example: review_due: {later}",
            )


def meant_date(text: str) -> date | None:
    """Return the day that somebody means, or None where it could be two days, or is none.

    Example:
        >>> meant_date("12 March 2026"), meant_date("13/3/26"), meant_date("2026/3/12")
        (datetime.date(2026, 3, 12), datetime.date(2026, 3, 13), datetime.date(2026, 3, 12))
        >>> meant_date("12/3/26"), meant_date("2026-02-30"), meant_date("soon")
        (None, None, None)
    """
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.strip(), flags=re.IGNORECASE)
    parts = [part for part in re.split(r"[\s./,\-–]+", plain) if part]
    if len(parts) == 1 and re.fullmatch(r"\d{8}", parts[0]):
        parts = [parts[0][:4], parts[0][4:6], parts[0][6:]]
    if len(parts) != 3 or not all(part.isascii() and part.isalnum() for part in parts):
        return None
    named = [index for index, part in enumerate(parts) if _month(part)]
    if named:
        month = _month(parts.pop(named[0]))
        numbers = [int(part) for part in parts if part.isdigit()]
        if len(numbers) != 2:
            return None
        year, day = (numbers[0], numbers[1]) if len(parts[0]) == 4 else (numbers[1], numbers[0])
        return _day(year, month, day)
    if not all(part.isdigit() for part in parts):
        return None
    first, second, third = (int(part) for part in parts)
    if len(parts[0]) == 4:
        return _day(first, second, third)
    if first > 12 >= second:
        return _day(third, second, first)
    if second > 12 >= first:
        return _day(third, first, second)
    return _day(third, first, second) if first == second else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    small = text.lower()
    found = [
        index for index, name in enumerate(_MONTHS, 1) if len(small) > 2 and name.startswith(small)
    ]
    return found[0] if found else 0


def _is_date(key: str) -> bool:
    return bool(schema()["properties"].get(key, {}).get("format") == "date")


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # takes long to load, and most pages are known

    return Draft202012Validator(schema())


def _example(key: str) -> str:
    """Return a line that a trainer can copy."""
    example = schema()["properties"][key]["examples"][0]
    if isinstance(example, list):
        return f"{key}: [{', '.join(example)}]"
    if isinstance(example, dict):
        return f"{key}: {{ {', '.join(f'{name}: {said}' for name, said in example.items())} }}"
    return f"{key}: {example}"


def _too_long(key: str, error: "ValidationError") -> tuple[str, str]:
    if isinstance(error.instance, str) and len(error.absolute_path) == 1:
        cut = error.instance[: _limit(error)].rsplit(" ", 1)[0].rstrip(" ,;:")
        what = f"'{key}' has {len(error.instance)} characters."
        return (
            what,
            f"{_limit(error)} are shown. It would end at '…{cut[-25:]}': make it shorter.",
        )
    return f"A name in '{key}' is too long.", f"Write it like this: {_example(key)}"


def _too_short(key: str, error: "ValidationError") -> tuple[str, str]:
    return f"'{key}: {error.instance}' says too little.", f"Write, for example: {_example(key)}"


def _wrong_kind(key: str, error: "ValidationError") -> tuple[str, str]:
    wanted = {"array": "a list in square brackets", "integer": "a whole number", "string": "a text",
              "object": "a name and a role"}[_limit(error)]  # fmt: skip
    written = error.instance if isinstance(error.instance, str | int) else "a list or a block"
    if _limit(error) == "array" and isinstance(error.instance, str):
        return f"'{key}' wants {wanted}.", f"Write: {key}: [{error.instance}]"
    return f"'{key}' wants {wanted}, not '{written}'.", f"Write, for example: {_example(key)}"


def _not_listed(key: str, error: "ValidationError") -> tuple[str, str]:
    allowed = _limit(error)
    match = nearest(str(error.instance), allowed)
    hint = f"Write: {key}: {match}" if match else f"Write one of: {', '.join(allowed)}."
    return f"'{key}: {error.instance}' is none of the words for it.", hint


def _outside(key: str, error: "ValidationError") -> tuple[str, str]:
    limits = schema()["properties"][key]
    hint = f"Write a number from {limits['minimum']} to {limits['maximum']}."
    return f"'{key}: {error.instance}' is not possible.", hint


def _no_key(key: str, error: "ValidationError") -> tuple[str, str]:
    what = f"'{error.instance}' in '{key}' is not the key of a source."
    return what, f"Write keys of content/references.bib only: {_example(key)}"


def _twice(key: str, _: "ValidationError") -> tuple[str, str]:
    return f"'{key}' names something twice.", "Delete one of them."


def _limit(error: "ValidationError") -> Any:
    """Return what the rule of the schema asks for."""
    return error.validator_value  # typed as possibly unset


def _resolved(text: str) -> str:
    """Return what YAML takes a text for."""
    resolver = yaml.resolver.Resolver()
    tag: str = resolver.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
    return tag


def _other(key: str, error: "ValidationError") -> tuple[str, str]:
    return f"'{key}' is not complete.", f"Write it like this: {_example(key)}"


_EXPLAINED: dict[str, Callable[[str, "ValidationError"], tuple[str, str]]] = {
    "maxLength": _too_long,
    "minLength": _too_short,
    "type": _wrong_kind,
    "enum": _not_listed,
    "minimum": _outside,
    "maximum": _outside,
    "pattern": _no_key,
    "uniqueItems": _twice,
}


def _meta(values: dict[str, Any]) -> LessonMeta:
    """Return what could be read."""
    given = {key: value for key, value in values.items() if value is not None}
    known = schema()["properties"]

    def day(key: str) -> date | None:
        return date.fromisoformat(given[key]) if given.get(key) else None

    who = given.get("reviewed_by")
    return LessonMeta(
        title=given.get("title", ""),
        summary=given.get("summary", ""),
        minutes=given.get("minutes"),
        audience=given.get("audience", ""),
        evidence=given.get("evidence", ""),
        sources=tuple(given.get("sources", ())),
        authors=tuple(given.get("authors", ())),
        reviewed_by=Reviewer(who["name"], who["role"]) if who else None,
        last_reviewed=day("last_reviewed"),
        review_due=day("review_due"),
        conflicts=given.get("conflicts", ""),
        other=tuple((key, value) for key, value in given.items() if key not in known),
    )
