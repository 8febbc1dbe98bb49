"""Lighthouse for tests and benches: what it says of our pages, read on a phone."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.browser.engines import CHROMIUM_FLAGS, program, without_proxies

LESSONS = tuple(
    f"lessons/{name}/"
    for name in ("biomechanics", "setup", "bracing", "pain-signals", "alternatives")
)
PAGES = ("", *LESSONS, "calculator/")
LIGHTHOUSE = Path(sys.prefix) / "npm/node_modules/lighthouse"


@dataclass(frozen=True)
class Visit:
    """What Lighthouse found at an address: scores from 0 to 1 (None: no score), and what lowered them."""

    address: str
    error: str
    scores: dict[str, float | None]
    lowered: list[str]


def visits(addresses: Sequence[str], *categories: str) -> Iterator[Visit]:
    """Visit each address once, in one Chromium with an empty profile."""
    question = {
        "program": str(program("chromium")),
        "flags": CHROMIUM_FLAGS,
        "lighthouse": str(LIGHTHOUSE),
        "categories": categories,
        "addresses": addresses,
    }
    ran = subprocess.run(
        [Path(sys.prefix) / "bin/node", Path(__file__).with_suffix(".mjs"), json.dumps(question)],
        capture_output=True,
        text=True,
        check=False,
        env=without_proxies(),
    )
    assert ran.returncode == 0, ran.stderr
    for line in ran.stdout.splitlines():
        yield Visit(**json.loads(line))
