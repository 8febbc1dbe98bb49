"""Reads the jobs of the workflows, and runs their own commands here, as far as they do not need the host itself."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import ROOT, SITE_URL

WORKFLOWS = ROOT / ".github/workflows"
REPOSITORY_URL = "https://code.example/gym/lessons"
RELEASE = "2027.1"
# what the host fills in before a command runs
FILLED_IN = {
    "github.server_url": "https://code.example",
    "github.repository": "gym/lessons",
    "inputs.release": RELEASE,
    "steps.pages.outputs.address": SITE_URL,
    "steps.left.outputs.picture": f"{REPOSITORY_URL}/actions/runs/1/artifacts/2",
}
_OF_THE_HOST = re.compile(r"^[^#\n]*\bgh (api|issue|pr|release|run)\b", re.MULTILINE)
_SETS_UP = ("make setup", ".ci/run")  # whoever runs this test has done the first inside the second
_OUR_PROGRAM = re.compile(r"python3? -m ((?:hooks|tests)(?:\.\w+)+)([^|&;\n]*(?:\\\n[^|&;\n]*)*)")


@dataclass(frozen=True)
class Program:
    """A program of the project that a job starts, and the options it is given."""

    module: str
    options: frozenset[str]

    @property
    def missing(self) -> list[str]:
        """What of it the project does not have: the module, or some of its options."""
        source = ROOT / (self.module.replace(".", "/") + ".py")
        if not source.is_file():
            return [self.module]
        text = source.read_text()
        return sorted(f"{self.module} {option}" for option in self.options if option not in text)


@dataclass(frozen=True)
class Job:
    """A job of a workflow."""

    file: str
    name: str
    given: Mapping[str, Any]
    workflow: Mapping[str, Any]

    def __str__(self) -> str:
        return f"{self.file}:{self.name}"

    @property
    def steps(self) -> list[dict[str, Any]]:
        return list(self.given["steps"])

    @property
    def permissions(self) -> Mapping[str, str]:
        return dict(self.given.get("permissions", self.workflow["permissions"]))

    @property
    def commands(self) -> list[str]:
        """All commands of the job."""
        return [step["run"] for step in self.steps if "run" in step]

    @property
    def own_steps(self) -> list[dict[str, Any]]:
        """The steps that run anywhere: neither an action, nor the set-up, nor a question to the host.

        Those that start what the project does not have are left out: another test names them.
        """
        return [step for step in self.steps if _runs_anywhere(step.get("run", ""))]

    @property
    def complete(self) -> bool:
        """Whether the project has every program that the job starts."""
        return not any(program.missing for program in self.programs)

    @property
    def programs(self) -> list[Program]:
        return [program for command in self.commands for program in programs(command)]


def programs(command: str) -> list[Program]:
    """Return the programs of the project that a command starts."""
    return [
        Program(found[1], frozenset(re.findall(r"--[a-z-]+", found[2])))
        for found in _OUR_PROGRAM.finditer(command)
    ]


def _runs_anywhere(command: str) -> bool:
    ours = bool(command) and command not in _SETS_UP and not _OF_THE_HOST.search(command)
    return ours and not any(program.missing for program in programs(command))


def jobs() -> Iterator[Job]:
    """Every job of every workflow."""
    for path in sorted(WORKFLOWS.glob("*.yml")):
        workflow = yaml.safe_load(path.read_text())
        for name, given in workflow["jobs"].items():
            yield Job(path.stem, name, given, workflow)


@dataclass
class Runner:
    """A machine that runs jobs in a clone of the project.

    Attributes:
        clone: the work tree.
        temporary: what the host calls RUNNER_TEMP.
        ran: what each command printed; the same command runs once, whichever job asks for it.
    """

    clone: Path
    temporary: Path
    ran: dict[str, str] = field(default_factory=dict)

    def run(self, job: Job) -> str:
        """Run a job's own commands, and return what they printed.

        Raises:
            AssertionError: a command failed where the job would have stopped.
        """
        return "".join(self._step(job, step) for step in job.own_steps)

    def _step(self, job: Job, step: dict[str, Any]) -> str:
        command = step["run"]
        if command not in self.ran:
            given = {**job.given.get("env", {}), **step.get("env", {})}
            filled = {name: _filled_in(str(value)) for name, value in given.items()}
            ran = subprocess.run(
                ["bash", "-e", "-c", command],
                cwd=self.clone,
                env={**os.environ, "RUNNER_TEMP": str(self.temporary), **filled},
                capture_output=True,
                text=True,
                check=False,
            )
            self.ran[command] = ran.stdout + ran.stderr
            said = f"{job}: {command}\n{self.ran[command]}"
            assert ran.returncode == 0 or step.get("continue-on-error"), said
        return self.ran[command]


def _filled_in(value: str) -> str:
    return re.sub(r"\$\{\{ (.+?) \}\}", lambda found: FILLED_IN.get(found[1], ""), value)
