"""What pages show about keeping and forgetting: the list of all that is stored, and two buttons."""

import json
import re

from hooks import ROOT
from interactive.chart import fact_table
from interactive.markup import Markup, element

LIST = ROOT / "interactive" / "runtime" / "stored.js"


def stored() -> list[dict[str, str]]:
    """Return everything that the site may keep in a browser, as the browser's own list has it."""
    found = re.search(
        r"^export const STORED = (\[.*?^\]);$", LIST.read_text(), re.MULTILINE | re.DOTALL
    )
    if not found:
        raise ValueError(f"{LIST.name} has no list that can be read")
    kept: list[dict[str, str]] = json.loads(found[1])
    return kept


def stored_table() -> Markup:
    """Return the list for readers."""
    rows = [(entry["what"], entry["when"], _place(entry)) for entry in stored()]
    return fact_table(("What is kept", "From when", "Where"), rows)


def save_for_gym() -> Markup:
    """Return what the script in `offline.js` fills with life."""
    return element(
        "save-for-gym",
        element("p", class_="gym-says", role="status", tabindex="-1"),
        element("progress", hidden=True, aria_label="Saved so far"),
        _button("Save for the gym", "md-button md-button--primary gym-save"),
        _button("Remove", "md-button gym-remove"),
        element("noscript", element("p", "Saving needs JavaScript.")),
        state="static",
    )


def forget_everything() -> Markup:
    """Return the button that forgets all, and the place where it says so."""
    words = "Forgetting by a button needs JavaScript. Your browser's settings can clear it too."
    return element(
        "forget-everything",
        _button("Forget everything", "md-button"),
        element("p", role="status"),
        element("noscript", element("p", words)),
    )


def _button(label: str, looks: str) -> Markup:
    return element("button", label, type="button", class_=looks, hidden=True)


def _place(entry: dict[str, str]) -> Markup:
    name = entry["name"] + ("…" if entry["name"].endswith("-") else "")
    return element("span", f"{entry['where']}, ", element("code", name))
