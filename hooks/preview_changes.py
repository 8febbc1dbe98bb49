"""`python -m hooks.preview_changes --base REV --out DIR`: shows what a change of lessons comes to.

Run it after the site has been built. It writes each changed page as one HTML file, and a summary with what the
checker says about the changed files. Where a change touches more than lessons, it says so and shows nothing.
"""

import argparse
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from hooks import ROOT
from hooks.check_content import check
from hooks.preview_summary import Finding, Summary, beside_lessons, write
from hooks.problems import Level, Problem
from hooks.single_file import single_file

AT_MOST = 12  # pages: a change of more is seen better on a built site
# data that pages are made of, and the page where a change of it is seen best
SHOWN_ON = {
    "content/glossary.yml": "content/about/glossary.md",
    "content/references.bib": "content/about/sources.md",
    "content/snippets/care-cards.md": "content/lessons/pain-signals/index.md",
}
MACHINES = "content/machines/"  # all of it is shown in one table


def changed_files(base: str) -> list[str]:
    """Return the files that differ from a revision, those that are gone among them."""
    asked = [["git", "diff", "--name-only", "--no-renames", "-z", base, "--"]]
    asked += [["git", "ls-files", "--others", "--exclude-standard", "-z"]]
    found = [subprocess.run(one, cwd=ROOT, capture_output=True, check=True).stdout for one in asked]
    return sorted(filter(None, b"".join(found).decode(errors="replace").split("\0")))


def pages_to_show(changed: Iterable[str], site: Path) -> list[str]:
    """Return the lessons whose pages show a change, as far as the site has such a page."""
    lessons = {lesson for path in changed for lesson in _lessons(path)}
    return sorted(lesson for lesson in lessons if built_page(lesson, site).is_file())


def built_page(lesson: str, site: Path) -> Path:
    """Return the file that the site has for a lesson.

    Example:
        >>> built_page("content/lessons/setup/index.md", Path("s")).as_posix()
        's/lessons/setup/index.html'
        >>> built_page("content/calculator.md", Path("s")).as_posix()
        's/calculator/index.html'
    """
    page = Path(lesson).relative_to("content").with_suffix("")
    return site / (page.parent if page.name == "index" else page) / "index.html"


def preview_name(lesson: str) -> str:
    """Return what a lesson's files in the preview are called, without an ending.

    Example:
        >>> preview_name("content/lessons/setup/index.md")
        'lessons-setup-index'
    """
    return "-".join(Path(lesson).relative_to("content").with_suffix("").parts)


def preview(base: str, site: Path, out: Path) -> Summary:
    """Write the preview of all that differs from a revision into a folder, and return its summary."""
    changed = changed_files(base)
    beside = beside_lessons(changed)
    built = (site / "index.html").is_file()
    pages = pages_to_show(changed, site)[:AT_MOST] if built and not beside else []
    (out / "pages").mkdir(parents=True, exist_ok=True)
    for lesson in pages:
        text = single_file(built_page(lesson, site), site)
        (out / "pages" / f"{preview_name(lesson)}.html").write_text(text)
    findings = tuple(_findings(check(), set(changed)))
    summary = Summary(tuple(pages), beside, built, findings)
    write(summary, out)
    return summary


def in_words(summary: Summary) -> Iterator[str]:
    """Say what was made, for a terminal or a log."""
    if summary.beside:
        yield "No preview: this change touches more than lessons."
        yield from (f"  {path}" for path in summary.beside)
    elif not summary.built:
        yield "No preview: the site could not be built. Mend what must be fixed first."
    else:
        pages = "page" if len(summary.pages) == 1 else "pages"
        yield f"{len(summary.pages)} changed {pages} can be seen."
        yield from (f"  {page}" for page in summary.pages)


def _lessons(path: str) -> Iterator[str]:
    if path.endswith(".md") and path not in SHOWN_ON:
        yield path
    elif path in SHOWN_ON:
        yield SHOWN_ON[path]
    elif path.startswith(MACHINES):
        yield "content/machines.md"
    elif path.startswith("content/"):  # a picture belongs to the lesson in its folder
        yield f"{Path(path).parent.as_posix()}/index.md"


def _findings(problems: Iterable[Problem], changed: set[str]) -> Iterator[Finding]:
    ours = [problem for problem in problems if problem.place.path in changed]
    for level in Level:
        for problem in sorted(problem for problem in ours if problem.level is level):
            said = " ".join(filter(None, [problem.what, problem.why, problem.hint]))
            yield Finding(problem.place.path, problem.place.line, level is Level.MUST_FIX, said)


def main() -> int:
    """Write a preview from the command line."""
    parser = argparse.ArgumentParser(description="Show what a change of lessons comes to.")
    parser.add_argument("--base", required=True, help="the revision to compare with")
    parser.add_argument("--site", type=Path, default=ROOT / "site_build", help="the built site")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write")
    asked = parser.parse_args()
    for line in in_words(preview(asked.base, asked.site.resolve(), asked.out)):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
