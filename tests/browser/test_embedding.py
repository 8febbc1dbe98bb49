"""A lesson and a widget in other people's pages, each on an origin of its own."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from hooks.release_archive import make_release, unpack_releases
from interactive.catalogue import widget_named
from tests.browser.engines import Engine, Engines, Page
from tests.browser.lesson_page import LessonPage
from tests.browser.test_accessibility import AXE, TAGS
from tests.embed_hosts import HostPages
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

KNEE = "Knee bend at the bottom"
CORS = "Access-Control-Allow-Origin"
DEPTH = "e/v1/depth-explorer/"
TALLEST = 60_000  # pixels; no host makes a frame taller
SANDBOX = 'sandbox="allow-scripts"'


def fits(page: Page, css: str = "iframe") -> None:
    """Wait until a frame is as tall as what is in it."""
    with page.inside(css):
        page.wait_until(
            "document.querySelector('.embed') &&"
            " Math.abs(document.documentElement.getBoundingClientRect().height - innerHeight) < 2"
        )


def html(widget: str, **inputs: Any) -> str:
    answer = widget_named(widget).answer(inputs).html
    assert answer is not None
    return answer


def test_one_tag_becomes_a_frame_that_says_its_height_and_hears_nobody_else(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    guests.settle()
    script = f'<script src="{guests.url}e/v1/embed.js"></script>'
    lesson_page = f"{guests.url}lessons/setup/"
    address = gym.page(
        f'{script}<back-check widget="setup-finder" theme="dark" accent="ffd166">'
        f'<a href="{lesson_page}">Find your setup</a></back-check>{script}'
        f'<p><a data-back-check href="{guests.url}{DEPTH}?plain=1">How deep</a></p>'
        f'<back-check widget="../../no"><a href="{lesson_page}">A plain link</a></back-check>'
        f"<iframe id=forger srcdoc='nothing'></iframe>",
        head=script,
    )
    with engine.open(address, viewport=(900, 900)) as page:
        frames = "[...document.querySelectorAll('iframe')]"
        page.wait_until(f"{frames}.length === 3")
        told = f"{frames}.map(f => [f.title, f.loading, f.getAttribute('sandbox')?.split(' ')[0]])"
        assert page.evaluate(told)[:2] == [
            ["Find your setup", "lazy", "allow-scripts"],
            ["How deep", "lazy", "allow-scripts"],
        ]
        assert page.text("back-check[widget='../../no']") == "A plain link"
        fits(page)
        page.evaluate(
            "(heard.length = 0, document.querySelector('iframe').contentWindow.postMessage({type: 'backcheck:hello'}, '*'))"
        )
        # the other frame speaks when it likes, and this one again if its height changes
        page.wait_until("heard.filter(([, , frame]) => frame === 0).length >= 4")
        said = [message for _, message, frame in page.evaluate("heard") if frame == 0][:4]
        assert said == [
            {"type": "backcheck:height", "v": 1, "height": said[0]["height"]},
            {"subject": "lti.frameResize", "height": said[0]["height"]},
            {"sentinel": "amp", "type": "embed-size", "height": said[0]["height"]},
            said[3],
        ]
        assert json.loads(said[3]) == {
            "src": f"{guests.url}e/v1/setup-finder/?theme=dark&accent=ffd166",
            "context": "iframe.resize",
            "height": said[0]["height"],
        }
        page.evaluate(
            "(f => { window.seen = []; new MutationObserver(() => seen.push(f.style.height))"
            ".observe(f, {attributes: true}) })(document.querySelector('iframe'))"
        )
        forged = [{"type": "backcheck:height", "v": 1, "height": 77}, {"message": "height", "value": 77}]  # fmt: skip
        page.evaluate(f"{json.dumps(forged)}.forEach(m => postMessage(m, '*'))")
        page.evaluate(
            "(f => f.contentWindow.eval(\"parent.postMessage({type: 'backcheck:height', height: 77}, '*')\"))"
            "(document.querySelector('#forger'))"
        )
        with page.inside("iframe"):
            for odd in ("null", "7", "'{'", "[]", "{type: 'backcheck:height', height: '77'}"):
                page.evaluate(f"parent.postMessage({odd}, '*')")
            page.evaluate("parent.postMessage({type: 'backcheck:height', height: 1e9}, '*')")
            page.evaluate("parent.postMessage({type: 'backcheck:height', height: -5}, '*')")
        page.wait_until("seen.includes('40px')")
        seen = page.evaluate("seen")
        assert seen[:2] == [f"{TALLEST}px", "40px"]
        # a frame that is made too small says its height again
        assert "77px" not in seen
        assert page.console_errors == []
        with page.inside("iframe"):
            assert guests.foreign_requests_of(page) == []


BAD = {
    "nothing=1&lang=xx&%E0%A4=%": "",
    "accent=eeeeee": "The colour asked for is hard to read here, so this shows our own.",
    "accent=red;}": "The colour asked for is no colour, so this shows our own.",
    "machine=__proto__": "The machine asked for is not known here, so this shows our starting values.",
    "stature_cm=190&body_mass_kg=120": (
        "Values of a body are never taken from an address. Enter them here, and they stay with you."
    ),
    "theme=%3Cscript%3E&static=%22%3E%3Cimg%20src=x%20onerror=parent.bad=1%3E": "",
    "backrest_deg=400": "",
    "rail_deg=%3Cimg%20src=x%20onerror=parent.bad=1%3E": "",
    "static=1": "",
    "static=1&machine=sled-35": "This still picture shows our starting values.",
    "units=us#v1&depth-explorer-1&knee_deg=%3Cb%3E&__proto__=1": "",
    "#?secret=%22%3E%3Cscript%3E": "",
}
UNUSABLE = "The values in this link cannot be used, so this shows the starting values."
ALSO = {"backrest_deg=400", "rail_deg=%3Cimg%20src=x%20onerror=parent.bad=1%3E"}


def test_bad_wishes_in_the_address_leave_the_page_readable_with_a_calm_note(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    frames = [
        f'<iframe id=f{at} {SANDBOX if at % 2 else ""} src="{guests.url}{DEPTH}'
        f'{"" if query.startswith("#") else "?"}{query.replace("&", "&amp;")}"></iframe>'
        for at, query in enumerate(BAD)
    ]
    start = html("depth-explorer")
    with engine.open(gym.page("".join(frames))) as page:
        for at, (query, note) in enumerate(BAD.items()):
            with page.inside(f"#f{at}"):
                page.wait_until("document.querySelector('lesson-widget')?.matches(':defined')")
                assert page.evaluate("document.querySelector('.embed-note').textContent") == note
                if query in ALSO:
                    said = "document.querySelector('.widget-message').textContent"
                    page.wait_until(f"{said} === {json.dumps(UNUSABLE)}")
                if "units=us" not in query:
                    LessonPage(page).answered(start)
                if query.startswith("static=1"):
                    assert not page.visible("[name=knee_deg]")
                    assert page.visible("legend")
                else:
                    assert page.evaluate("document.querySelector('[name=stature_cm]') === null")
                    assert page.evaluate("document.querySelector('lesson-widget').inputs").get(
                        "stature_cm"
                    ) == pytest.approx(175, abs=1)
        assert page.evaluate("window.bad === undefined")
        assert page.console_errors == []


def test_without_cors_or_inside_another_frame_a_page_is_complete_and_still_tells_its_height(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    inner = gym.page(
        f'<script src="{guests.url}e/v1/embed.js"></script>'
        '<back-check widget="hip-test" height="300"></back-check>'
    )
    address = gym.page(
        f'<iframe id=poor {SANDBOX} src="{guests.url}e/v1/lesson/bracing/"></iframe>'
        f'<iframe id=nested src="{inner}" height=600></iframe>'
    )
    with (
        guests.fault(r"/runtime/", headers={CORS: None}),
        engine.open(address, viewport=(360, 740)) as page,
    ):
        page.wait_until(
            "heard.some(([from, m]) => from === 'null' && m.subject === 'lti.frameResize')"
        )
        with page.inside("#poor"):
            page.wait_until("document.querySelector('.embed-note').textContent")
            assert (
                page.text(".embed-note")
                == "Here nothing can be moved. The page below this one can."
            )
            assert page.visible("h1")
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            LessonPage(page).answered(html("breath-pacer"))
        with page.inside("#nested"):
            fits(page)
            with page.inside("iframe"):
                assert page.visible("lesson-widget legend")
                # a jump inside the page leaves the reader's values in the address
                assert page.visible(".embed-end a")


def test_without_scripts_a_frame_of_fixed_height_shows_all(
    engine: Engine, guests: SiteServer, gym: HostPages
) -> None:
    frame = f'<iframe src="{guests.url}{DEPTH}" height=640 width="100%"></iframe>'
    tag = f'<back-check widget="depth-explorer">{frame}</back-check>'
    address = gym.page(tag)
    with (
        engine.open(address, javascript=False, viewport=(360, 740)) as page,
        page.inside("iframe"),
    ):
        assert "Low back:" in page.text("output")
        assert page.visible(".embed-end a")


def test_a_lesson_costs_what_the_build_says_before_a_touch(
    browsers: Engines, guests: SiteServer, gym: HostPages
) -> None:
    engine = browsers.get("chromium")
    for lesson in ("lesson/setup/", "risk-calculator/?machine=sled-45"):
        guests.settle()
        frame = f'<iframe src="{guests.url}e/v1/{lesson}"></iframe>'
        with engine.open(gym.page(frame)) as page, page.inside("iframe"):
            page.wait_until("document.querySelector('lesson-widget').matches(':defined')")
            page.wait_until("performance.now() > 1500")
            fetched = {
                urlsplit(request.path).path: request.sent_bytes for request in guests.requests
            }
            assert sum(fetched.values()) <= 40_000, fetched
            assert len(fetched) > 4
            assert not any("worker" in path or "manifest" in path for path in fetched)


def test_axe_finds_nothing_on_a_framed_page_and_none_is_wider_than_a_phone(
    browsers: Engines, guests: SiteServer
) -> None:
    home = guests.folder / "e/v1"
    pages = [path.parent.relative_to(home).as_posix() for path in home.rglob("index.html")]
    asked = [f"{name}/" for name in sorted(pages) if not name.startswith("page/")]
    asked += [f"{name}?theme=dark&accent=7fd6e0&body_mass_kg=1" for name in ("lesson/setup/", "risk-calculator/")]  # fmt: skip
    with browsers.get("chromium").open(
        guests.url, viewport=(320, 800), reduced_motion=True
    ) as page:
        for address in asked:
            page.goto(f"{guests.url}e/v1/{address}")
            page.wait_until("document.querySelector('lesson-widget').matches(':defined')")
            page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
            assert page.evaluate("document.body.scrollHeight") < TALLEST / 2, address
            page.evaluate(f"(() => {{ {AXE.read_text()} }})(), true")
            found = page.evaluate(
                f"axe.run({{runOnly: {TAGS}}}).then(result => result.violations.flatMap(v =>"
                " v.nodes.map(n => `${v.id}: ${n.html.slice(0, 120)} (${n.failureSummary})`)))"
            )
            assert found == [], f"{address}:\n" + "\n".join(found)


def test_a_frozen_release_runs_from_its_own_files(
    browsers: Engines, guests: SiteServer, gym: HostPages, tmp_path: Path
) -> None:
    make_release("frozen", guests.folder, tmp_path / "frozen.tar.gz", tmp_path)
    unpack_releases(tmp_path, guests.folder, tmp_path)
    guests.settle()
    home = f"{guests.url}e/r/frozen/"
    tag = f'<script src="{home}embed.js"></script><back-check widget="depth-explorer"></back-check>'
    with browsers.get("chromium").open(gym.page(tag)) as page:
        fits(page)
        with page.inside("iframe"):
            assert page.evaluate("location.href") == f"{home}depth-explorer/"
            lesson = LessonPage(page)
            lesson.move(KNEE, 3)
            page.wait_until(
                "document.querySelector('lesson-widget').dataset.engine === 'pyodide'", seconds=120
            )
            lesson.answered(html("depth-explorer", knee_deg=98))
        assert page.console_errors == []
    assert guests.asked(r"/e/r/files/\w+/pyodide-lean-\w+\.wasm$")
    assert guests.asked("/runtime/|/e/v1/|/stylesheets/") == []
