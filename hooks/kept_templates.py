"""Keeps what the theme made of each page, so that a build fills in the templates only where something has changed.

Templates read the page, the navigation and the settings. All three go into the key, in the words of `_told`, which knows
plain values and refuses what it does not know: a page is never shown from a key that leaves something out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from hooks.kept_values import KeptFiles, key_of, the_code

# where things lie on this machine, and what MkDocs makes of the file of settings: the file itself is told
_NOT_TOLD = {"docs_dir", "site_dir", "config_file_path", "plugins", "hooks", "theme", "validation"}
_NOT_TOLD |= {"markdown_extensions", "exclude_docs", "draft_docs", "not_in_nav"}
# what a page says about itself, which no other page shows
_OF_ITSELF = {"facts", "structured_data"}


class KeptTemplates:
    """The templates of one site, and what they made of its pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pages = KeptFiles[str](folder / "pages")
        self._drawn_on = ""
        self._navs: dict[int, tuple[Navigation, str]] = {}

    def begin(self, env: Environment, config: MkDocsConfig) -> None:
        """Let an environment keep its templates compiled, and what they make of pages."""
        self._pages.tidy()
        self._navs.clear()
        compiled = self._folder / "compiled"
        compiled.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
        env.template_class = _Template
        env.extend(keeps=self)
        own = Path(config.theme.custom_dir or "")
        # under `make serve` these may change while the code stays
        templates = [path.read_bytes() for path in sorted(own.rglob("*.html"))]
        settings = {name: value for name, value in config.items() if name not in _NOT_TOLD}
        file = Path(config.config_file_path or "")
        written = file.read_bytes() if file.is_file() else b""
        self._drawn_on = key_of(the_code(), *templates, written, _told(settings))

    def filled_in(self, template: Template, context: Mapping[str, Any]) -> str:
        """Return what a template makes of a page, and keep it."""
        key = key_of(self._drawn_on, template.name or "", *self._parts(context))
        return self._pages.get(key, lambda: Template.render(template, context))

    def _parts(self, context: Mapping[str, Any]) -> Iterable[str]:
        """Yield what a template can see of one page, its place, and the settings in its language."""
        page = context["page"]
        yield _told([page.title, page.url, page.canonical_url, page.edit_url, page.file.src_uri])
        yield _told([page.is_homepage, page.previous_page, page.next_page])
        yield _told([part.title for part in page.ancestors])
        yield page.content or ""
        yield _told([page.meta, page.toc])
        yield self._nav(context["nav"])
        settings = context["config"]
        yield _told([settings["site_name"], settings["copyright"], settings["extra"]])
        yield repr(context.get("language")) + repr(context.get("english"))

    def _nav(self, nav: Navigation) -> str:
        if id(nav) not in self._navs:
            told = _told([list(nav), nav.homepage.url if nav.homepage else ""])
            self._navs[id(nav)] = (nav, key_of(told))
        return self._navs[id(nav)][1]


class _Template(Template):
    """A template that is filled in only where it has not been before."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        context = dict(*args, **kwargs)
        if context.get("page") is None:
            return super().render(context)
        keeps: KeptTemplates = self.environment.keeps  # type: ignore[attr-defined]
        return keeps.filled_in(self, context)


def _told(value: object) -> str:
    """Return a text that is another one where a template could see a difference.

    Raises:
        TypeError: nobody has said yet what a template may see of such a value.
    """
    match value:
        case str() | int() | float() | None | date():
            return repr(value)
        case Mapping():
            return f"{{{','.join(f'{_told(name)}:{_told(each)}' for name, each in value.items())}}}"
        case Page():
            seen = {name: each for name, each in value.meta.items() if name not in _OF_ITSELF}
            return _told([value.title, value.url, seen])
        case Link():
            return _told([value.title, value.url])
        case Section():
            return _told([value.title, value.children])
        case AnchorLink():
            return _told([value.title, value.id, value.level, value.children])
        case list() | tuple() | TableOfContents():
            return f"[{','.join(map(_told, value))}]"
        case _ if is_dataclass(value):
            return repr(value)
        case Config():
            return _told(dict(value))
    raise TypeError(f"a template may read a {type(value).__name__}; say what of it")
