"""A reader of a translated lesson moves a control and reads on in the same language."""

import pytest

from tests.browser.engines import Engine
from tests.browser.lesson_page import LessonPage
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

KNEE = "Kniebeugung am tiefsten Punkt"


@pytest.mark.parametrize("python", ["", "?engine=pyodide"], ids=["starter first", "pyodide"])
def test_an_answer_after_a_move_is_german_and_so_is_what_the_widget_says(
    engine: Engine, server: SiteServer, python: str
) -> None:
    with engine.open(server.url + "de/lessons/biomechanics/" + python) as page:
        lesson = LessonPage(page)
        lesson.move(KNEE, 3)
        assert lesson.settled() == "live"
        said = page.text("lesson-widget [data-say]")
        assert said.startswith("Unterer Rücken: ")
        assert "seines eigenen Beugebereichs" in said
        assert "Verlass auf den Winkel: hoch" in lesson.outcome()
        # a number that the slider does not have
        page.evaluate(
            "(box => (box.value = '999', box.dispatchEvent(new Event('change', {bubbles: true}))))"
            "(document.querySelector('[data-twin=knee_deg]')), 1"
        )
        assert lesson.message() == f"{KNEE}: von 20 bis 140°."
        page.evaluate("document.querySelector('[data-tool=save]').click(), 1")
        assert lesson.message() == (
            "Nur in diesem Browser gespeichert, bis du es auf der Seite Privacy löschst."
            f" Gespeichert sind: {KNEE} 98°."
        )


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_the_switch_in_the_head_changes_text_and_language_and_back(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "lessons/biomechanics/") as page:
        for language, title in (
            ("de", "Was am tiefsten Punkt"),
            ("en", "What happens at the bottom"),
        ):
            page.evaluate(
                f"document.querySelector('.md-select__link[hreflang={language}]').click(), 1"
            )
            page.wait_until(f"document.querySelector('h1')?.textContent.startsWith('{title}')")
            assert page.evaluate("document.documentElement.lang") == language
