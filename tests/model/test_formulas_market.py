"""Prices, demand and where cars are built, in the cases that can be worked out by hand."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION
from model.formulas import market as ma
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, last, of

YEARS = np.arange(5.0)
ALL_OUTPUTS_OF_DEMAND = ("us_sales_kveh", "usmca_imports_kveh", "japan_imports_kveh", "us_output_kveh")


STEADFAST = {"own_elasticity": 0.0, "market_elasticity": 0.0}
"""Customers who buy whatever it costs."""
REACTING = {"pass_through_share": 0.6, "own_elasticity": -4.0, "market_elasticity": -1.0, "rivals_follow_share": 0.5}


@pytest.mark.parametrize(
    "still",
    [
        {"pass_through_share": 0.0, "own_elasticity": -10.0, "market_elasticity": -6.0},
        {"pass_through_share": 1.0, **STEADFAST},
        {"pass_through_share": 1.0, "own_elasticity": -6.0, "market_elasticity": 0.0, "rivals_follow_share": 1.0},
        {"pass_through_share": 1.0, "own_elasticity": 0.0, "market_elasticity": -6.0, "rivals_follow_share": 0.0},
    ],
)
@pytest.mark.parametrize("company", COMPANIES)
def test_no_pass_through_or_no_elasticity_leaves_demand(still: dict[str, float], company: str) -> None:
    world = project(still, DEFAULT_EDITION)
    for name in ALL_OUTPUTS_OF_DEMAND:
        assert of(world, company, name).tolist() == of(reference(DEFAULT_EDITION), company, name).tolist(), name
    assert not of(world, company, "lost_sales_effect_jpy_bn").any()


@pytest.mark.parametrize("company", COMPANIES)
def test_full_pass_through_to_customers_who_do_not_react_pays_all_net_duty_on_cars(company: str) -> None:
    world = project({"pass_through_share": 1.0, **STEADFAST, "other_tariff_share": 0.0}, DEFAULT_EDITION)
    assert of(world, company, "customers_pay_jpy_bn") == pytest.approx(
        of(world, company, "net_tariff_cost_jpy_bn"), rel=1e-12
    )


def test_motorcycle_duty_is_not_put_on_car_prices() -> None:
    prices = [
        last(project({"pass_through_share": 1.0, "other_tariff_share": t}, DEFAULT_EDITION), "honda", "price_rise_usd")
        for t in (0, 0.5)
    ]
    assert prices[0] == prices[1]


def test_the_price_rise_is_the_share_of_net_duty_over_all_us_sales() -> None:
    assert ma.price_rise_usd(0.5, 2.0, 1000.0) == pytest.approx(1000.0, rel=1e-12)


@pytest.mark.parametrize(("elasticity", "left"), [(0.0, 1.0), (-1.0, 1 / 1.1), (-2.0, 1 / 1.21)])
def test_demand_has_constant_elasticity(elasticity: float, left: float) -> None:
    assert ma.demand_share(3000.0, 30000.0, elasticity) == pytest.approx(left, rel=1e-12)


@pytest.mark.parametrize(("follow", "elasticity"), [(0.0, -4.0), (0.25, -3.25), (0.8, -1.6), (1.0, -1.0)])
@pytest.mark.parametrize("company", COMPANIES)
def test_sales_answer_between_a_makers_own_elasticity_and_the_markets_as_far_as_rivals_follow(
    company: str, follow: float, elasticity: float
) -> None:
    world = project({**REACTING, "rivals_follow_share": follow, f"{company}_price_usd": 40000.0}, DEFAULT_EDITION)
    left = last(world, company, "us_sales_kveh") / last(reference(DEFAULT_EDITION), company, "us_sales_kveh")
    rise = last(world, company, "price_rise_usd")
    assert rise > 0.0
    assert left == pytest.approx((1.0 + rise / 40000.0) ** elasticity, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_a_lost_sale_loses_its_contribution_and_its_duty(company: str) -> None:
    world, base = project(REACTING, DEFAULT_EDITION), reference(DEFAULT_EDITION)
    sold, before = last(world, company, "us_sales_kveh"), last(base, company, "us_sales_kveh")
    contribution_usd, fx = (7100.0, 145.0) if company == "honda" else (6200.0, 150.0)
    assert sold < before
    assert last(world, company, "lost_sales_effect_jpy_bn") == pytest.approx(
        -(before - sold) * contribution_usd * 1e-6 * fx, rel=1e-12
    )
    for duty in ("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn"):
        assert last(world, company, duty) == pytest.approx(last(base, company, duty) * sold / before, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_all_origins_lose_volume_in_proportion(company: str) -> None:
    world, base = project(REACTING, DEFAULT_EDITION), reference(DEFAULT_EDITION)
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
        (0.0, 0.0, 1.0, [0.5, 1, 1, 1, 1]),
        (2.0, 0.0, 2.0, [0, 0, 0.25, 0.75, 1]),
        (1.0, 1.0, 2.0, [0, 0, 0.25, 0.75, 1]),
        (0.5, 0.0, 1.0, [0.125, 0.875, 1, 1, 1]),
        (0.0, 0.0, 5.0, [0.1, 0.3, 0.5, 0.7, 0.9]),
        (5.0, 0.0, 1.0, [0, 0, 0, 0, 0]),
        (3.0, 5.0, 2.0, [0, 0, 0, 0, 0]),
    ],
)
def test_a_ramp_is_zero_before_the_start_and_rises_evenly_to_one(
    start: float, delay: float, years: float, progress: list[float]
) -> None:
    """Each year is the mean of a line that rises evenly."""
    assert ma.ramp_share(YEARS, start, delay, years) == pytest.approx(progress, abs=1e-12)


@pytest.mark.parametrize(
    ("start", "delay", "running"),
    [
        (0.0, 0.0, [1, 1, 1, 1, 1]),
        (-3.0, 0.0, [1, 1, 1, 1, 1]),
        (1.5, 0.0, [0, 0.5, 1, 1, 1]),
        (1.0, 1.25, [0, 0, 0.75, 1, 1]),
        (5.0, 1.0, [0, 0, 0, 0, 0]),
    ],
)
def test_a_year_counts_for_what_runs_by_the_part_after_its_start(
    start: float, delay: float, running: list[float]
) -> None:
    assert ma.running_share(YEARS, start, delay) == pytest.approx(running, abs=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize(("company", "free_kveh"), [("honda", 1030 - 960), ("nissan", 640 + 410 - 486.232)])
def test_reshoring_is_limited_by_free_capacity_and_the_rest_is_reported(
    edition_name: str, company: str, free_kveh: float
) -> None:
    hondas = {"2025-07": 550.0, "2026-05": 550.0, "2026-11": 457.8}
    imports = {"honda": hondas[edition_name], "nissan": 420.0}[company]
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
    world = project(
        {"honda_reshoring_share": 0.1, "reshoring_penalty_usd": 3000.0, "reshoring_tooling_usd": 0.0}, DEFAULT_EDITION
    )
    assert last(world, "honda", "reshoring_effect_jpy_bn") == pytest.approx(-45.78 * 3000.0 * 1e-6 * 145.0, rel=1e-12)


def test_moved_cars_cost_their_tooling_too_written_off_evenly_whether_or_not_they_sell() -> None:
    moved = {"honda_reshoring_share": 0.1, "reshoring_penalty_usd": 0.0, "reshoring_tooling_usd": 4200.0}
    world = project({**moved, "tooling_life_yr": 6.0}, DEFAULT_EDITION)
    assert last(world, "honda", "reshoring_effect_jpy_bn") == pytest.approx(-45.78 * 700.0 * 1e-6 * 145.0, rel=1e-12)
    assert ma.move_cost_usd_bn(10.0, 0.5, 2000.0, 4200.0, 6.0) == pytest.approx(10e3 * (1000 + 700) / 1e9, rel=1e-12)


def test_moved_cars_need_parts_that_pay_duty() -> None:
    """Moved cars pay no car duty; the parts they need pay duty like those of any US-built car."""
    no_offset = {"msrp_offset_share": 0.0}
    world, base = (
        project({"honda_reshoring_share": 0.1, **no_offset}, DEFAULT_EDITION),
        project(no_offset, DEFAULT_EDITION),
    )
    for line in ("net_parts_duty_jpy_bn", "net_materials_duty_jpy_bn"):
        assert last(base, "honda", line) > 0.0
        assert last(world, "honda", line) == pytest.approx(
            last(base, "honda", line) * (960.0 + 45.78) / 960.0, rel=1e-12
        )


def test_moves_begin_when_they_start() -> None:
    moved = of(
        project({"nissan_reshoring_share": 0.1, "reshoring_start_yr": 2.5}, DEFAULT_EDITION), "nissan", "moved_kveh"
    )
    assert moved == pytest.approx([0.0, 0.0, 42.0 * 0.125, 42.0 * 0.875, 42.0], abs=1e-9)


def test_trucks_promised_to_honda_leave_less_room_for_nissans_moves() -> None:
    alone = project({"nissan_reshoring_share": 1.0, "canton_base_kveh": 150.0}, DEFAULT_EDITION)
    with_trucks = project(
        {"nissan_reshoring_share": 1.0, "canton_base_kveh": 150.0, "canton_honda_trucks_kveh": 260.0}, DEFAULT_EDITION
    )
    assert last(alone, "nissan", "unplaced_kveh") == 0.0
    assert last(with_trucks, "nissan", "moved_kveh") == pytest.approx(640 + 410 - 486.232 - 260, rel=1e-12)
