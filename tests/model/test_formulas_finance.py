"""Profit, earnings per share, currency and value, each by an independent sum."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION, edition
from model.formulas import finance as fi
from model.outputs import ALLIANCE_CHANNELS
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, everything_on, last, of

NOT_RECURRING = ("tooling_effect_jpy_bn", "earlier_sales_effect_jpy_bn", "integration_effect_jpy_bn")
FULL_IN_THE_LAST_YEAR = {
    "canton_start_yr": 2.0,
    "canton_ramp_yr": 2.0,
    "platform_start_yr": 2.0,
    "platform_ramp_yr": 1.5,
    "software_start_yr": 1.5,
    "software_ramp_yr": 2.5,
    "reshoring_start_yr": 1.0,
}
"""Every programme runs at full rate in the last year of the horizon."""


def tooling_jpy_bn(edition_name: str, rate: float, tax: float) -> float:
    """Value today of 0.5 bn dollars, paid in the two years before the first truck, written off over seven after it."""
    yen = {"2025-07": 135.0, "2026-05": 145.0, "2026-11": 145.0}[edition_name]
    paid = sum(0.5 / (1 + rate) ** year for year in (1, 2))
    relieved = sum(tax / 7 / (1 + rate) ** year for year in range(3, 10))
    return 0.5 * yen * (paid - relieved)


def test_tooling_costs_the_same_however_long_the_alliance_goes_on() -> None:
    only_tooling = {"canton_honda_trucks_kveh": 100.0, "success_probability_share": 0.0}
    values = {
        years: project({**only_tooling, "terminal_yr": years}, DEFAULT_EDITION).once_company["alliance_npv_jpy_bn"][
            "honda"
        ]
        for years in (0.0, 5.0, 20.0)
    }
    assert values[0.0] == values[5.0] == values[20.0] == pytest.approx(-tooling_jpy_bn("2026-11", 0.08, 0.3), rel=1e-9)
    undiscounted = project({**only_tooling, "cost_of_capital_share": 0.01, "honda_tax_share": 0.0}, DEFAULT_EDITION)
    paid = 0.5 * 145.0
    assert -paid < undiscounted.once_company["alliance_npv_jpy_bn"]["honda"] < -paid * 0.95


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
@pytest.mark.parametrize(("rate", "tax", "years_after"), [(0.08, 0.3, 5), (0.01, 0.0, 20), (0.25, 0.5, 0)])
def test_value_is_each_years_after_tax_benefit_discounted_by_a_plain_loop(
    edition_name: str, company: str, rate: float, tax: float, years_after: int
) -> None:
    """At full rate in the last year, an alliance brings as much in each year after it, but for what comes once."""
    set_here = {"cost_of_capital_share": rate, f"{company}_tax_share": tax, "terminal_yr": float(years_after)}
    world = project({**everything_on(edition_name), **FULL_IN_THE_LAST_YEAR, **set_here}, edition_name)
    benefits = of(world, company, "alliance_benefit_jpy_bn")
    not_recurring = sum(last(world, company, name) for name in NOT_RECURRING)
    cash = [*(benefits - of(world, company, "tooling_effect_jpy_bn"))]
    cash += [benefits[-1] - not_recurring] * years_after
    value = -tooling_jpy_bn(edition_name, rate, tax) if company == "honda" else 0.0
    for year, amount in enumerate(cash, start=1):
        value += float(amount) * (1 - tax) / (1 + rate) ** year
    assert world.once_company["alliance_npv_jpy_bn"][company] == pytest.approx(value, rel=1e-9)
    shares = edition(edition_name).facts[f"{company}_shares_bn"]
    assert world.once_company["value_per_share_jpy"][company] == pytest.approx(value / shares, rel=1e-9)


def test_a_programme_that_is_unfinished_at_the_horizon_goes_on_with_its_ramp() -> None:
    """Platforms from the fifth year on over three years, two of five more years counted at their full saving."""
    saving = {"platform_saving_jpy_bn": 120.0, "platform_honda_share": 0.5, "success_probability_share": 1.0}
    late = {"platform_start_yr": 4.0, "platform_ramp_yr": 3.0, "terminal_yr": 4.0}
    world = project({**saving, **late, "cost_of_capital_share": 0.1, "honda_tax_share": 0.25}, DEFAULT_EDITION)
    progress = [0, 0, 0, 0, 1 / 6, 3 / 6, 5 / 6, 1, 1]
    value = sum(60.0 * 0.75 * share / 1.1**year for year, share in enumerate(progress, start=1))
    assert world.once_company["alliance_npv_jpy_bn"]["honda"] == pytest.approx(value, rel=1e-12)


def test_what_does_not_recur_is_part_of_the_alliance() -> None:
    assert set(NOT_RECURRING) < set(ALLIANCE_CHANNELS)


@pytest.mark.parametrize(
    ("years_after", "counted"), [(0.0, [0, 0, 0]), (1.0, [1, 0, 0]), (1.5, [1, 0.5, 0]), (20.0, [1, 1, 1])]
)
def test_years_after_the_horizon_count_as_long_as_the_alliance_goes_on(
    years_after: float, counted: list[float]
) -> None:
    years, later, today = np.arange(8.0), np.array([0.0] * 5 + [1.0] * 3), np.linspace(0.9, 0.2, 8)
    weights = [0] * 5 + [share * worth for share, worth in zip(counted, today[5:], strict=True)]
    assert fi.weight_after_horizon(years, 5.0, years_after, later, today) == pytest.approx(weights, abs=1e-12)


@pytest.mark.parametrize(("company", "price_usd", "yen"), [("honda", 41000.0, 145.0), ("nissan", 36000.0, 150.0)])
def test_revenue_moves_with_us_sales_and_prices(company: str, price_usd: float, yen: float) -> None:
    world, base = (
        project({"pass_through_share": 0.6, "own_elasticity": -4.0}, DEFAULT_EDITION),
        reference(DEFAULT_EDITION),
    )
    sold, before = (last(w, company, "us_sales_kveh") for w in (world, base))
    change_usd = sold * 1e3 * (price_usd + last(world, company, "price_rise_usd")) - before * 1e3 * price_usd
    assert change_usd < 0.0
    moved = last(world, company, "revenue_jpy_bn") - last(base, company, "revenue_jpy_bn")
    assert moved == pytest.approx(change_usd * yen / 1e9, rel=1e-9)


@pytest.mark.parametrize("company", COMPANIES)
def test_earnings_per_share_move_by_the_after_tax_change_of_profit(company: str) -> None:
    moved = project({f"{company}_drift_jpy_bn": 50.0, f"{company}_tax_share": 0.25}, DEFAULT_EDITION)
    base = project({f"{company}_tax_share": 0.25}, DEFAULT_EDITION)  # one-offs end for both, taxed alike
    change = of(moved, company, "eps_jpy") - of(base, company, "eps_jpy")
    shares = {"honda": 3.8928, "nissan": 3.4965}[company]
    assert change == pytest.approx(np.arange(5) * 50.0 * 0.75 / shares, abs=1e-9)


def test_one_yen_moves_profit_by_the_published_sensitivity_and_the_duty_exactly() -> None:
    moved, base = project({"jpy_per_usd": 146.0}, DEFAULT_EDITION), reference(DEFAULT_EDITION)
    assert last(moved, "honda", "currency_effect_jpy_bn") == pytest.approx(25.0, rel=1e-12)
    assert last(moved, "nissan", "currency_effect_jpy_bn") == pytest.approx(12.0, rel=1e-12)
    duty = last(moved, "honda", "net_tariff_cost_jpy_bn") - last(base, "honda", "net_tariff_cost_jpy_bn")
    profit = last(moved, "honda", "operating_profit_jpy_bn") - 1000.0  # 500 guided, 500 of one-offs ended
    assert duty == pytest.approx(last(base, "honda", "net_tariff_cost_jpy_bn") / 145.0, rel=1e-9)
    assert profit == pytest.approx(25.0 - duty, rel=1e-9)


def test_nissans_rate_moves_with_hondas_at_its_gap() -> None:
    assert fi.planning_rate_jpy_per_usd(145.0, 5.0) == 150.0
    closed = project({"nissan_jpy_gap": 0.0}, DEFAULT_EDITION)
    assert last(closed, "nissan", "currency_effect_jpy_bn") == pytest.approx(12.0 * -5.0, rel=1e-12)
    assert last(closed, "honda", "currency_effect_jpy_bn") == 0.0


def test_a_cost_of_nothing_is_plain_zero() -> None:
    assert str(fi.cost_jpy_bn(0.0)) == "0.0"


def test_margin_is_profit_over_revenue() -> None:
    world = project(everything_on("2026-11"), DEFAULT_EDITION)
    for company in COMPANIES:
        margin = of(world, company, "operating_profit_jpy_bn") / of(world, company, "revenue_jpy_bn")
        assert of(world, company, "operating_margin_share") == pytest.approx(margin, rel=1e-12)


def test_the_reference_is_guidance_and_its_one_off_losses_end_with_the_guided_year() -> None:
    assert fi.reference_profit_jpy_bn(500.0, 480.0, 0.0, np.arange(5.0)).tolist() == [500.0, *[980.0] * 4]
    assert fi.first_year_jpy_bn(80.0, np.arange(5.0)).tolist() == [80.0, 0.0, 0.0, 0.0, 0.0]


def test_a_surcharge_that_ended_lifts_the_reference_by_what_it_cost() -> None:
    """By hand: 10 % for 3.8 months on 4 bn dollars at 145 yen is 18.4 bn yen, in the guided year alone."""
    assert fi.in_first_year(np.array([7.0, 5.0, 3.0]), np.arange(3.0)).tolist() == [7.0]
    assert fi.in_first_year(7.0, np.arange(3.0)).tolist() == [7.0]
    world = project({"other_surcharged_share": 1.0, "honda_other_usd_bn": 4.0}, "2026-11")
    cost = 4.0 * 0.10 * 3.8 / 12.0 * 145.0
    plain = of(reference("2026-11"), "honda", "reference_profit_jpy_bn")
    expected = plain + cost * np.array([0.0, 1.0, 1.0, 1.0, 1.0])
    assert of(world, "honda", "reference_profit_jpy_bn") == pytest.approx(expected, rel=1e-12)
    assert of(world, "honda", "operating_profit_jpy_bn") == pytest.approx(expected, rel=1e-12)
    assert of(world, "nissan", "reference_profit_jpy_bn") == pytest.approx(
        of(reference("2026-11"), "nissan", "reference_profit_jpy_bn")
    )


def test_duty_over_revenue_is_net_duty_over_revenue() -> None:
    world = project(everything_on("2026-11"), DEFAULT_EDITION)
    for company in COMPANIES:
        share = of(world, company, "net_tariff_cost_jpy_bn") / of(world, company, "revenue_jpy_bn")
        assert of(world, company, "net_duty_of_revenue_share") == pytest.approx(share, rel=1e-12)
