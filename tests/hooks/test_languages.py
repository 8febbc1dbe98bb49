"""Lessons in other languages: their own rules, their words, and what is asked of a translator."""

import shutil
from pathlib import Path

import pytest

from hooks.check_content import check
from hooks.languages import read_languages
from hooks.problems import Level
from interactive.catalogue import widget_named
from interactive.translation import translated
from interactive.widget import Answer
from tests.conftest import ROOT

ABOVE = """---
title: Auf Deutsch
summary: Was eine Lektion in einer anderen Sprache braucht.
minutes: 1
audience: Alle
evidence: low
sources: []
authors: []
---
"""
GERMAN = f"{ABOVE}\n# Auf Deutsch\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The data of the site, one English lesson and the German words."""
    folder = tmp_path / "content"
    for name in ("machines", "glossary.yml", "de"):
        source = ROOT / "content" / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder)
    shutil.rmtree(folder / "de/lessons")
    (folder / "lessons").mkdir()
    (folder / "de/lessons").mkdir()
    return folder


def told(content: Path) -> list[str]:
    return [problem.listed for problem in check(content)]


def test_a_german_lesson_is_read_by_the_german_rules(content: Path) -> None:
    lesson = content / "de/lessons/one.md"
    lesson.write_text(GERMAN + "\nEs ist sicher und nicht safe.\n\nAuf 1.5 kg, also 30%.\n")
    assert [(p.place.line, p.level, p.what) for p in check(content)] == [
        (13, Level.MUST_FIX, "'sicher' may not be used on this site."),
        (15, Level.PLEASE, "'1.5' is not how numbers are written here."),
        (15, Level.PLEASE, "'30%' is not how numbers are written here."),
    ]
    lesson.write_text(GERMAN.replace("minutes: 1\n", ""))
    [line] = told(content)
    assert "'minutes' is missing." in line


def test_a_language_without_a_list_of_words_gets_the_rules_that_need_none(content: Path) -> None:
    folder = content / "fr"
    shutil.copytree(content / "de", folder)
    (folder / "lessons/one.md").write_text(f"{ABOVE}# Une page\n\nC'est safe à 30%.\n\n#Deux\n")
    assert {problem.what for problem in check(content)} == {
        "'#Deux' is not shown as a heading.",
        "'Deux' is a second title.",
    }


def test_what_stands_in_english_in_a_translation_is_asked_for(content: Path) -> None:
    lesson = content / "de/lessons/one.md"
    lesson.write_text(GERMAN + "\n``` interactive depth-explorer\n```\n")
    assert told(content) == []
    words = content / "de/widgets.yml"
    words.write_text(words.read_text().replace('"Body height":', '"Body heights":'))
    [line] = told(content)
    assert line.startswith("content/de/lessons/one.md:13:1 please: 'Body height'")
    assert 'Write in content/de/widgets.yml below depth-explorer: "Body height": "…"' in line


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"{n} bis {m}"', '"{n} bis"', "It needs, each once: n, m."),
        ('"hoch"', '""', "'high' has no words."),
        ("\npages:", "\npages: [", "This line cannot be read."),
    ],
)
def test_a_slip_in_the_catalogue_is_named_with_its_line(
    content: Path, old: str, new: str, said: str
) -> None:
    words = content / "de/widgets.yml"
    assert old in words.read_text()
    words.write_text(words.read_text().replace(old, new, 1))
    [line] = told(content)
    assert line.startswith("content/de/widgets.yml:")
    assert said in line


def test_a_language_says_what_it_has_to_say(content: Path) -> None:
    settings = content / "de/language.yml"
    settings.write_text(settings.read_text().replace("site_name:", "sitename:"))
    unknown, missing = told(content)
    assert "Write: site_name:" in unknown
    assert "'site_name' is missing." in missing


@pytest.mark.parametrize("widget", sorted(read_languages(ROOT / "content")["de"].words))
def test_german_readers_never_get_half_a_widget_in_english(widget: str) -> None:
    """Every text of every answer to every stop has German words, refusals too."""
    if widget in ("pages", "every widget"):
        return
    german = read_languages(ROOT / "content")["de"].of_widget(widget)
    missed: list[str] = []
    for field, control in widget_named(widget).controls.items():
        for stop in control.stops:
            for units in ("metric", "us"):
                answer: Answer = widget_named(widget).answer({field: stop} | {"units": units})
                translated(answer.html or answer.refusal, german, missed)
    assert [text for text in sorted(set(missed)) if any(letter.isalpha() for letter in text)] == []
