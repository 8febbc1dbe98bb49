"""The only Python that JavaScript calls: text in, text out or nothing."""

import json

from interactive.care_cards import care_cards
from interactive.catalogue import widget_named, widget_names
from interactive.translation import said, translated
from interactive.widget import InputProblem


def prepare() -> None:
    """Load all that any question needs, for an image of Python that finds no files any more.

    Each widget answers once, so that what answers share, such as the plausible bodies, is in the image too.
    """
    for name in widget_names():
        widget_named(name).answer({})
    care_cards()


def answer(request: str) -> str:
    """Answer one question of a page.

    Args:
        request: JSON `{"widget": name, "inputs": {field: value}}`, and `"before"` with earlier
            inputs where the reader compares; `"words"` is the catalogue of another language.

    Returns:
        JSON `{"state": "live", "html": …}`; or `{"state": "refused", "sentence": …}` where the
        inputs describe what cannot be: the page keeps its last right answer and says so; or
        `{"state": "invalid", "sentence": …}` where they break the contract, as a stale address may.

    Raises:
        KeyError, ValueError: not a question that a page of this release asks (the worker reports
            it as a crash and lives on).

    Example:
        >>> answer('{"widget": "depth-explorer", "inputs": {"stature_cm": 400}}')
        '{"state": "invalid", "sentence": "stature_cm: 400 is not possible; a number from 140 to 210, in cm"}'
    """
    question = json.loads(request)
    widget = widget_named(question["widget"])
    words = question.get("words", {})
    try:
        reply = widget.answer(question["inputs"], question.get("before"))
    except InputProblem as problem:
        return _json({"state": "invalid", "sentence": str(problem)})
    if reply.html is None:
        return _json({"state": "refused", "sentence": said(reply.refusal, words)})
    html = translated(reply.html, words) if words else reply.html
    return _json({"state": "live", "html": html})


def _json(reply: dict[str, str]) -> str:
    return json.dumps(reply, ensure_ascii=False)
