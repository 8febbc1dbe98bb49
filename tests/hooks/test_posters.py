"""A poster as it leaves the printer: its code leads home, its words fit, its bytes are always the same."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import ImageOps

from hooks.machine_pages import NOT_REVIEWED, POSTERS, described_machines
from hooks.machine_settings import MachineSettings
from hooks.machines import machine_files
from hooks.paper import A4_MM, A5_MM, CannotBePrinted, Shape, Text, pdf, text_width
from hooks.posters import MARGIN, poster, write_posters
from hooks.wording import banned_words
from interactive import care_cards
from tests import drawn_code
from tests.conftest import ROOT, SITE_URL

PAPER = {"poster.pdf": A4_MM, "poster-a5.pdf": A5_MM}
POINTS_A_MM = 72 / 25.4
NAME = "Can the Leg Press Hurt Your Back?"
MACHINES = {found.slug: found for found in described_machines()}


@pytest.fixture(params=list(MACHINES))
def found(request: pytest.FixtureRequest) -> MachineSettings:
    return MACHINES[request.param]


@pytest.mark.parametrize("name", PAPER)
def test_the_printed_code_leads_to_the_machine_s_page_and_is_large_enough(
    site: Path, found: MachineSettings, name: str
) -> None:
    document = pypdfium2.PdfDocument(site / "m" / found.slug / name)
    [page] = document
    size = tuple(side / POINTS_A_MM for side in page.get_size())
    assert size == pytest.approx(PAPER[name], abs=0.5)
    dots_a_mm = 6.0
    picture = page.render(scale=dots_a_mm / POINTS_A_MM).to_pil().convert("L")
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == f"{SITE_URL}m/{found.slug}/"
    assert code.ec_level == "Q"
    corners = code.position
    assert (corners.top_right.x - corners.top_left.x) / dots_a_mm >= 30 - 0.5
    # nothing stands where printers do not reach
    left, top, right, bottom = ImageOps.invert(picture).getbbox()
    edges = (left, top, picture.width - right, picture.height - bottom)
    assert min(edges) / dots_a_mm >= 10


def test_a_poster_says_what_to_set_when_to_stop_where_to_go_on_and_what_it_is_not(
    site: Path, found: MachineSettings
) -> None:
    [page] = pypdfium2.PdfDocument(site / "m" / found.slug / "poster.pdf")
    said = " ".join(page.get_textpage().get_text_bounded().split())
    address = f"{SITE_URL}m/{found.slug}".removeprefix("https://")
    for words in (
        found.machine.name,
        *(part for one in found.settings for part in (one.do, one.why)),
        care_cards.stop(),
        NOT_REVIEWED,
        "CC BY 4.0",
    ):
        assert words in said
    assert address in said.replace("/ ", "/")
    assert list(banned_words(said)) == []


def test_the_svg_says_all_of_it_to_a_screen_reader(site: Path, found: MachineSettings) -> None:
    drawn = ET.fromstring((site / "m" / found.slug / "poster.svg").read_text())
    space = "{http://www.w3.org/2000/svg}"
    title, description = drawn[0], drawn[1]
    assert (title.tag, description.tag) == (f"{space}title", f"{space}desc")
    assert title.text == f"{found.machine.name}: what to set"
    assert drawn.attrib["role"] == "img"
    assert drawn.attrib["aria-labelledby"].split() == [title.attrib["id"], description.attrib["id"]]
    for words in (*(one.do for one in found.settings), care_cards.stop(), f"m/{found.slug}/"):
        assert words in (description.text or "")
    assert drawn.attrib["width"] == "210mm"
    names = {part.attrib["id"] for part in drawn.iter(f"{space}path") if "id" in part.attrib}
    used = {part.attrib["href"].removeprefix("#") for part in drawn.iter(f"{space}use")}
    assert used == names & used
    [code] = [part for part in drawn.iter(f"{space}path") if part.attrib.get("fill") == "#000000"]
    assert drawn_code.read(code.attrib["d"]) == f"{SITE_URL}m/{found.slug}/"
    assert not [part.tag for part in drawn.iter(f"{space}text")]  # no font is needed


def test_the_same_poster_has_the_same_bytes_on_another_day_in_another_process(
    site: Path, tmp_path: Path
) -> None:
    slug = "sled-45"
    program = (
        "import datetime as d, time_machine, sys; from pathlib import Path;"
        "time_machine.travel(d.datetime(2031, 5, 17, tzinfo=d.UTC)).start();"
        "from hooks import posters; site, name, url, slug = sys.argv[1:];"
        "one = [found for found in posters.described_machines() if found.slug == slug];"
        "posters.described_machines = lambda: one; (Path(site) / 'm' / slug).mkdir(parents=True);"
        "assert posters.write_posters(Path(site), name, url, Path(site)) == []"
    )
    command = [sys.executable, "-c", program, str(tmp_path), NAME, SITE_URL, slug]
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    subprocess.run(command, cwd=ROOT, check=True, env=environment)
    for name, _ in POSTERS:
        made = (tmp_path / "m" / slug / name).read_bytes()
        assert made == (site / "m" / slug / name).read_bytes()


def test_every_word_stands_between_the_margins_and_no_line_on_another(
    found: MachineSettings,
) -> None:
    longest = "Seated horizontal press and standing calf raise combination machine"
    for name in (found.machine.name, longest):
        named = replace(found, machine=replace(found.machine, name=name))
        marks = poster(named, NAME, f"{SITE_URL}m/{found.slug}/").marks
        texts = [mark for mark in marks if isinstance(mark, Text)]
        for one in texts:
            assert one.x >= MARGIN
            assert one.x + text_width(one.words, one.size, one.weight) <= A4_MM[0] - MARGIN
            assert one.y - 0.7 * one.size >= MARGIN - 1
            assert one.y <= A4_MM[1] - MARGIN
        columns = [one for one in texts if len(one.words) > 4]
        for above, below in pairwise(columns):
            if below.y > above.y:
                assert below.y - 0.68 * below.size > above.y + 0.1 * above.size
        figure = [mark for mark in marks if isinstance(mark, Shape) and 0 < mark.scale < 1]
        assert figure  # and there is room for the lifter


@pytest.mark.parametrize(
    ("name", "wrong"),
    [("Жим ногами", "has no letter 'Ж'"), ("Leg" * 40, "is too long for a poster")],
)
def test_a_name_that_cannot_be_printed_is_a_problem_for_its_trainer(
    name: str, wrong: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    one = MACHINES["sled-45"]
    broken = replace(one, machine=replace(one.machine, name=name))
    with pytest.raises(CannotBePrinted, match=wrong):
        poster(broken, NAME, SITE_URL)
    monkeypatch.setattr("hooks.posters.described_machines", lambda: (broken,))
    [problem] = write_posters(tmp_path, NAME, SITE_URL, tmp_path)
    assert str(problem).startswith("content/machines/sled-45.yml:1: ")
    assert wrong in str(problem)


def test_every_poster_of_the_catalogue_is_in_the_site(site: Path) -> None:
    for file in machine_files():
        for name, _ in POSTERS:
            assert (site / "m" / file.slug / name).stat().st_size < 80_000


def test_the_font_travels_in_the_file() -> None:
    made = pdf([Text(20, 20, 5, "45°")], A4_MM, "A title")
    assert b"/FontFile2" in made
    assert b"AtkinsonHyperlegible" in made.replace(b" ", b"")
