"""Reads a self-check: a question, its options, and for each of them why it is right or wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from hooks.fences import FenceError

_OPTION = re.compile(r" {0,3}\((?P<mark>[xX]?|\s)\)\s*(?P<text>.*)$")
_ALMOST = re.compile(r"\s*(?:[-*+]\s*)?[\[(]\s*(?P<mark>[^\s\])]?)\s*[\])]\s+(?P<text>.*)$")
RIGHT, WRONG = "Right.", "Not quite."
_LIKE_THIS = "(x) The right answer."


@dataclass(frozen=True)
class Option:
    """One thing to answer; texts are Markdown.

    Attributes:
        text: the answer.
        right: whether it is right.
        why: the lines that explain it.
        line: where it stands, counted from 0.
    """

    text: str
    right: bool
    why: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class SelfCheck:
    """One question with its options, in the trainer's order; texts are Markdown."""

    question: str
    options: tuple[Option, ...]


class SelfCheckErrors(ValueError):
    """Everything that keeps a self-check from being read.

    Attributes:
        errors: in the order of their lines.
    """

    def __init__(self, errors: Sequence[FenceError]) -> None:
        super().__init__(str(errors[0]))
        self.errors = sorted(errors, key=lambda error: error.line)


def read_self_check(lines: Sequence[str], first: int = 0) -> SelfCheck:
    """Return what a self-check asks.

    Args:
        lines: what stands between the two lines of backticks.
        first: the line of the lesson on which the first of them stands, counted from 0.

    Raises:
        SelfCheckErrors: a part is missing or cannot be read.

    Example:
        >>> check = read_self_check(
        ...     ["Which way?", "", "(x) Up.", "    It rises.", "( ) Down.", "    No."]
        ... )
        >>> check.question, [option.right for option in check.options]
        ('Which way?', [True, False])
    """
    errors: list[FenceError] = []
    question: list[str] = []
    options: list[Option] = []
    for at, line in enumerate(lines, first):
        line = line.expandtabs(4)
        if found := _OPTION.match(line):
            options.append(Option(found["text"].strip(), bool(found["mark"].strip()), (), at))
        elif options and (line.startswith("  ") or not line.strip()):
            last = options[-1]
            options[-1] = Option(last.text, last.right, (*last.why, line), last.line)
        elif almost := _ALMOST.match(line):
            mark = "x" if almost["mark"] in ("x", "X", "✓", "✔") else " "
            what = f"'{line.strip()}' is not written as an option."
            errors.append(FenceError(at, what, f"Write: ({mark}) {almost['text']}"))
            options.append(Option(almost["text"], True, ("said",), at))
        elif options:
            what = f"'{line.strip()}' belongs to no option."
            errors.append(
                FenceError(
                    at, what, "Put four spaces before an explanation, or ( ) before an option."
                )
            )
        else:
            question.append(line.strip())
    options = [Option(o.text, o.right, _dedented(o.why), o.line) for o in options]
    asked = " ".join(filter(None, question))
    errors += _missing(asked, options, first)
    if errors:
        raise SelfCheckErrors(errors)
    return SelfCheck(asked, tuple(options))


def as_markdown(check: SelfCheck) -> list[str]:
    """Return a self-check as boxes that open without script, in Markdown."""
    lines = ["", f'!!! self-check "{check.question}"', ""]
    for option in check.options:
        verdict = RIGHT if option.right else WRONG
        kind = "right" if option.right else "not-quite"
        first, *more = option.why
        lines += [f'    ??? option "{option.text}"', ""]
        lines += [f"        **{verdict}**{{ .{kind} }} {first}"]
        lines += [f"        {line}" if line else "" for line in more]
        lines += [""]
    return lines


def _missing(question: str, options: Sequence[Option], first: int) -> list[FenceError]:
    errors = []
    if not question:
        what = "The question of this self-check is missing."
        errors.append(FenceError(first, what, "Write it on the first line, above the options."))
    if len(options) < 2:
        what = "A self-check wants two options or more."
        errors.append(
            FenceError(first, what, f"Write each on its own line, like this: {_LIKE_THIS}")
        )
    elif not any(option.right for option in options):
        what = "No option of this self-check is marked as right."
        hint = f"Put an x between its brackets: (x) {options[0].text}"
        errors.append(FenceError(options[0].line, what, hint))
    for option in options:
        if not option.text:
            what = "This option says nothing."
            errors.append(
                FenceError(
                    option.line,
                    what,
                    f"Write its words behind the brackets, like this: {_LIKE_THIS}",
                )
            )
        elif "(evidence" in option.text.lower() or "[@" in option.text:
            what = "An option is pressed, so it can hold no label and no source."
            errors.append(FenceError(option.line, what, "Move it into the explanation below."))
        elif not option.why:
            what = f"'{option.text}' has no explanation."
            hint = "Say on the next line why it is right or wrong, with four spaces before it."
            errors.append(FenceError(option.line, what, hint))
    return errors


def _dedented(lines: Sequence[str]) -> tuple[str, ...]:
    """Return lines without the space that they share, and without empty ones at both ends."""
    kept = list(lines)
    while kept and not kept[0].strip():
        del kept[0]
    while kept and not kept[-1].strip():
        del kept[-1]
    shared = min((len(line) - len(line.lstrip()) for line in kept if line.strip()), default=0)
    return tuple(line[shared:].rstrip() for line in kept)
