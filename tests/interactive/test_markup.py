"""HTML that is escaped by construction, and refuses what a strict page would drop."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interactive.markup import Markup, UnsafeMarkup, element, join


class Read(HTMLParser):
    """What a browser would read: one element's attribute and text."""

    def __init__(self, written: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.title: str | None = None
        self.text = ""
        self.feed(written)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.title = dict(attributes).get("title")

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_comes_out_as_it_went_in_and_makes_no_element(text: str) -> None:
    read = Read(element("p", text, title=text))
    assert read.tags == ["p"]
    assert read.text == text
    assert read.title == text


@pytest.mark.parametrize(
    "attributes",
    [{"style": "color: red"}, {"onclick": "alert(1)"}, {"OnLoad": "alert(1)"}],
)
def test_what_a_strict_page_would_drop_is_refused(attributes: dict[str, str]) -> None:
    with pytest.raises(UnsafeMarkup, match="colour by class"):
        element("p", **attributes)


@pytest.mark.parametrize("tag", ["script", "style", "p onclick=x", "", "a><b"])
def test_an_element_that_is_none_is_refused(tag: str) -> None:
    with pytest.raises(UnsafeMarkup, match="not an element"):
        element(tag)


@pytest.mark.parametrize("address", ["javascript:alert(1)", " JavaScript:x", "data:text/html,x"])
def test_a_link_that_runs_script_is_refused(address: str) -> None:
    with pytest.raises(UnsafeMarkup, match="may not run script"):
        element("a", "x", href=address)


def test_an_empty_element_holds_nothing() -> None:
    assert element("br") == "<br>"
    with pytest.raises(UnsafeMarkup, match="holds nothing"):
        element("br", "x")


def test_markup_passes_once_and_only_markup_does() -> None:
    bold = element("b", "<")
    assert join(bold, "<", [bold]) == "<b>&lt;</b>&lt;<b>&lt;</b>"
    assert isinstance(join(), Markup)


def test_names_and_yes_no_attributes_are_written_as_html_wants_them() -> None:
    written = element(
        "label", for_="knee", aria_label="Knee", hidden=True, disabled=False, title=None
    )
    assert written == '<label for="knee" aria-label="Knee" hidden></label>'
