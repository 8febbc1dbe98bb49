"""The words of the care cards: one file, read strictly, shown the same everywhere."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest

from hooks.browser_bundle import source_wheel
from interactive import care_cards
from interactive.care_cards import KINDS, PATH, CareCardsProblem, read_care_cards
from tests.conftest import ROOT, Build
from tests.widgets.contract import Tags

RIGHT = (ROOT / PATH).read_text()


def test_every_sign_and_every_action_of_the_file_stands_on_its_card() -> None:
    for card in read_care_cards(RIGHT).cards:
        html = care_cards.card(card.kind)
        Tags(html)
        text = re.sub("<[^>]+>", "", html)
        assert f"{card.name}: {card.action}" in text
        for sign in card.signs:
            assert f"- {sign}\n" in RIGHT
            assert f"<li>{sign}</li>" in html


def test_the_lesson_on_pain_says_when_to_stop_in_the_same_words() -> None:
    lesson = (ROOT / "content/lessons/pain-signals/index.md").read_text()
    assert f"summary: A dull burn is tired muscle. {care_cards.stop()}" in lesson
    assert care_cards.stop()[1:].rstrip(".") in lesson.partition("**In one sentence:**")[2]


def test_the_emergency_comes_first_and_no_country_is_named() -> None:
    html = care_cards.cards()
    found = [html.index(f"care-card-{kind}") for kind, _, _ in KINDS]
    assert found == sorted(found)
    assert "your local emergency number" in html
    assert not re.search(r"\b(999|911|112|111|A&amp;E|NHS)\b", html)


def test_the_cards_say_that_no_clinician_has_approved_them() -> None:
    for html in (care_cards.cards(), care_cards.emergency_card()):
        assert "not yet been approved by a clinician" in html


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "hint"),
    [
        ("## Emergency: Call", "## Emergency Call", 7, "is not the heading of card 1", "## Emergency: "),
        ("## Urgent:", "## Soon:", 17, "is not the heading of card 2", "## Urgent: "),
        ("now if:", "now when:", 7, "does not end in 'if:'", "if:"),
        ("- One leg or foot has become weak.\n", "", 17, "has 3 signs and needs 4", "Keep their number"),
        ("- One leg or foot", "One leg or foot", 20, "goes on from the line above", "on one line"),
        ("- One leg or foot has become weak.", "-", 20, "has no words", "behind the hyphen"),
        ("become weak", "become **weak**", 20, "'*' is a mark", "Take it out"),
        ("The wording of", "- The wording of", 3, "above the first card", "Move it below"),
        ("The wording of these cards has not yet been approved by a clinician.", "", 1, "who has approved", "below the title"),
        ("Stop: Sharp", "Sharp", 1, "which pain means stop", "Stop: Sharp pain means stop."),
        ("## Not urgent: See", "## Not urgent: See a friend if:\n## Not urgent: See", 27, "There are three cards", "Delete"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line_and_what_to_write(
    old: str, new: str, line: int, what: str, hint: str
) -> None:
    assert old in RIGHT
    with pytest.raises(CareCardsProblem) as wrong:
        read_care_cards(RIGHT.replace(old, new, 1))
    assert what in wrong.value.what
    assert hint in wrong.value.hint
    assert str(wrong.value).startswith(f"content/snippets/care-cards.md:{line}: ")


def test_a_missing_card_is_named_at_the_end() -> None:
    with pytest.raises(CareCardsProblem, match="The card 'Not urgent' is missing"):
        read_care_cards(RIGHT[: RIGHT.index("## Not urgent")])


def test_a_sign_below_the_last_sentence_is_not_lost() -> None:
    with pytest.raises(CareCardsProblem, match="below the card's last sentence"):
        read_care_cards(f"{RIGHT}\n- Another.\n")


def test_a_broken_card_fails_the_build_and_its_trainer_reads_no_traceback(
    lessons_with: Callable[[str], Path], tmp_path: Path
) -> None:
    content = lessons_with("# Front\n")
    (content / "snippets/care-cards.md").write_text(RIGHT.replace("now if:", "now!"))
    build = Build(tmp_path / "site", "--content", str(content))
    assert not build.worked
    assert "content/snippets/care-cards.md:7: The heading does not end in 'if:'." in build.output
    assert "Traceback" not in build.output


def test_the_wheel_carries_the_same_words_and_shows_the_same_cards(tmp_path: Path) -> None:
    with ZipFile(source_wheel(tmp_path / "made")) as packed:
        packed.extractall(tmp_path / "installed")
    assert (tmp_path / "installed/interactive/care-cards.md").read_text() == RIGHT
    shown = subprocess.run(
        [sys.executable, "-I", "-c", "import sys; sys.path.insert(0, sys.argv[1]); "
         "from interactive import care_cards; print(care_cards.cards())", tmp_path / "installed"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert shown.stdout.strip() == care_cards.cards()
