"""Problems for programs: each format says the same, and a machine types only what it was told to."""

import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from hooks.fix_content import fix
from hooks.problem_formats import annotations, as_json, suggestions, with_replacements
from hooks.problems import Level, Place, Problem, Replacement
from tests.hooks.test_check_content import checked, content

__all__ = ["content"]  # a fixture


def problem(
    line: int = 1, column: int = 1, old: str = "", new: str = "", level: Level = Level.MUST_FIX
) -> Problem:
    where = Place("content/a, b.md", line, column)
    return Problem(
        where, "50% is\nwrong.", "Write: 50 %", level, "", Replacement(line, column, old, new)
    )


def test_an_annotation_stands_at_its_line_whatever_the_words_hold() -> None:
    assert annotations([problem(3, 5)]) == [
        "::error file=content/a%2C b.md,line=3,col=5,title=Must fix::50%25 is%0Awrong. Write: 50 %25"
    ]


def test_the_worst_come_first_ten_of_a_level_then_a_count() -> None:
    many = [
        problem(line, level=level)
        for line in range(1, 13)
        for level in (Level.PLEASE, Level.MUST_FIX)
    ]
    lines = annotations(many)
    assert [line[:7] for line in lines] == ["::error"] * 10 + ["... and"] + ["::warni"] * 10 + [
        "... and"
    ]


def test_json_holds_every_problem_with_its_place_and_what_a_machine_may_type() -> None:
    [told] = json.loads(as_json([problem(3, 5, "50%", "50 %")]))
    assert told == {
        "path": "content/a, b.md", "line": 3, "column": 5, "level": "must fix", "what": "50% is\nwrong.",
        "why": "", "hint": "Write: 50 %",
        "replacement": {"line": 3, "column": 5, "old": "50%", "new": "50 %"},
    }  # fmt: skip


def test_two_slips_in_a_line_make_one_suggestion_of_the_whole_line(content: Path) -> None:
    with (content / "index.md").open("a") as page:
        page.write("\nUse 75% at 5 ° and the the pad.\n")
    ran = checked(content, "--suggestions")
    [told] = json.loads(ran.stdout)
    assert (told["path"], told["line"]) == ("content/index.md", 10)
    assert told["replacement"] == "Use 75 % at 5° and the pad."
    assert json.loads(checked(content, "--json").stdout)[0]["replacement"]["old"] == "75%"
    shown = checked(content, "--annotations").stdout
    assert shown.startswith("::warning file=content/index.md,line=10,col=5,title=Please::'75%25'")


def test_only_the_changed_files_are_read(content: Path) -> None:
    for name in ("one.md", "two.md"):
        (content / name).write_text("# Use\n\nUse 75%.\n")
    ran = checked(content, "--changed", str(content / "two.md"))
    assert ran.stdout.splitlines()[0].startswith("content/two.md:3:5")
    assert ran.stdout.splitlines()[1].startswith("1 please.")
    assert checked(content, "--changed").stdout == "Nothing to mend. This looks good.\n"


def test_a_scheduled_job_finds_what_is_overdue(content: Path) -> None:
    assert checked(content, "--overdue").returncode == 0
    page = content / "index.md"
    review = "reviewed_by: { name: A. B., role: nurse }\nlast_reviewed: 2001-01-01\nreview_due: 2003-01-01\n---\n\n#"
    page.write_text(page.read_text().replace("---\n\n#", review))
    ran = checked(content, "--overdue")
    assert ran.returncode == 1
    assert ran.stdout.startswith(
        "content/index.md:6:1 must fix: The next review was due on 1 January 2003."
    )


def test_what_a_machine_mends_leaves_blocks_as_they_are(content: Path) -> None:
    block = (
        "``` interactive depth-explorer\nknee_deg: 95\n```\n\n``` text\n75%\tand  the the\n```\n"
    )
    (content / "index.md").write_bytes(
        b"\xef\xbb\xbf"
        + f"---\ndescription: How to press, and how deep.\ntitle:A press\n---\r\n\n##A\n\nUse 75%.\n\n{block}".encode()
    )
    assert len(fix(content)) > 3
    mended = (content / "index.md").read_text()
    assert (
        mended
        == f"---\nsummary: How to press, and how deep.\ntitle: A press\n---\n\n## A\n\nUse 75 %.\n\n{block}"
    )
    assert fix(content) == []


@settings(deadline=None)  # a machine may be busy
@given(
    st.lists(st.text(alphabet="ab ", max_size=8), min_size=1, max_size=4),
    st.lists(
        st.tuples(
            st.integers(0, 6),
            st.integers(1, 10),
            st.text(alphabet="ab ", max_size=3),
            st.text(alphabet="ab", max_size=3),
        ),
        max_size=6,
    ),
)
def test_replacements_that_no_longer_fit_are_left_out(
    lines: list[str], places: list[tuple[int, int, str, str]]
) -> None:
    mended = with_replacements(lines, [problem(*place) for place in places])
    assert len(mended) == len(lines)
    fits = [
        p
        for p in places
        if 1 <= p[0] <= len(lines) and lines[p[0] - 1][p[1] - 1 :].startswith(p[2])
    ]
    if not fits:
        assert mended == lines


def test_no_suggestion_without_a_replacement(tmp_path: Path) -> None:
    bare = Problem(Place("content/a.md", 1), "What.", "Hint.")
    assert json.loads(suggestions([bare], tmp_path)) == []
