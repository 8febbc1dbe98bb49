"""`python -m hooks.make_site`: builds the site aside and puts it in place only when it is whole."""

import argparse
import logging
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Literal

from mkdocs.commands.build import build as build_pages
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from hooks import ROOT


def build(
    site_dir: Path, *, strict: bool, site_url: str | None = None, content: Path | None = None
) -> bool:
    """Build the site; return whether `site_dir` now holds the new one. Otherwise it is as it was.

    Args:
        site_dir: where the site goes; hidden files in it stay.
        strict: refuse a site with problems.
        site_url: another address than mkdocs.yml gives.
        content: another folder of lessons.
    """
    try:
        make(site_dir, strict=strict, site_url=site_url, content=content)
    except MkDocsException as error:
        logging.getLogger("mkdocs.lessons").error("%s The site is as it was before.", error)
        return False
    return True


def make(
    site_dir: Path,
    *,
    strict: bool,
    site_url: str | None = None,
    content: Path | None = None,
    command: Literal["build", "serve"] = "build",
) -> None:
    """Build the site, as `build` does.

    Args:
        site_dir, strict, site_url, content: as in `build`.
        command: `serve` for those who write it: problems then stand in the pages, at their place.

    Raises:
        MkDocsException: why there is no new site.
    """
    options = {"site_url": site_url, "docs_dir": content and str(content)}
    given = {name: value for name, value in options.items() if value}
    site_dir.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=".making-", dir=site_dir.parent))
    try:
        config = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(aside), strict=strict, **given)
        config.plugins.on_startup(command=command, dirty=False)
        build_pages(config)
        config.plugins.on_shutdown()
        _swap(aside, site_dir)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _swap(new: Path, old: Path) -> None:
    """Move the content of one folder into another, whose own visible content goes."""
    for entry in old.iterdir():
        if not entry.name.startswith("."):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    for entry in new.iterdir():
        entry.rename(old / entry.name)


def log_to_terminal() -> None:
    """Show MkDocs' messages, ours among them, as its own command does."""
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-8s %(message)s"))
    logger.addHandler(handler)


def main() -> int:
    """Build from the command line; the exit code says whether it worked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--site-dir", type=Path, default=ROOT / "site_build")
    parser.add_argument("--site-url")
    parser.add_argument("--content", type=Path)
    asked = parser.parse_args()
    log_to_terminal()
    built = build(asked.site_dir, strict=True, site_url=asked.site_url, content=asked.content)
    return 0 if built else 1


if __name__ == "__main__":
    sys.exit(main())
