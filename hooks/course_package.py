"""Packs lessons for course systems: SCORM 1.2 packages that run from their own files, without a network."""

import hashlib
import json
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hooks.course_names import COURSE, VERSION, package
from hooks.lesson_text import LessonText, lesson_text
from interactive.markup import Markup, element

_RUNTIME = "runtime"
_SCRIPTS = ("lesson-widget.js", "course-record.js")
_NAMED_SCRIPT = re.compile(r'"(?:\./)?([\w-]+\.js)"')
# Course systems know no .mjs, and a module that comes as a file of no known kind is not run
_MODULE, _RENAMED = ".mjs", ".mjs.js"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date a zip file can hold
_PACKING = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
_SCORM = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
_SHARED = "shared"


@dataclass(frozen=True)
class Course:
    """What the packages are made of.

    Attributes:
        title: of all lessons together.
        site_url: where the lessons are at home.
        lessons: their folders below the site's own, in their order.
        licence: one sentence.
    """

    title: str
    site_url: str
    lessons: Sequence[str]
    licence: str


@dataclass(frozen=True)
class _Lesson:
    """A lesson in its package: the folder it had on the site, its text, and its files by name."""

    folder: str
    title: str
    files: Mapping[str, bytes]

    @property
    def name(self) -> str:
        return posixpath.basename(self.folder)

    @property
    def page(self) -> str:
        return f"{self.folder}/index.html"


def write_packages(site: Path, work: Path, course: Course) -> None:
    """Write a package for each lesson, and one for all of them together.

    Args:
        site: the folder of the built site.
        work: where what all packages share is kept compressed, for the next build.
        course: what to pack.
    """
    lessons, styles = [], dict[str, None]()
    for folder in course.lessons:
        page = (site / folder / "index.html").read_text()
        text = lesson_text(page, urljoin(course.site_url, f"{folder}/"))
        styles |= dict.fromkeys(_named(folder, text.styles))
        lessons.append(_packed(site, folder, text, course))
    shared = {name: (site / name).read_bytes() for name in styles} | runtime(site / _RUNTIME)
    begun = _compressed(shared, work)
    for lesson in lessons:
        _write(site, lesson.name, begun, shared, lesson.title, [lesson])
    _write(site, COURSE, begun, shared, course.title, lessons)


def runtime(folder: Path) -> dict[str, bytes]:
    """Return what live Python needs, by its name in a package."""
    found: dict[str, bytes] = {}
    waiting = [*_SCRIPTS]
    while waiting:
        script = waiting.pop()
        if f"{_RUNTIME}/{script}" not in found:
            source = (folder / script).read_bytes()
            found[f"{_RUNTIME}/{script}"] = source
            waiting += _NAMED_SCRIPT.findall(source.decode())
    told = json.loads((folder / "manifest.json").read_text())
    # a course's lessons ask nothing that the lean one lacks
    left_out = {told["pyodide"].pop(name)["name"] for name in ("whole", "stdlib", "package")}
    for engine in ("pyodide", "starter"):
        worker = told[engine]["worker"]
        found[f"{_RUNTIME}/{worker}"] = (folder / worker).read_bytes()
        for path in sorted((folder / told[engine]["home"]).iterdir()):
            if path.suffix not in (".gz", ".br") and path.name not in left_out:
                name = f"{_RUNTIME}/{told[engine]['home']}{_in_package(path.name)}"
                found[name] = path.read_bytes()
        for script in {"script", "module"} & {*told[engine]}:
            told[engine][script] = _in_package(told[engine][script])
    found[f"{_RUNTIME}/manifest.json"] = (json.dumps(told) + "\n").encode()
    return found


def manifest(title: str, lessons: Sequence[_Lesson], shared: Iterable[str], name: str) -> bytes:
    """Return what a course system reads first: which lessons there are, and every file of each."""
    ElementTree.register_namespace("", _PACKING)
    ElementTree.register_namespace("adlcp", _SCORM)
    root = _part(None, "manifest", identifier=f"legpress-lessons-{name}", version="1.0")
    about = _part(root, "metadata")
    _part(about, "schema", "ADL SCORM")
    _part(about, "schemaversion", VERSION)
    organizations = _part(root, "organizations", default="lessons")
    organization = _part(organizations, "organization", identifier="lessons")
    _part(organization, "title", title)
    resources = _part(root, "resources")
    for lesson in lessons:
        item = _part(
            organization, "item", identifier=f"item-{lesson.name}", identifierref=lesson.name
        )
        _part(item, "title", lesson.title)
        sco = _part(
            resources, "resource", identifier=lesson.name, type="webcontent", href=lesson.page
        )
        sco.set(f"{{{_SCORM}}}scormtype", "sco")
        _list(sco, lesson.files)
        _part(sco, "dependency", identifierref=_SHARED)
    asset = _part(resources, "resource", identifier=_SHARED, type="webcontent")
    asset.set(f"{{{_SCORM}}}scormtype", "asset")
    _list(asset, shared)
    ElementTree.indent(root)
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _part(
    parent: ElementTree.Element | None, tag: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    name = f"{{{_PACKING}}}{tag}"
    made = (
        ElementTree.Element(name, attributes)
        if parent is None
        else ElementTree.SubElement(parent, name, attributes)
    )
    made.text = text or None
    return made


def _list(resource: ElementTree.Element, names: Iterable[str]) -> None:
    for name in sorted(names):
        _part(resource, "file", href=name)


def _packed(site: Path, folder: str, text: LessonText, course: Course) -> _Lesson:
    books = [f"{_RUNTIME}/books/{name}" for name in text.books]
    names = [*_named(folder, text.files), *books]
    files = {name: (site / name).read_bytes() for name in names}
    page = _page(folder, text, course)
    return _Lesson(folder, text.title, {f"{folder}/index.html": page.encode()} | files)


def _page(folder: str, text: LessonText, course: Course) -> str:
    """Return a lesson as a page of its own, complete before any script runs."""
    up = posixpath.relpath(".", folder)
    scripts = Markup(
        "".join(
            f'<script type="module" src="{up}/{_RUNTIME}/{script}"></script>' for script in _SCRIPTS
        )
    )
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("title", text.title),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        [element("link", rel="stylesheet", href=style) for style in text.styles],
        scripts,
    )
    article = element(
        "article",
        _what_is_recorded(text.questions),
        text.html,
        element("course-record", element("p", role="status"), class_="admonition note"),
        text.rest,
        element("hr"),
        element(
            "p",
            "This lesson is at home at ",
            element(
                "a",
                course.title,
                href=urljoin(course.site_url, f"{folder}/"),
                target="_blank",
                rel="noopener",
            ),
            f". {course.licence} Links open in a window of their own.",
        ),
        class_="md-content__inner md-typeset",
    )
    body = element(
        "body",
        element(
            "main",
            element(
                "div",
                element("div", article, class_="md-content"),
                class_="md-main__inner md-grid",
            ),
            class_="md-main",
        ),
        dir="ltr",
        data_md_color_scheme="default",
        data_md_color_primary="custom",
        data_md_color_accent="custom",
    )
    return f"<!doctype html>\n{element('html', head, body, lang='en')}\n"


def _what_is_recorded(questions: int) -> Markup:
    """Return what a learner is told about the record before anything is recorded."""
    if questions:
        when = (
            f"This lesson is finished once you have opened an answer to each of its {questions} "
            "questions. The first answer that you open counts; the others are there to be read. "
            "Your course gets to know which questions you had right, and nothing else."
        )
    else:
        when = "This lesson has no questions: it is finished once you have opened it."
    return element(
        "div",
        element("p", "For your course", class_="admonition-title"),
        element("p", when),
        element("noscript", element("p", "Without JavaScript nothing is recorded.")),
        class_="admonition note",
    )


def _named(folder: str, references: Iterable[str]) -> list[str]:
    """Return the files that a page names, from the top of the site."""
    return [posixpath.normpath(posixpath.join(folder, reference)) for reference in references]


def _in_package(name: str) -> str:
    return name.removesuffix(_MODULE) + _RENAMED if name.endswith(_MODULE) else name


def _compressed(shared: Mapping[str, bytes], work: Path) -> Path:
    """Return a zip of what all packages share; made once, because compressing Python takes seconds."""
    key = hashlib.sha256(Path(__file__).read_bytes())
    for name, content in sorted(shared.items()):
        key.update(f"{name}\0{len(content)}\0".encode() + content)
    made = work / "course-packages" / f"{key.hexdigest()[:16]}.zip"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=made.parent) as aside:
            making = Path(aside) / made.name
            with ZipFile(making, "w") as packing:
                _add(packing, shared)
            making.rename(made)
    return made


def _write(
    site: Path,
    name: str,
    begun: Path,
    shared: Iterable[str],
    title: str,
    lessons: Sequence[_Lesson],
) -> None:
    target = site / package(name)
    target.parent.mkdir(exist_ok=True)
    shutil.copyfile(begun, target)
    with ZipFile(target, "a") as packing:
        own = {name: content for lesson in lessons for name, content in lesson.files.items()}
        _add(packing, own | {"imsmanifest.xml": manifest(title, lessons, shared, name)})


def _add(packing: ZipFile, files: Mapping[str, bytes]) -> None:
    for name, content in sorted(files.items()):
        entry = ZipInfo(name, _LONG_AGO)
        entry.compress_type = ZIP_DEFLATED
        entry.create_system = 3  # whoever unpacks it finds files that may be read
        entry.external_attr = 0o644 << 16
        packing.writestr(entry, content, compresslevel=9)
