"""`python -m hooks.release_archive`: freezes the framed pages of a release, and puts frozen ones back.

    make RELEASE --site DIR --out ARCHIVE     freeze what is in DIR now; write the list of its hashes
    unpack --archives DIR --site DIR          put every archive into a site, each byte checked

A frozen page stands at `/e/r/RELEASE/`. What it fetches stands at `/e/r/files/<hash>/`, so that releases
share what did not change. `content/releases/RELEASE.sha256` lists every file; it is committed.
"""

import argparse
import gzip
import hashlib
import io
import json
import posixpath
import re
import sys
import tarfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from hooks import ROOT
from hooks.built_page import relocated
from hooks.embed_pages import FOLDER, SCRIPT

LISTS = ROOT / "content" / "releases"
FROZEN = "e/r/"
FILES = FROZEN + "files/"
_MANIFEST = "runtime/manifest.json"
_RELEASE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_ENDING = ".tar.gz"
_UNREADABLE = (tarfile.TarError, EOFError, OSError, zlib.error)
_PAGES = (f"{FOLDER}*/index.html", f"{FOLDER}lesson/*/index.html")
# a reference in a start tag: what a browser fetches, and what a reader follows
_REFERENCE = re.compile(r'(<(?:a|img|link|script|source)\b[^>]*?\s(?:href|src)=")([^"]*)(")')
_FETCHED = re.compile(
    r'<(?:img|script|source)\b|<link\b[^>]*\brel="(?:stylesheet|modulepreload|icon)"'
)


class ReleaseProblem(Exception):
    """A release cannot be frozen or put back: the message says which file, and why."""


def make_release(release: str, site: Path, archive: Path, lists: Path = LISTS) -> Path:
    """Freeze a built site's framed pages and all they need; return the list of what is in the archive.

    The same site gives the same bytes.

    Args:
        release: its name, such as 2026-11-25.
        site: the folder of the built site, with everything that is written into its pages.
        archive: the file to write; its name ends in .tar.gz.
        lists: where the lists of all releases are kept.

    Raises:
        ReleaseProblem: a name cannot be used or is taken by other bytes, or the site is not whole.
    """
    if not _RELEASE.fullmatch(release) or release == "files":
        raise ReleaseProblem(f"{release!r} cannot be the name of a release: letters, digits, . _ -")
    if not archive.name.endswith(_ENDING):
        raise ReleaseProblem(f"{archive}: the name of an archive ends in {_ENDING}")
    frozen = freeze(release, site)
    text = "".join(f"{_sha256(body)}  {name}\n" for name, body in sorted(frozen.items()))
    known = lists / f"{release}.sha256"
    if known.exists() and known.read_text() != text:
        raise ReleaseProblem(
            f"{release} is frozen already, with other bytes: give this one another name"
        )
    lists.mkdir(parents=True, exist_ok=True)
    known.write_text(text)
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(_packed(frozen))
    return known


def freeze(release: str, site: Path) -> dict[str, bytes]:
    """Return every file of a release by its address below the site's own.

    Raises:
        ReleaseProblem: a page names what is not there.
    """
    runtime, moved = _runtime(site)
    frozen = dict(runtime)
    pages = sorted({path for pattern in _PAGES for path in site.glob(pattern)})
    if not pages:
        raise ReleaseProblem(f"{site} has no pages below {FOLDER}")
    home = f"{FROZEN}{release}/"
    for path in pages:
        here = path.relative_to(site).as_posix().removesuffix("index.html")
        there = home + here.removeprefix(FOLDER)
        text = path.read_text()
        for name in sorted(_fetched(text, here) - set(moved)):
            body = _read(site, name, here)
            moved[name] = f"{FILES}{_sha256(body)[:16]}/{posixpath.basename(name)}"
            frozen[moved[name]] = body
        frozen[f"{there}index.html"] = _carried(text, here, there, moved, home).encode()
    frozen[home + SCRIPT] = _read(site, FOLDER + SCRIPT, home)
    return frozen


def unpack_releases(archives: Path, site: Path, lists: Path = LISTS) -> list[str]:
    """Put every archive into a site, and return the names of the releases.

    Nothing is written unless every archive is, byte for byte, what its committed list says.

    Raises:
        ReleaseProblem: names the archive, and each file that differs, is missing or is not listed.
    """
    problems: list[str] = []
    found: dict[str, Path] = {}
    whole: dict[str, bytes] = {}
    for path in sorted(archives.glob(f"*{_ENDING}")):
        try:
            release, known = _known(path, lists)
        except ReleaseProblem as problem:
            problems.append(str(problem))
            continue
        if release in found:
            problems.append(f"{path.name}: {release} is in {found[release].name} too")
        found[release] = path
        files, wrong = _checked(path, known, release)
        problems += wrong
        whole |= files
    listed = {path.stem for path in lists.glob("*.sha256")}
    problems += [f"{name}: there is a list, but no archive" for name in sorted(listed - set(found))]
    if problems:
        raise ReleaseProblem("\n".join(problems))
    for name, body in whole.items():
        place = site / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(body)
    return list(found)


def _runtime(site: Path) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the runtime as frozen files, and where each script of it now stands.

    The scripts name each other, so they move together; so do the two scripts of Pyodide. Every other
    file has a folder of its own, named after its hash.
    """
    frozen: dict[str, bytes] = {}
    manifest = json.loads(_read(site, _MANIFEST, FOLDER))
    engines = {
        "pyodide": ("script", "module"),
        "starter": ("script",),
    }
    for engine, scripts in engines.items():
        told = manifest[engine]
        source = f"runtime/{told['home']}"
        bodies = {told[name]: _read(site, source + told[name], _MANIFEST) for name in scripts}
        folder = f"{FILES}{_sha256_of_all(bodies)[:16]}/"
        frozen |= {folder + name: body for name, body in bodies.items()}
        # from a folder of scripts beside it
        told["home"] = f"../{posixpath.basename(folder.rstrip('/'))}/"
        for part in told.values():
            if isinstance(part, dict):
                body = _read(site, source + part["name"], _MANIFEST)
                place = f"{_sha256(body)[:16]}/{part['name']}"
                frozen[FILES + place] = body
                part["name"] = f"../{place}"
    scripts_home = site / "runtime"  # and a script looks for answer books beside itself
    beside = [*scripts_home.glob("*.js"), *scripts_home.glob("books/*.json")]
    bodies = {
        path.relative_to(scripts_home).as_posix(): path.read_bytes() for path in sorted(beside)
    }
    bodies["manifest.json"] = (json.dumps(manifest) + "\n").encode()
    folder = f"{FILES}{_sha256_of_all(bodies)[:16]}/"
    frozen |= {folder + name: body for name, body in bodies.items()}
    return frozen, {f"runtime/{name}": folder + name for name in bodies}


def _fetched(text: str, here: str) -> set[str]:
    """Return the files of the site that a browser fetches for a page."""
    found = set()
    for opening, reference, _ in _REFERENCE.findall(text):
        if _FETCHED.match(opening):
            target = urlsplit(urljoin(f"https://here.invalid/{here}", reference))
            if target.netloc == "here.invalid":
                found.add(target.path.lstrip("/"))
    return found


def _carried(text: str, here: str, there: str, moved: Mapping[str, str], home: str) -> str:
    """Return a page for its frozen address: what it fetches is frozen too, what it links to is the site."""

    def carry(match: re.Match[str]) -> str:
        opening, reference, end = match.groups()
        name = urlsplit(urljoin(f"https://here.invalid/{here}", reference)).path.lstrip("/")
        if name in moved:
            return f"{opening}{relocated('/' + moved[name], '', there)}{end}"
        return f"{opening}{relocated(reference, here, there)}{end}"

    return _REFERENCE.sub(carry, text)


def _read(site: Path, name: str, asked_by: str) -> bytes:
    path = site / name
    if not path.is_file():
        raise ReleaseProblem(f"{asked_by} needs {name}, which is not in {site}")
    return path.read_bytes()


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return an archive without clocks, owners or an order of its own."""
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, body in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return gzip.compress(whole.getvalue(), 9, mtime=0)


def _known(path: Path, lists: Path) -> tuple[str, dict[str, str]]:
    """Return which release an archive holds, and the committed hash of each of its files.

    Raises:
        ReleaseProblem: it cannot be read, or nobody has committed a list of it.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            names = archive.getnames()
    except _UNREADABLE as error:
        raise ReleaseProblem(f"{path.name} cannot be read: {error}") from None
    inside = [name.split("/")[2] for name in names if re.fullmatch(rf"{FROZEN}[^/]+/.+", name)]
    releases = sorted(set(inside) - {"files"})
    if len(releases) != 1:
        raise ReleaseProblem(f"{path.name} holds {len(releases)} releases, not one")
    listed = lists / f"{releases[0]}.sha256"
    if not listed.is_file():
        raise ReleaseProblem(f"{path.name}: {listed.name} is not committed")
    return releases[0], _list(listed)


def _checked(
    path: Path, listed: Mapping[str, str], release: str
) -> tuple[dict[str, bytes], list[str]]:
    """Return the files of an archive, and what is wrong with them."""
    files: dict[str, bytes] = {}
    problems = []
    try:
        with tarfile.open(path, "r:gz") as archive:
            for entry in archive:
                body = archive.extractfile(entry) if entry.isfile() else None
                if body is None or entry.name not in listed or entry.name in files:
                    problems.append(f"{path.name}: {entry.name} is not in {release}.sha256")
                    continue
                files[entry.name] = body.read()
                if _sha256(files[entry.name]) != listed[entry.name]:
                    problems.append(f"{path.name}: {entry.name} differs from {release}.sha256")
    except _UNREADABLE as error:
        problems.append(f"{path.name} cannot be read: {error}")
    missing = sorted(set(listed) - set(files))
    problems += [f"{path.name}: {name} is missing" for name in missing]
    return files, problems


def _list(path: Path) -> dict[str, str]:
    """Return the hash of each file of a release.

    Raises:
        ReleaseProblem: a line that is no hash, or names a place outside the frozen pages.
    """
    release = path.stem
    listed = {}
    for at, line in enumerate(path.read_text().splitlines(), 1):
        digest, _, name = line.partition("  ")
        inside = name.startswith((f"{FROZEN}{release}/", FILES)) and name == posixpath.normpath(
            name
        )
        if not re.fullmatch(r"[0-9a-f]{64}", digest) or not inside:
            raise ReleaseProblem(f"{path.name}:{at}: {line!r} is no file of {release}")
        listed[name] = digest
    return listed


def _sha256(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _sha256_of_all(bodies: Mapping[str, bytes]) -> str:
    told = [f"{_sha256(body)}  {name}\n" for name, body in sorted(bodies.items())]
    return _sha256("".join(told).encode())


def main(arguments: Iterable[str] | None = None) -> int:
    """Run from the command line; the exit code says whether it worked."""
    parser = argparse.ArgumentParser(
        description="Freeze the framed pages of a release, or put them back."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    make = commands.add_parser("make", help="freeze what is in a built site now")
    make.add_argument("release")
    make.add_argument("--site", type=Path, required=True)
    make.add_argument("--out", type=Path, required=True)
    unpack = commands.add_parser("unpack", help="put every archive into a site")
    unpack.add_argument("--archives", type=Path, required=True)
    unpack.add_argument("--site", type=Path, required=True)
    for command in (make, unpack):
        command.add_argument("--lists", type=Path, default=LISTS, help="where the hashes are kept")
    asked = parser.parse_args(None if arguments is None else list(arguments))
    try:
        if asked.command == "make":
            known = make_release(asked.release, asked.site, asked.out, asked.lists)
            print(f"{asked.out} is made. Commit {known}.")
        else:
            releases = unpack_releases(asked.archives, asked.site, asked.lists)
            print(f"Unpacked: {', '.join(releases) or 'nothing'}.")
    except ReleaseProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
