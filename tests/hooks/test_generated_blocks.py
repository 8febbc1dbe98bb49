"""What the model writes about itself: complete, well formed, and true to the model."""

import re

import pytest

from hooks.bibliography import publications
from hooks.generated_blocks import GENERATED_BLOCKS
from hooks.model_numbers import UnknownNumber, number_named, start
from interactive.model.chain import Setup, evaluate
from interactive.model.cited import Cited
from interactive.model.parameters import parameters
from interactive.model.uncertainty import summarise
from interactive.wording import percent
from tests.widgets.contract import NOT_A_NUMBER, Tags


def text(name: str) -> str:
    return re.sub(r"<[^>]+>", " ", GENERATED_BLOCKS[name]())


@pytest.mark.parametrize("name", GENERATED_BLOCKS)
def test_every_block_is_well_formed_and_its_pictures_have_words_and_a_table(name: str) -> None:
    html = GENERATED_BLOCKS[name]()
    seen = Tags(html).seen
    assert not NOT_A_NUMBER.search(re.sub(r"<[^>]+>", " ", html).replace("&lt;", "<"))
    pictures = [attributes for tag, attributes in seen if tag == "svg"]
    assert all(attributes.get("aria-label") for attributes in pictures)
    charts = [attributes for attributes in pictures if attributes.get("class") == "chart"]
    assert len(charts) == html.count("The same as a table")


def test_the_table_of_parameters_holds_every_number_with_its_source_or_reason() -> None:
    shown = " ".join(text("parameters").split())
    for parameter in parameters():
        quantity = parameter.quantity
        assert parameter.words in shown
        why = quantity.key if isinstance(quantity, Cited) else quantity.reason
        assert " ".join(why.replace("&", "&amp;").split()) in shown, parameter.name


def test_the_bibliography_holds_every_publication_and_says_which_were_read() -> None:
    html = GENERATED_BLOCKS["sources"]()
    read, recalled = html.split("Recalled, not read again yet.")
    for key, publication in publications().items():
        assert f'id="{key}"' in (read if publication.seen else recalled)


def test_the_depth_table_says_what_the_model_says() -> None:
    rows = re.findall(r"<tr><th[^>]*>(\d+)°</th>(.*?)</tr>", GENERATED_BLOCKS["depth-table"]())
    assert len(rows) == 6
    for knee, cells in rows:
        setup = Setup(knee_deg=float(knee))
        assert f">{evaluate(setup).pose.trunk_thigh_deg:.0f}°<" in cells
        count = round(summarise(setup).share_past * 20)
        assert f"about {count} in 20" in cells


def test_numbers_by_name_are_the_models_own() -> None:
    assert number_named("start.fold") == f"{start().pose.trunk_thigh_deg:.0f}°"
    assert number_named("start.share") == percent(start().lumbar.fraction_of_range)
    for parameter in parameters():
        shown = number_named(f"{parameter.module}.{parameter.name.lower()}")
        number = float(re.match(r"-?[\d.e+]+", shown)[0])  # type: ignore[index]
        assert number == pytest.approx(parameter.quantity.value, rel=1e-5)
    with pytest.raises(UnknownNumber):
        number_named("start.fold percent")
