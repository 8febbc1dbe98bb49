"""Finds the fenced blocks of a lesson that name something of ours, and reads their settings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import yaml

from hooks.problems import nearest

_FAST_YAML = getattr(yaml, "CBaseLoader", None)  # ten times as fast, and not in every browser

_FENCE = re.compile(
    r"(?P<before>[\s>]*(?:[-*+]\s+|\d+[.)]\s+)*)(?P<mark>`{3,}|~{3,})(?P<info>[^`]*)$"
)
_ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s|>")
INTERACTIVE, GENERATED = "interactive", "generated"  # a widget; a table or figure of the model
SELF_CHECK, FORMULA = "self-check", "formula"  # these name nothing: all they say stands inside
# each word with a name that may follow it
_WORDS = {INTERACTIVE: "depth-explorer", GENERATED: "parameters", SELF_CHECK: "", FORMULA: ""}


class FenceError(ValueError):
    """Something in a fence cannot be read.

    Attributes:
        line: which line of the lesson's text, counted from 0.
        what, hint: as in `Problem`.
    """

    def __init__(self, line: int, what: str, hint: str) -> None:
        super().__init__(what)
        self.line, self.what, self.hint = line, what, hint


@dataclass(frozen=True)
class Fence:
    """One fence of a lesson.

    Attributes:
        first, last: its own lines, fence marks included, counted from 0.
        word: `interactive`, `generated`, `self-check` or `formula`; empty for a fence that is not
            ours, which stays as it is.
        name: what it names, as written; may be empty.
        settings: the lines between the marks.
        error: what keeps it from being read at all, if anything does.
    """

    first: int
    last: int
    word: str
    name: str
    settings: tuple[str, ...]
    error: FenceError | None = None


@dataclass(frozen=True)
class Setting:
    """One `key: value` of a fence, as written: YAML's own ideas of `yes` and `12:30` stay out.

    Attributes:
        value: a text, or a list of texts.
        line: where it stands, counted from 0.
    """

    value: str | list[str]
    line: int


def fences(lines: Sequence[str]) -> Iterator[Fence]:
    """Yield the outermost fences of a lesson: what stands inside another one is an example."""
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at])
        if not opening:
            at += 1
            continue
        word, *names = opening["info"].split() or [""]
        meant = word if word in _WORDS else nearest(word, _WORDS) if len(word) > 6 else ""
        closing = _closing(lines, at, opening["before"], opening["mark"], bool(meant))
        if meant:
            error = _opening_error(at, opening["before"], word, meant, names, closing is None)
            # a block that is never closed ends here: the rest of the lesson is still to be read
            last = at if closing is None else closing
            settings = tuple(lines[at + 1 : last])
            yield Fence(at, last, meant, names[0] if names else "", settings, error)
        else:
            last = len(lines) - 1 if closing is None else closing
            yield Fence(at, last, "", "", ())
        at = last + 1


def block_start(lines: Sequence[str], line: int) -> int:
    """Return the line before which a box may stand: it splits no list, no table and no fence.

    Args:
        lines: a lesson's text.
        line: one of them, counted from 0; below 0 for the front matter.

    Example:
        >>> lesson = ["# Title", "", "One.", "Two.", "", "- three", "", "- four"]
        >>> [block_start(lesson, line) for line in (-2, 0, 3, 7)]
        [1, 1, 2, 5]
    """
    at = min(max(line, 0), len(lines) - 1)
    for fence in fences(lines):
        if fence.first <= at <= fence.last:
            at = fence.first
    while at > 0 and not _starts_block(lines, at):
        at -= 1
    first = next((at for at, text in enumerate(lines) if text.strip()), 0)
    # a page's title stays its first line
    is_title = at <= first < len(lines) - 1 and lines[first].startswith("# ")
    return first + 1 if is_title else at


def _starts_block(lines: Sequence[str], at: int) -> bool:
    line, above = lines[at], next((text for text in reversed(lines[:at]) if text.strip()), "")
    if not line.strip() or line[0].isspace() or lines[at - 1].strip():
        return False
    return not (_ITEM.match(line) and (_ITEM.match(above) or above[:1].isspace()))


def plain_tree(text: str) -> yaml.Node | None:
    """Return YAML with every value as text.

    Raises:
        yaml.YAMLError: it cannot be read; the place is always the one that the reader in Python names.
    """
    if _FAST_YAML:
        try:
            return yaml.compose(text, Loader=_FAST_YAML)
        except (yaml.YAMLError, ValueError):
            pass
    return yaml.compose(text, Loader=yaml.BaseLoader)


def read_settings(fence: Fence) -> dict[str, Setting]:
    """Return the settings of a fence, in their order.

    Raises:
        FenceError: not `key: value` lines, or a key written twice.
    """
    text = "\n".join(fence.settings)
    first = fence.first + 1
    try:
        tree = plain_tree(text)
    except yaml.MarkedYAMLError as error:
        line = min(error.problem_mark.line if error.problem_mark else 0, len(fence.settings) - 1)
        raise _unreadable(first + line, fence.settings[line]) from None
    except yaml.YAMLError:
        raise FenceError(
            first,
            "The settings hold a character that cannot be read.",
            "Delete the line and type it again, like this: knee_deg: 95",
        ) from None
    if tree is None:
        return {}
    if not isinstance(tree, yaml.MappingNode):
        line = tree.start_mark.line
        raise _unreadable(first + line, fence.settings[line])
    found: dict[str, Setting] = {}
    for key_node, value_node in tree.value:
        line = key_node.start_mark.line
        if not isinstance(key_node, yaml.ScalarNode) or isinstance(value_node, yaml.MappingNode):
            raise _unreadable(first + line, fence.settings[line])
        key = key_node.value
        if key in found:
            raise FenceError(
                first + line,
                f"'{key}' is set twice.",
                f"Delete one of the lines that begin with {key}:",
            )
        found[key] = Setting(_written(value_node), first + line)
    return found


def _written(node: yaml.Node) -> str | list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [str(item.value) for item in node.value]
    return str(node.value)


def _unreadable(line: int, written: str) -> FenceError:
    text = written.strip()
    hint = "Write a name, a colon, a space and a value, like this: knee_deg: 95"
    if joined := re.fullmatch(r"(\w+):(\S+)", text):
        hint = f"Put a space behind the colon: {joined[1]}: {joined[2]}"
    elif written != written.lstrip():
        hint = f"Start it at the left edge: {text}"
    elif text.count("[") > text.count("]"):
        hint = f"Close the bracket: {text}]"
    return FenceError(line, f"'{text}' cannot be read as a setting.", hint)


def _closing(
    lines: Sequence[str], opening: int, before: str, mark: str, is_ours: bool
) -> int | None:
    for at in range(opening + 1, len(lines)):
        text = lines[at].strip().lstrip(">").strip() if before.strip() else lines[at].strip()
        if len(text) >= len(mark) and set(text) == {mark[0]}:
            return at
        if is_ours and text.startswith(mark):
            return None  # the next block starts: this one was never closed
    return None


def _opening_error(
    at: int, before: str, word: str, meant: str, names: list[str], unclosed: bool
) -> FenceError | None:
    example = _WORDS[meant]
    line = f"``` {meant} {names[0] if names else example}" if example else f"``` {meant}"
    if word != meant:
        return FenceError(at, f"'{word}' is not a word that starts a block.", f"Write: {line}")
    if before:
        return FenceError(
            at,
            "This block does not start at the left edge of the page, so it would not be shown.",
            f"Move it to the left edge, with an empty line above it: {line}",
        )
    if unclosed:
        return FenceError(
            at,
            "This block is never closed.",
            "Write ``` on a line of its own below its settings.",
        )
    if behind := names[1:] if example else names:
        return FenceError(
            at,
            f"'{' '.join(behind)}' stands behind the {'name' if example else f'word {meant}'}.",
            f"Write {line} and put the {'settings' if example else 'rest'} on lines of their own below it.",
        )
    return None
