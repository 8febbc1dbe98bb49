"""What a reader keeps for the gym: every file once, with its hash, and the same list each time."""

import hashlib
import json
import re
from fnmatch import fnmatchcase
from pathlib import Path
from struct import unpack
from urllib.parse import unquote

import pytest

from hooks.kept_values import KeptTable
from hooks.offline import NOT_KEPT, let_readers_keep
from hooks.reader_storage import stored, stored_table
from tests.conftest import ROOT

WORKER = (ROOT / "interactive/runtime/service-worker.js").read_text()
LINE = re.compile(r'^    ("[^"]*"): (\["[0-9a-f]{64}", \d+\]),$', re.MULTILINE)


def listed(site: Path) -> list[tuple[str, str, int]]:
    """Return address, hash and size of every file in the list."""
    found = LINE.findall((site / "service-worker.js").read_text())
    return [(json.loads(address), *json.loads(file)) for address, file in found]


def version(site: Path) -> str:
    found = re.search(
        r'^  version: "(\w{12})",$', (site / "service-worker.js").read_text(), re.MULTILINE
    )
    assert found
    return found[1]


def small_site(folder: Path, front_page: str = "hello") -> Path:
    for name, text in {
        "index.html": front_page,
        "a lesson/index.html": "a",
        "404.html": "none",
        "main.css.map": "{}",
        "e/widget/index.html": "embedded",
        ".gitkeep": "",
        "sitemap.xml.gz": "gz",
        "runtime/python.wasm": "0" * 9000,
        "runtime/service-worker.js": WORKER,
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_the_list_holds_every_file_once_with_its_hash_and_size(site: Path) -> None:
    found = listed(site)
    files = set()
    for address, digest, size in found:
        file = site / unquote(address)
        file = file / "index.html" if address == "" or address.endswith("/") else file
        body = file.read_bytes()
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (digest, size), address
        files.add(file)
    assert len(files) == len(found)
    left = {path for path in site.rglob("*") if path.is_file()} - files
    for path in left:
        name = path.relative_to(site).as_posix()
        assert any(fnmatchcase(name, pattern) for pattern in NOT_KEPT), f"{name} is forgotten"
    for needed in ("404.html", "sitemap.xml", "search/search_index.json", "about/offline/", ""):
        assert needed in {address for address, _, _ in found}


def test_the_stated_sizes_are_those_of_the_list_and_within_the_budget(site: Path) -> None:
    sizes = json.loads((site / "offline.json").read_text())
    assert sum(part["kept"] for part in sizes.values()) == sum(size for _, _, size in listed(site))
    for part in sizes.values():
        assert 0 < part["fetched"] < part["kept"]
    assert sizes["lessons"]["fetched"] < 1_000_000


def test_what_is_not_for_readers_is_not_kept_and_the_same_site_gives_the_same_bytes(
    tmp_path: Path,
) -> None:
    one, two = small_site(tmp_path / "one"), small_site(tmp_path / "two")
    other = small_site(tmp_path / "other", "hello again")
    for folder in (one, two, other):
        let_readers_keep(folder, "https://lessons.example/legpress/", KeptTable())
    assert {address for address, _, _ in listed(one)} == {
        "",
        "a%20lesson/",
        "404.html",
        "runtime/python.wasm",
    }
    assert not (one / "runtime/service-worker.js").exists()
    for name in ("service-worker.js", "offline.json"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert version(one) != version(other)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "[::1]:8000"])
def test_a_site_shown_to_its_writers_keeps_nothing(tmp_path: Path, host: str) -> None:
    site = small_site(tmp_path)
    let_readers_keep(site, f"http://{host}/legpress/", KeptTable())
    assert list(site.rglob("service-worker.js")) == []
    assert not (site / "offline.json").exists()


def test_the_site_can_be_installed_as_an_app_below_its_own_path(site: Path) -> None:
    manifest = json.loads((site / "app.webmanifest").read_text())
    assert manifest["name"] == "Can the Leg Press Hurt Your Back?"
    assert (manifest["start_url"], manifest["scope"]) == (".", ".")
    shapes = {icon.get("purpose", "any") for icon in manifest["icons"]}
    assert shapes == {"any", "maskable"}
    for icon in [*manifest["icons"], {"src": "icons/apple-touch-icon.png", "sizes": "180x180"}]:
        head = (site / icon["src"]).read_bytes()[:24]
        assert head.startswith(b"\x89PNG")
        assert "{}x{}".format(*unpack(">II", head[16:])) == icon["sizes"]
    lesson = (site / "lessons/biomechanics/index.html").read_text()
    assert '<link rel="manifest" href="../../app.webmanifest">' in lesson
    assert '<link rel="apple-touch-icon" href="../../icons/apple-touch-icon.png">' in lesson


def test_the_privacy_page_shows_the_whole_list_of_what_is_stored(site: Path) -> None:
    assert stored_table() in (site / "about/privacy/index.html").read_text()
    assert len({entry["name"] for entry in stored()}) == len(stored())


def test_every_lesson_leads_to_the_page_that_saves_it(site: Path) -> None:
    lessons = sorted(site.glob("lessons/*/index.html"))
    assert lessons
    assert all('href="../../about/offline/"' in lesson.read_text() for lesson in lessons)
