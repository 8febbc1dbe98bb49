"""An article that is carried to another address says the same and leads to the same."""

from pathlib import Path

import pytest

from hooks.built_page import BuiltPage, built_pages, relocated
from hooks.html_files import read_html
from hooks.kept_values import KeptTable

PAGE = """<html><head><title>Brace - The site</title></head><body><nav><a href="..">out</a></nav>
<article class="inner"><a class="md-content__button" href="x"><svg><path d="M0"/></svg></a>
<h1 id="a">Brace &amp; breathe<a class="headerlink" href="#a">&para;</a></h1>
<p>See <a href="../setup/#b" title="5 &lt; 6">setup</a>, <a href="#a">above</a>, <a href="https://doi.org/1">1</a>.
<img alt="lungs" src="lungs.svg" /><br /><img src="../old.png"> <svg viewBox="0 0 1 1"><use href="#u"/></svg> 5 &#8617;</p>
<lesson-widget name="breath-pacer" data-x='{"a": 1}'></lesson-widget>
<div class="lesson-end"><a href="../../about/">save <b>it</b></a></div>
<script type="module" src="../a.js"></script>
</article><footer>end</footer></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> BuiltPage:
    for address in ("lessons/bracing", "e/v1/x", "about/decisions"):
        (tmp_path / address).mkdir(parents=True)
        (tmp_path / address / "index.html").write_text(PAGE)
    found = built_pages(read_html(tmp_path), KeptTable())
    assert [page.address for page in found] == ["about/decisions/", "lessons/bracing/"]
    assert [page.slug for page in found] == ["about-decisions", "bracing"]
    return found[1]


def test_an_article_keeps_its_words_and_its_links_lead_where_they_did(page: BuiltPage) -> None:
    assert page.title("The site") == "Brace"
    assert page.widgets == ["breath-pacer"]
    out = ' target="_blank" rel="noopener"'
    assert page.article("e/v1/lesson/bracing/") == (
        '<h1 id="a">Brace &amp; breathe</h1>\n'
        f'<p>See <a href="../../../../lessons/setup/#b" title="5 &lt; 6"{out}>setup</a>,'
        f' <a href="#a">above</a>, <a href="https://doi.org/1"{out}>1</a>.\n'
        '<img alt="lungs" src="../../../../lessons/bracing/lungs.svg"><br>'
        '<img src="../../../../lessons/old.png"> <svg viewBox="0 0 1 1"><use href="#u"></use></svg>'
        " 5 ↩</p>\n"
        '<lesson-widget name="breath-pacer" data-x="{&quot;a&quot;: 1}"></lesson-widget>'
    )


@pytest.mark.parametrize(
    ("reference", "moved"),
    [
        ("", "../lessons/setup/"),
        (".", "../lessons/setup/"),
        ("../..", "../"),
        ("/e/v1/", "../e/v1/"),
        ("a.svg?x=1#y", "../lessons/setup/a.svg?x=1#y"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("//other.example/x", "//other.example/x"),
    ],
)
def test_an_address_is_said_from_elsewhere(reference: str, moved: str) -> None:
    assert relocated(reference, "lessons/setup/", "other/") == moved
