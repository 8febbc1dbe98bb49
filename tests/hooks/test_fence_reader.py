"""Whatever stands in a lesson, its fences are read, or refused at a line of their own."""

from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.fences import Fence, FenceError, fences, read_settings
from hooks.widget_block import WidgetBlocks

LINES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            ["``` interactive depth-explorer", "``` interactiv x", "```", "~~~", "  ```", "\t``` interactive a",
             "knee_deg: 90", "knee_deg:90", "controls: [a", "- a", "``` self-check", "(x) a", "    b", "``` formula",
             "tex: a", "say: b", "``` generated glossary", "> ``` interactive a", "a: &b", "? x", "“", "a: !b c"]
        ),
    ),
    max_size=14,
)  # fmt: skip


def refusal(fence: Fence) -> FenceError | None:
    try:
        read_settings(fence)
    except FenceError as refused:
        return refused
    return None


@settings(deadline=None)  # a machine may be busy
@given(LINES)
def test_any_lines_are_read_or_refused_at_a_line_inside_them(lines: list[str]) -> None:
    seen = -1
    for fence in fences(lines):
        assert seen < fence.first <= fence.last < len(lines)
        seen = fence.last
        if refused := refusal(fence):
            assert fence.first <= refused.line <= fence.last + 1
            assert refused.hint


@settings(deadline=None, max_examples=60)
@given(LINES)
def test_any_lesson_becomes_markdown_and_problems_stand_inside_it(lines: list[str]) -> None:
    text = "\n".join(lines).split("\n")
    blocks = WidgetBlocks()
    blocks.begin("content/lessons/a/index.md")
    blocks.read(text, [])
    for problem in blocks.report.problems:
        assert 1 <= problem.place.line <= len(text) + 1
        assert problem.what
        assert problem.hint
