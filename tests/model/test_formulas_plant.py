"""Canton: fixed cost, the transfer price, and what trucks do to duty."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION
from model.formulas import plant as pl
from model.projection import project, reference
from tests.model.scenarios import EDITIONS, everything_on, last, of

TRUCKS = {"canton_honda_trucks_kveh": 100.0, "success_probability_share": 1.0}
YEARS = np.arange(5.0)
RIDGELINES = 45.421  # US sales of 2024 [thousand]


def test_fixed_cost_of_canton_is_656_million_dollars_by_the_break_even_rule() -> None:
    fixed_usd_bn = pl.fixed_cost_usd_bn(pl.break_even_output_kveh(0.8, 410.0), 2000.0)
    assert fixed_usd_bn == pytest.approx(0.656, rel=1e-12)
    base = reference(DEFAULT_EDITION)
    assert base.once["canton_fixed_cost_usd_per_vehicle"] == pytest.approx(0.656e9 / 210e3, rel=1e-12)


def test_at_break_even_output_contribution_covers_fixed_cost() -> None:
    output = pl.break_even_output_kveh(0.8, 410.0)
    assert pl.fixed_cost_usd_per_vehicle(pl.fixed_cost_usd_bn(output, 2000.0), output) == pytest.approx(2000.0)
    assert pl.break_even_gap_kveh(output, output) == 0.0


def test_the_gap_to_break_even_is_118_thousand_cars_with_nothing_moved() -> None:
    assert reference(DEFAULT_EDITION).once["canton_break_even_gap_kveh"] == pytest.approx(0.8 * 410 - 210, rel=1e-12)
    assert reference(DEFAULT_EDITION).once["canton_utilisation_share"] == pytest.approx(210 / 410, rel=1e-12)


@pytest.mark.parametrize(
    "others", [{}, {"pass_through_share": 0.8, "own_elasticity": -6.0, "rivals_follow_share": 0.6}]
)
def test_more_trucks_never_lower_utilisation(others: dict[str, float]) -> None:
    trucks = np.linspace(0.0, 200.0, 81)
    use = project({**others, "canton_honda_trucks_kveh": trucks}, DEFAULT_EDITION).plant["plant_utilisation_share"]
    assert np.diff(np.asarray(use), axis=0).min() >= 0.0


@pytest.mark.parametrize("moved_share", [0.2, 1.0])
def test_at_full_rate_more_trucks_never_lower_utilisation_even_where_they_displace_moved_cars(
    moved_share: float,
) -> None:
    trucks = np.linspace(0.0, 300.0, 121)
    world = project(
        {"canton_base_kveh": 110.0, "nissan_reshoring_share": moved_share, "canton_honda_trucks_kveh": trucks},
        DEFAULT_EDITION,
    )
    assert np.diff(np.asarray(world.once["canton_utilisation_share"])).min() >= -1e-12


def test_a_full_plant_is_used_to_capacity_and_no_further() -> None:
    full = project({"canton_honda_trucks_kveh": 200.0, "nissan_reshoring_share": 1.0}, DEFAULT_EDITION)
    assert full.once["canton_utilisation_share"] == pytest.approx(1.0, rel=1e-12)


def test_moved_nissans_are_spread_over_free_capacity_and_lose_demand_like_other_cars() -> None:
    moved = {"nissan_reshoring_share": 0.5, "pass_through_share": 0.5}
    world = project(moved, DEFAULT_EDITION)
    demand = last(world, "nissan", "us_sales_kveh") / last(reference(DEFAULT_EDITION), "nissan", "us_sales_kveh")
    at_canton = 210.0 * 200.0 / (640 + 410 - 486.232)  # half of 420, by Canton's part of the room
    assert demand < 1.0
    assert world.once["canton_output_kveh"] == pytest.approx((210.0 + at_canton) * demand, rel=1e-12)


@pytest.mark.parametrize(
    ("moved", "canton_room", "room", "at_canton"),
    [
        (100.0, 50.0, 200.0, 25.0),
        (0.5, 0.5, 0.5, 0.5),
        (0.25, 0.25, 0.5, 0.125),
        (0.0, 0.0, 0.0, 0.0),
        (5.0, 0.0, 9.0, 0.0),
    ],
)
def test_canton_takes_its_part_of_the_moved_cars_down_to_no_room(
    moved: float, canton_room: float, room: float, at_canton: float
) -> None:
    assert pl.canton_reshored_kveh(moved, canton_room, room) == pytest.approx(at_canton, rel=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_what_nissan_receives_honda_pays_in_dollars(edition_name: str) -> None:
    """In yen at Honda's rate; what Nissan books beyond it, at its own rate, has a name of its own."""
    for values in ({**TRUCKS}, everything_on(edition_name), {**TRUCKS, "jpy_per_usd": 120.0, "nissan_jpy_gap": -20.0}):
        world = project(values, edition_name)
        rate = values.get("jpy_per_usd", {"2026-11": 145.0, "2026-05": 145.0, "2025-07": 135.0}[edition_name])
        gap = values.get("nissan_jpy_gap", {"2026-11": 5.0, "2026-05": 5.0, "2025-07": 10.0}[edition_name])
        paid = of(world, "honda", "transfer_effect_jpy_bn") / rate
        booked = of(world, "nissan", "transfer_effect_jpy_bn") + of(world, "nissan", "planning_gap_effect_jpy_bn")
        received = booked / (rate + gap)
        assert received.max() > 0.0
        assert received == pytest.approx(-paid, rel=1e-12)
        assert of(world, "nissan", "planning_gap_effect_jpy_bn") == pytest.approx(received * gap, rel=1e-12)
        assert not of(world, "honda", "planning_gap_effect_jpy_bn").any()


@pytest.mark.parametrize("gap", [-20.0, 0.0, 5.0])
def test_the_transfer_moves_nothing_in_total_and_planning_rates_do_only_where_they_differ(gap: float) -> None:
    world = project({**TRUCKS, "nissan_jpy_gap": gap}, DEFAULT_EDITION)
    total = of(world, "honda", "transfer_effect_jpy_bn") + of(world, "nissan", "transfer_effect_jpy_bn")
    assert total == pytest.approx(np.zeros(5), abs=1e-12)
    assert of(world, "nissan", "planning_gap_effect_jpy_bn").any() == (gap != 0.0)


def test_the_transfer_price_is_variable_cost_fixed_cost_share_and_fee() -> None:
    world = project(
        {**TRUCKS, "transfer_fixed_share": 0.25, "transfer_fee_usd": 700.0, "truck_cost_usd": 30000.0}, DEFAULT_EDITION
    )
    fixed_per_car = 0.656e9 / 310e3
    price = np.asarray(world.plant["plant_transfer_price_usd"])[-1]
    assert price == pytest.approx(30000.0 + 0.25 * fixed_per_car + 700.0, rel=1e-12)
    income_usd_bn = 100e3 * (0.25 * fixed_per_car + 700.0) / 1e9
    assert last(world, "nissan", "transfer_effect_jpy_bn") == pytest.approx(income_usd_bn * 145.0, rel=1e-12)
    assert last(world, "nissan", "planning_gap_effect_jpy_bn") == pytest.approx(income_usd_bn * 5.0, rel=1e-12)


def test_replaced_ridgelines_are_capped_at_all_of_them() -> None:
    assert pl.ridgelines_replaced_kveh(100.0, 1.0, RIDGELINES) == RIDGELINES
    assert pl.ridgelines_replaced_kveh(40.0, 0.5, RIDGELINES) == 20.0
    world = project({**TRUCKS, "ridgeline_replaced_share": 1.0}, DEFAULT_EDITION)
    assert np.asarray(world.plant["plant_replaced_kveh"])[-1] == RIDGELINES
    extra = last(world, "honda", "us_sales_kveh") - last(reference(DEFAULT_EDITION), "honda", "us_sales_kveh")
    assert extra == pytest.approx(100.0 - RIDGELINES, rel=1e-9)


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_extra_trucks_avoid_no_duty(edition_name: str) -> None:
    world, base = project({**TRUCKS, "ridgeline_replaced_share": 0.0}, edition_name), reference(edition_name)
    for company in ("honda", "nissan"):
        gross = of(world, company, "gross_tariff_cost_jpy_bn")
        assert gross.tolist() == of(base, company, "gross_tariff_cost_jpy_bn").tolist()
    assert not of(world, "honda", "freed_lines_effect_jpy_bn").any()
    assert last(world, "honda", "extra_trucks_effect_jpy_bn") > 0.0


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_replaced_ridgelines_avoid_the_duty_on_the_imports_that_freed_lines_build(edition_name: str) -> None:
    policy = {"msrp_offset_share": 0.01, "parts_materials_share": 0.05}  # an offset below the duty on parts
    world = project({**TRUCKS, **policy, "ridgeline_replaced_share": 1.0}, edition_name)
    base = project(policy, edition_name)
    imports = {"2025-07": 530.0, "2026-05": 530.0, "2026-11": 437.8}[edition_name]
    usmca = "gross_usmca_duty_jpy_bn"
    assert last(world, "honda", usmca) == pytest.approx(
        last(base, "honda", usmca) * (1 - RIDGELINES / imports), rel=1e-12
    )
    for line in ("gross_parts_duty_jpy_bn", "gross_materials_duty_jpy_bn"):
        before = last(base, "honda", line)
        assert before > 0.0
        assert last(world, "honda", line) == pytest.approx(before * (1 + RIDGELINES / 960), rel=1e-9)
    assert last(world, "honda", "gross_tariff_cost_jpy_bn") < last(base, "honda", "gross_tariff_cost_jpy_bn")
    assert last(world, "honda", "us_output_kveh") == pytest.approx(960.0, rel=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_freed_lines_that_stand_idle_avoid_no_duty(edition_name: str) -> None:
    idle = project({**TRUCKS, "ridgeline_replaced_share": 1.0, "freed_line_use_share": 0.0}, edition_name)
    base = reference(edition_name)
    gross = "gross_tariff_cost_jpy_bn"
    assert of(idle, "honda", gross).tolist() == of(base, "honda", gross).tolist()
    assert not of(idle, "honda", "freed_lines_effect_jpy_bn").any()
    assert last(idle, "honda", "us_output_kveh") == pytest.approx(960.0 - RIDGELINES, rel=1e-12)


def test_cars_on_freed_lines_cost_the_penalty_of_moved_cars() -> None:
    free, dear = (
        last(
            project({**TRUCKS, "ridgeline_replaced_share": 1.0, "reshoring_penalty_usd": usd}, DEFAULT_EDITION),
            "honda",
            "freed_lines_effect_jpy_bn",
        )
        for usd in (0.0, 2000.0)
    )
    assert free - dear == pytest.approx(RIDGELINES * 2000.0 * 1e-6 * 145.0, rel=1e-9)


def test_extra_trucks_earn_their_price_less_variable_cost() -> None:
    extra_only = {**TRUCKS, "ridgeline_replaced_share": 0.0}
    world = project({**extra_only, "truck_price_usd": 40000.0, "truck_cost_usd": 33000.0}, DEFAULT_EDITION)
    assert last(world, "honda", "extra_trucks_effect_jpy_bn") == pytest.approx(100e3 * 7000.0 / 1e9 * 145.0, rel=1e-12)
    assert not of(world, "nissan", "extra_trucks_effect_jpy_bn").any()


def test_revenue_counts_extra_trucks_at_honda_and_all_trucks_at_nissan() -> None:
    world = project({**TRUCKS, "ridgeline_replaced_share": 0.2}, DEFAULT_EDITION)
    at_honda = last(world, "honda", "revenue_jpy_bn") - 23150.0
    at_nissan = last(world, "nissan", "revenue_jpy_bn") - 13000.0
    price = np.asarray(world.plant["plant_transfer_price_usd"])[-1]
    assert at_honda == pytest.approx(80e3 * 38000.0 / 1e9 * 145.0, rel=1e-9)
    assert at_nissan == pytest.approx(100e3 * price / 1e9 * 150.0, rel=1e-9)


def test_capital_avoided_is_7700_dollars_a_truck_less_tooling() -> None:
    assert project({**TRUCKS, "tooling_usd_bn": 0.3}, DEFAULT_EDITION).once["capex_avoided_usd_bn"] == pytest.approx(
        0.77 - 0.3, rel=1e-12
    )
    assert project({"tooling_usd_bn": 0.3}, DEFAULT_EDITION).once["capex_avoided_usd_bn"] == 0.0
    assert pl.capex_avoided_usd_bn(0.5, 7700.0, 0.3) == pytest.approx(0.00385 - 0.3, rel=1e-12)


def test_tooling_is_written_off_evenly_from_the_first_truck_on() -> None:
    world = project({**TRUCKS, "canton_start_yr": 2.0, "tooling_usd_bn": 0.7, "tooling_life_yr": 7.0}, DEFAULT_EDITION)
    assert of(world, "honda", "tooling_effect_jpy_bn") == pytest.approx([0, 0, -14.5, -14.5, -14.5], abs=1e-9)
    assert not of(world, "nissan", "tooling_effect_jpy_bn").any()
    assert not of(project({"tooling_usd_bn": 3.0}, DEFAULT_EDITION), "honda", "tooling_effect_jpy_bn").any()
    assert pl.tooling_jpy_bn(0.7, 100.0, 1 / 7, 145.0) == pytest.approx(14.5, rel=1e-12)
    assert pl.tooling_jpy_bn(0.7, 0.0, 1 / 7, 145.0) == 0.0


@pytest.mark.parametrize(
    ("start", "delay", "life", "written_off"),
    [
        (2.0, 0.0, 7.0, [0, 0, 1 / 7, 1 / 7, 1 / 7]),
        (0.0, 0.0, 5.0, [0.2] * 5),
        (0.5, 1.0, 5.0, [0, 0.1, 0.2, 0.2, 0.2]),
        (4.0, 5.0, 7.0, [0] * 5),
    ],
)
def test_a_year_writes_off_its_part_of_the_life_after_the_first_truck(
    start: float, delay: float, life: float, written_off: list[float]
) -> None:
    assert pl.written_off_share(YEARS, start, delay, life) == pytest.approx(written_off, abs=1e-12)
    assert pl.written_off_share(np.arange(25.0), start, delay, life).sum() == pytest.approx(1.0, rel=1e-12)


@pytest.mark.parametrize(
    ("start", "delay", "lead", "spent"),
    [
        (2.0, 0.0, 2.0, [0.5, 0.5, 0, 0, 0]),
        (4.0, 0.0, 2.0, [0, 0, 0.5, 0.5, 0]),
        (2.5, 0.0, 2.0, [0.25, 0.5, 0.25, 0, 0]),
        (1.0, 0.0, 3.0, [1, 0, 0, 0, 0]),  # one year is left of three
        (0.0, 0.0, 2.0, [1, 0, 0, 0, 0]),
        (1.0, 2.0, 1.0, [0, 0, 1, 0, 0]),
    ],
)
def test_tooling_is_paid_evenly_over_the_years_before_the_first_truck_that_are_left(
    start: float, delay: float, lead: float, spent: list[float]
) -> None:
    assert pl.spent_share(YEARS, start, delay, lead) == pytest.approx(spent, abs=1e-12)


def test_trucks_ramp_up_from_their_start_and_wait_for_the_delay() -> None:
    ramp = project({**TRUCKS, "canton_start_yr": 1.0, "canton_ramp_yr": 2.0, "alliance_delay_yr": 1.0}, DEFAULT_EDITION)
    assert np.asarray(ramp.plant["plant_trucks_kveh"]).tolist() == [0.0, 0.0, 25.0, 75.0, 100.0]


def test_what_canton_has_left_of_its_fixed_cost_is_contribution_and_payment_less_that_cost() -> None:
    alone = np.asarray(reference(DEFAULT_EDITION).plant["plant_result_usd_bn"])
    assert alone == pytest.approx(np.full(5, (210.0 - 0.8 * 410.0) * 2000.0 * 1e-6), rel=1e-12)
    world = project({**TRUCKS, "transfer_fixed_share": 0.25, "transfer_fee_usd": 700.0}, DEFAULT_EDITION)
    mark_up = 0.25 * 0.656e9 / 310e3 + 700.0
    left = (210e3 * 2000.0 + 100e3 * mark_up) / 1e9 - 0.656
    assert np.asarray(world.plant["plant_result_usd_bn"])[-1] == pytest.approx(left, rel=1e-12)
