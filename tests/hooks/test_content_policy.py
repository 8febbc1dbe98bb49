"""The policy that is written into every page: what it allows, whom, and where it stands."""

import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from hooks.content_policy import NoPlaceForPolicy, with_policies
from hooks.html_files import read_html, write_html
from hooks.kept_values import KeptTable

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
URL = "https://lessons.example/legpress/"
MATERIAL = (
    '<!doctype html><html><head>\n<meta charset="utf-8">\n<script>{script}</script></head>'
    '<body>{body}<script id="__config" type="application/json">{{}}</script></body></html>'
)
PLAIN = "<!doctype html><html><head><title>x</title>{head}</head><body>{body}</body></html>"


def written(folder: Path, pages: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Write pages, add policies, return each page's directives."""
    for name, text in pages.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    html = read_html(folder)
    write_html(folder, html, with_policies(html, URL, KeptTable()))
    return {name: directives((folder / name).read_text()) for name in pages}


def directives(page: str) -> dict[str, list[str]]:
    [content] = META.findall(page)
    return {name: sources for name, *sources in map(str.split, unescape(content).split(";"))}


def hash_of(script: str) -> str:
    return f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def test_every_page_of_the_site_has_one_policy_before_any_script_and_none_allows_what_anybody_writes(
    site: Path,
) -> None:
    pages = {path: path.read_text() for path in site.rglob("*.html")}
    del pages[
        site / "staff/index.html"
    ]  # has a policy of its own: tests/browser/test_staff_editor.py
    assert len(pages) > 20
    for path, page in pages.items():
        [meta] = META.finditer(page)
        assert meta.start() < page.index("<script"), path
        assert page.index("charset") < min(meta.start(), 1024), path
        allowed = directives(page)
        every = {source for sources in allowed.values() for source in sources}
        assert not every & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"}, path
        for name in ("base-uri", "form-action", "object-src"):
            assert allowed[name] == ["'none'"]
        for name in {"script-src", "style-src", "connect-src", "img-src", "worker-src"} & {
            *allowed
        }:
            assert {"'self'", "https://lessons.example"} <= set(allowed[name]), (path, name)
        for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
            assert hash_of(script) in allowed["script-src"], path


def test_nothing_in_a_page_needs_more_than_its_policy_allows(site: Path) -> None:
    for path in site.rglob("*.html"):
        tags = re.findall(
            r"<[a-z][^>]*>", re.sub(r"<script.*?</script>", "", path.read_text(), flags=re.DOTALL)
        )
        names = [re.sub(r'"[^"]*"', '""', tag) for tag in tags]
        assert [tag for tag in names if re.search(r"\s(style|on\w+)=", tag)] == [], path


def test_pages_between_which_one_navigates_at_once_share_one_policy(tmp_path: Path) -> None:
    one, two = "here = '..'", "here = '../..'"
    found = written(
        tmp_path,
        {
            "index.html": MATERIAL.format(script=one, body="<lesson-widget></lesson-widget>"),
            "about/index.html": MATERIAL.format(script=two, body="no widget"),
            "kiosk/index.html": PLAIN.format(head="<script>loop()</script>", body="none"),
        },
    )
    assert found["index.html"] == found["about/index.html"]
    shared = found["about/index.html"]["script-src"]
    assert {hash_of(one), hash_of(two), "'wasm-unsafe-eval'"} < set(shared)
    assert hash_of("{}") not in shared  # data is not run
    apart = found["kiosk/index.html"]["script-src"]
    assert apart == ["'self'", "https://lessons.example", hash_of("loop()")]


def test_a_page_for_other_peoples_pages_may_do_only_what_it_needs(tmp_path: Path) -> None:
    style = "p { color: green }"
    found = written(
        tmp_path,
        {
            "e/v1/widget/index.html": PLAIN.format(
                head=f"<style>{style}</style>", body="<lesson-widget></lesson-widget>"
            ),
            "e/v1/words/index.html": PLAIN.format(head="", body="words"),
            "m/sled/index.html": PLAIN.format(head="", body="<lesson-widget></lesson-widget>"),
        },
    )
    ours = ["'self'", "https://lessons.example"]
    assert found["e/v1/widget/index.html"] == {
        "default-src": ["'none'"],
        "script-src": [*ours, "'wasm-unsafe-eval'"],
        "style-src": [*ours, hash_of(style)],
        "img-src": [*ours, "data:"],
        "connect-src": ours,
        "worker-src": [*ours, "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
        "object-src": ["'none'"],
    }
    assert "worker-src" not in found["e/v1/words/index.html"]
    assert found["e/v1/words/index.html"]["script-src"] == ours
    assert found["m/sled/index.html"]["worker-src"] == [*ours, "blob:"]
    assert "'wasm-unsafe-eval'" in found["m/sled/index.html"]["script-src"]


@pytest.mark.parametrize(
    "page",
    ["<!doctype html><title>x</title>", "<script>early()</script><meta charset=utf-8>"],
)
def test_a_page_without_a_place_for_a_policy_is_named(tmp_path: Path, page: str) -> None:
    with pytest.raises(NoPlaceForPolicy, match=r"^m/sled/index\.html: write a <head>"):
        written(tmp_path, {"m/sled/index.html": page})


def test_a_page_that_brings_its_policy_along_keeps_its_bytes(tmp_path: Path) -> None:
    name = "e/r/2027-01-01-0123abcd/widget/index.html"
    written(tmp_path, {name: PLAIN.format(head="", body="frozen")})
    html = read_html(tmp_path)
    assert with_policies(html, "https://elsewhere.example/", KeptTable()) == html
