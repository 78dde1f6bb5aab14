"""A link of an earlier model is told what became of its parts, and nowhere called bad."""

import json

import pytest

from model.__main__ import main
from model.links import RETIRED, from_query
from model.registry import ASSUMPTIONS
from tests.pages.opened import opened, view_of
from tests.pages.test_data_api import ask

OLD = (
    "edition=2026-05&model_version=1.0&preset=tariffs_25&demand_elasticity=-2&tax_share=0.25&honda_mitigation_share=0.3"
)
SAW = "&saw=500.0_200.0_252.2_231.2_0.0_0.0"


def unescaped(text: str) -> str:
    return text.replace("\\", "")


@pytest.mark.parametrize("saw", ["", SAW])
def test_a_page_tells_it_in_words_in_one_info_box(saw: str) -> None:
    app = opened(OLD + saw, sliders=True)
    assert not app.warning
    (told,) = app.info
    words = unescaped(told.value)
    assert "**Model version** 1.0: made with an earlier model; read with model 2.0." in words
    assert "**Demand response to price** -2" in words
    assert "now “Sales when one maker alone raises its price” and “Sales when all makers raise prices”." in words
    assert "**Honda: duty recovered by own measures** 0.3" in words
    assert "it has no counterpart" in words
    assert "The model has changed since" in words or not saw
    assert view_of(app).scenario == from_query(OLD)[0]
    assert view_of(app).scenario.values["own_elasticity"] == -2.0


def test_a_retired_key_leaves_the_address_and_its_value_stays() -> None:
    app = opened(OLD, sliders=True)
    assert not RETIRED.keys() & set(app.query_params)
    assert from_query([(key, app.query_params[key]) for key in app.query_params]) == (from_query(OLD)[0], ())
    app.button(key="dismiss_notices").click().run()
    assert not app.info
    assert view_of(app).scenario.values["nissan_tax_share"] == 0.25


def test_a_key_that_stands_beside_what_took_its_place_says_so() -> None:
    app = opened("tax_share=0.25&honda_tax_share=0.2&nissan_tax_share=0.1")
    assert "the link itself says what takes its place" in unescaped(app.info[0].value)


def test_data_addresses_give_the_numbers_and_say_it_under_notes() -> None:
    answer = ask("/data/profit.json", OLD)
    assert answer.status == 200
    notes = {note["key"]: note["used"] for note in answer.json["notes"]}
    assert notes["tax_share"] == "as honda_tax_share and nissan_tax_share"
    assert notes["honda_mitigation_share"] == "nothing"
    assert ask("/data/profit.csv", OLD).status == 200
    results = ask("/data/results.json", OLD).json
    assert results["refused"] == []
    assert {note["key"] for note in results["notes"]} == notes.keys()
    assert ask("/data/profit.json", "preset=article").json["notes"] == []
    assert ask("/data/profit.json", f"{OLD}&nonsense=1").status == 400


def test_a_comparison_names_it_per_line_and_calls_no_line_bad() -> None:
    app = opened("with=preset%3Darticle%26tax_share%3D0.2%0Ademand_elasticity%3D-2", "compare")
    assert not app.warning
    (told,) = app.info
    assert "**Line 1, Tax rate on the change in profit** 0.2" in unescaped(told.value)
    assert "**Line 2, Demand response to price** -2" in unescaped(told.value)
    answer = ask("/data/comparison_results.json", "with=preset%3Darticle%26tax_share%3D0.2")
    assert answer.status == 200
    assert [note["key"] for note in answer.json["notes"]] == ["with, line 1: tax_share"]


def test_the_command_line_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([OLD]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("told: ") for line in lines)
    assert main(["--json", OLD]) == 0
    spoken = json.loads(capsys.readouterr().out)
    assert len(spoken["notes"]) == 4
    assert spoken["refused"] == []


def test_every_retired_key_has_a_name_and_becomes_what_there_is() -> None:
    for key, old in RETIRED.items():
        assert key not in ASSUMPTIONS
        assert old.label
        assert set(old.becomes) <= ASSUMPTIONS.keys()
