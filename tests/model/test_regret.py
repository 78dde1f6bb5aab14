"""The regret table equals single runs, and the safest choice is the one whose worst regret is least."""

import numpy as np
import pytest

from model.editions import COMPANIES, editions
from model.links import Scenario, fit_capacity, scenario_of_preset
from model.presets import MAIN_PRESETS
from model.projection import project
from model.registry import ASSUMPTIONS
from model.regret import AS_SET, DECIDED, STATES, Regret, plan_of, regret

GOOD = scenario_of_preset("alliance_good")
CHOICES = (AS_SET, "status_quo", "japan_deal_alliance")


@pytest.mark.parametrize("whose", ["both", *COMPANIES])
def test_every_cell_is_a_single_run_of_a_plan_in_a_state(whose: str) -> None:
    found = regret(GOOD, CHOICES, list(STATES), whose)
    for row, choice in enumerate(CHOICES):
        for column, state in enumerate(STATES.values()):
            values, _ = fit_capacity({**GOOD.values, **plan_of(choice, GOOD), **state.values})
            world = project(values, GOOD.edition)
            value = sum(
                float(np.asarray(world.once_company["scenario_value_jpy_bn"][c]))
                for c in (COMPANIES if whose == "both" else (whose,))
            )
            assert found.value_jpy_bn[row, column] == pytest.approx(value, rel=1e-11, abs=1e-9)


def test_the_plan_as_set_in_the_world_as_set_is_the_scenario() -> None:
    found = regret(GOOD, (AS_SET,), (AS_SET,), "honda")
    world = project(GOOD.values, GOOD.edition)
    expected = float(np.asarray(world.once_company["scenario_value_jpy_bn"]["honda"]))
    assert found.value_jpy_bn[0, 0] == pytest.approx(expected, rel=1e-13)


def test_value_is_the_change_after_tax_discounted_and_the_alliance() -> None:
    world = project(GOOD.values, GOOD.edition)
    for company in COMPANIES:
        out, v = world.company[company], GOOD.values
        apart = (
            np.asarray(out["operating_profit_jpy_bn"])
            - np.asarray(out["reference_profit_jpy_bn"])
            - np.asarray(out["alliance_benefit_jpy_bn"])
        )
        discounted = sum(x / (1 + v["cost_of_capital_share"]) ** (t + 1) for t, x in enumerate(apart))
        expected = discounted * (1 - v[f"{company}_tax_share"]) + world.once_company["alliance_npv_jpy_bn"][company]
        assert world.once_company["scenario_value_jpy_bn"][company] == pytest.approx(float(expected), abs=1e-9)


def test_a_plan_whose_benefits_come_late_is_not_held_against_one_that_brings_them_early() -> None:
    late = Scenario(GOOD.edition, GOOD.preset, {**GOOD.values, "alliance_delay_yr": 2.0})
    five_years = project(late.values, late.edition).company
    gained = sum(float(np.asarray(five_years[c]["alliance_benefit_jpy_bn"]).sum()) for c in COMPANIES)
    found = regret(late, (AS_SET, "status_quo"), (AS_SET,), "both")
    assert gained < 130.0
    assert found.safest == (AS_SET,)
    assert found.regret_jpy_bn[1, 0] > 200.0


def test_prices_that_rise_alone_cost_more_than_where_rivals_follow() -> None:
    passing = Scenario("2026-11", "status_quo", {**scenario_of_preset("status_quo").values, "pass_through_share": 0.5})
    found = regret(passing, (AS_SET,), ("rivals_follow", AS_SET, "prices_alone"), "both").value_jpy_bn[0]
    assert found[0] > found[1] > found[2]


def test_regret_is_what_the_best_choice_brings_more_and_the_safest_has_the_least_of_it() -> None:
    table = Regret(("a", "b", "c"), ("x", "y"), np.array([[10.0, 0.0], [7.0, 6.0], [0.0, 8.0]]))
    assert table.regret_jpy_bn.tolist() == [[0.0, 8.0], [3.0, 2.0], [10.0, 0.0]]
    assert table.worst_jpy_bn.tolist() == [8.0, 3.0, 10.0]
    assert table.safest == ("b",)


def test_choices_that_are_alike_are_equally_safe() -> None:
    assert regret(GOOD, (AS_SET, "alliance_good"), list(STATES), "both").safest == (AS_SET, "alliance_good")


def test_no_state_decides_for_the_companies_and_every_state_is_within_bounds() -> None:
    for state in STATES.values():
        assert not state.values.keys() & DECIDED
        assert all(ASSUMPTIONS[key].minimum <= v <= ASSUMPTIONS[key].maximum for key, v in state.values.items())


@pytest.mark.parametrize("edition_name", editions())
@pytest.mark.parametrize("choice", MAIN_PRESETS)
def test_a_plan_holds_only_what_the_companies_decide(edition_name: str, choice: str) -> None:
    quo = scenario_of_preset("status_quo", edition_name)
    plan = plan_of(choice, quo)
    assert plan.keys() == DECIDED
    for state in STATES:
        assert np.isfinite(regret(quo, (choice,), (state,), "both").value_jpy_bn).all()


def test_a_plan_too_large_for_canton_is_brought_to_what_fits() -> None:
    crowded = Scenario(
        GOOD.edition, "status_quo", {**GOOD.values, "canton_base_kveh": 380.0, "canton_honda_trucks_kveh": 0.0}
    )
    table = regret(crowded, ("alliance_good",), (AS_SET,), "both")
    fits = project(
        {**crowded.values, **plan_of("alliance_good", crowded), "canton_honda_trucks_kveh": 30.0}, GOOD.edition
    )
    expected = sum(float(np.asarray(fits.once_company["scenario_value_jpy_bn"][c])) for c in COMPANIES)
    assert table.value_jpy_bn[0, 0] == pytest.approx(expected, rel=1e-12)
