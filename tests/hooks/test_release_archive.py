"""Frozen releases: the bytes of one never change, whatever comes after it."""

import gzip
import json
import re
import shutil
import tarfile
from io import BytesIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from hooks.release_archive import ReleaseProblem, main, make_release, unpack_releases

SITE = "https://lessons.example/"


@pytest.fixture(scope="module")
def later(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as it may be a year later: other words, another script, another wheel."""
    folder = tmp_path_factory.mktemp("later") / "site"
    shutil.copytree(site, folder)
    lesson = folder / "e/v1/lesson/setup/index.html"
    lesson.write_text(lesson.read_text().replace("Set up your machine", "Set up any machine"))
    script = folder / "runtime/lesson-widget.js"
    script.write_text(script.read_text() + "// changed\n")
    return folder


@pytest.fixture(scope="module")
def released(site: Path, later: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the archives of two releases, and their lists."""
    folder = tmp_path_factory.mktemp("released")
    for release, built in (("2026-11", site), ("2027-11", later)):
        make_release(release, built, folder / f"{release}.tar.gz", folder / "lists")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_later_release_leaves_every_byte_of_an_earlier_one_and_shares_what_is_equal(
    site: Path, released: Path, tmp_path: Path
) -> None:
    alone, both = tmp_path / "alone", tmp_path / "both"
    for folder in (alone, both):
        folder.mkdir()
    first = {"archives": released, "lists": released / "lists"}
    only = tmp_path / "only"
    (only / "lists").mkdir(parents=True)
    shutil.copy(released / "2026-11.tar.gz", only)
    shutil.copy(released / "lists/2026-11.sha256", only / "lists")
    assert unpack_releases(only, alone, only / "lists") == ["2026-11"]
    assert unpack_releases(site=both, **first) == ["2026-11", "2027-11"]
    earlier, now = files(alone), files(both)
    assert {name: now[name] for name in earlier} == earlier
    assert "Set up any machine" not in earlier["e/r/2026-11/lesson/setup/index.html"].decode()
    assert "Set up any machine" in now["e/r/2027-11/lesson/setup/index.html"].decode()
    new = [name for name in set(now) - set(earlier) if name.startswith("e/r/files/")]
    assert any(name.endswith("/lesson-widget.js") for name in new)
    assert not any(name.endswith(".wasm") for name in new)
    # and the same site gives the same archive
    again = tmp_path / "again.tar.gz"
    make_release("2026-11", site, again, released / "lists")
    assert again.read_bytes() == (released / "2026-11.tar.gz").read_bytes()


def test_a_frozen_page_fetches_frozen_files_only_and_its_runtime_is_whole(
    released: Path, tmp_path: Path
) -> None:
    unpack_releases(released, tmp_path, released / "lists")
    pages = sorted(tmp_path.glob("e/r/2026-11/**/index.html"))
    assert len(pages) == 12
    for page in pages:
        address = urljoin(SITE, page.relative_to(tmp_path).as_posix().removesuffix("index.html"))
        text = page.read_text()
        fetched = re.findall(r'<script[^>]* src="([^"]+)"', text)
        fetched += re.findall(r'<link rel="stylesheet" href="([^"]+)"', text)
        assert len(fetched) > 4
        for reference in fetched:
            path = urlsplit(urljoin(address, reference)).path
            assert path.startswith("/e/r/files/")
            assert (tmp_path / path[1:]).is_file()
        whole = re.search(r'<a href="([^"]+)"[^>]*>Read the whole', text)
        assert whole
        assert re.fullmatch(
            r"/(lessons/\w.*/|calculator/)", urlsplit(urljoin(address, whole[1])).path
        )
    for manifest in tmp_path.glob("e/r/files/*/manifest.json"):
        for engine in json.loads(manifest.read_text()).values():
            if isinstance(engine, dict):
                home = manifest.parent / engine["home"]
                assert (home / engine["script"]).is_file()
                parts = [part["name"] for part in engine.values() if isinstance(part, dict)]
                assert parts
                assert all((home / part).is_file() for part in parts)


def test_an_archive_that_differs_from_its_list_is_refused_by_name_and_nothing_is_written(
    released: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoilt, lists, into = tmp_path / "archives", tmp_path / "lists", tmp_path / "site"
    shutil.copytree(released / "lists", lists)
    spoilt.mkdir()
    with tarfile.open(released / "2026-11.tar.gz") as archive:
        names = archive.getnames()
    changed, lost = names[0], names[1]
    with (
        tarfile.open(released / "2026-11.tar.gz") as whole,
        tarfile.open(spoilt / "2026-11.tar.gz", "w:gz") as bad,
    ):
        for entry in whole:
            if entry.name == lost:
                continue
            part = whole.extractfile(entry)
            assert part
            body = part.read()
            if entry.name == changed:
                body = bytes([body[0] ^ 1]) + body[1:]
            bad.addfile(entry, BytesIO(body))
        outside = tarfile.TarInfo("../index.html")
        bad.addfile(outside, BytesIO(b""))
        link = tarfile.TarInfo(lost)
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        bad.addfile(link)
    shutil.copy(spoilt / "2026-11.tar.gz", spoilt / "again.tar.gz")
    (spoilt / "2028-01.tar.gz").write_bytes(gzip.compress(b"no archive"))
    asked = ["unpack", "--archives", str(spoilt), "--site", str(into), "--lists", str(lists)]
    assert main(asked) == 1
    said = capsys.readouterr().err
    for sentence in (
        f"2026-11.tar.gz: {changed} differs from 2026-11.sha256",
        f"2026-11.tar.gz: {lost} is missing",
        "2026-11.tar.gz: ../index.html is not in 2026-11.sha256",
        "2027-11: there is a list, but no archive",
        "2028-01.tar.gz cannot be read: ",
        "again.tar.gz: 2026-11 is in 2026-11.tar.gz too",
    ):
        assert sentence in said
    assert not into.exists()
    (lists / "2026-11.sha256").write_text("0" * 64 + "  ../index.html\n")
    with pytest.raises(ReleaseProblem, match=r"2026-11\.sha256 is not committed"):
        unpack_releases(released, into, tmp_path)
    with pytest.raises(ReleaseProblem, match=r"2026-11\.sha256:1: .* is no file of 2026-11"):
        unpack_releases(released, into, lists)


def test_a_release_keeps_its_name_and_needs_a_whole_site(
    later: Path, released: Path, tmp_path: Path
) -> None:
    with pytest.raises(ReleaseProblem, match="2026-11 is frozen already, with other bytes"):
        make_release("2026-11", later, tmp_path / "x.tar.gz", released / "lists")
    for name in ("../x", "", "files", "a/b"):
        with pytest.raises(ReleaseProblem, match="cannot be the name of a release"):
            make_release(name, later, tmp_path / "x.tar.gz", tmp_path / "lists")
    with pytest.raises(ReleaseProblem, match=r"ends in \.tar\.gz"):
        make_release("2029", later, tmp_path / "x.zip", tmp_path / "lists")
    with pytest.raises(ReleaseProblem, match=r"needs runtime/manifest\.json"):
        make_release("2029", tmp_path, tmp_path / "x.tar.gz", tmp_path / "lists")
    assert not (tmp_path / "lists").exists()


def test_no_archives_is_nothing_to_unpack(tmp_path: Path) -> None:
    assert main(["unpack", "--archives", str(tmp_path), "--site", str(tmp_path), "--lists", str(tmp_path)]) == 0  # fmt: skip
