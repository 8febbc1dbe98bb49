"""What several rooms of tests share: the built site."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# an origin that is not ours and a folder below it, as on the default host
SITE_URL = "https://lessons.example/legpress/"


class Build:
    """One run of the command that `make site` runs."""

    def __init__(self, site_dir: Path, *options: str, program: str = "-m hooks.make_site") -> None:
        self.site_dir = site_dir
        command = [sys.executable, *program.split(), "--site-dir", str(site_dir), *options]
        ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.worked = ran.returncode == 0
        self.output = ran.stdout + ran.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, built once for the session under a sub-path of another origin."""
    build = Build(tmp_path_factory.mktemp("site"), "--site-url", SITE_URL)
    assert build.worked, build.output
    return build.site_dir


@pytest.fixture
def lessons_with(tmp_path: Path) -> Callable[[str], Path]:
    """A copy of the content with another front page."""

    def copied(front_page: str) -> Path:
        content = tmp_path / "content"
        subprocess.run(["cp", "-r", str(ROOT / "content"), str(content)], check=True)
        (content / "index.md").write_text(front_page)
        return content

    return copied
