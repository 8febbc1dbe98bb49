"""A lesson in a course system, scorm-again on an origin of its own: a record of what was answered."""

import json
from urllib.parse import urlencode

import pytest

from tests.browser.engines import Engine, Page
from tests.browser.test_accessibility import AXE, TAGS
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

BRACING = "course/lessons/bracing/index.html"


class Course:
    """What a learner does with a lesson in the frame, and what the system has heard."""

    def __init__(self, page: Page, lms: SiteServer) -> None:
        self.page, self.lms = page, lms
        self.frame = "document.querySelector('iframe').contentDocument"

    def launch(self, lesson: str, system: str, **more: str) -> None:
        asked = urlencode({"lesson": lesson, "system": system, **more})
        self.page.goto(f"{self.lms.url}?{asked}")
        self.page.wait_until(f"!!{self.frame}.querySelector('course-record:defined')")

    def says(self, sentence: str) -> None:
        """Wait until the status says this: a browser tells of an opened option a moment later."""
        said = f"{self.frame}.querySelector('course-record').textContent"
        self.page.wait_until(f"{said} === {json.dumps(sentence)}")

    def answer(self, question: int, option: int) -> None:
        """Open an option with the keyboard."""
        options = (
            f"{self.frame}.querySelectorAll('.self-check')[{question}].querySelectorAll('details')"
        )
        self.page.evaluate(f"({options}[{option}].querySelector('summary').focus(), 1)")
        self.page.press("Enter")
        self.page.wait_until(f"{options}[{option}].open")

    def heard(self, name: str) -> str:
        return str(self.page.evaluate(f"API.getCMIValue('cmi.{name}')"))


def test_a_lesson_reports_that_it_is_finished_and_its_score(
    engine: Engine, lms: SiteServer
) -> None:
    lms.settle()
    with engine.open(lms.url) as page:
        course = Course(page, lms)
        course.launch(BRACING, "works")
        course.says("Your course is connected. You have answered 0 of 4 questions.")
        assert course.heard("core.lesson_status") == "incomplete"
        course.answer(0, 0)
        course.answer(0, 1)  # the right one, but only to read why
        course.answer(1, 0)
        course.says("Your course is connected. You have answered 2 of 4 questions.")
        assert course.heard("core.score.raw") == ""
        for question in (2, 3):
            right = f"{course.frame}.querySelectorAll('.self-check')[{question}]"
            at = f"[...{right}.querySelectorAll('details')].findIndex(d => d.querySelector('.right'))"
            course.answer(question, page.evaluate(at))
        finished = "Your course has this lesson as finished. You had 3 of 4 right at first."
        course.says(finished)
        told = [
            course.heard(f"core.{name}") for name in ("lesson_status", "score.raw", "score.max")
        ]
        assert told == ["completed", "75", "100"]
        assert course.heard("suspend_data") == "wrrr"
        assert (
            page.evaluate("API.cmi.core.toJSON().exit") == "suspend"
        )  # or the answers are forgotten
        page.evaluate("(document.querySelector('iframe').src = 'about:blank', 1)")
        page.wait_until("API.isTerminated()")
        assert page.console_errors == []


SILENT = "The course system does not answer, so nothing is recorded. All else works."
SENTENCES = {
    "missing": "There is no course system here, so nothing is recorded. All else works.",
    "refuses": SILENT,
    "breaks": SILENT,
    "stops": "The course system did not take that, so it may not be recorded. All else works.",
}


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_a_lesson_reads_on_where_its_course_system_does_not(
    engine: Engine, lms: SiteServer
) -> None:
    with engine.open(lms.url) as page:
        course = Course(page, lms)
        for system, sentence in SENTENCES.items():
            course.launch(BRACING, system)
            course.says(sentence)
            course.answer(0, 1)
            course.says(sentence)
            assert page.evaluate(f"!!{course.frame}.querySelector('.option[open] .right')")
        assert page.console_errors == []


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_a_learner_who_comes_back_goes_on_where_they_stopped(
    engine: Engine, lms: SiteServer
) -> None:
    with engine.open(lms.url) as page:
        course = Course(page, lms)
        course.launch(BRACING, "works", kept="rw--")
        course.says("Your course is connected. You have answered 2 of 4 questions.")
        course.answer(0, 0)
        assert course.heard("suspend_data") == "rw--"
        for nonsense in ("rrrrrrrr", "r?--", "null"):  # of another lesson, or of a system's own
            course.launch(BRACING, "works", kept=nonsense)
            course.says("Your course is connected. You have answered 0 of 4 questions.")


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_a_lesson_in_a_window_of_its_own_finds_the_system_that_opened_it(
    engine: Engine, lms: SiteServer
) -> None:
    with engine.open(lms.url + "?system=works") as page:
        page.evaluate(f"(window.opened = open({json.dumps(BRACING)}), 1)")
        page.wait_until("API.isInitialized()")
        page.wait_until(
            "opened.document.querySelector('course-record').textContent.includes('0 of 4')"
        )


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_a_lesson_in_a_course_is_whole_without_script(engine: Engine, lms: SiteServer) -> None:
    with engine.open(lms.url + BRACING, javascript=False, viewport=(360, 800)) as page:
        assert page.visible("lesson-widget .widget-answer")
        assert page.text("noscript") == "Without JavaScript nothing is recorded."
        page.focus(".option > summary")
        page.press("Enter")
        assert page.visible(".option[open] p")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_axe_finds_nothing_in_a_packaged_lesson(engine: Engine, lms: SiteServer) -> None:
    for dark in (False, True):
        with engine.open(lms.url + BRACING, viewport=(360, 800), dark=dark) as page:
            page.wait_until("!!document.querySelector('course-record').textContent")
            assert (page.evaluate("document.body.dataset.mdColorScheme") == "slate") is dark
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            page.evaluate(f"(() => {{ {AXE.read_text()} }})(), true")
            found = page.evaluate(
                f"axe.run({{runOnly: {TAGS}}}).then(result => result.violations.flatMap(v =>"
                " v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)}`)))"
            )
            assert found == []
