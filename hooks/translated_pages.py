"""Pages in other languages: their place beside the English ones, and English where there is no translation yet."""

from collections import ChainMap
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from typing import Any
from urllib.parse import urljoin

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page

from hooks.languages import ENGLISH, Language, split_language
from interactive.translation import said

MIRRORED = "lessons/"  # what a reader finds below every language, translated or not


class TranslatedPages:
    """What the pages of one build are in each language.

    Attributes:
        languages: every language but English, by its tag.
        copies: the pages that stand in a language's folder and are English, by their path.
    """

    def __init__(self) -> None:
        self.languages: Mapping[str, Language] = {}
        self.copies: dict[str, File] = {}
        self._pages: dict[str, dict[str, File]] = {}
        self._navs: dict[str, Navigation] = {}

    def add(self, files: Files, config: MkDocsConfig, languages: Mapping[str, Language]) -> None:
        """Sort the pages by language, and add English ones where a lesson is not translated."""
        self.languages, self._pages, self._navs = languages, {}, {}
        for file in files.documentation_pages():
            language, inside = split_language(file.src_uri, languages)
            self._pages.setdefault(inside, {})[language.tag if language else ENGLISH] = file
            if language:
                file.inclusion = InclusionLevel.NOT_IN_NAV  # it stands in its own language's
        self.copies = dict(self._missing(config))
        for file in self.copies.values():
            files.append(file)

    def _missing(self, config: MkDocsConfig) -> Iterator[tuple[str, File]]:
        for inside, known in self._pages.items():
            for tag in self.languages:
                if inside.startswith(MIRRORED) and ENGLISH in known and tag not in known:
                    path, text = f"{tag}/{inside}", known[ENGLISH].content_bytes
                    level = InclusionLevel.NOT_IN_NAV
                    yield path, File.generated(config, path, content=text, inclusion=level)

    def mirror(self, nav: Navigation) -> None:
        """Give each language a navigation of its own: the lessons in their order, and a way back."""
        for tag, language in self.languages.items():
            pages = list(self._lessons(nav.pages, tag))
            section = Section(language.said["lessons"], list(pages))
            for page, before, after in zip(pages, [None, *pages], [*pages[1:], None], strict=False):
                page.parent, page.previous_page, page.next_page = section, before, after
            home = nav.homepage.url if nav.homepage else ""
            mirrored = Navigation([section, Link(language.said["read_english"], home)], pages)
            mirrored.homepage = nav.homepage
            self._navs[tag] = mirrored

    def _lessons(self, pages: Sequence[Page], tag: str) -> Iterator[Page]:
        for english in pages:
            path = english.file.src_uri
            file = self._pages.get(path, {}).get(tag) or self.copies.get(f"{tag}/{path}")
            if file and file.page and path.startswith(MIRRORED):
                if f"{tag}/{path}" in self.copies:
                    file.page.canonical_url = (
                        english.canonical_url
                    )  # the one that search engines list
                yield file.page

    def speak(self, context: dict[str, Any], page: Page, config: MkDocsConfig) -> None:
        """Let the theme speak a page's language, and name the page in the other ones."""
        language, inside = split_language(page.file.src_uri, self.languages)
        shown = copy(config)
        is_copy = page.file.src_uri in self.copies
        shown["extra"] = {**config.extra, "alternate": self._alternates(inside, config, is_copy)}
        if language:
            shown["theme"] = ChainMap(_in_language(config, language), config.theme)
            shown["site_name"] = language.said["site_name"]
            shown["copyright"] = language.said["copyright"]
            context["nav"] = self._navs[language.tag]
            context["language"] = language
            context["english"] = is_copy
        words = language.of_pages if language and not is_copy else {}
        context["say"] = partial(said, words=words)
        context["config"] = shown

    def _alternates(self, inside: str, config: MkDocsConfig, is_copy: bool) -> list[dict[str, str]]:
        """Return a page's languages, if there is a choice; addresses as search engines want them."""
        known = self._pages.get(inside, {})
        if len(known) < 2 and not is_copy:
            return []
        return [
            {
                "lang": tag,
                "name": self.languages[tag].said["name"] if tag in self.languages else "English",
                "link": urljoin(config.site_url or "", file.url),
                "path": file.url,
            }
            for tag, file in known.items()
        ]

    def keep_out_of_search(self, page: Page) -> None:
        """Let a search find the English page only, not its copies."""
        if page.file.src_uri in self.copies:
            page.meta["search"] = {"exclude": True}


def _in_language(config: MkDocsConfig, language: Language) -> dict[str, Any]:
    """Return what the theme's settings are in a language.

    Material's instant navigation keeps the language and direction that the first page had, so
    between languages the browser loads pages itself.
    """
    features = [name for name in config.theme["features"] if name != "navigation.instant"]
    palette = [
        {**colours, "toggle": {**toggle, "name": said(toggle["name"], language.of_pages)}}
        for colours in config.theme["palette"]
        for toggle in [colours["toggle"]]
    ]
    return {"language": language.tag, "features": features, "palette": palette}
