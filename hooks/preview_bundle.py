"""The files of the live preview: libraries as bytecode, our Markdown side with the content, each lesson's source."""

import ast
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache, partial
from importlib.metadata import distribution, entry_points, version
from importlib.util import find_spec, resolve_name
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hooks import ROOT
from hooks.bibliography import publications
from hooks.browser_bundle import (
    COMPILERS,
    PYODIDE,
    Asset,
    bytes_on_the_wire,
    compiled,
    hashed,
    made_once,
    package_and_lock,
    python_script,
    standard_imports,
    told,
)
from hooks.kept_values import KeptFiles, key_of, the_code
from hooks.preview_pages import lesson_pages

FOLDER = "preview"
START = "hooks.lesson_preview"

# pure Python, or with a stand-in; whatever else a library would like to have, it does without
_LIBRARIES = ("attrs", "jsonschema", "jsonschema_specifications", "latex2mathml", "Markdown",
              "Pygments", "pymdown-extensions", "PyYAML", "referencing")  # fmt: skip
_PACKAGES = frozenset(
    ["attr", "attrs", "jsonschema", "jsonschema_specifications", "latex2mathml", "markdown",
     "pygments", "pymdownx", "referencing", "yaml"]
)  # fmt: skip
_WITH_DATA = ("jsonschema_specifications", "latex2mathml")
_STAND_INS = {"rpds/__init__.py": ROOT / "hooks" / "rpds_stand_in.py"}
_OUR_STAND_INS = {"hooks/bibliography.py": ROOT / "hooks" / "bibliography_stand_in.py"}
# imported by a name that a program works out
_BY_NAME = (
    "html.parser",
    "pygments.formatters.html",
    "pygments.lexers.special",
    "pymdownx.highlight",
)
# with these the worker unpacks and reads the lessons
_ALWAYS = (
    "zipfile",
    "encodings.ascii",
    "encodings.cp437",
    "encodings.latin_1",
    "encodings.utf_8_sig",
)
# what our side reads beside the content
_READ = ("mkdocs.yml", "hooks/wording.yml", "interactive/runtime/stored.js")
_TEXT = frozenset([".json", ".md", ".yml"])
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip file can hold


def preview_bundle(
    work: Path, content: Path, addresses: Mapping[str, str], extensions: Mapping[str, Any]
) -> list[Asset]:
    """Return every file of the preview; what has to be made is made below `work`.

    Args:
        work: holds what `browser_bundle.bundle` has made.
        content: the folder of lessons.
        addresses: the address of each of its files, both from the top.
        extensions: the names of Markdown's extensions, in their order, with their settings.
    """
    pyodide = json.loads((work / "manifest.json").read_text())["pyodide"]
    kept = KeptFiles[Needed](work / "imports")
    names = list(extensions)
    needed = kept.get(key_of(the_code(), *names), partial(_needed, names))
    settings = {
        "content": content.name,
        "extensions": dict(zip(needed.extensions, extensions.values(), strict=True)),
        "addresses": addresses,
    }
    library = _library(work, needed.imported)
    ours = [ROOT / path for path in needed.ours]
    lessons = _lessons(work, content, ours, json.dumps(settings))
    whole = pyodide["whole"]  # more runs here than our package
    fetched = [
        *(PYODIDE / name for name in (pyodide["script"], whole["name"])),
        python_script(work),
    ]
    fetched += [*package_and_lock(work), library, lessons]
    described = {
        **{name: pyodide[name] for name in ("home", "script", "module", "lock", "package")},
        "wasm": whole,
        "library": told(library),
        "lessons": told(lessons),
        "megabytes": round(sum(map(bytes_on_the_wire, fetched)) / 1e6, 1),
    }
    manifest = work / "preview.json"
    manifest.write_text(json.dumps(described) + "\n")
    return [
        Asset(f"{FOLDER}/manifest.json", manifest),
        *(Asset(f"{FOLDER}/{path.name}", path) for path in (library, lessons)),
        *(Asset(source_of(name), content / name) for name, _ in lesson_pages(content)),
    ]


@dataclass(frozen=True)
class Needed:
    """What the preview needs of us and of libraries.

    Attributes:
        extensions: the modules of Markdown's extensions, in their order.
        ours: the files of our Markdown side, from the top of the repository.
        imported: every other module that these import by name.
    """

    extensions: Sequence[str]
    ours: Sequence[str]
    imported: Sequence[str]


def _needed(extensions: Sequence[str]) -> Needed:
    modules = [_modules().get(name, name) for name in extensions]
    ours = _reached([START], frozenset(["hooks"]))
    imported = _with_imports(modules, ours)
    return Needed(
        modules,
        [path.relative_to(ROOT).as_posix() for path in ours.values()],
        sorted(name for name in imported if name.partition(".")[0] != "hooks"),
    )


def source_of(lesson: str) -> str:
    """Return where a lesson's Markdown stands in the site.

    Example:
        >>> source_of("lessons/setup/index.md")
        'preview/lessons/setup/index.md.txt'
    """
    return f"{FOLDER}/{lesson}.txt"


def _lessons(work: Path, content: Path, ours: Iterable[Path], settings: str) -> Path:
    """Return a zip with our Markdown side, the content that it reads, and its settings.

    Pictures are there by name only: nobody looks at them.
    """
    files = {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in (*ours, *(ROOT / name for name in _READ))
    }
    for path in content.rglob("*"):
        if path.is_file():
            name = f"{content.name}/{path.relative_to(content).as_posix()}"
            files[name] = path.read_bytes() if path.suffix in _TEXT else b""
    files |= {name: path.read_bytes() for name, path in _OUR_STAND_INS.items()}
    read = [asdict(publication) for publication in publications().values()]
    files["references.json"] = json.dumps(read).encode()
    files["preview.json"] = settings.encode()

    def make(folder: Path) -> None:
        made = folder / "made.zip"
        with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=9) as target:
            for name in sorted(files):
                _write(target, name, files[name])
        made.rename(folder / f"lessons-{hashed(made)}.zip")

    key = hashlib.sha256(repr(sorted(files.items())).encode()).hexdigest()[:16]
    [lessons] = made_once(work / "previews" / key, make).glob("lessons-*.zip")
    return lessons


def _library(work: Path, imported: Iterable[str]) -> Path:
    """Return a zip with the libraries that are imported, and the parts of the standard library.

    Made once for each set of names and each version of the libraries.
    """
    names = sorted({*imported, *standard_imports(work), *_BY_NAME, *_ALWAYS})
    key = hashlib.sha256(repr([names, [(name, version(name)) for name in _LIBRARIES]]).encode())
    for path in (*COMPILERS, *_STAND_INS.values(), PYODIDE / "package.json", Path(__file__)):
        key.update(path.read_bytes())

    def make(folder: Path) -> None:
        modules = _reached(names, _PACKAGES)
        sources = folder / "sources.zip"
        with ZipFile(sources, "w") as target:
            files = {**_files(modules), **_descriptions(), **_STAND_INS}
            for name, path in sorted(files.items()):
                _write(target, name, path.read_bytes())
        wanted = filter(_is_standard, _with_imports(names, modules))
        made = compiled(work, folder, json.dumps(sorted({*modules, *wanted})), str(sources))
        made.rename(folder / f"library-{hashed(made)}.zip")
        sources.unlink()

    [library] = made_once(work / "previews" / key.hexdigest()[:16], make).glob("library-*.zip")
    return library


def _write(target: ZipFile, name: str, body: bytes) -> None:
    info = ZipInfo(name, _LONG_AGO)
    info.compress_type = target.compression
    target.writestr(info, body)


def _files(modules: Mapping[str, Path]) -> dict[str, Path]:
    """Return libraries by their path where they are installed, with the data that some of them read."""
    found = {}
    for name, path in modules.items():
        home = path.parents[name.count(".") + (path.name == "__init__.py")]
        found[path.relative_to(home).as_posix()] = path
        if name in _WITH_DATA:
            found |= {
                data.relative_to(home).as_posix(): data
                for data in path.parent.rglob("*")
                if data.is_file() and "py" not in data.suffix and data.name != "py.typed"
            }
    return found


def _descriptions() -> dict[str, Path]:
    """Return what libraries say of themselves, their licences among it."""
    found = {}
    for library in _LIBRARIES:
        of_library = distribution(library)
        for file in of_library.files or ():
            name = file.as_posix()
            if ".dist-info/" in name and (file.name == "METADATA" or "LICENSE" in name.upper()):
                found[name] = Path(str(of_library.locate_file(file)))
    return found


def _reached(start: Iterable[str], packages: frozenset[str]) -> dict[str, Path]:
    """Return the source of every module of some packages that these import, in the end."""
    found: dict[str, Path] = {}
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name in found or name.partition(".")[0] not in packages:
            continue
        source = _source(name)
        if source:
            found[name] = source
            waiting += [name.rpartition(".")[0], *_imports(name, source)]
    return found


def _with_imports(names: Iterable[str], modules: Mapping[str, Path]) -> set[str]:
    return {*names, *(name for module in modules.items() for name in _imports(*module))}


def _source(name: str) -> Path | None:
    try:
        spec = find_spec(name)
    except ModuleNotFoundError:  # a name inside a module, not a module
        return None
    return Path(spec.origin) if spec and spec.origin and spec.origin.endswith(".py") else None


def _is_standard(name: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names


@cache
def _imports(name: str, path: Path) -> list[str]:
    """Return what a module imports: modules, and names that may be modules of a package."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    stand_in = _OUR_STAND_INS.get(f"{name.replace('.', '/')}.py", path)
    tree = ast.parse(stand_in.read_text())
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = resolve_name("." * node.level + (node.module or ""), package)
            found += [base, *(f"{base}.{alias.name}" for alias in node.names)]
    return found


@cache
def _modules() -> dict[str, str]:
    """Return the module of each Markdown extension that is installed, by the name in mkdocs.yml."""
    found = entry_points(group="markdown.extensions")
    return {entry.name: entry.value.partition(":")[0] for entry in found}
