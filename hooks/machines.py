"""Reads the types of machine in content/machines/ and says what is wrong with a file, by line."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from hooks import CACHE, ROOT
from hooks.kept_values import KeptFiles, key_of, the_code
from hooks.problems import Place, Problem
from interactive.model.chain import Setup
from interactive.model.machine import CHOICES, MEASURES, Machine, MachineProblem, machine_from
from interactive.widget import Value

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

MACHINES = ROOT / "content" / "machines"
USUAL = "sled-45"
_FAST_YAML = getattr(yaml, "CSafeLoader", None)  # ten times as fast, and not in every browser
_HINT = "Compare it with another file in content/machines/."


@dataclass(frozen=True)
class MachineFile:
    """One file: the machine it describes, or what keeps it from describing one."""

    slug: str
    machine: Machine | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Preset:
    """A type of machine that a reader may choose: its words, and the inputs that it sets."""

    slug: str
    words: str
    values: Mapping[str, Value]


def machine_files(folder: Path = MACHINES) -> tuple[MachineFile, ...]:
    """Return every type of machine, in the order of the file names; read anew when one has changed."""
    files = sorted([folder / "schema.json", *folder.glob("*.yml")])
    return _machine_files(tuple((path, path.stat().st_mtime_ns) for path in files))


@lru_cache(maxsize=4)
def _machine_files(files: tuple[tuple[Path, int], ...]) -> tuple[MachineFile, ...]:
    texts = {path: path.read_text() for path, _ in files}
    [schema] = [text for path, text in texts.items() if path.suffix == ".json"]
    machines = {path: text for path, text in texts.items() if path.suffix == ".yml"}

    def read() -> tuple[MachineFile, ...]:
        from jsonschema import Draft202012Validator  # takes longer to load than all files to read

        validator = Draft202012Validator(json.loads(schema))
        return tuple(_read(path, text, validator) for path, text in machines.items())

    told = (part for path, text in texts.items() for part in (path.name, text))
    kept = KeptFiles[tuple[MachineFile, ...]](CACHE / "machines")
    return kept.get(key_of(the_code(), *told), read)


def machine_presets() -> tuple[Preset, ...]:
    """Return every type of machine as a reader may choose it, the most usual one first."""
    files = sorted(machine_files(), key=lambda file: file.slug != USUAL)
    return tuple(
        Preset(file.slug, file.machine.name, setup_values(file.machine))
        for file in files
        if file.machine
    )


def setup_values(machine: Machine) -> dict[str, Value]:
    """Return the inputs that a machine sets, by the names that the model gives them."""
    setup = machine.carrying(Setup())
    return {field: getattr(setup, field) for field in (*MEASURES.values(), *CHOICES)}


def _read(path: Path, text: str, schema: "Draft202012Validator") -> MachineFile:
    name = f"content/machines/{path.name}"
    try:
        described, tree = _parsed(text)
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


def _parsed(text: str) -> tuple[Any, yaml.Node | None]:
    """Return what a text says, and where each part of it stands.

    Raises:
        yaml.YAMLError: it cannot be read; the place is always the one that the reader in Python names.
    """
    if _FAST_YAML:
        with suppress(yaml.YAMLError):
            return yaml.load(text, _FAST_YAML), yaml.compose(text, _FAST_YAML)
    return yaml.safe_load(text), yaml.compose(text, yaml.SafeLoader)


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
