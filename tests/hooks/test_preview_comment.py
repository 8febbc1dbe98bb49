"""The comment on a change: it helps whoever made it, and nothing in a change can speak in its place."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.preview_comment import comment, new_lines, plain, review
from hooks.preview_summary import (
    LARGEST,
    NAME,
    SUGGESTIONS,
    Finding,
    NotASummary,
    Summary,
    read,
    write,
)

LESSON = "content/lessons/setup/index.md"
HOSTILE = [
    "@everyone look at [this](javascript:alert(1)) ![](http://spy.example/x.png)",
    "<img src=x onerror=alert(1)> <details open> <!-- what your change comes to -->",
    "`code` **bold** ~~gone~~ $math$ :smile: #12 GH-12 www.spy.example https://spy.example a@spy.example",
    "# Heading\n\n- [x] list\n\n```\nfence\n```\n| a | b |\n|--|--|",
    "end of line\\",
    "\u202eright to left \x1b[31mred\x00",
    "&lt;b&gt; &#64;everyone",
]


def shown(markdown: str) -> str:
    """Render as the host does."""
    return str(cmarkgfm.github_flavored_markdown_to_html(markdown))


def said(tmp_path: Path, *texts: str, must_fix: bool = False, built: bool = True) -> str:
    findings = tuple(Finding(LESSON, 31, must_fix, text) for text in texts)
    write(Summary((LESSON,), (), built, findings), tmp_path)
    return comment({LESSON}, tmp_path, "https://code.example/picture")


@given(st.one_of(st.text(max_size=300), st.sampled_from(HOSTILE)))
def test_whatever_a_change_says_is_shown_as_plain_words(text: str) -> None:
    written = plain(text)
    html = shown(f"x {written}")
    assert re.findall(r"<[^>]*>", html) == ["<p>", "</p>"]
    words = unescape(html.removeprefix("<p>").removesuffix("</p>\n")).replace("\u200b", "")
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    assert words == " ".join(["x", *printable.split()])
    assert not re.search(r"[@#]\w", unescape(html))
    assert "\n" not in written


def test_a_trainer_hears_what_to_mend_and_that_nothing_broke(tmp_path: Path) -> None:
    text = said(tmp_path, "Write: 75 %", must_fix=True, built=False)
    assert "**1 thing to fix before this can go live.** Nothing that you did can break" in text
    assert "line 31: Write\\: 75 \\%" in text


def test_a_change_with_nothing_to_mend_is_thanked_for_and_shown(tmp_path: Path) -> None:
    text = said(tmp_path)
    assert "**This looks good.** Thank you." in text
    assert "[See it as a phone shows it](https://code.example/picture)" in text


@pytest.mark.parametrize("path", ["content/lessons/Übung 1/IMG_1.JPG", "content/a`b[c](d).md"])
def test_a_file_with_an_odd_name_is_spoken_of_like_any_other(tmp_path: Path, path: str) -> None:
    write(Summary((), (), True, (Finding(path, 1, False, "Give it a plain name."),)), tmp_path)
    text = comment({path}, tmp_path)
    assert f"{path}, line 1: Give it a plain name." in unescape(shown(text))


def test_of_each_level_ten_are_said_and_the_rest_are_counted(tmp_path: Path) -> None:
    text = said(tmp_path, *(f"number {number}" for number in range(17)))
    assert len(re.findall(r"^- content", text, re.MULTILINE)) == 10
    assert "- and 7 more\n" in text


@pytest.mark.parametrize(
    "other",
    ["hooks/make_site.py", "content/x.js", ".github/workflows/check.yml", "content/../x.md"],
)
def test_a_change_of_more_than_lessons_is_refused_in_words_and_nothing_of_it_is_read(
    tmp_path: Path, other: str
) -> None:
    write(Summary((LESSON,), (), True, (Finding(LESSON, 1, False, "a lure"),)), tmp_path)
    text = comment({LESSON, other}, tmp_path, "https://code.example/picture")
    assert "This change touches more than lessons, so there is no preview." in text
    assert plain(other) in text
    assert "a lure" not in text
    assert "picture" not in text
    assert review([{"filename": other}], tmp_path, []) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "not JSON",
        "[]",
        '{"pages": []}',
        "[" * 100_000,
        " " * (LARGEST + 1),
        json.dumps({"pages": ["../../etc/passwd.md"], "beside": [], "built": True, "findings": []}),
        json.dumps({"pages": [], "beside": [], "built": "yes", "findings": []}),
        json.dumps({"pages": [], "beside": [], "built": True, "findings": [{"path": LESSON}]}),
        json.dumps({"pages": 5, "beside": [], "built": True, "findings": []}),
    ],
)
def test_a_summary_of_another_form_is_refused_whole(tmp_path: Path, written: str) -> None:
    (tmp_path / NAME).write_text(written)
    with pytest.raises(NotASummary):
        read(tmp_path)
    assert "**The preview could not be made.** That is not your fault." in comment(
        {LESSON}, tmp_path
    )


def suggestion(tmp_path: Path, **changed: Any) -> list[dict[str, Any]]:
    one = {"path": LESSON, "line": 31, "body": "Not so.", "replacement": "Write 75 %."}
    (tmp_path / SUGGESTIONS).write_text(json.dumps([one | changed]))
    files = [{"filename": LESSON, "patch": "@@ -30 +30,2 @@\n before\n+Write 75%."}]
    made = review(files, tmp_path, changed.get("said", []))
    return list(made["comments"]) if made else []  # type: ignore[call-overload]


def test_what_a_machine_can_mend_is_offered_at_its_line(tmp_path: Path) -> None:
    [made] = suggestion(tmp_path)
    assert (made["path"], made["line"], made["side"]) == (LESSON, 31, "RIGHT")
    assert made["body"] == "Not so\\.\n\n```suggestion\nWrite 75 %.\n```"


def test_a_suggestion_with_a_fence_in_it_stays_inside_its_own(tmp_path: Path) -> None:
    [made] = suggestion(tmp_path, replacement="```` x\n@everyone")
    html = shown(made["body"])
    assert html.endswith("@everyone\n</code></pre>\n")


@pytest.mark.parametrize(
    "changed",
    [
        {"line": 30},  # not a line of the change
        {"path": "content/index.md"},  # not a file of the change
        {"path": "hooks/make_site.py"},
        {"line": True},
        {"replacement": "hidden \u202e sign"},
    ],
)
def test_a_suggestion_elsewhere_or_of_another_form_is_not_made(
    tmp_path: Path, changed: dict[str, Any]
) -> None:
    assert suggestion(tmp_path, **changed) == []


def test_a_suggestion_is_made_once(tmp_path: Path) -> None:
    [made] = suggestion(tmp_path)
    files = [{"filename": LESSON, "patch": "@@ -30 +30,2 @@\n before\n+Write 75%."}]
    assert review(files, tmp_path, [made]) is None


def test_a_line_that_is_only_moved_along_takes_no_suggestion() -> None:
    patch = "@@ -1,2 +1,3 @@\n+new\n same\n-old\n+other\n@@ -9 +10 @@\n-x\n+y\n\\ No newline at end of file"
    assert new_lines(patch) == {1, 3, 10}
