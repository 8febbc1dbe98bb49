"""The HTML of a widget before any script has run: controls, the first answer, a place for messages."""

import json
from collections.abc import Iterable, Mapping, Sequence

from hooks.machines import Preset
from interactive.markup import Markup, element
from interactive.widget import Choice, Control, Grid, Slider, Toggle, Value, Widget, number
from interactive.wording import METRIC, US

WITHOUT_SCRIPT = "This shows the starting values. Moving the controls needs JavaScript."
UNITS = "units"
OWN_MACHINE = "My own, as set below"


def prerender[Inputs, Result](
    name: str,
    widget: Widget[Inputs, Result],
    values: Mapping[str, Value],
    shown: Sequence[str],
    html: Markup,
    place: str,
    machines: Iterable[Preset] = (),
    book: Mapping[str, object] | None = None,
    words: Mapping[str, str] | None = None,
) -> Markup:
    """Return a complete `<lesson-widget>`.

    Args:
        name: the widget's name, as trainers write it.
        widget: the widget.
        values: every input's value.
        shown: the inputs that the reader may move, in this order.
        html: the widget's answer to these values.
        place: an id that is unique in the page.
        machines: the catalogue, for a widget that offers it.
        book: how to fetch its answer book.
        words: what the page's script and Python need to answer in another language than English.
    """
    units = str(values.get(UNITS, METRIC))
    controls = {
        field: _control(f"{place}-{field}", field, widget.controls[field], values[field], units)
        for field in shown
        if field != UNITS
    }
    chooser = [_machine_chooser(place, widget, values, machines)] if widget.machines else []
    return element(
        "lesson-widget",
        element("noscript", element("p", WITHOUT_SCRIPT, class_="widget-message")),
        element(
            "fieldset",
            element("legend", widget.title),
            chooser,
            _grouped(widget.groups, controls),
            class_="widget-controls",
            disabled=True,
        ),
        _units_switch(place, widget, shown, units),
        element("output", html, class_="widget-answer", aria_live="off"),
        element("p", class_="widget-spoken", role="status"),
        element("p", class_="widget-echo", aria_hidden="true", hidden=True),
        element("p", class_="widget-message", role="status"),
        element("button", "Try again", type="button", class_="widget-again md-button", hidden=True),
        _tools(widget),
        id=place,
        name=name,
        state="static",
        data_inputs=json.dumps(values),
        data_book=json.dumps(book) if book else None,
        data_private=widget.private,
        data_words=json.dumps(words, ensure_ascii=False) if words else None,
        data_search_exclude=True,
    )


def _grouped(
    groups: Mapping[str, Sequence[str]], controls: Mapping[str, Markup]
) -> Iterable[Markup]:
    """Below their headings, if the reader may move them all; a trainer's choice stands in one row."""
    if not groups or any(field not in controls for fields in groups.values() for field in fields):
        return controls.values()
    return [
        element(
            "details",
            element("summary", heading),
            element("div", [controls[field] for field in fields], class_="widget-group"),
            open=index == 0,
        )
        for index, (heading, fields) in enumerate(groups.items())
    ]


def _machine_chooser[Inputs, Result](
    place: str,
    widget: Widget[Inputs, Result],
    values: Mapping[str, Value],
    machines: Iterable[Preset],
) -> Markup:
    options = [element("option", OWN_MACHINE, value="")]
    for machine in machines:
        sets = {field: value for field, value in machine.values.items() if field in values}
        chosen = all(values[field] == value for field, value in sets.items())
        options.append(
            element(
                "option",
                machine.words,
                value=machine.slug,
                selected=chosen,
                data_set=json.dumps(sets),
            )
        )
    return element(
        "div",
        element("label", "Type of machine", for_=f"{place}-machine"),
        element("select", options, id=f"{place}-machine", class_="widget-machine"),
        class_="widget-control choice",
    )


def _units_switch[Inputs, Result](
    place: str, widget: Widget[Inputs, Result], shown: Iterable[str], units: str
) -> Markup | tuple[()]:
    """The switch of units, where the reader may move a length or a mass."""
    control = widget.controls.get(UNITS)
    sliders = [widget.controls[field] for field in shown]
    if not isinstance(control, Choice) or not any(
        isinstance(slider, Slider) and slider.us_step for slider in sliders
    ):
        return ()
    return element(
        "div",
        element("label", control.label, for_=f"{place}-{UNITS}"),
        _select(f"{place}-{UNITS}", UNITS, control, units, None, disabled=True),
        class_="widget-units",
    )


def _tools[Inputs, Result](widget: Widget[Inputs, Result]) -> Markup | tuple[()]:
    """What a reader can do with an answer; the element shows these once it can do them."""
    offered = {} if widget.private else {"link": "Copy link"}
    if UNITS in widget.controls:  # so it asks about a body or a machine
        offered |= {"save": "Save on this device", "saved": "Use my saved values"}
    if widget.compare:
        offered |= {"before": "Keep as “before”", "alone": "Stop comparing"}
    if widget.card:
        offered["print"] = "Print the card"
    if not offered:
        return ()
    return element(
        "div",
        [
            element(
                "button", words, type="button", data_tool=tool, hidden=tool in ("alone", "saved")
            )
            for tool, words in offered.items()
        ],
        class_="widget-tools",
        hidden=True,
    )


def _control(place: str, field: str, control: Control, value: Value, units: str) -> Markup:
    described = f"{place}-help" if control.help else None
    return element(
        "div",
        element("label", control.label, for_=place),
        element("p", control.help, class_="widget-help", id=described) if control.help else (),
        _input(place, field, control, value, described, units),
        class_=f"widget-control {type(control).__name__.lower()}",
    )


def _input(
    place: str, field: str, control: Control, value: Value, described: str | None, units: str
) -> Iterable[Markup]:
    match control:
        case Slider():
            yield from _slider(place, field, control, value, described, units)
        case Choice():
            yield _select(place, field, control, str(value), described)
        case Toggle():
            yield element(
                "input",
                type="checkbox",
                id=place,
                name=field,
                checked=bool(value),
                aria_describedby=described,
            )


def _slider(
    place: str, field: str, slider: Slider, value: Value, described: str | None, units: str
) -> Iterable[Markup]:
    grid = slider.grid(units)
    written = grid.written(value)
    unit = grid.text(value).removeprefix(written)
    attributes = {
        "min": number(grid.low),
        "max": number(grid.high),
        "step": number(grid.step),
        "value": written,
    }
    grids = {METRIC: _described(slider.grid(METRIC)), US: _described(slider.grid(US))}
    yield element(
        "input",
        type="range",
        id=place,
        name=field,
        aria_valuetext=grid.text(value),
        aria_describedby=described,
        data_unit=unit if not slider.us_step else None,
        data_grids=json.dumps(grids) if slider.us_step else None,
        **attributes,
    )
    yield element(
        "span",
        element(
            "input",
            type="number",
            data_twin=field,
            aria_label=f"{slider.label}, as a number",
            inputmode="decimal",
            **attributes,
        ),
        element("span", unit, class_="widget-unit"),
        class_="widget-number",
    )


def _described(grid: Grid) -> dict[str, str | float | bool]:
    """Return what the page's script needs to know of a grid."""
    return {
        "unit": grid.unit,
        "min": grid.low,
        "max": grid.high,
        "step": grid.step,
        "factor": grid.factor,
        "feet": grid.in_feet,
    }


def _select(
    place: str,
    field: str,
    control: Choice,
    value: str,
    described: str | None,
    *,
    disabled: bool = False,
) -> Markup:
    options = [
        element("option", words, value=key, selected=key == value)
        for key, words in control.options.items()
    ]
    return element(
        "select", options, id=place, name=field, aria_describedby=described, disabled=disabled
    )
