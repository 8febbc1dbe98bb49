"""`python -m hooks.check_content`: reads every lesson and says what to mend, in words, without building."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from hooks import CACHE, ROOT
from hooks.bibliography import bibliography_problems
from hooks.content_folder import NOT_PAGES, ContentFolder
from hooks.glossary import read_glossary
from hooks.kept_answers import KeptAnswers
from hooks.languages import CATALOGUE, SETTINGS, read_languages
from hooks.lesson_file import open_lesson
from hooks.machines import machine_files
from hooks.page_facts import overdue_problems
from hooks.problem_formats import annotations, as_json, suggestions
from hooks.problems import Level, Problem, listed
from hooks.widget_block import WidgetBlocks

CONTENT = ROOT / "content"


def check(content: Path = CONTENT, changed: Iterable[Path] | None = None) -> list[Problem]:
    """Return every problem of a folder of content, data files included.

    Args:
        content: the folder.
        changed: only these files; None for all.
    """
    blocks = WidgetBlocks(read_glossary(content / "glossary.yml"))
    blocks.languages = read_languages(content)
    blocks.folder = ContentFolder(content)
    blocks.answers = KeptAnswers(CACHE / "answers")
    only = None if changed is None else {path.resolve() for path in changed}
    found = data_problems(content, only)
    for path in sorted(content.rglob("*.md")):
        if only is None or path.resolve() in only:
            found += check_lesson(blocks, path, content)
    return found


def data_problems(content: Path = CONTENT, only: set[Path] | None = None) -> list[Problem]:
    """Return every problem of the files that many pages draw from, or of some of these files."""
    found: list[Problem] = []
    if only is None or content / "glossary.yml" in only:
        found += read_glossary(content / "glossary.yml").problems
    if only is None or content / "references.bib" in only:
        found += bibliography_problems(content / "references.bib")
    if only is None or any(path.parent == content / "machines" for path in only):
        for machine in machine_files(content / "machines"):
            found += machine.problems
    for language in read_languages(content).values():
        folder = content / language.tag
        if only is None or {folder / SETTINGS, folder / CATALOGUE} & only:
            found += language.problems
    return found


def check_lesson(blocks: WidgetBlocks, path: Path, content: Path = CONTENT) -> list[Problem]:
    """Return every problem of one lesson."""
    lesson = open_lesson(path, f"{content.name}/{path.relative_to(content).as_posix()}")
    blocks.report.problems.clear()
    blocks.begin(lesson.path, lesson.first_line, lesson.above)
    blocks.read(list(lesson.lines), [])
    return [*lesson.problems, *blocks.report.problems]


def overdue(content: Path = CONTENT, today: date | None = None) -> list[Problem]:
    """Return the lessons whose next review is due, and those for which it is soon."""
    found: list[Problem] = []
    for path in sorted(content.rglob("*.md")):
        name = path.relative_to(content).as_posix()
        if not name.startswith(NOT_PAGES):
            lesson = open_lesson(path, f"{content.name}/{name}")
            found += overdue_problems(lesson, today or date.today())
    return found


def summary(problems: Iterable[Problem]) -> str:
    """Return what a trainer wants to know first, in one line.

    Example:
        >>> summary([])
        'Nothing to mend. This looks good.'
    """
    levels = [problem.level for problem in problems]
    if not levels:
        return "Nothing to mend. This looks good."
    counts = ", ".join(f"{levels.count(level)} {level}" for level in Level if level in levels)
    return f"{counts}. Nothing that you did can break the live site."


def main() -> int:
    """Check from the command line; the exit code says whether something must be fixed."""
    parser = argparse.ArgumentParser(description="Read every lesson and say what to mend.")
    parser.add_argument("--content", type=Path, default=CONTENT)
    parser.add_argument(
        "--changed", type=Path, nargs="*", metavar="FILE", help="read only these files"
    )
    parser.add_argument("--overdue", action="store_true", help="name the reviews that are due")
    written = parser.add_mutually_exclusive_group()
    written.add_argument("--json", action="store_true", help="write all problems as JSON")
    written.add_argument("--annotations", action="store_true", help="write them for a pull request")
    written.add_argument("--suggestions", action="store_true", help="write what one press can mend")
    asked = parser.parse_args()
    content = asked.content.resolve()
    problems = overdue(content) if asked.overdue else check(content, asked.changed)
    if asked.json:
        print(as_json(problems))
    elif asked.suggestions:
        print(suggestions(problems, content.parent))
    elif asked.annotations:
        print("\n".join([*annotations(problems), summary(problems)]))
    else:
        print("\n".join([*listed(problems), summary(problems)]))
    return int(any(problem.level is Level.MUST_FIX for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
