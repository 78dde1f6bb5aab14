"""Prices, demand and where cars are built, in the cases that can be worked out by hand."""

import numpy as np
import pytest

from model.formulas import market as ma
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, last, of

YEARS = np.arange(5.0)
ALL_OUTPUTS_OF_DEMAND = ("us_sales_kveh", "usmca_imports_kveh", "japan_imports_kveh", "us_output_kveh")


@pytest.mark.parametrize(
    "still",
    [{"pass_through_share": 0.0, "demand_elasticity": -6.0}, {"pass_through_share": 1.0, "demand_elasticity": 0.0}],
)
@pytest.mark.parametrize("company", COMPANIES)
def test_no_pass_through_or_no_elasticity_leaves_demand(still: dict[str, float], company: str) -> None:
    world = project(still)
    for name in ALL_OUTPUTS_OF_DEMAND:
        assert of(world, company, name).tolist() == of(reference(), company, name).tolist(), name
    assert not of(world, company, "lost_sales_effect_jpy_bn").any()


@pytest.mark.parametrize("company", COMPANIES)
def test_full_pass_through_to_customers_who_do_not_react_pays_all_net_duty_on_cars(company: str) -> None:
    world = project({"pass_through_share": 1.0, "demand_elasticity": 0.0, "other_tariff_share": 0.0})
    assert of(world, company, "customers_pay_jpy_bn") == pytest.approx(
        of(world, company, "net_tariff_cost_jpy_bn"), rel=1e-12
    )


def test_motorcycle_duty_is_not_put_on_car_prices() -> None:
    prices = [
        last(project({"pass_through_share": 1.0, "other_tariff_share": t}), "honda", "price_rise_usd") for t in (0, 0.5)
    ]
    assert prices[0] == prices[1]


def test_the_price_rise_is_the_share_of_net_duty_over_all_us_sales() -> None:
    assert ma.price_rise_usd(0.5, 2.0, 1000.0) == pytest.approx(1000.0, rel=1e-12)


@pytest.mark.parametrize(("elasticity", "left"), [(0.0, 1.0), (-1.0, 1 / 1.1), (-2.0, 1 / 1.21)])
def test_demand_has_constant_elasticity(elasticity: float, left: float) -> None:
    assert ma.demand_share(3000.0, 30000.0, elasticity) == pytest.approx(left, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_a_lost_sale_loses_its_contribution_and_its_duty(company: str) -> None:
    world, base = project({"pass_through_share": 0.6, "demand_elasticity": -2.0}), reference()
    sold, before = last(world, company, "us_sales_kveh"), last(base, company, "us_sales_kveh")
    contribution_usd, fx = (5000.0, 145.0) if company == "honda" else (4000.0, 150.0)
    assert sold < before
    assert last(world, company, "lost_sales_effect_jpy_bn") == pytest.approx(
        -(before - sold) * contribution_usd * 1e-6 * fx, rel=1e-12
    )
    for duty in ("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn"):
        assert last(world, company, duty) == pytest.approx(last(base, company, duty) * sold / before, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_all_origins_lose_volume_in_proportion(company: str) -> None:
    world, base = project({"pass_through_share": 0.6, "demand_elasticity": -2.0}), reference()
    left = last(world, company, "us_sales_kveh") / last(base, company, "us_sales_kveh")
    for name in ("usmca_imports_kveh", "japan_imports_kveh"):
        assert last(world, company, name) == pytest.approx(last(base, company, name) * left, rel=1e-12)


def test_exports_from_us_plants_are_not_lost() -> None:
    assert ma.us_output_after_demand_kveh(960.0, 880.0, 0.5) == pytest.approx(960.0 - 440.0, rel=1e-12)


@pytest.mark.parametrize("demand", [1.0, 0.5, 0.01, 0.0])
def test_us_output_never_falls_below_zero_where_sales_of_a_year_exceed_it(demand: float) -> None:
    assert ma.us_output_after_demand_kveh(486.0, 506.0, demand) == pytest.approx(486.0 * demand, abs=1e-12)


@pytest.mark.parametrize(
    ("start", "delay", "years", "progress"),
    [
        (0.0, 0.0, 1.0, [1, 1, 1, 1, 1]),
        (2.0, 0.0, 2.0, [0, 0, 0.5, 1, 1]),
        (1.0, 1.0, 2.0, [0, 0, 0.5, 1, 1]),
        (0.5, 0.0, 1.0, [0.5, 1, 1, 1, 1]),
        (5.0, 0.0, 1.0, [0, 0, 0, 0, 0]),
        (3.0, 5.0, 2.0, [0, 0, 0, 0, 0]),
    ],
)
def test_a_ramp_is_zero_before_the_start_and_rises_evenly_to_one(
    start: float, delay: float, years: float, progress: list[float]
) -> None:
    assert ma.ramp_share(YEARS, start, delay, years) == pytest.approx(progress, abs=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize(("company", "free_kveh"), [("honda", 1030 - 960), ("nissan", 640 + 410 - 486.232)])
def test_reshoring_is_limited_by_free_capacity_and_the_rest_is_reported(
    edition_name: str, company: str, free_kveh: float
) -> None:
    imports = {"honda": 550.0, "nissan": 420.0}[company]
    for share in (0.1, 0.5, 1.0):
        world = project({f"{company}_reshoring_share": share}, edition_name)
        moved, unplaced = last(world, company, "moved_kveh"), last(world, company, "unplaced_kveh")
        assert moved == pytest.approx(min(imports * share, free_kveh), rel=1e-12)
        assert moved + unplaced == pytest.approx(imports * share, rel=1e-12)
        left = last(world, company, "usmca_imports_kveh") + last(world, company, "japan_imports_kveh")
        assert left == pytest.approx(imports - moved, rel=1e-12)
        built = last(world, company, "us_output_kveh") - last(reference(edition_name), company, "us_output_kveh")
        assert built == pytest.approx(moved, rel=1e-9)


def test_moving_takes_from_both_origins_in_proportion() -> None:
    assert ma.remaining_imports_kveh(300.0, 300.0, 100.0, 40.0) == pytest.approx(270.0, rel=1e-12)
    assert ma.remaining_imports_kveh(100.0, 300.0, 100.0, 40.0) == pytest.approx(90.0, rel=1e-12)


def test_moved_cars_cost_the_penalty_each() -> None:
    world = project({"honda_reshoring_share": 0.1, "reshoring_penalty_usd": 3000.0})
    assert last(world, "honda", "reshoring_effect_jpy_bn") == pytest.approx(-55.0 * 3000.0 * 1e-6 * 145.0, rel=1e-12)


def test_moved_cars_need_parts_that_pay_duty() -> None:
    """Moved cars pay no car duty; the parts they need pay duty like those of any US-built car."""
    world, base = project({"honda_reshoring_share": 0.1}), reference()
    assert last(world, "honda", "net_parts_duty_jpy_bn") == pytest.approx(
        last(base, "honda", "net_parts_duty_jpy_bn") * (960.0 + 55.0) / 960.0, rel=1e-12
    )


def test_moves_begin_when_they_start() -> None:
    moved = of(project({"nissan_reshoring_share": 0.1, "reshoring_start_yr": 2.5}), "nissan", "moved_kveh")
    assert moved == pytest.approx([0.0, 0.0, 21.0, 42.0, 42.0], abs=1e-9)


def test_trucks_promised_to_honda_leave_less_room_for_nissans_moves() -> None:
    alone = project({"nissan_reshoring_share": 1.0, "canton_base_kveh": 150.0})
    with_trucks = project({"nissan_reshoring_share": 1.0, "canton_base_kveh": 150.0, "canton_honda_trucks_kveh": 260.0})
    assert last(alone, "nissan", "unplaced_kveh") == 0.0
    assert last(with_trucks, "nissan", "moved_kveh") == pytest.approx(640 + 410 - 486.232 - 260, rel=1e-12)
