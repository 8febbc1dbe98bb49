"""What a gym's web person finds on the page to copy from, before any script runs."""

import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

from hooks.embed_snippets import MEGABYTES, Home, lessons_shown, widgets_shown
from interactive.catalogue import widget_names
from tests.conftest import SITE_URL

EMBEDDED = f"{SITE_URL}e/v1/"


def snippets(site: Path) -> list[str]:
    page = (site / "embedding/index.html").read_text()
    return [
        unescape(code) for code in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL)
    ]


class Tags(HTMLParser):
    def __init__(self, snippet: str) -> None:
        super().__init__()
        self.found: dict[str, dict[str, str | None]] = {}
        self.feed(snippet)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] = dict(attrs)


def test_every_snippet_is_whole_without_script(site: Path) -> None:
    found = snippets(site)
    assert len(found) >= 8
    assert not [snippet for snippet in found if re.search(r"\{\w+\}", snippet)]
    for snippet in found:
        tags = Tags(snippet).found
        if frame := tags.get("iframe"):
            assert frame["src"] == f"{EMBEDDED}lesson/setup/"
            assert frame["title"] == "Set up your machine"
            assert {"loading", "width", "height", "sandbox", "referrerpolicy"} <= set(frame)
        elif "back-check" in tags:
            assert tags["back-check"] == {"lesson": "setup"}
            assert tags["script"]["src"] == f"{EMBEDDED}embed.js"
        else:
            assert snippet in (f"{EMBEDDED}lesson/setup/", f"{SITE_URL}lessons/setup/")
        if "a" in tags:  # what stays where a frame is taken out
            assert tags["a"]["href"] == f"{SITE_URL}lessons/setup/"


def test_every_lesson_and_tool_can_be_chosen_and_is_at_home_on_a_page(site: Path) -> None:
    page = (site / "embedding/index.html").read_text()
    names = [path.parent.name for path in site.glob("lessons/*/index.html")]
    home = Home(SITE_URL, names)
    shown = [*lessons_shown(home), *widgets_shown(home)]
    assert {one.name for one in shown} == {f"lesson/{name}" for name in names} | {*widget_names()}
    for one in shown:
        assert f'value="{one.name}"' in page
        assert f"<code>{one.name}/</code>" in page
        assert (site / one.page / "index.html").is_file()
    known = {one.name for one in shown if one.asks_machine}
    assert {"lesson/setup", "setup-finder", "risk-calculator"} <= known
    assert not {"lesson/bracing", "breath-pacer"} & known


def test_the_page_says_how_large_the_packages_are(site: Path) -> None:
    page = (site / "embedding/index.html").read_text()
    for package in (site / "scorm").iterdir():
        assert f'href="{SITE_URL}scorm/{package.name}"' in page
        assert round(package.stat().st_size / 1e6) == MEGABYTES


def test_a_copy_for_the_gym_holds_the_page_but_no_package(site: Path) -> None:
    kept = (site / "service-worker.js").read_text()
    assert json.dumps("embedding/") in kept
    assert "scorm/" not in kept
    assert "course-record.js" not in kept
