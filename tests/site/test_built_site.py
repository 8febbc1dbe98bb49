"""The built site as a whole: what it links to, what it asks for, and when it refuses to be built."""

import gzip
import json
import os
import re
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit
from zipfile import ZIP_STORED, ZipFile

import brotli
import pytest

from hooks import CACHE
from hooks.browser_bundle import (
    PYODIDE,
    package_and_lock,
    python_image,
    python_script,
    source_wheel,
    standard_library,
)
from tests.conftest import ROOT, SITE_URL, Build

BROKEN = """# A broken front page

``` interactive depth-exploror
```

``` interactive depth-explorer
knee_deg: 400
```
"""


class References(HTMLParser):
    """Everything that a page names: links and assets, and the anchors it offers."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self.feed(page.read_text())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in ("href", "src") and value:
                self.found.append(value)
            if name in ("id", "name") and value:
                self.anchors.add(value)


def pages(site: Path) -> Iterator[tuple[str, Path]]:
    for page in sorted(site.rglob("*.html")):
        yield urljoin(SITE_URL, page.relative_to(site).as_posix().removesuffix("index.html")), page


def test_every_link_and_asset_leads_somewhere(site: Path) -> None:
    checked = 0
    for address, page in pages(site):
        for reference in References(page).found:
            target = urlsplit(urljoin(address, reference))
            if f"{target.scheme}://{target.netloc}/" not in SITE_URL:
                continue
            assert target.path.startswith("/legpress/"), f"{page.name} leaves the site: {reference}"
            file = site / unquote(target.path).removeprefix("/legpress/")
            file = file / "index.html" if file.is_dir() else file
            assert file.is_file(), f"{page.relative_to(site)} names {reference}, which is not there"
            if target.fragment and file.suffix == ".html":
                assert unquote(target.fragment) in References(file).anchors, reference
            checked += 1
    assert checked > 50


def test_no_page_fetches_anything_from_a_foreign_host(site: Path) -> None:
    for _, page in pages(site):
        text = page.read_text()
        fetched = re.findall(r'<(?:script|img|iframe|source)[^>]+src="([^"]+)"', text)
        fetched += re.findall(
            r'<link[^>]+rel="(?:stylesheet|preload|preconnect|icon)"[^>]*href="([^"]+)"', text
        )
        foreign = [f for f in fetched if urlsplit(f).netloc not in ("", "lessons.example")]
        assert not foreign, f"{page.relative_to(site)} fetches {foreign}"


def test_every_lesson_can_be_edited_where_it_is_kept(site: Path) -> None:
    lessons = sorted((site / "lessons").glob("*/index.html"))
    assert lessons
    for page in lessons:
        top, end = re.findall(r'href="([^"]+/edit/main/[^"]+)"', page.read_text())
        assert top == end
        assert top.endswith(f"/edit/main/content/lessons/{page.parent.name}/index.md")


def test_the_lock_file_registers_our_wheel_and_nothing_that_is_not_hosted(site: Path) -> None:
    home = site / "runtime"
    told = json.loads((home / "manifest.json").read_text())["pyodide"]
    lock = json.loads((home / told["home"] / told["lock"]["name"]).read_text())
    assert list(lock["packages"]) == ["interactive"]
    ours = lock["packages"]["interactive"]
    assert ours["file_name"] == told["package"]["name"]
    assert bytes.fromhex(ours["sha256"]) == b64decode(told["package"]["hash"])
    assert lock["info"]["python"].startswith("3.14")


def test_every_file_of_the_runtime_has_twins_for_hosts_that_send_them(site: Path) -> None:
    files = [path for path in (site / "runtime").rglob("*") if path.suffix not in (".gz", ".br")]
    plain = [path for path in files if path.is_file()]
    assert len(plain) > 15
    for path in plain:
        assert gzip.decompress(Path(f"{path}.gz").read_bytes()) == path.read_bytes()
        assert brotli.decompress(Path(f"{path}.br").read_bytes()) == path.read_bytes()


def test_our_package_travels_as_bytecode_and_is_the_same_each_time(
    site: Path, tmp_path: Path
) -> None:
    told = json.loads((site / "runtime/manifest.json").read_text())["pyodide"]
    shipped = site / "runtime" / told["home"] / told["package"]["name"]
    assert package_and_lock(tmp_path)[0].read_bytes() == shipped.read_bytes()
    with ZipFile(shipped) as packed:
        names = set(packed.namelist())
    assert "interactive/browser.pyc" in names
    others = {name for name in names if not name.endswith(".pyc")}
    described = {f"interactive-0.1.0.dist-info/{part}" for part in ("METADATA", "WHEEL")}
    licences = {name for name in others if "/licenses/" in name}
    assert others - licences == {"interactive/care-cards.md"} | described


def test_the_same_sources_give_the_same_wheel_wherever_and_whenever_it_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = (source_wheel(tmp_path / "one"), *package_and_lock(tmp_path / "one"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1900000000")  # another commit's time
    second = (source_wheel(tmp_path / "two"), *package_and_lock(tmp_path / "two"))
    for one, two in zip(first, second, strict=True):
        assert one.name == two.name
        assert one.read_bytes() == two.read_bytes()


def test_the_standard_library_is_bytecode_of_what_is_needed_and_the_same_each_time(
    site: Path, tmp_path: Path
) -> None:
    told = json.loads((site / "runtime/manifest.json").read_text())["pyodide"]
    shipped = site / "runtime" / told["home"] / told["stdlib"]["name"]
    again = standard_library(tmp_path)
    assert again.name == shipped.name
    assert again.read_bytes() == shipped.read_bytes()
    with ZipFile(shipped) as packed:
        names = packed.namelist()
        assert all(name.endswith(".pyc") for name in names)
        assert {entry.compress_type for entry in packed.infolist()} == {ZIP_STORED}
    with ZipFile(PYODIDE / "python_stdlib.zip") as stock:
        assert len(names) < len(stock.namelist()) / 2
    assert "dataclasses.pyc" in names
    assert "unittest/__init__.pyc" not in names


def test_the_image_of_python_is_the_same_each_time(site: Path, tmp_path: Path) -> None:
    told = json.loads((site / "runtime/manifest.json").read_text())["pyodide"]
    shipped = site / "runtime" / told["home"] / told["image"]["name"]
    package, lock = package_and_lock(tmp_path)
    again = python_image(
        tmp_path, python_script(tmp_path), standard_library(tmp_path), lock, package
    )
    assert again.name == shipped.name
    assert again.read_bytes() == shipped.read_bytes()


# what a build keeps of pages; the rest of the cache is files that are made once, and takes minutes
KEPT = ("pages", "templates", "framed", "tables", "gym-pages", "bibliography", "machines")


def test_two_builds_under_two_dates_give_the_same_bytes_and_what_was_kept_changes_none(
    site: Path, tmp_path: Path
) -> None:
    later, cache = tmp_path / "later", tmp_path / "cache"
    cache.mkdir()
    assert all((CACHE / name).exists() for name in KEPT)
    for entry in CACHE.iterdir():
        if entry.name not in KEPT:
            (cache / entry.name).symlink_to(entry)
    travel = (
        "import datetime as d, time_machine, sys;"
        "time_machine.travel(d.datetime(2031, 5, 17, 3, 4, 5, tzinfo=d.UTC)).start();"
        "from hooks.make_site import main; assert d.date.today().year == 2031; sys.exit(main())"
    )
    command = [sys.executable, "-c", travel, "--site-dir", str(later), "--site-url", SITE_URL]
    empty = {**os.environ, "LESSONS_CACHE": str(cache)}
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=empty)
    assert ran.returncode == 0, ran.stderr
    assert all((cache / name).exists() for name in KEPT)
    files = {path.relative_to(site) for path in site.rglob("*") if path.is_file()}
    assert files == {path.relative_to(later) for path in later.rglob("*") if path.is_file()}
    assert [
        str(file)
        for file in sorted(files)
        if (site / file).read_bytes() != (later / file).read_bytes()
    ] == []


def test_a_broken_lesson_fails_the_build_which_names_every_problem_and_leaves_the_old_site(
    lessons_with: Callable[[str], Path], tmp_path: Path
) -> None:
    site_dir = tmp_path / "site"
    site_dir.mkdir()
    (site_dir / "index.html").write_text("the old site")
    build = Build(site_dir, "--content", str(lessons_with(BROKEN)))
    assert not build.worked
    assert "content/index.md:3: There is no widget 'depth-exploror'." in build.output
    assert "content/index.md:7: knee_deg: '400' is not possible." in build.output
    assert "Traceback" not in build.output
    assert [path.name for path in site_dir.rglob("*")] == ["index.html"]
    assert (site_dir / "index.html").read_text() == "the old site"


@pytest.mark.parametrize("link", ["nowhere.md", "lessons/biomechanics/index.md#no-such-part"])
def test_a_link_that_leads_nowhere_fails_the_build(
    lessons_with: Callable[[str], Path], tmp_path: Path, link: str
) -> None:
    build = Build(tmp_path / "site", "--content", str(lessons_with(f"# Front\n\n[here]({link})\n")))
    assert not build.worked
    assert "content/index.md:3: " in build.output
    assert link.rpartition("#")[2] in build.output


@pytest.mark.parametrize("program", ["mkdocs", "properdocs"])
def test_the_plain_commands_build_the_same_pages_and_refuse_a_broken_lesson(
    program: str, site: Path, tmp_path: Path, lessons_with: Callable[[str], Path]
) -> None:
    config = (ROOT / "mkdocs.yml").read_text().replace("hooks: [", f"hooks: [{ROOT}/")
    config = config.replace("custom_dir: ", f"custom_dir: {ROOT}/")

    def built(content: Path, into: str) -> subprocess.CompletedProcess[str]:
        settings = tmp_path / "mkdocs.yml"
        settings.write_text(config.replace("docs_dir: content", f"docs_dir: {content}"))
        command = [
            sys.executable,
            "-m",
            program,
            "build",
            "-f",
            str(settings),
            "-d",
            str(tmp_path / into),
        ]
        environment = {
            "SITE_URL": SITE_URL,
            "PATH": str(Path(sys.executable).parent),
            "HOME": str(tmp_path),
        }
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    whole = built(ROOT / "content", "whole")
    assert whole.returncode == 0, whole.stderr
    generator = re.compile(r'<meta name="generator"[^>]+>')
    for _, page in pages(site):
        twin = tmp_path / "whole" / page.relative_to(site)
        assert generator.sub("", twin.read_text()) == generator.sub("", page.read_text()), page
    broken = built(lessons_with(BROKEN), "broken")
    assert broken.returncode != 0
    assert (
        "content/index.md:3: There is no widget 'depth-exploror'." in broken.stdout + broken.stderr
    )
