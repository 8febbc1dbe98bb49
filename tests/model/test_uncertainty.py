"""Are the plausible bodies spread the way the assumptions say, the same for every reader?"""

from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from statistics import NormalDist, fmean, pstdev, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interactive.model.chain import NOMINAL, NOT_DESCRIBED, UNKNOWNS, Setup, evaluate, lifters
from interactive.model.cited import Assumed, OutOfRange
from interactive.model.posture import REACHABLE, SOFTNESS, SPINE_SHARE, THREE_QUARTERS
from interactive.model.sled import GRAVITY
from interactive.model.uncertainty import (
    NOBODY_REACHES,
    Band,
    band,
    normal_below,
    normal_quantile,
    outcomes,
    percentile,
    plausible_bodies,
    summarise,
    uniform_stream,
    value_at,
    verdict,
)
from tests.model.strategies import EDGE, NO_NUMBERS, setups


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first = repr(plausible_bodies.__wrapped__(5, 50))
    assert first == repr(plausible_bodies.__wrapped__(5, 50))
    assert first != repr(plausible_bodies.__wrapped__(6, 50))


def test_without_being_asked_there_are_200_bodies_of_seed_1() -> None:
    assert plausible_bodies() == plausible_bodies(seed=1, count=200)


def test_the_stream_of_chance_never_changes() -> None:
    # written down once; a change here changes every share on the site
    assert list(islice(uniform_stream(1), 3)) == [
        0.795447749253532,
        0.5005112827950045,
        0.5539353613127292,
    ]


@given(st.integers(0, 2**32))
def test_the_stream_of_chance_is_even(seed: int) -> None:
    drawn = list(islice(uniform_stream(seed), 4000))
    assert all(0 <= number < 1 for number in drawn)
    assert fmean(drawn) == pytest.approx(0.5, abs=0.025)  # 5 standard errors
    assert pstdev(drawn) == pytest.approx(12**-0.5, abs=0.012)
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("field", [field for field in UNKNOWNS if field != "rail_friction"])
def test_every_unknown_takes_one_value_from_each_part_of_its_range(field: str) -> None:
    quantity = UNKNOWNS[field]
    found = sorted(getattr(body, field) for body in plausible_bodies(2, 100))
    edges = [value_at(quantity, part / 100) for part in range(101)]
    for low, value, high in zip(edges, found, edges[1:], strict=False):
        assert low - 1e-9 <= value <= high + 1e-9


def test_no_two_unknowns_run_in_step() -> None:
    bodies = plausible_bodies(1, 2000)
    columns = [
        [getattr(body, field) for body in bodies] for field in UNKNOWNS if field != "rail_friction"
    ]
    for place, first in enumerate(columns):
        for second in columns[place + 1 :]:
            assert abs(correlation(first, second)) < 0.12  # more than 5 standard errors


def correlation(first: list[float], second: list[float]) -> float:
    mean_first, mean_second = fmean(first), fmean(second)
    together = fmean(
        (a - mean_first) * (b - mean_second) for a, b in zip(first, second, strict=True)
    )
    return together / pstdev(first) / pstdev(second)


def test_rail_friction_keeps_its_middle_value() -> None:
    assert {body.rail_friction for body in plausible_bodies()} == {NOMINAL.rail_friction}


@given(st.floats(0.0001, 0.9999))
def test_the_normal_quantile_is_that_of_the_standard_library(share: float) -> None:
    assert normal_quantile(share) == pytest.approx(NormalDist().inv_cdf(share), abs=1e-9)


@given(st.floats(-4, 4))
def test_the_normal_share_is_that_of_the_standard_library(deviations: float) -> None:
    assert normal_below(deviations) == pytest.approx(NormalDist().cdf(deviations), abs=1e-12)


@given(st.floats(0, 1))
def test_a_normal_unknown_is_cut_off_at_its_ends_and_not_piled_up_there(share: float) -> None:
    wide = Assumed(value=5, unit="1", low=3, high=8, spread=2, reason="an example")
    normal = NormalDist(5, 2)
    value = value_at(wide, share)
    assert 3 <= value <= 8
    inside = (normal.cdf(value) - normal.cdf(3)) / (normal.cdf(8) - normal.cdf(3))
    assert inside == pytest.approx(share, abs=1e-9)


def test_an_even_unknown_is_spread_from_end_to_end() -> None:
    assert [value_at(SOFTNESS, share) for share in (0, 0.25, 1)] == [4, 5.5, 10]
    assert value_at(SPINE_SHARE, 0) == pytest.approx(0.13)
    assert value_at(SPINE_SHARE, 1) == pytest.approx(0.36)


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=50))
def test_a_band_has_the_percentiles_of_the_standard_library(values: list[float]) -> None:
    tenths = quantiles(values, n=10, method="inclusive")
    found = band(values)
    expected = [tenths[0], tenths[4], tenths[8]]
    assert [found.p10, found.p50, found.p90] == pytest.approx(expected, rel=1e-9, abs=1e-6)


def test_a_single_value_is_its_own_band() -> None:
    assert band([7.0]) == Band(7.0, 7.0, 7.0)
    assert percentile([1.0, 3.0], 1.0) == 3.0


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (0.0, "low"),
        (0.0999, "low"),
        (0.10, "moderate"),
        (0.3299, "moderate"),
        (0.33, "elevated"),
        (0.67, "elevated"),
        (0.6701, "high"),
        (1.0, "high"),
    ],
)
def test_a_share_has_its_word(share: float, word: str) -> None:
    assert verdict(share) == word


@pytest.mark.parametrize("bad", [*NO_NUMBERS, -1, 2**32 + 1, 0.5])
def test_a_seed_is_a_whole_number(bad: object) -> None:
    with pytest.raises(OutOfRange) as refused:
        plausible_bodies.__wrapped__(seed=bad)
    assert (refused.value.field, refused.value.low, refused.value.high) == ("seed", 0, 2**32)


@pytest.mark.parametrize("bad", [*NO_NUMBERS, 1, 20_001, 100.5])
def test_a_number_of_bodies_is_a_whole_number_from_2(bad: object) -> None:
    with pytest.raises(OutOfRange) as refused:
        plausible_bodies.__wrapped__(count=bad)
    assert (refused.value.field, refused.value.low, refused.value.high) == ("count", 2, 20_000)


def test_half_a_body_is_refused_in_words() -> None:
    with pytest.raises(OutOfRange) as refused:
        plausible_bodies(count=100.5)
    assert refused.value.sentence == "count counts, so it must be a whole number."
    assert (refused.value.value, refused.value.unit) == (100.5, "bodies")
    assert len(plausible_bodies(count=100.0)) == 100


def test_a_summary_counts_what_each_body_shows() -> None:
    setup, bodies = Setup(knee_deg=112.0), plausible_bodies(4, 60)
    answers = [lifter.answer() for lifter in lifters(setup, bodies)]
    fractions = [answer.lumbar.fraction_of_range for answer in answers]
    newtons = [answer.load.compression_n for answer in answers if answer.load]
    found = summarise(setup, bodies)
    assert found.bodies == 60
    assert found.share_past == sum(f > THREE_QUARTERS.value for f in fractions) / 60
    assert found.share_off_seat == sum(a.lumbar.hips_leave_seat for a in answers) / 60
    assert 0 < found.share_off_seat < found.share_past < 1
    assert found.verdict == verdict(found.share_past)
    assert found.flexion_fraction == band(fractions)
    assert found.load_n == band(newtons)
    weight_n = 80 * GRAVITY.value
    assert found.load_body_weights == band([n / weight_n for n in newtons])
    assert found.note == ""
    assert (found.confidence, found.load_confidence) == ("moderate", "low")


def test_a_body_exactly_on_the_line_is_not_past_it() -> None:
    body = NOMINAL
    below, above = 0.0, 150.0
    for _ in range(200):  # the bend at which the fraction crosses the line, to the last digit
        middle = (below + above) / 2
        past = evaluate(Setup(knee_deg=middle)).lumbar.fraction_of_range > THREE_QUARTERS.value
        below, above = (below, middle) if past else (middle, above)
    assert summarise(Setup(knee_deg=below), [body]).share_past == 0
    assert summarise(Setup(knee_deg=above), [body]).share_past == 1


def test_a_summary_without_a_load_says_why() -> None:
    found = summarise(Setup(resistance="unknown"))
    assert (found.load_n, found.load_body_weights, found.note) == (None, None, NOT_DESCRIBED)
    assert found.share_past == summarise(Setup()).share_past


def test_bodies_that_cannot_reach_the_plate_are_left_out_and_not_counted() -> None:
    found = summarise(EDGE)
    assert 0 < found.bodies < 200
    assert outcomes(lifters(EDGE, plausible_bodies())).count(None) == 200 - found.bodies
    assert found.share_past * found.bodies == pytest.approx(round(found.share_past * found.bodies))


def test_a_position_that_no_body_can_take_is_refused() -> None:
    with pytest.raises(OutOfRange) as refused:
        summarise(EDGE, [replace(NOMINAL, knee_error_deg=10.0, foot_error_cm=5.0)])
    assert refused.value.sentence == NOBODY_REACHES
    assert (refused.value.field, refused.value.value) == ("bodies", 0)
    assert (refused.value.low, refused.value.high, refused.value.unit) == (1, 1, "bodies")


def test_a_position_that_the_body_in_the_middle_cannot_take_is_refused() -> None:
    with pytest.raises(OutOfRange, match="cannot be reached"):
        summarise(Setup(stature_cm=140.0, foot_height_cm=40.0, knee_deg=140.0))


@given(setups(), st.floats(1, 20))
def test_the_share_past_the_line_never_grows_when_the_backrest_goes_flatter(
    setup: Setup, flatter_deg: float
) -> None:
    flat = replace(setup, backrest_deg=max(0.0, setup.backrest_deg - flatter_deg))
    bodies = plausible_bodies(9, 40)
    found = outcomes(lifters(setup, bodies)), outcomes(lifters(flat, bodies))
    for steep_outcome, flat_outcome in zip(*found, strict=True):
        assert flat_outcome or not steep_outcome  # who can take the steep one can take the flat one
        if steep_outcome and flat_outcome:
            assert flat_outcome[0] <= min(steep_outcome[0] + 1e-12, REACHABLE.value)


def test_at_the_default_a_flatter_backrest_helps_many_bodies() -> None:
    shares = [summarise(Setup(backrest_deg=angle)).share_past for angle in (42.0, 32.0, 22.0)]
    assert shares[0] > shares[1] + 0.1 > shares[2] + 0.2


def test_a_function_that_draws_bodies_draws_them_once() -> None:
    draw: Callable[..., object] = plausible_bodies
    assert draw(1, 200) is draw(1, 200)
