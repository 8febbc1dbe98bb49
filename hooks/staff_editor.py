"""The editing page for staff: Sveltia CMS on our own host, with forms made from the schema of the front matter."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hooks import ROOT
from hooks.browser_bundle import PYODIDE, Asset, RuntimeMissing, made_once
from hooks.kept_values import key_of, the_code

FOLDER = "staff"
HERE = ROOT / "hooks" / "staff"
SCHEMA = ROOT / "content" / "lessons" / "schema.json"
TEST = {"name": "test-repo"}  # keeps what is edited in the browser alone

_CMS = PYODIDE.parent / "@sveltia" / "cms"
_SYMBOLS = PYODIDE.parent / "@fontsource-variable" / "material-symbols-outlined"
_FONT = _SYMBOLS / "files" / "material-symbols-outlined-latin-wght-normal.woff2"
# addresses elsewhere that the editor would ask, and what stands there instead: files of ours, the system's fonts,
# and for parts that our lessons do not need (maps, colours of code, pictures in WebP) names that lead nowhere
_OURS = (
    (r"https://unpkg\.com/@sveltia/cms(?=`)", "cms"),
    (r"https://unpkg\.com/@sveltia/ui(?=`)", "not-here/ui"),
    (r"https://unpkg\.com/@shikijs(?=`)", "not-here/shiki"),
    (r"https://unpkg\.com/(?=\$\{e\}`)", "not-here/"),
    (r"https://www\.githubstatus\.com/api/v2/status\.json", "status.json"),
    (r"url\(https://cdn\.jsdelivr\.net/fontsource/fonts/material-symbols-[^)]*\)", "url(symbols.woff2)"),
    (r"url\(https://cdn\.jsdelivr\.net/fontsource/fonts/source-sans-3[^)]*\)", "local(sans-serif)"),
    (r"url\(https://cdn\.jsdelivr\.net/fontsource/fonts/noto-mono[^)]*\)", "local(monospace)"),
)  # fmt: skip
_LONG = 120  # a text of more letters gets more than one line


class EditorChanged(RuntimeError):
    """The editor's script is not the one that we know how to keep on our own host."""


def staff_editor(
    work: Path, repository: str, backend: Mapping[str, str] | None = None
) -> list[Asset]:
    """Return every file of the editor; none where the repository's host is one that it cannot speak to.

    Args:
        work: where files are made.
        repository: the repository's address.
        backend: another one than the repository, for tests.

    Raises:
        RuntimeMissing: `make setup` has not been run.
    """
    if urlsplit(repository).hostname != "github.com":
        return []
    if not _FONT.exists() or not (_CMS / "package.json").exists():
        raise RuntimeMissing(f"Sveltia CMS is not in {PYODIDE.parent}: run 'make setup'")
    version = json.loads((_CMS / "package.json").read_text())["version"]

    def make(folder: Path) -> None:
        script = _on_our_host((_CMS / "dist" / "sveltia-cms.js").read_text())
        (folder / "sveltia-cms.js").write_text(script)
        settings = configuration(repository, backend)
        (folder / "config.json").write_text(json.dumps(settings, indent=2) + "\n")

    told = (the_code(), version, repository, repr(backend), SCHEMA.read_text())
    folder = made_once(work / "staff" / key_of(*told), make)
    script, settings = folder / "sveltia-cms.js", folder / "config.json"
    files = {
        "index.html": HERE / "index.html",
        "sveltia-cms.js": script,
        "config.json": settings,
        "status.json": HERE / "status.json",  # how its host is: nobody asks
        "symbols.woff2": _FONT,
        "symbols-licence.txt": _SYMBOLS / "LICENSE",
        "cms/licence.txt": _CMS / "LICENSE.txt",
        "cms/package.json": _CMS / "package.json",  # where it looks for a newer version
    }
    for locale in sorted((_CMS / "locales").glob("*.json")):
        files[f"cms@{version}/locales/{locale.name}"] = locale
    return [Asset(f"{FOLDER}/{name}", path) for name, path in files.items()]


def configuration(repository: str, backend: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the editor's settings.

    Example:
        >>> made = configuration("https://github.com/gym/lessons")
        >>> made["backend"]["repo"], made["publish_mode"]
        ('gym/lessons', 'editorial_workflow')
    """
    schema = json.loads(SCHEMA.read_text())
    fields = lesson_fields(schema)
    some = [field for field in fields if field["name"] in ("title", "summary", "body")]
    pages = [
        {"name": name, "label": label, "file": f"content/{name}.md", "fields": some}
        for name, label in (("index", "Front page"), ("calculator", "Calculator"))
    ]
    github = {
        "name": "github",
        "repo": urlsplit(repository).path.strip("/"),
        "branch": "main",
        "auth_methods": ["token"],
    }
    return {
        "backend": dict(backend or github),
        **({} if backend else {"publish_mode": "editorial_workflow"}),  # a pull request each
        "app_title": "Lessons: editor for staff",
        "logo": {"src": "../icons/app.svg"},
        "media_folder": "content",
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "collections": [
            {
                "name": "lessons",
                "label": "Lessons",
                "label_singular": "Lesson",
                "folder": "content/lessons",
                "path": "{{slug}}/index",
                "media_folder": "",  # pictures lie beside the text
                "public_folder": "",
                "extension": "md",
                "format": "yaml-frontmatter",
                "create": False,  # a new lesson has to be put into the menu too
                "delete": False,
                "fields": fields,
            },
            {"name": "pages", "label": "Pages", "format": "yaml-frontmatter", "files": pages},
        ],
    }


def lesson_fields(schema: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the form of a lesson: a field for each key of the front matter, then its text.

    Example:
        >>> year = {"type": "integer", "title": "Year", "minimum": 1900}
        >>> form = lesson_fields({"required": ["year"], "properties": {"year": year}})
        >>> form[0]["widget"], form[0]["required"], form[0]["min"], form[1]["name"]
        ('number', True, 1900, 'body')
    """
    needed = schema.get("required", ())
    fields = [_field(name, part, name in needed) for name, part in schema["properties"].items()]
    # plain Markdown: an editor of rich text would not know our fences
    body = {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw"]}
    return [*fields, body]


def _field(name: str, part: Mapping[str, Any], needed: bool) -> dict[str, Any]:
    made = {"name": name, "label": part["title"], "required": needed}
    if "description" in part:
        made["hint"] = part["description"]
    kind = part["type"]
    if kind == "integer":
        return made | {"widget": "number", "value_type": "int"} | _bounds(part, "imum")
    if kind == "array" and part.get("examples") == [[]]:
        # usually empty: the editor would demand an entry or drop the key, so it keeps the list as it is
        return {"name": name, "widget": "hidden"}
    if kind == "array":
        return made | {"widget": "list"}
    if kind == "object":
        inside = part["properties"].items()
        fields = [_field(key, below, key in part.get("required", ())) for key, below in inside]
        return made | {"widget": "object", "fields": fields}
    if "enum" in part:
        return made | {"widget": "select", "options": part["enum"]}
    if part.get("format") == "date":
        return made | {"widget": "datetime", "format": "YYYY-MM-DD", "type": "date"}
    long = part.get("maxLength", 0) > _LONG
    return made | {"widget": "text" if long else "string"} | _bounds(part, "Length")


def _bounds(part: Mapping[str, Any], what: str) -> dict[str, Any]:
    """Return limits as the editor names them: minLength → minlength, minimum → min."""
    given = {f"{end}{what}": end for end in ("min", "max")}
    suffix = "length" if what == "Length" else ""
    return {end + suffix: part[name] for name, end in given.items() if name in part}


def _on_our_host(script: str) -> str:
    """Return the editor's script with its addresses elsewhere as ours.

    Raises:
        EditorChanged: one of them is not where it was.
    """
    for pattern, ours in _OURS:
        script, found = re.subn(pattern, ours, script)
        if found != 1:
            raise EditorChanged(f"sveltia-cms.js holds {pattern} {found} times, not once")
    return script
