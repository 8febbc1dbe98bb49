"""Every widget keeps the contract; so does the one that `make new-widget` writes."""

import multiprocessing
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, make_dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest

from hooks.new_widget import write
from interactive import widgets
from interactive.catalogue import widget_named, widget_names
from interactive.markup import Markup, element
from interactive.widget import Choice, InputProblem, Slider, Toggle, Widget, WidgetContractError
from tests.widgets import contract

NEW = "newly-made"


@pytest.fixture(params=[*widget_names(), NEW])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Each widget's folder; the last one is written for the occasion, and is there without more."""
    name: str = request.param
    if name != NEW:
        yield Path(widgets.__path__[0]) / name.replace("-", "_")
        return
    widgets.__path__.append(str(tmp_path))
    yield write(name, tmp_path)
    widgets.__path__.remove(str(tmp_path))
    sys.modules.pop(f"interactive.widgets.{name.replace('-', '_')}", None)


@pytest.fixture(scope="module")
def processes() -> Iterator[Executor]:
    """One process a core; the slowest widgets need it. Not forked, because servers run in threads."""
    with ProcessPoolExecutor(mp_context=multiprocessing.get_context("spawn")) as running:
        yield running


@pytest.fixture
def widget(folder: Path) -> Widget[Any, Any]:
    return widget_named(folder.name.replace("_", "-"))


def test_a_widget_is_complete_before_anything_is_moved(widget: Widget[Any, Any]) -> None:
    contract.holds_for_a_start(widget)


def test_every_stop_of_every_control_gets_an_answer(widget: Widget[Any, Any]) -> None:
    contract.holds_for_every_stop(widget)


def test_no_combination_of_inputs_breaks_the_page(folder: Path, processes: Executor) -> None:
    contract.holds_for_any_inputs(folder.name.replace("_", "-"), processes)


def test_the_example_that_trainers_copy_builds(folder: Path, widget: Widget[Any, Any]) -> None:
    contract.holds_for_its_example(folder)


def test_a_browsers_slider_can_stand_on_every_stop(widget: Widget[Any, Any]) -> None:
    for name, slider in contract.sliders(widget):
        assert contract.step_lies_on_grid(slider), name


def test_what_is_refused_is_named_with_what_is_allowed(widget: Widget[Any, Any]) -> None:
    for name, slider in contract.sliders(widget):
        for bad in (
            slider.low - slider.step,
            slider.high + slider.step,
            float("nan"),
            float("inf"),
            "5",
            True,
            None,
        ):
            with pytest.raises(InputProblem) as refused:
                widget.answer({name: bad})
            assert refused.value.field == name
            assert f"from {slider.low:g} to {slider.high:g}" in refused.value.allowed
    with pytest.raises(InputProblem, match="no_such_input"):
        widget.answer({"no_such_input": 1})


def test_a_new_widget_never_overwrites_one(tmp_path: Path) -> None:
    made = write("twice", tmp_path)
    (made / "__init__.py").write_text("# somebody's work")
    with pytest.raises(ValueError, match="There is a widget 'twice' already"):
        write("twice", tmp_path)
    assert (made / "__init__.py").read_text() == "# somebody's work"


@pytest.mark.parametrize("name", ["", "Hip Test", "hip_test", "../hip", "7hip", "hip-"])
def test_a_name_that_trainers_could_not_type_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Use small letters and hyphens"):
        write(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_choices_and_toggles_are_read_as_strictly_as_sliders() -> None:
    choice = Choice(label="Machine", options={"sled": "45° sled", "seated": "seated press"})
    toggle = Toggle(label="Shoulder pads")
    assert choice.read("machine", "seated") == "seated"
    assert toggle.read("pads", value=True) is True
    for control, bad in (
        (choice, "lever"),
        (choice, 1),
        (toggle, "yes"),
        (toggle, 1),
        (toggle, None),
    ):
        with pytest.raises(InputProblem, match="is not possible"):
            control.read("field", bad)


def test_a_slider_refuses_what_lies_between_two_stops_and_names_the_nearest() -> None:
    slider = Slider(label="Reach", unit="cm", low=0, high=1, step=0.1)
    assert slider.read("reach", 0.1 + 0.2) == 0.3
    with pytest.raises(InputProblem) as refused:
        slider.read("reach", 0.34)
    assert refused.value.nearest == "0.3"


NUMBER = Annotated[float, Slider(label="Reach", unit="cm", low=0, high=10, step=2)]


@dataclass
class Thawed:
    reach: NUMBER = 2


def frozen(*fields: Any) -> type:
    return make_dataclass("Inputs", fields, frozen=True)


@pytest.mark.parametrize(
    ("inputs", "complaint"),
    [
        (lambda: Thawed, "inputs are a frozen dataclass"),
        (lambda: frozen(("reach", NUMBER)), "reach: every input needs a default"),
        (lambda: frozen(("reach", NUMBER, 3)), "its default breaks its own rule"),
        (lambda: frozen(("reach", float, 3)), "annotate it with one Slider, Choice or Toggle"),
        (
            lambda: frozen(("pads", Annotated[float, Toggle(label="Pads")], False)),
            "its control wants the type bool",
        ),
        (
            lambda: frozen(
                ("reach", Annotated[float, Slider(label="R", unit="", low=0, high=9, step=2)], 2)
            ),
            "not a whole number of steps",
        ),
    ],
)
def test_a_developer_hears_at_once_which_input_breaks_the_contract(
    inputs: Callable[[], type], complaint: str
) -> None:
    def show(_inputs: object, _result: object) -> Markup:
        return element("p", "x")

    with pytest.raises(WidgetContractError, match=complaint):
        Widget(title="Bad", inputs=inputs(), calculate=lambda given: given, show=show)
