"""Each file below broken/ holds one real slip, and beside it stand the exact words that its trainer reads.

Add a file, get a test. `WRITE_GOLDEN=1 make test-quick` writes the words anew; read the difference
before a commit.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hooks.check_content import check
from hooks.fences import fences
from hooks.fix_content import fix
from hooks.lesson_file import read_lesson
from hooks.problems import Level, Problem
from tests.conftest import ROOT

BROKEN = Path(__file__).parent / "broken"
CASES = sorted(path.name for path in BROKEN.iterdir() if path.suffix != ".txt")
PICTURES = {"huge.png": 5_000_000, "pad.png": 20_000, "hips at the bottom.png": 20_000}


def laid_out(case: str, content: Path) -> Path:
    """Put a case where its file belongs, in a small folder of content; return its place there."""
    shutil.copytree(ROOT / "content/machines", content / "machines")
    shutil.copy(ROOT / "content/glossary.yml", content)
    shutil.copy(ROOT / "content/references.bib", content)
    (content / "calculator.md").write_text(
        "---\ntitle: Risk calculator\nsummary: Where the calculator stands.\n---\n\n# Calculator\n\n## Feet\n"
    )
    source = BROKEN / case
    if source.suffix == ".bib":
        place = content / "references.bib"
    elif source.suffix == ".yml":
        place = content / "glossary.yml"
    elif " " in case or case != case.lower():
        place = content / "lessons" / "depth" / case
    else:
        place = content / "lessons" / "depth" / "index.md"
    place.parent.mkdir(parents=True, exist_ok=True)
    for name, size in PICTURES.items():
        (place.parent / name).write_bytes(b"\0" * size)
    shutil.copyfile(source, place)
    return place


def said(problems: list[Problem]) -> str:
    return "".join(f"{problem.listed}\n" for problem in problems)


@pytest.mark.parametrize("case", CASES)
def test_a_slip_gets_its_exact_message_and_what_is_mended_stays_mended(
    case: str, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    place = laid_out(case, content)
    problems = check(content, [place])
    told = BROKEN / f"{case}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        told.write_text(said(problems))
    assert said(problems) == told.read_text()
    assert problems, "this file has no slip"
    lines = place.read_bytes().decode(errors="replace").splitlines() or [""]
    for problem in problems:
        assert problem.place.path == f"content/{place.relative_to(content).as_posix()}"
        assert 1 <= problem.place.line <= len(lines)
        assert not re.search(r"\blint|traceback|exception|error\b", problem.listed, re.IGNORECASE)

    if place.suffix == ".md":
        before = blocks(place)
        fix(content, [place])
        once = place.read_bytes()
        assert fix(content, [place]) == []
        assert place.read_bytes() == once
        left = check(content, [place])
        assert [problem for problem in left if problem.replacement] == []
        assert len(left) <= len(problems)
        assert blocks(place) == before


def blocks(place: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    lesson = read_lesson(place.read_bytes(), "content/lesson.md")
    return [(fence.word, fence.name, fence.settings) for fence in fences(lesson.lines)]


def test_the_corpus_is_large_and_each_slip_is_another_one() -> None:
    assert len(CASES) >= 60
    texts = [(BROKEN / case).read_bytes() for case in CASES]
    assert len(set(texts)) == len(texts)
    assert {path.name for path in BROKEN.glob("*.txt")} == {f"{case}.txt" for case in CASES}


def test_a_build_over_all_of_them_names_every_one_and_never_breaks(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for case in CASES:
        if case.endswith(".md"):
            place = content / "lessons" / case.removesuffix(".md") / "index.md"
            place.parent.mkdir()
            shutil.copyfile(BROKEN / case, place)
    command = [sys.executable, "-m", "hooks.make_site", "--site-dir", str(tmp_path / "site")]
    command += ["--content", str(content)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "Traceback" not in ran.stderr
    assert list((tmp_path / "site").iterdir()) == []
    for case in CASES:
        if case.endswith(".md") and str(Level.MUST_FIX) in (BROKEN / f"{case}.txt").read_text():
            assert f"content/lessons/{case.removesuffix('.md')}/index.md:" in ran.stderr, case
