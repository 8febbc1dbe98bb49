"""The pages without Material, as files: whole without script, strict enough for a content policy."""

import re
from html import unescape
from pathlib import Path

import pytest

from hooks.kiosk import slides
from hooks.light_page import in_the_dark
from hooks.machine_pages import CONTROLS, NOT_REVIEWED, POSTERS, described_machines
from hooks.machine_settings import MachineSettings, finder
from interactive import care_cards
from tests import drawn_code
from tests.conftest import SITE_URL

ALONE = [f"m/{found.slug}" for found in described_machines()] + ["kiosk"]


def words_of(page: Path) -> str:
    text = re.sub(r"<noscript>.*?</noscript>", "", page.read_text(), flags=re.DOTALL)
    return " ".join(unescape(re.sub("<[^>]+>", " ", text)).split())


@pytest.mark.parametrize("machine", described_machines(), ids=lambda machine: machine.slug)
def test_a_machine_s_page_holds_settings_stop_sign_and_emergency_card_in_their_one_wording(
    site: Path, machine: MachineSettings
) -> None:
    page = site / "m" / machine.slug / "index.html"
    said = words_of(page)
    assert f"{machine.machine.name}: what to set" in page.read_text()
    for one in machine.settings:
        assert one.do in said
        assert one.why in said
        assert " ".join(one.model.split()) in said
    for name, words in machine.assumed:
        assert " ".join([name, *words.split()]) in said
    assert care_cards.stop() in said
    assert NOT_REVIEWED in said
    html = page.read_text()
    assert care_cards.emergency_card() in html
    answer = finder().answer(machine.start).html
    assert answer
    assert answer in html
    assert 'href="../../lessons/setup/"' in html
    assert 'href="../../about/offline/"' in html
    names = re.findall(r'<input type="range"[^>]* name="(\w+)"', html)
    assert names == list(CONTROLS)


@pytest.mark.parametrize("place", ALONE)
def test_a_page_of_its_own_needs_no_inline_script_and_no_inline_style(
    site: Path, place: str
) -> None:
    html = (site / place / "index.html").read_text()
    assert re.findall(r"<script(?![^>]* src=)[^>]*>", html) == []
    assert re.findall(r"<[^>]+\s(?:style|on\w+)=", html) == []
    assert "<style" not in html
    assert '<html lang="en">' in html
    assert len(re.findall("<h1>", html)) == 1


def test_the_page_for_gyms_leads_to_every_page_every_poster_and_the_screen(site: Path) -> None:
    html = (site / "machines/index.html").read_text()
    for found in described_machines():
        for name in ("", *(name for name, _ in POSTERS)):
            assert f'href="../m/{found.slug}/{name}"' in html
    assert 'href="../kiosk/"' in html


def test_the_lobby_screen_has_no_links_and_asks_for_nothing(site: Path) -> None:
    html = (site / "kiosk/index.html").read_text()
    assert re.findall(r"<(?:a|input|select|textarea|form|iframe|audio|video)\b", html) == []
    said = words_of(site / "kiosk/index.html")
    shown = slides(SITE_URL)
    assert all(slide.sentence in said for slide in shown)
    assert sum("side-view" in slide.picture for slide in shown) >= 4
    assert care_cards.stop() in {slide.sentence for slide in shown}
    [code] = re.findall(r'<path d="([^"]+)" class="ink">', html)
    assert drawn_code.read(code) == SITE_URL
    for lesson in "12345":
        assert f"Lesson {lesson}, " in said


def test_styles_of_pages_of_their_own_know_nothing_of_the_switch_of_colours(site: Path) -> None:
    for name in ("machine.css", "kiosk.css"):
        style = (site / "stylesheets" / name).read_text()
        assert "data-md-color-scheme" not in style
        assert ".care-card" in style
        assert style.count("{") == style.count("}")
    # every dark rule of a widget stands where it can be found
    whole = (site / "runtime/lesson-widget.css").read_text()
    outside = re.sub(r"@media (?:screen|print) \{.*?^\}", "", whole, flags=re.DOTALL | re.MULTILINE)
    assert "slate" not in outside
    assert in_the_dark(whole).count("prefers-color-scheme: dark") == whole.count("@media screen {")
