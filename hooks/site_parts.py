"""What the events of the site generator do, beside the Markdown extension."""

import logging
import os
import subprocess
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks import ROOT
from hooks.browser_bundle import bundle
from hooks.glossary import read_glossary
from hooks.machines import machine_files
from hooks.offline import let_readers_keep
from hooks.preview_bundle import preview_bundle
from hooks.problems import Level, Place, Problem, ProblemReport, listed
from hooks.staff_editor import staff_editor
from hooks.widget_block import WidgetBlocks
from interactive.care_cards import PATH as CARE_CARDS
from interactive.care_cards import CareCardsProblem, read_care_cards

CACHE = ROOT / ".cache"

_log = logging.getLogger("mkdocs.lessons")


def configure(config: MkDocsConfig, blocks: WidgetBlocks) -> None:
    """Add the Markdown extension, and derive from the settings what follows from them."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit_time())
    blocks.report.problems.clear()
    _read_care_cards(Path(config.docs_dir))
    # MkDocs types this as names of extensions; Python-Markdown takes extensions too
    config.markdown_extensions.append(blocks)  # type: ignore[arg-type]
    # with repo_url, Material's page would ask the repository's host for stars at every visit
    config.edit_uri = f"{config.extra['repository']}/edit/main/{_folder(config)}/"


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Hand MkDocs the browser's side."""
    CACHE.mkdir(exist_ok=True)
    content = Path(config.docs_dir)
    written = [file for file in files if Path(file.abs_src_path or "/").is_relative_to(content)]
    addresses = {file.src_uri: file.url for file in written}
    names = [name for name in config.markdown_extensions if isinstance(name, str)]
    extensions = {name: config.mdx_configs.get(name, {}) for name in names}
    assets = [*bundle(CACHE), *preview_bundle(CACHE, content, addresses, extensions)]
    assets += staff_editor(CACHE, config.extra["repository"])
    for asset in assets:
        files.append(File.generated(config, asset.uri, abs_src_path=str(asset.source)))


def place(page: Page, markdown: str, config: MkDocsConfig) -> tuple[str, int, list[str]]:
    """Return a page's path in the repository, the line on which its text starts, and what is above."""
    whole = page.file.content_string
    above = max(whole.count("\n") - markdown.count("\n"), 0)
    return f"{_folder(config)}/{page.file.src_uri}", 1 + above, whole.split("\n")[:above]


def finish(config: MkDocsConfig) -> None:
    """Do what needs every file of the site to be there."""
    let_readers_keep(Path(config.site_dir), config.site_url)


def report(problems: ProblemReport, config: MkDocsConfig) -> None:
    """Log every problem, of lessons and of data: strict mode counts those that must be mended."""
    machines = machine_files(Path(config.docs_dir) / "machines")
    of_machines = [problem for machine in machines for problem in machine.problems]
    found = [*problems.problems, *of_machines, *read_glossary().problems]
    for problem in found:
        if problem.level is Level.MUST_FIX:
            _log.warning("%s", problem)
    for line in listed(problem for problem in found if problem.level is Level.PLEASE):
        _log.info("%s", line)


def _read_care_cards(content: Path) -> None:
    """Refuse to build at all while a care card cannot be read: pages and widgets need its words.

    Raises:
        BuildError: the trainer's file, its line, and what to mend.
    """
    cards = content / Path(CARE_CARDS).relative_to("content")
    try:
        read_care_cards(cards.read_text() if cards.exists() else "")
    except CareCardsProblem as wrong:
        problem = Problem(Place(CARE_CARDS, wrong.line), wrong.what, wrong.hint)
        raise BuildError(str(problem)) from None


def _folder(config: MkDocsConfig) -> str:
    return Path(config.docs_dir).name


def _last_commit_time() -> str:
    """Return the last commit's time [s since 1970], so that two builds of it are equal."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:  # an archive unpacked on a machine without git
        return "0"
    return found.stdout.strip() or "0"
