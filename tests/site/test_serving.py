"""`make serve` follows every change, and shows a problem where it is."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import PATIENCE, Serving

BOX = 'class="problem-box"'
PLEASE = 'class="problem-box please"'


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, site: Path) -> Iterator[Serving]:
    assert site.exists()  # so what is made once is in .cache already, as at any second start
    with Serving(tmp_path_factory.mktemp("copy") / "project") as running:
        running.shows("Low back: ")  # whichever test comes first
        yield running


def test_a_change_of_a_lesson_is_shown(serving: Serving) -> None:
    serving.shows("Low back: ")
    assert serving.url in serving.log.read_text()
    serving.change("content/index.md", "It can load", "It may load")
    page = serving.shows("It may load")
    assert "problem-box" not in page
    assert "Content-Security-Policy" not in page  # it would refuse what MkDocs adds for writers
    serving.change("content/index.md", "It may load", "It can load")  # as the other tests find it


def test_a_new_lesson_is_shown_and_a_deleted_one_is_gone(serving: Serving) -> None:
    lesson = serving.copy / "content/lessons/new.md"
    lesson.write_text("# A new lesson\n\nNot yet reviewed by a health professional.\n")
    serving.shows("A new lesson", "lessons/new/")
    lesson.unlink()
    serving.shows_no_more("A new lesson", "lessons/new/")


def test_a_change_of_a_source_is_shown(serving: Serving) -> None:
    serving.change("content/references.bib", "Posture and the comp", "Posture and then the comp")
    serving.shows("Posture and then the comp", "about/sources/")


def test_a_problem_of_a_block_stands_in_its_place_until_it_is_mended(serving: Serving) -> None:
    serving.change("content/index.md", "controls: [knee_deg", "controls: [knee_dgr")
    page = serving.shows(BOX)
    assert page.count("problem-box") == 1
    assert "content/index.md:13" in page
    assert "Did you mean &#x27;knee_deg&#x27;?" in page or "Did you mean 'knee_deg'?" in page
    serving.change("content/index.md", "controls: [knee_dgr", "controls: [knee_deg")
    assert "<lesson-widget" in serving.shows_no_more("problem-box")


def test_problems_of_the_text_stand_before_their_paragraphs_in_words_and_by_level(
    serving: Serving,
) -> None:
    path = "content/lessons/bracing/index.md"
    serving.change(path, "# Breathe", "# Safely breathe")
    with (serving.copy / path).open("a") as lesson:
        lesson.write("\nA last line with 5mm in it.\n")
    page = serving.shows(PLEASE, "lessons/bracing/")
    title, must, please, last = (
        page.index(text) for text in ("<h1", BOX, PLEASE, "A last line with 5mm in it")
    )
    assert title < must < please < last
    assert "<p" not in page[page.index("</div>", please) : last].removesuffix("<p>")
    assert "&#x27;Safely&#x27; may not be used" in page or "'Safely' may not be used" in page
    serving.change(path, "# Safely breathe", "# Breathe")
    serving.change(path, "with 5mm in", "with 5 mm in")
    serving.shows_no_more("problem-box", "lessons/bracing/")


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("content/glossary.yml", "\n", "\n: [\n", "content/glossary.yml:"),
        ("content/machines/sled-45.yml", "\n", "\n: [\n", "content/machines/sled-45.yml:"),
        ("content/references.bib", "title = {", "title = ", "content/references.bib:"),
        ("content/snippets/care-cards.md", "## Urgent", "## Not so urgent", "care-cards.md:"),
    ],
)
def test_a_broken_data_file_keeps_the_last_right_page_below_a_box(
    serving: Serving, path: str, old: str, new: str, told: str
) -> None:
    right = (serving.copy / path).read_text()
    assert old in right
    (serving.copy / path).write_text(right.replace(old, new, 1))
    page = serving.shows(told)
    assert re.search(r"<article[^>]*><div class=\"problem-box\"", page)
    assert "What stands below is older than your files." in page
    assert "<lesson-widget" in page
    (serving.copy / path).write_text(right)
    assert "<lesson-widget" in serving.shows_no_more("problem-box")


def test_a_link_that_leads_nowhere_is_told_in_the_page(serving: Serving) -> None:
    serving.change("content/index.md", "It can load", "[It](nowhere.md) can load")
    assert "nowhere.md" in serving.shows("problem-box")
    serving.change("content/index.md", "[It](nowhere.md) can load", "It can load")
    serving.shows_no_more("problem-box")


def test_a_change_of_a_widgets_python_is_shown(serving: Serving) -> None:
    serving.change(
        "interactive/widgets/depth_explorer/__init__.py", '"Low back: "', '"Lower back: "'
    )
    serving.shows("Lower back: ")


def test_a_change_of_a_hook_is_shown(serving: Serving) -> None:
    serving.change("hooks/widget_html.py", "needs JavaScript.", "wants JavaScript.")
    serving.shows("Moving the controls wants JavaScript.")


def test_broken_python_leaves_the_last_right_page_standing(serving: Serving) -> None:
    serving.change("hooks/widget_html.py", "def prerender", "def prerender(")
    serving.change("content/index.md", "It can load", "It might load")
    page = serving.shows("The terminal says why.")
    assert "SyntaxError" in serving.log.read_text()
    assert "It can load" in page
    assert "<lesson-widget" in page
    serving.change("hooks/widget_html.py", "def prerender(", "def prerender")
    assert "problem-box" not in serving.shows("It might load")


def test_it_stops_when_it_is_told_and_leaves_nothing_behind(serving: Serving) -> None:
    serving.shows("<lesson-widget")
    serving.process.terminate()
    assert serving.process.wait(PATIENCE) == 0
    assert serving.log.read_text().rstrip().endswith("Stopped.")
    assert any((serving.copy / ".cache").iterdir())  # what was made once serves the next start


def test_a_first_build_that_fails_says_why_and_the_next_one_shows_the_site(
    tmp_path: Path, site: Path
) -> None:
    assert site.exists()
    content = Path("content/snippets/care-cards.md")
    with Serving(tmp_path / "project") as serving:
        cards = serving.copy / content
        right = cards.read_text()
        cards.write_text("")
        end = time.monotonic() + PATIENCE
        while "care-cards.md:" not in serving.log.read_text():
            assert time.monotonic() < end
            time.sleep(0.1)
        serving.shows("It does not say who has approved the wording.")
        cards.write_text(right)
        serving.shows("<lesson-widget")
