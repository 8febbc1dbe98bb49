"""`python -m tests.browser.preview_pictures DIR`: photographs the pages of a preview as a phone shows them.

Beside the pictures it writes `preview.html`, one file with all of them, which a browser opens without unpacking.
"""

import base64
import sys
from html import escape
from pathlib import Path

from tests.browser.engines import Engine, engines

PHONE = (360, 800)  # CSS pixels


def photograph(folder: Path, chromium: Engine) -> list[Path]:
    """Photograph each page below `pages/` whole, into `pictures/`, and return the pictures."""
    (folder / "pictures").mkdir(exist_ok=True)
    pictures = []
    for page in sorted((folder / "pages").glob("*.html")):
        picture = folder / "pictures" / f"{page.stem}.png"
        with chromium.open(page.resolve().as_uri(), viewport=PHONE) as shown:
            shown.screenshot(picture)
        pictures.append(picture)
    return pictures


def together(pictures: list[Path]) -> str:
    """Return one page with all the pictures."""
    # by hand, because interactive.markup refuses what this file is about: data in addresses
    figures = "".join(
        f'<figure><figcaption>{escape(picture.stem)}</figcaption><img alt="" src="{_packed(picture)}">'
        "</figure>"
        for picture in pictures
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Your change, on a phone</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body{margin:1rem;font:1rem/1.5 sans-serif}div{display:flex;flex-wrap:wrap;gap:1rem}"
        "figure{margin:0}img{max-width:100%;border:1px solid #999}</style>"
        "<h1>Your change, on a phone</h1>"
        "<p>These are still pictures: nothing moves when you touch it.</p>"
        f"<div>{figures}</div></html>\n"
    )


def _packed(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"


def main() -> None:
    """Photograph from the command line; a preview without pages gets no pictures."""
    folder = Path(sys.argv[1])
    pictures: list[Path] = []
    if any((folder / "pages").glob("*.html")):
        with engines() as browsers:
            pictures = photograph(folder, browsers.get("chromium"))
        (folder / "preview.html").write_text(together(pictures))
    print(f"{len(pictures)} pictures, {PHONE[0]} px wide.")


if __name__ == "__main__":
    main()
