"""Install the browsers the tests drive, and nginx, as far as they are missing: `python -m tests.browser.install`.

Names of engines behind the command install those alone.
Debian's packages come first, where we may install them, then Playwright's own downloads. What cannot be had is
said in one line and is no failure: the tests skip that engine by name.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from tests.browser.engines import ENGINES, find
from tests.nginx import find_nginx

PACKAGES = {
    "chromium": ["chromium"],
    "firefox": ["firefox-esr"],
    "webkit": ["webkit2gtk-driver", "xvfb"],
    "nginx": ["nginx"],
    "wrk": ["wrk"],
}
# Debian asks this program before it starts a service
POLICY = Path("/usr/sbin/policy-rc.d")
COMPLAINTS = ("E:", "Error", "Failed")
PROGRESS = ("Get:", "Setting up", "Downloading")


def install(engines: Sequence[str] = ENGINES) -> None:
    """Look for each engine, install what is missing, and say what came of it."""
    for engine in engines:
        trouble = ""
        for way in (from_debian, _from_playwright):
            if find(engine):
                break
            trouble = way(engine) or trouble
        found = find(engine)
        _say(engine, str(found) if found else f"not available, its tests are skipped ({trouble})")


def install_nginx() -> None:
    """The same for nginx, which a test of the hosting settings starts."""
    trouble = "" if find_nginx() else from_debian("nginx")
    _say("nginx", str(find_nginx() or f"not available, its test is skipped ({trouble})"))


def from_debian(program: str) -> str:
    """Install Debian's packages for a program; return what went wrong, or nothing."""
    root = _root()
    if root is None:
        return "Debian's packages need apt-get, and root or sudo"
    packages = PACKAGES[program]
    _say(program, f"installing Debian's {' and '.join(packages)} ...")
    options = ["-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120"]
    outdated = _update()
    with _nothing_starts(root):
        trouble = _run([*root, "apt-get", "install", *options, *packages])
    return trouble and (outdated or trouble)


def _from_playwright(engine: str) -> str:
    _say(engine, "downloading Playwright's own ...")
    # it looks for the libraries of a system, and installs those as root only
    dependencies = ["--with-deps"] if _root() is not None else []
    return _run([sys.executable, "-m", "playwright", "install", *dependencies, engine])


@contextmanager
def _nothing_starts(root: list[str]) -> Iterator[None]:
    """Meanwhile Debian starts no service of what it installs: the tests start an nginx of their own."""
    ours = not POLICY.exists()
    if ours:
        says = f"printf '#!/bin/sh\\nexit 101\\n' > {POLICY} && chmod 755 {POLICY}"
        subprocess.run([*root, "sh", "-c", says], check=True)
    try:
        yield
    finally:
        if ours:
            subprocess.run([*root, "rm", "-f", str(POLICY)], check=True)


@cache
def _root() -> list[str] | None:
    """Return what to put before a command that only root may run; None if there is nothing."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    may = (
        shutil.which("sudo") and not subprocess.run([*sudo, "true"], capture_output=True).returncode
    )
    return sudo if may else None


@cache
def _update() -> str:
    return _run([*(_root() or []), "apt-get", "update"])


def _run(command: list[str]) -> str:
    """Run a command and show its progress; return what it complains of if it fails, else nothing."""
    # sudo forgets the environment, so env says it again
    place = command.index("apt-get") if "apt-get" in command else 0
    command[place:place] = ["env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C"]
    lines: list[str] = []
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        assert running.stdout
        for line in running.stdout:
            line = re.sub(r"\x1b\[\d+m", "", line).strip()
            if line.startswith(PROGRESS) and line not in lines:
                print(f"  {line[:100]}", flush=True)
            lines += [line] if line else []
    if not running.returncode:
        return ""
    complaints = [line for line in lines if line.startswith(COMPLAINTS)]
    return (complaints or lines or ["no answer"])[0 if complaints else -1][:150]


def _say(engine: str, what: str) -> None:
    print(f"{engine}: {what}", flush=True)


if __name__ == "__main__":
    install(sys.argv[1:] or ENGINES)
    if not sys.argv[1:]:
        install_nginx()
