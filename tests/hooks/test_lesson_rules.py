"""How a lesson reads: each slip gets its message at its place, and what is right gets none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hooks.lesson_page import LessonPage
from hooks.lesson_rules import lesson_problems
from hooks.problems import Level

LONG = " ".join(["one", "word"] * 15)
LINES = st.lists(
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(
            ["One. Two. Three. Four.", "* item", "(x) yes", "``` self-check", "```", "# head", "> said",
             "!!! note", "    in", "{{ start.fold }}", "75%", "A safe bet.", f"{LONG}.", "3 in 10"]
        ),
    ),
    max_size=20,
)  # fmt: skip


def found(text: str, path: str = "about/privacy.md", above: str = "") -> list[str]:
    page = LessonPage(path, text.split("\n"), above.split("\n") if above else [])
    return [problem.listed for problem in lesson_problems(page, first_line=len(page.above) + 1)]


@pytest.mark.parametrize(
    ("text", "place", "says", "hint"),
    [
        ("It is\nsafe.", "2:1 must fix", "'safe' may not be used", "Say what changes"),
        ("Lift SAFELY now.", "1:6 must fix", "'SAFELY' may not", "Say what changes"),
        ("That prevents it.", "1:6 must fix", "'prevents' may not", "Say what it does"),
        ("A risk of\ninjury.", "1:3 must fix", "'risk of\ninjury' may not", "about 11 in 20"),
        ("Only 7 % risk.", "1:6 must fix", "'7 % risk' may not", "about 11 in 20"),
        ("A 27 % chance of it.", "1:3 must fix", "'27 % chance' may not", "about 11 in 20"),
        (
            f"So {LONG} it. Short. Short.",
            "1:1 please",
            "This sentence has 32 words.",
            "Aim for 20 or fewer",
        ),
        ("One.\n\nA. B. C. Dull end. E.", "3:1 please", "has 5 sentences", "before 'Dull end.'"),
        ("* A. B. C. D.", "1:1 please", "has 4 sentences", "before 'D.'"),
        (
            "# A\n\n##B b",
            "3:1 must fix",
            "'##B b' is not shown as",
            "Put a space behind the ##: ## B b",
        ),
        ("# A\n\n# B", "3:1 must fix", "'B' is a second title", "Write: ## B"),
        ("# A\n\n### B", "3:1 please", "'B' leaves out a level", "Write: ## B"),
        (
            "See\n![](a.png) it.",
            "2:1 must fix",
            "The picture a.png has no",
            "![Hips flat on the pad",
        ),
        ("See <b>it</b", "1:5 must fix", "'<b>' is HTML", "Write: **"),
        ("<script src='x'>", "1:1 must fix", "is HTML", "Delete it"),
        ("Use 75% of it.", "1:5 please", "'75%' is not how", "Write: 75 %"),
        ("Use 75 percent.", "1:5 please", "'75 percent' is not", "Write: 75 %"),
        ("Go 5 ° down.", "1:4 please", "'5 °' is not", "Write: 5°"),
        ("Go 12cm down.", "1:4 please", "'12cm' is not", "Write: 12 cm"),
        ("Push 1,200 N.", "1:6 please", "'1,200' is not", "Write: 1200"),
        ("Push 3,5 times.", "1:6 please", "'3,5' is not", "Write: 3.5"),
        ("Do 8-12 of them.", "1:4 please", "'8-12' is not", "Write: 8 to 12"),
        ("In about 3 in 10 bodies.", "1:10 please", "'3 in 10' is not", "Write: about 6 in 20"),
        ("In 11 in 20 bodies.", "1:4 please", "'11 in 20' is not", "Write: about 11 in 20"),
    ],
)
def test_a_slip_is_named_with_its_place_and_what_to_type(
    text: str, place: str, says: str, hint: str
) -> None:
    [problem] = found(text)
    assert problem.startswith(f"content/about/privacy.md:{place}: ")
    assert says in problem
    assert hint in problem


@pytest.mark.parametrize(
    "text",
    [
        "Lock the safety handles. Set the safety stops and the safety bar.",
        "The fail-safe design of unsafe-looking racks, see [it](safe.md).",
        "It never diagnoses.",
        "It diagnoses nothing.",
        "About 11 in 20, fewer than 1 in 20, more than 3 in 20.",
        "It was 75 % at 5° and 12 cm, from 8 to 12, in 1985.",
        "One. Two. Three.\n\nFour. Five. Six.",
        "* One. Two. Three.\n* Four. Five. Six.",
        "See 3.5 of 1200, in 17 of them.",
        f"| {LONG} | {LONG} |\n|---|---|",
        f"# {LONG} one word",
        f"```\n{LONG} one word safe\n```\n".replace("safe", ""),
        "One. Two. (evidence: measured in people, 8-12 men. They sat. They stood.) Three.",
        "``` self-check\nOne? Two?\n(x) Three. Four.\n    Five. Six. Seven.\n```",
        "!!! note\n    One. Two. Three.",
        "# A\n\n## B { #b }\n\n### C\n\n## D\n\n`#E` is #1 and C#.\n\n<!-- a note -->",
        "See <https://example.org/> and `<b>` and 3 < 4 > 2 and ![it](a.png).",
        "``` text\n#a\n<b>\n```",
    ],
)
def test_what_is_right_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_a_page_whose_sentences_are_too_long_on_average_is_sent_to_the_longest() -> None:
    text = "\n\n".join(
        " ".join((["one", "word"] * length)[:length]) + "." for length in (20, 26, 24)
    )
    [problem] = found(text)
    assert "about/privacy.md:3:1 please: The sentences of this page have 23 words" in problem


def test_the_front_matter_is_held_to_the_words_as_well() -> None:
    above = "---\ntitle: A press\nsummary: A safe press for everybody\n---"
    [problem] = found("Text.", above=above)
    assert problem.startswith("content/about/privacy.md:3:12 must fix: 'safe'")


def test_records_for_developers_may_be_long_but_promise_nothing() -> None:
    text = f"So {LONG} it. One. Two. Three."
    assert found(text, "about/decisions/0001-engine.md") == []
    [problem] = found("It is safe.", "about/decisions/0001-engine.md")
    assert "must fix" in problem


@given(LINES)
def test_any_text_is_read_and_each_problem_has_a_place_in_it(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = LessonPage("about/privacy.md", text.split("\n"))
    for problem in lesson_problems(page):
        assert 1 <= problem.place.line <= len(page.lines)
        assert 1 <= problem.place.column <= len(page.lines[problem.place.line - 1]) + 1
        assert problem.level in Level
        assert problem.what
        assert problem.hint
