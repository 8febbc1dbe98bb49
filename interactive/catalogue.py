"""Every widget there is, by the name that trainers write: one folder each, nothing registered."""

import importlib
import pkgutil
from functools import lru_cache
from typing import Any

from interactive import widgets
from interactive.widget import Widget, WidgetContractError


def widget_names() -> list[str]:
    """Return the names of all widgets, as trainers write them: one folder each, nothing registered."""
    return list(_names_in(str(widgets.__path__)))


@lru_cache(maxsize=4)
def _names_in(_places: str) -> tuple[str, ...]:
    """Return the names, looked for once in the same places: Python from an image finds no folders any more."""
    found = pkgutil.iter_modules(widgets.__path__)
    return tuple(sorted(module.name.replace("_", "-") for module in found))


def widget_named(name: str) -> Widget[Any, Any]:
    """Return a widget by the name that trainers write.

    Raises:
        KeyError: there is none of this name.
        WidgetContractError: its folder breaks the contract.
    """
    if name not in widget_names():
        raise KeyError(name)
    folder = name.replace("-", "_")
    widget = getattr(importlib.import_module(f"interactive.widgets.{folder}"), "WIDGET", None)
    if not isinstance(widget, Widget):
        raise WidgetContractError(f"widgets/{folder}: WIDGET is missing, or is not a Widget")
    return widget
