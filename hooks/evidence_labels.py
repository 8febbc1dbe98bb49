"""`(evidence: measured in people)` behind a claim becomes a small label that links to its meaning."""

import re

from hooks.problems import nearest

LABELS = (
    "measured in people",
    "measured in the laboratory",
    "from mechanics",
    "coaches' experience",
    "contested",
)
MEANING = "about/how-it-works.md#evidence-labels"
_WRITTEN = re.compile(
    r"`[^`]*`|\(\s*evidence\b\s*(?P<colon>:?)(?P<said>(?:[^()]|\([^()]*\))*)(?P<end>\)?)",
    re.IGNORECASE,
)


class UnknownLabel(ValueError):
    """A lesson says how well a claim is known in words that readers cannot look up.

    Attributes:
        what, hint: as in `Problem`.
    """

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(what)
        self.what, self.hint = what, hint


def labelled(line: str, meaning: str = MEANING) -> str:
    r"""Return a line of a lesson with each evidence label as a link; code in backticks stays.

    What stands behind the label's first comma is a remark and stays beside it.

    Args:
        line: a line of a lesson.
        meaning: where the labels are explained, as this lesson links to it.

    Raises:
        UnknownLabel: not one of the five, or not written as one.

    Example:
        >>> labelled("It tucks. (evidence: contested)", "how.md#labels")
        'It tucks. [contested](how.md#labels){ .evidence }'
        >>> labelled("It tucks. (evidence: measured in people, 17 of them)", "how.md#labels")
        'It tucks. [measured in people](how.md#labels){ .evidence } *17 of them*{ .evidence-remark }'
    """

    def link(found: re.Match[str]) -> str:
        said = found["said"]
        if said is None:
            return found[0]
        name, _, remark = (part.strip() for part in said.partition(","))
        label = known_label(name)
        if not found["colon"] or not found["end"] or not label:
            raise _unreadable(found, name, remark, label)
        text = f"[{label}]({meaning}){{ .evidence }}"
        return f"{text} *{remark}*{{ .evidence-remark }}" if remark else text

    return _WRITTEN.sub(link, line)


def known_label(name: str) -> str:
    """Return the label that a trainer means, or an empty text; capitals and curly marks do not count.

    Example:
        >>> known_label("Coaches’ experience")
        "coaches' experience"
        >>> known_label("proven")
        ''
    """
    plain = " ".join(name.lower().replace("’", "'").split())
    return plain if plain in LABELS else ""


def _unreadable(found: re.Match[str], name: str, remark: str, label: str) -> UnknownLabel:
    match = label or nearest(" ".join(name.split()), LABELS)
    if not match:
        what = f"There is no evidence label '{name}'." if name else "The evidence label is missing."
        return UnknownLabel(what, f"Write one of: {', '.join(LABELS)}.")
    written = f"(evidence: {match}{', ' + remark if remark else ''})"
    if not found["end"]:
        return UnknownLabel("This evidence label is never closed.", f"Write: {written}")
    if not found["colon"]:
        return UnknownLabel("A colon is missing in this evidence label.", f"Write: {written}")
    return UnknownLabel(f"There is no evidence label '{name}'.", f"Write: {written}")
