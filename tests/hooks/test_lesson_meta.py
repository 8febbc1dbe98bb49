"""The front matter of a lesson: read key by key, refused in words, shown as written."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hooks.lesson_file import read_lesson
from hooks.lesson_meta import LessonMeta, Reviewer, meant_date, read_meta, schema, split
from hooks.lesson_page import Finding
from hooks.page_facts import facts, in_words, overdue_problems, structured_data
from hooks.problems import Level
from tests.conftest import ROOT

PATH = "lessons/depth/index.md"
TODAY = date(2026, 3, 12)
WHOLE = """---
title: How deep to press
summary: How to find the depth at which your low back stays on the pad.
minutes: 3
audience: People who use a leg press
evidence: low
sources: [Adams1994]
authors: [A. Author]
conflicts: none
reviewed_by:
  name: A. Reviewer
  role: physical therapist
last_reviewed: 2026-03-02
review_due: 2028-03-02
---"""
PIECES = st.sampled_from(
    [*WHOLE.split("\n"), "minutes:\t5", "title: “A”", "no", "12:30", "- a", "  - b", "sources: [", "{}", "…",
     "title: [a: b", "a: &b", "*b", "title: !x y", "review_due: 31.2.26", "authors: {}", "reviewed_by: []",
     "—", "----", "...", "# a", "<<<<<<< HEAD", "sources:", "minutes: 99999999999", "? x", "title: 'a", ""]
)  # fmt: skip


def read(text: str) -> tuple[LessonMeta, list[Finding]]:
    return read_meta(text.split("\n"), PATH)


def test_what_is_written_is_what_is_read() -> None:
    meta, found = read(WHOLE)
    assert found == []
    assert (meta.title, meta.minutes, meta.sources) == ("How deep to press", 3, ("Adams1994",))
    assert meta.reviewed_by == Reviewer("A. Reviewer", "physical therapist")
    assert (meta.last_reviewed, meta.review_due) == (date(2026, 3, 2), date(2028, 3, 2))


@settings(deadline=None)  # a machine may be busy
@given(st.lists(st.one_of(PIECES, st.text(max_size=20)), max_size=14))
def test_any_front_matter_is_read_or_named_at_a_line_of_its_own(lines: list[str]) -> None:
    lesson = read_lesson("\n".join(["---", *lines]).encode("utf-8", "replace"), f"content/{PATH}")
    meta, found = read_meta(lesson.above, PATH)
    assert isinstance(meta, LessonMeta)
    for finding in found:
        assert -len(lesson.above) <= finding.line < 0
        assert finding.level in Level
        assert finding.what
        assert finding.hint
        if finding.typed:
            line = lesson.above[finding.typed.line]
            assert line.startswith(finding.typed.old, finding.typed.column)


@settings(deadline=None)  # a machine may be busy
@given(st.binary(max_size=80))
def test_any_bytes_are_read_as_a_lesson_and_problems_stand_inside_it(data: bytes) -> None:
    lesson = read_lesson(data, "content/a.md")
    assert [*lesson.above, *lesson.lines]
    for problem in lesson.problems:
        assert 1 <= problem.place.line <= len(lesson.above) + len(lesson.lines)


@settings(deadline=None)  # a machine may be busy
@given(st.lists(PIECES, max_size=12))
def test_splitting_loses_no_line(lines: list[str]) -> None:
    above, rest = split(lines)
    assert [*above, *rest] == lines


@settings(deadline=None)  # a machine may be busy
@given(
    st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y/%m/%d", "%Y%m%d", "%d %b %y"]),
)
def test_a_day_is_understood_in_every_style_that_has_one_meaning(day: date, style: str) -> None:
    assert meant_date(day.strftime(style)) == day


def test_the_schema_is_one_and_every_example_in_it_is_allowed() -> None:
    Draft202012Validator.check_schema(schema())
    for key, described in schema()["properties"].items():
        assert described["description"].endswith((".", "]."))
        for example in described["examples"]:
            Draft202012Validator(described).validate(example)
        assert key in {"title", "summary", "minutes", "audience", "evidence", "sources", "authors",
                       "reviewed_by", "last_reviewed", "review_due", "conflicts"}  # fmt: skip


def test_readers_are_told_who_wrote_and_reviewed_a_page_or_that_nobody_has() -> None:
    meta, _ = read(WHOLE)
    shown = facts(meta, PATH, TODAY)
    assert shown.written == "A. Author."
    assert shown.conflicts == "None."
    assert shown.reviewed == (
        "Reviewed on 2 March 2026 by A. Reviewer, physical therapist. Next review: 2 March 2028."
    )
    assert shown.overdue == ""
    bare = facts(LessonMeta(title="A", minutes=1), PATH, TODAY)
    assert bare.minutes == "1 minute to read"
    assert bare.reviewed == "Not yet reviewed by a health professional."
    assert "No author" in bare.written
    assert facts(LessonMeta(), "about/privacy.md", TODAY).reviewed == ""


def test_a_late_review_is_told_to_readers_and_to_the_scheduled_job() -> None:
    meta, _ = read(WHOLE)
    later = date(2028, 3, 3)
    assert in_words(date(2028, 3, 2)) in facts(meta, PATH, later).overdue
    lesson = read_lesson(WHOLE.encode(), f"content/{PATH}")
    [late] = overdue_problems(lesson, later)
    assert (late.level, late.place.line) == (Level.MUST_FIX, 14)
    [soon] = overdue_problems(lesson, date(2028, 2, 15))
    assert soon.level is Level.PLEASE
    assert list(overdue_problems(lesson, TODAY)) == []
    assert list(overdue_problems(read_lesson(b"# A", f"content/{PATH}"), later)) == []


@pytest.mark.parametrize("reviewed", [True, False])
def test_search_engines_hear_of_a_reviewer_only_when_there_is_one(reviewed: bool) -> None:
    text = WHOLE if reviewed else WHOLE[: WHOLE.index("reviewed_by")] + "---"
    meta, found = read(text)
    assert found == []
    data = structured_data(meta, PATH, "https://lessons.example/lessons/depth/", "en", "Site")
    described = json.loads((ROOT / "tests/hooks/page-data.schema.json").read_text())
    Draft202012Validator(described).validate(data)
    assert ("reviewedBy" in data) == reviewed
    assert ("lastReviewed" in data) == reviewed
