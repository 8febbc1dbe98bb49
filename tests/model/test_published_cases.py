"""Does the model give what mechanics and publications give?

The cases lie in published/*.json. Point PUBLISHED_CASES at any other folder of such files to hold
the model against further tables.
"""

import json
import os
from collections.abc import Callable
from math import cos, radians, sin
from pathlib import Path
from typing import Any

import pytest

from interactive.model import evidence, loads, posture, units
from interactive.model.anthropometry import Legs, both_legs_mass_kg, leg_lengths
from interactive.model.chain import Setup, evaluate
from interactive.model.geometry import Pose, pose, pose_at_sled, sled_travel_m
from interactive.model.sled import sled_force_n

FOLDER = Path(os.environ.get("PUBLISHED_CASES", Path(__file__).parent / "published"))

Inputs = dict[str, Any]


def legs(inputs: Inputs) -> Legs:
    """Lengths given outright, or as fractions of a height, seen without a stance."""
    if "thigh_m" in inputs:
        return Legs(inputs["thigh_m"], inputs["shank_m"])
    fractions = {
        f"{part}_fraction": inputs[f"{part}_frac"]
        for part in ("thigh", "shank")
        if f"{part}_frac" in inputs
    }
    return leg_lengths(100 * inputs["height_m"], stance_deg=0, **fractions)


def placed(inputs: Inputs, foot_offset: str = "foot_offset_m") -> Pose:
    """The pose at the sled's place or at the knee bend, whichever the case gives."""
    body = legs(inputs)
    machine = (inputs.get("rail_deg", 45), inputs.get("recline_deg", 32))
    if "rail_distance_m" in inputs:
        return pose_at_sled(
            body.thigh_m, body.shank_m, inputs[foot_offset], inputs["rail_distance_m"], *machine
        )
    return pose(
        body.thigh_m, body.shank_m, inputs[foot_offset], inputs["knee_flexion_deg"], *machine
    )


def trunk_thigh_flexion(inputs: Inputs) -> float:
    if inputs.get("condition") == "thigh vertical":
        # Thigh upright and shank square to it: the ankle's place follows, and the pose from that.
        rail_deg, link_m = inputs["rail_deg"], 0.43
        thigh = radians(90 - rail_deg)
        height_m = link_m * (sin(thigh) - cos(thigh))
        distance_m = link_m * (cos(thigh) + sin(thigh))
        upright = pose_at_sled(
            link_m, link_m, height_m, distance_m, rail_deg, inputs["recline_deg"]
        )
        return upright.trunk_thigh_deg
    return placed(inputs).trunk_thigh_deg


def difference(inputs: Inputs, figure: Callable[[Pose], float]) -> float:
    if "recline_from_deg" in inputs:
        start, end = (
            evaluate(Setup(backrest_deg=inputs[f"recline_{side}_deg"])).pose
            for side in ("from", "to")
        )
    else:
        start, end = (placed(inputs, f"foot_offset_{side}_m") for side in ("from", "to"))
    return figure(end) - figure(start)


def leg_weight_moment(inputs: Inputs) -> float:
    found, body = placed(inputs), legs(inputs)
    return loads.legs_moment_nm(
        inputs["mass_kg"],
        body.thigh_m,
        radians(found.thigh_deg),
        found.rail_distance_m,
        inputs["foot_offset_m"],
        radians(inputs["rail_deg"]),
    )


def upper_pad(inputs: Inputs) -> float:
    names = ("force_N", "line_of_action_m", "pelvic_contact_m", "thoracic_contact_m")
    return loads.upper_pad_n(*(inputs[name] for name in names))


def chain(inputs: Inputs) -> dict[str, float | None]:
    answer = evaluate(Setup(**inputs))
    figures = {
        "thigh_deg": answer.pose.thigh_deg,
        "trunk_thigh_deg": answer.pose.trunk_thigh_deg,
        "dorsiflexion_deg": answer.pose.dorsiflexion_deg,
        "lumbar_deg": answer.lumbar.flexion_deg,
        "flexion_fraction": answer.lumbar.fraction_of_range,
        "sled_force_n": answer.sled_force_n,
    }
    if answer.load is None:
        return figures
    return figures | {
        "hip_moment_nm": answer.load.hip_moment_nm,
        "upper_pad_n": answer.load.upper_pad_n,
        "compression_n": answer.load.compression_n,
    }


PRESSURES = {
    "relaxed standing": evidence.DISC_PRESSURE_STANDING,
    "lifting 20 kg, round flexed back": evidence.DISC_PRESSURE_LIFT_ROUND,
}

QUANTITIES: dict[str, Callable[[Inputs], Any]] = {
    "sled_force": lambda i: sled_force_n(i["mass_kg"], i["rail_deg"], i["mu"], tempo=1.0),
    "thigh_angle_deg": lambda i: placed(i).thigh_deg,
    "knee_flexion_deg": lambda i: placed(i).knee_deg,
    "trunk_thigh_flexion_deg": trunk_thigh_flexion,
    "ankle_dorsiflexion_deg": lambda i: placed(i).dorsiflexion_deg,
    "rail_distance_m": lambda i: placed(i).rail_distance_m,
    "sled_travel_m": lambda i: sled_travel_m(
        legs(i).thigh_m,
        legs(i).shank_m,
        i["foot_offset_m"],
        i["knee_top_deg"],
        i["knee_bottom_deg"],
    ),
    "change_in_trunk_thigh_flexion_deg": lambda i: difference(i, lambda p: p.trunk_thigh_deg),
    "change_in_knee_flexion_deg": lambda i: difference(i, lambda p: p.knee_deg),
    "upper_pad_reaction_N": upper_pad,
    "l5s1_moment_Nm": lambda i: loads.l5s1_moment_nm(
        upper_pad(i), i["thoracic_contact_m"], i["l5s1_m"]
    ),
    "leg_weight_moment_about_hip_Nm": leg_weight_moment,
    "thigh_length_m": lambda i: legs(i).thigh_m,
    "shank_length_m": lambda i: legs(i).shank_m,
    "both_legs_mass_kg": lambda i: both_legs_mass_kg(i["mass_kg"]),
    "wilke_pressure_MPa": lambda i: PRESSURES[i["activity"]].value,
    "force_from_pressure_N": lambda i: evidence.disc_force_n(
        i["pressure_MPa"], i["area_mm2"], i["factor"]
    ),
    "niosh_compression_limits_N": lambda _: [
        evidence.WORKPLACE_COMPRESSION.value,
        evidence.WORKPLACE_COMPRESSION_MOST.value,
    ],
    "pelvic_share_supine_bilateral": lambda _: [
        evidence.PELVIC_SHARE_SUPINE_LEAST.value,
        evidence.PELVIC_SHARE_SUPINE_MOST.value,
    ],
    "pelvic_share_standing_unilateral": lambda _: evidence.PELVIC_SHARE_STANDING.value,
    "pelvic_share_hanging_range": lambda _: [
        evidence.PELVIC_SHARE_HANGING_LEAST.value,
        evidence.PELVIC_SHARE_HANGING_MOST.value,
    ],
    "flexion_threshold_fraction": lambda _: posture.THREE_QUARTERS.value,
    "leg_press_peak_bp_mmHg": lambda _: [
        evidence.BLOOD_PRESSURE_UPPER.value,
        evidence.BLOOD_PRESSURE_LOWER.value,
    ],
    "leg_press_iap_kPa": lambda _: [
        units.kilopascals(evidence.BELLY_PRESSURE_LEAST.value),
        units.kilopascals(evidence.BELLY_PRESSURE_MOST.value),
    ],
    "belt_squat_erector_reduction_percent": lambda _: [
        evidence.BELT_SQUAT_LESS_IMPULSE.value,
        evidence.BELT_SQUAT_LESS_PEAK.value,
    ],
    "chain": chain,
}


def published_cases(folder: Path) -> list[dict[str, Any]]:
    return [case for file in sorted(folder.glob("*.json")) for case in json.loads(file.read_text())]


def shortcomings(case: dict[str, Any]) -> list[str]:
    """Say, figure by figure, where the model misses what a case expects."""
    if case["quantity"] not in QUANTITIES:
        return [f"the model has no quantity named {case['quantity']!r}"]
    found = QUANTITIES[case["quantity"]](case["inputs"])
    expected, tolerance = case["expected"], case["tolerance"]
    if not isinstance(expected, dict):
        values = expected if isinstance(expected, list) else [expected]
        expected = dict(enumerate(values))
        found = dict(enumerate(found if isinstance(found, list) else [found]))
    return [
        f"{case['quantity']} {name}: {found.get(name)} instead of {wanted}"
        for name, wanted in expected.items()
        if found.get(name) is None
        or not abs(found[name] - wanted)
        <= (tolerance[name] if isinstance(tolerance, dict) else tolerance)
    ]


@pytest.mark.parametrize("case", published_cases(FOLDER), ids=lambda case: str(case["id"]))
def test_the_model_gives_the_published_value(case: dict[str, Any]) -> None:
    assert shortcomings(case) == []


def test_the_folder_of_published_cases_is_not_empty() -> None:
    assert published_cases(FOLDER)


def test_an_unknown_quantity_fails_by_its_name() -> None:
    case = {"quantity": "grip_force_n", "inputs": {}, "expected": 1, "tolerance": 0}
    assert shortcomings(case) == ["the model has no quantity named 'grip_force_n'"]


def test_a_wrong_value_fails_whether_one_or_several_are_expected() -> None:
    force = {"mass_kg": 100, "rail_deg": 45, "mu": 0}
    one = {"quantity": "sled_force", "inputs": force, "expected": 700.0, "tolerance": 0.05}
    several = {"quantity": "chain", "inputs": {}, "expected": {"thigh_deg": 60.0, "toes": 1.0}}
    assert len(shortcomings(one)) == 1
    assert len(shortcomings(several | {"tolerance": {"thigh_deg": 0.01, "toes": 1}})) == 2


@pytest.mark.parametrize(("rail_deg", "recline_deg"), [(45, 32), (0, 60), (90, 0)])
def test_with_the_thigh_upright_the_fold_is_90_and_the_recline(
    rail_deg: float, recline_deg: float
) -> None:
    inputs = {"rail_deg": rail_deg, "recline_deg": recline_deg, "condition": "thigh vertical"}
    assert trunk_thigh_flexion(inputs) == pytest.approx(90 + recline_deg)


def test_both_legs_of_80_kg_weigh_a_third_of_it() -> None:
    case = {"quantity": "both_legs_mass_kg", "inputs": {"mass_kg": 80}}
    assert shortcomings(case | {"expected": 25.76, "tolerance": 1e-9}) == []
