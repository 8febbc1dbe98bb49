"""`python -m hooks.fix_content`: mends in the lessons what a machine can mend, and says what it changed."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from hooks.check_content import CONTENT, check_lesson
from hooks.content_folder import ContentFolder
from hooks.glossary import read_glossary
from hooks.lesson_file import plain
from hooks.problem_formats import with_replacements
from hooks.widget_block import WidgetBlocks

_ROUNDS = 6  # what one mending uncovers, the next round mends


def fix(content: Path = CONTENT, only: Iterable[Path] | None = None) -> list[str]:
    """Mend every lesson of a folder; return what was changed, a line each.

    Args:
        content: the folder.
        only: these files; None for all.
    """
    blocks = WidgetBlocks(read_glossary(content / "glossary.yml"))
    blocks.folder = ContentFolder(content)
    wanted = None if only is None else {path.resolve() for path in only}
    said: list[str] = []
    for path in sorted(content.rglob("*.md")):
        if wanted is None or path.resolve() in wanted:
            said += _fix_lesson(blocks, path, content)
    return said


def _fix_lesson(blocks: WidgetBlocks, path: Path, content: Path) -> list[str]:
    name = f"{content.name}/{path.relative_to(content).as_posix()}"
    data = path.read_bytes()
    said = []
    try:
        text = plain(data).decode("utf-8")
    except UnicodeDecodeError:
        return []  # what was meant, only a person can tell
    if plain(data) != data:
        said.append(f"{name}: plain UTF-8 with Unix line ends.")
        path.write_bytes(plain(data))
    for _ in range(_ROUNDS):
        lines = text.split("\n")
        mended = with_replacements(lines, check_lesson(blocks, path, content))
        if mended == lines:
            break
        said += [
            f"{name}:{at}: {new.strip() or 'an empty line'}"
            for at, (old, new) in enumerate(zip(lines, mended, strict=True), 1)
            if old != new
        ]
        text = "\n".join(mended)
        path.write_text(text, encoding="utf-8", newline="\n")
    return said


def main() -> int:
    """Mend from the command line."""
    parser = argparse.ArgumentParser(description="Mend in the lessons what a machine can mend.")
    parser.add_argument("--content", type=Path, default=CONTENT)
    parser.add_argument("files", type=Path, nargs="*", help="only these; all if none is named")
    asked = parser.parse_args()
    said = fix(asked.content.resolve(), asked.files or None)
    print(
        "\n".join([*said, "Read these lines before you send them."])
        if said
        else "Nothing that a machine can mend."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
