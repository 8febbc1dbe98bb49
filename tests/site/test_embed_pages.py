"""The pages that others frame, and what describes them, as they were built."""

import gzip
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from hooks.built_page import built_pages
from hooks.embed_pages import GYM_INPUTS, body_inputs
from hooks.html_files import read_html
from hooks.kept_values import KeptTable
from interactive.catalogue import widget_named, widget_names
from tests.conftest import ROOT, SITE_URL

LIMIT = 40_000  # bytes on the way before a touch


def framed(site: Path) -> dict[str, str]:
    """Return the pages to be framed, by their address below /e/v1/."""
    home = site / "e/v1"
    pages = sorted(home.rglob("index.html"))
    return {path.parent.relative_to(home).as_posix(): path.read_text() for path in pages}


def on_the_way(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def test_every_widget_and_every_lesson_has_a_page_without_the_site_around_it(site: Path) -> None:
    pages = framed(site)
    lessons = [path.parent.name for path in (ROOT / "content/lessons").glob("*/index.md")]
    wanted = {*widget_names(), *(f"lesson/{slug}" for slug in lessons)}
    assert wanted == {name for name in pages if not name.startswith("page/")}
    for name in wanted:
        text = pages[name]
        assert '<meta name="robots" content="noindex">' in text
        canonical = re.search(r'<link rel="canonical" href="([^"]+)">', text)
        assert canonical
        whole = urlsplit(canonical[1]).path.removeprefix("/legpress/")
        assert (site / whole / "index.html").is_file(), name
        if name.startswith("lesson/"):
            assert whole == f"lessons/{name.removeprefix('lesson/')}/"
        else:
            assert f' name="{name}" ' in (site / whole / "index.html").read_text()
        assert re.search(r">Read the whole (lesson|page)</a> · <a [^>]+>Can the Leg Press", text)
        assert "md-header" not in text
        assert "headerlink" not in text
        # a strict policy can be written for it as it is
        assert re.search(r"\s(style|on\w+)=", re.sub(r'"[^"]*"', '""', text)) is None
        assert set(re.findall(r"<script([^>]*)>", text)) == set(re.findall(r'<script( [^>]*src="[^"]+"[^>]*)></script>', text))  # fmt: skip
        for tag, link in re.findall(r'(<a\b[^>]*?\shref="([^"]*)"[^>]*>)', text):
            assert link.startswith("#") or 'target="_blank" rel="noopener"' in tag, link


def test_a_framed_lesson_says_what_the_lesson_says(site: Path) -> None:
    def words(html: str) -> str:
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())

    for page in built_pages(read_html(site), KeptTable()):
        if page.is_lesson:
            [article] = re.findall(r"<article[^>]*>(.*?)</article>", page.text, re.DOTALL)
            article = re.sub(r'<a class="headerlink".*?</a>', "", article)
            article = re.sub(r'<div class="lesson-end">.*?</div>', "", article, flags=re.DOTALL)
            [main] = re.findall(
                r"<main[^>]*>(.*?)</main>", framed(site)[f"lesson/{page.slug}"], re.DOTALL
            )
            assert words(main) == words(article), page.address


def test_no_page_costs_more_than_40_kilobytes_before_a_touch(site: Path) -> None:
    for name, text in framed(site).items():
        if name.startswith("page/"):
            continue
        address = urljoin(SITE_URL, f"e/v1/{name}/")
        fetched = re.findall(r'<(?:script|img)[^>]* src="([^"]+)"', text)
        fetched += re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
        files = {
            urlsplit(urljoin(address, reference)).path.removeprefix("/legpress/")
            for reference in fetched
        }
        whole = len(gzip.compress(text.encode(), 6)) + sum(
            on_the_way(site / file) for file in files
        )
        assert whole <= LIMIT, f"{name}: {whole} bytes"
    assert on_the_way(site / "e/v1/embed.js") <= 2048


def test_an_address_never_sets_anything_of_a_body() -> None:
    assert not set(GYM_INPUTS) & set(body_inputs())
    for name in ("stature_cm", "body_mass_kg", "straight_leg_raise_deg", "own_hip_flexion_deg", "skin_numb"):  # fmt: skip
        assert name in body_inputs()


def test_colours_are_judged_on_the_grounds_that_the_style_sheet_has() -> None:
    style = (ROOT / "interactive/runtime/lesson-widget.css").read_text()
    script = (ROOT / "interactive/runtime/frame.js").read_text()
    grounds = re.findall(r"--widget-ground: #(\w+);", style)
    told = re.search(r'GROUNDS = \{ default: "(\w+)", slate: "(\w+)" \}', script)
    assert told
    assert list(told.groups()) == grounds[:2]


def test_every_page_leads_to_its_description_which_shows_a_frame_of_it(site: Path) -> None:
    pages = built_pages(read_html(site), KeptTable())
    assert len(pages) > 20
    assert len({page.slug for page in pages}) == len(pages)
    for page in pages:
        link = f'href="{SITE_URL}oembed/{page.slug}.json"'
        at = page.text.index('<link rel="alternate" type="application/json+oembed"')
        assert page.text.index(link) - at < 100
        assert at < page.text.index("<title>")
        told = json.loads((site / f"oembed/{page.slug}.json").read_text())
        assert (told["type"], told["version"]) == ("rich", "1.0")
        frame = re.fullmatch(
            f'<blockquote><a href="{SITE_URL}{page.address}">[^<]+</a></blockquote>'
            r'<iframe src="([^"]+)" title="[^"]+" width="100%" height="\d+" frameborder="0"></iframe>',
            told["html"],
        )
        assert frame, told["html"]
        place = urlsplit(frame[1]).path.removeprefix("/legpress/")
        assert (site / place / "index.html").is_file()
        assert told["title"] in page.text
        assert (place == "e/v1/risk-calculator/") == (page.address == "calculator/")


def test_what_a_gym_may_set_is_known_to_some_widget() -> None:
    known = {field for name in widget_names() for field in widget_named(name).controls}
    assert set(GYM_INPUTS) <= known
