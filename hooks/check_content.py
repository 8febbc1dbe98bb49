"""`python -m hooks.check_content`: reads every lesson and says what to mend, in words, without building."""

import argparse
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from hooks import ROOT
from hooks.glossary import read_glossary
from hooks.languages import read_languages
from hooks.machines import machine_files
from hooks.problems import Level, Place, Problem, listed
from hooks.widget_block import WidgetBlocks

CONTENT = ROOT / "content"


def check(content: Path = CONTENT) -> list[Problem]:
    """Return every problem of a folder of content, data files included."""
    blocks = WidgetBlocks(read_glossary(content / "glossary.yml"))
    blocks.languages = read_languages(content)
    blocks.files = frozenset(
        path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()
    )
    found = list(blocks.glossary.problems)
    for language in blocks.languages.values():
        found += language.problems
    for machine in machine_files(content / "machines"):
        found += machine.problems
    for path in sorted(content.rglob("*.md")):
        found += check_lesson(blocks, path, content)
    return found


def check_lesson(blocks: WidgetBlocks, path: Path, content: Path = CONTENT) -> list[Problem]:
    """Return every problem of one lesson."""
    name = f"{content.name}/{path.relative_to(content).as_posix()}"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as unreadable:
        line = path.read_bytes()[: unreadable.start].count(b"\n") + 1
        what = "This line holds a character that cannot be read."
        return [
            Problem(Place(name, line), what, "Type the line again, and save the file as UTF-8.")
        ]
    above, lines = _front_matter(text.split("\n"))
    blocks.report.problems.clear()
    blocks.begin(name, len(above) + 1, above)
    blocks.read(lines, [])
    return list(blocks.report.problems)


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


def _front_matter(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines between two `---` at the top, marks included, and the rest."""
    if lines[0].rstrip() == "---":
        for at in range(1, len(lines)):
            if lines[at].rstrip() in ("---", "..."):
                return lines[: at + 1], lines[at + 1 :]
    return [], lines


def main() -> int:
    """Check from the command line; the exit code says whether something must be fixed."""
    parser = argparse.ArgumentParser(description="Read every lesson and say what to mend.")
    parser.add_argument("--content", type=Path, default=CONTENT)
    problems = check(parser.parse_args().content.resolve())
    for line in [*listed(problems), summary(problems)]:
        print(line)
    return int(any(problem.level is Level.MUST_FIX for problem in problems))


if __name__ == "__main__":
    sys.exit(main())
