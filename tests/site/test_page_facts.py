"""Every page says from its front matter, not from its text, whether a health professional has read it."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from jsonschema import Draft202012Validator

from hooks.lesson_meta import NOT_REVIEWED
from tests.conftest import ROOT, Build

LESSONS = sorted((ROOT / "content/lessons").glob("*/index.md"))
DATA = re.compile(r'<script type="application/ld\+json">(.+?)</script>', re.DOTALL)


def test_every_page_about_bodies_says_that_nobody_has_reviewed_it(site: Path) -> None:
    named = [path.parent.relative_to(ROOT / "content") for path in LESSONS]
    assert len(named) >= 5
    for page in [*named, Path(), Path("calculator"), Path("about/how-it-works")]:
        assert NOT_REVIEWED in (site / page / "index.html").read_text(), page
    for path in (ROOT / "content").rglob("*.md"):
        if "decisions" not in path.parts:  # a trainer's edit of the text could lose it there
            assert NOT_REVIEWED not in path.read_text()


def test_every_lesson_carries_its_data_and_its_summary_and_no_reviewer(site: Path) -> None:
    described = json.loads((ROOT / "tests/hooks/page-data.schema.json").read_text())
    for path in LESSONS:
        page = (site / path.parent.relative_to(ROOT / "content") / "index.html").read_text()
        [written] = DATA.findall(page)
        data = json.loads(written)
        Draft202012Validator(described).validate(data)
        assert "reviewedBy" not in data
        assert f'<meta name="description" content="{data["description"]}">' in page
        assert f"{data['timeRequired'][2:-1]} minutes to read" in page
        assert data["citation"]


def test_the_schema_of_the_front_matter_is_not_for_readers(site: Path) -> None:
    assert not (site / "lessons/schema.json").exists()


def test_a_review_is_shown_and_one_that_is_late_stands_above_the_text(
    lessons_with: Callable[[str], Path], tmp_path: Path
) -> None:
    content = lessons_with((ROOT / "content/index.md").read_text())
    for slug, due in (("bracing", "2099-01-02"), ("setup", "2003-01-02")):
        page = content / "lessons" / slug / "index.md"
        review = f"reviewed_by: {{ name: A. <B>, role: nurse }}\nlast_reviewed: 2001-01-02\nreview_due: {due}\n---\n\n# "
        page.write_text(page.read_text().replace("---\n\n# ", review, 1))
    build = Build(tmp_path / "site", "--content", str(content))
    assert build.worked, build.output
    fresh, late = (
        (tmp_path / "site/lessons" / slug / "index.html").read_text()
        for slug in ("bracing", "setup")
    )
    for page in (fresh, late):
        assert NOT_REVIEWED not in page
        assert "Reviewed on 2 January 2001 by A. &lt;B&gt;, nurse." in page
        [written] = DATA.findall(page)
        assert json.loads(written)["reviewedBy"]["name"] == "A. <B>"
    assert "Next review: 2 January 2099." in fresh
    assert "Review overdue" not in fresh
    assert late.index("was due on 2 January 2003") < late.index("<h2")
