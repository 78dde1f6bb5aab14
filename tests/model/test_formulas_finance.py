"""Profit, earnings per share, currency and value, each by an independent sum."""

import numpy as np
import pytest

from model.editions import edition
from model.formulas import finance as fi
from model.outputs import ALLIANCE_CHANNELS, ONE_OFF_CHANNELS
from model.projection import Projection, project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, everything_on, last, of


def tooling_not_written_off(world: Projection, company: str, edition_name: str) -> float:
    """What Honda paid for tooling less what the horizon wrote off [JPY bn]."""
    if company == "nissan":
        return 0.0
    values = {**edition(edition_name).defaults, **everything_on(edition_name)}
    paid = float(values["tooling_usd_bn"]) * float(values["jpy_per_usd"])
    return paid + float(np.sum(of(world, company, "tooling_effect_jpy_bn")))


def test_tooling_costs_the_same_however_long_the_alliance_goes_on() -> None:
    only_tooling = {"canton_honda_trucks_kveh": 100.0, "success_probability_share": 0.0}
    values = {
        years: project({**only_tooling, "terminal_yr": years}).once_company["alliance_npv_jpy_bn"]["honda"]
        for years in (0.0, 5.0, 20.0)
    }
    assert values[0.0] == values[5.0] == values[20.0]
    undiscounted = project({**only_tooling, "cost_of_capital_share": 0.01, "tax_share": 0.0})
    paid = 0.5 * 145.0
    assert -paid < undiscounted.once_company["alliance_npv_jpy_bn"]["honda"] < -paid * 0.95


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize(("rate", "tax", "years_after"), [(0.08, 0.3, 5), (0.01, 0.0, 20), (0.25, 0.5, 0)])
def test_value_is_each_years_after_tax_benefit_discounted_by_a_plain_loop(
    edition_name: str, company: str, rate: float, tax: float, years_after: int
) -> None:
    set_here = {"cost_of_capital_share": rate, "tax_share": tax, "terminal_yr": float(years_after)}
    world = project({**everything_on(edition_name), **set_here}, edition_name)
    benefits = of(world, company, "alliance_benefit_jpy_bn")
    one_off = sum(last(world, company, name) for name in ONE_OFF_CHANNELS)
    cash = [*benefits, *[benefits[-1] - one_off] * years_after]
    cash[4] -= tooling_not_written_off(world, company, edition_name)
    value = 0.0
    for year, amount in enumerate(cash, start=1):
        value += float(amount) * (1 - tax) / (1 + rate) ** year
    assert world.once_company["alliance_npv_jpy_bn"][company] == pytest.approx(value, rel=1e-9)
    shares = edition(edition_name).facts[f"{company}_shares_bn"]
    assert world.once_company["value_per_share_jpy"][company] == pytest.approx(value / shares, rel=1e-9)


def test_one_off_channels_are_channels_of_the_alliance() -> None:
    assert set(ONE_OFF_CHANNELS) < set(ALLIANCE_CHANNELS)


@pytest.mark.parametrize(("company", "price_usd", "yen"), [("honda", 37000.0, 145.0), ("nissan", 33000.0, 150.0)])
def test_revenue_moves_with_us_sales_and_prices(company: str, price_usd: float, yen: float) -> None:
    world, base = project({"pass_through_share": 0.6, "demand_elasticity": -2.0}), reference()
    sold, before = (last(w, company, "us_sales_kveh") for w in (world, base))
    change_usd = sold * 1e3 * (price_usd + last(world, company, "price_rise_usd")) - before * 1e3 * price_usd
    assert change_usd < 0.0
    moved = last(world, company, "revenue_jpy_bn") - last(base, company, "revenue_jpy_bn")
    assert moved == pytest.approx(change_usd * yen / 1e9, rel=1e-9)


@pytest.mark.parametrize("company", COMPANIES)
def test_earnings_per_share_move_by_the_after_tax_change_of_profit(company: str) -> None:
    moved = project({f"{company}_drift_jpy_bn": 50.0, "tax_share": 0.25})
    change = of(moved, company, "eps_jpy") - of(reference(), company, "eps_jpy")
    shares = {"honda": 3.8928, "nissan": 3.4965}[company]
    assert change == pytest.approx(np.arange(5) * 50.0 * 0.75 / shares, abs=1e-9)


def test_one_yen_moves_profit_by_the_published_sensitivity_and_the_duty_exactly() -> None:
    moved, base = project({"jpy_per_usd": 146.0}), reference()
    assert last(moved, "honda", "currency_effect_jpy_bn") == pytest.approx(25.0, rel=1e-12)
    assert last(moved, "nissan", "currency_effect_jpy_bn") == pytest.approx(12.0, rel=1e-12)
    duty = last(moved, "honda", "net_tariff_cost_jpy_bn") - last(base, "honda", "net_tariff_cost_jpy_bn")
    profit = last(moved, "honda", "operating_profit_jpy_bn") - 500.0
    assert duty == pytest.approx(last(base, "honda", "net_tariff_cost_jpy_bn") / 145.0, rel=1e-9)
    assert profit == pytest.approx(25.0 - duty, rel=1e-9)


def test_nissans_rate_moves_with_hondas_at_its_gap() -> None:
    assert fi.planning_rate_jpy_per_usd(145.0, 5.0) == 150.0
    closed = project({"nissan_jpy_gap": 0.0})
    assert last(closed, "nissan", "currency_effect_jpy_bn") == pytest.approx(12.0 * -5.0, rel=1e-12)
    assert last(closed, "honda", "currency_effect_jpy_bn") == 0.0


def test_a_cost_of_nothing_is_plain_zero() -> None:
    assert str(fi.cost_jpy_bn(0.0)) == "0.0"


def test_margin_is_profit_over_revenue() -> None:
    world = project(everything_on("2026-05"))
    for company in COMPANIES:
        margin = of(world, company, "operating_profit_jpy_bn") / of(world, company, "revenue_jpy_bn")
        assert of(world, company, "operating_margin_share") == pytest.approx(margin, rel=1e-12)
