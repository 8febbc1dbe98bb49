"""Words, self-checks and formulas of a lesson work by keyboard, without script and on a narrow phone."""

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.engines import Engine
from tests.conftest import ROOT, Build
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

FRONT = r"""# Front

Not yet reviewed by a health professional.

A deep press folds the hips until the pelvis tucks.
The hamstrings pull it under, where the backrest ends. (evidence: measured in people, without load)

!!! verdict "Tight hip flexors make the pelvis tuck"

    **Wrong direction.** In a folded hip they are slack.

``` self-check
You lower the backrest by 5 degrees. What happens to the fold?

(x) It gets 5 degrees smaller.
    The fold is a plain sum. (evidence: from mechanics)
( ) That depends on the machine.
    The machine's angles are already in the sum.
```

``` formula
tex: L = s \, \Phi + (1 - s) \, w \, \ln \left( 1 + \exp \frac{\Phi - h}{w} \right) + a + b + c + d + e + f
say: the bend is its share of the fold, and more at the end.
```
"""
MEANING = "getComputedStyle(document.querySelector('.term > a'), '::after')"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A site whose front page holds one of everything."""
    folder = tmp_path_factory.mktemp("syntax")
    content = folder / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "index.md").write_text(FRONT)
    with SiteServer(folder / "site") as running:
        build = Build(folder / "site", "--site-url", running.url, "--content", str(content))
        assert build.worked, build.output
        yield running


def test_an_option_is_opened_by_keyboard_without_script(engine: Engine, lesson: SiteServer) -> None:
    with engine.open(lesson.url, javascript=False) as page:
        assert not page.visible(".option .right")
        page.focus(".option > summary")
        page.press("Enter")
        page.wait_until("document.querySelector('.option').open")
        assert page.visible(".option .right")
        assert not page.visible(".option .not-quite")
        assert page.text(".option[open] p").startswith("Right. The fold is a plain sum.")


def test_a_word_explains_itself_when_the_keyboard_reaches_it_without_script(
    engine: Engine, lesson: SiteServer
) -> None:
    with engine.open(lesson.url, javascript=False) as page:
        assert page.text(".term") == "pelvis tucks"
        assert page.evaluate(f"{MEANING}.content") == "none"
        page.focus(".term")
        page.tab()
        page.wait_until("document.activeElement.matches('.term > a')")
        # Firefox gives the rule, not the text; the box around the text has two lines or more
        assert "rolls backwards" in page.evaluate("document.activeElement.ariaDescription")
        assert page.evaluate(f"{MEANING}.content") != "none"
        assert page.evaluate(f"parseFloat({MEANING}.height)") > 20
        page.press("Enter")
        page.wait_until("location.href.endsWith('about/glossary/#posterior-pelvic-tilt')")
        # the address changes before the page is there
        page.wait_until("document.querySelector('#posterior-pelvic-tilt')?.checkVisibility()")


def test_nothing_is_wider_than_the_narrowest_phone(engine: Engine, lesson: SiteServer) -> None:
    with engine.open(lesson.url, viewport=(320, 640)) as page:
        words = page.evaluate("document.querySelectorAll('.term > a').length")
        assert words >= 4
        for at in range(words):
            page.evaluate(f"document.querySelectorAll('.term > a')[{at}].focus()")
            assert page.evaluate(FITS)
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert page.evaluate(FITS)


def test_a_wide_formula_scrolls_in_its_own_box_by_keyboard(
    engine: Engine, lesson: SiteServer
) -> None:
    with engine.open(lesson.url, viewport=(320, 640), reduced_motion=True) as page:
        assert page.evaluate(
            "(b => b.scrollWidth > b.clientWidth)(document.querySelector('.formula-box'))"
        )
        page.focus(".formula-box")
        page.press("ArrowRight", 3)
        page.wait_until("document.querySelector('.formula-box').scrollLeft > 0")
        assert page.evaluate(FITS)


def test_a_formula_is_drawn_by_the_browser_itself(engine: Engine, lesson: SiteServer) -> None:
    with engine.open(lesson.url, javascript=False) as page:
        upper, lower = page.evaluate(
            "[...document.querySelector('mfrac').children].map(e => e.getBoundingClientRect().toJSON())"
        )
        assert upper["bottom"] <= lower["top"] + 1
        assert page.text(".formula figcaption").startswith("In words: the bend is its share")
