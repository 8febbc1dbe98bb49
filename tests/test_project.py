"""The project's own promises: what lies where, and that its documentation tells the truth."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

TOP = {
    "content", "hooks", "interactive", "mkdocs.yml", "README.md", "site_build", "tests",
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile", "pyproject.toml", "requirements.lock",
    ".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", ".pre-commit-config.yaml",
    ".python-version",
}  # fmt: skip
# written in pieces, so that this file does not hold what it looks for
HOSTS = [
    "pypi" + ".org",
    "files.pythonhosted" + ".org",
    "registry.npmjs" + ".org",
    "deb.debian" + ".org",
]
PATHS = ["/work" + "/", "/root" + "/", "/home" + "/"]


def tracked() -> list[Path]:
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_nothing_lies_at_the_top_but_what_belongs_there() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in tracked()} == TOP


def test_no_file_names_a_registry_or_a_path_of_some_machine() -> None:
    for path in tracked():
        if path.suffix in (".png", ".gz"):
            continue
        text = path.read_text(errors="replace")
        found = [name for name in HOSTS + PATHS if name in text]
        assert not found, f"{path.relative_to(ROOT)} names {found}"


def test_the_locks_hold_hashes_and_no_addresses() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    packages = re.split(r"\n(?=\S)", lock.strip())
    assert len(packages) > 50
    assert [
        entry for entry in packages if not entry.startswith("#") and "--hash=sha256:" not in entry
    ] == []
    npm = (ROOT / "interactive/runtime/package-lock.json").read_text()
    assert '"resolved"' not in npm
    assert npm.count('"integrity"') == npm.count('"node_modules/')


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_command_and_link_of_the_documentation_exists(name: str) -> None:
    text = (ROOT / name).read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE))
    assert named
    assert named <= targets
    links = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text) if "://" not in link]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_make_help_names_every_target() -> None:
    make = (ROOT / "Makefile").read_text()
    phony = re.search(r"^\.PHONY: (.+)$", make, re.MULTILINE)
    assert phony
    shown = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert set(re.findall(r"^  make ([a-z-]+)", shown, re.MULTILINE)) == set(phony[1].split())


def test_a_machine_without_a_new_enough_python_is_told_how_to_get_one(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("sh", "cat", "dirname", "ls", "sort", "head"):
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")  # as one that is too old answers
    old.chmod(0o755)
    environment = {"PATH": str(tools), "HOME": str(tmp_path), "PYENV_ROOT": str(tmp_path)}
    command = [str(ROOT / ".ci/find-python")]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert ran.stdout == ""
    assert ran.stderr.startswith("There is no Python 3.12 or newer here: install one")
    assert ran.stderr.count("\n") == 1


def test_the_python_that_is_found_is_new_enough() -> None:
    found = subprocess.run([ROOT / ".ci/find-python"], capture_output=True, text=True, check=True)
    check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))"
    subprocess.run([found.stdout.strip(), "-c", check], check=True, env={**os.environ})


def test_the_workflow_runs_what_ci_runs_and_may_only_read() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]["check"]["steps"][-1] == {"run": ".ci/run"}
    assert (ROOT / ".ci/run").read_text().splitlines()[-2:] == ["make check", "make test"]


def test_every_decision_says_why_what_was_given_up_and_when_to_look_again() -> None:
    records = sorted((ROOT / "content/about/decisions").glob("0*.md"))
    assert len(records) >= 8
    index = (ROOT / "content/about/decisions/index.md").read_text()
    for record in records:
        text = record.read_text()
        assert f"]({record.name})" in index
        assert text.startswith(f"# {int(record.name[:4])}. ")
        if "libraries" not in record.name:
            for part in (
                "**Context.**",
                "**Decision.**",
                "**What we gave up.**",
                "**When to look again.**",
            ):
                assert part in text, f"{record.name} has no {part}"
