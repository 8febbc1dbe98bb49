"""A machine's file is read, or refused with its line."""

from pathlib import Path

import pytest

from hooks.machines import MACHINES, machine_files

RIGHT = (MACHINES / "sled-45.yml").read_text()


def read(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "schema.json").write_text((MACHINES / "schema.json").read_text())
    (tmp_path / "mine.yml").write_text(text)
    [file] = machine_files(tmp_path)
    assert (file.machine is None) == bool(file.problems)
    return [str(problem) for problem in file.problems]


def test_every_machine_of_the_site_is_read() -> None:
    files = machine_files()
    assert 6 <= len(files) <= 10
    for file in files:
        assert file.problems == ()


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ("  value: 45\n  low: 40", "  value: steep\n  low: 40", 5, "'steep' is not of type 'number'"),
        ("  value: 45\n  low: 40", "  value: 30\n  low: 40", 4, "outside its own range"),
        ('name: "45° sled"\n', "", 2, "'name' is a required property"),
        ("value: sled\n", "value: magnets\n", 35, "'magnets' is not one of"),
        ("shoulder_pads:\n  value: false", "shoulder_pads:\n  value: maybe", 38, "'maybe' is not of type 'boolean'"),
        ("pulley_ratio:", "pulley ratio:", 2, "'pulley ratio' was unexpected"),
        ("backrest:", "backrest: [", 12, "cannot be read"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, place: int, what: str
) -> None:
    assert old in RIGHT
    found = read(tmp_path, RIGHT.replace(old, new, 1))
    assert any(f"content/machines/mine.yml:{place}: " in line and what in line for line in found), (
        found
    )
