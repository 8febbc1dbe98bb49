"""How fast lessons are checked and built: a thousand generated ones, beside plain mkdocs-material.

Both builds take the same Markdown, the same theme and the same command; only one has our hooks. But for one letter:
Material takes no name of a fence with a space in it for a fence, and would read the rest of the lesson as one block of
code, which spares it most of its work. So its copy says `interactive-depth-explorer`, which it shows as code, and all
below as text. Rows without a limit say what comes out against the letter. All builds have been made once before, as
trainers' builds have.
"""

import gc
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

import yaml

from hooks import CACHE, ROOT
from hooks.check_content import check_lesson
from hooks.content_folder import ContentFolder
from hooks.glossary import read_glossary
from hooks.kept_answers import KeptAnswers
from hooks.widget_block import WidgetBlocks

SIZES = (10, 100, 1000)
CHECK_MS, GROWTH_MB, RATIO, SLOPE = 10.0, 2.0, 1.5, 1.5
ROUNDS = {10: 5, 100: 3, 1000: 2}
_FENCE = re.compile(r"^``` (interactive|generated) ([\w-]+)$", re.MULTILINE)
_PARAGRAPH = (
    "A deep press folds the hips until the pelvis tucks. The low back then rounds off the pad. "
    "Stop the sled earlier, or set the backrest flatter. (evidence: from mechanics)"
)


def lesson(number: int) -> str:
    """Return a lesson of usual length with one widget, each with another knee bend than its neighbours."""
    parts = [
        f"---\ntitle: Lesson {number}\nsummary: What lesson {number} says about the press.\nminutes: 2",
        "audience: People who use a leg press\nevidence: low\nsources: [Adams1994]\nauthors: []\n---",
        f"\n# Lesson {number}\n\n**In one sentence:** stop before your low back leaves the pad.",
        f"\n## Try it first\n\n``` interactive depth-explorer\nknee_deg: {20 + 5 * (number % 25)}\n```",
    ]
    for part in range(6):
        parts.append(f"\n## Part {part + 1}\n\n{_PARAGRAPH}\n\n{_PARAGRAPH}")
    parts += [
        "\n1. Let the sled down.\n2. Watch your hips.\n\nThe tissue got tight.[@Adams1994] (evidence: contested)",
        "\n## What we are not sure about\n\n- **You.** Your hips may fold further.",
        "\n## Check yourself\n\n``` self-check\nWhere do you stop?\n\n(x) Early.\n    Yes.\n( ) Late.\n    No.\n```",
        "\n## Next\n\nRead [the first page](../../index.md).\n",
    ]
    return "\n".join(parts)


def content_of(count: int, folder: Path) -> Path:
    """Write a folder of content with so many lessons."""
    content = folder / "content"
    for name in ("machines", "snippets"):
        shutil.copytree(ROOT / "content" / name, content / name)
    for name in ("glossary.yml", "references.bib"):
        shutil.copy(ROOT / "content" / name, content)
    (content / "index.md").write_text(
        "---\ntitle: Front\nsummary: Where it all begins.\n---\n\n# Front\n\nText.\n"
    )
    (content / "about").mkdir()  # where terms and labels are explained
    (content / "about/glossary.md").write_text("# Words\n\n``` generated glossary\n```\n")
    (content / "about/how-it-works.md").write_text("# How\n\n## Labels { #evidence-labels }\n")
    for number in range(count):
        page = content / "lessons" / f"lesson-{number}" / "index.md"
        page.parent.mkdir(parents=True)
        page.write_text(lesson(number))
    return content


def for_material(content: Path) -> Path:
    """Return a copy of the content whose fences Material takes for fences."""
    copy = Path(shutil.copytree(content, content.with_name("plain-content")))
    for page in copy.rglob("*.md"):
        page.write_text(_FENCE.sub(r"``` \1-\2", page.read_text()))
    return copy


def settings(folder: Path, content: Path, *, ours: bool, name: str) -> Path:
    """Write the settings of one build: those of the site, with or without what is ours."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[1])
    found = yaml.load((ROOT / "mkdocs.yml").read_text(), Loader)
    found |= {"docs_dir": str(content), "nav": [{"Front": "index.md"}], "strict": False}
    found["validation"] = {"omitted_files": "ignore"}
    found["hooks"] = [str(ROOT / "hooks/mkdocs_events.py")]
    found["theme"]["custom_dir"] = str(ROOT / "hooks/theme")
    if not ours:
        del found["hooks"], found["theme"]["custom_dir"], found["theme"]["static_templates"]
        del found["extra_css"], found["extra_javascript"]
    path = folder / f"{name}.yml"
    path.write_text(yaml.safe_dump(found))
    return path


def build_s(config: Path, site: Path) -> float:
    """Return the processor time of one build [s], its reading and writing included.

    On the clock the same build takes 8 s or 12, as the disk has something else to write.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(site)]
    before = getrusage(RUSAGE_CHILDREN)
    subprocess.run(command, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    after = getrusage(RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check_all(content: Path) -> tuple[float, float]:
    """Return how long a lesson takes to be checked [ms], and by how much memory grows meanwhile [MB]."""
    blocks = WidgetBlocks(read_glossary(content / "glossary.yml"))
    blocks.folder = ContentFolder(content)
    blocks.answers = KeptAnswers(CACHE / "answers")
    lessons = sorted(content.rglob("lessons/*/index.md"))
    for path in lessons[:200]:  # what is read once, and the answers of all widgets
        assert check_lesson(blocks, path, content) == []
    before = _resident_mb()
    start = process_time()  # it waits for nothing, and a machine may be busy with something else
    for path in lessons:
        check_lesson(blocks, path, content)
    each_ms = (process_time() - start) / len(lessons) * 1000
    return each_ms, _resident_mb() - before


def _resident_mb() -> float:
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def rows() -> list[dict[str, object]]:
    """Return a row a figure: name, value, unit, limit, and whether the limit holds."""
    found: list[dict[str, object]] = []

    def add(name: str, value: float, unit: str, limit: float | None) -> None:
        holds = limit is None or value <= limit
        found.append({"name": name, "value": value, "unit": unit, "limit": limit, "holds": holds})

    took: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as made:
        each_ms, growth_mb = check_all(content_of(max(SIZES), Path(made) / "checked"))
        add("checker: a lesson of 1,000", each_ms, "ms", CHECK_MS)
        add("checker: memory gained over 1,000 lessons", growth_mb, "MB", GROWTH_MB)
        for size in SIZES:
            folder = Path(made) / str(size)
            content = content_of(size, folder)
            configs = {
                "ours": settings(folder, content, ours=True, name="ours"),
                "plain": settings(folder, for_material(content), ours=False, name="plain"),
                "letter": settings(folder, content, ours=False, name="letter"),
            }
            best = dict.fromkeys(configs, float("inf"))
            for turn in range(ROUNDS[size] + 1):
                for name, config in configs.items():
                    seconds = build_s(config, folder / "sites" / name)
                    best[name] = min(best[name], seconds) if turn else best[name]
            took[size] = best["ours"]
            add(
                f"build: {size} lessons, over plain mkdocs-material",
                best["ours"] / best["plain"],
                "times",
                RATIO,
            )
            add(
                f"build: {size} lessons, over Material that reads them as code",
                best["ours"] / best["letter"],
                "times",
                None,
            )
            add(f"build: {size} lessons", best["ours"], "s", None)
    few, more, most = SIZES
    slope = (took[most] - took[more]) / (most - more)
    first = (took[more] - took[few]) / (more - few)
    add("build: a further lesson at 1,000, over one at 100", slope / first, "times", SLOPE)
    return found


if __name__ == "__main__":
    for row in rows():
        print(f"{row['name']:52} {row['value']:8.3f} {row['unit']:6} {row['limit']}", row["holds"])
