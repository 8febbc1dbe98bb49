"""The contract that every widget keeps: typed inputs, a calculation, a view."""

import dataclasses
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from typing import Annotated, get_args, get_origin, get_type_hints

from interactive.markup import Markup, join
from interactive.model.cited import OutOfRange
from interactive.model.units import INCH, POUND
from interactive.wording import METRIC, US, feet

type Value = float | str | bool


class WidgetContractError(TypeError):
    """A widget breaks the contract; raised at import, for its developer."""


class InputProblem(ValueError):
    """An input that a widget refuses: which field, what was given, what is allowed.

    Attributes:
        field: the input's name.
        given: the refused value, as text.
        allowed: what may be written instead, as text.
        nearest: the nearest value that would be accepted, ready to type; may be empty.
    """

    def __init__(self, field: str, given: object, allowed: str, nearest: str = "") -> None:
        self.field, self.given, self.allowed, self.nearest = field, str(given), allowed, nearest
        super().__init__(f"{field}: {self.given} is not possible; {allowed}")


@dataclass(frozen=True, kw_only=True)
class Grid:
    """The stops of a slider in the reader's units.

    Attributes:
        unit: as printed behind the number: "°", "cm", "lb".
        low, high, step: in that unit.
        factor: the slider's own unit in this one, such as 2.54 cm in an inch.
    """

    unit: str
    low: float
    high: float
    step: float
    factor: float

    def written(self, value: Value) -> str:
        """Return the number nearest to a value in the slider's own unit, as typed on this grid."""
        if self.factor == 1:
            return number(float(value))
        steps = round(float(value) / self.factor / self.step)
        return number(min(max(steps * self.step, self.low), self.high))

    def text(self, value: Value) -> str:
        """Return a value in the slider's own unit as the reader sees it; tall lengths in feet too."""
        written = self.written(value)
        gap = "" if self.unit in ("°", "") else "\N{NO-BREAK SPACE}"
        in_feet = f" ({feet(float(written))})" if self.in_feet else ""
        return f"{written}{gap}{self.unit}{in_feet}"

    @property
    def in_feet(self) -> bool:
        """Whether these are inches of somebody's height, which people know in feet."""
        return self.unit == "in" and self.low > 36

    def holds(self, value: float) -> bool:
        """Whether a value in the slider's own unit, to a hundredth, stands on this grid."""
        mine = value / self.factor
        nearest = round(mine / self.step) * self.step
        return self.low <= nearest <= self.high and abs(nearest - mine) * self.factor <= 0.0051


_US_UNITS = {"kg": ("lb", POUND.value), "cm": ("in", INCH.value)}


@dataclass(frozen=True, kw_only=True)
class Slider:
    """A number between `low` and `high` on a grid of `step`.

    Attributes:
        label: what the reader sees.
        unit: as printed behind the number: "°", "cm", "kg".
        low, high, step: in that unit; `high` lies on the grid.
        us_step: step in pounds or inches, for readers who think in those; 0 where there is none.
        help: one sentence on how to find the value; may be empty.
    """

    label: str
    unit: str
    low: float
    high: float
    step: float
    us_step: float = 0
    help: str = ""

    def grid(self, units: str) -> Grid:
        """Return the stops in the reader's units; values and addresses stay metric."""
        if units != US or not self.us_step:
            return Grid(unit=self.unit, low=self.low, high=self.high, step=self.step, factor=1)
        unit, factor = _US_UNITS[self.unit]
        return Grid(
            unit=unit,
            low=ceil(self.low / factor / self.us_step) * self.us_step,
            high=floor(self.high / factor / self.us_step) * self.us_step,
            step=self.us_step,
            factor=factor,
        )

    @property
    def stops(self) -> tuple[float, ...]:
        """Every position of the control, lowest first."""
        count = round((self.high - self.low) / self.step)
        return tuple(self._on_grid(index) for index in range(count + 1))

    def read(self, field: str, value: object) -> float:
        """Return the value as a float, or raise InputProblem: never clamped, never rounded."""
        allowed = (
            f"a number from {number(self.low)} to {number(self.high)}, in {self.unit or 'units'}"
        )
        if (
            isinstance(value, bool)
            or not isinstance(value, int | float)
            or not math.isfinite(value)
        ):
            raise InputProblem(field, value, allowed)
        if not self.low <= value <= self.high:
            nearest = self.low if value < self.low else self.high
            raise InputProblem(field, number(value), allowed, number(nearest))
        nearest = self._on_grid(round((value - self.low) / self.step))
        if abs(nearest - value) > 1e-9 * max(1.0, abs(value)):
            if self.us_step and self.grid(US).holds(value):
                return float(f"{value:.2f}")
            steps = f"{allowed}, in steps of {number(self.step)}"
            raise InputProblem(field, number(value), steps, number(nearest))
        return nearest

    def written(self, value: Value) -> str:
        """Return the value as a trainer writes it."""
        return number(float(value))

    def text(self, value: Value) -> str:
        """Return the value as the reader sees it, with its unit."""
        return self.grid(METRIC).text(value)

    def _on_grid(self, index: int) -> float:
        # the printed digits decide, so that 0.1 + 0.2 is 0.3 at build time and in the browser
        return float(f"{self.low + index * self.step:.9g}")


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a few named values; `options` maps each value to the words for it."""

    label: str
    options: Mapping[str, str]
    help: str = ""

    @property
    def stops(self) -> tuple[str, ...]:
        """Every value, in the order of the options."""
        return tuple(self.options)

    def read(self, field: str, value: object) -> str:
        """Return the value, or raise InputProblem."""
        if isinstance(value, str) and value in self.options:
            return value
        allowed = "one of " + ", ".join(self.options)
        raise InputProblem(field, value, allowed)

    def written(self, value: Value) -> str:
        """Return the value as a trainer writes it."""
        return str(value)

    def text(self, value: Value) -> str:
        """Return the words for a value."""
        return self.options[str(value)]


@dataclass(frozen=True, kw_only=True)
class Toggle:
    """Yes or no."""

    label: str
    help: str = ""
    stops: tuple[bool, bool] = (False, True)

    def read(self, field: str, value: object) -> bool:
        """Return the value, or raise InputProblem."""
        if isinstance(value, bool):
            return value
        raise InputProblem(field, value, "true or false")

    def written(self, value: Value) -> str:
        """Return the value as a trainer writes it."""
        return "true" if value else "false"

    def text(self, value: Value) -> str:
        """Return yes or no."""
        return "yes" if value else "no"


type Control = Slider | Choice | Toggle

# a widget that shows lengths or masses has an input `units` with this control
UNITS = Choice(label="Units", options={METRIC: "kg, cm", US: "lb, ft, in"})


@dataclass(frozen=True)
class Answer:
    """What a widget says to a set of inputs: HTML, or a sentence that says why there is none."""

    html: Markup | None
    refusal: str = ""


@dataclass(frozen=True)
class Widget[Inputs, Result]:
    """One interactive passage.

    Attributes:
        title: what the reader sees above it.
        inputs: a frozen dataclass; each field is `Annotated[type, Slider | Choice | Toggle] = default`.
        calculate: inputs to result; only calls the model.
        show: inputs and result to HTML; only makes HTML and SVG.
        groups: headings, each with the inputs below it; none where the controls are few.
        machines: whether the page offers the catalogue of machines, which sets the inputs that
            bear a machine's names.
        compare: two sets of inputs, the earlier one first, to HTML that sets them side by side.
        card: whether the answer holds a card that can be printed alone.
        private: whether what the reader enters stays out of the address, and so out of the
            browser's history and of links.
    """

    title: str
    inputs: type[Inputs]
    calculate: Callable[[Inputs], Result]
    show: Callable[[Inputs, Result], Markup]
    groups: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    machines: bool = False
    compare: Callable[[Inputs, Inputs], Markup] | None = None
    card: bool = False
    private: bool = False
    controls: Mapping[str, Control] = dataclasses.field(init=False)
    start: Mapping[str, Value] = dataclasses.field(init=False)

    def __post_init__(self) -> None:
        controls = dict(_controls(self.inputs))
        start = {name: _default(self.inputs, name, control) for name, control in controls.items()}
        object.__setattr__(self, "controls", controls)
        object.__setattr__(self, "start", start)
        grouped = [name for fields in self.groups.values() for name in fields]
        if self.groups and sorted([*grouped, "units"]) != sorted({*controls, "units"}):
            raise WidgetContractError(f"{self.title}: every input stands in one of its groups")

    def read(self, given: Mapping[str, object]) -> Inputs:
        """Return validated inputs; what is not given takes its default.

        Raises:
            InputProblem: an unknown field, or a value outside its control's range.
        """
        for field in given:
            if field not in self.controls:
                raise InputProblem(field, given[field], "inputs are " + ", ".join(self.controls))
        return self.inputs(
            **{
                name: control.read(name, given[name]) if name in given else self.start[name]
                for name, control in self.controls.items()
            }
        )

    def answer(
        self, given: Mapping[str, object], before: Mapping[str, object] | None = None
    ) -> Answer:
        """Return what the page shows for these inputs: the one path of build and browser.

        Args:
            given: the inputs.
            before: earlier inputs to set beside them, where the widget compares.

        Raises:
            InputProblem: see `read`. What the model cannot reach is a refusal, not an error.
        """
        inputs = self.read(given)
        earlier = None if before is None else self.read(before)
        try:
            html = self.show(inputs, self.calculate(inputs))
            if self.compare and earlier is not None:
                html = join(self.compare(earlier, inputs), html)
            return Answer(html)
        except OutOfRange as out:
            return Answer(None, out.sentence)


def number(value: float) -> str:
    """Return a number as people write it, without needless digits.

    Example:
        >>> number(45.0), number(0.5), number(-10)
        ('45', '0.5', '-10')
    """
    return f"{value:.9g}"


def _controls(inputs: type) -> list[tuple[str, Control]]:
    where = f"{inputs.__module__}.{inputs.__qualname__}"
    if not (dataclasses.is_dataclass(inputs) and inputs.__dataclass_params__.frozen):  # type: ignore[attr-defined]
        raise WidgetContractError(f"{where}: inputs are a frozen dataclass")
    found = []
    for name, hint in get_type_hints(inputs, include_extras=True).items():
        controls = [a for a in get_args(hint)[1:] if isinstance(a, Slider | Choice | Toggle)]
        if get_origin(hint) is not Annotated or len(controls) != 1:
            raise WidgetContractError(
                f"{where}.{name}: annotate it with one Slider, Choice or Toggle"
            )
        kind = {Slider: float, Choice: str, Toggle: bool}[type(controls[0])]
        if get_args(hint)[0] is not kind:
            raise WidgetContractError(f"{where}.{name}: its control wants the type {kind.__name__}")
        found.append((name, controls[0]))
    return found


def _default(inputs: type, name: str, control: Control) -> Value:
    where = f"{inputs.__module__}.{inputs.__qualname__}.{name}"
    [field] = [field for field in dataclasses.fields(inputs) if field.name == name]
    if field.default is dataclasses.MISSING:
        raise WidgetContractError(f"{where}: every input needs a default")
    if isinstance(control, Slider) and control.stops[-1] != control.high:
        raise WidgetContractError(
            f"{where}: high ({number(control.high)}) is not a whole number of steps"
        )
    try:
        return control.read(name, field.default)
    except InputProblem as problem:
        raise WidgetContractError(f"{where}: its default breaks its own rule: {problem}") from None
