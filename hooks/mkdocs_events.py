"""The one file that MkDocs loads: each event is one call."""

import sys
from pathlib import Path
from typing import Any

# MkDocs puts this folder on sys.path only while it loads this file, so import everything here, now
sys.path[:0] = [str(Path(__file__).resolve().parent.parent)]

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hooks import site_parts
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


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Tell the extension which lesson comes next, and the search what it may leave out."""
    BLOCKS.begin(*site_parts.place(page, markdown, config))
    TRANSLATED.keep_out_of_search(page)


def on_page_context(
    context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Navigation
) -> None:
    """Let the theme speak the page's language."""
    TRANSLATED.speak(context, page, config)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> None:
    """Keep the theme's templates compiled."""
    site_parts.keep_templates(env)


@event_priority(-100)  # after the plugins: search writes its index at this event too
def on_post_build(config: MkDocsConfig) -> None:
    """Finish the folder, then report every problem together; strict mode then fails the build."""
    site_parts.finish(config)
    site_parts.report(BLOCKS.report)
