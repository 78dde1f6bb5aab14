"""Platforms, software, integration, and how the chance of success weighs them."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION
from model.formulas import alliance as al
from model.outputs import ALLIANCE_CHANNELS
from model.projection import project
from tests.model.scenarios import COMPANIES, EDITIONS, everything_on, of

SURE = {"success_probability_share": 1.0}
RD = {"2026-11": (1130.0, 550.0), "2026-05": (1130.0, 550.0), "2025-07": (1130.0, 619.0)}  # Honda, Nissan [JPY bn]
COST_CHANNELS = ("tooling_effect_jpy_bn", "integration_effect_jpy_bn")


@pytest.mark.parametrize("honda_share", [0.0, 0.35, 1.0])
def test_the_platform_saving_splits_into_the_whole(honda_share: float) -> None:
    world = project({**SURE, "platform_saving_jpy_bn": 100.0, "platform_honda_share": honda_share}, DEFAULT_EDITION)
    honda, nissan = (of(world, c, "platform_effect_jpy_bn") for c in COMPANIES)
    assert honda + nissan == pytest.approx([0.0, 0.0, 100 / 6, 300 / 6, 500 / 6], rel=1e-9)
    assert honda[-1] == pytest.approx(500 / 6 * honda_share, abs=1e-9)


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_the_software_saving_is_rd_times_software_times_overlap_times_saving(edition_name: str) -> None:
    moved = {"software_saving_share": 0.2, "software_rd_share": 0.25, "software_overlap_share": 0.4}
    world = project({**SURE, **moved}, edition_name)
    for company, rd in zip(COMPANIES, RD[edition_name], strict=True):
        full = rd * 0.25 * 0.4 * 0.2
        assert of(world, company, "software_effect_jpy_bn") == pytest.approx(
            [0, 0, 0, full / 4, full * 3 / 4], rel=1e-12
        )


def test_the_cost_of_joint_software_is_split_by_rd_and_spent_from_the_start_of_the_work() -> None:
    """Two years before a saving that starts in the fourth: nothing in the first, then every year if it delivers."""
    world = project({"software_cost_jpy_bn": 10.0, **SURE}, DEFAULT_EDITION)
    honda, nissan = (of(world, c, "software_effect_jpy_bn") for c in COMPANIES)
    spent = np.array([0.0, 10.0, 10.0, 10.0, 10.0])
    assert honda == pytest.approx(-spent * 1130 / 1680, rel=1e-12)
    assert honda + nissan == pytest.approx(-spent, rel=1e-12)


def test_the_cost_of_joint_software_ends_where_the_alliance_has_failed() -> None:
    cost = {"software_cost_jpy_bn": 10.0}
    failed, doubtful = (project({**cost, "success_probability_share": p}, DEFAULT_EDITION) for p in (0.0, 0.4))
    for world, after in ((failed, 0.0), (doubtful, 4.0)):
        spent = sum(of(world, c, "software_effect_jpy_bn") for c in COMPANIES)
        assert spent == pytest.approx([0.0, -10.0, -10.0, -after, -after], rel=1e-12)


def test_months_gained_earn_contribution_once() -> None:
    moved = {"software_gain_months": 6.0, "software_kveh": 300.0, "software_start_yr": 1.0, "software_ramp_yr": 2.0}
    sales = {"honda": 1430.577, "nissan": 926.153}
    for company, contribution_usd, rate in (("honda", 7100.0, 145.0), ("nissan", 6200.0, 150.0)):
        earned = of(project({**SURE, **moved}, DEFAULT_EDITION), company, "earlier_sales_effect_jpy_bn")
        cars = 300e3 * 0.5 * sales[company] / sum(sales.values())
        whole = cars * 0.2 * contribution_usd / 1e9 * rate  # four fifths displace the maker's own older cars
        assert earned == pytest.approx([0.0, whole / 2, whole / 2, 0.0, 0.0], rel=1e-12)


@pytest.mark.parametrize("start", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("ramp", [1.0, 2.5, 4.0])
def test_steps_of_a_ramp_sum_to_the_whole(start: float, ramp: float) -> None:
    assert al.ramp_step_share(np.arange(5.0), start, 0.0, ramp).sum() == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize("years", [1.0, 2.0, 2.5, 5.0])
@pytest.mark.parametrize("honda_share", [0.0, 0.6, 1.0])
def test_the_integration_cost_sums_to_the_whole_over_its_spread(years: float, honda_share: float) -> None:
    spread = {"integration_yr": years, "integration_honda_share": honda_share, "integration_cost_jpy_bn": 120.0}
    world = project(spread, DEFAULT_EDITION)
    honda, nissan = (of(world, c, "integration_effect_jpy_bn") for c in COMPANIES)
    assert (honda + nissan).sum() == pytest.approx(-120.0, rel=1e-12)
    assert honda.sum() == pytest.approx(-120.0 * honda_share, abs=1e-9)
    assert not (honda + nissan)[int(np.ceil(years)) :].any()


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_the_chance_of_success_scales_benefits_and_not_costs(edition_name: str, company: str) -> None:
    """Without a reaction of prices the expectation is exact: benefits by the chance, costs in full."""
    planned = {**everything_on(edition_name), "pass_through_share": 0.0}
    failed, half, sure = (project({**planned, "success_probability_share": p}, edition_name) for p in (0.0, 0.5, 1.0))
    for name in ALLIANCE_CHANNELS:
        costs = of(failed, company, name)
        benefit = of(sure, company, name) - costs
        assert of(half, company, name) == pytest.approx(costs + 0.5 * benefit, abs=1e-9), name
        if name in COST_CHANNELS:
            assert not benefit.any(), name
        elif name != "software_effect_jpy_bn":
            assert not costs.any(), name


def test_an_alliance_that_fails_has_spent_integration_software_and_tooling() -> None:
    """0.5 bn dollars over 7 years at 145, 10 a year by R&D while the work runs, half of 100 over two years."""
    world = project({**everything_on("2026-05"), "success_probability_share": 0.0}, "2026-05")
    tooling, software = 0.5 / 7 * 145, 10 * 1130 / 1680
    spent = [25, software + 25, tooling + software, tooling, tooling]
    assert of(world, "honda", "alliance_benefit_jpy_bn") == pytest.approx(-np.array(spent), rel=1e-12)


def test_delay_moves_benefits_and_the_work_on_them_and_leaves_the_cost_of_integration() -> None:
    planned = {**SURE, "platform_saving_jpy_bn": 90.0, "integration_cost_jpy_bn": 60.0, "software_cost_jpy_bn": 8.0}
    now, later = project(planned, DEFAULT_EDITION), project({**planned, "alliance_delay_yr": 1.0}, DEFAULT_EDITION)
    for company in COMPANIES:
        for moved in ("platform_effect_jpy_bn", "software_effect_jpy_bn"):
            assert of(later, company, moved) == pytest.approx([0.0, *of(now, company, moved)[:-1]], rel=1e-12)
        cost = "integration_effect_jpy_bn"
        assert of(later, company, cost).tolist() == of(now, company, cost).tolist()


def test_a_full_delay_leaves_no_benefit_within_the_horizon() -> None:
    world = project({**everything_on("2026-05"), "alliance_delay_yr": 5.0, "success_probability_share": 1.0}, "2026-05")
    for company in COMPANIES:
        for name in ALLIANCE_CHANNELS:
            if name != "integration_effect_jpy_bn":
                assert not of(world, company, name).any(), name
    assert of(world, "honda", "alliance_benefit_jpy_bn") == pytest.approx([-25.0, -25.0, 0.0, 0.0, 0.0], abs=1e-12)
