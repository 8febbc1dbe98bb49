"""Every example that CONTRIBUTING gives to trainers does what is said of it."""

import re
import textwrap
from pathlib import Path

import markdown
import pytest

from hooks.glossary import read_glossary
from hooks.lesson_meta import read_meta
from hooks.widget_block import WidgetBlocks
from tests.conftest import ROOT
from tests.hooks.test_golden_fences import EXTENSIONS

TRAINERS = (ROOT / "CONTRIBUTING.md").read_text().split("## For developers")[0]
EXAMPLES = {
    re.findall(r"### (.+)\n", TRAINERS[: found.start()])[-1]: textwrap.dedent(found[0]).strip()
    for found in re.finditer(r"(?:(?:^    .*)?\n)+(?=\S)", TRAINERS, re.MULTILINE)
    if found[0].strip()
}
BECOMES = {
    "A widget in a lesson": "<lesson-widget",
    "How well a claim is known": '<a class="evidence"',
    "Advice heard in gyms": "You may have heard: “Tight hip flexors make the pelvis tuck”",
    "A question to check oneself": '<details class="option">',
    "A formula": "<math",
}


@pytest.mark.parametrize("heading", BECOMES)
def test_an_example_builds_without_a_problem(heading: str) -> None:
    blocks = WidgetBlocks()
    html = markdown.markdown(EXAMPLES[heading], extensions=[*EXTENSIONS, blocks])
    assert blocks.report.problems == []
    assert BECOMES[heading] in html


def test_the_example_of_a_word_is_read(tmp_path: Path) -> None:
    (tmp_path / "glossary.yml").write_text(EXAMPLES["A word that needs explaining"])
    glossary = read_glossary(tmp_path / "glossary.yml")
    assert glossary.problems == ()
    assert [term.name for term in glossary.terms] == ["fold"]


def test_no_example_is_left_untried() -> None:
    others = {"A word that needs explaining", "What a lesson says about itself"}
    assert set(EXAMPLES) == {*BECOMES, *others}


def test_the_message_that_is_shown_is_the_one_that_is_given() -> None:
    [shown] = re.findall(r"^content/\S+:31:5 please: (.+)$", TRAINERS, re.MULTILINE)
    blocks = WidgetBlocks()
    blocks.begin("content/about/privacy.md", 31)
    markdown.markdown("Use 75% of it.", extensions=[blocks])
    assert [problem.listed for problem in blocks.report.problems] == [
        f"content/about/privacy.md:31:5 please: {shown}"
    ]


def test_the_front_matter_that_trainers_copy_has_nothing_to_mend() -> None:
    part = TRAINERS.split("### What a lesson says about itself")[1].split("###")[0]
    lesson, review = re.findall(r"(?:^    .+\n)+", part, re.MULTILINE)
    above = [
        "---",
        *textwrap.dedent(lesson).splitlines(),
        *textwrap.dedent(review).splitlines(),
        "---",
    ]
    meta, found = read_meta(above, "lessons/bracing/index.md")
    assert [finding.what for finding in found] == [
        "The reviewer's name is still the one of the example."
    ]
    assert meta.minutes == 4
    assert meta.review_due
