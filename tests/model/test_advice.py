"""Is the change that is named first really the one that helps most?"""

from dataclasses import fields, replace
from itertools import pairwise

import pytest

from interactive.model import advice
from interactive.model.advice import (
    BACKREST_FLATTER,
    CHANGES,
    FEET_HIGHER,
    FEET_LOWER,
    FEWER_PLATES,
    FULL_BRACE,
    NO_BRACE,
    SLOW_TURN_ROUND,
    STANCE_WIDER,
    STOP_EARLIER,
    changed,
    ranked_changes,
    what_opens,
)
from interactive.model.chain import NOMINAL, Setup, evaluate
from interactive.model.cited import OutOfRange
from interactive.model.comparison import compare
from interactive.model.depth import depth_windows
from interactive.model.sensitivity import self_tests, swings
from interactive.model.uncertainty import plausible_bodies, summarise
from tests.model.strategies import EDGE, NO_NUMBERS


def differences(before: Setup, after: Setup | None) -> dict[str, object]:
    assert after is not None
    return {
        field.name: getattr(after, field.name)
        for field in fields(Setup)
        if getattr(after, field.name) != getattr(before, field.name)
    }


@pytest.mark.parametrize(
    ("name", "field", "value", "words"),
    [
        (STOP_EARLIER, "knee_deg", 85, "Stop 10° of knee bend earlier"),
        (BACKREST_FLATTER, "backrest_deg", 22, "Set the backrest 10° flatter"),
        (FEWER_PLATES, "plates_kg", 96, "Take 20 % of the plates off"),
        (SLOW_TURN_ROUND, "tempo", 1.0, "Turn round slowly at the bottom"),
        (FULL_BRACE, "brace", 1.0, "Brace as hard as you can"),
        (NO_BRACE, "brace", 0.0, "Do not brace"),
    ],
)
def test_a_change_changes_one_thing(name: str, field: str, value: float, words: str) -> None:
    assert differences(Setup(), changed(Setup(), name)) == {field: pytest.approx(value)}
    assert CHANGES[name] == words


@pytest.mark.parametrize(
    ("name", "field", "value", "words"),
    [
        (FEET_LOWER, "foot_height_cm", 7, "Set the feet 5 cm lower, same sled stop"),
        (FEET_HIGHER, "foot_height_cm", 17, "Set the feet 5 cm higher, same sled stop"),
        (STANCE_WIDER, "stance_deg", 20, "Open each thigh 8° wider, same sled stop"),
    ],
)
def test_feet_move_while_the_sled_stops_where_it_did(
    name: str, field: str, value: float, words: str
) -> None:
    for setup in (Setup(), Setup(plate_tilt_deg=15.0)):
        after = changed(setup, name)
        assert after is not None
        knee_deg = after.knee_deg
        assert differences(setup, after) == {field: value, "knee_deg": knee_deg}
        stop_m = evaluate(setup).pose.rail_distance_m
        assert evaluate(after).pose.rail_distance_m == pytest.approx(stop_m)
    assert CHANGES[name] == words


@pytest.mark.parametrize(
    ("setup", "name"),
    [
        (Setup(knee_deg=9.0), STOP_EARLIER),
        (Setup(backrest_deg=9.0), BACKREST_FLATTER),
        (Setup(foot_height_cm=-6.0), FEET_LOWER),
        (Setup(foot_height_cm=36.0), FEET_HIGHER),
        (Setup(knee_deg=0.5), FEET_HIGHER),
        (Setup(stance_deg=33.0), STANCE_WIDER),
        (Setup(plates_kg=0.0), FEWER_PLATES),
        (Setup(tempo=1.0), SLOW_TURN_ROUND),
        (Setup(brace=1.0), FULL_BRACE),
        (Setup(brace=0.0), NO_BRACE),
    ],
)
def test_a_change_that_cannot_be_made_is_not_offered(setup: Setup, name: str) -> None:
    assert changed(setup, name) is None
    assert name not in {change.name for change in ranked_changes(setup)}


def test_changes_are_ranked_by_the_share_and_bracing_not_at_all() -> None:
    found = ranked_changes(Setup())
    assert {change.name for change in found} == set(CHANGES)
    ranked = [change for change in found if change.rank is not None]
    assert [change.rank for change in ranked] == sorted(change.rank or 0 for change in ranked)
    assert [change.name for change in found[len(ranked) :]] == [FULL_BRACE, NO_BRACE]
    before = summarise(Setup())
    for change in found:
        after = summarise(change.setup)
        assert change.share_change == after.share_past - before.share_past
        assert after.load_n is not None
        assert before.load_n is not None
        assert change.load_change_n == after.load_n.p50 - before.load_n.p50
        assert change.words == CHANGES[change.name]
        assert (change.confidence, change.load_confidence) == ("moderate", "low")


def test_changes_closer_than_three_points_share_a_rank_and_the_lighter_comes_first() -> None:
    found = [change for change in ranked_changes(Setup()) if change.rank is not None]
    leaders: dict[int, float] = {}
    for change in found:
        assert change.rank is not None
        group = [other for other in found if other.rank == change.rank]
        leaders[change.rank] = min(other.share_change for other in group)
        assert change.share_change - leaders[change.rank] < 0.03
        loads = [other.load_change_n or 0 for other in group]
        assert loads == sorted(loads)
    ordered = [leaders[rank] for rank in sorted(leaders)]
    assert all(later - earlier >= 0.03 for earlier, later in pairwise(ordered))
    assert [sum(other.share_change < leaders[rank] for other in found) + 1 for rank in leaders] == (
        list(leaders)
    )


def test_equal_shares_share_a_rank() -> None:
    ranks = {change.name: change.rank for change in ranked_changes(Setup())}
    assert ranks[FEWER_PLATES] == ranks[SLOW_TURN_ROUND]
    assert ranks[BACKREST_FLATTER] == 1
    assert ranks[FEET_HIGHER] == max(rank for rank in ranks.values() if rank)


def test_the_first_change_and_the_first_three_stay_the_same_over_ten_seeds() -> None:
    tops = []
    for seed in range(1, 11):
        found = ranked_changes(Setup(), plausible_bodies(seed))
        tops.append((found[0].name, {change.name for change in found[:3]}))
    expected = (BACKREST_FLATTER, {BACKREST_FLATTER, FEET_LOWER, STOP_EARLIER})
    assert tops == [expected] * 10


def test_without_a_load_changes_are_ranked_by_posture_alone() -> None:
    found = ranked_changes(Setup(resistance="unknown"))
    assert found[0].name == BACKREST_FLATTER
    assert {change.load_change_n for change in found} == {None}


def test_a_load_that_comes_to_nothing_has_no_change() -> None:
    fewer = next(
        change
        for change in ranked_changes(Setup(sled_kg=0.0, plates_kg=6.0))
        if change.name == FEWER_PLATES
    )
    assert fewer.load_change_n is None


def test_an_empty_window_names_the_change_that_opens_it() -> None:
    opening = what_opens(Setup())
    assert opening is not None
    assert (opening.name, opening.words) == (BACKREST_FLATTER, "Set the backrest 10° flatter")
    assert opening.setup == Setup(backrest_deg=22.0)
    assert not depth_windows(opening.setup)[0].is_empty


@pytest.mark.parametrize(
    ("setup", "flatter_deg"),
    [
        (Setup(backrest_deg=40.0), 20),
        (Setup(backrest_deg=50.0), 30),
        (Setup(backrest_deg=62.0), 40),
        (Setup(rail_deg=65.0, backrest_deg=20.0), 20),  # down to lying flat
    ],
)
def test_where_one_notch_is_not_enough_the_backrest_goes_further(
    setup: Setup, flatter_deg: float
) -> None:
    opening = what_opens(setup)
    assert opening is not None
    assert opening.name == BACKREST_FLATTER
    assert opening.words == f"Set the backrest {flatter_deg}° flatter"
    assert opening.setup == replace(setup, backrest_deg=setup.backrest_deg - flatter_deg)
    less = replace(setup, backrest_deg=setup.backrest_deg - flatter_deg + 10)
    assert depth_windows(less)[0].is_empty


def test_a_backrest_is_not_proposed_to_become_another_machine() -> None:
    assert what_opens(Setup(backrest_deg=72.0)) is None


def test_what_opens_a_window_depends_on_the_bodies() -> None:
    stiff = replace(NOMINAL, hip_limit_deg=78.0, lumbar_range_deg=34.0, spine_share=0.36)
    opening = what_opens(Setup(), bodies=[stiff])
    assert opening is not None
    assert opening.words == "Set the backrest 20° flatter"


def test_where_the_backrest_is_flat_already_another_change_may_open_the_window() -> None:
    flat = Setup(rail_deg=70.0, backrest_deg=5.0)
    assert depth_windows(flat)[0].is_empty
    opening = what_opens(flat)
    assert opening is not None
    assert opening.name in {FEET_LOWER, STANCE_WIDER}
    assert not depth_windows(opening.setup)[0].is_empty


def test_where_no_single_change_opens_the_window_there_is_none() -> None:
    assert what_opens(Setup(straight_leg_raise_deg=30.0, rail_deg=90.0)) is None


def test_a_laxer_window_opens_more_easily() -> None:
    steep = Setup(backrest_deg=50.0)
    strict, lax = what_opens(steep), what_opens(steep, level=0.5)
    assert strict is not None
    assert lax is not None
    assert lax.setup.backrest_deg > strict.setup.backrest_deg


@pytest.mark.parametrize("bad", [*NO_NUMBERS, 0, 1])
def test_a_share_outside_its_range_is_refused(bad: object) -> None:
    with pytest.raises(OutOfRange) as refused:
        what_opens(Setup(), level=bad)  # type: ignore[arg-type]
    problem = refused.value
    assert (problem.field, problem.low, problem.high, problem.unit) == ("level", 0.01, 0.99, "1")


def test_advice_for_a_setup_out_of_reach_is_refused() -> None:
    unreachable = Setup(stature_cm=140.0, foot_height_cm=40.0, knee_deg=140.0)
    for ask in (ranked_changes, swings, self_tests, lambda setup: compare(setup, Setup())):
        with pytest.raises(OutOfRange, match="cannot be reached"):
            ask(unreachable)
    with pytest.raises(OutOfRange, match="cannot be reached"):
        compare(Setup(), unreachable)


def test_a_comparison_pairs_the_same_bodies() -> None:
    before, after = Setup(), Setup(knee_deg=85.0)
    found = compare(before, after)
    assert found.bodies == 200
    assert found.share_before == summarise(before).share_past
    assert found.share_after == summarise(after).share_past
    helped = found.share_before - found.share_after
    assert found.share_helped - found.share_harmed == pytest.approx(helped)
    assert found.flexion_change.p10 < found.flexion_change.p50 < found.flexion_change.p90 < 0
    assert found.load_change_n is not None
    assert found.load_change_n.p50 < 0
    assert (found.confidence, found.load_confidence) == ("moderate", "low")


def test_the_spread_that_both_setups_share_cancels_in_their_difference() -> None:
    found = compare(Setup(), Setup(backrest_deg=22.0))
    alone = summarise(Setup()).flexion_fraction
    assert found.flexion_change.p90 - found.flexion_change.p10 < (alone.p90 - alone.p10) / 2


def test_the_way_back_mirrors_the_way_there() -> None:
    there, back = compare(Setup(), Setup(knee_deg=85.0)), compare(Setup(knee_deg=85.0), Setup())
    assert (there.share_helped, there.share_harmed) == (back.share_harmed, back.share_helped)
    assert there.flexion_change.p10 == pytest.approx(-back.flexion_change.p90)
    assert there.load_change_n is not None
    assert back.load_change_n is not None
    assert there.load_change_n.p10 == pytest.approx(-back.load_change_n.p90)


def test_a_setup_compared_with_itself_shows_nothing() -> None:
    found = compare(Setup(), Setup())
    assert (found.share_helped, found.share_harmed) == (0, 0)
    assert found.flexion_change == type(found.flexion_change)(0, 0, 0)
    assert found.load_change_n == found.flexion_change


def test_a_comparison_counts_only_bodies_that_can_take_both_positions() -> None:
    reachable = summarise(EDGE).bodies
    easy = replace(EDGE, knee_deg=90.0)
    assert compare(EDGE, easy).bodies == compare(easy, EDGE).bodies == reachable < 200


def test_a_comparison_with_a_machine_without_a_load_compares_posture() -> None:
    found = compare(Setup(), Setup(resistance="unknown"))
    assert found.load_change_n is None
    assert compare(Setup(resistance="unknown"), Setup()).load_change_n is None
    assert found.flexion_change.p50 == 0


def test_the_hip_and_the_spine_drive_the_spread_at_depth() -> None:
    found = swings(Setup())
    sizes = [abs(swing.flexion_change) for swing in found]
    assert sizes == sorted(sizes, reverse=True)
    assert [swing.unknown for swing in found[:2]] == ["hip_limit_deg", "lumbar_range_deg"]
    assert found[0].flexion_change < 0
    by_name = {swing.unknown: swing for swing in found}
    assert by_name["foot_force_direction"].flexion_change == 0
    assert by_name["foot_force_direction"].load_change_n == max(
        swing.load_change_n or 0 for swing in found
    )
    assert by_name["rail_friction"].load_change_n is not None
    assert by_name["rail_friction"].load_change_n > 0
    assert (found[0].confidence, found[0].load_confidence) == ("moderate", "low")


def test_a_swing_runs_from_the_tenth_to_the_ninetieth_percentile() -> None:
    found = {swing.unknown: swing for swing in swings(Setup())}
    # an even unknown from 200 to 700 N swings over eight tenths of that
    assert found["co_contraction_n"].load_change_n == pytest.approx(400)


def test_a_self_test_takes_its_unknown_out_of_the_spread() -> None:
    found = {swing.unknown: swing for swing in swings(Setup(own_hip_flexion_deg=135.0))}
    assert found["hip_limit_deg"].flexion_change == 0
    assert found["hip_reading_error_deg"].flexion_change < 0


def test_an_unknown_that_puts_the_plate_out_of_reach_is_left_out() -> None:
    names = {swing.unknown for swing in swings(EDGE)}
    assert "knee_error_deg" not in names
    assert "rail_friction" in names
    assert "hip_limit_deg" in names


def test_without_a_load_a_swing_moves_the_bend_alone() -> None:
    assert {swing.load_change_n for swing in swings(Setup(resistance="unknown"))} == {None}


def test_each_self_test_narrows_the_answer() -> None:
    found = self_tests(Setup())
    assert [test.field for test in found] == ["own_lumbar_range_deg", "own_hip_flexion_deg"]
    spread = summarise(Setup()).flexion_fraction
    tested = summarise(Setup(own_lumbar_range_deg=54.0)).flexion_fraction
    assert found[0].width_without == spread.p90 - spread.p10
    assert found[0].width_with == tested.p90 - tested.p10
    hip = summarise(Setup(own_hip_flexion_deg=104 / (1 - 0.23))).flexion_fraction
    assert found[1].width_with == pytest.approx(hip.p90 - hip.p10)
    assert all(test.width_with < test.width_without for test in found)
    assert found[0].confidence == "moderate"


def test_a_self_test_already_made_is_not_proposed_again() -> None:
    left = self_tests(Setup(own_lumbar_range_deg=40.0))
    assert [test.field for test in left] == ["own_hip_flexion_deg"]
    share = 0.23 * 40 / 54
    both = Setup(own_lumbar_range_deg=40.0, own_hip_flexion_deg=104 / (1 - share))
    flexion = summarise(both).flexion_fraction
    assert left[0].width_with == pytest.approx(flexion.p90 - flexion.p10)
    assert self_tests(both) == ()


def test_other_bodies_give_other_advice_figures() -> None:
    few = plausible_bodies(seed=3, count=20)
    first = ranked_changes(Setup(), few)[0]
    gain = summarise(first.setup, few).share_past - summarise(Setup(), few).share_past
    assert first.share_change == gain != ranked_changes(Setup())[0].share_change
    assert compare(Setup(), Setup(knee_deg=60.0), few).bodies == 20
    narrow, wide = self_tests(Setup(), few)[0], self_tests(Setup())[0]
    assert narrow.field == wide.field
    assert narrow.width_without != wide.width_without
    assert narrow.width_with != wide.width_with


def test_every_word_of_advice_has_its_name() -> None:
    constants = [value for value in vars(advice).values() if isinstance(value, str)]
    names = {value for value in constants if value in CHANGES}
    assert names == set(CHANGES)
