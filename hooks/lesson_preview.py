"""What the preview of a lesson runs in a reader's browser: the build's own Markdown, and its own checks."""

import json
import posixpath
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from hooks import ROOT
from hooks.check_content import check_lesson, summary
from hooks.content_folder import ContentFolder
from hooks.lesson_file import open_lesson
from hooks.problems import Problem
from hooks.widget_block import WidgetBlocks


class LessonPreview:
    """Turns lessons into pages, as the build does.

    Args:
        content: a folder of content that may be written to: what is asked about goes there.
        extensions: the Markdown extensions of mkdocs.yml, as modules, in their order, with their settings.
        addresses: what a lesson may link to: the address of each file, both from the top of the content.
    """

    def __init__(
        self,
        content: Path,
        extensions: Mapping[str, Mapping[str, Any]],
        addresses: Mapping[str, str],
    ) -> None:
        self._content = content
        self._addresses = addresses
        self._blocks = WidgetBlocks()
        self._extensions = [
            (import_module(name), settings) for name, settings in extensions.items()
        ]

    def answer(self, request: str) -> str:
        """Return a lesson's page and its problems, as JSON in and out.

        Args:
            request: `path`, from the top of the content, and `text`.
        """
        asked = json.loads(request)
        lesson = self._content / asked["path"]
        # as an editor saves it: a byte-order mark or a stray line end is a part of the text
        lesson.write_text(asked["text"], newline="")
        self._blocks.folder = ContentFolder(self._content)
        problems = check_lesson(self._blocks, lesson, self._content)
        said = {
            "html": self.page(asked["path"]),
            "summary": summary(problems),
            "problems": [_told(problem) for problem in sorted(problems)],
        }
        return json.dumps(said)

    def page(self, path: str) -> str:
        """Return the HTML of a lesson as it stands in the folder."""
        lesson = open_lesson(self._content / path, f"{self._content.name}/{path}")
        self._blocks.begin(lesson.path, lesson.first_line, lesson.above)
        others = [module.makeExtension(**settings) for module, settings in self._extensions]
        converter = markdown.Markdown(extensions=[*others, self._blocks])
        links = _PageLinks(converter, path, self._addresses)
        converter.treeprocessors.register(links, "relpath", 0)  # as MkDocs does, after all others
        return converter.convert(lesson.text)


class _PageLinks(Treeprocessor):
    """Makes links between files links between pages, as MkDocs does."""

    def __init__(self, md: markdown.Markdown, path: str, addresses: Mapping[str, str]) -> None:
        super().__init__(md)
        self._path, self._addresses = path, addresses

    def run(self, root: Element) -> None:
        for tag, name in (("a", "href"), ("img", "src")):
            for linked in root.iter(tag):
                linked.set(name, self._address(linked.get(name, "")))

    def _address(self, link: str) -> str:
        scheme, host, file, query, anchor = urlsplit(link)
        if scheme or host or not file or file.startswith("/"):
            return link
        folder = posixpath.dirname(self._path)
        target = self._addresses.get(posixpath.normpath(posixpath.join(folder, unquote(file))))
        if target is None:
            return link
        here = self._addresses[self._path]
        relative = posixpath.relpath(target or ".", here or ".")
        if target.endswith("/") or not target:
            relative = relative.rstrip("/") + "/"
        return urlunsplit(("", "", relative, query, anchor))


def _told(problem: Problem) -> dict[str, object]:
    return {
        "line": problem.place.line,
        "column": problem.place.column,
        "level": problem.level,
        "said": " ".join(filter(None, [problem.what, problem.why, problem.hint])),
    }


def start() -> LessonPreview:
    """Return the preview as the build has packed it, with its settings."""
    settings = json.loads((ROOT / "preview.json").read_text())
    content = ROOT / settings["content"]
    return LessonPreview(content, settings["extensions"], settings["addresses"])
