"""Two setups side by side on the same plausible bodies, so that what is unknown in both cancels."""

from collections.abc import Sequence
from dataclasses import dataclass

from interactive.model.chain import Body, Setup, evaluate, lifters
from interactive.model.posture import THREE_QUARTERS
from interactive.model.uncertainty import Band, band, outcomes, plausible_bodies


@dataclass(frozen=True)
class Comparison:
    """What changes from one setup to another, body by body.

    `bodies` counts those who can take both positions. The bands are of the differences, after less
    before. `share_helped` is the share of bodies that were past the line and no longer are,
    `share_harmed` of those that now are. `load_change_n` is None where either has no load.
    """

    confidence = "moderate"
    load_confidence = "low"

    bodies: int
    share_before: float
    share_after: float
    share_helped: float
    share_harmed: float
    flexion_change: Band
    load_change_n: Band | None


def compare(before: Setup, after: Setup, bodies: Sequence[Body] | None = None) -> Comparison:
    """Return what changes from one setup to another, with the uncertainty of the difference itself.

    Args:
        before, after: the two setups; checked when they were made.
        bodies: the plausible bodies; without them, `plausible_bodies()`.

    Returns:
        Shares of bodies past the line, helped and harmed [1], and bands of the change in the
        fraction of the own range [1] and in the load at L5/S1 [N].

    Raises:
        OutOfRange: the feet cannot be where one of the setups says they are.

    Source:
        The chain on the same bodies twice.

    Example:
        >>> flatter = compare(Setup(), Setup(backrest_deg=22))
        >>> flatter.share_harmed, flatter.flexion_change.p90 < 0
        (0.0, True)
    """
    evaluate(before)
    evaluate(after)
    bodies = plausible_bodies() if bodies is None else bodies
    pairs = [
        (old, new)
        for old, new in zip(
            outcomes(lifters(before, bodies)), outcomes(lifters(after, bodies)), strict=True
        )
        if old is not None and new is not None
    ]
    past = [(old[0] > THREE_QUARTERS.value, new[0] > THREE_QUARTERS.value) for old, new in pairs]
    changes_n = [new[1] - old[1] for old, new in pairs if old[1] is not None and new[1] is not None]
    return Comparison(
        bodies=len(pairs),
        share_before=sum(was for was, _ in past) / len(past),
        share_after=sum(now for _, now in past) / len(past),
        share_helped=sum(was and not now for was, now in past) / len(past),
        share_harmed=sum(now and not was for was, now in past) / len(past),
        flexion_change=band([new[0] - old[0] for old, new in pairs]),
        load_change_n=band(changes_n) if changes_n else None,
    )
