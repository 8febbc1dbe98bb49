"""A Python-Markdown extension: fences become prerendered widgets, tables and figures; names, numbers."""

import re
from collections.abc import Iterable
from typing import Any

import markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from hooks.citations import UnknownSource, noted, notes
from hooks.fences import GENERATED, Fence, FenceError, Setting, fences, read_settings
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.model_numbers import UnknownNumber, inserted
from hooks.problems import Place, Problem, ProblemReport, nearest, problem_box
from hooks.widget_html import prerender
from interactive.catalogue import widget_named, widget_names
from interactive.markup import Markup, element
from interactive.widget import Control, InputProblem, Slider, Toggle, Value, Widget

# private-use characters mark the place of a block; a lesson's own are dropped
_OPEN, _CLOSE = "\ue0f0", "\ue0f1"
_NOT_OURS = {ord(_OPEN): None, ord(_CLOSE): None}


class WidgetBlocks(Extension):
    r"""The extension. Tell it which lesson comes next with `begin`, then convert the lesson.

    Attributes:
        report: where problems go.

    Example:
        >>> blocks = WidgetBlocks()
        >>> html = markdown.markdown("``` interactive depth-exploror\n```", extensions=[blocks])
        >>> print(blocks.report.problems[0])
        lesson.md:1: There is no widget 'depth-exploror'. Write: ``` interactive depth-explorer
    """

    def __init__(self) -> None:
        super().__init__()
        self.report = ProblemReport()
        self._start = Place("lesson.md", 1)

    def begin(self, path: str, first_line: int = 1) -> None:
        """Say which lesson is converted next, and on which line of its file its text starts."""
        self._start = Place(path, first_line)

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Register: found before snippets (32) move lines, placed after white space is settled (30)."""
        blocks: list[Markup] = []
        md.block_level_elements += ["lesson-widget", "save-for-gym", "forget-everything"]
        md.preprocessors.register(_FindFences(md, self, blocks), "widget_fences", 33)
        md.preprocessors.register(_PlaceBlocks(md, blocks), "widget_blocks", 29)

    def text(self, lines: list[str], first: int, end: int, cited: dict[str, None]) -> list[str]:
        """Return lines of plain text with the numbers and sources that they name."""
        kept = []
        for at in range(first, end):
            line = lines[at]
            try:
                line = noted(inserted(line), cited)
            except UnknownNumber as unknown:
                what = f"There is no number '{unknown.args[0]}'."
                self._note(FenceError(at, what, unknown.hint))
            except UnknownSource as unknown_source:
                self._note(FenceError(at, unknown_source.what, unknown_source.hint))
            kept.append(line)
        return kept

    def html(self, fence: Fence, count: int) -> Markup:
        """Return what stands in the page for a fence: the widget, or boxes that say what is wrong."""
        read = _read(fence, count)
        if isinstance(read, Markup):
            return read
        return element("div", [problem_box(self._note(error)) for error in read])

    def _note(self, error: FenceError) -> Problem:
        place = Place(self._start.path, self._start.line + error.line)
        problem = Problem(place, error.what, error.hint)
        self.report.add(problem)
        return problem


class _FindFences(Preprocessor):
    def __init__(self, md: markdown.Markdown, owner: WidgetBlocks, blocks: list[Markup]) -> None:
        super().__init__(md)
        self.owner, self.blocks = owner, blocks

    def run(self, lines: list[str]) -> list[str]:
        self.blocks.clear()
        lines = [line.rstrip("\r").translate(_NOT_OURS) for line in lines]
        kept: list[str] = []
        cited: dict[str, None] = {}
        at = 0
        for fence in fences(lines):
            kept += self.owner.text(lines, at, fence.first, cited)
            at = fence.last + 1
            if fence.word:
                kept += ["", f"{_OPEN}{len(self.blocks)}{_CLOSE}", ""]
                self.blocks.append(self.owner.html(fence, len(self.blocks) + 1))
            else:
                kept += lines[fence.first : at]
        return [*kept, *self.owner.text(lines, at, len(lines), cited), *notes(cited)]


class _PlaceBlocks(Preprocessor):
    def __init__(self, md: markdown.Markdown, blocks: list[Markup]) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        marks = {f"{_OPEN}{index}{_CLOSE}": html for index, html in enumerate(self.blocks)}
        return [self.md.htmlStash.store(marks[line]) if line in marks else line for line in lines]


def _read(fence: Fence, count: int) -> Markup | list[FenceError]:
    """Return the widget of a fence, or everything that is wrong with the fence."""
    errors: list[FenceError] = []
    try:
        if fence.error:
            raise fence.error
        if fence.word == GENERATED:
            return _generated(fence)
        widget = _widget(fence)
        settings = read_settings(fence)
    except FenceError as error:
        return [error]
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
    answer = widget.answer(values)
    if answer.html is None:
        what = f"The starting values cannot be shown: {answer.refusal}"
        return [FenceError(fence.first, what, "Change one of the settings below this line.")]
    return prerender(fence.name, widget, values, fields, answer.html, f"{fence.name}-{count}")


def _generated(fence: Fence) -> Markup:
    if fence.name not in GENERATED_BLOCKS:
        raise _unknown_name(fence, "table or figure", GENERATED_BLOCKS)
    if any(line.strip() for line in fence.settings):
        what = f"'{fence.name}' has no settings."
        raise FenceError(fence.first + 1, what, "Delete the lines between the two lines of ```.")
    return GENERATED_BLOCKS[fence.name]()


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
