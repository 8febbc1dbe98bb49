"""What the whole chain gives for random setups: run by several Pythons, it must give the same."""

import json
import random

from interactive.model.chain import INPUTS, Setup, evaluate
from interactive.model.cited import OutOfRange

SETUPS = 2000


def numbers() -> str:
    """Return, as JSON, the numbers of each random setup, or None where it cannot be."""
    chance = random.Random(2026)
    found = []
    for _ in range(SETUPS):
        inputs = {
            field: limits.low + chance.random() * (limits.high - limits.low)
            for field, limits in INPUTS.items()
        }
        try:
            answer = evaluate(Setup(**inputs))  # type: ignore[arg-type]
        except OutOfRange:
            found.append(None)
            continue
        pose, lumbar, load = answer.pose, answer.lumbar, answer.load
        found.append(
            [pose.thigh_deg, pose.trunk_thigh_deg, pose.dorsiflexion_deg, pose.rail_distance_m]
            + [lumbar.flexion_deg, lumbar.fraction_of_range, lumbar.hip_limit_deg]
            + ([load.hip_moment_nm, load.upper_pad_n, load.compression_n] if load else [])
        )
    return json.dumps(found)


if __name__ == "__main__":
    print(numbers())
