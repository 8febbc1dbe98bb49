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

from hooks import site_parts
from hooks.light_page import STYLES, drop_comments
from hooks.translated_pages import TranslatedPages
from hooks.widget_block import WidgetBlocks

BLOCKS = WidgetBlocks()
TRANSLATED = TranslatedPages()


def on_startup(command: str, dirty: bool) -> None:
    """Show problems in the pages to those who write them; never in a site that is built."""
    BLOCKS.shows_problems = command == "serve"


def on_config(config: MkDocsConfig) -> None:
    """Add our Markdown extension and what follows from the settings."""
    site_parts.configure(config, BLOCKS)


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the files that no trainer wrote."""
    site_parts.add_assets(files, config)
    site_parts.add_translations(files, config, BLOCKS, TRANSLATED)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Give each language its own navigation."""
    TRANSLATED.mirror(nav)


def on_page_read_source(page: Page, config: MkDocsConfig) -> str:
    """Read a page's file, whatever an editor made of it."""
    return site_parts.source(page, config, BLOCKS)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the extension which lesson comes next, and the search what it may leave out."""
    site_parts.begin(page, markdown, config, BLOCKS)
    TRANSLATED.keep_out_of_search(page)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep the theme's templates compiled."""
    site_parts.keep_templates(env)


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
    drop_comments(Path(config.site_dir) / STYLES / "site.css")
    for problem in site_parts.finish(config, BLOCKS.answers):
        BLOCKS.report.add(problem)
    site_parts.report(BLOCKS.report, config)
