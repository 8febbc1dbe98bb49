"""Pages in other languages: what they say they are, how they are found, and what stands in where one is missing."""

import html
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from interactive.browser import answer
from tests.conftest import ROOT, SITE_URL, Build

LESSON = "lessons/biomechanics/"
OUTPUT = re.compile(r"<output[^>]*>(.*?)</output>", re.DOTALL)


def read(site: Path, page: str) -> str:
    return (site / page / "index.html").read_text()


def tag(page: str, name: str) -> str:
    found = re.search(f"<{name}[ >][^>]*", page)
    assert found
    return found[0]


def test_a_page_says_its_language_and_direction(site: Path) -> None:
    german, english = read(site, f"de/{LESSON}"), read(site, LESSON)
    assert 'lang="de"' in tag(german, "html")
    assert 'dir="ltr"' in tag(german, "body")
    assert 'lang="en"' in tag(english, "html")
    assert "Inhaltsverzeichnis" in german  # the theme's own words
    assert "<title>Was am tiefsten Punkt der Presse passiert - Kann die Bein" in german


def test_both_languages_of_a_page_name_each_other_to_readers_and_to_search_engines(
    site: Path,
) -> None:
    for page, other, name in ((LESSON, "de", "Deutsch"), (f"de/{LESSON}", "en", "English")):
        text = read(site, page)
        for language, path in (("en", LESSON), ("de", f"de/{LESSON}")):
            link = f'<link rel="alternate" href="{SITE_URL}{path}" hreflang="{language}">'
            assert link in text
        assert re.search(rf'hreflang="{other}"[^>]*class="md-select__link">\s*{name}\s*<', text)
    assert '<link rel="alternate" href' not in read(site, "lessons/setup")


def test_a_lesson_without_translation_is_there_in_english_with_a_note(site: Path) -> None:
    text = read(site, "de/lessons/setup")
    assert 'lang="de"' in tag(text, "html")
    note = text.index("Diese Seite gibt es noch nicht auf Deutsch.")
    assert note < text.index('<div lang="en" dir="ltr">') < text.index("<h1")
    assert f'<link rel="canonical" href="{SITE_URL}lessons/setup/">' in text
    # its links lead to pages in German where there are any, and else to English ones
    assert 'href="../biomechanics/"' in text
    assert 'href="../../../about/how-it-works/#evidence-labels"' in text
    assert "problem-box" not in text


def test_the_copies_are_in_no_search_and_no_site_map(site: Path) -> None:
    index = json.loads((site / "search/search_index.json").read_text())
    found = {entry["location"].partition("#")[0] for entry in index["docs"]}
    assert f"de/{LESSON}" in found
    assert not [page for page in found if page.startswith("de/") and page != f"de/{LESSON}"]
    tree = ElementTree.parse(site / "sitemap.xml")
    listed = [address.text for address in tree.iter() if address.tag.endswith("}loc")]
    assert f"{SITE_URL}de/{LESSON}" in listed
    assert len(listed) == len(set(listed))
    assert f"{SITE_URL}de/lessons/setup/" not in listed


def test_the_lessons_of_a_language_lead_to_each_other(site: Path) -> None:
    german = read(site, f"de/{LESSON}")
    assert re.search(r'href="\.\./setup/" class="md-footer__link md-footer__link--next"', german)
    # Material's instant navigation would keep the language and direction of the page before
    settings = re.search(r'<script id="__config"[^>]*>(.*?)</script>', german)
    assert settings
    assert "navigation.instant" not in settings[1]
    assert "navigation.instant" in read(site, LESSON)


def test_the_build_gives_the_german_answer_that_python_gives_in_the_browser(site: Path) -> None:
    german = read(site, f"de/{LESSON}")
    widget = tag(german, "lesson-widget")
    inputs, words = (
        json.loads(html.unescape(re.search(f'{name}="([^"]*)"', widget)[1]))  # type: ignore[index]
        for name in ("data-inputs", "data-words")
    )
    request = {"widget": "depth-explorer", "inputs": inputs, "words": words}
    reply = json.loads(answer(json.dumps(request)))
    shown = OUTPUT.search(german)
    assert shown
    assert reply["html"] == shown[1]
    assert "Unterer Rücken: " in shown[1]
    assert "data-words" not in read(site, LESSON)


def test_the_numbers_and_labels_of_a_translation_are_in_its_language(site: Path) -> None:
    german = read(site, f"de/{LESSON}")
    assert "0,5\N{NO-BREAK SPACE}MPa" in german
    assert re.search(r'<a class="evidence"[^>]*>am Menschen gemessen</a>', german)
    assert "Vielleicht hast du gehört: „Verkürzte Hüftbeuger" in german
    assert "Kniebeugung" in german
    assert "Permanent link" not in german
    for english in ("measured in people", "You may have heard", "Not quite."):
        assert f">{english}" not in german


def test_a_language_that_is_read_from_right_to_left_is_shown_so(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(ROOT / "content", content)
    (content / "de").rename(content / "ar")
    settings = content / "ar/language.yml"
    settings.write_text(settings.read_text().replace("Deutsch", "العربية"))
    (content / "ar/widgets.yml").unlink()
    lesson = content / "ar/lessons/biomechanics/index.md"
    above = lesson.read_text().partition("\n# ")[0]
    lesson.write_text(f"{above}\n# واحد\n\nنص.\n")
    built = Build(tmp_path / "out", "--content", str(content))
    assert built.worked, built.output
    text = read(built.site_dir, f"ar/{LESSON}")
    assert 'lang="ar"' in tag(text, "html")
    assert 'dir="rtl"' in tag(text, "body")
    assert "العربية" in read(built.site_dir, LESSON)
    assert '<div lang="en" dir="ltr">' in read(built.site_dir, "ar/lessons/setup")


@pytest.mark.parametrize("page", ["de/lessons/setup", f"de/{LESSON}"])
def test_a_kept_copy_of_the_site_has_the_other_languages_too(site: Path, page: str) -> None:
    worker = (site / "service-worker.js").read_text()
    assert json.dumps(page.rstrip("/") + "/") in worker
