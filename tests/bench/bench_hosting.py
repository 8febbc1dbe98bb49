"""What an embed costs its host: a thousand page views through a cache, and a load with wrk; nginx on this machine."""

import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.engines import engines
from tests.browser.install import from_debian
from tests.browser.lesson_page import LessonPage
from tests.conftest import SITE_URL, Build
from tests.nginx import find_nginx, nginx_serves

VIEWS = 1000
CONNECTIONS, SECONDS = 16, 5
LESSON = "lessons/biomechanics/"
HEADERS = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Answer:
    """A line of nginx's log."""

    status: int
    sent_bytes: int
    address: str


@dataclass
class Cache:
    """A cache before the host, which keeps what it may and asks again where it must.

    Attributes:
        kept: by address, the mark with which to ask again; nothing where it need not ask.
    """

    host: HTTPConnection
    kept: dict[str, str | None] = field(default_factory=dict)

    def fetch(self, address: str) -> None:
        mark = self.kept.get(address, "")
        if mark is None:
            return
        self.host.request(
            "GET", address, headers=HEADERS | ({"If-None-Match": mark} if mark else {})
        )
        answer = self.host.getresponse()
        answer.read()
        assert answer.status == (304 if mark else 200), f"{address}: {answer.status}"
        control = answer.headers["Cache-Control"]
        assert control, f"{address} says nothing of caches"
        self.kept[address] = None if "immutable" in control else answer.headers["ETag"]


def rows() -> list[dict[str, Any]]:
    """Return what reaches the host, and what it bears."""
    for name, found in (("nginx", find_nginx), ("wrk", lambda: shutil.which("wrk"))):
        trouble = "" if found() else from_debian(name)
        assert found(), f"{name}: {trouble}"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build = Build(folder / "site", "--site-url", SITE_URL)
        assert build.worked, build.output
        (folder / "nginx").mkdir()
        with nginx_serves(build.site_dir, SITE_URL, folder / "nginx") as url:
            log = folder / "nginx" / "access.log"
            page = embed(build.site_dir)
            assets = visited(url + page, log)
            return [*_views(page, url, assets, log), *_load(url, page)]


def embed(site: Path) -> str:
    """Return the address of a widget as gyms embed it; of a lesson, where the site has no such pages."""
    found = (
        path
        for path in sorted(site.glob("e/v1/*/index.html"))
        if "<lesson-widget" in path.read_text()
    )
    first = next(found, None)
    return first.relative_to(site).as_posix().removesuffix("index.html") if first else LESSON


def visited(address: str, log: Path) -> list[str]:
    """Return all that one visit fetches until Python itself has answered."""
    before = len(log.read_text().splitlines())
    with engines() as browsers, browsers.get("chromium").open(address) as page:
        lesson = LessonPage(page)
        lesson.touch(lesson.labels()[0])
        assert lesson.settled() == "live"
        page.wait_until(
            "document.querySelector('lesson-widget').dataset.engine === 'pyodide'", seconds=120
        )
    answers = [answer for answer in _answers(log)[before:] if answer.status == 200]
    return list(dict.fromkeys(answer.address for answer in answers))


def _views(page: str, url: str, assets: list[str], log: Path) -> list[dict[str, Any]]:
    before = len(_answers(log))
    cache = Cache(HTTPConnection(urlsplit(url).netloc))
    for _ in range(VIEWS):
        for address in assets:
            cache.fetch(address)
    cache.host.close()
    answers = _answers(log)[before:]
    whole = [answer for answer in answers if answer.status == 200]
    again = [answer for answer in answers if answer.status == 304]
    assert len(whole) + len(again) == len(answers)
    what = f"{VIEWS} views of {page} through a cache"
    set_kb = sum(answer.sent_bytes for answer in whole) / 1000
    again_kb = sum(answer.sent_bytes for answer in again) / 1000 / VIEWS
    asked_again = sum(mark is not None for mark in cache.kept.values())
    return [
        _row(f"{what}: files sent whole", len(whole), "files", len(assets)),
        _row(f"{what}: the one full set", set_kb, "KB", None),
        _row(
            f"{what}: questions a view whether files changed", len(again) / VIEWS, "", asked_again
        ),
        _row(f"{what}: bytes of those answers a view", again_kb, "KB", 0.6 * asked_again),
    ]


def _load(url: str, page: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for name in (page, "runtime/manifest.json"):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency"]
        command += ["-H", "Accept-Encoding: gzip", url + name]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        [speed] = re.findall(r"Requests/sec:\s+([\d.]+)", told)
        failed = re.findall(r"Non-2xx or 3xx responses: (\d+)", told)
        broken = re.findall(r"Socket errors: .*", told)
        named = f"wrk, {CONNECTIONS} connections, {SECONDS} s: {name}"
        found += [
            _row(named, float(speed), "answers/s", None),
            _row(f"{named}: errors", sum(map(int, failed)) + len(broken), "", 0),
        ]
    return found


def _answers(log: Path) -> list[Answer]:
    lines = (line.split(" ", 2) for line in log.read_text().splitlines())
    return [Answer(int(status), int(size), address) for status, size, address in lines]


def _row(name: str, value: float, unit: str, limit: float | None) -> dict[str, Any]:
    holds = limit is None or value <= limit
    return {"name": name, "value": value, "unit": unit, "limit": limit, "holds": holds}
