"""Labels, self-checks and formulas under anything that fingers may type: read, or refused in words."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.evidence_labels import LABELS, UnknownLabel, labelled
from hooks.fences import FenceError
from hooks.formulas import formula, mathml
from hooks.self_check import SelfCheck, SelfCheckErrors, as_markdown, read_self_check
from hooks.widget_block import WidgetBlocks

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=12
)
TYPED = st.text(st.sampled_from(list("(evidnc: masurpoltbx,)[]@{}`'’ *-\t\"é€")), max_size=60)
SELF_CHECK_LINES = st.lists(
    st.one_of(
        TYPED,
        st.sampled_from(
            ["(x) Up.", "( ) Down.", "() Left.", "- [x] Right.", "    Why.", "\tWhy.", "  Why.", ""]
        ),
    ),
    max_size=12,
)
TEX = st.lists(
    st.sampled_from(
        ["\\frac", "{", "}", "^", "_", "a", "2", "\\left(", "\\right)", "\\cos", "\\begin{matrix}",
         "\\end{matrix}", "&", "\\\\", "\\sqrt", "[", "]", "\\text", "<", "\\", "%", "\\limits", "\\genfrac"]
    ),
    max_size=12,
).map(" ".join)  # fmt: skip


def refusal[E: Exception](kind: type[E], read: Callable[[], object]) -> E | None:
    """How a reader refuses, if it does."""
    try:
        read()
    except kind as refused:
        return refused
    return None


@given(st.sampled_from(LABELS), st.sampled_from(["", ", seen twice", ", (not in women)"]))
def test_every_label_becomes_one_link_in_any_letters(label: str, remark: str) -> None:
    for written in (label, label.upper(), label.replace("'", "’"), f" {label} "):
        html = markdown.markdown(
            labelled(f"So it is. (evidence: {written}{remark})", "how.md#x"),
            extensions=["attr_list"],
        )
        assert html.count(f'<a class="evidence" href="how.md#x">{label}</a>') == 1
        assert remark.removeprefix(", ") in html


@given(TYPED)
def test_any_line_is_labelled_or_refused_with_what_to_type(line: str) -> None:
    unknown = refusal(UnknownLabel, lambda: labelled(line))
    if unknown:
        assert unknown.what.endswith(".")
        assert any(label in unknown.hint for label in LABELS)


def test_a_label_links_to_its_meaning_from_any_depth() -> None:
    for path, link in (
        ("content/index.md", "about/how-it-works.md"),
        ("content/lessons/setup/index.md", "../../about/how-it-works.md"),
        ("content/about/how-it-works.md", "how-it-works.md"),
    ):
        blocks = WidgetBlocks()
        blocks.begin(path)
        html = markdown.markdown("So. (evidence: contested)", extensions=["attr_list", blocks])
        assert f'href="{link}#evidence-labels"' in html


@given(SELF_CHECK_LINES)
def test_any_self_check_is_read_whole_or_refused_at_lines_that_it_has(lines: list[str]) -> None:
    refused = refusal(SelfCheckErrors, lambda: read_self_check(lines, 5))
    if refused:
        assert refused.errors
        for error in refused.errors:
            assert 5 <= error.line <= 5 + len(lines)
            assert error.what.endswith(".")
        return
    check = read_self_check(lines, 5)
    assert check.question
    assert any(option.right for option in check.options)
    assert all(option.text and option.why for option in check.options)


@given(
    WORDS,
    st.lists(st.tuples(WORDS, st.booleans(), WORDS), min_size=2, max_size=5).filter(
        lambda options: any(right for _, right, _ in options)
    ),
)
def test_what_a_self_check_says_is_what_was_written(
    question: str, options: list[tuple[str, bool, str]]
) -> None:
    lines = [f"What: {question}", ""]
    for text, right, why in options:
        lines += [f"({'x' if right else ' '}) So: {text}", f"    For: {why}"]
    check = read_self_check(lines)
    assert check.question == f"What: {question}"
    assert [(o.text, o.right, o.why) for o in check.options] == [
        (f"So: {text}", right, (f"For: {why}",)) for text, right, why in options
    ]


def test_an_option_is_one_disclosure_that_says_in_words_whether_it_is_right() -> None:
    check: SelfCheck = read_self_check(
        ["Which?", "(x) Up.", "    It rises.", "( ) Down.", "    No."]
    )
    html = markdown.markdown(
        "\n".join(as_markdown(check)), extensions=["admonition", "attr_list", "pymdownx.details"]
    )
    page = ET.fromstring(f"<div>{html}</div>")
    disclosures = page.findall(".//details")
    assert [d.findtext("summary") for d in disclosures] == ["Up.", "Down."]
    assert ["".join(d[1].itertext()) for d in disclosures] == ["Right. It rises.", "Not quite. No."]
    assert all("open" not in d.attrib for d in disclosures)


@given(TEX)
def test_any_formula_is_well_formed_or_refused_with_its_line(tex: str) -> None:
    refused = refusal(FenceError, lambda: mathml(tex, 7))
    if refused:
        assert refused.line == 7
        assert refused.hint
    else:
        assert ET.fromstring(mathml(tex)).tag == "{http://www.w3.org/1998/Math/MathML}math"


@pytest.mark.parametrize("words", ["a < b", 'say "a"', "a & b"])
def test_the_words_of_a_formula_are_text(words: str) -> None:
    figure = ET.fromstring(formula(["tex: a", f"say: {words}"]))
    assert figure[0].attrib["aria-label"] == f"Formula: {words}"
    assert "".join(figure[1].itertext()) == f"In words: {words}"
