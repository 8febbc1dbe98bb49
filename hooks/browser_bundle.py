"""The files that a reader's browser needs to run our Python: Pyodide, the starter, the wheel, the scripts."""

import ast
import gzip
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path, PurePosixPath

import brotli

from hooks import ROOT
from hooks.browser_scripts import ESBUILD, write_early_script, write_scripts
from hooks.kept_values import KeptFiles, key_of, write_whole
from hooks.languages import CATALOGUE
from hooks.lean_pyodide import CODE as LEAN_CODE
from hooks.lean_pyodide import RUNTIME, STARTS, Started, lean_wasm
from hooks.lean_script import lean_script, names_in
from hooks.light_page import without_comments
from hooks.starter_bundle import MICROPYTHON, SCRIPT, WASM, starter
from interactive.care_cards import PATH as CARE_CARDS

HERE = Path(__file__).resolve().parent
PYODIDE = Path(sys.prefix) / "npm" / "node_modules" / "pyodide"
FOLDER = "runtime"
STYLES = f"{FOLDER}/lesson-widget.css"
EARLY = f"{FOLDER}/lesson-widget-early.js"

_WASM, _SCRIPT, _MODULE = "pyodide.asm.wasm", "pyodide.mjs", "pyodide.asm.mjs"
COMPILERS = (HERE / "compile_in_pyodide.mjs", HERE / "compile_in_pyodide.py")
_MAKE_IMAGE, _TIDY = HERE / "make_image.mjs", HERE / "make_image.py"
_LONG_AGO = "315532800"  # 1980, the first date a zip file can hold: the wheel's bytes keep no clock


class RuntimeMissing(RuntimeError):
    """Pyodide is not there: the environment is not complete."""


@dataclass(frozen=True)
class Asset:
    """One file of the site that no trainer wrote.

    Attributes:
        uri: where it stands in the site.
        source: the file whose bytes it has.
        lasting: that file is never written again, so that a site may hold it without a copy.
        stands_for: the same without the hash that its name carries, as pages are written; see `for_good`.
    """

    uri: str
    source: Path
    lasting: bool = False
    stands_for: str = ""


def bundle(work: Path) -> list[Asset]:
    """Return every file of the browser's side; what has to be made is made below `work`.

    Raises:
        RuntimeMissing: `make setup` has not been run.
    """
    if not (PYODIDE / "pyodide.asm.wasm").exists():
        raise RuntimeMissing(f"Pyodide is not in {PYODIDE.parent}: run 'make setup'")
    version = json.loads((PYODIDE / "package.json").read_text())["version"]
    home = f"pyodide-{version}/"
    library = standard_library(work)
    module = python_script(work)
    scripts = [PYODIDE / _SCRIPT, module]
    package, lock = package_and_lock(work)
    image = python_image(work, module, library, lock, package)
    wasm = lean(work, Started(PYODIDE, module, image, library, lock, package))
    fetched = {"wasm": wasm, "lock": lock, "image": image}
    # what Python is started from where the image is not: where bytes are dear, or something is lacking
    fetched |= {"stdlib": library, "package": package, "whole": PYODIDE / _WASM}
    always = [*scripts, wasm, lock]
    early = starter(work)
    other = json.loads((MICROPYTHON / "package.json").read_text())["version"]
    early_home = f"micropython-{other}/"
    micropython = [MICROPYTHON / SCRIPT, MICROPYTHON / WASM, early.source]
    ours = {path.name: path for path in _scripts(work)}
    python_worker, starter_worker = (
        for_good(f"{FOLDER}/{name}", ours.pop(name))
        for name in ("python-worker.js", "starter-worker.js")
    )
    manifest = work / "manifest.json"
    described = {
        "pyodide": {
            "worker": Path(python_worker.uri).name,
            "home": home,
            "script": _SCRIPT,
            "module": module.name,
            **{name: told(path) for name, path in fetched.items()},
            "megabytes": _megabytes(*always, image),
            "fewer_megabytes": _megabytes(*always, library, package),
        },
        "starter": {
            "worker": Path(starter_worker.uri).name,
            "home": early_home,
            "script": SCRIPT,
            "wasm": told(MICROPYTHON / WASM),
            "source": told(early.source),
            "widgets": early.widgets,
        },
    }
    write_whole(manifest, json.dumps(described).encode() + b"\n")
    styles = _styles(work)
    assets = [
        *(Asset(f"{FOLDER}/{name}", path) for name, path in ours.items()),
        *(python_worker, starter_worker),
        for_good(EARLY, _early_script(work, json.dumps(described))),
        *(Asset(STYLES, styles), for_good(STYLES, styles)),
        *(
            Asset(f"{FOLDER}/{home}{path.name}", path, True)
            for path in [*scripts, *fetched.values()]
        ),
        *(Asset(f"{FOLDER}/{early_home}{path.name}", path) for path in micropython),
        Asset(f"{FOLDER}/manifest.json", manifest),
    ]
    return with_twins(assets)


def _megabytes(*files: Path) -> float:
    return round(sum(map(bytes_on_the_wire, files)) / 1e6, 1)


def with_twins(assets: Sequence[Asset]) -> list[Asset]:
    """Return files, then each of them compressed."""
    return [*assets, *(twin for asset in assets for twin in _twins(asset))]


def _twins(asset: Asset) -> list[Asset]:
    """Return a file compressed, for hosts that send such twins: gzip and Brotli, each at its best.

    Kept beside Pyodide, as the best takes half a minute for its wasm.
    """
    content = asset.source.read_bytes()
    kept = PYODIDE.parent.parent / "compressed" / hashlib.sha256(content).hexdigest()[:16]
    compressors: dict[str, Callable[[], bytes]] = {
        "gz": lambda: gzip.compress(content, 9, mtime=0),
        "br": lambda: bytes(brotli.compress(content)),
    }

    def make(folder: Path) -> None:
        for suffix, compressed in compressors.items():
            (folder / suffix).write_bytes(compressed())

    made_once(kept, make)
    return [Asset(f"{asset.uri}.{suffix}", kept / suffix, True) for suffix in compressors]


def _scripts(work: Path) -> list[Path]:
    """Return the scripts that pages and workers name; made once for each state of their sources."""

    def make(folder: Path) -> None:
        write_scripts(RUNTIME, folder, partial(run_node, PYODIDE.parent / ESBUILD))

    return sorted(made_once(work / "scripts" / _key_of_scripts(), make).glob("*.js"))


def _early_script(work: Path, manifest: str) -> Path:
    """Return the script of pages with widgets; made once for each state of its sources and of the manifest."""
    name = Path(EARLY).name

    def make(folder: Path) -> None:
        esbuild = partial(run_node, PYODIDE.parent / ESBUILD)
        write_early_script(RUNTIME, folder / name, manifest, esbuild)

    return made_once(work / "early-scripts" / key_of(_key_of_scripts(), manifest), make) / name


def _key_of_scripts() -> str:
    """Return a key of the sources of all scripts, and of what makes files of them."""
    paths = sorted([*RUNTIME.glob("*.js"), RUNTIME / "package.json", HERE / "browser_scripts.py"])
    return key_of(*(part for path in paths for part in (path.name, path.read_bytes())))


def _styles(work: Path) -> Path:
    """Return the style of cards and widgets as one file: what they share, then what each folder adds."""
    room = ROOT / "interactive"
    parts = [*sorted(room.glob("runtime/*.css")), *sorted(room.glob("widgets/*/widget.css"))]
    styles = work / "lesson-widget.css"
    text = "\n".join(part.read_text() for part in parts)
    write_whole(styles, without_comments(text).encode())  # readers would pay for them
    return styles


def source_wheel(work: Path) -> Path:
    """Return the wheel of `interactive` as the ordinary backend builds it; browsers get it compiled.

    Made once for each state of the sources and kept below `work`; the same sources, the same bytes.
    """

    def make(folder: Path) -> None:
        from build import ProjectBuilder  # takes long to load, and is asked only for new sources

        ProjectBuilder(ROOT, runner=_run).build("wheel", folder)

    [wheel] = made_once(work / "wheels" / sources_hash(), make).glob("*.whl")
    return wheel


def standard_library(work: Path) -> Path:
    """Return the part of the standard library that `interactive` needs, as bytecode in a zip.

    Pyodide ships 614 source files and compiles about 200 of them at every start. Pyodide's own
    Python compiles them once instead, under Node, when the list of imports or Pyodide changes.
    """
    names = standard_imports(work)
    key = hashlib.sha256(json.dumps(names).encode())
    for path in (PYODIDE / "package.json", *COMPILERS):
        key.update(path.read_bytes())

    def make(folder: Path) -> None:
        made = compiled(work, folder, json.dumps(names))
        made.rename(folder / f"stdlib-{hashed(made)}.zip")

    [library] = made_once(work / "stdlibs" / key.hexdigest()[:16], make).glob("stdlib-*.zip")
    return library


def python_script(work: Path) -> Path:
    """Return Pyodide's large script without the names that nobody looks up."""

    def make(folder: Path) -> None:
        made = folder / "made.mjs"
        made.write_text(lean_script((PYODIDE / _MODULE).read_text(), *_readers()))
        made.rename(folder / f"pyodide.asm-lean-{hashed(made)}.mjs")

    key = hashlib.sha256("".join([*_readers(), (HERE / "lean_script.py").read_text()]).encode())
    key.update((PYODIDE / "package.json").read_bytes())
    [script] = made_once(work / "python-scripts" / key.hexdigest()[:16], make).glob("*.mjs")
    return script


def _readers() -> list[str]:
    """Return the scripts beside the large one that look up names of the WebAssembly file."""
    ours = (RUNTIME / name for name in ("python-worker.js", "python-image.js"))
    return [path.read_text() for path in (PYODIDE / _SCRIPT, *ours)]


def python_image(work: Path, script: Path, library: Path, lock: Path, package: Path) -> Path:
    """Return an image of Python that has started and imported our package; made once for what it depends on."""
    names = ", ".join(standard_imports(work))
    parts = [script, library, lock, package]
    key = hashlib.sha256("\n".join([*(path.name for path in parts), names]).encode())
    for path in (PYODIDE / "package.json", _MAKE_IMAGE, _TIDY, *STARTS):
        key.update(path.read_bytes())

    def make(folder: Path) -> None:
        made = folder / "made.wasm"
        run_node(_MAKE_IMAGE, PYODIDE, *parts, names, _TIDY, made)
        made.rename(folder / f"python-image-{hashed(made)}.wasm")

    [image] = made_once(work / "images" / key.hexdigest()[:16], make).glob("*.wasm")
    return image


def lean(work: Path, started: Started) -> Path:
    """Return Pyodide's WebAssembly without what our package never calls; made once for what it depends on.

    Args:
        work: where it is kept.
        started: what Python is started from; the names of the files carry hashes.
    """
    key = hashlib.sha256(f"{started.image.name}\n{started.script.name}".encode())
    words = sorted((ROOT / "content").glob(f"*/{CATALOGUE}"))
    for path in (PYODIDE / "package.json", *LEAN_CODE, *words):
        key.update(path.read_bytes())

    def make(folder: Path) -> None:
        named = names_in(started.script.read_text(), *_readers())
        lean_wasm(folder, started, named, run_node)

    [wasm] = made_once(work / "lean" / key.hexdigest()[:16], make).glob("*.wasm")
    return wasm


def package_and_lock(work: Path) -> tuple[Path, Path]:
    """Return the wheel of bytecode that browsers get, and the Pyodide lock file that registers it.

    Both carry a hash of their content in their names; a hash is no version, so in the wheel it is
    the build tag.
    """

    def make(folder: Path) -> None:
        made = compiled(work, folder)
        name, version, *tags = source_wheel(work).name.split("-")
        wheel = folder / "-".join([name, version, f"0g{hashed(made)}", *tags])
        _make_lock(made.rename(wheel), folder)

    folder = made_once(work / "packages" / sources_hash(), make)
    [wheel], [lock] = folder.glob("*.whl"), folder.glob("pyodide-lock-*.json")
    return wheel, lock


def compiled(work: Path, folder: Path, *names: str) -> Path:
    """Return a zip that Pyodide's own Python has made, as `compile_in_pyodide.mjs` says."""
    made = folder / "made.zip"
    script, source = COMPILERS
    run_node(script, PYODIDE, source_wheel(work), source, made, *names)
    return made


def run_node(*arguments: Path | str) -> None:
    """Run a script under the environment's Node.

    Raises:
        RuntimeError: it failed; with what it said.
    """
    _run([str(Path(sys.executable).parent / "node"), *map(str, arguments)])


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """Return a folder, made aside and moved into place whole; two builds may make it at once."""
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as aside:
            making = Path(aside) / "making"
            making.mkdir()
            make(making)
            try:
                making.rename(folder)
            except OSError:
                if not folder.exists():
                    raise
    return folder


def standard_imports(work: Path) -> list[str]:
    """Return the standard modules that the sources of `interactive` import."""
    return KeptFiles[list[str]](work / "imports").get(sources_hash(), _standard_imports)


def _standard_imports() -> list[str]:
    found = set()
    for path in (ROOT / "interactive").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module)
    return sorted(name for name in found if name.partition(".")[0] in sys.stdlib_module_names)


def _make_lock(wheel: Path, folder: Path) -> None:
    """Register the wheel with its SHA-256; the packages we do not host leave the lock file."""
    stock = json.loads((PYODIDE / "pyodide-lock.json").read_text())
    bare, full = folder / "bare.json", folder / "full.json"
    bare.write_text(json.dumps({**stock, "packages": {}}))
    pyodide = str(Path(sys.executable).parent / "pyodide")
    _run(
        [pyodide, "lockfile", "add-wheels", "--input", str(bare), "--output", str(full), str(wheel)]
    )
    bare.unlink()
    full.rename(folder / f"pyodide-lock-{hashed(full)}.json")


def _run(
    cmd: Sequence[str], cwd: str | None = None, extra_environ: Mapping[str, str] | None = None
) -> None:
    environment = {**os.environ, **(extra_environ or {}), "SOURCE_DATE_EPOCH": _LONG_AGO}
    ran = subprocess.run(cmd, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise RuntimeError(f"{' '.join(cmd)} failed:\n{ran.stdout}{ran.stderr}")


@cache
def sources_hash() -> str:
    """Return what an answer depends on: the sources of `interactive`, and what the wheel carries beside."""
    digest = hashlib.sha256()
    sources = [ROOT / "pyproject.toml", ROOT / CARE_CARDS, PYODIDE / "package.json", Path(__file__)]
    sources += COMPILERS
    sources += (ROOT / "interactive").rglob("*.py")
    for path in sorted(sources):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def for_good(uri: str, source: Path) -> Asset:
    """Return a file under a name with a hash of its content, which browsers keep without asking again.

    Example:
        `stylesheets/site.css` is at `stylesheets/site.1f0c9a3d.css`
    """
    place = PurePosixPath(uri)
    named = place.with_name(f"{place.stem}.{hashed(source)}{place.suffix}")
    return Asset(str(named), source, stands_for=uri)


def hashed(path: Path) -> str:
    """Return a short hash of a file's content, for its name."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def told(path: Path) -> dict[str, object]:
    """Return what a browser must know to fetch a file whole."""
    return {"name": path.name, "hash": _digest(path), "bytes": path.stat().st_size}


@cache
def _digest(path: Path) -> str:
    """Return a file's SHA-256 as browsers write it."""
    return b64encode(hashlib.sha256(path.read_bytes()).digest()).decode()


@cache
def bytes_on_the_wire(path: Path) -> int:
    """Return how large a file is on its way, as hosts compress it; worked out once, as it takes a second."""
    content = path.read_bytes()
    kept = (
        PYODIDE.parent.parent
        / "compressed"
        / f"{hashlib.sha256(content).hexdigest()[:16]}-on-the-way"
    )

    def make(folder: Path) -> None:
        (folder / "bytes").write_text(str(len(gzip.compress(content, 6, mtime=0))))

    return int((made_once(kept, make) / "bytes").read_text())
