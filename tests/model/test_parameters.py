"""Does every number of the model say where it comes from, and is that true?"""

import ast
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_file

from interactive.model import parameters as parameters_module
from interactive.model import posture
from interactive.model.chain import INPUTS, SELF_TESTS, UNKNOWNS
from interactive.model.cited import Assumed, Cited
from interactive.model.parameters import parameters

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "interactive" / "model"
MACHINES = sorted((ROOT / "content" / "machines").glob("*.yml"))
NOTES = {
    key: str(entry.fields.get("note", ""))
    for key, entry in parse_file(str(ROOT / "content" / "references.bib")).entries.items()
}


def words(text: str) -> list[str]:
    return text.replace("(", " ").replace(")", " ").replace(",", " ").replace(";", " ").split()


def test_a_cited_number_names_a_publication_that_was_seen() -> None:
    cited = [p.quantity for p in parameters() if isinstance(p.quantity, Cited)]
    unseen = [number for number in cited if not NOTES.get(number.key, "").startswith("seen")]
    assert (len(cited) > 30, unseen) == (True, [])


def test_an_assumption_says_so_when_its_publication_was_only_recalled() -> None:
    reasons = [p.quantity.reason for p in parameters() if isinstance(p.quantity, Assumed)]
    for reason in reasons:
        if any(not NOTES.get(word, "seen").startswith("seen") for word in words(reason)):
            assert "recalled" in reason


def test_a_key_that_looks_like_a_publication_is_one() -> None:
    reasons = [p.quantity.reason for p in parameters() if isinstance(p.quantity, Assumed)]
    named = {
        word
        for reason in reasons
        for word in words(reason)
        if word[:1].isupper() and word[-4:].isdigit()
    }
    assert named <= set(NOTES)
    assert "Pearcy1984" in named


@pytest.mark.parametrize("file", MACHINES, ids=lambda file: file.stem)
def test_a_machine_cites_only_publications_that_were_seen(file: Path) -> None:
    for part in yaml.safe_load(file.read_text()).values():
        if isinstance(part, dict) and "source" in part:
            assert NOTES[part["source"].partition(",")[0]].startswith("seen")


def test_the_list_holds_every_number_of_every_module() -> None:
    found = set()
    for file in MODEL.glob("*.py"):
        for statement in ast.parse(file.read_text()).body:
            if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
                call = ast.unparse(statement.value.func)
                if call in {"Cited", "Assumed"}:
                    found.add((file.stem, ast.unparse(statement.targets[0])))
    listed = [(parameter.module, parameter.name) for parameter in parameters()]
    assert set(listed) == found
    assert len(listed) == len(found) > 80


def test_each_number_is_listed_once_and_says_how_it_is_used() -> None:
    listed = list(parameters())
    assert len({id(parameter.quantity) for parameter in listed}) == len(listed)
    use = {id(parameter.quantity): parameter.use for parameter in listed}
    assert {use[id(quantity)] for quantity in (INPUTS | SELF_TESTS).values()} == {"asked"}
    sampled = {field for field, quantity in UNKNOWNS.items() if use[id(quantity)] == "sampled"}
    assert sampled == set(UNKNOWNS) - {"rail_friction"}
    counts = Counter(parameter.use for parameter in listed)
    assert counts["asked"] == len(INPUTS) + len(SELF_TESTS)
    assert counts["sampled"] == len(UNKNOWNS) - 1
    assert set(counts) == {"asked", "sampled", "fixed"}


def test_a_parameter_has_its_letter_and_its_name_in_words() -> None:
    hip = next(parameter for parameter in parameters() if parameter.name == "HIP_LIMIT")
    assert (hip.module, hip.symbol, hip.words) == ("posture", "hip_limit", "hip limit")
    assert hip.quantity is posture.HIP_LIMIT
    assert not hip.is_cited
    line = next(parameter for parameter in parameters() if parameter.name == "THREE_QUARTERS")
    assert line.is_cited


def test_the_links_come_in_their_order() -> None:
    modules = [module.__name__.rpartition(".")[2] for module in parameters_module.MODULES]
    assert list(dict.fromkeys(parameter.module for parameter in parameters())) == modules


@pytest.mark.parametrize("file", sorted(MODEL.glob("*.py")), ids=lambda file: file.stem)
def test_a_module_opens_with_one_sentence_that_says_what_it_is_for(file: Path) -> None:
    docstring = ast.get_docstring(ast.parse(file.read_text())) or ""
    assert docstring.splitlines()[0].endswith((".", "?"))


def test_the_model_needs_only_a_small_part_of_the_standard_library() -> None:
    heavy = ("statistics", "random", "decimal", "fractions", "typing_extensions", "json")
    code = (
        "import sys; import interactive.model.parameters, interactive.model.comparison, "
        "interactive.model.machine; "
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == "[]"
