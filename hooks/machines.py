"""Reads the types of machine in content/machines/ and says what is wrong with a file, by line."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from hooks import ROOT
from hooks.problems import Place, Problem
from interactive.model.machine import Machine, MachineProblem, machine_from

MACHINES = ROOT / "content" / "machines"
_HINT = "Compare it with another file in content/machines/."


@dataclass(frozen=True)
class MachineFile:
    """One file: the machine it describes, or what keeps it from describing one."""

    slug: str
    machine: Machine | None
    problems: tuple[Problem, ...]


def machine_files(folder: Path = MACHINES) -> list[MachineFile]:
    """Return every type of machine, in the order of the file names."""
    schema = Draft202012Validator(json.loads((folder / "schema.json").read_text()))
    return [_read(path, schema) for path in sorted(folder.glob("*.yml"))]


def _read(path: Path, schema: Draft202012Validator) -> MachineFile:
    name = f"content/machines/{path.name}"
    text = path.read_text()
    try:
        described = yaml.safe_load(text)
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        unreadable = Problem(Place(name, line), "This line cannot be read.", _HINT)
        return MachineFile(path.stem, None, (unreadable,))

    def problem(where: Iterable[object], what: str, hint: str) -> Problem:
        return Problem(Place(name, _line(tree, list(where))), what, hint)

    found = [
        problem(error.absolute_path, f"{_spelt(error.absolute_path)}{error.message}.", _HINT)
        for error in schema.iter_errors(described)
    ]
    if found:
        return MachineFile(path.stem, None, tuple(sorted(found)))
    try:
        return MachineFile(path.stem, machine_from(described), ())
    except MachineProblem as wrong:
        where = wrong.field.split(".")
        return MachineFile(path.stem, None, (problem(where, f"{wrong.field}:", wrong.sentence),))


def _spelt(where: Iterable[object]) -> str:
    return "".join(f"{part}: " for part in where)


def _line(node: Any, where: list[object]) -> int:
    """Return the line on which a part of the file stands; the nearest one that there is."""
    line: int = node.start_mark.line + 1 if node else 1
    if where and isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == where[0]:
                below = _line(value, where[1:])
                return key.start_mark.line + 1 if len(where) == 1 else below
    return line
