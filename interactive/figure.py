"""The side view of a lifter on the machine, drawn from the model's own geometry.

Points are complex numbers in metres: the hip joint is 0, x runs from seat to plate, y runs up.
"""

import cmath
from dataclasses import dataclass
from math import radians

from interactive.markup import Markup, element
from interactive.model import loads
from interactive.model.chain import Bench, Setup
from interactive.model.cited import Assumed, Cited
from interactive.model.depth import STRAIGHTEST, DepthWindow
from interactive.model.geometry import Pose, reach
from interactive.model.posture import LUMBAR_RANGE, THREE_QUARTERS, Lumbar
from interactive.model.uncertainty import Band

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
_SOLE = 0.045  # [m] from the line of the ankle to the plate
_BACK = -0.125  # [m] from the line of the hip to the surface of the pad


@dataclass(frozen=True)
class Scene:
    """What the side view shows: a setup, the pose that the model found, and how sure it is.

    Attributes:
        setup: body, machine and technique.
        pose, lumbar: what the body in the middle does.
        spread: the part of the own range that plausible bodies use; shaded where it is given.
        window: where the sled may stop; marked along the rail where it is given.
    """

    setup: Setup
    pose: Pose
    lumbar: Lumbar
    spread: Band | None = None
    window: DepthWindow | None = None


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
        _contact(scene),
        _spine(scene),
        _fold(scene),
        viewBox=_frame(scene),
        class_="side-view",
        role="img",
        aria_label=description,
    )


def views(scene: Scene, description: str) -> Markup:
    """Return the lifter on the machine, and the low back closer, with what the lines mean.

    Args:
        scene: what to draw.
        description: the first picture in words.
    """
    lost = loads.FLAT_CONTACT.value - 100 * _pelvic_contact_m(scene)
    closer = (
        "The low back closer. The pelvis has rolled back so far that the pad has lost "
        f"{lost:.0f} cm of contact above the hip."
    )
    keys = (
        ("held", "on the pad,"),
        ("lost", "off the pad,"),
        ("standing", "as in standing,"),
        ("spread", "where other bodies' low backs lie."),
    )
    entries = [
        (element("span", element("span", class_=f"key {key}"), words, class_="entry"), " ")
        for key, words in keys
    ]
    return element(
        "div",
        side_view(scene, description),
        element(
            "div",
            close_up(scene, closer),
            element("p", "The low back closer: ", entries),
        ),
        class_="views",
    )


def close_up(scene: Scene, description: str) -> Markup:
    """Return the low back alone, larger: what the pad holds, and what it no longer holds.

    Args:
        scene: what to draw.
        description: the picture in words, for those who do not see it.
    """
    trunk, front, _ = _axes(scene)
    middle = 0.15 * trunk - 0.045 * front
    pad = (_BACK - 0.0325) * front
    standing = _lumbar_curve(scene, 0)
    return element(
        "svg",
        _line(pad - 0.05 * trunk, pad + 0.62 * trunk, class_="pad"),
        _trunk(scene),
        _contact(scene),
        element(
            "path", d=f"M{_at(standing[0])}C{' '.join(map(_at, standing[1:]))}", class_="standing"
        ),
        _spine(scene),
        _named("low back", 0.2 * trunk + 0.1 * front),
        _named("pelvis", 0.1 * front),
        viewBox=f"{_units(middle.real - 0.27)} {_units(-middle.imag - 0.2)} {_units(0.54)} {_units(0.4)}",
        class_="side-view close-up",
        role="img",
        aria_label=description,
    )


def _named(name: str, at: complex) -> Markup:
    return element("text", name, x=_x(at), y=_y(at), text_anchor="middle")


def range_bar(fraction: float, line: float, words: str, spread: Band | None = None) -> Markup:
    """Return a bar of the low back's own range, with a marker, and a line at `line`.

    Args:
        fraction: share of the range in use [1], 0 to 1.2.
        line: where the line stands [1].
        words: what the bar shows, in words.
        spread: what plausible bodies use [1]; drawn as a bracket from the 10th to the 90th
            percentile.
    """
    width, end = 460, 1.2
    x = {at: round(at / end * width, 1) for at in (0.0, line, 1.0, end)}
    at = round(min(fraction, end) / end * width, 1)
    bracket: tuple[Markup, ...] = ()
    if spread:
        low, high = (round(min(p, end) / end * width, 1) for p in (spread.p10, spread.p90))
        bracket = (
            element(
                "rect", x=low, y=22, width=round(high - low, 1), height=18, class_="bar-spread"
            ),
            element("path", d=f"M{low} 18V44M{high} 18V44", class_="bar-ends"),
        )
    return element(
        "svg",
        element("rect", x=0, y=22, width=x[line], height=18, class_="bar-below"),
        element(
            "rect", x=x[line], y=22, width=round(x[1.0] - x[line], 1), height=18, class_="bar-past"
        ),
        element(
            "rect", x=x[1.0], y=22, width=round(width - x[1.0], 1), height=18, class_="bar-beyond"
        ),
        bracket,
        element("path", d=f"M{x[line]} 12V50", class_="bar-line"),
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
    stature_m = scene.setup.stature_cm / 100
    bench = Bench(scene.setup)
    head = 0.44 * stature_m * trunk
    legs_m = bench.thigh_m + bench.shank_m
    corners = [head + 0.14, head - 0.14, head + 0.14j, 0.3 * -trunk, 0.3 - 0.2j]
    corners += [rail * along for along in (_RAIL_BELOW, legs_m + 0.16 - 0.36j, legs_m + 0.2 + 0.3j)]
    corners += [rail * cmath.rect(bench.thigh_m + 0.1, radians(turn)) for turn in (45, 90)]
    corners.append((legs_m / 2 - 0.42j) * rail)  # where the sled may stop, on a steep rail
    lean = rail * 1j * cmath.rect(1, -radians(scene.setup.plate_tilt_deg))
    corners += [(legs_m + 0.16) * rail + along * lean for along in (-0.14, 0.3)]
    # the fold's number, wherever the depth puts it
    corners += [_beside(trunk, fold) + 0.1 for fold in (30, 60, 90, 120, 150, 180)]
    left, right = (bound(c.real for c in corners) for bound in (min, max))
    low, high = (bound(c.imag for c in corners) for bound in (min, max))
    return (
        f"{_units(left - _MARGIN_M)} {_units(-high - _MARGIN_M)} "
        f"{_units(right - left + 2 * _MARGIN_M)} {_units(high - low + 2 * _MARGIN_M)}"
    )


def _machine(scene: Scene) -> Markup:
    trunk, front, rail = _axes(scene)
    bench = Bench(scene.setup)
    legs_m = bench.thigh_m + bench.shank_m + 0.16
    pad = (_BACK - 0.0325) * front
    under = _RAIL_BELOW * rail  # the rail runs below the lifter, parallel to the press
    lean = rail * 1j * cmath.rect(1, -radians(scene.setup.plate_tilt_deg))
    stop_m = scene.pose.rail_distance_m
    top_m = _top_m(scene)
    return element(
        "g",
        _line(under, legs_m * rail + under, class_="rail"),
        _window(scene, top_m),
        _plate(rail, lean, top_m, class_="plate start"),
        _line((stop_m + 0.16) * rail + 0.1 * lean, (stop_m + 0.16) * rail + under, class_="sled"),
        _line(
            (stop_m + _SOLE) * rail + 0.1 * lean,
            (stop_m + 0.16) * rail + 0.1 * lean,
            class_="sled",
        ),
        _plate(rail, lean, stop_m, class_="plate"),
        _line(pad - 0.05 * trunk, pad + 0.62 * trunk, class_="pad"),
        _line(pad - 0.13 * trunk, pad - 0.13 * trunk + 0.3 * front, class_="pad"),
        class_="machine",
    )


def _plate(rail: complex, lean: complex, distance_m: float, class_: str) -> Markup:
    middle = distance_m * rail + _SOLE * rail + 0.1 * lean
    return _line(middle - 0.24 * lean, middle + 0.22 * lean, class_=class_)


def _top_m(scene: Scene) -> float:
    """Return where the sled stands at the top of the rep [m], counted as in the pose."""
    bench = Bench(scene.setup)
    foot_m = scene.setup.foot_height_cm / 100
    distance_m, _ = reach(
        bench.thigh_m,
        bench.shank_m,
        foot_m * bench.tilt_cos,
        min(STRAIGHTEST.value, scene.pose.knee_deg),
    )
    return distance_m - foot_m * bench.tilt_sin


def _window(scene: Scene, top_m: float) -> Markup | tuple[()]:
    """The stretch of the rail on which the sled may stop, beside the rail."""
    window = scene.window
    if window is None or window.sled_from_cm is None or window.sled_to_cm is None:
        return ()
    _, _, rail = _axes(scene)
    beside = (_RAIL_BELOW - 0.055j) * rail
    start, end = (
        (top_m - place_cm / 100 + 0.16) * rail + beside
        for place_cm in (window.sled_from_cm, window.sled_to_cm)
    )
    tick = 0.05j * rail
    return element(
        "g",
        _line(start, end, class_="window"),
        _line(end - tick, end + tick, class_="window-end"),
        class_="stops",
    )


def _body(scene: Scene) -> Markup:
    trunk, front, rail = _axes(scene)
    stature_m = scene.setup.stature_cm / 100
    shoulder = 0.288 * stature_m * trunk - 0.01 * front
    head = 0.44 * stature_m * trunk + 0.03 * front
    knee = Bench(scene.setup).thigh_m * rail * cmath.rect(1, radians(scene.pose.thigh_deg))
    ankle = _ankle(scene)
    sole = rail * 1j * cmath.rect(1, -radians(scene.setup.plate_tilt_deg))
    return element(
        "g",
        _trunk(scene),
        _line(shoulder, head, class_="neck"),
        _disc(head, 0.062 * stature_m, class_="head"),
        element("path", d=f"M{_at(0j)}L{_at(knee)}", class_="thigh"),
        element("path", d=f"M{_at(knee)}L{_at(ankle)}", class_="shank"),
        _line(ankle - 0.07 * sole, ankle + 0.15 * sole, class_="foot"),
        _line(0j, knee, class_="bone"),
        _line(knee, ankle, class_="bone"),
        _disc(knee, 0.022, class_="joint"),
        _disc(ankle, 0.018, class_="joint"),
        class_="body",
    )


def _trunk(scene: Scene) -> Markup:
    trunk, front, _ = _axes(scene)
    shoulder = 0.288 * scene.setup.stature_cm / 100 * trunk
    along = -0.012 * front  # so that the back lies on the pad
    return element(
        "path", d=f"M{_at(shoulder + along)}L{_at(0.06 * trunk + along)}L{_at(0j)}", class_="trunk"
    )


def _contact(scene: Scene) -> Markup:
    """Where the pad holds the back, and the stretch of low back that it no longer holds.

    The upper end of the pelvis's contact is the model's own; how long the contacts are is drawn.
    """
    trunk, front, _ = _axes(scene)
    surface = _BACK * front
    pelvis_m = _pelvic_contact_m(scene)
    upper_m = loads.UPPER_CONTACT.value / 100
    held = ((-0.07, pelvis_m), (upper_m - 0.12, upper_m + 0.14))
    lost = (pelvis_m, loads.FLAT_CONTACT.value / 100)
    return element(
        "g",
        [_line(low * trunk + surface, high * trunk + surface, class_="held") for low, high in held],
        _line(lost[0] * trunk + surface, lost[1] * trunk + surface, class_="lost"),
        class_="contact",
    )


def _pelvic_contact_m(scene: Scene) -> float:
    flat_m, tucked_m = loads.FLAT_CONTACT.value / 100, loads.TUCKED_CONTACT.value / 100
    return loads.pelvic_contact_m(scene.lumbar.fraction_of_range, flat_m, tucked_m)


def _spine(scene: Scene) -> Markup:
    """The pelvis turns by the lumbar flexion; the spine's own bend is what is left of the lordosis."""
    trunk, front, _ = _axes(scene)
    stature_m = scene.setup.stature_cm / 100
    flexion = scene.lumbar.flexion_deg
    lean = _pelvis_lean(trunk, flexion)
    sacrum = HIP_TO_L5S1.value * stature_m * lean - 0.03 * front
    thorax = (HIP_TO_L5S1.value + LUMBAR_LENGTH.value) * stature_m * trunk - 0.05 * front
    shoulder = 0.3 * stature_m * trunk - 0.045 * front
    curve = _lumbar_curve(scene, flexion)
    past = scene.lumbar.fraction_of_range > THREE_QUARTERS.value
    seat_bone = -0.095 * lean
    return element(
        "g",
        _spread(scene),
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


def _spread(scene: Scene) -> Markup | tuple[()]:
    """Between the low backs of the least and the most bent of plausible bodies: the middle 8 in 10."""
    if scene.spread is None:
        return ()
    least, most = (
        _lumbar_curve(scene, share * LUMBAR_RANGE.value)
        for share in (scene.spread.p10, scene.spread.p90)
    )
    back = most[::-1]
    return element(
        "path",
        d=f"M{_at(least[0])}C{' '.join(map(_at, least[1:]))}"
        f"L{_at(back[0])}C{' '.join(map(_at, back[1:]))}Z",
        class_="spread",
    )


def _pelvis_lean(trunk: complex, flexion_deg: float) -> complex:
    return cmath.rect(1, -radians(PELVIS_LEAN.value - flexion_deg)) * trunk


def _lumbar_curve(scene: Scene, flexion_deg: float) -> tuple[complex, complex, complex, complex]:
    """Return the low back as a Bézier curve, from the sacrum to the lowest rib."""
    trunk, front, _ = _axes(scene)
    stature_m = scene.setup.stature_cm / 100
    sacrum = HIP_TO_L5S1.value * stature_m * _pelvis_lean(trunk, flexion_deg) - 0.03 * front
    thorax = (HIP_TO_L5S1.value + LUMBAR_LENGTH.value) * stature_m * trunk - 0.05 * front
    bend = cmath.rect(1, -radians(STANDING_LORDOSIS.value - flexion_deg)) * trunk
    third = LUMBAR_LENGTH.value * stature_m / 2.6
    return sacrum, sacrum + third * bend, thorax - third * trunk, thorax


def _fold(scene: Scene) -> Markup:
    """The trunk-thigh angle: from the trunk's line carried on beyond the hip to the thigh."""
    trunk, _, rail = _axes(scene)
    thigh = rail * cmath.rect(1, radians(scene.pose.thigh_deg))
    start, end = -0.3 * trunk, 0.3 * thigh
    large = int(scene.pose.trunk_thigh_deg > 180)
    beside = _beside(trunk, scene.pose.trunk_thigh_deg)
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


def _beside(trunk: complex, trunk_thigh_deg: float) -> complex:
    """Return where the number of the trunk-thigh angle stands."""
    return -0.4 * trunk * cmath.rect(1, radians(trunk_thigh_deg * 0.33))


def _axes(scene: Scene) -> tuple[complex, complex, complex]:
    """Return unit vectors: up the trunk, out of its front, and along the rail to the plate."""
    trunk = -cmath.rect(1, -radians(scene.setup.backrest_deg))
    return trunk, trunk * -1j, cmath.rect(1, radians(scene.setup.rail_deg))


def _ankle(scene: Scene) -> complex:
    rail = cmath.rect(1, radians(scene.setup.rail_deg))
    bench = Bench(scene.setup)
    thigh = cmath.rect(bench.thigh_m, radians(scene.pose.thigh_deg))
    shank = cmath.rect(bench.shank_m, radians(scene.pose.thigh_deg - scene.pose.knee_deg))
    return rail * (thigh + shank)


def _vertebra(curve: tuple[complex, complex, complex, complex], t: float) -> Markup:
    a, b, c, d = curve
    s = 1 - t
    at = s**3 * a + 3 * s**2 * t * b + 3 * s * t**2 * c + t**3 * d
    along = 3 * s**2 * (b - a) + 6 * s * t * (c - b) + 3 * t**2 * (d - c)
    half = 0.034 * along / abs(along) * 1j
    return _line(at - half, at + half, class_="vertebra")


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
