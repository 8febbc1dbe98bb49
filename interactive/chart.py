"""Plots drawn by Python, each with its numbers as a table for those who do not see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interactive.markup import Markup, element

_WIDTH, _HEIGHT = 520, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 82, 28, 24, 56


@dataclass(frozen=True)
class Axis:
    """One axis: what it shows, from where to where, and which values are written on it."""

    label: str
    low: float
    high: float
    marks: Sequence[float]
    unit: str = ""

    def text(self, value: float) -> str:
        """Return a value as written on the axis and in the table."""
        return f"{value:g}{self.unit}".replace("-", "\N{MINUS SIGN}")


@dataclass(frozen=True)
class Series:
    """One line: its name, its points from left to right, and where the name stands.

    Attributes:
        named_at: at which point; from there to the right, or up to the end for the last one.
        named_below: whether the name stands below the line.
    """

    name: str
    points: Sequence[tuple[float, float]]
    named_at: int = -1
    named_below: bool = False


def line_chart(
    x: Axis,
    y: Axis,
    series: Sequence[Series],
    words: str,
    *,
    band: tuple[Series, Series] | None = None,
    level: tuple[float, str] | None = None,
) -> Markup:
    """Return lines over a common axis.

    Args:
        x, y: the axes.
        series: the lines, told apart by dash and by a name at their end; at most four.
        words: the picture in words.
        band: lower and upper edge of a shaded band.
        level: a height at which a dashed line stands, and its name.
    """
    plot = _Plot(x, y)
    drawn = [_grid(plot)]
    if band:
        edge = [*band[0].points, *reversed(band[1].points)]
        drawn.append(element("path", d=plot.path(edge) + "Z", class_="band"))
    if level:
        height, name = level
        drawn.append(
            element("path", d=plot.path([(x.low, height), (x.high, height)]), class_="level")
        )
        drawn.append(
            element("text", name, x=_LEFT + 6, y=_units(plot.y(height) + 18), class_="name")
        )
    for index, one in enumerate(series):
        drawn.append(element("path", d=plot.path(one.points), class_=f"line line-{index}"))
        at_x, at_y = one.points[one.named_at]
        drawn.append(
            element(
                "text",
                one.name,
                x=_units(plot.x(at_x) - 4),
                y=_units(plot.y(at_y) + (22 if one.named_below else -8)),
                text_anchor="end" if one.named_at < 0 else "start",
                class_="name",
            )
        )
    columns = [*band, *series] if band else list(series)
    rows = [
        (x.text(at_x), [y.text(_printed(one.points[index][1])) for one in columns])
        for index, (at_x, _) in enumerate(columns[0].points)
        if at_x in x.marks
    ]
    return _figure(drawn, words, x.label, [one.name for one in columns], rows, numbered=True)


def bar_chart(y: Axis, bars: Sequence[tuple[str, float]], words: str) -> Markup:
    """Return lying bars from zero, one under the other, each with its name and its value.

    Args:
        y: the values' axis; its marks and its name are written below.
        bars: names and values, top to bottom.
        words: the picture in words.
    """
    step = 44
    height = step * len(bars) + 60
    zero, wide = 22.0, _WIDTH - 50.0
    span = y.high - y.low

    def at(value: float) -> float:
        return zero + (value - y.low) / span * wide

    drawn = [
        element("path", d=f"M{_units(at(mark))} 0V{height - 56}", class_="grid") for mark in y.marks
    ]
    drawn += [
        element("text", y.text(mark), x=_units(at(mark)), y=height - 36, text_anchor="middle")
        for mark in y.marks
    ]
    middle = _units(zero + wide / 2)
    drawn.append(
        element("text", y.label, x=middle, y=height - 8, text_anchor="middle", class_="label")
    )
    for index, (name, value) in enumerate(bars):
        left, right = sorted((at(0), at(value)))
        top = index * step
        drawn.append(element("text", f"{name}: {y.text(value)}", x=zero, y=top + 16))
        drawn.append(
            element(
                "rect",
                x=_units(left),
                y=top + 22,
                width=_units(max(right - left, 1)),
                height=14,
                class_="bar more" if y.low < 0 < value else "bar",
            )
        )
    rows = [(name, [y.text(value)]) for name, value in bars]
    return _figure(drawn, words, "what", [y.label], rows, height=height)


def dot_chart(x: Axis, values: Iterable[float], words: str, level: tuple[float, str]) -> Markup:
    """Return one dot a value, stacked where they fall together.

    Args:
        x: the axis; a dot beyond its end stands at the end.
        values: one a dot.
        words: the picture in words.
        level: where a dashed line stands, and its name.
    """
    columns, dot = 36, 6.4
    plot = _Plot(x, Axis("", 0, 1, ()))
    stacks = [0] * columns
    drawn = []
    for value in sorted(values):
        share = (min(max(value, x.low), x.high) - x.low) / (x.high - x.low)
        column = min(int(share * columns), columns - 1)
        middle = x.low + (column + 0.5) / columns * (x.high - x.low)
        past = " past" if value > level[0] else ""
        drawn.append(
            element(
                "circle",
                cx=_units(plot.x(middle)),
                cy=_units(plot.y(0) - dot * (2 * stacks[column] + 1)),
                r=_units(dot - 0.8),
                class_=f"dot{past}",
            )
        )
        stacks[column] += 1
    line = [(level[0], 0.0), (level[0], 1.0)]
    drawn.append(element("path", d=plot.path(line), class_="level"))
    drawn.append(element("text", level[1], x=_units(plot.x(level[0]) + 6), y=_TOP + 14))
    below = sum(stacks) - sum("past" in circle for circle in drawn)
    rows = [(f"up to {x.text(level[0])}", [str(below)]), ("more", [str(sum(stacks) - below)])]
    return _figure([_bottom(plot), *drawn], words, x.label, ["bodies"], rows, numbered=True)


def fact_table(
    head: Sequence[str], rows: Iterable[Sequence[Markup | str]], *, numbered: bool = False
) -> Markup:
    """Return a table whose rows stand one below the other on a phone, each value with its head.

    Args:
        head: what stands above each column.
        rows: the cells of each row; the first names the row.
        numbered: whether a row's name is a number, which says nothing without its head.
    """
    first_head = head[0] if numbered else None
    body = [
        element(
            "tr",
            element("th", first, scope="row", data_label=first_head),
            [
                element("td", value, data_label=name)
                for name, value in zip(head[1:], rest, strict=True)
            ],
        )
        for first, *rest in rows
    ]
    titles = element("tr", [element("th", name, scope="col") for name in head])
    return element("table", element("thead", titles), element("tbody", body), class_="facts")


class _Plot:
    """Turns values into places in the picture."""

    def __init__(self, x: Axis, y: Axis) -> None:
        self.x_axis, self.y_axis = x, y

    def x(self, value: float) -> float:
        axis = self.x_axis
        return _LEFT + (value - axis.low) / (axis.high - axis.low) * (_WIDTH - _LEFT - _RIGHT)

    def y(self, value: float) -> float:
        axis = self.y_axis
        share = (value - axis.low) / (axis.high - axis.low)
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)

    def path(self, points: Iterable[tuple[float, float]]) -> str:
        return "M" + "L".join(f"{_units(self.x(x))} {_units(self.y(y))}" for x, y in points)


def _grid(plot: _Plot) -> Markup:
    y = plot.y_axis
    lines = [
        element("path", d=plot.path([(plot.x_axis.low, m), (plot.x_axis.high, m)]), class_="grid")
        for m in y.marks
    ]
    marks = [
        element("text", y.text(m), x=_LEFT - 6, y=_units(plot.y(m) + 5), text_anchor="end")
        for m in y.marks
    ]
    return element("g", lines, marks, _bottom(plot))


def _bottom(plot: _Plot) -> Markup:
    x = plot.x_axis
    marks = [
        element("text", x.text(m), x=_units(plot.x(m)), y=_HEIGHT - 34, text_anchor="middle")
        for m in x.marks
    ]
    middle = _units((_LEFT + _WIDTH - _RIGHT) / 2)
    label = element("text", x.label, x=middle, y=_HEIGHT - 8, text_anchor="middle", class_="label")
    base = f"M{_LEFT} {_HEIGHT - _BOTTOM}H{_WIDTH - _RIGHT}"
    return element("g", marks, label, element("path", d=base, class_="base"))


def _figure(
    drawn: Iterable[Markup],
    words: str,
    first: str,
    names: Sequence[str],
    rows: Iterable[tuple[str, Sequence[str]]],
    *,
    height: int = _HEIGHT,
    numbered: bool = False,
) -> Markup:
    box = f"0 0 {_WIDTH} {height}"
    table = fact_table(
        (first, *names), ((name, *values) for name, values in rows), numbered=numbered
    )
    return element(
        "figure",
        element("svg", list(drawn), viewBox=box, class_="chart", role="img", aria_label=words),
        element("details", element("summary", "The same as a table"), table, class_="chart-table"),
        class_="chart-figure",
    )


def _printed(value: float) -> float:
    return float(f"{value:.3g}")


def _units(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
