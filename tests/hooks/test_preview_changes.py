"""What a change of lessons shows: the pages where it is seen."""

from pathlib import Path

import pytest

from hooks.preview_changes import in_words, pages_to_show
from hooks.preview_summary import Summary

SETUP = "content/lessons/setup/index.md"


@pytest.mark.parametrize(
    ("changed", "shown"),
    [
        ([SETUP], [SETUP]),
        (["content/lessons/setup/pad.png"], [SETUP]),
        ([SETUP, "content/lessons/setup/pad.png"], [SETUP]),
        (["content/glossary.yml"], ["content/about/glossary.md"]),
        (["content/references.bib"], ["content/about/sources.md"]),
        (["content/snippets/care-cards.md"], ["content/lessons/pain-signals/index.md"]),
        (["content/lessons/gone/index.md"], []),
        (["content/machines/sled-45.yml"], ["content/machines.md"]),
        (["content/index.md"], ["content/index.md"]),
    ],
)
def test_a_change_is_shown_on_the_page_where_readers_see_it(
    site: Path, changed: list[str], shown: list[str]
) -> None:
    assert pages_to_show(changed, site) == shown


def test_a_page_is_one_page_and_two_are_two() -> None:
    assert next(in_words(Summary((SETUP,), (), True))) == "1 changed page can be seen."
    assert next(in_words(Summary((SETUP, SETUP), (), True))) == "2 changed pages can be seen."
