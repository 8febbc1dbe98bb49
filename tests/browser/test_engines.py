"""The machinery itself, on pages of a few lines: what a test tells a browser or the server to do is done."""

import gzip
import json
import struct
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.engines import Engine, NeverHappened
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

PAGES = {
    "index.html": """<!doctype html><title>Controls</title><style>#below { margin-top: 2000px }</style>
        <p id=scripts>no scripts</p><noscript><p id=without>works without</p></noscript>
        <input id=slider type=range min=0 max=100 value=50><button id=button>press me</button>
        <p id=hidden hidden>secret</p><a id=next href=next/>next</a><p id=below>the end</p>
        <script>
          var inputs = 0, trusted = true, pointer = '';
          scripts.textContent = 'scripts';
          slider.oninput = event => { inputs += 1; trusted &&= event.isTrusted; };
          button.onpointerdown = event => { pointer = event.pointerType; };
          button.onclick = event => { trusted &&= event.isTrusted; button.textContent = 'pressed'; };
        </script>""",
    "next/index.html": "<!doctype html><title>Next</title><p>the next page</p>",
    "worker.js": """import { word } from './word.mjs';
        onmessage = async ({ data }) => postMessage(await new Function('word', data)(word));""",
    "word.mjs": "export const word = 'from a module';",
    "text.txt": "0123456789" * 1000,
    "wheel.whl": "0123456789" * 1000,
    "data.json": "{}",
    "code.wasm": "wasm",
    "drawing.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SiteServer]:
    for name, text in PAGES.items():
        file = tmp_path / "site" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    with SiteServer(tmp_path / "site") as server:
        yield server


def in_worker(code: str, worker: str = "'worker.js'") -> str:
    """JavaScript for: what does this code return in a module worker?"""
    return (
        "new Promise((resolve, reject) => {"
        f" const worker = new Worker({worker}, {{type: 'module'}});"
        " worker.onmessage = ({data}) => resolve(data);"
        " worker.onerror = error => reject(new Error(error.message));"
        f" worker.postMessage({json.dumps(code)}) }})"
    )


def fetched(name: str, read: str = "answer.text()") -> str:
    """JavaScript for: what comes when the page fetches this?"""
    return f"fetch({name!r}).then(answer => {read}).catch(error => 'failed')"


# ---- a reader's verbs


def test_going_on_waits_for_the_new_page_whatever_the_old_one_does_to_its_history(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url) as page:
        page.evaluate("void setInterval(() => history.replaceState(null, ''), 50)")
        with server.fault("/next/", hang=True) as fault:
            threading.Timer(1, fault.release).start()
            page.goto(server.url + "next/")
            assert page.evaluate("document.title") == "Next"


def test_keys_move_a_slider_as_a_hand_does(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        page.focus("#slider")
        page.press("ArrowRight", times=5)
        assert page.evaluate("[slider.value, inputs, trusted]") == ["55", 5, True]
        page.press("Home")
        assert page.evaluate("slider.value") == "0"
        page.press("End")
        page.press("ArrowLeft")
        assert page.evaluate("slider.value") == "99"


def test_the_tabulator_walks_on_and_back(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        page.focus("#slider")
        page.tab()
        assert page.evaluate("document.activeElement.id") == "button"
        page.press("Space")
        assert page.text("#button") == "pressed"
        page.press("Shift+Tab")
        assert page.evaluate("document.activeElement.id") == "slider"


def test_a_click_is_the_pointer_s(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        page.click("#button")
        assert page.text("#button") == "pressed"
        assert page.evaluate("[pointer, trusted]") == ["mouse", True]


def test_what_is_hidden_or_not_there_is_not_visible(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        assert page.visible("#button")
        assert not page.visible("#hidden")
        assert not page.visible("#nowhere")
        with pytest.raises(AssertionError, match="there is no #nowhere"):
            page.text("#nowhere")


def test_back_returns_from_a_page_and_from_a_state_of_a_page(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url) as page:
        page.click("#next")
        page.wait_until("document.title === 'Next'")
        page.back()
        page.wait_until("document.title === 'Controls'")
        page.evaluate("history.pushState(1, '', 'instant/')")
        assert page.url == server.url + "instant/"
        page.back()
        page.wait_until("location.pathname === '/legpress/'")
        assert page.text("#scripts") == "scripts"


def test_waiting_in_vain_says_what_for_and_what_came(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        page.evaluate("console.error('the reason')")
        with pytest.raises(NeverHappened, match="for inputs > 3 && inputs; last: False") as raised:
            page.wait_until("inputs > 3 && inputs", seconds=0)
        assert ("the reason" in str(raised.value)) == engine.hears_console
        with pytest.raises(AssertionError, match="no such luck"):
            page.evaluate("Promise.reject(new Error('no such luck'))")


def test_a_page_under_a_strict_policy_can_be_asked(engine: Engine, server: SiteServer) -> None:
    server.fault("", headers={"Content-Security-Policy": "default-src 'self'"})
    with engine.open(server.url) as page:
        assert page.text("#scripts") == "no scripts"
        assert page.evaluate("Promise.resolve(document.title)") == "Controls"


# ---- a reader's browser


@pytest.mark.parametrize("width", [320, 1440])
def test_a_page_is_as_wide_as_asked_and_its_picture_as_tall_as_it_is(
    engine: Engine, server: SiteServer, tmp_path: Path, width: int
) -> None:
    with engine.open(server.url, viewport=(width, 800)) as page:
        assert page.evaluate("[innerWidth, innerHeight]") == [width, 800]
        page.screenshot(tmp_path / "window.png", full_page=False)
        page.screenshot(tmp_path / "page.png")
        assert size_of(tmp_path / "window.png") == (width, 800)
        assert size_of(tmp_path / "page.png")[0] == width
        assert size_of(tmp_path / "page.png")[1] > 2000
        assert page.evaluate("[innerWidth, innerHeight]") == [width, 800]


def size_of(picture: Path) -> tuple[int, int]:
    return struct.unpack(">II", picture.read_bytes()[16:24])


def test_dark_and_calm_are_what_the_page_sees(engine: Engine, server: SiteServer) -> None:
    seen = "['prefers-color-scheme: dark', 'prefers-reduced-motion: reduce'].map(q => matchMedia(`(${q})`).matches)"
    with engine.open(server.url) as page:
        assert page.evaluate(seen) == [False, False]
    with engine.open(server.url, dark=True, reduced_motion=True) as page:
        assert page.evaluate(seen) == [True, True]


def test_without_javascript_a_page_shows_its_noscript_part(
    engine: Engine, server: SiteServer, tmp_path: Path
) -> None:
    with engine.open(server.url, javascript=False) as page:
        assert page.text("#scripts") == "no scripts"
        assert page.visible("#without")
        page.screenshot(tmp_path / "page.png")
        page.click("#next")
        page.wait_until("document.title === 'Next'")
        page.back()
        page.focus("#next")
        page.press("Enter")
        page.wait_until("document.title === 'Next'")
    with engine.open(server.url) as page:
        assert page.text("#scripts") == "scripts"
        assert not page.visible("#without")


def test_without_webassembly_neither_page_nor_worker_has_it(
    engine: Engine, server: SiteServer
) -> None:
    kind = "typeof WebAssembly"
    with engine.open(server.url) as page:
        assert page.evaluate(f"({kind})") == "object"
        assert page.evaluate(in_worker(f"return {kind}")) == "object"
    with engine.open(server.url, webassembly=False) as page:
        assert page.evaluate(f"({kind})") == "undefined"
        assert page.evaluate(in_worker(f"return {kind}")) == "undefined"


def test_a_worker_imports_modules(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        assert page.evaluate(in_worker("return word")) == "from a module"


def test_a_page_finds_nothing_of_another_one(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as first, engine.open(server.url) as second:
        first.evaluate("localStorage.setItem('mine', 'yes')")
        assert first.evaluate("localStorage.getItem('mine')") == "yes"
        assert second.evaluate("localStorage.getItem('mine')") is None
    with engine.open(server.url) as third:
        assert third.evaluate("localStorage.getItem('mine')") is None


# ---- the server: who asks for what


def test_a_site_that_keeps_to_itself_is_not_reported(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        page.evaluate(in_worker("return fetch('text.txt').then(answer => answer.text())"))
        page.evaluate("(new Image().src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=')")
        assert server.foreign_requests_of(page) == []
    assert [request.status for request in server.asked(r"worker\.js|word\.mjs|text\.txt")] == [
        200
    ] * 3


def test_a_foreign_request_of_a_page_is_reported(
    engine: Engine, server: SiteServer, tmp_path: Path
) -> None:
    with SiteServer(tmp_path, "/", reports=False) as other, engine.open(server.url) as page:
        page.evaluate(f"(new Image().src = '{other.url}picture.png')")
        assert [request.url for request in server.foreign_requests_of(page)] == [
            f"{other.url}picture.png"
        ]
        assert server.foreign_requests[0].page == server.url


@pytest.mark.parametrize(
    "worker",
    [
        "'worker.js'",
        "URL.createObjectURL(new Blob([`import '${location}worker.js'`], {type: 'text/javascript'}))",
        "`data:text/javascript,import '${location}worker.js'`",
    ],
    ids=["file", "blob", "data"],
)
def test_a_foreign_request_of_a_worker_is_reported(
    engine: Engine, server: SiteServer, tmp_path: Path, worker: str
) -> None:
    server.headers["Access-Control-Allow-Origin"] = "*"  # a data: worker is nobody's
    with SiteServer(tmp_path, "/", reports=False) as other, engine.open(server.url) as page:
        code = f"return fetch('{other.url}x').then(() => 'came', () => 'refused')"
        assert page.evaluate(in_worker(code, worker)) == "refused"  # the other one does not share
        reported = [request.url for request in server.foreign_requests_of(page)]
        assert f"{other.url}x" in reported


# ---- the server: what goes wrong


def test_a_missing_and_a_broken_answer(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page:
        with server.fault(r"\.txt$", status=500):
            assert page.evaluate(fetched("text.txt", "answer.status")) == 500
        with server.fault(r"\.txt$", status=404):
            assert page.evaluate(fetched("text.txt", "answer.status")) == 404
        assert page.evaluate(fetched("text.txt", "answer.status")) == 200
    assert [request.status for request in server.asked("text.txt")] == [500, 404, 200]


@pytest.mark.parametrize("name", ["text.txt", "wheel.whl"])
def test_a_download_that_is_cut_fails_and_the_next_one_works(
    engine: Engine, server: SiteServer, name: str
) -> None:
    with engine.open(server.url) as page:
        with server.fault(name, cut=True):
            assert page.evaluate(fetched(name)) == "failed"
        assert page.evaluate(fetched(name)) == PAGES[name]


@pytest.mark.parametrize("name", ["text.txt", "wheel.whl"])
def test_a_flipped_bit_changes_one_byte(engine: Engine, server: SiteServer, name: str) -> None:
    with engine.open(server.url) as page, server.fault(name, flip=True):
        spoilt = page.evaluate(fetched(name))
    assert sum(one != other for one, other in zip(spoilt, PAGES[name], strict=True)) == 1


def test_an_answer_that_hangs_comes_when_it_is_released(engine: Engine, server: SiteServer) -> None:
    with engine.open(server.url) as page, server.fault(r"\.txt$", hang=True) as fault:
        page.evaluate(
            "void (window.came = false, fetch('text.txt').then(() => { came = true }), 0)"
        )
        assert page.evaluate(fetched("wheel.whl", "answer.status")) == 200
        assert not page.evaluate("came")
        fault.release()
        page.wait_until("came")


def test_headers_are_added_replaced_and_taken_away(engine: Engine, server: SiteServer) -> None:
    read = "['X-Extra', 'Cache-Control', 'Vary'].map(name => answer.headers.get(name))"
    changed = {"X-Extra": "yes", "Cache-Control": "no-store", "Vary": None}
    with engine.open(server.url) as page:
        with server.fault(r"\.txt$", headers=changed):
            assert page.evaluate(fetched("text.txt", read)) == ["yes", "no-store", None]
        assert page.evaluate(fetched("text.txt", read)) == [None, "no-cache", "Accept-Encoding"]


# ---- the server, without a browser


def ask(url: str, **headers: str) -> tuple[int, str, bytes]:
    """Return status, type and body."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers["Content-Type"], error.read()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("word.mjs", "text/javascript"),
        ("data.json", "application/json"),
        ("code.wasm", "application/wasm"),
        ("wheel.whl", "application/zip"),
        ("drawing.svg", "image/svg+xml"),
    ],
)
def test_files_have_the_types_that_browsers_insist_on(
    server: SiteServer, name: str, kind: str
) -> None:
    assert ask(server.url + name)[:2] == (200, kind)


def test_only_the_folder_is_served_and_only_below_its_prefix(
    server: SiteServer, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    assert ask(server.origin + "/")[0] == 404
    assert ask(server.origin + "/next/")[0] == 404
    assert ask(server.url + "../secret.txt")[0] == 404
    assert ask(server.url + "%2e%2e/secret.txt")[0] == 404
    assert ask(server.url + "/etc/passwd")[0] == 404
    assert ask(server.url + "next")[2] == PAGES["next/index.html"].encode()
    assert ask(server.origin + "/legpress")[2] == PAGES["index.html"].encode()
    (tmp_path / "site" / "404.html").write_text("our own page")
    assert ask(server.url + "nowhere/")[::2] == (404, b"our own page")


def test_text_is_compressed_for_those_who_take_it(server: SiteServer) -> None:
    plain = PAGES["text.txt"].encode()
    takes_it = {"Accept-Encoding": "gzip, br"}
    assert ask(server.url + "text.txt")[2] == plain
    assert gzip.decompress(ask(server.url + "text.txt", **takes_it)[2]) == plain
    assert ask(server.url + "wheel.whl", **takes_it)[2] == PAGES["wheel.whl"].encode()
