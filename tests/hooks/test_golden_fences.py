"""Each folder below golden/ is a lesson, the page it becomes and the problems it has: add one, get a test.

`WRITE_GOLDEN=1 make test-quick` writes page.html and problems.txt anew; read the difference before a commit.
"""

import os
import re
from pathlib import Path

import markdown
import pytest

from hooks.glossary import read_glossary
from hooks.widget_block import WidgetBlocks

GOLDEN = Path(__file__).parent / "golden"
GLOSSARY = read_glossary(GOLDEN.parent / "glossary.yml")
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())

# those of mkdocs.yml that the blocks are written for
EXTENSIONS = ["admonition", "attr_list", "footnotes", "pymdownx.details", "pymdownx.superfences"]

# a widget's own answer is tested where the widget is; here it would only hide what the fence does
ANSWER = re.compile(r"(<output[^>]*>).+?(</output>)", re.DOTALL)


def converted(lesson: str) -> tuple[str, str]:
    blocks = WidgetBlocks(GLOSSARY)
    blocks.begin("content/lesson.md", first_line=11)
    html = markdown.markdown(lesson, extensions=[*EXTENSIONS, blocks])
    problems = "".join(f"{problem}\n" for problem in blocks.report.problems)
    page = ANSWER.sub(r"\1…\2", html).replace("><", ">\n<") + "\n"
    return page, problems


@pytest.mark.parametrize("case", CASES)
def test_a_lesson_becomes_its_page_and_names_its_problems(case: str) -> None:
    folder = GOLDEN / case
    page, problems = converted((folder / "lesson.md").read_bytes().decode())
    if os.environ.get("WRITE_GOLDEN"):
        (folder / "page.html").write_text(page)
        (folder / "problems.txt").write_text(problems)
    assert problems == (folder / "problems.txt").read_text()
    assert page == (folder / "page.html").read_text()
