"""What the setup finder tells a reader."""

import json
import re
from html import unescape

from interactive.catalogue import widget_named
from interactive.model.chain import Setup
from interactive.model.depth import depth_windows

WIDGET = widget_named("setup-finder")


def text(**inputs: float | str) -> str:
    html = WIDGET.answer(inputs).html
    assert html is not None
    return html


def test_it_names_the_stop_that_most_bodies_can_keep_below_the_line() -> None:
    [window] = depth_windows(Setup(backrest_deg=20), levels=(0.9,))
    assert window.sled_to_cm is not None
    sentence = text(backrest_deg=20).split("</p>")[0]
    assert f"down to {window.sled_to_cm:.0f}\xa0cm below the top" in sentence
    assert "18 in 20 bodies like yours stay below the line" in sentence


def test_where_no_depth_serves_most_bodies_it_says_what_opens_one() -> None:
    assert "no depth at all" in text()
    assert "This opens one: set the backrest 10° flatter." in text()


def test_a_body_for_which_no_depth_will_do_is_told_so() -> None:
    sentence = text(backrest_deg=70).split("</p>")[0]
    assert "No depth keeps half of the bodies like yours below the line." in sentence


def test_what_lets_one_go_deeper_does() -> None:
    found = re.findall(
        r"down to (\d+)\xa0cm[^<]*</strong>\. <button[^>]*data-set=\"(.+?)\">", text()
    )
    assert len(found) >= 2
    now = re.search(r"Go down to (\d+)\xa0cm", text())
    assert now
    for promised_cm, sets in found:
        assert int(promised_cm) > int(now[1])
        after = text(**json.loads(unescape(sets)))
        assert f"down to {promised_cm}\xa0cm below the top" in after
    assert [int(cm) for cm, _ in found] == sorted((int(cm) for cm, _ in found), reverse=True)


def test_a_stiffer_hip_stops_earlier() -> None:
    def stop_cm(html: str) -> int:
        found = re.search(r"Go down to (\d+)\xa0cm", html)
        assert found
        return int(found[1])

    assert stop_cm(text(own_hip_flexion_deg="120")) < stop_cm(text(own_hip_flexion_deg="150"))
