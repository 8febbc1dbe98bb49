"""Which unknowns drive the spread of an answer, and which self-test would narrow it most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interactive.model.chain import NOMINAL, SELF_TESTS, UNKNOWNS, Body, Setup, evaluate, lifters
from interactive.model.cited import Assumed
from interactive.model.posture import HIP_LIMIT, LUMBAR_RANGE, SPINE_SHARE, free_share
from interactive.model.uncertainty import outcomes, summarise, value_at

# a table: what a number is, then where it comes from
# fmt: off
LOW_END = Assumed(
    value=0.1, unit="1", low=0.1, high=0.1,
    reason="an unknown is swung from its 10th percentile, so that rare values do not decide",
)
HIGH_END = Assumed(
    value=0.9, unit="1", low=0.9, high=0.9,
    reason="an unknown is swung to its 90th percentile, so that rare values do not decide",
)
# fmt: on


@dataclass(frozen=True)
class Swing:
    """What one unknown alone moves, from its 10th to its 90th percentile, the others in the middle.

    `load_change_n` is None where the chain gives no load.
    """

    confidence = "moderate"
    load_confidence = "low"

    unknown: str
    flexion_change: float
    load_change_n: float | None


@dataclass(frozen=True)
class SelfTest:
    """How much of the spread between bodies a self-test would take away, were its result average.

    `width_without` and `width_with` are the distance between the 10th and 90th percentile of the
    fraction of the own range in use.
    """

    confidence = "moderate"

    field: str
    width_without: float
    width_with: float


def swings(setup: Setup) -> tuple[Swing, ...]:
    """Return what each unknown alone does to the answer, the one that moves the bend most first.

    Args:
        setup: body, machine and technique; checked when it was made.

    Returns:
        For each unknown, the change of the fraction of the own range [1] and of the load at
        L5/S1 [N]. Rail friction, fixed elsewhere, is swung here too. An unknown that puts the plate
        out of reach at either end is left out.

    Raises:
        OutOfRange: the feet cannot be where the setup says they are.

    Source:
        The chain at the assumed ranges of its unknowns.

    Example:
        >>> [swing.unknown for swing in swings(Setup())[:2]]
        ['hip_limit_deg', 'lumbar_range_deg']
    """
    evaluate(setup)
    found = []
    for unknown, quantity in UNKNOWNS.items():
        ends = [_body_with(unknown, value_at(quantity, end.value)) for end in (LOW_END, HIGH_END)]
        low, high = outcomes(lifters(setup, ends))
        if low is None or high is None:
            continue
        load_change_n = None
        if low[1] is not None and high[1] is not None:
            load_change_n = high[1] - low[1]
        found.append(Swing(unknown, high[0] - low[0], load_change_n))
    return tuple(sorted(found, key=lambda swing: -abs(swing.flexion_change)))


def self_tests(setup: Setup, bodies: Sequence[Body] | None = None) -> tuple[SelfTest, ...]:
    """Return how far each self-test not yet made would narrow the answer, the best first.

    Args:
        setup: body, machine and technique; checked when it was made.
        bodies: the plausible bodies; without them, `plausible_bodies()`.

    Returns:
        For each self-test left to do, the spread of the fraction of the own range without and with
        it [1].

    Raises:
        OutOfRange: the feet cannot be where the setup says they are.

    Source:
        The chain, with the test's result set to that of the body in the middle.

    Example:
        >>> [test.field for test in self_tests(Setup())]
        ['own_lumbar_range_deg', 'own_hip_flexion_deg']
    """
    share = free_share(SPINE_SHARE.value, setup.own_lumbar_range_deg or LUMBAR_RANGE.value)
    tested = {
        "own_hip_flexion_deg": replace(setup, own_hip_flexion_deg=HIP_LIMIT.value / (1 - share)),
        "own_lumbar_range_deg": replace(setup, own_lumbar_range_deg=LUMBAR_RANGE.value),
    }
    width = _width(setup, bodies)
    found = [
        SelfTest(field, width, _width(tested[field], bodies))
        for field in SELF_TESTS
        if getattr(setup, field) is None
    ]
    return tuple(sorted(found, key=lambda test: test.width_with))


def _body_with(unknown: str, value: float) -> Body:
    return replace(NOMINAL, **{unknown: value})


def _width(setup: Setup, bodies: Sequence[Body] | None) -> float:
    flexion = summarise(setup, bodies).flexion_fraction
    return flexion.p90 - flexion.p10
