"""A higher tariff never raises profit where cars are sold at a profit.

It can, and rightly, in two corners of the hard bounds. First, where the average car loses money: the duty
that the company keeps, plus the extra cost of moved cars, exceeds its contribution; a higher rate then
raises prices, sells fewer cars and loses less. Second, for Nissan with trucks for Honda: fewer Nissans at
Canton raise the average fixed cost there, and Honda carries its share of that in the transfer price.
Both lie outside the plausible ranges, within which the claim is tested without conditions.
"""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from model.editions import DEFAULT_EDITION, edition
from model.projection import Projection, project
from model.registry import ASSUMPTIONS
from tests.model.scenarios import (
    COMPANIES,
    EDITIONS,
    TARIFFS,
    draws,
    examples,
    fitted,
    hard_bounds,
    of,
    overrides,
    plausible_range,
)

ROUNDING_JPY_BN = 1e-8
each_rate = pytest.mark.parametrize("rate", TARIFFS)
each_edition = pytest.mark.parametrize("edition_name", EDITIONS)


def profit_gain(lower: Projection, higher: Projection, company: str) -> NDArray[np.float64]:
    profit = "operating_profit_jpy_bn"
    return of(higher, company, profit) - of(lower, company, profit)


def pair_of_rates(rng: np.random.Generator, rate: str, count: int) -> NDArray[np.float64]:
    """A lower and a higher rate for each draw, anywhere within the hard bounds of the rate."""
    a = ASSUMPTIONS[rate]
    return np.sort(rng.uniform(a.minimum, a.maximum, (2, count)), axis=0)


@each_rate
@each_edition
@pytest.mark.parametrize("corners", [False, True])
def test_a_higher_rate_never_raises_profit_within_plausible_ranges(rate: str, edition_name: str, corners: bool) -> None:
    rng = np.random.default_rng(21)
    others, (low, high) = draws(rng, 2000, plausible_range, corners), pair_of_rates(rng, rate, 2000)
    lower, higher = project({**others, rate: low}, edition_name), project({**others, rate: high}, edition_name)
    for company in COMPANIES:
        assert profit_gain(lower, higher, company).max() <= ROUNDING_JPY_BN


@given(st.data(), st.sampled_from(TARIFFS), st.sampled_from(EDITIONS))
@examples(40)
def test_hypothesis_finds_no_plausible_scenario_where_a_higher_rate_raises_profit(
    data: st.DataObject, rate: str, edition_name: str
) -> None:
    others = data.draw(overrides(plausible_range))
    a = ASSUMPTIONS[rate]
    low, high = sorted(data.draw(st.tuples(*[st.floats(a.minimum, a.maximum)] * 2)))
    lower, higher = (project(fitted({**others, rate: r}, edition_name), edition_name) for r in (low, high))
    for company in COMPANIES:
        assert profit_gain(lower, higher, company).max() <= ROUNDING_JPY_BN


@each_rate
@each_edition
@pytest.mark.parametrize("corners", [False, True])
def test_at_the_hard_bounds_a_higher_rate_never_raises_profit_where_cars_earn_money(
    rate: str, edition_name: str, corners: bool
) -> None:
    rng = np.random.default_rng(22)
    others, (low, high) = draws(rng, 4000, hard_bounds, corners), pair_of_rates(rng, rate, 4000)
    others["transfer_fixed_share"] = np.zeros(4000)  # the second corner is closed
    others["pass_through_share"] = np.maximum(others["pass_through_share"], 0.01)
    lower, higher = project({**others, rate: low}, edition_name), project({**others, rate: high}, edition_name)
    for company in COMPANIES:
        earns = contribution_left_usd(higher, {**others, rate: high}, company, edition_name) >= 0.0
        assert earns.mean() > 0.3
        assert profit_gain(lower, higher, company)[earns].max() <= ROUNDING_JPY_BN


def contribution_left_usd(
    world: Projection, values: dict[str, NDArray[np.float64]], company: str, edition_name: str
) -> NDArray[np.float64]:
    """Contribution less retained duty and the cost of moved cars, per car sold before demand reacts [USD].

    Retained of the gross duty: a car that is not sold saves all of it, since own measures are an amount.
    """
    sales = edition(edition_name).facts[f"{company}_us_sales_kveh"]
    planned = project({**values, "pass_through_share": 0.0}, edition_name)
    on_cars = of(planned, company, "gross_tariff_cost_jpy_bn") - of(planned, company, "gross_other_duty_jpy_bn")
    yen = values["jpy_per_usd"] + (values["nissan_jpy_gap"] if company == "nissan" else 0.0)
    duty_usd = on_cars / yen[:, np.newaxis] / (sales * 1e-6)
    retained = duty_usd - of(world, company, "price_rise_usd")
    moved = of(world, company, "moved_kveh") + np.asarray(world.plant["plant_replaced_kveh"])
    moved_cost = moved * values["reshoring_penalty_usd"][:, np.newaxis]
    return values[f"{company}_contribution_usd"][:, np.newaxis] - retained - moved_cost / sales


def test_a_company_that_loses_money_on_every_car_gains_from_a_rate_that_stops_sales() -> None:
    """The first corner, pinned: the company keeps half of a duty of 17,000 a car and earns 1,000 before it."""
    loss_making = {
        "japan_tariff_share": 0.5,
        "usmca_tariff_share": 0.5,
        "nissan_mexico_value_usd": 40000.0,
        "nissan_japan_value_usd": 45000.0,
        "nissan_us_content_share": 0.0,
        "nissan_parts_usd_bn": 15.0,
        "parts_materials_share": 0.0,
        "parts_exempt_share": 0.0,
        "nissan_parts_japan_share": 0.0,
        "nissan_own_measures_jpy_bn": 0.0,
        "msrp_offset_share": 0.0,
        "nissan_price_usd": 20000.0,
        "nissan_contribution_usd": 1000.0,
        "own_elasticity": -6.0,
        "market_elasticity": -6.0,
        "pass_through_share": 0.5,
        "stock_months": 0.0,
    }
    lower, higher = (project({**loss_making, "parts_tariff_share": rate}, DEFAULT_EDITION) for rate in (0.25, 0.5))
    assert profit_gain(lower, higher, "nissan").min() > 0.0
    assert of(higher, "nissan", "price_rise_usd").min() > 1000.0


def test_nissan_can_gain_where_honda_carries_the_fixed_cost_of_an_emptier_canton() -> None:
    """The second corner, pinned: full pass-through, least contribution, most fixed cost in the transfer price."""
    carried = {
        "pass_through_share": 1.0,
        "nissan_contribution_usd": 1000.0,
        "canton_capacity_kveh": 500.0,
        "canton_base_kveh": 200.0,
        "canton_honda_trucks_kveh": 300.0,
        "canton_contribution_usd": 8000.0,
        "break_even_share": 1.0,
        "transfer_fixed_share": 1.0,
        "success_probability_share": 1.0,
    }
    lower, higher = (project({**carried, "japan_tariff_share": rate}, DEFAULT_EDITION) for rate in (0.15, 0.25))
    assert profit_gain(lower, higher, "nissan")[-1] > 0.0
    without = [
        project({**carried, "japan_tariff_share": r, "transfer_fixed_share": 0.0}, DEFAULT_EDITION)
        for r in (0.15, 0.25)
    ]
    assert profit_gain(*without, "nissan")[-1] < 0.0
