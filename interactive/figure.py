"""The side view of a lifter on the machine, drawn from the model's own geometry.

Points are complex numbers in metres: the hip joint is 0, x runs from seat to plate, y runs up.
"""

import cmath
from dataclasses import dataclass
from math import radians

from interactive.markup import Markup, element
from interactive.model.anthropometry import Legs
from interactive.model.cited import Assumed, Cited
from interactive.model.geometry import Pose
from interactive.model.posture import THREE_QUARTERS, Lumbar

STANDING_LORDOSIS = Cited(
    value=48.5, unit="deg", low=39.8, high=57.2, source="Cho2015, standing, mean and one SD"
)
HIP_TO_L5S1 = Assumed(
    value=0.058,
    unit="statures",
    low=0.046,
    high=0.069,
    reason="about 10 cm; nobody measured it here",
)
LUMBAR_LENGTH = Assumed(
    value=0.105, unit="statures", low=0.09, high=0.12, reason="only how long the spine is drawn"
)
PELVIS_LEAN = Assumed(
    value=26.0,
    unit="deg",
    low=15.0,
    high=35.0,
    reason="only how the pelvis is drawn when it is not tucked",
)

_UNITS_A_METRE = 200
_MARGIN_M = 0.06
_RAIL_BELOW = -0.36j  # [m], square to the rail: drawn clear of the lifter


@dataclass(frozen=True)
class Scene:
    """What the side view shows: a body, a machine and the pose that the model found."""

    stature_cm: float
    rail_deg: float
    backrest_deg: float
    legs: Legs
    pose: Pose
    lumbar: Lumbar


def side_view(scene: Scene, description: str) -> Markup:
    """Return the side view as an SVG picture.

    Args:
        scene: what to draw.
        description: the picture in words, for those who do not see it.
    """
    return element(
        "svg",
        _machine(scene),
        _body(scene),
        _spine(scene),
        _fold(scene),
        viewBox=_frame(scene),
        class_="side-view",
        role="img",
        aria_label=description,
    )


def range_bar(fraction: float, line: float, words: str) -> Markup:
    """Return a bar of the low back's own range, with a marker, and a line at `line`.

    Args:
        fraction: share of the range in use [1], 0 to 1.2.
        line: where the line stands [1].
        words: what the bar shows, in words.
    """
    width, end = 460, 1.2
    x = {at: round(at / end * width, 1) for at in (0.0, line, 1.0, end)}
    at = round(min(fraction, end) / end * width, 1)
    return element(
        "svg",
        element("rect", x=0, y=22, width=x[line], height=18, class_="bar-below"),
        element(
            "rect", x=x[line], y=22, width=round(x[1.0] - x[line], 1), height=18, class_="bar-past"
        ),
        element(
            "rect", x=x[1.0], y=22, width=round(width - x[1.0], 1), height=18, class_="bar-beyond"
        ),
        element("path", d=f"M{x[line]} 16V46", class_="bar-line"),
        element("text", "¾ of its range", x=x[line], y=66, text_anchor="middle"),
        element("path", d=f"M{at} 24l-9 -16h18z", class_="bar-marker"),
        element("path", d=f"M{at} 22V40", class_="bar-marker"),
        viewBox=f"-10 0 {width + 20} 72",
        class_="range-bar",
        role="img",
        aria_label=words,
    )


def _frame(scene: Scene) -> str:
    """Return a view box that holds body and machine at any depth, so that the picture keeps still."""
    trunk, _, rail = _axes(scene)
    stature_m = scene.stature_cm / 100
    head = 0.44 * stature_m * trunk
    legs_m = scene.legs.thigh_m + scene.legs.shank_m
    corners = [head + 0.14, head - 0.14, head + 0.14j, 0.3 * -trunk, 0.3 - 0.2j]
    corners += [
        rail * along for along in (_RAIL_BELOW, legs_m + 0.16 - 0.36j, legs_m + 0.16 + 0.36j)
    ]
    corners += [rail * cmath.rect(scene.legs.thigh_m + 0.1, radians(turn)) for turn in (45, 90)]
    left, right = (bound(c.real for c in corners) for bound in (min, max))
    low, high = (bound(c.imag for c in corners) for bound in (min, max))
    return (
        f"{_units(left - _MARGIN_M)} {_units(-high - _MARGIN_M)} "
        f"{_units(right - left + 2 * _MARGIN_M)} {_units(high - low + 2 * _MARGIN_M)}"
    )


def _machine(scene: Scene) -> Markup:
    trunk, front, rail = _axes(scene)
    legs_m = scene.legs.thigh_m + scene.legs.shank_m + 0.16
    pad = -0.155 * front
    plate = scene.pose.rail_distance_m * rail + 0.1 * rail * 1j
    sled_back = plate + 0.16 * rail
    under = _RAIL_BELOW * rail  # the rail runs below the lifter, parallel to the press
    return element(
        "g",
        _line(under, legs_m * rail + under, class_="rail"),
        _line(sled_back, sled_back - 0.1j * rail + under, class_="sled"),
        _line(plate, sled_back, class_="sled"),
        _line(plate - 0.24j * rail, plate + 0.22j * rail, class_="plate"),
        _line(pad - 0.05 * trunk, pad + 0.62 * trunk, class_="pad"),
        _line(pad - 0.13 * trunk, pad - 0.13 * trunk + 0.3 * front, class_="pad"),
        class_="machine",
    )


def _body(scene: Scene) -> Markup:
    trunk, front, rail = _axes(scene)
    stature_m = scene.stature_cm / 100
    thorax = (HIP_TO_L5S1.value + LUMBAR_LENGTH.value) * stature_m * trunk - 0.045 * front
    shoulder = 0.288 * stature_m * trunk - 0.01 * front
    head = 0.44 * stature_m * trunk + 0.03 * front
    knee = scene.legs.thigh_m * rail * cmath.rect(1, radians(scene.pose.thigh_deg))
    ankle = _ankle(scene)
    heel, toe = ankle - 0.07j * rail, ankle + 0.15j * rail
    return element(
        "g",
        element(
            "path",
            d=_smooth(shoulder, thorax, 0.06 * stature_m * trunk - 0.02 * front, 0j),
            class_="trunk",
        ),
        _line(shoulder, head, class_="neck"),
        _disc(head, 0.062 * stature_m, class_="head"),
        element("path", d=f"M{_at(0j)}L{_at(knee)}", class_="thigh"),
        element("path", d=f"M{_at(knee)}L{_at(ankle)}", class_="shank"),
        _line(heel, toe, class_="foot"),
        _line(0j, knee, class_="bone"),
        _line(knee, ankle, class_="bone"),
        _disc(knee, 0.022, class_="joint"),
        _disc(ankle, 0.018, class_="joint"),
        class_="body",
    )


def _spine(scene: Scene) -> Markup:
    """The pelvis turns by the lumbar flexion; the spine's own bend is what is left of the lordosis."""
    trunk, front, _ = _axes(scene)
    stature_m = scene.stature_cm / 100
    flexion = scene.lumbar.flexion_deg
    lean = cmath.rect(1, -radians(PELVIS_LEAN.value - flexion)) * trunk
    sacrum = HIP_TO_L5S1.value * stature_m * lean - 0.03 * front
    thorax = (HIP_TO_L5S1.value + LUMBAR_LENGTH.value) * stature_m * trunk - 0.05 * front
    shoulder = 0.3 * stature_m * trunk - 0.045 * front
    bend = cmath.rect(1, -radians(STANDING_LORDOSIS.value - flexion)) * trunk
    third = LUMBAR_LENGTH.value * stature_m / 2.6
    curve = (sacrum, sacrum + third * bend, thorax - third * trunk, thorax)
    past = scene.lumbar.fraction_of_range > THREE_QUARTERS.value
    seat_bone = -0.095 * lean
    return element(
        "g",
        element("path", d=f"M{_at(shoulder)}L{_at(thorax)}", class_="thoracic"),
        element(
            "path",
            d=f"M{_at(sacrum - 0.012 * lean - 0.05 * front)}L{_at(sacrum + 0.06 * front * (lean / trunk))}"
            f"Q{_at(0.06 * front * (lean / trunk))} {_at(seat_bone)}"
            f"Q{_at(seat_bone - 0.05 * front * (lean / trunk))} {_at(sacrum - 0.012 * lean - 0.05 * front)}Z",
            class_="pelvis",
        ),
        element("path", d=f"M{_at(curve[0])}C{' '.join(map(_at, curve[1:]))}", class_="lumbar"),
        [_vertebra(curve, (index + 0.5) / 5) for index in range(5)],
        _disc(0j, 0.026, class_="joint"),
        class_="spine past" if past else "spine",
    )


def _fold(scene: Scene) -> Markup:
    """The trunk-thigh angle: from the trunk's line carried on beyond the hip to the thigh."""
    trunk, _, rail = _axes(scene)
    thigh = rail * cmath.rect(1, radians(scene.pose.thigh_deg))
    start, end = -0.3 * trunk, 0.3 * thigh
    large = int(scene.pose.trunk_thigh_deg > 180)
    beside = -0.4 * trunk * cmath.rect(1, radians(scene.pose.trunk_thigh_deg * 0.33))
    return element(
        "g",
        _line(0j, -0.36 * trunk, class_="carried-on"),
        element("path", d=f"M{_at(start)}A60 60 0 {large} 0 {_at(end)}", class_="arc"),
        element(
            "text",
            f"{scene.pose.trunk_thigh_deg:.0f}°",
            x=_x(beside),
            y=_number(float(_y(beside)) + 7),
            text_anchor="middle",
        ),
        class_="fold",
    )


def _axes(scene: Scene) -> tuple[complex, complex, complex]:
    """Return unit vectors: up the trunk, out of its front, and along the rail to the plate."""
    trunk = -cmath.rect(1, -radians(scene.backrest_deg))
    return trunk, trunk * -1j, cmath.rect(1, radians(scene.rail_deg))


def _ankle(scene: Scene) -> complex:
    rail = cmath.rect(1, radians(scene.rail_deg))
    thigh = cmath.rect(scene.legs.thigh_m, radians(scene.pose.thigh_deg))
    shank = cmath.rect(scene.legs.shank_m, radians(scene.pose.thigh_deg - scene.pose.knee_deg))
    return rail * (thigh + shank)


def _vertebra(curve: tuple[complex, complex, complex, complex], t: float) -> Markup:
    a, b, c, d = curve
    s = 1 - t
    at = s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d
    along = 3 * s**2 * (b - a) + 6 * s * t * (c - b) + 3 * t**2 * (d - c)
    half = 0.034 * along / abs(along) * 1j
    return _line(at - half, at + half, class_="vertebra")


def _smooth(*points: complex) -> str:
    first, *between, last = map(_at, points)
    return f"M{first}C{' '.join(between)} {last}"


def _line(start: complex, end: complex, class_: str) -> Markup:
    return element("path", d=f"M{_at(start)}L{_at(end)}", class_=class_)


def _disc(centre: complex, radius_m: float, class_: str) -> Markup:
    return element("circle", cx=_x(centre), cy=_y(centre), r=_units(radius_m), class_=class_)


def _at(point: complex) -> str:
    return f"{_x(point)} {_y(point)}"


def _x(point: complex) -> str:
    return _units(point.real)


def _y(point: complex) -> str:
    return _units(-point.imag)


def _units(metres: float) -> str:
    return _number(metres * _UNITS_A_METRE)


def _number(units: float) -> str:
    # half a millimetre on paper; the added zero turns -0.0 into 0.0
    return f"{round(units, 1) + 0.0:g}"
