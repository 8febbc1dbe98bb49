"""An answer in the reader's language: texts of finished HTML, each replaced whole by those of a catalogue.

Build and browser hand over the same catalogue, English text to text, so both say the same. A part of a text that
changes stands in braces, as in "Thigh and trunk fold to {n}". One letter stands for a number: what holds a digit
and no space. A longer name stands for words, which are looked up as well.
"""

from collections.abc import Mapping

from interactive.markup import Markup, join

_SHOWN = ("aria-label", "title")  # attributes that readers see or hear
_MARKS = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&"))


def translated(html: str, words: Mapping[str, str], missed: list[str] | None = None) -> Markup:
    """Return HTML that `element` made, in another language; what has no words stays as it is.

    Args:
        html: the HTML.
        words: the catalogue.
        missed: gets each text that has no words.

    Example:
        >>> words = {"Fold: {n}, {how}.": "Beugung: {n}, {how}.", "deep": "tief"}
        >>> translated('<p title="deep">Fold: 95°, deep.</p>', words)
        '<p title="tief">Beugung: 95°, tief.</p>'
    """
    texts: list[str] = [] if missed is None else missed
    first, *pieces = html.split("<")
    done = [_text(first, words, texts)]
    for piece in pieces:
        tag, _, text = piece.partition(">")
        for name in _SHOWN:
            before, mark, rest = tag.partition(f' {name}="')
            shown, end, after = rest.partition('"')
            tag = before + mark + _text(shown, words, texts) + end + after
        done.append("<" + tag + ">" + _text(text, words, texts))
    return Markup("".join(done))


def said(text: str, words: Mapping[str, str]) -> str:
    """Return a plain text in another language, or the text itself where the catalogue has none.

    Example:
        >>> said("57 to 93", {"{n} to {m}": "{n} bis {m}"})
        '57 bis 93'
    """
    found = _found(text, words)
    return text if found is None else found


def _text(html: str, words: Mapping[str, str], missed: list[str]) -> str:
    text = html.strip(" \n")
    if not text:
        return html
    start = html.find(text)
    plain = text
    for mark, letter in _MARKS:
        plain = plain.replace(mark, letter)
    found = _found(plain, words)
    if found is None:
        missed.append(plain)
        return html
    return "".join((html[:start], join(found), html[start + len(text) :]))


def _found(text: str, words: Mapping[str, str]) -> str | None:
    if text in words:
        return words[text]
    for template, wanted in words.items():
        if "{" in template:
            values = _values(template, text)
            if values is not None:
                for name, value in values.items():
                    wanted = wanted.replace("{" + name + "}", said(value, words))
                return wanted
    return None


def _values(template: str, text: str) -> dict[str, str] | None:
    """Return what stands in a text at each name of a template, or None if it is another text."""
    first, *parts = template.split("{")
    if not text.startswith(first):
        return None
    values: dict[str, str] = {}
    at = len(first)
    for index, part in enumerate(parts):
        name, _, literal = part.partition("}")
        if index < len(parts) - 1:
            end = text.find(literal, at)
        else:
            end = len(text) - len(literal) if text.endswith(literal) else -1
        if end < at or (len(name) == 1 and not _is_number(text[at:end])):
            return None
        values[name] = text[at:end]
        at = end + len(literal)
    return values


def _is_number(text: str) -> bool:
    return " " not in text and any(digit in text for digit in "0123456789")
