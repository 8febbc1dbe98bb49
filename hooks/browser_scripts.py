"""The site's own JavaScript as readers get it: a script comes in one file with all that it imports, without comments."""

import re
from collections.abc import Callable
from pathlib import Path

_IMPORTED = re.compile(r'^(?:import|\}).* from "\./([\w-]+)\.js";', re.MULTILINE)
ESBUILD = Path("esbuild") / "bin" / "esbuild"
_OPTIONS = ("--bundle", "--minify", "--target=es2022", "--charset=utf8")
_ELEMENT = "lesson-widget.js"


def write_scripts(sources: Path, folder: Path, esbuild: Callable[..., None]) -> None:
    """Write every script that a page or a worker names; what they import is part of them.

    A script that imports nothing stays as it is written: some of them are classic ones, which
    share their names with the page.

    Args:
        sources: the folder of the scripts as we write them.
        folder: where they go.
        esbuild: runs esbuild with options.
    """
    texts = {path: path.read_text() for path in sorted(sources.glob("*.js"))}
    imports = {path: _IMPORTED.findall(text) for path, text in texts.items()}
    parts = {name for names in imports.values() for name in names}
    named = [path for path in texts if path.stem not in parts]
    made = [path for path in named if imports[path]]
    esbuild(*made, f"--outdir={folder}", "--format=esm", *_OPTIONS)
    for path in named:
        if not imports[path]:
            (folder / path.name).write_text(texts[path])


def write_early_script(
    sources: Path, script: Path, manifest: str, esbuild: Callable[..., None]
) -> None:
    """Write the widgets' script as a classic one, which runs where it stands in a page, not after the page.

    What the manifest says is part of it: a page that has it asks for nothing more before it starts a worker.

    Args:
        sources: the folder of the scripts as we write them.
        script: where it goes.
        manifest: JSON.
        esbuild: runs esbuild with options.
    """
    here = "--define:import.meta.url=document.currentScript.src"
    told = f"--define:import.meta.manifest={manifest}"
    esbuild(sources / _ELEMENT, f"--outfile={script}", "--format=iife", here, told, *_OPTIONS)
