"""The bridge from guidance to scenario leaves nothing out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.bridge import bridge
from model.editions import DEFAULT_EDITION
from model.outputs import ALLIANCE_CHANNELS, CHANNELS, OUTPUTS
from model.projection import project, reference_of
from tests.model.scenarios import COMPANIES, EDITIONS, YEARS, everything_on, examples, of, scenarios


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, dict[str, float]]:
    edition_name = draw(st.sampled_from(EDITIONS))
    return edition_name, draw(scenarios(edition_name))


@given(cases())
@examples(60)
def test_steps_sum_to_scenario_less_reference(case: tuple[str, dict[str, float]]) -> None:
    edition_name, values = case
    world, base = project(values, edition_name), reference_of(values, edition_name)
    for company in COMPANIES:
        profit = of(world, company, "operating_profit_jpy_bn") - of(base, company, "operating_profit_jpy_bn")
        for year in range(YEARS):
            steps = bridge(world, company, year)
            assert sum(s.effect_jpy_bn for s in steps) == pytest.approx(profit[year], rel=1e-9, abs=1e-9)


@given(cases())
@examples(30)
def test_channels_of_the_alliance_sum_to_its_benefit(case: tuple[str, dict[str, float]]) -> None:
    edition_name, values = case
    world = project(values, edition_name)
    for company in COMPANIES:
        total = np.sum([of(world, company, name) for name in ALLIANCE_CHANNELS], axis=0)
        assert total == pytest.approx(of(world, company, "alliance_benefit_jpy_bn"), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_a_scenario_equal_to_its_reference_has_only_zero_steps(edition_name: str, company: str) -> None:
    for year in range(YEARS):
        assert [s.effect_jpy_bn for s in bridge(project({}, edition_name), company, year)] == [0.0] * len(CHANNELS)


def test_steps_come_in_the_order_and_with_the_labels_of_the_registry() -> None:
    steps = bridge(project(everything_on("2026-11"), DEFAULT_EDITION), "honda", 4)
    assert [(s.name, s.label) for s in steps] == [(name, OUTPUTS[name].label) for name in CHANNELS]


def test_every_channel_of_honda_is_alive_when_everything_is_on() -> None:
    moved = {"japan_tariff_share": 0.2, "jpy_per_usd": 150.0, "honda_own_measures_jpy_bn": 100.0}
    refund = {"honda_refund_jpy_bn": 50.0}
    world = project({**everything_on("2026-11"), **moved, **refund}, DEFAULT_EDITION)
    silent = {year: [s.name for s in bridge(world, "honda", year) if s.effect_jpy_bn == 0.0] for year in (0, 4)}
    assert silent[4] == [
        "mitigation_effect_jpy_bn",  # an amount that stands on both sides, unless the duty falls below it
        "refund_effect_jpy_bn",  # once, in the first year
        "planning_gap_effect_jpy_bn",  # Honda pays at its own rate
        "integration_effect_jpy_bn",  # spent in two years
        "drift_effect_jpy_bn",  # not moved
    ]
    assert "refund_effect_jpy_bn" not in silent[0]
    assert "integration_effect_jpy_bn" not in silent[0]


@pytest.mark.parametrize("company", COMPANIES)
def test_own_measures_move_profit_only_where_the_duty_falls_below_them(company: str) -> None:
    measures = {f"{company}_own_measures_jpy_bn": 100.0}
    less = {**measures, "usmca_tariff_share": 0.0, "materials_tariff_share": 0.0, "stock_months": 0.0}
    assert not of(
        project({**measures, "japan_tariff_share": 0.4}, DEFAULT_EDITION), company, "mitigation_effect_jpy_bn"
    ).any()
    world = project(less, DEFAULT_EDITION)
    left = of(world, company, "gross_tariff_cost_jpy_bn")
    assert left.max() < 100.0
    assert of(world, company, "mitigation_effect_jpy_bn") == pytest.approx(left - 100.0, rel=1e-12)


def test_nissan_has_the_channel_that_honda_has_not() -> None:
    steps = {s.name: s.effect_jpy_bn for s in bridge(project(everything_on("2026-11"), DEFAULT_EDITION), "nissan", 4)}
    assert steps["planning_gap_effect_jpy_bn"] > 0.0


def test_channels_of_the_alliance_are_channels() -> None:
    assert set(ALLIANCE_CHANNELS) < set(CHANNELS)


def test_a_company_without_an_alliance_has_no_alliance_steps() -> None:
    without = {
        "japan_tariff_share": 0.25,
        "pass_through_share": 0.5,
        "jpy_per_usd": 160.0,
        "nissan_reshoring_share": 0.3,
    }
    for company in COMPANIES:
        steps = {s.name: s.effect_jpy_bn for s in bridge(project(without, DEFAULT_EDITION), company, 4)}
        assert [steps[name] for name in ALLIANCE_CHANNELS] == [0.0] * len(ALLIANCE_CHANNELS)
