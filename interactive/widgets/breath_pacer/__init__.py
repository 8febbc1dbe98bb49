"""How do breath, brace and press follow each other, at my own tempo?"""

from dataclasses import dataclass
from typing import Annotated

from interactive.markup import Attribute, Markup, element
from interactive.widget import Slider, Toggle, Widget, number


@dataclass(frozen=True)
class Inputs:
    breathe_in_s: Annotated[
        float, Slider(label="Breathe in", unit="s", low=1, high=4, step=0.5)
    ] = 1.5  # fmt: skip
    brace_s: Annotated[
        float,
        Slider(
            label="Brace", unit="s", low=0.5, high=2, step=0.5,
            help="The only time you hold your breath, so it stays short.",
        ),
    ] = 0.5  # fmt: skip
    press_s: Annotated[
        float, Slider(label="Press and breathe out", unit="s", low=1, high=5, step=0.5)
    ] = 2  # fmt: skip
    return_s: Annotated[
        float, Slider(label="Return", unit="s", low=1, high=5, step=0.5)
    ] = 3  # fmt: skip
    repetitions: Annotated[
        float, Slider(label="Repetitions", unit="", low=1, high=20, step=1)
    ] = 8  # fmt: skip
    moving: Annotated[
        bool,
        Toggle(label="Move with me", help="Starts the rhythm. Untick it to stop."),
    ] = False  # fmt: skip


@dataclass(frozen=True)
class Phase:
    """One part of a repetition: from when to when [s], and how full the chest is at its end [1]."""

    name: str
    words: str
    start_s: float
    end_s: float
    breath: float


@dataclass(frozen=True)
class Schedule:
    """The parts of one repetition in their order, and how often it comes."""

    phases: tuple[Phase, ...]
    repetitions: int

    @property
    def repetition_s(self) -> float:
        """How long one repetition takes [s]."""
        return self.phases[-1].end_s


def calculate(inputs: Inputs) -> Schedule:
    parts = (
        (inputs.breathe_in_s, 1.0, "Breathe in", "Deep, into belly and sides. The low back rests on the pad."),
        (inputs.brace_s, 1.0, "Brace", "Tighten belly and low back, as before a poke in the side."),
        (inputs.press_s, 0.0, "Press", "Breathe out through the hard part. Keep the trunk firm."),
        (inputs.return_s, 0.0, "Return", "Let the weight come back slowly. Breathe easily."),
    )  # fmt: skip
    phases = []
    at_s = 0.0
    for seconds, breath, name, words in parts:
        phases.append(Phase(name, words, at_s, at_s + seconds, breath))
        at_s += seconds
    return Schedule(tuple(phases), int(inputs.repetitions))


def show(inputs: Inputs, schedule: Schedule) -> Markup:
    one_s = schedule.repetition_s
    return element(
        "div",
        element(
            "p",
            f"One repetition takes {_seconds(one_s)}, ",
            element(
                "strong",
                f"{_repetitions(schedule.repetitions)} {_clock(one_s * schedule.repetitions)}",
            ),
            f". You hold your breath for {_seconds(inputs.brace_s)}, no longer.",
            data_say=True,
        ),
        element("figure", _curve(schedule, inputs.moving), class_="pacer-figure"),
        element(
            "p",
            "Your device asks for less motion, so the picture stands still. Count along with the list.",
            class_="pacer-still",
        )
        if inputs.moving
        else (),
        element("ol", [_step(phase) for phase in schedule.phases], class_="pacer-steps"),
        element(
            "p",
            "A sled that waits with your legs long begins with the return. ",
            "If you feel dizzy, rack the weight and breathe.",
        ),
        class_="breath-pacer",
    )


def _step(phase: Phase) -> Markup:
    when = f"second {number(phase.start_s)} to {number(phase.end_s)}"
    return element("li", element("strong", phase.name), f", {when}. {phase.words}")


# ---- the picture: how full the chest is over one repetition

_LEFT, _WIDTH, _TOP, _BOTTOM = 16.0, 328.0, 74.0, 164.0
# where words wait for their moment, out of the picture. To fade them in is what Firefox takes for a style that stands
# in the page, and the page's content policy refuses those
_ABOVE = -60


def _curve(schedule: Schedule, moving: bool) -> Markup:
    one_s = schedule.repetition_s
    corners = [(_x(0.0, one_s), _y(0.0))]
    corners += [(_x(phase.end_s, one_s), _y(phase.breath)) for phase in schedule.phases]
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)
    return element(
        "svg",
        [_band(phase, index, one_s) for index, phase in enumerate(schedule.phases)],
        element("path", d=line, class_="pacer-breath"),
        element("text", "chest full", x=_LEFT, y=_TOP - 8, class_="pacer-small"),
        element("text", "empty", x=_LEFT, y=_BOTTOM + 16, class_="pacer-small"),
        _movement(schedule, corners) if moving else (),
        viewBox="0 0 360 208" if moving else "0 50 360 158",
        class_="pacer moving" if moving else "pacer",
        role="img",
        aria_label=_in_words(schedule),
    )


def _band(phase: Phase, index: int, one_s: float) -> Markup:
    left, right = _x(phase.start_s, one_s), _x(phase.end_s, one_s)
    return element(
        "g",
        element(
            "rect",
            x=left,
            y=_TOP,
            width=round(right - left, 1),
            height=_BOTTOM - _TOP,
            class_=f"pacer-band pacer-band-{index % 2}",
        ),
        element(
            "text", f"{index + 1}", x=round((left + right) / 2, 1), y=_BOTTOM + 38, class_="pacer-number"
        ),
    )  # fmt: skip


def _movement(schedule: Schedule, corners: list[tuple[float, float]]) -> Markup:
    """A dot that runs along the curve, the word of the moment, and the count; then it rests."""
    one_s, count = schedule.repetition_s, schedule.repetitions
    times = ";".join(f"{(x - _LEFT) / _WIDTH:.4g}" for x, _ in corners)
    run: dict[str, Attribute] = {
        "dur": f"{number(one_s)}s",
        "repeatCount": count,
        "keyTimes": times,
        "fill": "freeze",
    }
    dot = element(
        "circle",
        element("animate", attributeName="cx", values=";".join(f"{x:g}" for x, _ in corners), **run),
        element("animate", attributeName="cy", values=";".join(f"{y:g}" for _, y in corners), **run),
        cx=corners[0][0],
        cy=corners[0][1],
        r=11,
        class_="pacer-dot",
    )  # fmt: skip
    words = []
    for phase in schedule.phases:
        starts = ";".join(f"{number(index * one_s + phase.start_s)}s" for index in range(count))
        words.append(_for_a_while(phase.name, 30, starts, phase.end_s - phase.start_s))
    for index in range(count):
        counted = f"{index + 1} of {count}"
        words.append(_for_a_while(counted, 54, f"{number(index * one_s)}s", one_s))
    done = element(
        "text",
        "Done",
        element("set", attributeName="y", to=30, begin=f"{number(count * one_s)}s", fill="freeze"),
        x=180,
        y=_ABOVE,
        class_="pacer-word",
    )  # fmt: skip
    return element("g", dot, words, done, class_="pacer-movement")


def _for_a_while(words: str, y: int, starts: str, seconds: float) -> Markup:
    shown = element("set", attributeName="y", to=y, begin=starts, dur=f"{number(seconds)}s")
    return element(
        "text", words, shown, x=180, y=_ABOVE,
        class_="pacer-word" if y == 30 else "pacer-count",
    )  # fmt: skip


def _in_words(schedule: Schedule) -> str:
    said = [
        f"{phase.name} for {_seconds(phase.end_s - phase.start_s)}" for phase in schedule.phases
    ]
    return (
        "A curve of how full the chest is over one repetition. " + ", then ".join(said) + ". "
        "It rises, stays full while you brace, falls while you press, and stays low."
    )


def _x(at_s: float, one_s: float) -> float:
    return round(_LEFT + at_s / one_s * _WIDTH, 1)


def _y(breath: float) -> float:
    return round(_BOTTOM - 12 - breath * (_BOTTOM - _TOP - 24), 1)


def _repetitions(count: int) -> str:
    return "1 repetition" if count == 1 else f"{count} repetitions"


def _seconds(seconds: float) -> str:
    return "1 second" if seconds == 1 else f"{number(seconds)} seconds"


def _clock(seconds: float) -> str:
    minutes = int(seconds // 60)
    rest = seconds - 60 * minutes
    if not minutes:
        return _seconds(seconds)
    words = "1 minute" if minutes == 1 else f"{minutes} minutes"
    return f"{words} {_seconds(rest)}" if rest else words


WIDGET = Widget(title="Breath pacer", inputs=Inputs, calculate=calculate, show=show)
