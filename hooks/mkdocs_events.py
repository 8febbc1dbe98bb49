"""The one file that MkDocs loads: each event is one call."""

import sys
from pathlib import Path
from typing import Any

# MkDocs puts this folder on sys.path only while it loads this file, so import everything here, now
sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import CACHE, site_parts
from hooks.kept_pages import KeptPages
from hooks.kept_templates import KeptTemplates
from hooks.translated_pages import TranslatedPages
from hooks.widget_block import WidgetBlocks

BLOCKS = WidgetBlocks()
TRANSLATED = TranslatedPages()
TEMPLATES = KeptTemplates(CACHE / "templates")
PAGES = KeptPages(CACHE / "pages", BLOCKS.report, site_parts.BOOKS)


def on_startup(command: str, dirty: bool) -> None:
    """Show problems in the pages to those who write them; never in a site that is built."""
    BLOCKS.shows_problems = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Add our Markdown extension and what follows from the settings."""
    site_parts.configure(config, BLOCKS, PAGES)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the files that no trainer wrote."""
    site_parts.add_assets(files, config)
    site_parts.add_translations(files, config, BLOCKS, TRANSLATED)
    PAGES.drawn_on = site_parts.all_pages_draw_on(files, config, BLOCKS)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Give each language its own navigation."""
    TRANSLATED.mirror(nav)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Read a page's file, whatever an editor made of it."""
    return site_parts.source(page, config, BLOCKS)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Tell the extension which lesson comes next, and the search what it may leave out."""
    text = site_parts.begin(page, markdown, config, BLOCKS, PAGES)
    TRANSLATED.keep_out_of_search(page)
    return text


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep what a page became, or take it from the last build."""
    return PAGES.end(page, html)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep what the theme's templates make of pages."""
    TEMPLATES.begin(env, config)


@event_priority(100)  # before the plugins: search reads the page at this event
def _before_search(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> None:
    site_parts.hide_widgets(page)


@event_priority(-100)
def _after_search(context: Any, page: Page, config: MkDocsConfig, nav: Any) -> None:
    site_parts.show_widgets(page)
    TRANSLATED.speak(context, page, config)


on_page_context = CombinedEvent(_before_search, _after_search)


@event_priority(-100)  # after the plugins: search writes its index at this event too
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the folder, then report every problem together; strict mode then fails the build."""
    for problem in site_parts.finish(config, BLOCKS.answers):
        BLOCKS.report.add(problem)
    site_parts.report(BLOCKS.report, config)
