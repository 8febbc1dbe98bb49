"""Tables, figures and buttons that no trainer writes: ``` generated parameters ``` in a lesson."""

from collections.abc import Callable, Mapping
from functools import cache
from itertools import groupby

from hooks.bibliography import Publication, publications
from hooks.feeling_figure import feeling_figure
from hooks.foot_height import SQUARE_DEG, TILTED_DEG, folds_along_plate
from hooks.machine_pages import lobby_screen, machine_list
from hooks.machines import machine_files
from hooks.model_numbers import (
    body_weights,
    start,
    start_changes,
    start_windows,
    three_in_four,
    with_unit,
)
from hooks.preview_block import lesson_preview
from hooks.reader_storage import forget_everything, save_for_gym, stored_table
from interactive import care_cards
from interactive.chart import Axis, Series, bar_chart, dot_chart, fact_table, line_chart
from interactive.figure import Scene, side_view
from interactive.markup import Markup, element, join
from interactive.model import anthropometry, evidence, exercises, posture
from interactive.model.chain import Setup, evaluate, lifters
from interactive.model.cited import Cited
from interactive.model.parameters import Parameter, parameters
from interactive.model.sensitivity import swings
from interactive.model.sled import UNKNOWN
from interactive.model.uncertainty import IN_HOW_MANY, outcomes, plausible_bodies, summarise
from interactive.wording import in_twenty, percent

LINKS = {
    "anthropometry": "1 Anthropometry",
    "geometry": "2 Geometry",
    "posture": "3 Posture",
    "sled": "4 Sled",
    "loads": "5 Loads",
    "chain": "Reading errors",
    "uncertainty": "6 Plausible bodies",
    "depth": "7 Advice: how deep",
    "advice": "7 Advice: changes",
    "sensitivity": "What drives the spread",
    "self_tests": "Self-tests",
    "evidence": "Figures that lessons quote",
    "exercises": "Other exercises",
    "units": "Units",
}
UNKNOWNS_IN_WORDS = {
    "hip_limit_deg": "Where the hip ends",
    "lumbar_range_deg": "The low back's own range",
    "hamstring_slack": "What bent knees free of the hamstrings",
    "pad_error_deg": "Reading the backrest",
    "spine_share": "The low back's part while the hip is free",
    "softness_deg": "How softly the hip ends",
    "foot_error_cm": "Reading the feet's height",
    "knee_error_deg": "Reading the knee bend",
    "raise_error_deg": "Reading the straight-leg raise",
}
_KNEES = (60, 80, 90, 100, 110, 120)
_DEPTHS = tuple(range(20, 131, 5))


def parameter_table() -> Markup:
    """Return every number of the model, link by link, with range and source or reason."""
    head = ("What", "Value", "Range", "Use", "From")
    tables = [
        element(
            "details", element("summary", LINKS[module]), fact_table(head, map(_parameter, group))
        )
        for module, group in groupby(parameters(), key=lambda parameter: parameter.module)
    ]
    return element("div", tables, class_="parameters")


def _parameter(parameter: Parameter) -> tuple[Markup | str, ...]:
    quantity = parameter.quantity
    words = parameter.words + (f" ({parameter.symbol})" if parameter.symbol else "")
    spread = f"{quantity.low:g} to {with_unit(quantity.high, quantity.unit)}"
    if quantity.low == quantity.high:
        spread = "as given"
    if isinstance(quantity, Cited):
        link = element("a", quantity.key, href=f"../sources/#{quantity.key}")
        origin = join(link, f", {quantity.place}" if quantity.place else "")
    else:
        origin = join(element("em", "assumption: "), quantity.reason)
    return words, with_unit(quantity.value, quantity.unit), spread, parameter.use, origin


def sources() -> Markup:
    """Return the bibliography: first what was read, then what is only recalled and never a fact."""
    cited = {
        parameter.quantity.key
        for parameter in parameters()
        if isinstance(parameter.quantity, Cited)
    }
    found = sorted(publications().values(), key=lambda publication: publication.text)
    read = [publication for publication in found if publication.seen]
    recalled = [publication for publication in found if not publication.seen]
    return join(
        element(
            "ul",
            [_source(publication, publication.key in cited) for publication in read],
            class_="sources",
        ),
        element(
            "p",
            element("strong", "Recalled, not read again yet."),
            " No page cites these as a fact.",
        ),
        element("ul", [_source(publication, False) for publication in recalled], class_="sources"),
    )


def _source(publication: Publication, in_model: bool) -> Markup:
    link = f"https://doi.org/{publication.doi}"
    return element(
        "li",
        publication.text,
        (" ", element("a", f"doi:{publication.doi}", href=link)) if publication.doi else (),
        f" Read: {publication.seen}." if publication.seen else (),
        " In the model." if in_model else (),
        id=publication.key,
    )


def depth_table() -> Markup:
    """Return what plausible bodies show at six depths, everything else at its default."""
    rows = []
    for knee in _KNEES:
        setup = Setup(knee_deg=knee)
        summary = summarise(setup)
        used, load = summary.flexion_fraction, summary.load_body_weights
        assert load is not None
        rows.append(
            (
                f"{knee}°",
                f"{evaluate(setup).pose.trunk_thigh_deg:.0f}°",
                f"{used.p10 * 100:.0f} to {percent(used.p90)}, middle {percent(used.p50)}",
                in_twenty(summary.share_past),
                f"{body_weights(load.p10)} to {body_weights(load.p90)}",
            )
        )
    return fact_table(
        ("Knee bend", "Fold", "Low back, of its range", "Past ¾", "Load, body weights"),
        rows,
        numbered=True,
    )


def machine_table() -> Markup:
    """Return the types of machine that the model knows, with honest ranges."""
    rows = []
    for file in machine_files():
        if machine := file.machine:
            angles = (
                f"{a.low:g}\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}{a.high:g}°"
                for a in (machine.rail, machine.backrest)
            )
            load = "posture only" if machine.resistance == UNKNOWN else machine.resistance
            pads = "yes" if machine.shoulder_pads else "no"
            rows.append((machine.name, machine.description, *angles, load, pads))
    return fact_table(
        ("Type", "What it is", "Rail", "Backrest", "Resistance", "Shoulder pads"), rows
    )


def legs_figure() -> Markup:
    """Return link 1: how long the legs of three bodies are."""
    bars = []
    for stature in (155, 175, 195):
        legs = anthropometry.leg_lengths(stature, stance_deg=0)
        bars.append((f"Thigh of a body of {stature} cm", round(legs.thigh_m * 100, 1)))
        bars.append((f"Shank of a body of {stature} cm", round(legs.shank_m * 100, 1)))
    axis = Axis("length", 0, 50, (0, 10, 20, 30, 40, 50), " cm")
    return bar_chart(
        axis, bars, "Thigh and shank of three bodies: each about a quarter of body height."
    )


def geometry_figure() -> Markup:
    """Return link 2: the worked example from the side."""
    setup, answer = Setup(), start()
    scene = Scene(setup, answer.pose, answer.lumbar)
    fold = f"{answer.pose.trunk_thigh_deg:.0f}°"
    words = f"Side view of a lifter: thigh and trunk fold to {fold}."
    caption = (
        f"Rail {setup.rail_deg:g}° + backrest {setup.backrest_deg:g}° + thigh {answer.pose.thigh_deg:.0f}° "
        f"above the rail = fold {fold}."
    )
    return element(
        "figure", side_view(scene, words), element("figcaption", caption), class_="chart-figure"
    )


def posture_figure() -> Markup:
    """Return link 3: the low back over depth, for short and for long hamstrings."""
    series = [
        Series(
            f"{hamstrings} hamstrings, leg raise {raised}°",
            [
                (
                    knee,
                    evaluate(
                        Setup(knee_deg=knee, straight_leg_raise_deg=raised)
                    ).lumbar.fraction_of_range
                    * 100,
                )
                for knee in range(5, 131, 5)
            ],
            named_at=1,
            named_below=hamstrings == "long",
        )
        for hamstrings, raised in (("short", 50), ("long", 90))
    ]
    line = (posture.THREE_QUARTERS.value * 100, "three quarters of its range")
    return line_chart(
        Axis("knee bend", 0, 130, (10, 30, 50, 70, 90, 110, 130), "°"),
        Axis("low back", 0, 120, (0, 25, 50, 75, 100), " %"),
        series,
        "The low back bends further with depth. With short hamstrings it is bent far at straight knees as well.",
        level=line,
    )


def sled_figure() -> Markup:
    """Return link 4: how much of the plates' weight reaches the feet on rails of different slope."""
    setup = Setup()
    moved = setup.sled_kg + setup.plates_kg
    points = []
    for rail in range(0, 91, 5):
        force = evaluate(Setup(rail_deg=rail, backrest_deg=10)).sled_force_n
        assert force is not None
        points.append((float(rail), force))
    return line_chart(
        Axis("rail above flat", 0, 90, (0, 15, 30, 45, 60, 75, 90), "°"),
        Axis("force", 0, 2000, (0, 500, 1000, 1500, 2000), " N"),
        [Series(f"{moved:g} kg on the sled", points)],
        "The force on the feet grows with the slope of the rail.",
    )


def loads_figure() -> Markup:
    """Return link 5: the load at the lowest disc over depth, as a band of plausible bodies."""
    low: list[tuple[float, float]] = []
    middle: list[tuple[float, float]] = []
    high: list[tuple[float, float]] = []
    for knee in _DEPTHS:
        band = summarise(Setup(knee_deg=knee)).load_body_weights
        assert band is not None
        for points, value in ((low, band.p10), (middle, band.p50), (high, band.p90)):
            points.append((float(knee), value))
    return line_chart(
        Axis("knee bend", 20, 130, (20, 40, 60, 80, 100, 120), "°"),
        Axis("load", 0, 6, (0, 1, 2, 3, 4, 5, 6), " BW"),
        [Series("middle body", middle)],
        "The load at the lowest disc in body weights, as a wide band that rises with depth.",
        band=(Series("1 in 10 lies below", low), Series("1 in 10 lies above", high)),
    )


def bodies_figure() -> Markup:
    """Return link 6: two hundred plausible bodies at the worked example."""
    found = [outcome for outcome in outcomes(lifters(Setup(), plausible_bodies())) if outcome]
    line = posture.THREE_QUARTERS.value
    return dot_chart(
        Axis("low back, of its own range", 30, 112, (40, 60, 80, 100), " %"),
        [fraction * 100 for fraction, _ in found],
        f"{len(found)} dots, one a plausible body: {in_twenty(sum(f > line for f, _ in found) / len(found))} stand past the line.",
        (line * 100, "three quarters"),
    )


def changes_figure() -> Markup:
    """Return link 7: what each change does to the share of bodies past the line."""
    bars = [
        (change.words, round(change.share_change * 20))
        for change in start_changes().values()
        if change.rank is not None
    ]
    axis = Axis("bodies in 20, more or fewer", -8, 4, (-8, -6, -4, -2, 0, 2, 4))
    return bar_chart(
        axis,
        bars,
        "Of 20 plausible bodies, so many fewer or more bend past the line after each change.",
    )


def window_table() -> Markup:
    """Return between which depths enough plausible bodies stay below the line, as one sets it."""
    rows = []
    for level, window in start_windows().items():
        bodies = f"{round(level * IN_HOW_MANY.value)} in {IN_HOW_MANY.value:g}"
        deep, travel, thigh = (
            window.knee_to_deg,
            window.sled_travel_cm,
            window.thigh_past_vertical_deg,
        )
        if deep is None or travel is None or thigh is None:
            rows.append((bodies, "no depth does", "none", "none"))
            continue
        cue = "past upright, towards the chest" if thigh > 0 else "not yet upright"
        rows.append(
            (bodies, f"down to {deep:.0f}°", f"{travel:.0f} cm", f"{abs(thigh):.0f}° {cue}")
        )
    return fact_table(
        ("Bodies below the line", "Knee bend", "Sled travel", "Thigh at the deep end"),
        rows,
        numbered=True,
    )


def feet_figure() -> Markup:
    """Return what higher feet do to the fold while the sled stops at the same place."""
    heights_cm = range(0, 31, 2)
    square, tilted = (
        Series(name, folds_along_plate(tilt, heights_cm), named_at)
        for name, tilt, named_at in (
            ("square plate", SQUARE_DEG, -1),
            (f"tilted by {TILTED_DEG:g}°", TILTED_DEG, 10),
        )
    )
    return line_chart(
        Axis("feet above the hip line", 0, 30, (0, 6, 12, 18, 24, 30), " cm"),
        Axis("fold", 115, 155, (120, 130, 140, 150), "°"),
        [square, tilted],
        "Same sled stop, feet higher and higher. On a square plate the fold grows all the way. "
        "On a tilted plate it grows a little, then falls.",
    )


def travel_figure() -> Markup:
    """Return how far the sled may travel for backrests of different steepness."""
    angles = range(12, 33, 5)
    bars = []
    for backrest in reversed(angles):
        travel_cm = three_in_four(Setup(backrest_deg=backrest)).sled_to_cm
        assert travel_cm is not None
        bars.append((f"Backrest {backrest}°", round(travel_cm)))
    axis = Axis("sled travel from the top", 0, 50, (0, 10, 20, 30, 40, 50), " cm")
    words = (
        "The flatter the backrest, the further the sled may travel before more than 5 in 20 "
        "plausible bodies bend past the line."
    )
    return bar_chart(axis, bars, words)


def spread_figure() -> Markup:
    """Return which unknowns move the low back's share most, one at a time."""
    found = [swing for swing in swings(Setup()) if round(abs(swing.flexion_change) * 100) >= 1]
    bars = [
        (UNKNOWNS_IN_WORDS[swing.unknown], round(abs(swing.flexion_change) * 100))
        for swing in found
    ]
    axis = Axis("points of the range", 0, 30, (0, 10, 20, 30))
    words = "How far each unknown alone moves the low back's share of its range, the largest first."
    return bar_chart(axis, bars, words)


def pressure_table() -> Markup:
    """Return what was measured in one man's disc, the only direct look into a spine that we use."""
    rows = {
        "Standing": evidence.DISC_PRESSURE_STANDING,
        "Sitting without a backrest": evidence.DISC_PRESSURE_SITTING,
        "Sitting, bent fully forward": evidence.DISC_PRESSURE_SITTING_FLEXED,
        "Standing, bent forward": evidence.DISC_PRESSURE_FLEXED,
        "Lifting 20 kg close to the body": evidence.DISC_PRESSURE_LIFT_CLOSE,
        "Lifting 20 kg with bent knees": evidence.DISC_PRESSURE_LIFT_KNEES,
        "Lifting 20 kg with a round back": evidence.DISC_PRESSURE_LIFT_ROUND,
    }
    return fact_table(
        ("Posture", "Pressure in the disc"),
        [(words, with_unit(cited.value, cited.unit)) for words, cited in rows.items()],
    )


def peaks_figure() -> Markup:
    """Return which pressures heavy leg presses raised in a body."""
    bars = [
        ("Blood pressure, upper value", evidence.BLOOD_PRESSURE_UPPER),
        ("Blood pressure, lower value", evidence.BLOOD_PRESSURE_LOWER),
        ("Pressure in the belly", evidence.BELLY_PRESSURE_MOST),
        ("Pressure in the eye", evidence.EYE_PRESSURE),
    ]
    return bar_chart(
        Axis("peak", 0, 350, (100, 200, 300), " mmHg"),
        [(words, round(cited.value)) for words, cited in bars],
        "Mean peaks measured during heavy efforts: blood pressure rose highest, the eye's least.",
    )


def belt_squat_figure() -> Markup:
    """Return how much less muscles worked in a belt squat than in a back squat."""
    bars = [
        ("Low back, over the set", evidence.BELT_SQUAT_LESS_IMPULSE),
        ("Low back, at its peak", evidence.BELT_SQUAT_LESS_PEAK),
        ("Glutes, over the set", exercises.BELT_SQUAT_LESS_GLUTES),
    ]
    return bar_chart(
        Axis("less than in a back squat", 0, 60, (0, 20, 40, 60), " %"),
        [(f"{words}, less by", round(cited.value)) for words, cited in bars],
        "In a belt squat the low back's muscles worked about half as hard as in a back squat, "
        "the glutes about a third less.",
    )


GENERATED_BLOCKS: Mapping[str, Callable[[], Markup]] = {
    # from files that change while `make serve` runs
    "sources": sources,
    "machines": machine_table,
    "machine-pages": machine_list,
} | {
    name: cache(block)
    for name, block in {
        "care-cards": care_cards.cards,
        "emergency-card": care_cards.emergency_card,
        "parameters": parameter_table,
        "depth-table": depth_table,
        "window-table": window_table,
        "pressure-table": pressure_table,
        "lobby-screen": lobby_screen,
        "legs-figure": legs_figure,
        "geometry-figure": geometry_figure,
        "posture-figure": posture_figure,
        "sled-figure": sled_figure,
        "loads-figure": loads_figure,
        "bodies-figure": bodies_figure,
        "changes-figure": changes_figure,
        "spread-figure": spread_figure,
        "feet-figure": feet_figure,
        "travel-figure": travel_figure,
        "peaks-figure": peaks_figure,
        "feeling-figure": feeling_figure,
        "belt-squat-figure": belt_squat_figure,
        "stored": stored_table,
        "save-for-gym": save_for_gym,
        "forget-everything": forget_everything,
        "lesson-preview": lesson_preview,
    }.items()
}
