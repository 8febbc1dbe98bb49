"""What the theme made of a page is shown again only where nothing has changed that a template could see."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import get_context
from mkdocs.config.base import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.toc import get_toc

from hooks.kept_templates import KeptTemplates
from tests.conftest import ROOT

MAIN = (
    "{{ page.content }}|{{ config.site_name }}|{{ config.extra.note }}|{{ page.next_page.title }}|"
    "{% for part in nav %}{{ part.title }}:{{ part.meta.icon }} {% endfor %}|{{ page.meta.facts }}|"
    "{% for heading in page.toc %}{{ heading.title }}{% endfor %}"
)


class Site:
    """A site of two pages with a template of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates = folder / "templates"
        self.templates.mkdir()
        self.write(MAIN)
        docs = folder / "docs"
        docs.mkdir()
        self.config = load_config(
            str(self._settings()), docs_dir=str(docs), site_dir=str(folder / "site")
        )
        files = Files([File(f"{name}.md", str(docs), "", True) for name in ("a", "b")])
        self.nav = get_navigation(files, self.config)
        self.first, self.second = self.nav.pages
        for page in self.nav.pages:
            page.title, page.content, page.meta = page.file.name, "text", {}
            page.toc = get_toc([])
        self.kept = KeptTemplates(folder / "kept")

    def _settings(self) -> Path:
        file = self.folder / "mkdocs.yml"
        file.write_text(
            "site_name: Site\ntheme: {name: null, custom_dir: templates}\nplugins: []\n"
        )
        return file

    def write(self, template: str) -> None:
        (self.templates / "main.html").write_text(template)

    def shown(self) -> str:
        """Build anew as far as templates go; return what the first page became."""
        env = self.config.theme.get_env()
        self.kept.begin(env, self.config)
        context = get_context(self.nav, Files([]), self.config, self.first)
        return env.get_template("main.html").render(context)

    @property
    def number_kept(self) -> int:
        return len([*(self.folder / "kept/pages").glob("*")])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def set_extra(config: MkDocsConfig, value: object) -> None:
    config.extra["note"] = value


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda site: setattr(site.first, "content", "other"), "other|"),
        (lambda site: site.first.meta.update(facts="known"), "|known|"),
        (lambda site: setattr(site.first, "toc", get_toc([_heading()])), "|Heading"),
        (lambda site: setattr(site.second, "title", "Next"), "|Next|"),
        (lambda site: site.second.meta.update(icon="leg"), ":leg "),
        (lambda site: setattr(site.config, "site_name", "Other"), "|Other|"),
        (lambda site: set_extra(site.config, "noted"), "|noted|"),
        (lambda site: site.write("anew " + MAIN), "anew text"),
    ],
    ids=["content", "meta", "headings", "next", "navigation", "name", "settings", "template"],
)
def test_a_change_that_a_template_can_see_is_shown(
    site: Site, change: Callable[[Site], None], seen: str
) -> None:
    before = site.shown()
    assert seen not in before
    assert site.shown() == before
    assert site.number_kept == 1
    change(site)
    assert seen in site.shown()
    assert site.number_kept == 2


def test_what_another_page_says_about_itself_changes_nothing(site: Site) -> None:
    before = site.shown()
    site.second.meta.update(facts="known", structured_data="{}")
    assert site.shown() == before
    assert site.number_kept == 1
    templates = "".join(file.read_text() for file in (ROOT / "hooks/theme").rglob("*.html"))
    read = re.findall(r"([\w.]+)\.(?:facts|structured_data)\b", templates)
    assert set(read) == {"page.meta"}


def _heading() -> dict[str, object]:
    return {
        "level": 1,
        "id": "h",
        "name": "Heading",
        "html": "Heading",
        "data-toc-label": "",
        "children": [],
    }


def test_a_value_of_which_nobody_said_what_templates_see_is_refused(site: Site) -> None:
    set_extra(site.config, object())
    with pytest.raises(TypeError, match="a template may read a object"):
        site.shown()
