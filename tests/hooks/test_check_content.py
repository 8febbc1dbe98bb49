"""`make check-content` names every slip of a folder in words, the worst first, and never breaks."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hooks.check_content import check, check_lesson
from hooks.problems import Level, Place, Problem, listed
from hooks.widget_block import WidgetBlocks
from tests.conftest import ROOT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The data of the site with one lesson that has nothing to mend."""
    folder = tmp_path / "content"
    shutil.copytree(ROOT / "content/machines", folder / "machines")
    shutil.copy(ROOT / "content/glossary.yml", folder)
    (folder / "index.md").write_text(
        "---\ntitle: Front\nsummary: What this page is about.\n---\n\n# Front\n\nText.\n"
    )
    return folder


def checked(content: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hooks.check_content", "--content", str(content), *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_content_without_a_slip_is_praised(content: Path) -> None:
    ran = checked(content)
    assert (ran.returncode, ran.stdout) == (0, "Nothing to mend. This looks good.\n")


def test_what_must_be_fixed_comes_first_and_fails(content: Path) -> None:
    with (content / "index.md").open("a") as page:
        page.write("\nUse 75% of it.\n\n``` interactive depth-exploror\n```\n")
    (content / "glossary.yml").write_text("fold:\n")
    ran = checked(content)
    assert ran.returncode == 1
    assert ran.stderr == ""
    glossary, widget, number, counts = ran.stdout.splitlines()
    assert glossary.startswith("content/glossary.yml:1:1 must fix: 'fold' is not explained.")
    assert widget.startswith("content/index.md:12:1 must fix: There is no widget 'depth-exploror'.")
    assert number.startswith("content/index.md:10:5 please: '75%' is not how numbers are written")
    assert counts == "2 must fix, 1 please. Nothing that you did can break the live site."


def test_what_is_only_asked_for_does_not_fail(content: Path) -> None:
    with (content / "index.md").open("a") as page:
        page.write("\nUse 75% of it.\n")
    ran = checked(content)
    assert ran.returncode == 0
    assert ran.stdout.endswith("1 please. Nothing that you did can break the live site.\n")


def test_at_most_ten_of_a_level_are_listed_then_a_count() -> None:
    problems = [
        Problem(Place("content/a.md", line), "What.", "Hint.", level)
        for line in range(1, 13)
        for level in (Level.PLEASE, Level.MUST_FIX)
    ]
    lines = listed(problems)
    assert [line for line in lines if line.startswith("...")] == [
        "... and 2 more: must fix.",
        "... and 2 more: please.",
    ]
    assert len(lines) == 22
    assert all("must fix" in line for line in lines[:11])


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (b"# Fine\n\nTemp\xe9rature.\n", ":3:1 must fix: This line holds a character that cannot"),
        (b"\xef\xbb\xbf# Mark first\n", ":1:1 please: This file begins with a mark"),
        (b"# Windows\r\n\r\nEnds.\r\n", ":1:1 please: This file has the line ends"),
        (b"# Old Mac\r\rEnds.\r", ":1:1 please: This file has the line ends"),
    ],
)
def test_whatever_an_editor_saves_is_read_or_named(
    content: Path, written: bytes, says: str
) -> None:
    (content / "new.md").write_bytes(written)
    [problem] = check(content)
    assert problem.listed.startswith(f"content/new.md{says}")


def test_an_empty_file_is_nothing_special(content: Path) -> None:
    (content / "new.md").write_bytes(b"")
    assert check_lesson(WidgetBlocks(), content / "new.md", content) == []
