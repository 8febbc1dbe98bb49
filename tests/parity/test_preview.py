"""The preview says what the build says: its Python in Pyodide, from the built site, against this Python."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hooks.check_content import check_lesson, summary
from hooks.content_folder import ContentFolder
from hooks.preview_bundle import source_of
from hooks.preview_pages import lesson_pages
from hooks.widget_block import WidgetBlocks
from tests.conftest import ROOT

SETUP = "lessons/setup/index.md"
FRONT = "---\ntitle: A\nsummary: B.\n---\n\n# A\n\nNot yet reviewed by a health professional.\n\n"
LONG = "This sentence goes on and on " + "and on " * 20 + "for ever."
# slips of every kind: words, names, settings, sources, fences, line ends, marks that nobody sees
SLIPS = {
    "nothing at all": "",
    "no front matter": "# A lesson\n\nIt has no line about its review.\n",
    "front matter without an end": "---\ntitle: A\n\n# A\n\nText.\n",
    "a misspelt widget": f"{FRONT}``` interactive depth-exploror\nknee: 3\n```\n",
    "a setting that is not possible": f"{FRONT}``` interactive depth-explorer\nknee_deg: 900\nfoo: 1\n```\n",
    "a fence without an end": f"{FRONT}``` interactive depth-explorer\nknee_deg: 95\n",
    "a fence in a list": f"{FRONT}* one\n\n    ``` interactive depth-explorer\n    ```\n",
    "an unknown source": f"{FRONT}It rose.[@Wilke1998] It fell.[@Nobody2000]\n",
    "an unknown number": f"{FRONT}It is {{{{ posture.three_quarter percent }}}} or {{{{ nothing }}}}.\n",
    "words that promise": f"{FRONT}The leg press is safe. It cures pain, guaranteed.\n",
    "numbers in other ways": f"{FRONT}About 75% or 12cm, 1,200 N, 3-5 times, 7 in 10 people.\n",
    "a long sentence": f"{FRONT}{LONG}\n",
    "HTML and a picture without words": f"{FRONT}<script>alert(1)</script>\n\n![](a.png)\n",
    "a link and a picture that lead nowhere": f"{FRONT}[More](../bracingg/index.md) ![Hips](hips.png)\n",
    "headings": f"{FRONT}##Close\n\n#### Deep\n\n# Again\n",
    "a self-check without an answer": f"{FRONT}``` self-check\nWhy?\n\n( ) A\n    Because.\n```\n",
    "a formula that ends early": f"{FRONT}``` formula\ntex: \\left( a\nsay: a\n```\n",
    "line ends of another system": f"{FRONT}``` interactive depth-exploror\n```\n".replace("\n", "\r\n"),
    "a mark at the start": f"\ufeff{FRONT}``` interactive zebra\n```\n",
}  # fmt: skip


@pytest.fixture(scope="module")
def answers(site: Path) -> dict[str, dict[str, Any]]:
    """What the preview says of every page that it offers, and of every slip."""
    texts = {name: (name, (site / source_of(name)).read_text()) for name, _ in lesson_pages(ROOT / "content")}  # fmt: skip
    texts |= {slip: (SETUP, text) for slip, text in SLIPS.items()}
    asked = "".join(json.dumps({"path": path, "text": text}) + "\n" for path, text in texts.values())  # fmt: skip
    node = Path(sys.executable).parent / "node"
    command = [node, Path(__file__).with_name("preview.mjs"), site]
    ran = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr[-2000:]
    return dict(zip(texts, map(json.loads, ran.stdout.splitlines()), strict=True))


def test_the_preview_of_a_lesson_is_the_page_that_the_build_writes(
    site: Path, answers: dict[str, dict[str, Any]]
) -> None:
    pages = [name for name, _ in lesson_pages(ROOT / "content")]
    assert len([name for name in pages if name.startswith("lessons/")]) == 5
    for name in pages:
        built = (
            site / name.removesuffix("index.md").removesuffix(".md") / "index.html"
        ).read_text()
        built = re.sub(r' data-book="[^"]*"', "", built)  # who writes has no slow line
        _, _, article = built.partition('<article class="md-content__inner md-typeset">')
        # the theme adds its pencil above, what a page says of itself below the title, and links at the end
        title, mark, text = answers[name]["html"].partition("</h1>")
        above, _, below = article.partition("</article>")[0].partition(title + mark)
        assert "<p>" not in above
        # and widgets their book of answers, which the preview's do not open
        assert text in re.sub(r' data-book="[^"]*"', "", below), name
        assert len(text) > 1000


def test_the_preview_says_of_every_slip_what_the_checker_says(
    tmp_path: Path, answers: dict[str, dict[str, Any]]
) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    for slip, text in SLIPS.items():
        (content / SETUP).write_text(text, newline="")
        blocks = WidgetBlocks()
        blocks.folder = ContentFolder(content)
        problems = check_lesson(blocks, content / SETUP, content)
        said = [
            {
                "line": problem.place.line,
                "column": problem.place.column,
                "level": problem.level,
                "said": problem.listed.partition(f"{problem.level}: ")[2],
            }
            for problem in sorted(problems)
        ]
        assert answers[slip]["problems"] == said, slip
        assert answers[slip]["summary"] == summary(problems)
    unheard = [slip for slip in SLIPS if not answers[slip]["problems"]]
    assert unheard == []


def test_widgets_need_nothing_of_the_preview(site: Path) -> None:
    runtime = (site / "runtime/manifest.json").read_text()
    assert set(json.loads(runtime)) == {"pyodide", "starter"}
    assert "preview" not in runtime
    preview = json.loads((site / "preview/manifest.json").read_text())
    home = site / "runtime" / preview["home"]
    with zipfile.ZipFile(home / json.loads(runtime)["pyodide"]["stdlib"]["name"]) as widgets:
        assert not [name for name in widgets.namelist() if name.startswith(("site-packages", "email/", "html/"))]  # fmt: skip
    assert "preview/" not in (site / "service-worker.js").read_text()
