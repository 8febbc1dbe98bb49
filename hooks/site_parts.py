"""What the events of the site generator do, beside the Markdown extension."""

import json
import logging
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path, PurePath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from hooks import CACHE, ROOT
from hooks.answer_book import AnswerBooks
from hooks.browser_bundle import EARLY, Asset, bundle, for_good
from hooks.built_page import Told, built_pages
from hooks.check_content import data_problems
from hooks.content_folder import ContentFolder
from hooks.content_policy import Page as Needing
from hooks.content_policy import with_policies
from hooks.course_package import Course, write_packages
from hooks.embed_pages import framed_html, move_scripts
from hooks.embed_snippets import Home
from hooks.glossary import read_glossary
from hooks.gym_pages import write_gym_pages
from hooks.headers import write_headers
from hooks.html_files import read_html, write_html
from hooks.kept_answers import KeptAnswers
from hooks.kept_pages import KeptPages, drawn_on
from hooks.kept_values import KeptFiles, KeptTable, write_whole
from hooks.languages import ENGLISH, read_languages, split_language
from hooks.lesson_file import LessonFile, read_lesson
from hooks.lesson_meta import LessonMeta
from hooks.light_page import STYLES, without_comments
from hooks.oembed import describe_pages
from hooks.offline import let_readers_keep
from hooks.page_facts import day_of_build, facts, in_language, structured_data
from hooks.preview_bundle import preview_bundle
from hooks.problems import Level, Place, Problem, ProblemReport, listed
from hooks.site_address import is_for_writers
from hooks.staff_editor import staff_editor
from hooks.translated_pages import TranslatedPages
from hooks.widget_block import WidgetBlocks
from interactive.care_cards import PATH as CARE_CARDS
from interactive.care_cards import CareCardsProblem, read_care_cards

BOOKS = AnswerBooks(CACHE)
LESSONS = "lessons/"
_OWN_STYLE = f"{STYLES}/site.css"
_WIDGET = re.compile(r"<lesson-widget .*?</lesson-widget>", re.DOTALL)

_log = logging.getLogger("mkdocs.lessons")


def configure(config: MkDocsConfig, blocks: WidgetBlocks, pages: KeptPages) -> None:
    """Add the Markdown extension, and derive from the settings what follows from them."""
    os.environ.setdefault("SOURCE_DATE_EPOCH", _last_commit_time())
    content = Path(config.docs_dir)
    blocks.report.problems.clear()
    BOOKS.asked.clear()
    pages.tidy()
    blocks.glossary = read_glossary()
    blocks.languages = read_languages(content)
    _refuse_broken_data(content, blocks)
    # who writes the site has no slow line, and would wait for the books
    blocks.book = None if is_for_writers(config.site_url) else BOOKS.book
    blocks.home = Home(config.site_url or "", [PurePath(page).name for page in _lessons(config)])
    blocks.folder = ContentFolder(content)
    blocks.answers = KeptAnswers(CACHE / "answers")
    blocks.answers.tidy()
    # MkDocs types this as names of extensions; Python-Markdown takes extensions too
    config.markdown_extensions.append(blocks)  # type: ignore[arg-type]
    # with repo_url, Material's page would ask the repository's host for stars at every visit
    config.extra["repository"] = config.extra["repository"].rstrip("/")
    config.edit_uri = f"{config.extra['repository']}/edit/main/{_folder(config)}/"


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Hand MkDocs the browser's side."""
    CACHE.mkdir(exist_ok=True)
    content = Path(config.docs_dir)
    addresses, extensions = _addresses(files, content), _extensions(config)
    assets = [*bundle(CACHE), *preview_bundle(CACHE, content, addresses, extensions)]
    assets += staff_editor(CACHE, config.extra["repository"])
    assets += _own_style(files, config)
    # pages that others frame live longer than a build, and name the same files without a hash
    named = {asset.stands_for: asset.uri for asset in assets}
    config.extra["early_script"] = named[EARLY]
    config.extra_css = [named.get(name, name) for name in config.extra_css]
    for asset in assets:
        kind = _Linked if asset.lasting else File
        files.append(kind.generated(config, asset.uri, abs_src_path=str(asset.source)))


def _own_style(files: Files, config: MkDocsConfig) -> list[Asset]:
    """Return the theme's stylesheet of ours without the words for developers, which readers would pay for."""
    [written] = [file for file in files if file.src_uri == _OWN_STYLE]
    files.remove(written)
    style = CACHE / "site.css"
    write_whole(style, without_comments(written.content_string).encode())
    return [Asset(_OWN_STYLE, style), for_good(_OWN_STYLE, style)]


class _Linked(File):
    """A file that stands in the site without a copy: copying forty megabytes takes as long as ten lessons."""

    def copy_file(self, dirty: bool = False) -> None:
        place = Path(self.abs_dest_path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.unlink(missing_ok=True)
        try:
            place.hardlink_to(self.abs_src_path or "")
        except OSError:  # on another disk, or one without links
            shutil.copyfile(self.abs_src_path or "", place)


def add_translations(
    files: Files, config: MkDocsConfig, blocks: WidgetBlocks, translated: TranslatedPages
) -> None:
    """Put English pages where a language has none, and tell the extension which pages there are."""
    translated.add(files, config, blocks.languages)
    blocks.copies = frozenset(translated.copies)


def all_pages_draw_on(files: Files, config: MkDocsConfig, blocks: WidgetBlocks) -> str:
    """Return a key of everything that the conversion of any page may depend on, but for its text."""
    content = Path(config.docs_dir)
    assert blocks.folder
    told = [
        _folder(config),
        _extensions(config),
        blocks.home,
        blocks.shows_problems,
        bool(blocks.book),
        sorted(blocks.copies),
    ]
    return drawn_on(content, _addresses(files, content), blocks.folder, told)


def source(page: Page, config: MkDocsConfig, blocks: WidgetBlocks) -> str:
    """Return a page's text, whatever its file is like, and note what is wrong with the file."""
    lesson = _lesson(page, config)
    for problem in lesson.problems if page.file.src_uri not in blocks.copies else ():
        blocks.report.add(problem)
    # MkDocs would read the front matter by rules of its own, so it gets an empty one
    return f"---\n{{}}\n---\n{lesson.text}"


def begin(
    page: Page, markdown: str, config: MkDocsConfig, blocks: WidgetBlocks, pages: KeptPages
) -> str:
    """Tell the extension which lesson comes next, and the theme what the page says about itself.

    Returns the text that is to be converted: none, where the page is as it was.
    """
    lesson = _lesson(page, config)
    left_out = max(lesson.text.count("\n") - markdown.count("\n"), 0)
    first_line = lesson.first_line + left_out
    known = pages.begin(page, lesson.above, markdown, lesson.path, str(first_line))
    _describe(page, pages.meta, config, blocks)
    if known:
        return ""
    blocks.begin(lesson.path, first_line, lesson.above)
    if not markdown.strip():  # the converter leaves an empty page alone
        blocks.read([], [])
    return markdown


def _describe(page: Page, meta: LessonMeta, config: MkDocsConfig, blocks: WidgetBlocks) -> None:
    """Tell the theme what a page says about itself in its front matter."""
    path = page.file.src_uri
    page.meta = dict(meta.other)
    # Material writes these as they are
    given = {"title": meta.title, "description": meta.summary, "author": ", ".join(meta.authors)}
    page.meta |= {name: escape(text) for name, text in given.items() if text}
    language = None if path in blocks.copies else split_language(path, blocks.languages)[0]
    told = facts(meta, path, day_of_build())
    page.meta["facts"] = in_language(told, language.of_pages) if language else told
    tag, name = (
        (language.tag, language.said["site_name"]) if language else (ENGLISH, config.site_name)
    )
    data = structured_data(meta, path, page.canonical_url or "", tag, name)
    page.meta["structured_data"] = (
        json.dumps(data, ensure_ascii=False).replace("<", r"\u003c") if data else ""
    )


def finish(config: MkDocsConfig, answers: KeptAnswers) -> list[Problem]:
    """Do what needs every page of the site to be there; return the problems that turn up.

    Whatever writes pages comes first, then what is written into pages, then the list of all files.
    """
    site = Path(config.site_dir)
    home = config.site_url or "http://localhost/"  # codes have to lead somewhere
    for asset in BOOKS.assets():
        place = site / asset.uri
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(asset.source, place)
    problems = write_gym_pages(site, config.site_name, home, CACHE)
    write_packages(site, CACHE, _course(config))
    move_scripts(site)
    _finish_html(site, config, answers)
    if not is_for_writers(config.site_url):
        write_headers(site, config.site_url)
    sizes = KeptTable[int](CACHE / "tables" / "sizes")
    let_readers_keep(site, config.site_url, sizes)
    sizes.write()
    return problems


def _finish_html(site: Path, config: MkDocsConfig, answers: KeptAnswers) -> None:
    """Do to the pages what needs all of them: add those to be framed, links between both, policies."""
    told = KeptTable[Told](CACHE / "tables" / "told")
    needed = KeptTable[Needing](CACHE / "tables" / "needed")
    framed = KeptFiles[str](CACHE / "framed")
    framed.tidy()
    built = read_html(site)
    pages = built_pages(built, told)
    html = built | framed_html(pages, config.site_url, config.site_name, answers, framed)
    html |= describe_pages(site, pages, config.site_url, config.site_name)
    # MkDocs puts a script of its own into the pages that it shows to writers
    if not is_for_writers(config.site_url):
        html = with_policies(html, config.site_url, needed)
    write_html(site, built, html)
    told.write()
    needed.write()


def hide_widgets(page: Page) -> None:
    """Take the widgets out of a page while search reads it: they are not searched, and most of its HTML."""
    page.meta["whole"] = page.content
    page.content = _WIDGET.sub("", page.content or "")


def show_widgets(page: Page) -> None:
    """Put them back."""
    page.content = page.meta.pop("whole")


def report(problems: ProblemReport, config: MkDocsConfig) -> None:
    """Log every problem, of lessons and of data: strict mode counts those that must be mended."""
    found = [*problems.problems, *data_problems(Path(config.docs_dir))]
    for problem in found:
        if problem.level is Level.MUST_FIX:
            _log.warning("%s", problem)
    for line in listed(p for p in problems.problems if p.level is Level.PLEASE):
        _log.info("%s", line)


class DataProblems(BuildError):
    """Files that many pages draw from cannot be read, so the site stays as it was.

    Attributes:
        problems: what to mend, and where.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(" ".join(map(str, problems)))
        self.problems = problems


def _refuse_broken_data(content: Path, blocks: WidgetBlocks) -> None:
    """Refuse to build at all where files that many pages draw from cannot be read.

    Raises:
        DataProblems: a care card or a language cannot be read, and pages need their words. To those
            who write the site every such file matters: it keeps its last right state.
    """
    needed = [*_care_card_problems(content)]
    needed += [problem for tongue in blocks.languages.values() for problem in tongue.problems]
    if blocks.shows_problems:
        needed += [p for p in data_problems(content) if p.level is Level.MUST_FIX]
    if needed:
        raise DataProblems(list(dict.fromkeys(needed)))


def _care_card_problems(content: Path) -> Iterator[Problem]:
    cards = content / Path(CARE_CARDS).relative_to("content")
    try:
        read_care_cards(cards.read_text() if cards.exists() else "")
    except CareCardsProblem as wrong:
        yield Problem(Place(CARE_CARDS, wrong.line), wrong.what, wrong.hint)


def _course(config: MkDocsConfig) -> Course:
    return Course(config.site_name, config.site_url or "", _lessons(config), config.copyright or "")


def _lessons(config: MkDocsConfig) -> list[str]:
    """Return the folders of the lessons, in the order of the navigation; MkDocs tells of missing ones."""
    pages = [page for page in _pages(config.nav) if page.startswith(LESSONS)]
    there = [page for page in pages if (Path(config.docs_dir) / page).is_file()]
    return [page.removesuffix("/index.md") for page in there]


def _pages(nav: object) -> Iterator[str]:
    """Yield every file that a navigation names."""
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, dict):
        for entry in nav.values():
            yield from _pages(entry)
    elif isinstance(nav, list):
        for entry in nav:
            yield from _pages(entry)


def _addresses(files: Files, content: Path) -> dict[str, str]:
    """Return the address of each file that somebody wrote, both from the top."""
    written = [file for file in files if Path(file.abs_src_path or "/").is_relative_to(content)]
    return {file.src_uri: file.url for file in written}


def _extensions(config: MkDocsConfig) -> dict[str, dict[str, object]]:
    """Return the names of Markdown's extensions, in their order, with their settings; ours has none."""
    names = [name for name in config.markdown_extensions if isinstance(name, str)]
    return {name: config.mdx_configs.get(name, {}) for name in names}


def _lesson(page: Page, config: MkDocsConfig) -> LessonFile:
    return read_lesson(page.file.content_bytes, f"{_folder(config)}/{page.file.src_uri}")


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
