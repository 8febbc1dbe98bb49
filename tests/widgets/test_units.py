"""Kilograms and centimetres, or pounds, feet and inches: the same answers in the reader's words."""

import json
import os
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from interactive.catalogue import widget_named, widget_names
from interactive.widget import InputProblem, Slider

GOLDEN = Path(__file__).parent / "golden"
CASES: dict[str, dict[str, dict[str, Any]]] = {
    "risk-calculator": {
        "start": {},
        "tall-and-deep": {"stature_cm": 190, "knee_deg": 110, "plates_kg": 200},
        "lying-stack": {
            "rail_deg": 0, "backrest_deg": 10, "resistance": "stack", "sled_kg": 0,
            "shoulder_pads": True, "own_hip_flexion_deg": "130",
        },
    },
    "setup-finder": {"start": {}, "flat": {"backrest_deg": 20}},
    "hip-test": {"start": {}, "fingers": {"method": "fingers", "fingers": 9}},
    "depth-explorer": {"start": {}},
}  # fmt: skip
PAIRS = [(widget, case) for widget, cases in CASES.items() for case in cases]


def text_of(widget: str, inputs: dict[str, Any]) -> str:
    """Return what a reader reads, one line an element."""
    html = widget_named(widget).answer(inputs).html
    assert html is not None
    lines = re.sub(r"</(?:p|li|h2|tr|dd|dt|figcaption|summary)>", "\n", html)
    text = unescape(re.sub(r"<[^>]+>", " ", lines)).replace("\N{NO-BREAK SPACE}", " ")
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip()) + "\n"


@pytest.mark.parametrize("units", ["metric", "us"])
@pytest.mark.parametrize(("widget", "case"), PAIRS)
def test_answers_read_as_approved(widget: str, case: str, units: str) -> None:
    text = text_of(widget, {**CASES[widget][case], "units": units})
    approved = GOLDEN / f"{widget}-{case}-{units}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        approved.write_text(text)
    assert text == approved.read_text()


@pytest.mark.parametrize(("widget", "case"), PAIRS)
def test_no_answer_mixes_units(widget: str, case: str) -> None:
    inputs = CASES[widget][case]
    assert not re.search(r"\d (lb|in|ft)\b(?! \d)", text_of(widget, inputs))
    assert not re.search(r"\d (kg|cm)\b", text_of(widget, {**inputs, "units": "us"}))


def sliders() -> list[tuple[str, str, Slider]]:
    return [
        (widget, field, control)
        for widget in widget_names()
        for field, control in widget_named(widget).controls.items()
        if isinstance(control, Slider) and control.us_step
    ]


@pytest.mark.parametrize(("widget", "field", "slider"), sliders())
def test_every_stop_in_pounds_or_inches_is_a_value_and_is_shown_as_itself(
    widget: str, field: str, slider: Slider
) -> None:
    grid = slider.grid("us")
    stop = grid.low
    while stop <= grid.high:
        metric = slider.read(field, round(stop * grid.factor, 2))
        assert float(grid.written(metric)) == stop
        stop += grid.step
    with pytest.raises(InputProblem):
        slider.read(field, round((grid.low + grid.step * 0.4) * grid.factor, 2))


def test_a_height_in_inches_is_told_in_feet_too() -> None:
    stature = widget_named("risk-calculator").controls["stature_cm"]
    assert isinstance(stature, Slider)
    assert stature.grid("us").text(175) == "69\xa0in (5\xa0ft\xa09\xa0in)"
    assert stature.grid("metric").text(175) == "175\xa0cm"


def test_units_change_words_only() -> None:
    widget = widget_named("risk-calculator")
    metric, us = (widget.answer({"units": units}).html for units in ("metric", "us"))
    assert metric
    assert us
    assert re.findall(r'data-set="([^"]+)"', metric) == re.findall(r'data-set="([^"]+)"', us)
    assert json.loads(json.dumps(widget.start))["units"] == "metric"
