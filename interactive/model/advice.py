"""Link 7: which one change helps most, and which one opens a depth where none was deep enough."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interactive.model.chain import Bench, Body, Setup, evaluate
from interactive.model.cited import Assumed, OutOfRange, within
from interactive.model.depth import MOST_BODIES, has_window
from interactive.model.geometry import knee_at_sled
from interactive.model.uncertainty import Summary, plausible_bodies, summarise

# a table: what a number is, then where it comes from
# fmt: off
EARLIER = Assumed(
    value=10.0, unit="deg", low=10.0, high=10.0,
    reason="a step in knee bend that a person can feel and keep to",
)
FLATTER = Assumed(
    value=10.0, unit="deg", low=10.0, high=10.0,
    reason="about one notch or two of an adjustable backrest",
)
FEET = Assumed(
    value=5.0, unit="cm", low=5.0, high=5.0, reason="about half a foot's width on the plate",
)
WIDER = Assumed(
    value=8.0, unit="deg", low=8.0, high=8.0, reason="about a foot's width more between the feet",
)
FEWER = Assumed(
    value=0.20, unit="1", low=0.20, high=0.20,
    reason="a plate or two less; enough to notice, not enough to change the exercise",
)
EQUAL_WITHIN = Assumed(
    value=0.03, unit="1", low=0.03, high=0.03,
    reason="changes of the share closer together than this are chance at 200 bodies",
)
MOST_STEPS_FLATTER = Assumed(
    value=4, unit="steps", low=4, high=4, reason="beyond 40 deg flatter it is another machine",
)
# fmt: on

STOP_EARLIER, BACKREST_FLATTER = "stop-earlier", "backrest-flatter"
FEET_LOWER, FEET_HIGHER, STANCE_WIDER = "feet-lower", "feet-higher", "stance-wider"
FEWER_PLATES, SLOW_TURN_ROUND = "fewer-plates", "slow-turn-round"
FULL_BRACE, NO_BRACE = "full-brace", "no-brace"
CHANGES = {
    STOP_EARLIER: f"Stop {EARLIER.value:g}° of knee bend earlier",
    BACKREST_FLATTER: f"Set the backrest {FLATTER.value:g}° flatter",
    FEET_LOWER: f"Set the feet {FEET.value:g} cm lower, same sled stop",
    FEET_HIGHER: f"Set the feet {FEET.value:g} cm higher, same sled stop",
    STANCE_WIDER: f"Open each thigh {WIDER.value:g}° wider, same sled stop",
    FEWER_PLATES: f"Take {FEWER.value:.0%} of the plates off".replace("%", " %"),
    SLOW_TURN_ROUND: "Turn round slowly at the bottom",
    FULL_BRACE: "Brace as hard as you can",
    NO_BRACE: "Do not brace",
}
NOT_RANKED = (FULL_BRACE, NO_BRACE)  # what bracing does to the load is not known
OPENERS = (BACKREST_FLATTER, FEET_LOWER, STANCE_WIDER, FEET_HIGHER)


@dataclass(frozen=True)
class Change:
    """What one change does to the same plausible bodies.

    `rank` is 1 for what lowers the share most; changes closer than 3 points share a rank; bracing
    has none. `load_change_n` is None where the chain gives no load.
    """

    confidence = "moderate"
    load_confidence = "low"

    name: str
    words: str
    rank: int | None
    share_change: float
    load_change_n: float | None
    setup: Setup


@dataclass(frozen=True)
class Opening:
    """A change that opens a depth window that was empty."""

    name: str
    words: str
    setup: Setup


def changed(setup: Setup, name: str) -> Setup | None:
    """Return the setup after one change; None where it changes nothing or cannot be made.

    Foot and stance changes keep the sled's stop; the knee bend follows.

    Example:
        >>> changed(Setup(), BACKREST_FLATTER).backrest_deg
        22.0
        >>> changed(Setup(tempo=1.0), SLOW_TURN_ROUND) is None
        True
    """
    try:
        after = _changed(setup, name)
        if after == setup:
            return None
        evaluate(after)
    except OutOfRange:
        return None
    return after


def _changed(setup: Setup, name: str) -> Setup:
    if name == STOP_EARLIER:
        return replace(setup, knee_deg=setup.knee_deg - EARLIER.value)
    if name == BACKREST_FLATTER:
        return replace(setup, backrest_deg=setup.backrest_deg - FLATTER.value)
    if name == FEET_LOWER:
        return _at_same_stop(
            setup, replace(setup, foot_height_cm=setup.foot_height_cm - FEET.value)
        )
    if name == FEET_HIGHER:
        return _at_same_stop(
            setup, replace(setup, foot_height_cm=setup.foot_height_cm + FEET.value)
        )
    if name == STANCE_WIDER:
        return _at_same_stop(setup, replace(setup, stance_deg=setup.stance_deg + WIDER.value))
    if name == FEWER_PLATES:
        return replace(setup, plates_kg=setup.plates_kg * (1 - FEWER.value))
    if name == SLOW_TURN_ROUND:
        return replace(setup, tempo=1.0)
    return replace(setup, brace=1.0 if name == FULL_BRACE else 0.0)


def _at_same_stop(before: Setup, after: Setup) -> Setup:
    stop_m = evaluate(before).pose.rail_distance_m
    bench = Bench(after)
    knee_deg = knee_at_sled(
        bench.thigh_m, bench.shank_m, after.foot_height_cm / 100, stop_m, after.plate_tilt_deg
    )
    return replace(after, knee_deg=knee_deg)


def ranked_changes(setup: Setup, bodies: Sequence[Body] | None = None) -> tuple[Change, ...]:
    """Return every change that can be made, the one that lowers the share most first.

    Args:
        setup: body, machine and technique; checked when it was made.
        bodies: the plausible bodies; without them, `plausible_bodies()`.

    Returns:
        Each change with what it does to the share of bodies past three quarters of their range [1]
        and to the median load [N]. Changes that cannot be made here are left out. Bracing comes
        last and without a rank.

    Raises:
        OutOfRange: the feet cannot be where the setup says they are.

    Source:
        The chain before and after each change; the steps are assumed, each with its reason.

    Example:
        >>> ranked_changes(Setup())[0].words
        'Set the backrest 10° flatter'
    """
    before = summarise(setup, bodies)
    found = []
    for name in CHANGES:
        after = changed(setup, name)
        if after is not None:
            found.append(_effect(name, after, before, summarise(after, bodies)))
    ranked = _with_ranks([change for change in found if change.name not in NOT_RANKED])
    return (*ranked, *(change for change in found if change.name in NOT_RANKED))


def _effect(name: str, setup: Setup, before: Summary, after: Summary) -> Change:
    load_change_n = None
    if before.load_n is not None and after.load_n is not None:
        load_change_n = after.load_n.p50 - before.load_n.p50
    share_change = after.share_past - before.share_past
    return Change(name, CHANGES[name], None, share_change, load_change_n, setup)


def _with_ranks(found: list[Change]) -> list[Change]:
    """Give changes closer together than 3 points the same rank, the lighter load first."""
    found = sorted(found, key=lambda change: change.share_change)
    ranked: list[Change] = []
    leader: Change | None = None
    rank = 0
    for place, change in enumerate(found, start=1):
        if leader is None or change.share_change - leader.share_change >= EQUAL_WITHIN.value:
            leader, rank = change, place
        ranked.append(replace(change, rank=rank))
    return sorted(ranked, key=lambda change: (change.rank or 0, change.load_change_n or 0.0))


def what_opens(
    setup: Setup, level: float = MOST_BODIES.value, bodies: Sequence[Body] | None = None
) -> Opening | None:
    """Return the first change that opens an empty depth window, or None if no single one does.

    Tried in order: backrest, feet lower, stance, feet higher, one step each; then the backrest
    again, further down, as it is the strongest.

    Args:
        setup: body, machine and technique whose window is empty.
        level: share of bodies that must stay at or below the line [1], 0.01 to 0.99.
        bodies: the plausible bodies; without them, `plausible_bodies()`.

    Returns:
        The change, or None.

    Raises:
        OutOfRange: the level is not a number in its range.

    Source:
        The depth window after each change.

    Example:
        >>> what_opens(Setup()).words
        'Set the backrest 10° flatter'
    """
    within("level", level, 0.01, 0.99, "1")
    bodies = plausible_bodies() if bodies is None else bodies
    for name in OPENERS:
        after = changed(setup, name)
        if after is not None and has_window(after, level, bodies):
            return Opening(name, CHANGES[name], after)
    for steps in range(2, int(MOST_STEPS_FLATTER.value) + 1):
        flatter_deg = steps * FLATTER.value
        if setup.backrest_deg < flatter_deg:
            break
        after = replace(setup, backrest_deg=setup.backrest_deg - flatter_deg)
        if has_window(after, level, bodies):
            words = CHANGES[BACKREST_FLATTER].replace(f"{FLATTER.value:g}", f"{flatter_deg:g}")
            return Opening(BACKREST_FLATTER, words, after)
    return None
