"""How fast the model is in CPython, as multiples of a plain loop timed in the same run."""

from collections.abc import Callable
from math import sqrt
from time import perf_counter

from interactive.model.advice import ranked_changes, what_opens
from interactive.model.chain import Setup, evaluate
from interactive.model.depth import depth_windows
from interactive.model.uncertainty import plausible_bodies, summarise

ROUNDS = 40


def reference_loop() -> float:
    """Do what the limits count in: a thousand square roots, about 60 microseconds."""
    total = 0.0
    for number in range(1000):
        total += sqrt(number) * 1.5
    return total


def seconds(work: Callable[[], object], repeats: int) -> float:
    """Return how long one call takes, the mean of a few in a row."""
    start = perf_counter()
    for _ in range(repeats):
        work()
    return (perf_counter() - start) / repeats


def multiple(work: Callable[[], object], repeats: int, rounds: int = ROUNDS) -> float:
    """Return how many reference loops a call takes, the best of both over rounds taken in turn."""
    reference_s = work_s = float("inf")
    for _ in range(rounds):
        reference_s = min(reference_s, seconds(reference_loop, 3))
        work_s = min(work_s, seconds(work, repeats))
    return work_s / reference_s


def rows() -> list[dict[str, object]]:
    """Return a row a figure: name, value, unit, limit, and whether the limit holds."""
    setup = Setup()
    plausible_bodies()  # drawn once a visit, so not part of any figure
    figures: list[tuple[str, Callable[[], object], int, float]] = [
        ("model: one full evaluation", lambda: evaluate(setup), 200, 0.20),
        ("model: 200-body summary", lambda: summarise(setup), 1, 45.0),
        ("model: depth windows at 90, 75 and 50 %", lambda: depth_windows(setup), 1, 350.0),
        ("model: nine ranked changes", lambda: ranked_changes(setup), 1, 420.0),
        ("model: what opens an empty window", lambda: what_opens(setup), 1, 350.0),
    ]
    found: list[dict[str, object]] = []
    for name, work, repeats, limit in figures:
        value = multiple(work, repeats)
        unit = "reference loops"
        holds = value <= limit
        found.append({"name": name, "value": value, "unit": unit, "limit": limit, "holds": holds})
    return found


if __name__ == "__main__":
    for row in rows():
        print(
            f"{row['name']:42} {row['value']:8.3f} of {row['limit']:6} {row['unit']}", row["holds"]
        )
