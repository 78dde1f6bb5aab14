"""What stands behind the outputs: the same numbers by another way, and the checks that a reader is told of."""

import numpy as np
import pytest

from data.facts import facts
from model.details import (
    AGREES_WITHIN,
    RATES,
    SPOT,
    alliance_reach_jpy_bn,
    at_spot,
    canton_fixed_cost,
    class_share,
    lerner,
    midsize_class_kveh,
    new_plant,
    one_offs,
    rates_by_year,
    software_steps,
    unit_cost_usd,
)
from model.editions import COMPANIES, edition, editions
from model.links import Scenario, scenario_of_preset
from model.projection import project
from model.registry import ASSUMPTIONS
from model.sweeps import Ends


def moved(preset: str = "status_quo", edition_name: str | None = None, **values: float) -> Scenario:
    start = scenario_of_preset(preset, edition_name)
    return Scenario(start.edition, preset, {**start.values, **values})


@pytest.mark.parametrize("name", editions())
def test_rates_of_an_edition_stand_still_but_for_the_surcharge(name: str) -> None:
    world = edition(name)
    rates = rates_by_year(world.defaults, name)
    assert list(rates) == list(RATES)
    for key, by_year in rates.items():
        assert list(by_year) == pytest.approx([world.defaults[key]] * 5), key


def test_a_rate_is_weighted_by_months_with_the_stock_behind_it_and_the_offset_without() -> None:
    """By hand: 6 months and 1 of stock at 15 %, 5 at 27.5 %; the offset is another from the first day."""
    scenario = moved(tariff_start_months=6.0, stock_months=1.0, japan_tariff_share=0.275, msrp_offset_share=0.0)
    rates = rates_by_year(scenario.values, scenario.edition)
    assert rates["japan_tariff_share"][0] == pytest.approx((7 * 0.15 + 5 * 0.275) / 12)
    assert list(rates["msrp_offset_share"]) == [0.0] * 5
    covered = moved(other_surcharged_share=1.0)
    other = rates_by_year(covered.values, covered.edition)["other_tariff_share"]
    assert list(other) == pytest.approx([0.10 * 3.8 / 12, 0.0, 0.0, 0.0, 0.0])


def test_canton_is_filled_by_its_own_cars_moved_ones_trucks_and_nothing() -> None:
    scenario = moved("alliance_delivers", pass_through_share=0.5, nissan_reshoring_share=0.3)

    def used(name: str, of: Scenario = scenario) -> list[float]:
        return list(np.asarray(project(of.values, of.edition).plant[f"plant_{name}_kveh"]))

    places = [sum(year) for year in zip(*map(used, ("own", "moved", "trucks", "empty")), strict=True)]
    assert places == pytest.approx([410.0] * 5)
    assert used("own")[-1] < scenario.values["canton_base_kveh"]
    assert used("moved")[-1] > 0.0
    assert used("moved", moved()) == [0.0] * 5
    replaced = used("replaced")
    assert [e + r for e, r in zip(used("extra_trucks"), replaced, strict=True)] == pytest.approx(used("trucks"))
    assert used("freed_lines") == pytest.approx(replaced), "every freed place is used"


def test_fixed_cost_is_the_models() -> None:
    scenario = moved("alliance_delivers")
    projection = project(scenario.values, scenario.edition)
    fixed = canton_fixed_cost(projection)
    assert (fixed.break_even_kveh, fixed.fixed_usd_bn) == pytest.approx((328.0, 0.656))
    per_car = fixed.per_vehicle_usd(np.asarray(projection.plant["plant_output_kveh"]))
    assert list(per_car) == pytest.approx(list(np.asarray(projection.plant["plant_fixed_cost_usd_per_vehicle"])))


def test_a_new_plant_costs_its_capacity_and_what_is_avoided_is_the_models() -> None:
    scenario = moved("alliance_delivers")
    unit = edition(scenario.edition).facts["greenfield_usd_per_unit"]
    found = new_plant(60.0, unit, scenario.values["tooling_usd_bn"])
    assert found.plant_usd_bn == pytest.approx(60.0 * unit * 1e-6)
    assert found.avoided_usd_bn == project(scenario.values, scenario.edition).once["capex_avoided_usd_bn"]
    assert unit_cost_usd(2.311, 300.0) == pytest.approx(7703.33, abs=0.01)


def test_honda_s_part_of_its_class_counts_what_is_not_replaced() -> None:
    """By hand: 481.538 x 12 / 9 = 642.05; 45.421 Ridgelines, and 30 of 60 trucks that replace none, are 75.421."""
    assert midsize_class_kveh() == pytest.approx(642.0507, abs=1e-4)
    scenario = moved("alliance_delivers")
    assert class_share(scenario.values, scenario.edition) == pytest.approx(75.421 / 642.0507, abs=1e-5)
    none = moved()
    assert class_share(none.values, none.edition) == pytest.approx(45.421 / 642.0507, abs=1e-5)
    all_replaced = moved(canton_honda_trucks_kveh=100.0, ridgeline_replaced_share=1.0)
    assert class_share(all_replaced.values, all_replaced.edition) == pytest.approx(100.0 / 642.0507, abs=1e-5)


@pytest.mark.parametrize("company", COMPANIES)
def test_software_steps_end_at_the_models_saving(company: str) -> None:
    scenario = moved("alliance_delivers", success_probability_share=0.4, software_cost_jpy_bn=0.0)
    projection = project(scenario.values, scenario.edition)
    saved = np.asarray(projection.company[company]["software_effect_jpy_bn"])
    rd = edition(scenario.edition).facts[f"{company}_rd_jpy_bn"]
    for year in range(5):
        steps = software_steps(scenario.values, projection, year)
        assert steps[-1].amount_jpy_bn[company] == pytest.approx(float(saved[year]), abs=1e-12)
        assert np.prod([step.factor for step in steps]) * rd == pytest.approx(saved[year])


# ------------------------------------------------------------------ checks


def test_contribution_and_elasticity_agree_where_one_implies_the_other_within_a_quarter() -> None:
    """Lerner: a price of 40,000 and an elasticity of -4 imply a contribution of 10,000."""
    values = {"honda_price_usd": 40_000.0, "own_elasticity": -4.0}

    def at(contribution: float) -> bool:
        return lerner({**values, "honda_contribution_usd": contribution}, "honda").agrees

    found = lerner({**values, "honda_contribution_usd": 8_000.0}, "honda")
    assert (found.share, found.implied_share, found.implied_usd) == (0.2, 0.25, 10_000.0)
    assert AGREES_WITHIN == 0.25
    assert [at(c) for c in (7_400.0, 7_500.0, 10_000.0, 12_500.0, 12_600.0)] == [False, True, True, True, False]
    assert not lerner({**values, "own_elasticity": 0.0, "honda_contribution_usd": 8_000.0}, "honda").agrees


def test_the_current_edition_agrees_with_itself_and_earlier_ones_did_not() -> None:
    for company in COMPANIES:
        assert lerner(edition("2026-11").defaults, company).agrees
        assert not lerner(edition("2026-05").defaults, company).agrees


def test_one_offs_are_those_of_the_edition_or_set_in_the_scenario() -> None:
    (honda,) = one_offs(moved())
    assert (honda.company, honda.amount_jpy_bn, honda.kind) == ("honda", 500.0, "weak")
    (without,) = one_offs(moved(honda_one_off_jpy_bn=0.0))
    assert (without.amount_jpy_bn, without.kind) == (0.0, "")
    assert not one_offs(moved(edition_name="2026-05"))
    (nissan,) = one_offs(moved(edition_name="2026-05", nissan_one_off_jpy_bn=100.0))
    assert (nissan.company, nissan.kind) == ("nissan", "")


def test_the_market_s_rate_is_that_of_the_facts_for_both_companies() -> None:
    scenario = moved()
    before = project(scenario.values, scenario.edition)
    found = at_spot(scenario, before)
    assert found is not None
    assert found.rate_jpy_per_usd == facts()[SPOT].number == 160.0
    there = project({**scenario.values, "jpy_per_usd": 160.0, "nissan_jpy_gap": 0.0}, scenario.edition)
    for company in COMPANIES:
        profit, base = (np.asarray(p.company[company]["operating_profit_jpy_bn"]) for p in (there, before))
        assert list(found.change_jpy_bn[company]) == list(profit - base)
    assert float(found.change_jpy_bn["honda"][-1]) > alliance_reach_jpy_bn(Ends.of(scenario), "honda", 4) > 0.0


def test_no_market_s_rate_where_a_scenario_is_at_it_or_older_than_it() -> None:
    for scenario in (moved("yen_at_160"), moved("article"), moved(edition_name="2026-05")):
        assert at_spot(scenario, project(scenario.values, scenario.edition)) is None


def test_no_estimate_is_a_lever_of_the_alliance() -> None:
    scenario = moved("alliance_delivers")
    wide = moved("alliance_delivers", truck_cost_usd=ASSUMPTIONS["truck_cost_usd"].low)
    for each in (scenario, wide):
        assert alliance_reach_jpy_bn(Ends.of(each), "honda", 4) < 200.0
