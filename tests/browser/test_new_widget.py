"""A folder is all that a new widget takes: slider, choice and toggle, from the fence to the browser."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.lesson_page import LessonPage
from tests.conftest import ROOT
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

ONLY_PYTHON = "?engine=pyodide"  # without the starter, whose answers need no start

WIDGET = '''
"""Which of three controls was moved?"""

from dataclasses import dataclass
from typing import Annotated

from interactive.markup import Markup, element
from interactive.widget import Choice, Slider, Toggle, Widget

MACHINES = {"sled": "45° sled", "seated": "Seated <press>"}


@dataclass(frozen=True)
class Inputs:
    reach_m: Annotated[float, Slider(label="Reach", unit="m", low=0, high=1, step=0.1)] = 0.2
    machine: Annotated[str, Choice(label="Machine", options=MACHINES)] = "sled"
    pads: Annotated[bool, Toggle(label="Shoulder pads")] = False


def calculate(inputs: Inputs) -> str:
    if inputs.pads and inputs.reach_m > 0.5:
        raise ZeroDivisionError("a slip of the developer's")
    while inputs.reach_m == 0:
        pass  # another slip
    return f"{inputs.reach_m:g} m, {MACHINES[inputs.machine]}, pads: {inputs.pads}"


def show(inputs: Inputs, result: str) -> Markup:
    return element("p", result, data_say=True)


WIDGET = Widget(title="Three controls", inputs=Inputs, calculate=calculate, show=show)
'''


@pytest.fixture(scope="module")
def with_new_widget(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A site built from a copy of the project in which one folder and one lesson are new."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("content", "hooks", "interactive"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, copy / name)
    folder = copy / "interactive/widgets/three_controls"
    folder.mkdir()
    (folder / "__init__.py").write_text(WIDGET.lstrip())
    lesson = "# New\n\nNot yet reviewed by a health professional.\n\n"
    lesson += "``` interactive three-controls\nmachine: seated\npads: no\n```\n"
    (copy / "content/index.md").write_text(lesson)
    second = "# Second\n\n``` interactive three-controls\nreach_m: 0.8\n```\n"
    (copy / "content/second.md").write_text(second)
    settings = (copy / "mkdocs.yml").read_text()
    (copy / "mkdocs.yml").write_text(settings.replace("nav:\n", "nav:\n  - second.md\n"))
    # an address for writers: without answer books, which would answer where Python is asked here
    command = [sys.executable, "-m", "hooks.make_site", "--site-url", "http://127.0.0.1/legpress/"]
    ran = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    with SiteServer(copy / "site_build") as running:
        yield running


def listen(page: Page) -> None:
    """Note from now on every message below the answer, in `heard`."""
    page.evaluate(
        "(window.heard = [], (m => new MutationObserver(() => heard.push(m.textContent))"
        ".observe(m, {childList: true}))(document.querySelector('.widget-message')), 1)"
    )


def said(lesson: LessonPage, sentence: str) -> None:
    found = f"document.querySelector('lesson-widget output').textContent === {sentence!r}"
    lesson.page.wait_until(found)


def test_every_kind_of_control_asks_python(engine: Engine, with_new_widget: SiteServer) -> None:
    with engine.open(with_new_widget.url) as page:
        lesson = LessonPage(page)
        said(lesson, "0.2 m, Seated <press>, pads: False")
        lesson.move("Reach", 1)
        said(lesson, "0.3 m, Seated <press>, pads: False")
        lesson.choose("Machine", "sled")
        said(lesson, "0.3 m, 45° sled, pads: False")
        lesson.press_on("Shoulder pads", "Space")
        said(lesson, "0.3 m, 45° sled, pads: True")
        assert lesson.focused() == "Shoulder pads"


def test_a_widget_that_raises_says_so_calmly_and_python_lives_on(
    engine: Engine, with_new_widget: SiteServer
) -> None:
    with_new_widget.settle()
    with engine.open(with_new_widget.url + ONLY_PYTHON) as page:
        lesson = LessonPage(page)
        lesson.type("Reach", "0.6")
        said(lesson, "0.6 m, Seated <press>, pads: False")
        lesson.type("Reach", "0.2")
        lesson.press_on("Shoulder pads", "Space")
        said(lesson, "0.2 m, Seated <press>, pads: True")
        lesson.move("Reach", 4)
        assert lesson.settled_as("failed")
        assert (
            lesson.message() == "These values could not be calculated. The last answer stays above."
        )
        assert "ZeroDivisionError" not in page.text("lesson-widget")
        listen(page)
        lesson.move("Reach", -1)
        assert lesson.settled_as("live")
        said(lesson, "0.5 m, Seated <press>, pads: True")
        assert page.evaluate("heard") == [""]  # Python still runs, so nobody is told of a start
        assert lesson.message() == ""
        # it was started from its files once, as the image might have been to blame, and lived on
        assert len(with_new_widget.asked(r"/python-image-")) == 1
        assert len(with_new_widget.asked(r"/stdlib-")) == 1


def test_python_that_loops_for_ever_is_stopped_and_starts_again_with_the_newest_question(
    engine: Engine, with_new_widget: SiteServer
) -> None:
    with engine.open(with_new_widget.url + ONLY_PYTHON) as page:
        lesson = LessonPage(page)
        lesson.move("Reach", 1)
        said(lesson, "0.3 m, Seated <press>, pads: False")
        lesson.type("Reach", "0")
        assert lesson.settled_as("failed")
        assert lesson.message() == (
            "Live calculation took too long and was stopped. The last answer stays above."
        )
        said(lesson, "0.3 m, Seated <press>, pads: False")
        listen(page)
        lesson.move("Reach", 2)
        said(lesson, "0.2 m, Seated <press>, pads: False")
        assert lesson.settled_as("live")
        heard = page.evaluate("heard")
        assert (heard[0], heard[-1]) == ("Starting live calculation …", "")
        assert lesson.message() == ""


def test_a_slip_at_the_very_first_question_is_not_taken_for_a_failed_start(
    engine: Engine, with_new_widget: SiteServer
) -> None:
    with engine.open(f"{with_new_widget.url}second/") as page:
        lesson = LessonPage(page)
        lesson.press_on("Shoulder pads", "Space")
        assert lesson.settled_as("failed")
        assert (
            lesson.message() == "These values could not be calculated. The last answer stays above."
        )
        lesson.press_on("Shoulder pads", "Space")
        said(lesson, "0.8 m, 45° sled, pads: False")
