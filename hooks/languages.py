"""The languages of the site: a folder of content/ that holds a language.yml mirrors the English pages.

Beside it, widgets.yml is the one catalogue of what widgets and blocks say: English text, then the other language.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from hooks.problems import Place, Problem, nearest

ENGLISH = "en"
SETTINGS, CATALOGUE = "language.yml", "widgets.yml"
PAGES, EVERY_WIDGET = "pages", "every widget"  # sections of the catalogue beside the widgets' own
_SAID = ("name", "site_name", "copyright", "lessons", "only_english", "read_english")
_NAMES = re.compile(r"\{(\w+)\}")
# what no language translates
_UNIT = re.compile(r"[^a-zA-Z]*(?:(?:cm|mm|kg|lb|ft|in|kN|MPa|N)\b[^a-zA-Z]*)*")


@dataclass(frozen=True)
class Language:
    """What a language needs beside its pages.

    Attributes:
        tag: as HTML writes it, and the name of its folder: `de`.
        said: what the pages around the lessons say, by the keys of language.yml.
        words: the catalogue: section to English text to text.
        problems: what is wrong with its two files.
    """

    tag: str
    said: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def of_pages(self) -> Mapping[str, str]:
        """What blocks of a lesson say."""
        return self.words.get(PAGES, {})

    def of_widget(self, name: str) -> dict[str, str]:
        """Return what a widget says; its own section has the first word."""
        return {**self.words.get(name, {}), **self.words.get(EVERY_WIDGET, {})}

    def place(self, content: str) -> Place:
        """Return where new words of the catalogue are to stand."""
        return Place(f"{content}/{self.tag}/{CATALOGUE}", 1)


def read_languages(content: Path) -> dict[str, Language]:
    """Return every language but English, by its tag."""
    return {
        path.parent.name: _read(path.parent, content)
        for path in sorted(content.glob(f"*/{SETTINGS}"))
    }


def split_language(page: str, languages: Mapping[str, Language]) -> tuple[Language | None, str]:
    """Return the language of a page, None for English, and the page's path without its folder.

    Example:
        >>> split_language("lessons/setup/index.md", {})
        (None, 'lessons/setup/index.md')
    """
    folder, _, inside = page.partition("/")
    language = languages.get(folder) if inside else None
    return language, inside if language else page


def is_language_free(text: str) -> bool:
    """Tell whether a text reads the same in every language: numbers, marks and units.

    Example:
        >>> is_language_free("12.5 in"), is_language_free("kg, cm"), is_language_free("Copy link")
        (True, True, False)
    """
    return _UNIT.fullmatch(text) is not None


def _read(folder: Path, content: Path) -> Language:
    problems: list[Problem] = []
    said = {}
    for key, value, place in _entries(folder / SETTINGS, content, problems):
        if key.value in _SAID and isinstance(value, yaml.ScalarNode):
            said[key.value] = value.value
        else:
            match = nearest(str(key.value), _SAID) or _SAID[0]
            what = f"'{key.value}' is not a setting of a language."
            problems.append(Problem(place, what, f"Write: {match}:"))
    first = Place(f"{content.name}/{folder.name}/{SETTINGS}", 1)
    problems += [
        Problem(first, f"'{key}' is missing.", f"Write: {key}: …")
        for key in _SAID
        if key not in said
    ]
    words: dict[str, dict[str, str]] = {}
    for section, entries, place in _entries(folder / CATALOGUE, content, problems):
        if not isinstance(entries, yaml.MappingNode):
            what = f"The section '{section.value}' has no words."
            problems.append(Problem(place, what, "Delete the line, or write words below it."))
            continue
        words[section.value] = {}
        for english, other in entries.value:
            here = Place(place.path, english.start_mark.line + 1)
            if not isinstance(other, yaml.ScalarNode) or not other.value:
                hint = "Write the words behind the colon, or delete the line."
                problems.append(Problem(here, f"'{english.value}' has no words.", hint))
            elif sorted(_NAMES.findall(english.value)) != sorted(_NAMES.findall(other.value)):
                what = f"'{other.value}' does not hold the same parts in braces as the English."
                names = ", ".join(_NAMES.findall(english.value)) or "none"
                problems.append(Problem(here, what, f"It needs, each once: {names}."))
            else:
                words[section.value][english.value] = other.value
    return Language(folder.name, said, words, tuple(problems))


def _entries(
    path: Path, content: Path, problems: list[Problem]
) -> Iterator[tuple[yaml.Node, yaml.Node, Place]]:
    """Yield what a file of keys and values holds; note where it cannot be read."""
    name = path.relative_to(content.parent).as_posix()
    hint = "Put a text that holds a colon, a brace or a # between straight quotation marks."
    try:
        tree = yaml.compose(path.read_text() if path.exists() else "", Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problems.append(Problem(Place(name, line), "This line cannot be read.", hint))
        return
    if isinstance(tree, yaml.MappingNode):
        for key, value in tree.value:
            yield key, value, Place(name, key.start_mark.line + 1)
