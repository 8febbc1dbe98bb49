"""Lets a reader keep the site: lists its files in a service worker, once all of them are written."""

import gzip
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from fnmatch import translate
from functools import partial
from pathlib import Path
from urllib.parse import quote

from hooks.html_files import files_in
from hooks.kept_values import KeptTable
from hooks.site_address import is_for_writers

WORKER = "service-worker.js"
SIZES = "offline.json"
# what no reader's page asks for; a * reaches across folders
NOT_KEPT = (
    ".*",  # marks of the repository and of hosts
    "_headers",
    "preview/*",  # trying an edit needs a network anyway, to hand it in
    "staff/*",  # and so does the editor for staff
    "e/*",  # widgets on other people's pages are always today's
    "scorm/*",  # packages for course systems, and the script that only they run
    "runtime/course-record.js",
    "oembed/*",  # what those pages ask
    "*.map",  # for debuggers
    "runtime/lesson-widget.css",  # pages name both with a hash
    "stylesheets/site.css",
    # what starts should the image or the lean Pyodide ever lack something
    "runtime/pyodide-*/pyodide.asm.wasm",
    "runtime/pyodide-*/stdlib-*.zip",
    "runtime/pyodide-*/*.whl",
    "*.gz",  # twins for hosts that serve them
    "*.br",
    "assets/javascripts/lunr/*",  # search in languages that the site does not have
    "machines/schema.json",  # the data behind tables and presets
    "*.bib",
    "*.yml",
    "m/*/poster*",  # for printers
    WORKER,  # a browser keeps it itself
    SIZES,
)
_NOT_KEPT = re.compile("|".join(map(translate, NOT_KEPT)))
_EMPTY_LIST = '{ version: "", files: {} }'
# what every host compresses on its way; a zip or a picture travels as it is
_COMPRESSED = (".css", ".html", ".js", ".json", ".mjs", ".svg", ".wasm", ".webmanifest", ".xml")


@dataclass(frozen=True)
class Size:
    """How large a part of the site is.

    Attributes:
        fetched: bytes on the way, compressed where hosts compress.
        kept: bytes on the device.
    """

    fetched: int
    kept: int


def let_readers_keep(site: Path, site_url: str | None, kept: KeptTable[int]) -> None:
    """Write the service worker and the sizes it is offered with; on a loopback address, neither.

    Call it last: what is written later is not in the list, and what is changed later is refused.

    Args:
        site: the folder of the built site.
        site_url: where it will be hosted.
        kept: how small files were compressed before.
    """
    template = site / "runtime" / WORKER
    source = template.read_text()
    template.unlink()  # from its folder it could not speak for the whole site
    if is_for_writers(site_url):  # a kept page would hide every change
        return
    sizes = {"lessons": Size(0, 0), "calculation": Size(0, 0)}
    listed = {}
    for address, path in kept_files(site).items():
        body = path.read_bytes()
        name = hashlib.sha256(body).hexdigest()
        listed[address] = (name, len(body))
        part = "calculation" if _calculates(address) else "lessons"
        fetched = kept.get(name + path.suffix, partial(_on_the_way, path, body))
        sizes[part] = Size(sizes[part].fetched + fetched, sizes[part].kept + len(body))
    # the script belongs to the version too: a worker never finds another's copy under its own name
    version = hashlib.sha256((source + json.dumps(listed)).encode()).hexdigest()[:12]
    if source.count(_EMPTY_LIST) != 1:
        raise ValueError(f"{WORKER} has no place for the list of files")
    lines = ",\n".join(
        f"    {json.dumps(name)}: {json.dumps(file)}" for name, file in listed.items()
    )
    full_list = f"{{\n  version: {json.dumps(version)},\n  files: {{\n{lines},\n  }},\n}}"
    (site / WORKER).write_text(source.replace(_EMPTY_LIST, full_list))
    described = {part: asdict(size) for part, size in sizes.items()}
    (site / SIZES).write_text(json.dumps(described) + "\n")


def kept_files(site: Path) -> dict[str, Path]:
    """Return the files that a reader keeps, by their address below the site's own."""
    found = {}
    for name in files_in(site):
        if not _NOT_KEPT.fullmatch(name):
            found[_address(name)] = site / name
    return found


def _address(name: str) -> str:
    folder, _, file = name.rpartition("/")
    page = f"{folder}/" if folder else ""
    return quote(page if file == "index.html" else name)


def _calculates(address: str) -> bool:
    """Tell whether a file is Python or what runs it, rather than a script of the pages."""
    return address.startswith("runtime/") and not address.endswith((".js", ".css"))


def _on_the_way(path: Path, body: bytes) -> int:
    if path.suffix not in _COMPRESSED:
        return len(body)
    twin = Path(f"{path}.gz")  # compressed at its best already
    return twin.stat().st_size if twin.exists() else len(gzip.compress(body, mtime=0))
