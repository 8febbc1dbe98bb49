"""The three things to set follow from a machine's data and the model, and say nothing else."""

import re

import pytest

from hooks.machine_pages import described_machines
from hooks.machine_settings import MachineSettings, finder
from hooks.machines import machine_files
from hooks.wording import banned_words
from interactive.model.advice import BACKREST_FLATTER, ranked_changes
from interactive.model.chain import Setup
from interactive.press_answers import fewer, helpful

MACHINES = {found.slug: found for found in described_machines()}


@pytest.fixture(params=list(MACHINES))
def found(request: pytest.FixtureRequest) -> MachineSettings:
    return MACHINES[request.param]


def test_every_machine_is_described_in_the_order_of_its_file() -> None:
    assert list(MACHINES) == [file.slug for file in machine_files()]


def test_the_advice_on_the_backrest_is_what_the_model_says_of_this_machine(
    found: MachineSettings,
) -> None:
    setup = found.machine.carrying(Setup())
    helps = [one for one in helpful(ranked_changes(setup)) if one.name == BACKREST_FLATTER]
    backrest = found.settings[0]
    if helps:
        assert backrest.do == "Set the backrest flatter, if it moves."
        assert fewer(helps[0].share_change) in backrest.model
    else:
        assert backrest.do == "Leave the backrest as flat as it goes."
        assert backrest.model == ""


def test_the_depth_is_the_one_that_the_page_s_own_widget_shows(found: MachineSettings) -> None:
    answer = finder().answer(found.start).html
    assert answer
    depth, best = found.settings[2], found.finding.best
    if best.is_empty:
        assert "No depth keeps half" in answer
        assert "no depth keeps 10 in 20 bodies below the line" in depth.model
        assert "so stop early" in depth.why
    else:
        assert f"{best.level * 20:.0f} in 20 bodies" in depth.model
        if "every depth" not in depth.model:
            place = depth.model.partition(", ")[0]
            assert re.search("[Gg]o " + re.escape(place), answer)


def test_a_sled_has_a_sled_stop_and_other_machines_have_a_starting_place() -> None:
    assert "sled stop" in MACHINES["sled-45"].settings[2].do
    assert "starting place" in MACHINES["horizontal-stack"].settings[2].do


def test_every_assumption_about_the_machine_is_named_with_its_range(found: MachineSettings) -> None:
    said = dict(found.assumed)
    machine = found.machine
    for name, measure in (
        ("Rail", machine.rail),
        ("Backrest", machine.backrest),
        ("Plate", machine.plate_tilt),
    ):
        assert said[name].startswith(f"{measure.value:g}°")
        assert f"to {measure.high:g}°: {measure.reason}." in said[name].replace("−", "-")
    assert ("Shoulder pads" in said) == machine.shoulder_pads


def test_no_setting_promises_or_gives_odds(found: MachineSettings) -> None:
    text = " ".join(f"{one.do} {one.why} {one.model}" for one in found.settings)
    assert list(banned_words(text)) == []
    assert "%" not in text
