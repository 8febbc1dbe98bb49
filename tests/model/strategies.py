"""Setups, bodies and bad values for the tests that try many."""

from collections.abc import Mapping
from math import inf, nan

from hypothesis import strategies as st

from interactive.model.chain import INPUTS, NOMINAL, SELF_TESTS, UNKNOWNS, Body, Setup
from interactive.model.cited import Assumed
from interactive.model.sled import RESISTANCES
from interactive.model.uncertainty import plausible_bodies

NO_NUMBERS = (nan, inf, -inf, "steep", "45", "", None, True, False, [45], 45j)

# so deep, with feet so high, that only some plausible bodies reach the plate
EDGE = Setup(stature_cm=150.0, rail_deg=0.0, backrest_deg=20.0, foot_height_cm=36.0, knee_deg=118.0)

floats = st.floats

# Drawn whole: 25 numbers at a time would take hypothesis longer than the model takes to use them.
bodies = st.sampled_from(
    [
        NOMINAL,
        Body(**{field: unknown.low for field, unknown in UNKNOWNS.items()}),
        Body(**{field: unknown.high for field, unknown in UNKNOWNS.items()}),
        *plausible_bodies(seed=8, count=60),
    ]
)


def _within(quantities: Mapping[str, Assumed]) -> dict[str, st.SearchStrategy[float]]:
    return {field: st.floats(q.low, q.high) for field, q in quantities.items()}


def setups(**fixed: st.SearchStrategy[object]) -> st.SearchStrategy[Setup]:
    """Any setup a reader can make, with some fields drawn otherwise."""
    tests = {field: st.none() | st.floats(q.low, q.high) for field, q in SELF_TESTS.items()}
    choices = {
        "resistance": st.sampled_from(RESISTANCES),
        "shoulder_pads": st.booleans(),
    }
    return st.builds(Setup, **(_within(INPUTS) | tests | choices | fixed))
