"""A Python-Markdown extension: what trainers write beside plain Markdown.

Fences become widgets, tables and figures, self-checks and formulas; names become numbers and sources;
labels, verdicts and the words of the glossary become links and boxes.
"""

import posixpath
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from hooks.citations import UnknownSource, noted, notes
from hooks.content_folder import ContentFolder
from hooks.embed_snippets import HOME_BLOCKS, Home, lesson_names
from hooks.evidence_labels import MEANING, UnknownLabel, labelled
from hooks.fences import (
    FORMULA,
    GENERATED,
    INTERACTIVE,
    SELF_CHECK,
    Fence,
    FenceError,
    Setting,
    block_start,
    fences,
    read_settings,
)
from hooks.formulas import formula
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.glossary import PAGE, Glossary, TermLinks, read_glossary
from hooks.kept_answers import KeptAnswers
from hooks.languages import CATALOGUE, ENGLISH, PAGES, Language, is_language_free, split_language
from hooks.lesson_page import LessonPage
from hooks.lesson_rules import DECISIONS, lesson_problems
from hooks.machines import machine_presets
from hooks.model_numbers import UnknownNumber, inserted
from hooks.problems import Level, Place, Problem, ProblemReport, nearest, problem_box
from hooks.self_check import SelfCheckErrors, as_markdown, read_self_check
from hooks.verdicts import with_verdict
from hooks.widget_html import prerender
from interactive.catalogue import widget_named, widget_names
from interactive.markup import Markup, element
from interactive.translation import said, translated
from interactive.widget import Control, InputProblem, Slider, Toggle, Value, Widget

# name, starting values and shown inputs to how a page fetches the book
type MakesBook = Callable[[str, Mapping[str, Value], Sequence[str]], Mapping[str, object]]

_GLOSSARY = "glossary"  # what ``` generated glossary ``` asks for

# private-use characters mark the place of a block; a lesson's own are dropped
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_NOT_OURS = {ord(_OPEN): None, ord(_CLOSE): None}


class WidgetBlocks(Extension):
    r"""The extension. Tell it which lesson comes next with `begin`, then convert the lesson.

    Attributes:
        report: where problems go.
        shows_problems: whether each problem stands in the page as well, before its paragraph; those
            of a block stand in its place in any case.
        languages: those beside English, by their tags.
        copies: the English pages that stand in another language's folder.
        book: makes the answer book of a widget in a page; without it, widgets have none.
        home: where the lessons are at home, for what others copy.
        answers: what widgets said before.
        folder: the files around the lessons, for links and pictures; None where there are none.

    Example:
        >>> blocks = WidgetBlocks()
        >>> html = markdown.markdown("``` interactive depth-exploror\n```", extensions=[blocks])
        >>> print(blocks.report.problems[0])
        lesson.md:1: There is no widget 'depth-exploror'. Write: ``` interactive depth-explorer
    """

    def __init__(self, glossary: Glossary | None = None) -> None:
        super().__init__()
        self.report = ProblemReport()
        self.shows_problems = False
        self.languages: Mapping[str, Language] = {}
        self.copies: frozenset[str] = frozenset()
        self.glossary = read_glossary() if glossary is None else glossary
        self.book: MakesBook | None = None
        self.home = Home("https://example.org/", lesson_names())
        self._start = Place("lesson.md", 1)
        self._above: Sequence[str] = ()
        self.folder: ContentFolder | None = None
        self.answers = KeptAnswers()

    def begin(self, path: str, first_line: int = 1, above: Sequence[str] = ()) -> None:
        """Say which lesson is converted next.

        Args:
            path: its file, from the top of the repository.
            first_line: the line of the file on which its text starts.
            above: the lines above that, its front matter.
        """
        self._start = Place(path, first_line)
        self._above = above

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register: found before snippets (32) move lines, placed after white space is settled (30)."""
        blocks: list[Markup] = []
        md.block_level_elements += [
            "lesson-widget",
            "save-for-gym",
            "forget-everything",
            "embed-choices",
            "embed-snippet",
            "lesson-preview",
        ]
        md.preprocessors.register(_FindFences(md, self, blocks), "widget_fences", 33)
        md.preprocessors.register(_PlaceBlocks(md, blocks), "widget_blocks", 29)
        # after attributes are read (8), before MkDocs makes links of files into links of pages (0)
        links = TermLinks(md, self.glossary, self._glossary_link)
        md.treeprocessors.register(links, "glossary_terms", 4)
        md.treeprocessors.register(_LinkAcross(md, self), "links_across_languages", 3)
        # before blocks are put in their places (30): they are translated already
        md.postprocessors.register(_Translate(md, self), "translation", 35)

    def read(self, lines: Sequence[str], blocks: list[Markup]) -> list[str]:
        """Return a lesson in plain Markdown, and note every problem that it has.

        Args:
            lines: the lesson as its trainer wrote it.
            blocks: gets the HTML of each block, whose place the lines mark.
        """
        lines = [line.rstrip("\r").translate(_NOT_OURS) for line in lines]
        folder = self._start.path.removesuffix(self._page).rstrip("/")
        told = len(self.report.problems)
        tag = self.language.tag if self.language else ENGLISH
        page = LessonPage(self._page, lines, self._above, self.folder, tag)
        is_copy = self._page in self.copies  # told of where the English page stands
        for problem in () if is_copy else lesson_problems(page, folder, self._start.line):
            self.report.add(problem)
        # what each line becomes: a block stands where it begins
        kept: list[list[str]] = [[] for _ in lines]
        cited: dict[str, None] = {}
        boxed: set[Problem] = set()
        at = 0
        for fence in fences(lines):
            kept[at : fence.first] = self.text(lines, at, fence.first, cited)
            at = fence.last + 1
            if not fence.word:
                kept[fence.first] = lines[fence.first : at]
                continue
            before = len(self.report.problems)
            block = self.block(fence, len(blocks) + 1, lines, cited)
            if isinstance(block, Markup):
                boxed.update(self.report.problems[before:])
                kept[fence.first] = _placed(block, blocks)
            else:
                kept[fence.first] = block
        kept[at:] = self.text(lines, at, len(lines), cited)
        if is_copy:
            del self.report.problems[told:]
        if self.shows_problems:
            for problem in self.report.problems[told:]:
                if problem not in boxed:
                    line = block_start(lines, problem.place.line - self._start.line)
                    kept[line][:0] = _placed(problem_box(problem), blocks)
        return [*chain.from_iterable(kept), *notes(cited)]

    def text(
        self, lines: Sequence[str], first: int, end: int, cited: dict[str, None]
    ) -> list[list[str]]:
        """Return what each line of plain text becomes: numbers, sources, labels and verdicts by name."""
        meaning = self._link(MEANING)
        kept = []
        for at in range(first, end):
            line = lines[at]
            try:
                line = with_verdict(lines, at)
                line = labelled(noted(inserted(line, self._say), cited), meaning)
            except UnknownNumber as unknown:
                what = f"There is no number '{unknown.args[0]}'."
                self._note(FenceError(at, what, unknown.hint))
            except (UnknownSource, UnknownLabel) as wrong:
                self._note(FenceError(at, wrong.what, wrong.hint))
            except FenceError as error:
                self._note(error)
            kept.append([line])
        return kept

    def block(
        self, fence: Fence, count: int, lines: Sequence[str], cited: dict[str, None]
    ) -> Markup | list[str]:
        """Return what stands in the page for a fence, as HTML or as Markdown; or boxes of problems."""
        language = self.language
        words = language.of_widget(fence.name) if language else {}
        read = _read(fence, count, self, words)
        if isinstance(read, Markup):
            return self._translated(read, fence, words) if language else read
        if not read and fence.word == GENERATED:
            return self.glossary.as_markdown()
        if not read:  # a self-check without problems
            inside = self.text(lines, fence.first + 1, fence.last, cited)
            return as_markdown(read_self_check(list(chain.from_iterable(inside))))
        return element("div", [problem_box(self._note(error)) for error in read])

    def _translated(self, block: Markup, fence: Fence, words: Mapping[str, str]) -> Markup:
        """Return a block in the page's language; ask for the words that its catalogue lacks."""
        assert self.language is not None
        missed: list[str] = []
        words = words if fence.word == INTERACTIVE else self.language.of_pages
        block = translated(block, words, missed)
        missing = [text for text in dict.fromkeys(missed) if not is_language_free(text)]
        if missing and fence.word != FORMULA:
            more = f", and {len(missing) - 1} more texts," if len(missing) > 1 else ""
            section = fence.name if fence.word == INTERACTIVE else PAGES
            path = f"{self._start.path.partition('/')[0]}/{self.language.tag}/{CATALOGUE}"
            what = f"'{missing[0]}'{more} of this block stands here in English."
            hint = f'Write in {path} below {section}: "{missing[0]}": "…"'
            place = Place(self._start.path, self._start.line + fence.first)
            self.report.add(Problem(place, what, hint, Level.PLEASE))
        return block

    @property
    def language(self) -> Language | None:
        """The language of the lesson; None for English."""
        if self._page in self.copies:
            return None
        return split_language(self._page, self.languages)[0]

    def _say(self, text: str) -> str:
        return said(text, self.language.of_pages) if self.language else text

    @property
    def _page(self) -> str:
        """The lesson's path, from the top of the content."""
        first, _, inside = self._start.path.partition("/")
        return inside or first

    def english_target(self, link: str) -> str | None:
        """Return how a page in a language's folder links to an English file that it has not itself."""
        path, mark, anchor = link.partition("#")
        if not path or ":" in path or path.startswith("/") or self.folder is None:
            return None
        folder = posixpath.dirname(self._page)
        target = posixpath.normpath(posixpath.join(folder, path))
        language, english = split_language(target, self.languages)
        files = self.folder.files
        if language is None or target in files or target in self.copies or english not in files:
            return None
        return posixpath.relpath(english, folder) + mark + anchor

    def _link(self, target: str) -> str:
        """Return how this lesson links to another page."""
        return posixpath.relpath(target, posixpath.dirname(self._page) or ".")

    def _glossary_link(self) -> str | None:
        """Return how this lesson links to the glossary; records for developers do not."""
        alone = self._page == PAGE or self._page.startswith(DECISIONS) or self.language
        return None if alone else self._link(PAGE)

    def _note(self, error: FenceError) -> Problem:
        place = Place(self._start.path, self._start.line + error.line)
        problem = Problem(place, error.what, error.hint)
        self.report.add(problem)
        return problem


def _placed(block: Markup, blocks: list[Markup]) -> list[str]:
    """Return the lines that mark the place of a block's HTML."""
    blocks.append(block)
    return ["", f"{_OPEN}{len(blocks) - 1}{_CLOSE}", ""]


class _FindFences(Preprocessor):
    def __init__(self, md: markdown.Markdown, owner: WidgetBlocks, blocks: list[Markup]) -> None:
        super().__init__(md)
        self.owner, self.blocks = owner, blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.clear()
        return self.owner.read(lines, self.blocks)


class _PlaceBlocks(Preprocessor):
    def __init__(self, md: markdown.Markdown, blocks: list[Markup]) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        marks = {f"{_OPEN}{index}{_CLOSE}": html for index, html in enumerate(self.blocks)}
        return [self.md.htmlStash.store(marks[line]) if line in marks else line for line in lines]


class _LinkAcross(Treeprocessor):
    """Leads links of a translation to the English page where the translated one is missing."""

    def __init__(self, md: markdown.Markdown, owner: WidgetBlocks) -> None:
        super().__init__(md)
        self.owner = owner

    def run(self, root: ET.Element) -> None:
        for tag, name in (("a", "href"), ("img", "src")):
            for found in root.iter(tag):
                english = self.owner.english_target(found.get(name, ""))
                if english:
                    found.set(name, english)
                    if tag == "a":
                        found.set("hreflang", ENGLISH)


class _Translate(Postprocessor):
    def __init__(self, md: markdown.Markdown, owner: WidgetBlocks) -> None:
        super().__init__(md)
        self.owner = owner

    def run(self, text: str) -> str:
        language = self.owner.language
        return translated(text, language.of_pages) if language else text


def _read(
    fence: Fence, count: int, blocks: WidgetBlocks, words: Mapping[str, str]
) -> Markup | list[FenceError]:
    """Return the HTML of a fence, or everything that is wrong with it.

    What becomes Markdown has no HTML yet, and an empty list where nothing is wrong: a self-check,
    and the glossary.
    """
    errors: list[FenceError] = []
    try:
        if fence.error:
            raise fence.error
        if fence.word == GENERATED:
            return _generated(fence, blocks.home)
        if fence.word == FORMULA:
            return formula(fence.settings, fence.first + 1)
        if fence.word == SELF_CHECK:
            read_self_check(fence.settings, fence.first + 1)
            return []
        widget = _widget(fence)
        settings = read_settings(fence)
    except FenceError as error:
        return [error]
    except SelfCheckErrors as several:
        return several.errors
    fields = list(widget.controls)
    if "controls" in settings:
        errors += _controls_errors(settings["controls"], widget)
        fields = settings.pop("controls").value  # type: ignore[assignment]  # a list, or there are errors
    values = dict(widget.start)
    for key, setting in settings.items():
        try:
            values[key] = _value(widget, key, setting)
        except FenceError as error:
            errors.append(error)
    if errors:
        return sorted(errors, key=lambda error: error.line)
    answer = blocks.answers.answer(fence.name, widget, values)
    if answer.html is None:
        what = f"The starting values cannot be shown: {answer.refusal}"
        return [FenceError(fence.first, what, "Change one of the settings below this line.")]
    place = f"{fence.name}-{count}"
    machines = machine_presets() if widget.machines else ()
    # a book is made of English answers
    told = blocks.book(fence.name, values, fields) if blocks.book and not words else None
    return prerender(fence.name, widget, values, fields, answer.html, place, machines, told, words)


def _generated(fence: Fence, home: Home) -> Markup | list[FenceError]:
    names = [*GENERATED_BLOCKS, *HOME_BLOCKS, _GLOSSARY]
    if fence.name not in names:
        raise _unknown_name(fence, "table or figure", names)
    if any(line.strip() for line in fence.settings):
        what = f"'{fence.name}' has no settings."
        raise FenceError(fence.first + 1, what, "Delete the lines between the two lines of ```.")
    if fence.name in HOME_BLOCKS:
        return HOME_BLOCKS[fence.name](home)
    return [] if fence.name == _GLOSSARY else GENERATED_BLOCKS[fence.name]()


def _widget(fence: Fence) -> Widget[Any, Any]:
    try:
        return widget_named(fence.name)
    except KeyError:
        raise _unknown_name(fence, "widget", widget_names()) from None


def _unknown_name(fence: Fence, kind: str, names: Iterable[str]) -> FenceError:
    what = (
        f"There is no {kind} '{fence.name}'." if fence.name else f"The name of a {kind} is missing."
    )
    match = nearest(fence.name, names)
    hint = f"Write: ``` {fence.word} {match}" if match else f"There are: {', '.join(names)}."
    return FenceError(fence.first, what, hint)


def _value(widget: Widget[Any, Any], field: str, setting: Setting) -> Value:
    if field not in widget.controls:
        raise _unknown(field, widget, setting.line)
    control = widget.controls[field]
    try:
        return control.read(field, _meant(control, setting.value))
    except InputProblem as problem:
        written = (
            setting.value if isinstance(setting.value, str) else f"[{', '.join(setting.value)}]"
        )
        hint = problem.nearest or control.written(widget.start[field])
        raise FenceError(
            setting.line,
            f"{field}: '{written}' is not possible." if written else f"{field}: has no value.",
            f"Write {problem.allowed}, like this: {field}: {hint}",
        ) from None


def _meant(control: Control, written: str | list[str]) -> object:
    """Return what a text stands for, or the text itself, for the control to refuse."""
    if isinstance(written, str):
        if isinstance(control, Slider) and re.fullmatch(r"[-+]?\d+(\.\d+)?", written):
            return float(written)
        if isinstance(control, Toggle):
            return {"true": True, "yes": True, "false": False, "no": False}.get(written, written)
    return written


def _controls_errors(setting: Setting, widget: Widget[Any, Any]) -> list[FenceError]:
    known = list(widget.controls)
    fields = setting.value
    if not isinstance(fields, list):
        what = "'controls' wants the names of inputs in square brackets."
        return [FenceError(setting.line, what, f"Write: controls: [{', '.join(known[:2])}]")]
    if len(set(fields)) < len(fields):
        hint = f"Write: controls: [{', '.join(dict.fromkeys(fields))}]"
        return [FenceError(setting.line, "'controls' names an input twice.", hint)]
    return [_unknown(field, widget, setting.line) for field in fields if field not in known]


def _unknown(field: str, widget: Widget[Any, Any], line: int) -> FenceError:
    known = [*widget.controls, "controls"]
    match = nearest(field, known)
    hint = f"Did you mean '{match}'?" if match else f"It has: {', '.join(known)}."
    return FenceError(line, f"This widget has no setting '{field}'.", hint)
