"""Runs in Pyodide at build time: packs parts of the standard library, libraries, and our package, as bytecode."""

import importlib
import io
import json
import sys
import traceback
from collections.abc import Collection
from contextlib import suppress
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[attr-defined]
from importlib.util import source_hash
from types import CodeType, ModuleType
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PACKAGE = "/lib/interactive.zip"  # as in python-worker.js
LIBRARIES = "site-packages"  # as in preview-worker.js
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip file can hold
# for a network and for packed files, of which a widget has neither; those who import them can do without
NOT_NEEDED = ("ssl", "bz2", "lzma", "compression")


def compiled(names: list[str]) -> bytes:
    """Return the bytes of a zip with the standard modules that are loaded once these names are.

    Stored, not deflated: what carries the file compresses it better. Without docstrings and without
    line numbers; what is frozen into Python itself need not travel a second time.
    """
    for name in names:
        importlib.import_module(name)
    packed = io.BytesIO()
    with ZipFile(packed, "w") as target:
        _add_loaded(target, NOT_NEEDED)
    return packed.getvalue()


def library(sources: bytes, names: list[str]) -> bytes:
    """Return a zip with other libraries, given as a zip, in a folder beside the standard modules that they load.

    Deflated, as hosts send it as it is. Of the names some are none of modules, and some modules
    cannot be had here: libraries try to import what they can do without.
    """
    with ZipFile(io.BytesIO(bytes(sources))) as source:
        source.extractall(f"/{LIBRARIES}")  # some read files that lie beside them
        texts = {name: source.read(name) for name in sorted(source.namelist())}
    sys.path.insert(0, f"/{LIBRARIES}")
    for name in names:
        with suppress(ImportError):
            importlib.import_module(name)
    packed = io.BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=9) as target:
        _add_loaded(target)
        for name, text in texts.items():
            _add(target, f"{LIBRARIES}/{name}", text)
    return packed.getvalue()


def _add_loaded(target: ZipFile, left_out: Collection[str] = ()) -> None:
    try:
        json.loads("{")
    except ValueError:
        traceback.format_exc()  # an error's report needs modules of its own
    [stock] = [path for path in sys.path if path.endswith(".zip")]
    modules = [module for module in list(sys.modules.values()) if not _is_frozen(module)]
    needed = [module for module in modules if module.__name__.partition(".")[0] not in left_out]
    files = {getattr(module, "__file__", None) or "" for module in needed}
    with ZipFile(stock) as source:
        for file in sorted(file for file in files if file.startswith(stock + "/")):
            inner = file.removeprefix(stock + "/")
            _add(target, inner, source.read(inner), file)


def _add(target: ZipFile, inner: str, text: bytes, file: str = "") -> None:
    """Add a file; a source as bytecode that cannot tell its lines."""
    if inner.endswith(".py"):
        code = _without_lines(compile(text, file or inner, "exec", dont_inherit=True, optimize=2))
        text = _code_to_hash_pyc(code, source_hash(text), checked=False)
        inner += "c"
    info = ZipInfo(inner, LONG_AGO)
    info.compress_type = target.compression
    target.writestr(info, bytes(text))


def package(wheel: bytes) -> bytes:
    """Return the wheel, not deflated, with each source as bytecode that knows its lines.

    The list of files and hashes stays behind: it is true of the sources only.
    """
    packed = io.BytesIO()
    with ZipFile(io.BytesIO(bytes(wheel))) as source, ZipFile(packed, "w") as target:
        for inner in sorted(name for name in source.namelist() if not name.endswith("/RECORD")):
            text = source.read(inner)
            if not inner.endswith(".py"):
                target.writestr(ZipInfo(inner, LONG_AGO), text)
            else:
                code = compile(text, f"{PACKAGE}/{inner}", "exec", dont_inherit=True, optimize=2)
                data = _code_to_hash_pyc(code, source_hash(text), checked=False)
                target.writestr(ZipInfo(inner + "c", LONG_AGO), bytes(data))
    return packed.getvalue()


def _is_frozen(module: ModuleType) -> bool:
    return getattr(module.__spec__, "origin", "") == "frozen"


def _without_lines(code: CodeType) -> CodeType:
    """Return code that cannot tell its lines: whose are not shown, need not be told."""
    constants = tuple(
        _without_lines(constant) if isinstance(constant, CodeType) else constant
        for constant in code.co_consts
    )
    # each byte says "no place known" of up to eight units of code; an empty table breaks tracebacks
    eights, rest = divmod(len(code.co_code) // 2, 8)
    nowhere = b"\xff" * eights + (bytes([0xF8 | rest - 1]) if rest else b"")
    return code.replace(co_linetable=nowhere, co_consts=constants)
