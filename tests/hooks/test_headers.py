"""What hosts are told of each file; nginx itself is asked in tests/browser/test_hosting.py."""

from pathlib import Path

import pytest

from hooks.headers import ASK_AGAIN, BY_PATH, KEEP, TYPES, UnknownType, rule_for, write_headers

URL = "https://lessons.example/legpress/"
PREFIX = "/legpress/"
KEPT_FOR_GOOD = {
    "e/r/2027-01-01-0123abcd/calculator/index.html": True,
    "e/v1/calculator/index.html": False,
    "runtime/pyodide-314.0.7/pyodide.asm.wasm": True,
    "runtime/micropython-1.27.0/starter-7952d1fd.json": True,
    "runtime/python-worker.c93ad9d5.js": True,
    "runtime/lesson-widget.js": False,
    "runtime/lesson-widget.a6ec0881.css": True,
    "runtime/manifest.json": False,
    "assets/javascripts/bundle.a5f9d56c.min.js": True,
    "assets/javascripts/lunr/min/lunr.de.min.js": False,
    "assets/images/favicon.png": False,
    "index.html": False,
    "service-worker.js": False,
    "stylesheets/site.css": False,
    "stylesheets/site.e8688403.css": True,
}


def by_path(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return addresses and what is said of them, as the hosts' own documentation reads such a file."""
    said: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            said.append((line, []))
        elif line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            said[-1][1].append((name, value))
        else:
            assert not line or line.startswith("#")
    return said


def fits(place: str, address: str) -> bool:
    return address.startswith(place[:-1]) if place.endswith("*") else address == place


@pytest.mark.parametrize(("name", "for_good"), KEPT_FOR_GOOD.items())
def test_only_what_never_changes_is_kept_for_good(name: str, for_good: bool) -> None:
    assert rule_for(name).headers()["Cache-Control"] == (KEEP if for_good else ASK_AGAIN)


def test_other_peoples_pages_may_show_embeds_and_load_what_these_need_and_nothing_else() -> None:
    framed = {name for name in KEPT_FOR_GOOD if rule_for(name).framed}
    shared = {name for name in KEPT_FOR_GOOD if rule_for(name).shared}
    assert framed == {name for name in KEPT_FOR_GOOD if name.startswith("e/")}
    assert shared == framed | {name for name in KEPT_FOR_GOOD if name.startswith("runtime/")}


def test_a_host_that_reads_addresses_says_each_header_once_and_the_same_as_the_others(
    site: Path, tmp_path: Path
) -> None:
    places = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    names = {name for name in places | set(KEPT_FOR_GOOD) if name[0] not in "._"}
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    write_headers(tmp_path, URL)
    said = by_path((tmp_path / BY_PATH).read_text())
    assert len(said) <= 100  # more, one host ignores
    assert len({place for place, _ in said}) == len(said)
    for name in names:
        if name.endswith((".gz", ".br")):
            continue  # nobody asks for these by name
        address = PREFIX + name.removesuffix("index.html")
        told = [pair for place, pairs in said if fits(place, address) for pair in pairs]
        assert len({header for header, _ in told}) == len(told), f"{name}: said twice: {told}"
        wanted = rule_for(name).headers()
        if wanted["Cache-Control"] == ASK_AGAIN:
            del wanted["Cache-Control"]  # these hosts do so by themselves
        if name.endswith((".mjs", ".wasm", ".whl", ".webmanifest")):
            wanted["Content-Type"] = TYPES[name.rpartition(".")[2]]
        if "/" not in name and not name.endswith(".html"):
            del wanted["Content-Security-Policy"]  # nothing that a frame could show
        assert dict(told) == wanted, name


def test_the_settings_are_hidden_from_readers_and_not_part_of_a_saved_copy(site: Path) -> None:
    worker = (site / "service-worker.js").read_text()
    for name in (".nginx.conf", ".htaccess", "_headers"):
        assert (site / name).is_file()
        assert f'"{name}"' not in worker


def test_a_file_of_a_type_that_no_host_would_be_told_is_named(tmp_path: Path) -> None:
    (tmp_path / "poster.docx").touch()
    with pytest.raises(UnknownType, match=r"^poster\.docx: write the type of \.docx files"):
        write_headers(tmp_path, URL)
