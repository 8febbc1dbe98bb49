"""Three engines and the built site over HTTP."""

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.engines import ENGINES, Engine, EngineMissing, Engines, engines
from tests.conftest import Build
from tests.site_server import SiteServer


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
    """The server with an empty log and no faults."""
    hosted.forget()
    yield hosted
    for fault in list(hosted.faults):
        fault.remove()
