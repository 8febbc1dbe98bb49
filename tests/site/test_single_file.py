"""A page as one file: it looks the same, runs nothing, and asks nobody."""

import re
from pathlib import Path

import pytest

from hooks.single_file import single_file


@pytest.mark.parametrize(
    "page", ["lessons/setup/index.html", "index.html", "calculator/index.html"]
)
def test_a_page_of_one_file_needs_nothing_beside_it(page: str, site: Path) -> None:
    text = single_file(site / page, site)
    assert "<script" not in text
    assert re.search(
        r"<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src", text
    )
    assert not re.search(r"<link (?!rel=\"canonical\")", text)
    assert [
        source for source in re.findall(r'src="([^"]{1,20})', text) if source[:5] != "data:"
    ] == []
    assert [url for url in re.findall(r"url\(\W?(\w+)", text) if url != "data"] == []
    whole = (site / page).read_text()
    kept = re.sub(r"<script.*?</script>", "", whole, flags=re.DOTALL)
    assert words(text) == words(kept)
    assert ".lesson-end" in text  # our style sheet


def words(html: str) -> list[str]:
    body = re.sub(r"<style.*?</style>", "", html[html.index("<body") :], flags=re.DOTALL)
    return re.sub(r"<[^>]*>", " ", body).split()


def test_links_of_a_page_of_one_file_lead_to_the_live_site(tmp_path: Path) -> None:
    page = tmp_path / "a/b/index.html"
    page.parent.mkdir(parents=True)
    (tmp_path / "secret.css").write_text("body { color: red }")
    home = "https://lessons.example/legpress"
    page.write_text(
        f'<!doctype html><html><head><link rel="canonical" href="{home}/a/b/">'
        '<link rel="stylesheet" href="../../../../secret.css"><link rel="stylesheet" href="../../secret.css">'
        '</head><body><a href="../c/">c</a><a href="#d">d</a><a href="/other/">other</a>'
        '<svg><path d="M0 0"/></svg><p onclick="go()">&lt;b&gt; &amp; &#64;</p>'
        '<iframe src="x"><p>inside</p></iframe><br></body></html>'
    )
    text = single_file(page, tmp_path)
    assert f'<a href="{home}/a/c/">c</a><a href="#d">d</a>' in text
    assert '<a href="https://lessons.example/other/">' in text
    assert text.count("color: red") == 1
    assert '<svg><path d="M0 0" /></svg><p>&lt;b&gt; &amp; &#64;</p><br></body>' in text
