"""Link 6: plausible bodies like the reader's, and what all of them together say about one setup."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import erf, exp, pi, sqrt

from interactive.model.chain import UNKNOWNS, Body, Lifter, Setup, evaluate, lifters
from interactive.model.cited import Assumed, OutOfRange, within
from interactive.model.posture import REACHABLE, THREE_QUARTERS
from interactive.model.sled import GRAVITY

# a table: what a number is, then where it comes from
# fmt: off
BODIES = Assumed(
    value=200, unit="bodies", low=2, high=20_000,
    reason="enough that chance moves a share by a few points only, few enough for a phone",
)
SEED = Assumed(
    value=1, unit="1", low=0, high=2**32,
    reason="any number would do; a fixed one gives every reader the same bodies",
)
IN_HOW_MANY = Assumed(
    value=20, unit="bodies", low=20, high=20,
    reason="200 bodies cannot tell 27 % from 29 %, so a share is printed as so many in 20",
)
LOW_BELOW = Assumed(
    value=0.10, unit="1", low=0.10, high=0.10,
    reason="where the word for a share changes from low to moderate; a choice of ours",
)
MODERATE_BELOW = Assumed(
    value=0.33, unit="1", low=0.33, high=0.33,
    reason="where the word for a share changes from moderate to elevated; a choice of ours",
)
ELEVATED_UP_TO = Assumed(
    value=0.67, unit="1", low=0.67, high=0.67,
    reason="where the word for a share changes from elevated to high; a choice of ours",
)
# fmt: on

NOBODY_REACHES = "None of these bodies can take this position."
SET_WITHOUT_SAMPLING = ("rail_friction",)


@dataclass(frozen=True)
class Band:
    """The 10th, 50th and 90th percentile of what plausible bodies show."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class Summary:
    """What plausible bodies show in one setup, and how far each part can be trusted.

    `bodies` counts those whose legs reach the plate. `share_past` is the share of them that bend
    past three quarters of their own range, `share_off_seat` of those whose hips must leave the
    seat. `load_n` and `load_body_weights` are None where the chain gives no load; `note` says why.
    """

    confidence = "moderate"
    load_confidence = "low"

    bodies: int
    share_past: float
    verdict: str
    flexion_fraction: Band
    share_off_seat: float
    load_n: Band | None
    load_body_weights: Band | None
    note: str


def uniform_stream(seed: int) -> Iterator[float]:
    """Yield numbers from 0 up to but not including 1, for ever.

    Knuth's 64-bit congruential generator: three lines that give the same bytes in every Python,
    and a browser need not load `random` for them.
    """
    state = seed
    for _ in range(4):  # small seeds lie close together at first
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) / 2**53


def normal_below(deviations: float) -> float:
    """Return the share of a normal distribution below so many standard deviations [1]."""
    return (1 + erf(deviations / sqrt(2))) / 2


def normal_quantile(share: float) -> float:
    """Return the standard deviations below which a share (between 0 and 1) of a normal lies.

    Newton's method from the middle: the curve bends towards its middle on both sides, so no step
    goes past the answer.

    Example:
        >>> round(normal_quantile(0.975), 4)
        1.96
    """
    deviations = 0.0
    for _ in range(50):
        missing = share - normal_below(deviations)
        step = missing * sqrt(2 * pi) * exp(deviations * deviations / 2)
        deviations += step
        if -1e-12 < step < 1e-12:
            break
    return deviations


def value_at(quantity: Assumed, share: float) -> float:
    """Return the value of a quantity below which a share of plausible bodies lies, in its unit.

    Even between low and high, or normal around the value and cut off at low and high.

    Example:
        >>> from interactive.model.posture import SOFTNESS
        >>> value_at(SOFTNESS, 0.5)
        7.0
    """
    if not quantity.spread:
        return quantity.low + (quantity.high - quantity.low) * share
    below = normal_below((quantity.low - quantity.value) / quantity.spread)
    above = normal_below((quantity.high - quantity.value) / quantity.spread)
    value = quantity.value + quantity.spread * normal_quantile(below + (above - below) * share)
    return min(max(value, quantity.low), quantity.high)  # the ends may round to a hair outside


@lru_cache(maxsize=16)
def plausible_bodies(
    seed: int = int(SEED.value), count: int = int(BODIES.value)
) -> tuple[Body, ...]:
    """Return plausible bodies by a Latin hypercube: every unknown spread evenly over its range.

    Args:
        seed: which bodies [1], a whole number from 0 to 2^32; the same seed, the same bodies.
        count: how many [bodies], a whole number from 2 to 20,000.

    Returns:
        The bodies. Each unknown takes one value from each of `count` equally likely parts of its
        range, in an order of its own. Rail friction keeps its middle value.

    Raises:
        OutOfRange: an argument is not a whole number in its range.

    Source:
        Assumed ranges, each in `chain.UNKNOWNS`.

    Example:
        >>> len(plausible_bodies()), plausible_bodies(seed=1) == plausible_bodies(seed=2)
        (200, False)
    """
    for field, number, limits in (("seed", seed, SEED), ("count", count, BODIES)):
        if within(field, number, limits.low, limits.high, limits.unit) % 1:
            sentence = f"{field} counts, so it must be a whole number."
            raise OutOfRange(field, number, limits.low, limits.high, limits.unit, sentence)
    stream = uniform_stream(int(seed))
    columns = {}
    for field, quantity in UNKNOWNS.items():
        if field in SET_WITHOUT_SAMPLING:
            continue
        order = list(range(int(count)))
        for last in range(len(order) - 1, 0, -1):
            other = int(next(stream) * (last + 1))
            order[last], order[other] = order[other], order[last]
        columns[field] = [value_at(quantity, (part + next(stream)) / count) for part in order]
    rows = zip(*columns.values(), strict=True)
    return tuple(Body(**dict(zip(columns, row, strict=True))) for row in rows)


def percentile(ordered: Sequence[float], share: float) -> float:
    """Return the value below which a share of an ordered, filled list lies, between neighbours.

    Example:
        >>> percentile([1.0, 2.0, 4.0], 0.75)
        3.0
    """
    place = share * (len(ordered) - 1)
    below = int(place)
    if below == len(ordered) - 1:
        return ordered[below]
    return ordered[below] + (place - below) * (ordered[below + 1] - ordered[below])


def band(values: Sequence[float]) -> Band:
    """Return the 10th, 50th and 90th percentile of at least one value."""
    ordered = sorted(values)
    return Band(percentile(ordered, 0.1), percentile(ordered, 0.5), percentile(ordered, 0.9))


def verdict(share_past: float) -> str:
    """Return the word for a share of bodies past the line: low, moderate, elevated or high.

    Example:
        >>> [verdict(share) for share in (0.09, 0.10, 0.33, 0.68)]
        ['low', 'moderate', 'elevated', 'high']
    """
    if share_past < LOW_BELOW.value:
        return "low"
    if share_past < MODERATE_BELOW.value:
        return "moderate"
    return "elevated" if share_past <= ELEVATED_UP_TO.value else "high"


def outcomes(crowd: Sequence[Lifter]) -> list[tuple[float, float | None] | None]:
    """Return, body by body, the part of the range in use [1] and the load [N].

    None stands for a body that cannot take this position: its legs, with its errors of reading, do
    not reach the plate.
    """
    found: list[tuple[float, float | None] | None] = []
    for lifter in crowd:
        try:
            found.append(lifter.outcome())
        except OutOfRange:
            found.append(None)
    return found


def summarise(setup: Setup, bodies: Sequence[Body] | None = None) -> Summary:
    """Return what plausible bodies like the reader's show in one setup.

    Args:
        setup: body, machine and technique; checked when it was made.
        bodies: the plausible bodies; without them, `plausible_bodies()`.

    Returns:
        Shares [1] and bands: fraction of the own range [1], load at L5/S1 [N, body weights].

    Raises:
        OutOfRange: the feet cannot be where the setup says they are, or not for one of the bodies.

    Source:
        The chain, drawn over the assumed ranges of its unknowns.

    Example:
        >>> summarise(Setup(knee_deg=60)).verdict
        'moderate'
    """
    note = evaluate(setup).note  # refuses a setup that the body in the middle cannot take
    found = outcomes(lifters(setup, plausible_bodies() if bodies is None else bodies))
    reached = [outcome for outcome in found if outcome is not None]
    if not reached:
        raise OutOfRange("bodies", 0, 1, len(found), BODIES.unit, NOBODY_REACHES)
    fractions = [fraction for fraction, _ in reached]
    newtons = [load_n for _, load_n in reached if load_n is not None]
    weight_n = setup.body_mass_kg * GRAVITY.value
    past = sum(fraction > THREE_QUARTERS.value for fraction in fractions) / len(reached)
    return Summary(
        bodies=len(reached),
        share_past=past,
        verdict=verdict(past),
        flexion_fraction=band(fractions),
        share_off_seat=sum(fraction >= REACHABLE.value for fraction in fractions) / len(reached),
        load_n=band(newtons) if newtons else None,
        load_body_weights=band([load_n / weight_n for load_n in newtons]) if newtons else None,
        note=note,
    )
