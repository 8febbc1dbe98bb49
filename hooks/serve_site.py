"""`python -m hooks.serve_site`: shows the site on this machine and builds it anew after every change.

The whole site is built each time, so what pages share is always right. It takes a second, because one process
does it again and again and keeps what costs most: imported libraries, the widgets' first answers, compiled
templates. Where Python itself has changed, a fresh one takes over, forked from one that has MkDocs and
Material imported already. A build that fails leaves the last right site standing, with a box that says why.
"""

import argparse
import logging
import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterable
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer

from hooks import ROOT
from hooks.make_site import log_to_terminal, make
from hooks.problems import problem_box
from hooks.site_parts import DataProblems
from interactive.markup import Markup, element, join

WATCHED = ("content", "hooks", "interactive", "mkdocs.yml")
# a change of these may have changed what a process has imported; the care cards are part of it
PYTHON = ("hooks", "interactive", "mkdocs.yml", "content/snippets")
PRELOADED = [
    "brotli",
    "build",
    "jsonschema",
    "material",
    "mkdocs.commands.build",
    "pybtex.database",
    "pymdownx.superfences",
]
LOOK_EVERY = (
    0.2  # seconds; MkDocs' own half second would be a quarter of the time to a reloaded page
)
OLDER = "What stands below is older than your files."
CRASHED = "The site could not be built. The terminal says why."
# where a page's text begins, in Material's pages and in ours that has no text
_TEXT = re.compile(rb"<article[^>]*>")
_NO_SITE_YET = b"<!doctype html><title>Not built yet</title><article></article>"


def serve(host: str, port: int) -> None:
    """Serve until interrupted.

    Args:
        host: a loopback address.
        port: a free port; 0 finds one.
    """
    log_to_terminal()
    # a plain `kill` stops as Ctrl-C does, and leaves nothing behind
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.default_int_handler)
    mount = urlsplit(load_config(str(ROOT / "mkdocs.yml")).site_url or "/").path
    address = f"http://{host}:{port}{mount}"
    # bytecode written beside the sources would look like a change of theirs
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"

    with tempfile.TemporaryDirectory(prefix="lessons-") as folder:
        site_dir = Path(folder) / "site"
        builder = Builder(site_dir, address)
        server = PageServer(builder, host, port, site_dir, mount)
        for watched in WATCHED:
            server.watch(str(ROOT / watched))
        try:
            builder.build()
            print(f"\n  The site: {address} (stop with Ctrl-C)\n", flush=True)
            server.serve()  # type: ignore[no-untyped-call]  # MkDocs leaves it bare
        except KeyboardInterrupt:
            print("Stopped.")
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). Try: make serve PORT={port + 1}"
            )
        finally:
            server.shutdown()
            builder.stop()


class Builder:
    """Builds the site in a process of its own, which stays as long as its Python is the newest.

    Attributes:
        boxes: what every page shows above its text: why the last build failed, and what MkDocs
            said without naming a line. Empty if all is well.
    """

    def __init__(self, site_dir: Path, address: str) -> None:
        self.boxes = Markup()
        self._told = site_dir, address
        self._context = ForkServerContext()
        self._context.set_forkserver_preload(PRELOADED)
        self._process: ForkServerProcess | None = None
        self._pipe: Connection | None = None
        self._python: dict[str, int] = {}

    def build(self) -> None:
        """Build the site as the files are now."""
        python = _last_changes(PYTHON)
        if python != self._python:
            self.stop()
        self._python = python
        if self._pipe is None:
            self._pipe, theirs = self._context.Pipe()
            self._process = self._context.Process(target=_keep_building, args=(theirs, *self._told))
            self._process.start()
            theirs.close()
        try:
            self._pipe.send(None)
            self.boxes = Markup(self._pipe.recv())
        except (EOFError, OSError):  # it could not even begin, or was killed
            self.boxes = _box(CRASHED, OLDER)
            self.stop()

    def stop(self) -> None:
        """End the process, even in the middle of a build: a site is built aside."""
        if self._pipe is not None and self._process is not None:
            self._pipe.close()
            self._process.terminate()
            self._process.join()
        self._pipe = self._process = None


class PageServer(LiveReloadServer):
    """MkDocs' server, which tells each open page of a new build; its pages carry the builder's boxes."""

    def __init__(self, builder: Builder, host: str, port: int, root: Path, mount: str) -> None:
        super().__init__(builder.build, host, port, str(root), mount, polling_interval=LOOK_EVERY)
        self.error_handler = lambda code: self._error_page(root / f"{code}.html")
        self._builder = builder

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        boxes = self._builder.boxes.encode()
        with_boxes = _TEXT.sub(lambda found: found[0] + boxes, content, count=1)
        return super()._inject_js_into_html(with_boxes, epoch)  # type: ignore[no-untyped-call, no-any-return]

    def _error_page(self, page: Path) -> bytes | None:
        """Where the first build has failed there is no page yet, but there is something to say."""
        found = page.read_bytes() if page.exists() else _NO_SITE_YET
        return self._inject_js_into_html(found, self._visible_epoch)


class Unplaced(logging.Handler):
    """Gathers what MkDocs warns of: it names a file and no line. Our own problems are in the pages."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note a warning that is not ours."""
        if record.name != "mkdocs.lessons":
            self.said.append(record.getMessage())


def _keep_building(pipe: Connection, site_dir: Path, address: str) -> None:
    """Build at every message, and answer it with the boxes for all pages; end with the server."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    log_to_terminal()
    unplaced = Unplaced()
    logging.getLogger("mkdocs").addHandler(unplaced)
    while True:
        try:
            pipe.recv()
        except EOFError:
            return
        unplaced.said.clear()
        try:
            make(site_dir, strict=False, site_url=address, command="serve")
        except MkDocsException as error:
            boxes = join(_why(error), _box(OLDER))
        else:
            boxes = join(_box(said) for said in unplaced.said)
        pipe.send(str(boxes))


def _why(error: MkDocsException) -> Markup:
    """Return what a trainer can mend; MkDocs gives up with an exception of its own about ours."""
    if isinstance(error.__context__, DataProblems):
        return join(map(problem_box, error.__context__.problems))
    return _box(str(error.__context__ or error))


def _box(*sentences: str) -> Markup:
    return element(
        "div", (element("p", said) for said in sentences), class_="problem-box", role="alert"
    )


def _last_changes(watched: Iterable[str]) -> dict[str, int]:
    """Return when each file below some folders was changed."""
    paths = (path for name in watched for path in [ROOT / name, *(ROOT / name).rglob("*")])
    return {str(path): path.stat().st_mtime_ns for path in paths if path.is_file()}


def main() -> None:
    """Serve from the command line."""
    parser = argparse.ArgumentParser(description="Show the site on this machine.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    asked = parser.parse_args()
    serve(asked.host, asked.port)


if __name__ == "__main__":
    main()
