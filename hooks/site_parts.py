"""What the events of the site generator do, beside the Markdown extension."""

import logging
import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks import ROOT
from hooks.bibliography import bibliography_problems
from hooks.browser_bundle import bundle
from hooks.glossary import read_glossary
from hooks.languages import read_languages
from hooks.machines import machine_files
from hooks.offline import let_readers_keep
from hooks.problems import Level, Place, Problem, ProblemReport, listed
from hooks.translated_pages import TranslatedPages
from hooks.widget_block import WidgetBlocks
from interactive.care_cards import PATH as CARE_CARDS
from interactive.care_cards import CareCardsProblem, read_care_cards

CACHE = ROOT / ".cache"

_log = logging.getLogger("mkdocs.lessons")


def configure(config: MkDocsConfig, blocks: WidgetBlocks) -> None:
    """Add the Markdown extension, and derive from the settings what follows from them."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit_time())
    _read_data_files(Path(config.docs_dir), blocks)
    # MkDocs types this as names of extensions; Python-Markdown takes extensions too
    config.markdown_extensions.append(blocks)  # type: ignore[arg-type]
    # with repo_url, Material's page would ask the repository's host for stars at every visit
    config.edit_uri = f"{config.extra['repository']}/edit/main/{_folder(config)}/"


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Hand MkDocs the browser's side."""
    CACHE.mkdir(exist_ok=True)
    for asset in bundle(CACHE):
        files.append(File.generated(config, asset.uri, abs_src_path=str(asset.source)))


def add_translations(
    files: Files, config: MkDocsConfig, blocks: WidgetBlocks, translated: TranslatedPages
) -> None:
    """Put English pages where a language has none, and tell the extension which pages there are."""
    translated.add(files, config, blocks.languages)
    blocks.copies = frozenset(translated.copies)
    blocks.files = frozenset(files.src_uris)


def place(page: Page, markdown: str, config: MkDocsConfig) -> tuple[str, int, list[str]]:
    """Return a page's path in the repository, the line on which its text starts, and what is above."""
    whole = page.file.content_string
    above = max(whole.count("\n") - markdown.count("\n"), 0)
    return f"{_folder(config)}/{page.file.src_uri}", 1 + above, whole.split("\n")[:above]


def finish(config: MkDocsConfig) -> None:
    """Do what needs every file of the site to be there."""
    let_readers_keep(Path(config.site_dir), config.site_url)


def report(problems: ProblemReport) -> None:
    """Log every problem, of lessons and of data: strict mode counts those that must be mended."""
    for problem in problems.problems:
        if problem.level is Level.MUST_FIX:
            _log.warning("%s", problem)
    for line in listed(p for p in problems.problems if p.level is Level.PLEASE):
        _log.info("%s", line)


def keep_templates(env: Environment) -> None:
    """Keep what the theme's templates are compiled to; a change of one is compiled anew."""
    folder = CACHE / "templates"
    folder.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))


class DataProblems(BuildError):
    """Files that many pages draw from cannot be read, so the site stays as it was.

    Attributes:
        problems: what to mend, and where.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def _read_data_files(content: Path, blocks: WidgetBlocks) -> None:
    """Note what is wrong with the files that many pages draw from.

    Raises:
        DataProblems: a care card or a source cannot be read, and pages need their words. To those
            who write the site every such file matters: it keeps its last right state.
    """
    needed = [*_care_card_problems(content), *bibliography_problems()]
    machines = machine_files(content / "machines")
    blocks.glossary = read_glossary()
    others = [problem for machine in machines for problem in machine.problems]
    others += blocks.glossary.problems
    blocks.languages = read_languages(content)
    for language in blocks.languages.values():
        others += language.problems
    if needed or (others and blocks.shows_problems):
        raise DataProblems([*needed, *others])
    blocks.report.problems[:] = others


def _care_card_problems(content: Path) -> Iterator[Problem]:
    cards = content / Path(CARE_CARDS).relative_to("content")
    try:
        read_care_cards(cards.read_text() if cards.exists() else "")
    except CareCardsProblem as wrong:
        yield Problem(Place(CARE_CARDS, wrong.line), wrong.what, wrong.hint)


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
