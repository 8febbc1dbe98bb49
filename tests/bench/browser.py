"""Chromium for measuring: a profile that lasts as long as asked, less processor time if asked, its memory."""

import json
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Playwright

from tests.browser.engines import CHROMIUM_FLAGS, find

PERIOD_US = 100_000


@contextmanager
def processor_share(share: float) -> Iterator[Path]:
    """Yield a control group whose processes get this share of all processors together.

    Raises:
        PermissionError: this machine lets nobody but root make control groups.
    """
    quota = int(share * (os.cpu_count() or 1) * PERIOD_US)
    first = Path("/sys/fs/cgroup/cpu")
    group = (first if first.is_dir() else Path("/sys/fs/cgroup")) / f"lessons-{os.getpid()}"
    group.mkdir()
    try:
        if first.is_dir():
            (group / "cpu.cfs_period_us").write_text(str(PERIOD_US))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {PERIOD_US}")
        yield group
    finally:
        for process in (group / "cgroup.procs").read_text().split():
            (group.parent / "cgroup.procs").write_text(process)
        group.rmdir()


@contextmanager
def chromium(
    playwright: Playwright, profile: Path, group: Path | None = None
) -> Iterator[BrowserContext]:
    """Yield a Chromium with this profile, all of whose processes are in a control group."""
    found = find("chromium")
    assert found, "measuring needs Chromium"
    program = str(found.program or playwright.chromium.executable_path)
    with tempfile.TemporaryDirectory() as folder:
        if group:
            wrapper = Path(folder) / "chromium"
            wrapper.write_text(
                f'#!/bin/sh\necho $$ > {group}/cgroup.procs\nexec "{program}" "$@"\n'
            )
            wrapper.chmod(0o755)
            program = str(wrapper)
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=program, args=CHROMIUM_FLAGS, timeout=120_000
        )
        context.set_default_timeout(600_000)
        try:
            yield context
        finally:
            context.close()


def tab_memory(profile: Path) -> float:
    """Return what the processes of the pages of a profile's browser hold now [MB], shared parts divided."""
    total = 0
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_text()
            if "--type=renderer" in command and _browser_has(process, str(profile)):
                told = (process / "smaps_rollup").read_text()
                total += int(re.findall(r"^Pss:\s+(\d+)", told, re.MULTILINE)[0])
        except (OSError, IndexError):  # it has ended meanwhile
            continue
    return total / 1000


def _browser_has(process: Path, words: str) -> bool:
    """Whether one of the processes above was started with these words."""
    while process.name not in ("0", "1"):
        if words in (process / "cmdline").read_text():
            return True
        process = Path("/proc") / (process / "stat").read_text().rpartition(")")[2].split()[1]
    return False


def javascript(value: object) -> str:
    """Return a value as JavaScript writes it."""
    return json.dumps(value)
