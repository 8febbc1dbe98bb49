"""What readers of other languages ask: every stop of each widget that their catalogue has words for."""

import json

from hooks.languages import read_languages
from interactive.catalogue import widget_named, widget_names
from tests.conftest import ROOT


def questions_in_other_languages(widget: str | None = None) -> list[str]:
    """Return requests as the page's script writes them, catalogue and all; those of one widget, or of all."""
    asked = []
    for language in read_languages(ROOT / "content").values():
        asked_for = {widget} if widget else set(widget_names())
        for name in sorted(set(language.words) & asked_for):
            words = language.of_widget(name)
            stops = [
                {field: stop, "units": units}
                for field, control in widget_named(name).controls.items()
                for stop in control.stops
                for units in ("metric", "us")
            ]
            asked += [{"widget": name, "inputs": inputs, "words": words} for inputs in stops]
    return list(map(json.dumps, asked))
