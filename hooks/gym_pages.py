"""What stands beside a machine or hangs in a gym: pages for phones, posters, the lobby screen.

They follow from the model and the data of the machines, never from a lesson, and take seconds to make, so a build
that changes none of that takes them from the last one.
"""

import shutil
from pathlib import Path

from hooks import ROOT
from hooks.browser_bundle import made_once
from hooks.kept_values import key_of, the_code
from hooks.kiosk import STYLE as KIOSK_STYLE
from hooks.kiosk import write_kiosk
from hooks.light_page import write_style
from hooks.machine_pages import STYLE as MACHINE_STYLE
from hooks.machine_pages import write_machine_pages
from hooks.problems import Problem

_DATA = ("content/machines/*.yml", "content/references.bib", "content/snippets/*.md")


def write_gym_pages(site: Path, site_name: str, site_url: str, work: Path) -> list[Problem]:
    """Write them all into a built site; return what keeps a poster from being printed.

    Args:
        site: the folder of the built site.
        site_name: what it is called.
        site_url: where it will be hosted; codes lead there.
        work: where they are kept from one build to the next.
    """
    write_style(site, MACHINE_STYLE)
    write_style(site, KIOSK_STYLE, always_dark=True)
    problems: list[Problem] = []

    def make(folder: Path) -> None:
        from hooks.posters import write_posters  # what draws on paper takes long to load

        write_machine_pages(folder, site_name)
        write_kiosk(folder, site_name, site_url)
        problems.extend(write_posters(folder, site_name, site_url, work))

    kept = made_once(work / "gym-pages" / _key(site_name, site_url), make)
    shutil.copytree(kept, site, dirs_exist_ok=True)
    if problems:  # the next build says so again
        shutil.rmtree(kept)
    return problems


def _key(*told: str) -> str:
    data = [path.read_bytes() for pattern in _DATA for path in sorted(ROOT.glob(pattern))]
    return key_of(the_code(), *told, *data)
