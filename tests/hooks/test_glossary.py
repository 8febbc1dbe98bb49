"""The glossary's file is read or refused by line; its words explain themselves once on each page."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.glossary import Glossary, Term, read_glossary
from hooks.widget_block import WidgetBlocks

WORDS = Glossary(
    (
        Term("fold", "How far it closes."),
        Term("hip fold", "The hip's own.", ("folded hip",)),
        Term("İç", "Grows when made small."),
    )
)
TEXTS = st.lists(
    st.sampled_from(
        ["fold", "Hip fold", "the folded hip", "unfold", "fold-out", "İç", "`fold`", "*fold*", "[fold](x)", "a", "\n\n# fold\n\n", "&", "<b>", "İ"]
    ),
    max_size=15,
).map(" ".join)  # fmt: skip


def page(text: str, path: str = "content/lessons/setup/index.md") -> str:
    blocks = WidgetBlocks(WORDS)
    blocks.begin(path)
    return markdown.markdown(text, extensions=[blocks])


def linked(html: str) -> list[str]:
    return re.findall(r'<a aria-description="[^"]+" href="[^"]+">([^<]+)</a>', html)


def test_the_sites_own_glossary_has_no_problem() -> None:
    glossary = read_glossary()
    assert glossary.problems == ()
    assert len(glossary.terms) >= 3
    anchors = [term.anchor for term in glossary.terms]
    assert len(set(anchors)) == len(anchors)
    for term in glossary.terms:
        assert term.means.endswith("."), term.name


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("fold: [", "content/words.yml:1: This line of the glossary cannot be read."),
        ("- fold", "content/words.yml:1: This line of the glossary cannot be read."),
        ("fold:", "content/words.yml:1: 'fold' is not explained."),
        ("fold:\n  mean: It.", "content/words.yml:2: 'fold' has no part 'mean'. Write: means:"),
        ("fold: It *closes*.", "content/words.yml:1: The explanation of 'fold' holds a '*'."),
        ("fold: It.\nFold: That.", "content/words.yml:2: 'Fold' stands in the glossary twice"),
        ("hip: It.\nfold:\n  means: It.\n  also: HIP", "content/words.yml:2: 'HIP' stands in"),
        ("'': It.", "content/words.yml:1: This line of the glossary cannot be read."),
    ],
)
def test_a_slip_in_the_glossary_is_named_with_its_line(
    text: str, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "words.yml").write_text(text)
    [found] = read_glossary(tmp_path / "words.yml").problems
    assert str(found).startswith(problem)


@given(TEXTS)
def test_each_word_explains_itself_once_and_no_text_is_lost(text: str) -> None:
    html, plain = page(text), markdown.markdown(text)
    words = [WORDS.forms[word.lower()].name if word != "İç" else "İç" for word in linked(html)]
    assert len(words) == len(set(words))
    without = re.sub(r'<span class="term" tabindex="-1"><a [^>]+>([^<]+)</a></span>', r"\1", html)
    assert without == plain


def test_the_longest_word_wins_and_parts_of_words_do_not_count() -> None:
    assert linked(page("Unfold it. A folded hip, a hip fold, a fold.")) == ["folded hip", "fold"]


def test_no_word_is_explained_in_a_heading_a_link_or_code() -> None:
    html = page("# Fold\n\n[fold](fold.md) `fold`\n\n    fold\n\n* Fold it\n")
    assert linked(html) == ["Fold"]
    assert ET.fromstring(f"<div>{html}</div>").find("./ul/li/span/a") is not None


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("content/index.md", "about/glossary.md#hip-fold"),
        ("content/lessons/setup/index.md", "../../about/glossary.md#hip-fold"),
        ("content/about/how-it-works.md", "glossary.md#hip-fold"),
    ],
)
def test_a_word_links_to_its_entry_from_any_depth(path: str, link: str) -> None:
    assert f'href="{link}"' in page("The hip fold.", path)


@pytest.mark.parametrize(
    "path", ["content/about/glossary.md", "content/about/decisions/0001-engine.md"]
)
def test_the_glossary_and_the_records_stay_as_they_are(path: str) -> None:
    assert linked(page("The hip fold.", path)) == []
