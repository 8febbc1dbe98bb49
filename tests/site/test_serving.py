"""`make serve` follows every change, and shows a problem where it is."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.conftest import ROOT

PATIENCE = 180  # seconds: nothing is timed here, and a machine may have more to do


class Serving:
    """The command that `make serve` runs, in a copy of the project that a test may change."""

    def __init__(self, copy: Path) -> None:
        self.copy = copy
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}/legpress/"
        self.log = copy / "serve.log"
        with self.log.open("w") as log:
            command = [sys.executable, "-m", "hooks.serve_site", "--port", str(port)]
            self.process = subprocess.Popen(command, cwd=copy, stdout=log, stderr=log)

    def shows(self, text: str) -> str:
        """Wait until the front page holds a text; return the page."""
        end = time.monotonic() + PATIENCE
        page = ""
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with urlopen(self.url) as answer:
                    page = answer.read().decode()
            except URLError:
                pass  # not there yet
            if text in page:
                return page
            time.sleep(0.1)
        raise AssertionError(f"{text!r} never came.\n{self.log.read_text()}")

    def change(self, path: str, old: str, new: str) -> None:
        file = self.copy / path
        text = file.read_text()
        assert old in text
        file.write_text(text.replace(old, new))


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[Serving]:
    copy = tmp_path_factory.mktemp("project")
    assert site.exists()  # so what is made once is in .cache already, as at any second start
    for name in (".cache", "content", "hooks", "interactive", "mkdocs.yml", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)
    running = Serving(copy)
    yield running
    running.process.terminate()
    running.process.wait(PATIENCE)


def test_a_change_of_a_lesson_is_shown(serving: Serving) -> None:
    serving.shows("Low back: ")
    assert serving.url in serving.log.read_text()
    serving.change("content/index.md", "It can load", "It may load")
    page = serving.shows("It may load")
    assert "Content-Security-Policy" not in page  # it would refuse what MkDocs adds for writers


def test_a_change_of_a_widgets_python_is_shown(serving: Serving) -> None:
    serving.change(
        "interactive/widgets/depth_explorer/__init__.py", '"Low back: "', '"Lower back: "'
    )
    serving.shows("Lower back: ")


def test_a_change_of_a_hook_is_shown(serving: Serving) -> None:
    serving.change("hooks/widget_html.py", "needs JavaScript.", "wants JavaScript.")
    serving.shows("Moving the controls wants JavaScript.")


def test_a_problem_is_shown_in_a_red_box_at_its_place_and_serving_goes_on(serving: Serving) -> None:
    serving.change("content/index.md", "controls: [knee_deg", "controls: [knee_dgr")
    page = serving.shows('class="problem-box"')
    assert "content/index.md:13" in page
    assert "Did you mean &#x27;knee_deg&#x27;?" in page or "Did you mean 'knee_deg'?" in page
    serving.change("content/index.md", "controls: [knee_dgr", "controls: [knee_deg")
    serving.shows("<lesson-widget")


def test_broken_python_leaves_the_last_right_page_standing(serving: Serving) -> None:
    serving.change("hooks/widget_html.py", "def prerender", "def prerender(")
    serving.change("content/index.md", "It may load", "It might load")
    end = time.monotonic() + PATIENCE
    while "SyntaxError" not in serving.log.read_text():
        assert time.monotonic() < end, serving.log.read_text()
        time.sleep(0.1)
    assert "<lesson-widget" in serving.shows("It may load")
    serving.change("hooks/widget_html.py", "def prerender(", "def prerender")
    serving.shows("It might load")


def test_it_stops_when_it_is_told_and_leaves_nothing_behind(serving: Serving) -> None:
    serving.shows("<lesson-widget")
    serving.process.terminate()
    assert serving.process.wait(PATIENCE) == 0
    assert serving.log.read_text().rstrip().endswith("Stopped.")
    assert any((serving.copy / ".cache").iterdir())  # what was made once serves the next start
