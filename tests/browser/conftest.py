"""Three engines and the built site over HTTP."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest

from hooks.content_policy import with_policies
from hooks.html_files import read_html, write_html
from hooks.kept_values import KeptTable
from tests.browser.engines import ENGINES, Engine, EngineMissing, Engines, engines
from tests.conftest import Build
from tests.embed_hosts import HostPages
from tests.site_server import SiteServer

SCORM_AGAIN = Path(sys.prefix) / "npm/node_modules/scorm-again/dist/scorm12.min.js"
# a course system has no type for .wasm, .mjs and .whl
UNKNOWN = {"Content-Type": "document/unknown", "X-Content-Type-Options": "nosniff"}


@pytest.fixture(scope="session")
def browsers() -> Iterator[Engines]:
    with engines() as running:
        yield running


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, browsers: Engines) -> Engine:
    """Each engine in turn; one that cannot be had is named, and on CI it is a failure."""
    try:
        return browsers.get(request.param)
    except EngineMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        # on a machine of one's own a browser may be impossible to install: the report names it,
        # and the rest of the suite still says something
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """The site on a server; it is built for another host, but for the server's port.

    Material's instant navigation replaces the host of the addresses in the site map, not the port.
    """
    folder = tmp_path_factory.mktemp("hosted")
    with SiteServer(folder) as running:
        port = urlsplit(running.url).port
        build = Build(folder, "--site-url", f"https://lessons.example:{port}{running.prefix}")
        assert build.worked, build.output
        yield running


@pytest.fixture
def server(hosted: SiteServer) -> Iterator[SiteServer]:
    """The server with an empty log and no faults, which hears nothing of the pages before."""
    hosted.settle()
    yield hosted
    for fault in list(hosted.faults):
        fault.remove()


@pytest.fixture(scope="session")
def guests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """The site, built for the address at which it is served, on a host that lets others read it."""
    folder = tmp_path_factory.mktemp("guests")
    with SiteServer(folder, headers={"Access-Control-Allow-Origin": "*"}) as running:
        build = Build(folder, "--site-url", running.url)
        assert build.worked, build.output
        html = read_html(folder)  # a build for this machine alone leaves policies out
        write_html(folder, html, with_policies(html, running.url, KeptTable()))
        yield running


@pytest.fixture(scope="session")
def gym(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostPages]:
    """Another origin, with the pages of a gym."""
    with SiteServer(tmp_path_factory.mktemp("gym"), "/", reports=False) as running:
        yield HostPages(running)


@pytest.fixture(scope="session")
def lms(hosted: SiteServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """A course system, on an origin of its own, to which two packages have been uploaded."""
    folder = tmp_path_factory.mktemp("lms")
    shutil.copy(SCORM_AGAIN, folder)
    shutil.copy(Path(__file__).with_name("course-system.html"), folder / "index.html")
    for name in ("setup", "course"):
        with ZipFile(hosted.folder / f"scorm/{name}-1.2.zip") as package:
            package.extractall(folder / name)
    with SiteServer(folder, prefix="/pluginfile.php/27/mod_scorm/") as running:
        running.fault(r"\.(wasm|mjs|whl)$", headers=UNKNOWN)
        yield running
