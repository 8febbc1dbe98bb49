"""The place in a page where a trainer tries an edit: what the script in `lesson-preview.js` fills with life."""

from hooks import ROOT
from hooks.preview_pages import lesson_pages
from interactive.markup import Markup, element

_NO_SCRIPT = "The preview needs JavaScript. The pencil at the top of each lesson works without it."

# no script runs in the page; a link in it opens a tab of its own
_SANDBOX = "allow-same-origin allow-popups allow-popups-to-escape-sandbox"


def lesson_preview() -> Markup:
    """Return the text, the place of the problems, and the frame of the page; each is named for those who listen."""
    options = [
        element("option", title, value=path) for path, title in lesson_pages(ROOT / "content")
    ]
    chosen = element(
        "div",
        element("label", "Begin with", for_="preview-lesson"),
        element("select", options, id="preview-lesson", autocomplete="off"),
    )
    start = element(
        "button",
        "Start the preview",
        type="button",
        class_="md-button md-button--primary preview-start",
    )
    told = element(
        "div",
        element("p", class_="preview-says", role="status", tabindex=-1),
        element("progress", hidden=True, aria_label="Started so far"),
        element("div", start, element("span", class_="preview-size"), class_="preview-offer"),
        class_="preview-told",
    )
    text = element(
        "div",
        element("label", "The lesson as you write it", for_="preview-text"),
        element("textarea", id="preview-text", rows=18, autocomplete="off", autocapitalize="off"),
    )
    take = element(
        "div",
        element("button", "Copy the text", type="button", class_="md-button preview-copy"),
        element("a", "Open the editor for this lesson", class_="preview-editor", href="#"),
        class_="preview-take",
    )
    problems = element("ol", class_="preview-problems", aria_label="What to mend")
    written = element("div", chosen, told, text, problems, take, class_="preview-written")
    page = element("iframe", title="The lesson as a page", sandbox=_SANDBOX)
    return element(
        "lesson-preview",
        element("noscript", element("p", _NO_SCRIPT)),
        element("div", written, page, class_="preview-desk", hidden=True),
        state="static",
    )
