"""What must hold in every scenario, each claim in its test's name."""

from collections.abc import Mapping

import numpy as np
import pytest
from numpy.typing import NDArray

from model.bridge import bridge
from model.editions import DEFAULT_EDITION, edition
from model.formulas import market as ma
from model.outputs import CHANNELS
from model.projection import Projection, project, reference_of
from model.registry import ASSUMPTIONS, ESTIMATE
from model.sampling import fitting
from tests.model.scenarios import (
    COMPANIES,
    EDITIONS,
    TARIFFS,
    YEARS,
    draws,
    everything_on,
    fitted,
    flat,
    hard_bounds,
    of,
    plausible_range,
)

Many = Mapping[str, float | NDArray[np.float64]]

ESTIMATES = tuple(key for key, a in ASSUMPTIONS.items() if a.role == ESTIMATE)
LINES = ("usmca", "japan", "parts", "materials", "other")
CORNERS_AND_INSIDE = pytest.mark.parametrize("corners", [False, True])
each_edition = pytest.mark.parametrize("edition_name", EDITIONS)
each_company = pytest.mark.parametrize("company", COMPANIES)

OF_DUTY = (
    "honda_own_measures_jpy_bn",
    "nissan_own_measures_jpy_bn",
    "honda_import_value_usd",
    "nissan_mexico_value_usd",
    "nissan_japan_value_usd",
    "honda_us_content_share",
    "nissan_us_content_share",
    "honda_parts_usd_bn",
    "nissan_parts_usd_bn",
    "parts_materials_share",
    "parts_exempt_share",
    "honda_parts_japan_share",
    "nissan_parts_japan_share",
    "honda_other_usd_bn",
    "other_surcharged_share",
    "stock_months",
    "honda_price_usd",
    "nissan_price_usd",
)
"""Estimates that say what a tariff falls on, or when; the prices set the offset."""

ALL_MOVED = {
    "usmca_tariff_share": 0.2,
    "japan_tariff_share": 0.275,
    "parts_tariff_share": 0.3,
    "japan_parts_tariff_share": 0.2,
    "materials_tariff_share": 0.4,
    "other_tariff_share": 0.1,
    "msrp_offset_share": 0.01,
    "tariff_start_months": 3.0,
    "parts_materials_share": 0.1,
}
"""Every rate away from every edition's, and an offset below the duty on parts."""

NO_MEASURES = {"honda_own_measures_jpy_bn": 0.0, "nissan_own_measures_jpy_bn": 0.0}

NO_COSTS = {
    **dict.fromkeys(("tooling_usd_bn", "integration_cost_jpy_bn", "software_cost_jpy_bn"), 0.0),
    "success_probability_share": 1.0,
}
PROGRAMMES = {
    **NO_COSTS,
    "platform_saving_jpy_bn": 100.0,
    "software_saving_share": 0.3,
    "software_gain_months": 6.0,
}
"""Platforms and software that cost nothing."""


def without_added_duty(edition_name: str) -> dict[str, float]:
    """Every rate at zero and cars from Japan at the ordinary duty, with no stock that paid more."""
    none = dict.fromkeys(TARIFFS, 0.0)
    return {**none, "stock_months": 0.0, "japan_tariff_share": edition(edition_name).facts["ordinary_car_duty_share"]}


def ends_of(key: str, edition_name: str, others: Mapping[str, float]) -> Many:
    """Both hard bounds and both ends of the plausible range of an assumption, beside others."""
    a = ASSUMPTIONS[key]
    return fitting({**edition(edition_name).defaults, **others, key: np.array([a.minimum, a.low, a.high, a.maximum])})


def value_of(world: Projection, company: str) -> NDArray[np.float64]:
    return np.asarray(world.once_company["alliance_npv_jpy_bn"][company])


# ---------------------------------------------------------------------- the reference
@each_edition
@pytest.mark.parametrize("key", ESTIMATES)
def test_moving_an_estimate_leaves_the_guided_year_at_guidance(key: str, edition_name: str) -> None:
    world = project(ends_of(key, edition_name, {}), edition_name)
    for company in COMPANIES:
        guided = edition(edition_name).facts[f"{company}_guided_operating_profit_jpy_bn"]
        profit = of(world, company, "operating_profit_jpy_bn")
        assert profit[:, 0] == pytest.approx(guided, abs=1e-9)
        assert profit == pytest.approx(of(world, company, "reference_profit_jpy_bn"), abs=1e-9)


@each_edition
def test_moving_all_estimates_at_once_leaves_the_guided_year_at_guidance(edition_name: str) -> None:
    many = {k: v for k, v in draws(np.random.default_rng(41), 3000, hard_bounds, True).items() if k in ESTIMATES}
    world = project(fitting({**edition(edition_name).defaults, **many}), edition_name)
    for company in COMPANIES:
        guided = edition(edition_name).facts[f"{company}_guided_operating_profit_jpy_bn"]
        assert of(world, company, "operating_profit_jpy_bn")[:, 0] == pytest.approx(guided, abs=1e-9)


@each_edition
@pytest.mark.parametrize("key", OF_DUTY)
def test_moving_an_estimate_of_duty_changes_what_a_tariff_costs(key: str, edition_name: str) -> None:
    """Older editions count no surcharge: whatever paid it moves nothing there."""
    moves = key != "other_surcharged_share" or edition(edition_name).facts["surcharge_share"] > 0.0
    world = project(ends_of(key, edition_name, ALL_MOVED), edition_name)
    cost = np.stack([of(world, company, "net_tariff_cost_jpy_bn") for company in COMPANIES])
    assert (np.abs(cost[:, 3] - cost[:, 0]).max() > 1.0) == moves


@each_edition
@pytest.mark.parametrize("key", [k for k in OF_DUTY if "own_measures" not in k and k != "other_surcharged_share"])
def test_moving_an_estimate_of_duty_changes_what_a_change_of_tariffs_does(key: str, edition_name: str) -> None:
    """Not own measures, an amount that stands on both sides, nor the surcharge, which nobody moves."""
    world = project(ends_of(key, edition_name, ALL_MOVED), edition_name)
    effect = np.stack(
        [of(world, c, "operating_profit_jpy_bn") - of(world, c, "reference_profit_jpy_bn") for c in COMPANIES]
    )
    assert np.abs(effect[:, 3] - effect[:, 0]).max() > 1.0


@each_edition
@CORNERS_AND_INSIDE
def test_the_bridge_sums_to_the_difference_from_the_reference_profit(edition_name: str, corners: bool) -> None:
    world = project(draws(np.random.default_rng(42), 3000, hard_bounds, corners), edition_name)
    for company in COMPANIES:
        steps = np.stack([of(world, company, name) for name in CHANNELS])
        moved = of(world, company, "operating_profit_jpy_bn") - of(world, company, "reference_profit_jpy_bn")
        scale = np.maximum(np.abs(steps).sum(axis=0), 1.0)
        assert (np.abs(steps.sum(axis=0) - moved) / scale).max() < 1e-12


@each_edition
def test_the_bridge_sums_to_the_difference_from_the_projection_of_the_reference(edition_name: str) -> None:
    values = fitted({**everything_on(edition_name), **ALL_MOVED, "honda_one_off_jpy_bn": 300.0}, edition_name)
    world, base = project(values, edition_name), reference_of(values, edition_name)
    for company in COMPANIES:
        for year in range(YEARS):
            profits = [of(w, company, "operating_profit_jpy_bn")[year] for w in (world, base)]
            steps = sum(step.effect_jpy_bn for step in bridge(world, company, year))
            assert steps == pytest.approx(profits[0] - profits[1], abs=1e-9)


@each_edition
@each_company
def test_one_off_losses_inside_guidance_end_with_its_year(company: str, edition_name: str) -> None:
    world = project({f"{company}_one_off_jpy_bn": 120.0}, edition_name)
    guided = edition(edition_name).facts[f"{company}_guided_operating_profit_jpy_bn"]
    for name in ("operating_profit_jpy_bn", "reference_profit_jpy_bn"):
        assert of(world, company, name) == pytest.approx([guided, *[guided + 120.0] * 4], abs=1e-9)
    assert not any(of(world, company, name).any() for name in CHANNELS)


@each_edition
def test_a_refund_comes_once_in_the_first_year(edition_name: str) -> None:
    world, base = project({"honda_refund_jpy_bn": 80.0}, edition_name), project({}, edition_name)
    moved = of(world, "honda", "operating_profit_jpy_bn") - of(base, "honda", "operating_profit_jpy_bn")
    assert moved == pytest.approx([80.0, 0.0, 0.0, 0.0, 0.0], abs=1e-9)


def test_the_surcharge_of_the_first_year_ends_with_it() -> None:
    world, base = project({"other_surcharged_share": 1.0}, DEFAULT_EDITION), project({}, DEFAULT_EDITION)
    more = of(world, "honda", "gross_other_duty_jpy_bn") - of(base, "honda", "gross_other_duty_jpy_bn")
    assert more[0] > 0.0
    assert not more[1:].any()


# ---------------------------------------------------------------------- duty
@each_edition
@each_company
def test_no_added_duty_costs_nothing(company: str, edition_name: str) -> None:
    free = project(without_added_duty(edition_name), edition_name)
    for name in ("gross_tariff_cost_jpy_bn", "net_tariff_cost_jpy_bn", "own_measures_jpy_bn", "offset_used_jpy_bn"):
        assert of(free, company, name) == pytest.approx(np.zeros(YEARS), abs=1e-9), name
    for name in ("usmca", "japan", "parts"):
        assert of(free, company, f"{name}_duty_usd_per_vehicle") == pytest.approx(np.zeros(YEARS), abs=1e-9), name


@each_edition
@each_company
@pytest.mark.parametrize(
    ("rate", "line"),
    [
        ("usmca_tariff_share", "usmca"),
        ("japan_tariff_share", "japan"),
        ("parts_tariff_share", "parts"),
        ("japan_parts_tariff_share", "parts"),
        ("materials_tariff_share", "materials"),
        ("other_tariff_share", "other"),
    ],
)
@pytest.mark.parametrize("offset", [0.0, 0.001])
def test_duty_is_linear_in_each_rate_when_nobody_reacts_and_the_offset_is_below_the_duty(
    rate: str, line: str, offset: float, company: str, edition_name: str
) -> None:
    a = ASSUMPTIONS[rate]
    rates = np.linspace(0.2, a.maximum, 7)
    mixed = {"parts_materials_share": 0.2, "honda_parts_japan_share": 0.4, "nissan_parts_japan_share": 0.4}
    world = project({**NO_MEASURES, **mixed, "msrp_offset_share": offset, rate: rates}, edition_name)
    assert of(world, company, "gross_parts_duty_jpy_bn").min() > 0.0
    duty = of(world, company, f"gross_{line}_duty_jpy_bn")[:, -1]
    step = np.diff(duty)
    assert step == pytest.approx(np.full(6, step[0]), abs=1e-9)
    assert step[0] > 0.0 or (company, line) == ("nissan", "other")
    for other in LINES:
        if other != line:
            assert np.ptp(of(world, company, f"gross_{other}_duty_jpy_bn")[:, -1]) == 0.0, other


@each_edition
@CORNERS_AND_INSIDE
def test_the_offset_is_never_above_the_duty_on_parts_nor_above_what_us_output_earns(
    edition_name: str, corners: bool
) -> None:
    values = {**draws(np.random.default_rng(43), 4000, hard_bounds, corners), "tariff_start_months": 0.0}
    world = project({**values, "success_probability_share": 0.0}, edition_name)
    for company in COMPANIES:
        used, before = (of(world, company, name) for name in ("offset_used_jpy_bn", "parts_before_offset_jpy_bn"))
        assert (used <= before).all()
        assert used.min() >= 0.0
        left = before - used
        assert of(world, company, "gross_parts_duty_jpy_bn") == pytest.approx(left, rel=1e-9, abs=1e-9)
        fx = values["jpy_per_usd"] + (values["nissan_jpy_gap"] if company == "nissan" else 0.0)
        each_usd = values["msrp_offset_share"] * values[f"{company}_price_usd"]
        earned = (each_usd * fx)[:, np.newaxis] * of(world, company, "us_output_kveh") * 1e-6
        assert (used <= earned * (1.0 + 1e-12) + 1e-12).all()


@each_edition
@CORNERS_AND_INSIDE
def test_materials_pay_the_same_under_any_offset_when_nobody_reacts(edition_name: str, corners: bool) -> None:
    values = {**draws(np.random.default_rng(44), 2000, hard_bounds, corners), "pass_through_share": 0.0}
    without, with_most = (project({**values, "msrp_offset_share": o}, edition_name) for o in (0.0, 0.05))
    for company in COMPANIES:
        paid = [of(w, company, "gross_materials_duty_jpy_bn") for w in (without, with_most)]
        assert paid[0].max() > 0.0
        assert np.array_equal(*paid)


@each_edition
@pytest.mark.parametrize("start", [0.0, 0.5, 5.5, 11.5, 12.0, 18.0, 33.3, 47.0, 60.0])
def test_a_rate_that_changes_on_some_day_weighs_its_months(start: float, edition_name: str) -> None:
    still = {"stock_months": 0.0, "usmca_tariff_share": 0.1, "japan_tariff_share": 0.4, "materials_tariff_share": 0.9}
    changed = project({**still, "tariff_start_months": start}, edition_name)
    old, new = project({"stock_months": 0.0}, edition_name), project(still, edition_name)
    months_of_new = np.array([sum(month >= start for month in range(12 * y, 12 * y + 12)) for y in range(YEARS)])
    if start % 1.0:  # the month in which it changes counts by its days
        months_of_new = months_of_new.astype(float)
        months_of_new[int(start // 12)] += 1.0 - start % 1.0
    weight = months_of_new / 12.0
    for company in COMPANIES:
        for line in ("usmca", "japan", "materials"):
            name = f"gross_{line}_duty_jpy_bn"
            expected = of(old, company, name) * (1.0 - weight) + of(new, company, name) * weight
            assert of(changed, company, name) == pytest.approx(expected, rel=1e-9, abs=1e-9), (company, line)


@each_edition
@pytest.mark.parametrize("stock", [0.5, 1.0, 3.0, 6.0])
@pytest.mark.parametrize("start", [0.0, 7.5, 30.0, 54.0])
@pytest.mark.parametrize("rates", [{"usmca_tariff_share": 0.5}, {"usmca_tariff_share": 0.0}])
def test_stock_moves_cost_in_time_and_never_creates_it(
    rates: dict[str, float], start: float, stock: float, edition_name: str
) -> None:
    """What five years lose by the lag is the lag times the yearly difference, be it a rise or a fall."""
    moved = {**NO_MEASURES, **rates, "tariff_start_months": start}
    before = project({**NO_MEASURES, "stock_months": 0.0}, edition_name)
    at_once, lagged = (project({**moved, "stock_months": months}, edition_name) for months in (0.0, stock))
    after = project({**NO_MEASURES, **rates, "stock_months": 0.0}, edition_name)
    for company in COMPANIES:
        gross = "gross_tariff_cost_jpy_bn"
        difference = of(after, company, gross)[-1] - of(before, company, gross)[-1]
        lost = of(at_once, company, gross).sum() - of(lagged, company, gross).sum()
        assert abs(difference) > 1.0
        assert lost == pytest.approx(stock / 12.0 * difference, rel=1e-9)
        low, high = sorted([of(before, company, gross)[-1], of(after, company, gross)[-1]])
        assert of(lagged, company, gross).min() >= low - 1e-9
        assert of(lagged, company, gross).max() <= high + 1e-9


@each_edition
def test_stock_is_the_same_as_a_later_start_for_all_that_waits_for_one(edition_name: str) -> None:
    values = {k: v for k, v in ALL_MOVED.items() if k not in ("msrp_offset_share", "other_tariff_share")}
    values |= {"pass_through_share": 0.5, "usmca_deduction_share": 0.3, "usmca_parts_rule_share": 0.2}
    stocked = flat(project({**values, "tariff_start_months": 8.0, "stock_months": 3.5}, edition_name))
    later = flat(project({**values, "tariff_start_months": 11.5, "stock_months": 0.0}, edition_name))
    for name, result in stocked.items():
        assert result == pytest.approx(later[name], rel=1e-9, abs=1e-9), name


@each_edition
@CORNERS_AND_INSIDE
def test_lines_sum_to_gross_and_net_lines_to_net(edition_name: str, corners: bool) -> None:
    world = project(draws(np.random.default_rng(45), 3000, hard_bounds, corners), edition_name)
    for company in COMPANIES:
        for kind in ("gross", "net"):
            lines = np.sum([of(world, company, f"{kind}_{line}_duty_jpy_bn") for line in LINES], axis=0)
            assert lines == pytest.approx(of(world, company, f"{kind}_tariff_cost_jpy_bn"), rel=1e-9, abs=1e-9)


@each_edition
@CORNERS_AND_INSIDE
def test_own_measures_are_never_above_the_duty_nor_above_what_is_stated(edition_name: str, corners: bool) -> None:
    values = draws(np.random.default_rng(46), 4000, hard_bounds, corners)
    world = project(values, edition_name)
    for company in COMPANIES:
        measures, gross, net = (
            of(world, company, name)
            for name in ("own_measures_jpy_bn", "gross_tariff_cost_jpy_bn", "net_tariff_cost_jpy_bn")
        )
        assert measures.min() >= 0.0
        assert (measures <= np.maximum(gross, 0.0) + 1e-9).all()
        assert (measures <= values[f"{company}_own_measures_jpy_bn"][:, np.newaxis] + 1e-9).all()
        assert gross - measures == pytest.approx(net, abs=1e-9)


# ---------------------------------------------------------------------- market
@each_edition
def test_the_effective_elasticity_lies_between_own_and_market(edition_name: str) -> None:
    values = {**draws(np.random.default_rng(47), 4000, hard_bounds), "success_probability_share": 0.0}
    own, market = (values[f"{name}_elasticity"] for name in ("own", "market"))
    effective = ma.effective_elasticity(own, market, values["rivals_follow_share"])
    assert (effective >= np.minimum(own, market) - 1e-12).all()
    assert (effective <= np.maximum(own, market) + 1e-12).all()
    world = project(values, edition_name)
    for company in COMPANIES:
        rise = 1.0 + of(world, company, "price_rise_usd") / values[f"{company}_price_usd"][:, np.newaxis]
        left = of(world, company, "us_sales_kveh") / edition(edition_name).facts[f"{company}_us_sales_kveh"]
        seen = np.abs(rise - 1.0) > 1e-3
        found = np.log(left[seen]) / np.log(rise[seen])
        assert seen.mean() > 0.5
        assert found == pytest.approx(np.broadcast_to(effective[:, np.newaxis], left.shape)[seen], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(("follow", "elasticity"), [(0.0, -4.0), (1.0, -1.0), (0.5, -2.5)])
def test_rivals_that_follow_turn_a_makers_own_elasticity_into_the_markets(follow: float, elasticity: float) -> None:
    assert ma.effective_elasticity(-4.0, -1.0, follow) == pytest.approx(elasticity, rel=1e-12)


# ---------------------------------------------------------------------- alliance
@pytest.mark.parametrize("ramp", [1.0, 1.5, 2.0, 3.0, 4.5, 5.0])
@pytest.mark.parametrize("start", [0.0, 0.5, 2.25])
def test_a_ramp_of_n_years_gives_half_of_n_years_over_them(ramp: float, start: float) -> None:
    progress = ma.ramp_share(np.arange(12.0), start, 0.0, ramp)
    assert progress.sum() == pytest.approx(12.0 - start - ramp + ramp / 2.0, rel=1e-12)
    whole = int(ramp)
    if start == 0.0 and whole == ramp:
        assert progress[:whole].sum() == pytest.approx(ramp / 2.0, rel=1e-12)


@each_edition
@pytest.mark.parametrize("ramp", [1, 2, 3, 4, 5])
def test_platforms_save_half_of_their_full_saving_over_the_years_of_their_ramp(ramp: int, edition_name: str) -> None:
    moved = {"platform_saving_jpy_bn": 60.0, "platform_start_yr": 0.0, "platform_ramp_yr": float(ramp)}
    world = project({**moved, "success_probability_share": 1.0}, edition_name)
    saved = sum(of(world, company, "platform_effect_jpy_bn") for company in COMPANIES)
    assert saved[:ramp].sum() == pytest.approx(60.0 * ramp / 2.0, rel=1e-12)
    assert saved[ramp:] == pytest.approx(np.full(YEARS - ramp, 60.0), rel=1e-12)


@each_edition
def test_a_delay_equals_all_starts_that_much_later(edition_name: str) -> None:
    values = draws(np.random.default_rng(48), 1500, hard_bounds)
    starts = ("canton_start_yr", "platform_start_yr", "software_start_yr")
    later = {key: values[key] + values["alliance_delay_yr"] for key in starts}
    delayed = flat(project(values, edition_name))
    for name, result in flat(project({**values, **later, "alliance_delay_yr": 0.0}, edition_name)).items():
        np.testing.assert_allclose(result, delayed[name], rtol=1e-9, atol=1e-9, err_msg=name)


@each_edition
@each_company
def test_the_value_of_benefits_falls_with_delay_and_with_the_cost_of_capital(company: str, edition_name: str) -> None:
    delays, rates = np.linspace(0.0, 5.0, 101), np.linspace(0.01, 0.25, 49)
    assert np.diff(value_of(project({**PROGRAMMES, "alliance_delay_yr": delays}, edition_name), company)).max() < 0.0
    assert np.diff(value_of(project({**PROGRAMMES, "cost_of_capital_share": rates}, edition_name), company)).max() < 0.0


@each_edition
@pytest.mark.parametrize(
    ("company", "trucks"),
    [
        ("nissan", {"canton_honda_trucks_kveh": 100.0}),
        ("honda", {"canton_honda_trucks_kveh": 100.0, "transfer_fixed_share": 0.0, "ridgeline_replaced_share": 0.0}),
    ],
)
def test_the_value_of_trucks_falls_with_delay_and_with_the_cost_of_capital(
    company: str, trucks: dict[str, float], edition_name: str
) -> None:
    trucks = {**NO_COSTS, **trucks}
    delays, rates = np.linspace(0.0, 5.0, 101), np.linspace(0.01, 0.25, 49)
    by_delay = value_of(project({**trucks, "alliance_delay_yr": delays}, edition_name), company)
    assert by_delay.min() > 0.0
    assert np.diff(by_delay).max() < 0.0
    assert np.diff(value_of(project({**trucks, "cost_of_capital_share": rates}, edition_name), company)).max() < 0.0


@each_edition
@each_company
@pytest.mark.parametrize("start", ["canton_start_yr", "platform_start_yr", "software_start_yr"])
def test_the_value_does_not_jump_where_a_start_passes_the_horizon(start: str, company: str, edition_name: str) -> None:
    """Nor anywhere else: twice as fine a grid has steps about half as large."""
    values = {**everything_on(edition_name), "success_probability_share": 0.7}

    def largest_step(points: int) -> float:
        later = np.linspace(0.0, 10.0, points)
        return float(np.abs(np.diff(value_of(project({**values, start: later}, edition_name), company))).max())

    assert largest_step(2001) < 0.6 * largest_step(1001)
    near = project({**values, start: np.array([5.0 - 1e-9, 5.0 + 1e-9])}, edition_name)
    assert np.ptp(value_of(near, company)) < 1e-6


@each_edition
@CORNERS_AND_INSIDE
def test_the_payment_for_trucks_sums_to_zero_over_both_companies(edition_name: str, corners: bool) -> None:
    world = project(draws(np.random.default_rng(49), 4000, hard_bounds, corners), edition_name)
    paid, received = (of(world, company, "transfer_effect_jpy_bn") for company in COMPANIES)
    assert received.max() > 0.0
    assert not (paid + received).any()


@each_edition
@pytest.mark.parametrize("chance", [0.0, 0.4, 1.0])
@pytest.mark.parametrize(("start", "delay", "lead", "life"), [(2, 0, 2, 7), (3, 2, 3, 10), (0, 0, 1, 5), (1, 0, 4, 6)])
def test_tooling_costs_its_discounted_cash_less_tax_relief_whether_or_not_the_alliance_delivers(
    start: int, delay: int, lead: int, life: int, chance: float, edition_name: str
) -> None:
    """Paid evenly over the years before the first truck that are left, in the first year where none is."""
    rate, tax = 0.07, 0.25
    values = {
        **everything_on(edition_name),
        "success_probability_share": chance,
        "canton_start_yr": float(start),
        "alliance_delay_yr": float(delay),
        "tooling_lead_yr": float(lead),
        "tooling_life_yr": float(life),
        "cost_of_capital_share": rate,
        "honda_tax_share": tax,
        "jpy_per_usd": 150.0,
        "reshoring_tooling_usd": 0.0,  # written off over the same life
    }
    dear, free = (project({**values, "tooling_usd_bn": usd}, edition_name) for usd in (0.8, 0.0))
    launch = start + delay
    years_paid = [y for y in range(launch) if y >= launch - lead] or [0]
    cost = 0.0
    for year in range(25):
        spent = 1.0 / len(years_paid) if year in years_paid else 0.0
        relieved = tax / life if launch <= year < launch + life else 0.0
        cost += 0.8 * 150.0 * (spent - relieved) / (1.0 + rate) ** (year + 1)
    assert value_of(free, "honda") - value_of(dear, "honda") == pytest.approx(cost, rel=1e-9)
    assert value_of(free, "nissan") == value_of(dear, "nissan")


@each_edition
@pytest.mark.parametrize(("start", "work", "delay"), [(3, 2, 0), (3, 2, 1), (2, 2, 0), (1, 3, 0), (5, 5, 0), (5, 2, 4)])
def test_a_failed_alliance_pays_for_joint_software_only_until_the_first_saving_is_due(
    start: int, work: int, delay: int, edition_name: str
) -> None:
    values = {
        "software_cost_jpy_bn": 12.0,
        "software_saving_share": 0.3,
        "software_gain_months": 6.0,
        "software_start_yr": float(start),
        "software_work_yr": float(work),
        "alliance_delay_yr": float(delay),
        "success_probability_share": 0.0,
        "terminal_yr": 20.0,
        "honda_tax_share": 0.0,
        "nissan_tax_share": 0.0,
        "cost_of_capital_share": 0.08,
    }
    world = project(values, edition_name)
    working = [start + delay - work <= year < start + delay for year in range(25)]
    paid = sum(of(world, company, "software_effect_jpy_bn") for company in COMPANIES)
    assert paid == pytest.approx([-12.0 * w for w in working[:YEARS]], abs=1e-9)
    value = sum(float(value_of(world, company)) for company in COMPANIES)
    assert value == pytest.approx(sum(-12.0 * w / 1.08 ** (y + 1) for y, w in enumerate(working)), rel=1e-9)


@each_edition
@CORNERS_AND_INSIDE
def test_what_a_lower_chance_takes_away_is_benefit_and_never_cost(edition_name: str, corners: bool) -> None:
    """Spending on tooling and integration is the same whether the alliance delivers, in profit and in value."""
    values = draws(np.random.default_rng(50), 1000, plausible_range, corners)
    failed, sure = (project({**values, "success_probability_share": p}, edition_name) for p in (0.0, 1.0))
    for company in COMPANIES:
        for name in ("tooling_effect_jpy_bn", "integration_effect_jpy_bn"):
            assert np.array_equal(of(failed, company, name), of(sure, company, name)), name
        assert value_of(failed, company).max() <= 0.0


@each_edition
@CORNERS_AND_INSIDE
def test_us_output_is_never_below_zero_where_trucks_replace_ridgelines_and_demand_falls(
    edition_name: str, corners: bool
) -> None:
    """The Ridgelines that are no longer built would have lost demand like any other car."""
    values = draws(np.random.default_rng(51), 4000, hard_bounds, corners)
    taken = {"ridgeline_replaced_share": 1.0, "success_probability_share": 1.0, "pass_through_share": 1.0}
    world = project({**values, **taken, "own_elasticity": -10.0, "rivals_follow_share": 0.0}, edition_name)
    for company in COMPANIES:
        assert of(world, company, "us_output_kveh").min() >= 0.0


@CORNERS_AND_INSIDE
def test_prices_never_fall_and_canton_stays_within_its_capacity_where_tariffs_add_less_than_nothing(
    corners: bool,
) -> None:
    """Cars from Japan below the ordinary duty, nothing else: there is no cost to pass on."""
    values = {**draws(np.random.default_rng(52), 4000, hard_bounds, corners), "tariff_start_months": 0.0}
    none = {**dict.fromkeys(TARIFFS, 0.0), "pass_through_share": 1.0}
    world = project(
        {**values, **none, "own_elasticity": -10.0, "rivals_follow_share": 0.0, "stock_months": 0.0}, DEFAULT_EDITION
    )
    for company in COMPANIES:
        on_cars = of(world, company, "gross_tariff_cost_jpy_bn") - of(world, company, "gross_other_duty_jpy_bn")
        assert on_cars.max() <= 0.0
        assert (on_cars < 0.0).mean() > 0.9
        assert not of(world, company, "price_rise_usd").any()
    assert np.asarray(world.plant["plant_utilisation_share"]).max() <= 1.0 + 1e-12
