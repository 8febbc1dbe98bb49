"""The HTML of a widget before any script has run: controls, the first answer, a place for messages."""

import json
from collections.abc import Iterable, Mapping

from interactive.markup import Markup, element
from interactive.widget import Choice, Control, Slider, Toggle, Value, Widget, number

WITHOUT_SCRIPT = "This shows the starting values. Moving the controls needs JavaScript."


def prerender[Inputs, Result](
    name: str,
    widget: Widget[Inputs, Result],
    values: Mapping[str, Value],
    shown: Iterable[str],
    html: Markup,
    place: str,
) -> Markup:
    """Return a complete `<lesson-widget>`.

    Args:
        name: the widget's name, as trainers write it.
        widget: the widget.
        values: every input's value.
        shown: the inputs that the reader may move, in this order.
        html: the widget's answer to these values.
        place: an id that is unique in the page.
    """
    controls = [
        _control(f"{place}-{field}", field, widget.controls[field], values[field])
        for field in shown
    ]
    return element(
        "lesson-widget",
        element(
            "fieldset",
            element("legend", widget.title),
            controls,
            class_="widget-controls",
            disabled=True,
        ),
        element("output", html, class_="widget-answer", aria_live="off"),
        element("p", class_="widget-spoken", role="status"),
        element("p", class_="widget-message", role="status"),
        element("button", "Try again", type="button", class_="widget-again md-button", hidden=True),
        element("noscript", element("p", WITHOUT_SCRIPT, class_="widget-message")),
        id=place,
        name=name,
        state="static",
        data_inputs=json.dumps(values),
        data_search_exclude=True,
    )


def _control(place: str, field: str, control: Control, value: Value) -> Markup:
    described = f"{place}-help" if control.help else None
    return element(
        "div",
        element("label", control.label, for_=place),
        element("p", control.help, class_="widget-help", id=described) if control.help else (),
        _input(place, field, control, value, described),
        class_=f"widget-control {type(control).__name__.lower()}",
    )


def _input(
    place: str, field: str, control: Control, value: Value, described: str | None
) -> Iterable[Markup]:
    match control:
        case Slider():
            grid = {
                "min": number(control.low),
                "max": number(control.high),
                "step": number(control.step),
                "value": number(float(value)),
            }
            unit = control.text(value).removeprefix(number(float(value)))
            yield element(
                "input",
                type="range",
                id=place,
                name=field,
                aria_valuetext=control.text(value),
                aria_describedby=described,
                data_unit=unit,
                **grid,
            )
            yield element(
                "span",
                element(
                    "input",
                    type="number",
                    data_twin=field,
                    aria_label=f"{control.label}, as a number",
                    inputmode="decimal",
                    **grid,
                ),
                element("span", unit, class_="widget-unit"),
                class_="widget-number",
            )
        case Choice():
            options = [
                element("option", words, value=key, selected=key == value)
                for key, words in control.options.items()
            ]
            yield element("select", options, id=place, name=field, aria_describedby=described)
        case Toggle():
            yield element(
                "input",
                type="checkbox",
                id=place,
                name=field,
                checked=bool(value),
                aria_describedby=described,
            )
