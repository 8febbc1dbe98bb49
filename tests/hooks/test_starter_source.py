"""Our sources in MicroPython's Python: what is carried means the same, what cannot be is named."""

import math
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as some

from hooks import starter_library
from hooks.starter_source import Program

# below 1e-300 floats lose digits, and no lesson prints one
finite = some.floats(-1e15, 1e15, allow_subnormal=False).filter(lambda x: not 0 < abs(x) < 1e-300)


def carried(tmp_path: Path, text: str) -> tuple[ModuleType, list[str]]:
    """Carry one module over and run the result here: the library runs in every Python."""
    room = tmp_path / "package"
    room.mkdir()
    (room / "__init__.py").write_text("")
    (room / "lesson.py").write_text(text)
    source = Program(room).sources["package.lesson"]
    module = ModuleType("package.lesson")
    sys.modules["starter_library"] = starter_library
    try:
        exec(compile(source.text, "lesson.py", "exec"), module.__dict__)
    finally:
        del sys.modules["starter_library"]
    return module, [str(problem) for problem in source.problems]


def test_frozen_dataclasses_become_plain_classes_that_behave_the_same(tmp_path: Path) -> None:
    module, problems = carried(
        tmp_path,
        '''
from dataclasses import dataclass, field, replace

@dataclass(frozen=True)
class Setup:
    """Words that stay behind."""

    kind = "a plain attribute"
    knee_deg: float
    names: tuple[str, ...] = ("a",)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.knee_deg < 0:
            raise ValueError("below 0")

one = Setup(5.5)
two = replace(one, knee_deg=6.0)
said = repr(one)
''',
    )
    assert problems == []
    assert (module.one.knee_deg, module.one.names, module.one.notes) == (5.5, ("a",), [])
    assert module.two == module.Setup(6.0)
    assert module.one != module.two
    assert hash(module.Setup(5.5, notes=())) == hash(module.Setup(5.5, notes=()))
    assert module.said == "Setup(knee_deg=5.5, names=('a',), notes=[])"
    assert module.Setup.kind == "a plain attribute"
    with pytest.raises(ValueError, match="below 0"):
        module.Setup(-1.0)


def test_match_unions_stars_and_keyword_arguments_keep_their_meaning(tmp_path: Path) -> None:
    module, problems = carried(
        tmp_path,
        """
from dataclasses import dataclass

type Value = float | str

@dataclass(frozen=True)
class Slider:
    unit: str

@dataclass(frozen=True)
class Toggle:
    on: bool = False

Control = Slider | Toggle

def words(control: Control | int) -> str:
    match control:
        case Slider(unit="deg") | 45:
            return "degrees"
        case Slider(unit=unit):
            return unit
        case (1, second):
            return f"pair {second}"
        case Toggle() as toggle if toggle.on:
            return "on"
        case _:
            return "else"

def attributes(tag: str, /, *rest: str, **named: object) -> list[object]:
    return [tag, *rest, *named.items()]

told = [words(c) for c in (Slider("deg"), 45, Slider("cm"), (1, 2), Toggle(True), Toggle())]
order = attributes("p", "a", zeta=1, **{"alpha": 2}, mid=3)
known = [isinstance(thing, Control | None) for thing in (Slider("x"), None, 3)]
merged = {"z": 1, **{"a": 2}, "m": 3}
backwards = "abc"[::-1], [1, 2, 3, 4][::2], (1, 2, 3)[-2::-1]
""",
    )
    assert problems == []
    assert module.told == ["degrees", "degrees", "cm", "pair 2", "on", "else"]
    assert module.order == ["p", "a", ("zeta", 1), ("alpha", 2), ("mid", 3)]
    assert module.known == [True, True, False]
    assert list(module.merged) == ["z", "a", "m"]
    assert module.backwards == ("cba", [1, 3], (2, 1))


def test_what_cannot_be_carried_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "package").mkdir()
    (tmp_path / "package/__init__.py").write_text(
        "import statistics\n\n\ndef mean(values):\n    return statistics.mean(values)\n\n\n"
        "async def later():\n    pass\n\n\ndef text(x):\n    return '%d' % x\n"
    )
    problems = Program(tmp_path / "package").sources["package"].problems
    assert {str(problem) for problem in problems} == {
        "package/__init__.py:1: the starter cannot carry the module statistics",
        "package/__init__.py:8: the starter cannot carry async",
        "package/__init__.py:13: the starter cannot carry a text with %",
    }


@given(
    finite, some.sampled_from(["", ".0f", ".1f", ".3f", "g", ".3g", ".9g", ".2%", "+.1e", ">9.1f"])
)
def test_numbers_are_written_as_cpython_writes_them(number: float, spec: str) -> None:
    assert starter_library.format_(number, spec) == format(number, spec)
    assert starter_library.repr_(number) == repr(number)
    assert starter_library.float_(repr(number)) == number


@given(some.integers(-4000, 4000), some.integers(0, 3))
def test_exact_halves_go_to_the_even_neighbour(eighths: int, places: int) -> None:
    number = eighths / 8
    assert starter_library.round_(number, places) == round(number, places)
    assert starter_library.format_(number, f".{places}f") == format(number, f".{places}f")


@given(some.lists(finite | some.integers(-1000, 1000)))
def test_sums_carry_the_lost_digits_along(values: list[float]) -> None:
    # as since 3.12; the order of adding whole numbers and floats differs a hair between versions
    floats = [float(value) for value in values]
    assert starter_library.sum_(floats) == sum(floats)
    assert starter_library.sum_(values) == pytest.approx(math.fsum(values))


@given(some.lists(some.tuples(some.integers(0, 3), some.integers())), some.booleans())
def test_sorting_keeps_what_compares_equal_in_order(
    pairs: list[tuple[int, int]], reverse: bool
) -> None:
    expected = sorted(pairs, key=lambda pair: pair[0], reverse=reverse)
    assert starter_library.sorted_(pairs, key=lambda pair: pair[0], reverse=reverse) == expected


@given(some.text(alphabet=some.characters(min_codepoint=32, max_codepoint=126)))
def test_texts_are_told_as_cpython_tells_them(text: str) -> None:
    assert starter_library.repr_(text) == repr(text)
    assert starter_library.loads(starter_library.dumps({"b": [text, 1.5, None], "a": True})) == {
        "b": [text, 1.5, None],
        "a": True,
    }
