"""HTML and SVG that is escaped by construction: text stays text unless it was built here."""

from collections.abc import Iterable

type Attribute = str | int | float | bool | None
type Child = Markup | str | Iterable[Child]

_VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class Markup(str):
    """Text that is HTML already. Only `element` and `join` make it."""

    __slots__ = ()


class UnsafeMarkup(ValueError):
    """A developer asked for markup that a page with a strict content policy would drop."""


def element(tag: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """Return one HTML or SVG element.

    An underscore in an attribute's name is written as a hyphen, and one at its end is dropped
    (`class_`, `for_`). True writes the bare name; False and None write nothing. Numbers are
    written as they are: round before. SVG's mixed-case names (`viewBox`) pass unchanged.

    Args:
        tag: the element's name; refused if it is not made of letters, digits and hyphens.
        children: markup, text (escaped) or iterables of both.
        attributes: values are escaped.

    Raises:
        UnsafeMarkup: `style=`, an event handler, `script`, or a link that runs script.

    Example:
        >>> element("p", "5 < 6 & ", element("b", "true"), class_="note")
        '<p class="note">5 &lt; 6 &amp; <b>true</b></p>'
        >>> element("a", "x", href="javascript:alert(1)")
        Traceback (most recent call last):
        ...
        interactive.markup.UnsafeMarkup: <a href=…> may not run script
    """
    if tag in ("script", "style") or not tag.replace("-", "").isalnum():
        raise UnsafeMarkup(f"<{tag}> is not an element that widgets may make")
    written = "".join(_written(tag, name, value) for name, value in attributes.items())
    if tag in _VOID:
        if children:
            raise UnsafeMarkup(f"<{tag}> holds nothing")
        return Markup(f"<{tag}{written}>")
    return Markup(f"<{tag}{written}>{join(*children)}</{tag}>")


def heading(text: str) -> Markup:
    """Return a heading inside an answer: of the second rank, which is never one too deep in any page.

    Example:
        >>> heading("How deep")
        '<h2 class="widget-heading">How deep</h2>'
    """
    return element("h2", text, class_="widget-heading")


def join(*children: Child) -> Markup:
    """Return children one after the other, texts escaped.

    Example:
        >>> join("a < b", element("br"), ["c", "d"])
        'a &lt; b<br>cd'
    """
    return Markup("".join(map(_html, children)))


def _html(child: Child) -> str:
    if isinstance(child, Markup):
        return child
    if isinstance(child, str):
        return child.translate(_ESCAPES)
    return "".join(map(_html, child))


def _written(tag: str, name: str, value: Attribute) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    if name == "style" or name.lower().startswith("on"):
        raise UnsafeMarkup(f"<{tag} {name}=…>: colour by class, act in the element's own script")
    if value is True:
        return f" {name}"
    text = str(value)
    if name in ("href", "src", "action") and text.strip().lower().startswith(
        ("javascript:", "data:")
    ):
        raise UnsafeMarkup(f"<{tag} {name}=…> may not run script")
    return f' {name}="{text.translate(_ESCAPES)}"'
