"""The command that `make serve` runs, in a copy of the project that a test may change."""

import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.conftest import ROOT

PATIENCE = 120  # seconds; a first build makes much that is kept
PARTS = (".cache", "content", "hooks", "interactive", "mkdocs.yml", "pyproject.toml")


class Serving:
    """A running server, and the files that it watches."""

    def __init__(self, copy: Path) -> None:
        """Copy the project into a folder that is not there yet, and begin to serve it."""
        self.copy = copy
        for name in PARTS:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/legpress/"
        self.log = copy / "serve.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "hooks.serve_site", "--port", str(port)]
            self.process = subprocess.Popen(command, cwd=copy, stdout=log, stderr=log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def shows(self, text: str, page: str = "") -> str:
        """Wait until a page holds a text; return the page."""
        return self._waits_for(text, page, there=True)

    def shows_no_more(self, text: str, page: str = "") -> str:
        """Wait until a page is there without a text; return the page."""
        return self._waits_for(text, page, there=False)

    def change(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file."""
        file = self.copy / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))

    def _waits_for(self, text: str, page: str, there: bool) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self.process.poll() is None:
            shown = self._read(page)
            if shown and (text in shown) == there:
                return shown
            time.sleep(0.1)
        raise AssertionError(
            f"{text!r} never {'came' if there else 'went'}.\n{self.log.read_text()}"
        )

    def _read(self, page: str) -> str:
        try:
            with urlopen(self.url + page) as answer:
                return str(answer.read().decode())
        except HTTPError as error:
            with error:
                return str(error.read().decode())
        except URLError:
            return ""  # not there yet
