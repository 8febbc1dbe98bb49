"""Staff edit a lesson in forms: the editor opens on our own host, and asks no other before somebody signs in."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from hooks.staff_editor import SCHEMA, TEST, configuration, staff_editor
from tests.browser.engines import Engine
from tests.conftest import ROOT
from tests.site_server import SiteServer

pytestmark = pytest.mark.browser

LESSON = "content/lessons/tempo/index.md"
FRONT = """---
title: Lower it slowly
summary: How fast the sled comes down, and what is known about it.
minutes: 3
audience: People who use a leg press
evidence: low
sources: [Adams1994]
authors: []
---
"""
TEXT = """
# Lower it slowly

``` interactive breath-pacer
```

| Seconds | Sled |
|---|---|
| 3 | down |
"""
# the test backend keeps its files in the browser's own file system
FILE = """(async (path, text) => {
  let folder = await navigator.storage.getDirectory();
  const names = ["sveltia-cms-test", ...path.split("/")], file = names.pop();
  for (const name of names) folder = await folder.getDirectoryHandle(name, { create: true });
  const handle = await folder.getFileHandle(file, { create: true });
  if (text === undefined) return (await handle.getFile()).text();
  const stream = await handle.createWritable();
  await stream.write(text);
  await stream.close();
  return true;
})"""


@pytest.fixture(scope="module")
def test_editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteServer]:
    """The editor with the backend that keeps everything in the browser."""
    folder, work = tmp_path_factory.mktemp("editor"), tmp_path_factory.mktemp("work")
    for asset in staff_editor(work, "https://github.com/example/lessons", TEST):
        (folder / asset.uri).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(asset.source, folder / asset.uri)
    (folder / "icons").mkdir()
    shutil.copy(ROOT / "hooks/theme/icons/app.svg", folder / "icons")
    with SiteServer(folder) as server:
        yield server


def button(name: str) -> str:
    return f"[...document.querySelectorAll('button')].find(b => b.textContent.trim() === {json.dumps(name)})"


def test_the_editor_opens_on_our_own_host_and_says_who_it_is_for(
    engine: Engine, server: SiteServer
) -> None:
    with engine.open(server.url + "staff/") as page:
        page.wait_until("document.body.innerText.includes('Token')", seconds=60)
        assert page.text(".for-others a") == "Try an edit"
        assert page.evaluate("document.querySelector('meta[name=robots]').content") == "noindex"
        assert page.evaluate("document.fonts.load('24px \"Material Symbols Outlined\"').then(found => found.length)") == 1  # fmt: skip
        assert server.foreign_requests_of(page) == []


@pytest.mark.parametrize("engine", ["chromium"], indirect=True)
def test_staff_change_a_title_and_everything_else_stays(
    engine: Engine, test_editor: SiteServer
) -> None:
    with engine.open(test_editor.url + "staff/", viewport=(1280, 800)) as page:
        page.evaluate(f"{FILE}({json.dumps(LESSON)}, {json.dumps(FRONT + TEXT)})")
        page.wait_until(button("Work with Test Repository"))
        page.evaluate(f"{button('Work with Test Repository')}.click(), true")
        row = "[...document.querySelectorAll('[role=row]')].find(r => r.textContent.includes('Lower it slowly'))"  # fmt: skip
        page.wait_until(row)
        page.evaluate(f"{row}.click(), true")
        page.wait_until("[...document.querySelectorAll('textarea')].some(t => t.value)")
        title = "input[type=text]:not([role=searchbox])"
        page.wait_until(f"document.querySelector('{title}')?.value === 'Lower it slowly'")
        page.focus(title)
        page.press("End")
        page.press("!")
        page.wait_until(f"{button('Save')} && !{button('Save')}.disabled")
        page.evaluate(f"{button('Save')}.click(), true")
        page.wait_until("document.body.innerText.includes('Entry saved')")
        saved = page.evaluate(f"{FILE}({json.dumps(LESSON)})")
        assert test_editor.foreign_requests_of(page) == []
    _, front, text = saved.split("---\n", 2)
    before = yaml.safe_load(FRONT.split("---\n")[1])
    assert yaml.safe_load(front) == before | {"title": "Lower it slowly!"}
    assert list(yaml.safe_load(front)) == list(before)
    assert text.strip() == TEXT.strip()


def test_every_key_of_the_front_matter_has_its_field() -> None:
    schema = json.loads(SCHEMA.read_text())
    lessons, pages = configuration("https://github.com/example/lessons")["collections"]
    fields = {field["name"]: field for field in lessons["fields"]}
    assert list(fields) == [*schema["properties"], "body"]
    assert fields["evidence"]["options"] == schema["properties"]["evidence"]["enum"]
    assert fields["title"]["maxlength"] == schema["properties"]["title"]["maxLength"]
    assert fields["minutes"]["max"] == schema["properties"]["minutes"]["maximum"]
    assert [field["name"] for field in fields["reviewed_by"]["fields"]] == ["name", "role"]
    needed = {name for name, field in fields.items() if field.get("required")}
    assert needed == set(schema["required"]) - {"authors"}  # a list that is usually empty
    for file in pages["files"]:
        assert (ROOT / file["file"]).exists()


def test_a_repository_elsewhere_has_no_editor(tmp_path: Path) -> None:
    assert staff_editor(tmp_path, "https://git.example/gym/lessons") == []
