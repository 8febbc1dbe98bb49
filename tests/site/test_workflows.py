"""The workflows: valid, with no more rights than they need, and every job's own commands do what they are for."""

import json
import re
import shutil
import struct
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from hooks.preview_summary import read, read_suggestions
from tests.conftest import ROOT, SITE_URL
from tests.site.job_steps import RELEASE, REPOSITORY_URL, WORKFLOWS, Runner, jobs
from tests.site_server import SiteServer

JOBS = {str(job): job for job in jobs()}
FILES = {
    "vendor.github-workflows": sorted(WORKFLOWS.glob("*.yml")),
    "custom.github-workflows-require-timeout": sorted(WORKFLOWS.glob("*.yml")),
    "vendor.dependabot": [ROOT / ".github/dependabot.yml"],
    "vendor.github-issue-forms": [ROOT / ".github/ISSUE_TEMPLATE/wrong-sentence.yml"],
    "vendor.github-issue-config": [ROOT / ".github/ISSUE_TEMPLATE/config.yml"],
}
# more than reading the project; a job that is not here has no more
MAY = {
    "preview-comment:comment": {"actions": "read", "contents": "read", "pull-requests": "write"},
    "deploy:build": {"contents": "read", "pages": "read"},
    "deploy:deploy": {"pages": "write", "id-token": "write"},
    "weekly:tell": {"actions": "read", "issues": "write"},
    "release:freeze": {"contents": "read", "pages": "read"},
    "release:publish": {"actions": "read", "contents": "write", "pull-requests": "write"},
}
LESSON = "content/lessons/setup/index.md"


def tool(*command: str | Path) -> subprocess.CompletedProcess[str]:
    program, *rest = map(str, command)
    found = Path(sys.executable).with_name(program)
    return subprocess.run([found, *rest], cwd=ROOT, capture_output=True, text=True, check=False)


# ---- what is written in them


@pytest.mark.parametrize("schema", FILES)
def test_what_the_host_reads_is_of_the_form_that_it_documents(schema: str) -> None:
    ran = tool("check-jsonschema", "--builtin-schema", schema, *FILES[schema])
    assert ran.returncode == 0, ran.stdout


def test_an_auditor_finds_nothing_in_the_workflows() -> None:
    ran = tool("zizmor", "--offline", "--persona=auditor", "--no-progress", ".github")
    assert ran.returncode == 0, ran.stdout
    ignored = [
        path.stem for path in WORKFLOWS.glob("*.yml") if "zizmor: ignore" in path.read_text()
    ]
    assert ignored == ["preview-comment"]


def test_every_action_is_the_hosts_own_and_pinned_by_commit() -> None:
    used = [step["uses"] for job in JOBS.values() for step in job.steps if "uses" in step]
    assert len(used) > 8
    assert [use for use in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", use)] == []
    texts = "".join(path.read_text() for path in WORKFLOWS.glob("*.yml"))
    assert len(re.findall(r"uses: \S+@[0-9a-f]{40} # v\d+\.\d+\.\d+\n", texts)) == len(used)


@pytest.mark.parametrize("name", JOBS)
def test_a_job_may_do_what_it_needs_and_no_more(name: str) -> None:
    job = JOBS[name]
    assert job.permissions == MAY.get(name, {"contents": "read"})
    assert job.workflow["permissions"] in ({}, {"contents": "read"})
    assert 0 < job.given["timeout-minutes"] <= 90
    assert "concurrency" in job.workflow
    for step in job.steps:
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", ""), "what others write is text, never a command"
        if "run" in step:
            subprocess.run(["bash", "-n", "-c", step["run"]], check=True)


def test_no_workflow_gives_a_change_the_rights_of_the_main_branch() -> None:
    for path in WORKFLOWS.glob("*.yml"):
        assert "pull_request_target" not in path.read_text()
        assert "{{ secrets" not in path.read_text()


def test_a_job_that_may_write_runs_no_code_of_a_change_and_installs_nothing() -> None:
    writing = {name: job for name, job in JOBS.items() if "write" in job.permissions.values()}
    assert len(writing) == 4
    for name, job in writing.items():
        for step in job.steps:
            assert "ref" not in step.get("with", {}), f"{name} checks out something else"
        text = "\n".join(job.commands)
        assert not re.search(r"\bmake\b|\bpip\b|\bnpm\b|\.venv|git (fetch|checkout|pull)", text), (
            name
        )
    programs = {program.module for job in writing.values() for program in job.programs}
    assert programs == {"hooks.preview_comment"}


def test_the_program_that_comments_needs_nothing_but_the_standard_library() -> None:
    isolated = ["-I", "-S", "-c", "import sys; sys.path.append('.'); import hooks.preview_comment"]
    subprocess.run([sys.executable, *isolated], cwd=ROOT, check=True)


def test_external_links_are_never_tried_on_a_change() -> None:
    trying = [job for job in JOBS.values() if "lychee" in "".join(job.commands)]
    assert [str(job) for job in trying] == ["weekly:look"]
    # YAML reads the key `on` as true
    assert set(trying[0].workflow[True]) == {"schedule", "workflow_dispatch"}


@pytest.mark.parametrize("name", JOBS)
def test_every_program_that_a_job_starts_is_here_with_its_options(name: str) -> None:
    assert [lack for program in JOBS[name].programs for lack in program.missing] == []


def test_care_cards_sources_and_model_each_have_a_reader_of_their_own() -> None:
    roles: dict[str, str] = {}
    for block in (ROOT / ".github/CODEOWNERS").read_text().split("\n\n")[1:]:
        role, *rules = block.splitlines()
        roles |= {rule.split()[0]: role.removeprefix("# ") for rule in rules}
    assert roles["/content/snippets/care-cards.md"].startswith("clinician, and the maintainer")
    assert roles["/content/references.bib"] == "whoever has read the sources"
    assert roles["/interactive/model/"].startswith("biomechanics")
    gone = {path for path in roles if path != "*" and not (ROOT / path.strip("/")).exists()}
    assert gone <= {"/content/releases/"}, "the first release makes its folder"


def test_a_pull_request_asks_for_three_ticks() -> None:
    assert (ROOT / ".github/pull_request_template.md").read_text().count("\n- [ ] ") == 3


# ---- what their commands do


@pytest.fixture
def dead_link(tmp_path: Path) -> Iterator[str]:
    """An address on a server that runs, where nothing lies."""
    with SiteServer(tmp_path) as running:
        yield f"{running.url}gone/"


@pytest.fixture
def runner(tmp_path: Path, dead_link: str) -> Runner:
    """A clone in which one lesson has changed since the main branch, with a release in the changelog."""
    clone = tmp_path / "clone"
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, clone / name)
    (clone / ".venv").symlink_to(sys.prefix)
    (ROOT / ".cache").mkdir(exist_ok=True)
    (clone / ".cache").symlink_to(ROOT / ".cache")
    (clone / "CHANGELOG.md").write_text(f"# Changelog\n\n## {RELEASE} – 2027-01-05\n\nA news.\n")
    # no test asks anybody outside this machine
    lychee = clone / ".github/lychee.toml"
    only_here = 'include = ["^http://127"]\nexclude = [".", '
    lychee.write_text(lychee.read_text().replace("exclude = [", only_here))
    git(clone, "init", "--quiet", "--initial-branch=main")
    (clone / ".git/info/exclude").write_text(".venv\n.cache\n")
    commit(clone, "What the main branch has")
    lesson = clone / LESSON
    lesson.write_text(f"{lesson.read_text()}\nYou need 75% of it, [as here]({dead_link}).\n")
    commit(clone, "Change a lesson")
    (tmp_path / "runner").mkdir()
    return Runner(clone, tmp_path / "runner")


def git(folder: Path, *command: str) -> None:
    who = ["-c", "user.name=A trainer", "-c", "user.email=trainer@gym.example"]
    subprocess.run(["git", *who, *command], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", message)


@pytest.mark.browser
@pytest.mark.skipif(sys.platform != "linux", reason="the host runs jobs on Linux, with its tools")
def test_the_own_commands_of_every_job_do_what_they_are_for(runner: Runner, dead_link: str) -> None:
    """One test, because all jobs share one clone and one build."""
    check_deploy(runner)
    check_annotations(runner)
    check_preview(runner)
    check_comment(runner)
    check_weekly(runner, dead_link)
    check_release(runner)
    check_a_broken_lesson(runner)


def check_deploy(runner: Runner) -> None:
    runner.run(JOBS["deploy:build"])
    site = runner.clone / "site_build"
    lessons = sorted((site / "lessons").glob("*/index.html"))
    assert len(lessons) == len(list((ROOT / "content/lessons").glob("*/index.md")))
    for page in lessons:
        text = page.read_text()
        name = page.parent.name
        end = text[text.index('<div class="lesson-end">') :]
        edit, tell = (unescape(link) for link in re.findall(r'href="(https:[^"]+)"', end)[:2])
        assert edit == f"{REPOSITORY_URL}/edit/main/content/lessons/{name}/index.md"
        told = urlsplit(tell)
        assert told._replace(query="").geturl() == f"{REPOSITORY_URL}/issues/new"
        form, address = parse_qs(told.query)["template"], parse_qs(told.query)["page"]
        assert (ROOT / ".github/ISSUE_TEMPLATE" / form[0]).is_file()
        assert address == [f"{SITE_URL}lessons/{name}/"]


def check_annotations(runner: Runner) -> None:
    said = runner.run(JOBS["check:lessons"])
    if JOBS["check:lessons"].complete:
        assert f"::warning file={LESSON},line=" in said


def check_preview(runner: Runner) -> None:
    said = runner.run(JOBS["preview:preview"])
    assert f"1 changed page can be seen.\n  {LESSON}" in said
    out = runner.temporary / "preview"
    [page] = (out / "pages").iterdir()
    text = page.read_text()
    assert "You need 75% of it" in text
    [picture] = (out / "pictures").iterdir()
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])  # of a PNG
    assert width == 360
    assert height > 3000
    assert (out / "preview.html").read_text().count("data:image/png") == 1
    summary = read(out)
    assert summary.pages == (LESSON,)
    assert {finding.path for finding in summary.findings} == {LESSON}
    assert "Write: 75 %" in " ".join(finding.text for finding in summary.findings)
    if JOBS["preview:preview"].complete:
        assert {one.path for one in read_suggestions(out)} == {LESSON}


def check_comment(runner: Runner) -> None:
    changed = (runner.clone / LESSON).read_text()
    last = changed.count("\n")
    patch = f"@@ -{last - 2},1 +{last - 2},3 @@\n Some text\n+\n+You need 75% of it"
    files = [[{"filename": LESSON, "patch": patch}]]
    (runner.temporary / "files.json").write_text(json.dumps(files))
    (runner.temporary / "said.json").write_text("[[]]")
    shutil.copytree(runner.temporary / "preview", runner.temporary / "artifact")
    runner.run(JOBS["preview-comment:comment"])
    comment = (runner.temporary / "spoken/comment.md").read_text()
    assert "This looks good" in comment
    assert "that would make it easier to read" in comment
    assert f"({REPOSITORY_URL}/actions/runs/1/artifacts/2)" in comment
    if JOBS["preview:preview"].complete:
        review = json.loads((runner.temporary / "spoken/review.json").read_text())
        [suggested] = review["comments"]
        assert (suggested["path"], suggested["line"]) == (LESSON, last)
        assert "```suggestion\nYou need 75 % of it" in suggested["body"]


def check_weekly(runner: Runner, dead_link: str) -> None:
    runner.run(JOBS["weekly:look"])
    report = (runner.temporary / "report/report.md").read_text()
    assert dead_link in report


def check_release(runner: Runner) -> None:
    runner.run(JOBS["release:freeze"])
    made = runner.temporary / "release"
    assert (made / "notes.md").read_text().strip() == "A news."
    listed = dict(reversed(line.split()) for line in (made / "SHA256SUMS").read_text().splitlines())
    expected = ["site-{}.tar.gz", "sbom-python-{}.json", "sbom-browser-{}.json"]
    if JOBS["release:freeze"].complete:
        expected += ["{}.tar.gz", "{}.sha256"]
        check_the_next_deployment(runner, made)
    assert set(listed) == {name.format(RELEASE) for name in expected}
    for name, digest in listed.items():
        assert sha256((made / name).read_bytes()).hexdigest() == digest
    with tarfile.open(made / f"site-{RELEASE}.tar.gz") as site:
        assert "./index.html" in site.getnames()
    parts = {
        part["name"]
        for kind in ("python", "browser")
        for part in json.loads((made / f"sbom-{kind}-{RELEASE}.json").read_text())["components"]
    }
    assert {"mkdocs", "pybtex", "pyodide"} <= parts


def check_the_next_deployment(runner: Runner, made: Path) -> None:
    """The list is merged, and the host gives the archive back."""
    (runner.temporary / "archives").mkdir()
    shutil.copy(made / f"{RELEASE}.tar.gz", runner.temporary / "archives")
    for command in [command for command in runner.ran if " unpack " in command]:
        del runner.ran[command]
    assert f"Unpacked: {RELEASE}." in runner.run(JOBS["deploy:build"])
    assert list((runner.clone / f"site_build/e/r/{RELEASE}").rglob("index.html"))


def check_a_broken_lesson(runner: Runner) -> None:
    """The build refuses it, so there is no site; the trainer hears what to mend."""
    (runner.clone / LESSON).write_text("# Set up\n\n``` interactive depth-exploror\n```\n")
    commit(runner.clone, "Break the lesson")
    shutil.rmtree(runner.clone / "site_build")
    shutil.rmtree(runner.temporary / "preview")
    shutil.rmtree(runner.temporary / "artifact")
    runner.ran.clear()
    assert f"{LESSON}:3: There is no widget 'depth-exploror'" in runner.run(JOBS["preview:preview"])
    shutil.copytree(runner.temporary / "preview", runner.temporary / "artifact")
    runner.run(JOBS["preview-comment:comment"])
    comment = (runner.temporary / "spoken/comment.md").read_text()
    assert "to fix before this can go live" in comment
    assert "line 3: There is no widget" in comment
    assert "phone shows it" not in comment
    if JOBS["check:lessons"].complete:
        with pytest.raises(AssertionError, match=f"::error file={LESSON},line=3"):
            runner.run(JOBS["check:lessons"])
