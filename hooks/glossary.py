"""The words of content/glossary.yml: their page, and a definition at the first one in each lesson."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

import markdown
import yaml
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from hooks import ROOT
from hooks.fences import plain_tree
from hooks.problems import Place, Problem, nearest

GLOSSARY = ROOT / "content" / "glossary.yml"
PAGE = "about/glossary.md"
# a definition would be in the way here, or a link inside a link
_NOT_IN = frozenset(
    ["a", "abbr", "button", "code", "kbd", "label", "math", "pre", "script", "style", "summary",
     "sup", "svg", "table", "h1", "h2", "h3", "h4", "h5", "h6"]
)  # fmt: skip
_NOT_IN_CLASS = frozenset(["admonition-title", "footnote"])
_EXAMPLE = 'fold: "How far trunk and thigh close against each other."'
_KEYS = ("means", "also")


@dataclass(frozen=True)
class Term:
    """A word of the lessons.

    Attributes:
        name: as the glossary lists it.
        means: one sentence of plain text.
        also: other forms of the same word.
    """

    name: str
    means: str
    also: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """Where it stands on the glossary's page.

        Example:
            >>> Term("Knee to chest", "A test.").anchor
            'knee-to-chest'
        """
        return "-".join(re.findall(r"\w+", self.name.lower()))


@dataclass(frozen=True)
class Glossary:
    """Every word, by name, and what is wrong with its file."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = field(default=(), compare=False)

    @cached_property
    def forms(self) -> dict[str, Term]:
        """Every form of every word, in small letters."""
        return {form.lower(): term for term in self.terms for form in (term.name, *term.also)}

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds a form in a text of small letters; the longest where several fit."""
        forms = sorted(self.forms, key=lambda form: (-len(form), form))
        return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?![\w-])")

    def as_markdown(self) -> list[str]:
        """Return the glossary's page below its title: each word is a heading that can be linked to."""
        lines = [""]
        for term in sorted(self.terms, key=lambda term: term.name.lower()):
            name = term.name[0].upper() + term.name[1:]
            also = f" Also: {', '.join(term.also)}." if term.also else ""
            lines += [f"## {name} {{ #{term.anchor} }}", "", f"{term.means}{also}", ""]
        return lines


def read_glossary(path: Path = GLOSSARY) -> Glossary:
    """Return the glossary, with a problem for each entry that cannot be read."""
    return _glossary(path.read_text(), f"content/{path.name}")


@lru_cache(maxsize=4)
def _glossary(text: str, name: str) -> Glossary:
    try:
        tree = plain_tree(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Glossary(problems=(_unreadable(Place(name, line)),))
    if not isinstance(tree, yaml.MappingNode):
        return Glossary(problems=(_unreadable(Place(name, 1)),))
    terms: list[Term] = []
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for key, value in tree.value:
        place = Place(name, key.start_mark.line + 1)
        term = _term(key, value, place)
        if isinstance(term, Problem):
            problems.append(term)
            continue
        twice = [form for form in (term.name, *term.also) if form.lower() in seen]
        for form in twice:
            what = f"'{form}' stands in the glossary twice, also under '{seen[form.lower()]}'."
            problems.append(Problem(place, what, "Delete one of them."))
        seen |= {form.lower(): term.name for form in (term.name, *term.also)}
        if not twice:
            terms.append(term)
    return Glossary(tuple(terms), tuple(problems))


def _term(key: yaml.Node, value: yaml.Node, place: Place) -> Term | Problem:
    name = str(key.value).strip() if isinstance(key, yaml.ScalarNode) else ""
    means = ""
    also: tuple[str, ...] = ()
    if isinstance(value, yaml.ScalarNode):
        means = value.value
    elif isinstance(value, yaml.MappingNode):
        for part, said in value.value:
            if part.value not in _KEYS:
                match = nearest(str(part.value), _KEYS) or "means"
                line = Place(place.path, part.start_mark.line + 1)
                return Problem(line, f"'{name}' has no part '{part.value}'.", f"Write: {match}:")
            if part.value == "also":
                listed = said.value if isinstance(said, yaml.SequenceNode) else [said]
                also = tuple(str(form.value).strip() for form in listed)
            elif isinstance(said, yaml.ScalarNode):
                means = said.value
    means = " ".join(means.split())
    if not re.search(r"\w", name) or not all(re.search(r"\w", form) for form in also):
        return _unreadable(place)
    if not means:
        return Problem(place, f"'{name}' is not explained.", f"Write, for example: {_EXAMPLE}")
    if marks := re.search(r"[*_`\[\]{}<>]", means):
        what = f"The explanation of '{name}' holds a '{marks[0]}'."
        return Problem(place, what, "Use plain words only: it is also shown where no link can be.")
    return Term(name, means, also)


def _unreadable(place: Place) -> Problem:
    return Problem(
        place, "This line of the glossary cannot be read.", f"Write, for example: {_EXAMPLE}"
    )


class TermLinks(Treeprocessor):
    """Gives the first of each word in a lesson its definition and a link to the glossary."""

    def __init__(
        self, md: markdown.Markdown, glossary: Glossary, page: Callable[[], str | None]
    ) -> None:
        """Take what to link.

        Args:
            md: the converter.
            glossary: the words.
            page: how the lesson that is being converted links to the glossary; None for a page
                whose words are left alone.
        """
        super().__init__(md)
        self.glossary, self.page = glossary, page
        self._left: set[str] = set()

    def run(self, root: ET.Element) -> None:
        """Change a lesson in place."""
        page = self.page()
        if page is not None and self.glossary.terms:
            self._left = {term.name for term in self.glossary.terms}
            self._visit(root, page)

    def _visit(self, element: ET.Element, page: str) -> None:
        children = list(element)
        element.text = self._linked(element, 0, element.text, page)
        for child in children:
            if not self._left:
                return
            if child.tag not in _NOT_IN and child.get("class") not in _NOT_IN_CLASS:
                self._visit(child, page)
            child.tail = self._linked(element, list(element).index(child) + 1, child.tail, page)

    def _linked(self, parent: ET.Element, at: int, text: str | None, page: str) -> str | None:
        """Return the text before the first word, and put the rest into the parent from `at` on."""
        if not text or isinstance(text, AtomicString):
            return text
        before, end, last = text, 0, None
        for start, stop, term in self._found(text):
            word = ET.Element("span", {"class": "term", "tabindex": "-1"})
            link = ET.SubElement(word, "a", {"href": f"{page}#{term.anchor}"})
            link.set("aria-description", term.means)
            link.text = AtomicString(text[start:stop])
            if last is None:
                before = text[:start]
            else:
                last.tail = text[end:start]
            parent.insert(at, word)
            at, end, last = at + 1, stop, word
        if last is not None:
            last.tail = text[end:]
        return before

    def _found(self, text: str) -> Iterator[tuple[int, int, Term]]:
        small = text.lower()
        if len(small) != len(text):  # a few letters grow when they are made small
            small = text
        for found in self.glossary.pattern.finditer(small):
            term = self.glossary.forms[found[0]]
            if term.name in self._left:
                self._left.remove(term.name)
                yield found.start(), found.end(), term
