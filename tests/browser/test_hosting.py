"""The built site behind a real nginx, under the settings that are built with it."""

import gzip
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from hooks.headers import ASK_AGAIN, BY_PATH, KEEP, NGINX, TYPES, rule_for
from tests.browser.engines import Engine
from tests.browser.lesson_page import LessonPage
from tests.browser.test_lesson import KNEE, html
from tests.conftest import SITE_URL
from tests.nginx import find_nginx, nginx_serves

pytestmark = pytest.mark.browser

LESSON = "lessons/biomechanics/"


@pytest.fixture(scope="module")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site behind nginx."""
    if not find_nginx():
        what = "nginx is not installed; 'python -m tests.browser.install' tries to install it"
        # a machine of one's own may lack it; where CI=true that is a failure
        pytest.fail(what) if os.environ.get("CI") == "true" else pytest.skip(what)
    with nginx_serves(site, SITE_URL, tmp_path_factory.mktemp("nginx")) as url:
        yield url


def ask(url: str, **headers: str) -> tuple[int, Message, bytes]:
    """Return status, headers and body."""
    asked = urllib.request.Request(
        url, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    try:
        with urllib.request.urlopen(asked) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def test_every_file_comes_with_the_headers_of_its_kind_and_its_type(
    address: str, site: Path
) -> None:
    seen = set()
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not path.is_file() or name.startswith(".") or name == BY_PATH or "/lunr/" in name:
            continue
        seen.add(rule_for(name).name)
        status, headers, body = ask(address + name.removesuffix("index.html"))
        assert status == 200, name
        assert body == path.read_bytes(), name
        for header, value in rule_for(name).headers().items():
            assert headers.get_all(header) == [value], f"{name}: {header}"
        if path.suffix[1:] in TYPES:
            assert headers.get_content_type() == TYPES[path.suffix[1:]], name
        if path.suffix == ".wasm":
            assert headers["Content-Type"] == "application/wasm"
    assert seen >= {"pages", "assets", "runtime", "engines"}


def test_every_file_of_an_embed_is_kept_for_good_or_asked_for_again_by_a_mark(
    address: str, site: Path
) -> None:
    names = [path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()]
    embeds = [name for name in names if name.startswith(("e/", "runtime/"))]
    kept, asked_again = set(), set()
    for name in embeds:
        _, headers, _ = ask(address + name.removesuffix("index.html"))
        if headers["Cache-Control"] == KEEP:
            kept.add(name)
        else:
            assert (headers["Cache-Control"], bool(headers["ETag"])) == (ASK_AGAIN, True), name
            asked_again.add(name)
    assert kept | asked_again == set(embeds)
    told = json.loads((site / "runtime/manifest.json").read_text())
    large = {
        f"runtime/{engine['home']}{part['name']}"
        for engine in (told["pyodide"], told["starter"])
        for part in engine.values()
        if isinstance(part, dict)
    }
    assert len(large) == 8
    assert large <= kept
    assert {f"runtime/{told[engine]['worker']}" for engine in told} <= kept
    assert {"runtime/manifest.json", "runtime/lesson-widget.js"} <= asked_again


def test_what_changes_is_asked_for_again_in_a_few_bytes(address: str) -> None:
    for name in ("", "runtime/manifest.json", LESSON):
        _, first, _ = ask(address + name)
        status, again, body = ask(address + name, If_None_Match=first["ETag"])
        assert (status, body) == (304, b"")
        assert again["Cache-Control"] == "no-cache"


def test_the_compressed_twin_is_sent_to_those_who_take_it(address: str, site: Path) -> None:
    told = json.loads((site / "runtime/manifest.json").read_text())["pyodide"]
    name = f"runtime/{told['home']}{told['wasm']['name']}"
    _, headers, body = ask(address + name, Accept_Encoding="gzip")
    assert body == Path(f"{site / name}.gz").read_bytes()
    assert headers["Content-Encoding"] == "gzip"
    assert headers["Content-Type"] == "application/wasm"
    assert headers["Vary"] == "Accept-Encoding"
    assert headers["Cache-Control"] == KEEP
    _, headers, body = ask(address + LESSON, Accept_Encoding="gzip")
    assert gzip.decompress(body) == (site / LESSON / "index.html").read_bytes()


def test_what_is_not_there_gets_our_page_and_is_not_kept_for_a_year(
    address: str, site: Path
) -> None:
    for name in ("no/such/page/", "runtime/pyodide-1.2.3/gone.mjs", "assets/gone.01234567.js"):
        status, headers, body = ask(address + name)
        assert (status, body) == (404, (site / "404.html").read_bytes())
        assert headers["Cache-Control"] == "no-cache"
        assert headers["X-Content-Type-Options"] == "nosniff"
    for name in (NGINX, BY_PATH):
        assert (site / name).is_file()
        assert ask(address + name)[0] == 404


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_python_runs_there(engine: Engine, address: str) -> None:
    with engine.open(f"{address}{LESSON}?engine=pyodide") as page:
        lesson = LessonPage(page)
        lesson.move(KNEE, 3)
        lesson.answered(html(knee_deg=98))
        assert lesson.settled() == "live"
        assert page.console_errors == []
