"""What the visitor set is held in draws and rankings, told as given, and old links keep the numbers they gave."""

import numpy as np
import pytest

from model.links import Scenario, scenario_of_preset
from model.regret import AS_SET
from model.worlds import CHANCE, WEIGHTED
from pages.catalog import FIGURES
from pages.kit.given import given_words, held_keys
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session.choices import HOLD_SET, read_choices
from pages.uncertainty.draws import drawn_of, sampling_of
from pages.uncertainty.fan import range_words
from pages.uncertainty.regret import left_out_words, regret_of
from tests.pages.opened import drawn, opened, view_of
from tests.pages.test_data_api import ask

JAPAN = "japan_tariff_share"
HELD = {"hold_set": "true"}


def view(chosen: dict[str, str] | None = None, **moved: float) -> View:
    return View.of(Scenario.of("status_quo", **moved), 4, choices=chosen)


def test_what_is_set_is_not_drawn_and_the_draws_lie_closer_together() -> None:
    held, varied = view(HELD, japan_tariff_share=0.25), view(japan_tariff_share=0.25)
    assert held_keys(held) == (JAPAN,)
    assert JAPAN not in sampling_of(held).drawn
    assert set(sampling_of(varied).drawn) - set(sampling_of(held).drawn) == {JAPAN}
    apart = [float(np.std(drawn_of(seen).values[:, 4])) for seen in (held, varied)]
    assert 0.0 < apart[0] < apart[1]


def test_without_the_key_a_link_draws_as_it_did_and_with_nothing_set_the_key_changes_nothing() -> None:
    assert sampling_of(view(japan_tariff_share=0.25)).held == frozenset()
    for name in ("fan", "tornado", "regret"):
        one, other = (FIGURES[name].table(view(chosen)) for chosen in ({}, HELD))
        assert one.title == other.title
        assert one.rows.equals(other.rows), name


def test_a_chance_and_a_range_of_ones_own_are_not_held() -> None:
    scenario = Scenario.of("status_quo", world=WEIGHTED, **{CHANCE: 0.7, JAPAN: 0.25})
    assert held_keys(View.of(scenario, 4, choices=HELD)) == (JAPAN,)
    assert held_keys(View.of(scenario, 4, choices={**HELD, "ranges": f"{JAPAN}:0.1:0.27"})) == ()


def test_what_is_held_is_named_two_of_it_and_how_many_more() -> None:
    one = view(HELD, japan_tariff_share=0.25)
    assert given_words(one) == ", given “Tariff on cars from Japan” at 25\xa0%"
    many = view(HELD, japan_tariff_share=0.25, jpy_per_usd=150.0, honda_tax_share=0.26, parts_tariff_share=0.1)
    assert given_words(many).endswith(" and 2 more")
    assert given_words(view(japan_tariff_share=0.25)) == ""
    assert range_words(one, given_words(one)).startswith(
        f"Operating profit of both companies in FY2031/3{given_words(one)}: in this model"
    )


def test_a_ranking_holds_what_is_set_and_its_table_says_so() -> None:
    seen = view(HELD, japan_tariff_share=0.25)
    rows = FIGURES["tornado"].table(seen).rows.set_index("key")
    assert (rows.loc[JAPAN, "low_value"], rows.loc[JAPAN, "high_value"], rows.loc[JAPAN, "reach"]) == (0.25, 0.25, 0.0)
    for name in ("tornado", "fan", "histogram", "drivers", "drawn", "regret"):
        told = ask(f"/data/{name}.json", f"{JAPAN}=0.25&hold_set=true&draws=1000").json
        assert told["title"].endswith(given_words(seen)) or f"{given_words(seen)}:" in told["title"], name
        assert "hold_set=true" in told["link"]
    assert set(FIGURES["drivers"].table(seen).rows["key"]).isdisjoint({JAPAN})


def test_states_that_move_what_is_set_are_left_out_and_named() -> None:
    seen = view(HELD, japan_tariff_share=0.25)
    assert not {"japan_25", "tariffs_fall"} & {*regret_of(seen).states}
    assert AS_SET in regret_of(seen).states
    assert "“Japan back at 25 %”" in left_out_words(seen)
    assert left_out_words(view(japan_tariff_share=0.25)) == ""


def test_a_bare_page_holds_what_will_be_set_and_a_link_without_the_key_does_not() -> None:
    assert read_choices([], "uncertainty")[0] == HELD
    assert read_choices([("output", "eps_jpy")], "uncertainty")[0] == {"output": "eps_jpy", **HELD}
    assert read_choices([("hold_set", "false")], "uncertainty") == ({}, ())
    assert read_choices([(JAPAN, "0.25")], "uncertainty")[0] == {}


def test_a_visit_from_a_bare_address_keeps_holding_in_its_address_and_over_page_links() -> None:
    app = opened("", "uncertainty", sliders=True)
    assert not app.query_params
    app.slider(key=JAPAN).set_value(0.25)
    drawn(app)
    assert app.query_params["hold_set"] == "true"
    assert held_keys(view_of(app)) == (JAPAN,)
    assert any(markdown_text("given “Tariff on cars from Japan” at 25\xa0%") in text.value for text in app.markdown)
    drawn(app.switch_page("sensitivity/page.py"))
    assert held_keys(view_of(app)) == (JAPAN,)
    app.toggle(key="choice_let_vary").set_value(True)
    drawn(app)
    assert "hold_set" not in app.query_params
    assert held_keys(view_of(app)) == ()
    assert HOLD_SET.key not in view_of(app).link


def test_a_link_without_the_key_varies_what_it_sets() -> None:
    app = opened(f"preset=status_quo&{JAPAN}=0.25&draws=1000&seed=4", "uncertainty")
    assert sampling_of(view_of(app)).held == frozenset()
    assert app.toggle(key="choice_let_vary").value


@pytest.mark.parametrize("preset", ["japan_back_at_25"])
def test_a_preset_is_set_as_well(preset: str) -> None:
    assert held_keys(View.of(scenario_of_preset(preset), 4, choices=HELD)) == (JAPAN,)
