"""An answer in another language: the same HTML with other words, and English where words are missing."""

import pytest

from interactive.markup import element
from interactive.translation import said, translated

WORDS = {
    "Fold & bend": "Falten < beugen",
    "It folds to {n}, {how}.": "Sie beugt sich {how}, auf {n}.",
    "very deep": "sehr tief",
    "{n} to {m}": "{n} bis {m}",
    "{a}.{b}": "{a},{b}",
}


def test_texts_and_descriptions_change_and_nothing_else_does() -> None:
    html = element(
        "p", " Fold & bend ", element("b", "very deep"), title="very deep", data_set="very deep"
    )
    assert translated(html, WORDS) == (
        '<p title="sehr tief" data-set="very deep"> Falten &lt; beugen <b>sehr tief</b></p>'
    )


def test_the_parts_of_a_sentence_may_stand_in_another_order() -> None:
    assert said("It folds to 95°, very deep.", WORDS) == "Sie beugt sich sehr tief, auf 95°."


@pytest.mark.parametrize("text", ["It folds to much, very deep.", "From here to there", ""])
def test_a_number_is_no_word_and_a_word_no_number(text: str) -> None:
    assert said(text, WORDS) == text


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert said("0.5 to 12.5\xa0in", WORDS) == "0,5 bis 12,5\xa0in"


def test_what_has_no_words_stays_and_is_named() -> None:
    missed: list[str] = []
    html = '<p aria-label="Other &lt; words">very deep</p>'
    assert translated(html, WORDS, missed) == '<p aria-label="Other &lt; words">sehr tief</p>'
    assert missed == ["Other < words"]


def test_any_html_without_words_comes_back_as_it_was() -> None:
    html = "<!-- a > b --><p>5 &gt; 4<br>and</p>"
    assert translated(html, {}) == html
