"""Overview answers before anything is moved: what ready scenarios do, and one press loads one."""

import numpy as np
import pytest

from model.delivery import projected
from model.editions import editions
from model.links import scenario_of_preset
from model.presets import ALLIANCES, MAIN_PRESETS, PRESETS, presets_of
from pages.kit.view import View
from pages.overview.answers import ANSWERS, alliance_sentence, answers_of
from pages.overview.headline import headline
from tests.pages.opened import opened


@pytest.mark.parametrize("edition", editions())
def test_every_ready_scenario_of_the_edition_stands_beside_its_reference(edition: str) -> None:
    view = View.of(scenario_of_preset("status_quo", edition), 2)
    values = ANSWERS.table(view).values
    assert list(dict.fromkeys(values["preset"])) == [
        n for n in MAIN_PRESETS if PRESETS[n].edition == edition and n != "status_quo"
    ]
    rows = zip(values["preset"], values["company"], values["change_jpy_bn"], values["profit_jpy_bn"], strict=True)
    for preset, company, change, profit in rows:
        found = projected(scenario_of_preset(preset)).company[company.lower()]["operating_profit_jpy_bn"]
        assert profit == float(np.asarray(found)[2])
        reference = view.at_year(company.lower(), "operating_profit_jpy_bn")[1]
        assert change == profit - reference


def test_an_alliance_that_goes_well_and_its_failure_stand_on_the_same_facts_and_plans() -> None:
    chance = "success_probability_share"
    for well, failed in ALLIANCES:
        assert PRESETS[well].edition == PRESETS[failed].edition
        assert PRESETS[well].overrides == {**PRESETS[failed].overrides, chance: 1.0}
        assert PRESETS[failed].overrides[chance] == 0.0


def test_the_first_sentence_speaks_of_tariffs_and_of_the_alliance() -> None:
    view = View.of(scenario_of_preset("status_quo"), 4)
    values = ANSWERS.table(view).values
    change = {(p, c): v for p, c, v in zip(values["preset"], values["company"], values["change_jpy_bn"], strict=True)}
    words = headline(view).replace("\N{NO-BREAK SPACE}", " ")
    assert "Tariffs take **JPY 216 bn** at Honda and **JPY 238 bn** at Nissan" in words
    assert alliance_sentence(view) in headline(view)
    assert f"**+JPY {change['alliance_delivers', 'Honda']:.0f} bn** at Honda" in words


def test_facts_without_an_alliance_that_is_certain_say_nothing_of_one() -> None:
    view = View.of(scenario_of_preset("status_quo", "2025-07"), 4)
    assert answers_of(view) == presets_of("2025-07")
    assert alliance_sentence(view) == ""


def test_one_press_loads_a_ready_scenario_and_one_moves_trucks() -> None:
    app = opened()
    assert "what_if_usmca_ends" in [button.key for button in app.button]
    app.button(key="what_if_usmca_ends").click().run()
    assert any("USMCA rules lapse" in text.value for text in app.markdown)
    assert "what_if_usmca_ends" not in [button.key for button in app.button]
    app = opened()
    app.button(key="what_if_trucks").click().run()
    assert app.slider(key="canton_honda_trucks_kveh").value == 60.0
