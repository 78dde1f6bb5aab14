"""Duty in the cases that can be worked out by hand."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION, edition
from model.formulas import tariffs as ta
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, TARIFFS, last, of

ORDINARY = 0.025
"""Duty on cars that the edition of November 2026 does not count as added by a tariff."""
NO_TARIFFS = dict.fromkeys(TARIFFS, 0.0)
YEARS = np.arange(5.0)
LINES = ("usmca", "japan", "parts", "materials", "other")


def no_tariffs(edition_name: str) -> dict[str, float]:
    """Nothing beyond the ordinary duty, from the first day and with nothing in stock that paid more."""
    ordinary = edition(edition_name).facts["ordinary_car_duty_share"]
    return {**NO_TARIFFS, "japan_tariff_share": ordinary, "stock_months": 0.0}


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_zero_tariffs_give_zero_duty(edition_name: str, company: str) -> None:
    free = project(no_tariffs(edition_name), edition_name)
    assert not of(free, company, "gross_tariff_cost_jpy_bn").any()
    assert not of(free, company, "net_tariff_cost_jpy_bn").any()


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_zero_tariffs_raise_profit_by_the_net_duty_of_the_reference(edition_name: str, company: str) -> None:
    gain = of(project(no_tariffs(edition_name), edition_name), company, "operating_profit_jpy_bn")
    gain = gain - of(reference(edition_name), company, "operating_profit_jpy_bn")
    assert gain == pytest.approx(of(reference(edition_name), company, "net_tariff_cost_jpy_bn"), rel=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize(
    ("rate", "output", "added_above"),
    [
        ("japan_tariff_share", "gross_japan_duty_jpy_bn", "ordinary_car_duty_share"),
        ("usmca_tariff_share", "gross_usmca_duty_jpy_bn", ""),
        ("other_tariff_share", "gross_other_duty_jpy_bn", ""),
        ("parts_tariff_share", "gross_parts_duty_jpy_bn", ""),
        ("materials_tariff_share", "gross_materials_duty_jpy_bn", ""),
    ],
)
def test_duty_is_linear_in_the_added_rate_when_nobody_reacts(
    rate: str, output: str, added_above: str, edition_name: str
) -> None:
    """Gross, since own measures are an amount that does not grow with the duty."""
    alone = {"msrp_offset_share": 0.0, "honda_parts_japan_share": 0.0, "parts_materials_share": 0.05}
    ordinary = edition(edition_name).facts[added_above] if added_above else 0.0
    once = last(project({**alone, rate: ordinary + 0.1}, edition_name), "honda", output)
    assert once > 0.0
    for factor in (0.0, 0.5, 2.0, 5.0):
        duty = last(project({**alone, rate: ordinary + 0.1 * factor}, edition_name), "honda", output)
        assert duty == pytest.approx(once * factor, rel=1e-12, abs=1e-12)


def test_what_a_tariff_adds_is_what_stands_above_the_ordinary_duty() -> None:
    """25 and then 12.5 points on cars from Japan, as makers report it, where people read 27.5 and 15 %."""
    assert ta.added_rate_share(0.275, ORDINARY) == pytest.approx(0.25, rel=1e-12)
    assert ta.added_rate_share(0.15, ORDINARY) == pytest.approx(0.125, rel=1e-12)
    each = of(project({"japan_tariff_share": 0.15}, DEFAULT_EDITION), "nissan", "japan_duty_usd_per_vehicle")
    assert each == pytest.approx(np.full(5, 25000.0 * 0.125), rel=1e-12)


def test_a_rate_that_changes_after_five_and_a_half_months_is_weighted_by_months() -> None:
    rates = ta.yearly_rate_share(0.25, 0.15, 5.5, 0.0, YEARS)
    assert rates == pytest.approx([(5.5 * 0.25 + 6.5 * 0.15) / 12, 0.15, 0.15, 0.15, 0.15], rel=1e-12)


def test_a_rate_that_changes_in_the_second_year_leaves_the_first() -> None:
    rates = ta.yearly_rate_share(0.25, 0.15, 18.0, 0.0, YEARS)
    assert rates == pytest.approx([0.25, 0.20, 0.15, 0.15, 0.15], rel=1e-12)


def test_a_rate_that_changes_at_once_or_never_is_one_rate() -> None:
    assert ta.yearly_rate_share(0.25, 0.15, 0.0, 0.0, YEARS).tolist() == [0.15] * 5
    assert ta.yearly_rate_share(0.25, 0.15, 60.0, 0.0, YEARS) == pytest.approx([0.25] * 5, rel=1e-12)


def test_a_rate_reaches_cost_when_the_stock_is_sold() -> None:
    rates = ta.yearly_rate_share(0.25, 0.15, 4.0, 1.5, YEARS)
    assert rates == pytest.approx([(5.5 * 0.25 + 6.5 * 0.15) / 12, 0.15, 0.15, 0.15, 0.15], rel=1e-12)


RULES = {"usmca_deduction_share": 0.0, "usmca_parts_rule_share": 0.0, "msrp_offset_share": 0.01}


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_rates_on_cars_parts_and_metals_wait_for_the_start_and_the_others_hold_from_the_first_day(
    edition_name: str,
) -> None:
    moved = {**NO_TARIFFS, **RULES, "stock_months": 0.0, "tariff_start_months": 12.0}
    later, base = project(moved, edition_name), reference(edition_name)
    at_once = project({**moved, "tariff_start_months": 0.0}, edition_name)
    for company in COMPANIES:
        for name in ("gross_usmca", "gross_japan", "parts_before_offset", "gross_materials"):
            name = f"{name}_jpy_bn" if name.startswith("parts") else f"{name}_duty_jpy_bn"
            duty = of(later, company, name)
            assert duty[0] == pytest.approx(of(base, company, name)[0], rel=1e-12), name
            assert duty[1:].tolist() == of(at_once, company, name)[1:].tolist(), name
        other = "gross_other_duty_jpy_bn"
        assert of(later, company, other).tolist() == of(at_once, company, other).tolist()
    offset = {"msrp_offset_share": 0.01, "tariff_start_months": 60.0}
    used = of(project(offset, edition_name), "honda", "offset_used_jpy_bn")
    assert (
        used.tolist() == of(project({"msrp_offset_share": 0.01}, edition_name), "honda", "offset_used_jpy_bn").tolist()
    )


def test_the_offset_is_earned_as_cars_are_built_whatever_stands_in_stock() -> None:
    none, much = (
        project({"msrp_offset_share": 0.01, "stock_months": months}, DEFAULT_EDITION) for months in (0.0, 6.0)
    )
    for company in COMPANIES:
        used = of(none, company, "offset_used_jpy_bn")
        assert used.min() > 0.0
        assert np.ptp(used) == 0.0
        assert used.tolist() == of(much, company, "offset_used_jpy_bn").tolist()


@pytest.mark.parametrize(
    ("content", "deduction", "dutiable"), [(0.4, 1.0, 0.6), (0.4, 0.0, 1.0), (0.0, 1.0, 1.0), (0.4, 0.5, 0.8)]
)
def test_us_content_is_deducted_as_far_as_the_rule_allows(content: float, deduction: float, dutiable: float) -> None:
    assert ta.usmca_dutiable_share(content, deduction) == pytest.approx(dutiable, rel=1e-12)


def test_duty_on_a_thousand_cars_of_a_thousand_dollars_at_a_quarter_is_a_quarter_million_dollars() -> None:
    assert ta.vehicle_duty_usd_bn(1.0, 1000.0, 1.0, 0.25) == pytest.approx(0.25e-3, rel=1e-12)


@pytest.mark.parametrize("offset", [0.0, 0.5, 1.0, 1.5, 99.0])
def test_the_offset_never_exceeds_the_duty_on_parts(offset: float) -> None:
    before = ta.duty_on_value_usd_bn(4.0, 0.25)
    duty = ta.parts_duty_usd_bn(before, ta.offset_used_usd_bn(before, offset))
    assert duty == pytest.approx(max(1.0 - offset, 0.0), abs=1e-12)


@pytest.mark.parametrize(
    ("materials", "exempt", "rule", "japan", "rate"),
    [
        (0.0, 0.0, 1.0, 0.0, 0.25),
        (0.0, 0.4, 1.0, 0.0, 0.6 * 0.25),
        (0.0, 0.4, 0.0, 0.0, 0.25),
        (0.0, 0.4, 0.5, 0.0, 0.8 * 0.25),
        (0.0, 0.0, 1.0, 1.0, 0.15),
        (0.0, 0.0, 1.0, 0.3, 0.3 * 0.15 + 0.7 * 0.25),
        (0.1, 0.4, 1.0, 0.3, 0.9 * 0.6 * (0.3 * 0.15 + 0.7 * 0.25)),
        (1.0, 0.4, 1.0, 0.3, 0.0),
    ],
)
def test_parts_pay_by_where_they_come_from(
    materials: float, exempt: float, rule: float, japan: float, rate: float
) -> None:
    assert ta.parts_rate_share(materials, exempt, rule, japan, 0.15, 0.25) == pytest.approx(rate, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_materials_pay_their_own_rate_which_no_offset_touches(company: str) -> None:
    value = {"honda": 6.5, "nissan": 5.08}[company]
    rate = {"honda": 145.0, "nissan": 150.0}[company]
    for offset in (0.0, 0.05):
        world = project(
            {"parts_materials_share": 0.1, "materials_tariff_share": 0.4, "msrp_offset_share": offset}, DEFAULT_EDITION
        )
        assert last(world, company, "gross_materials_duty_jpy_bn") == pytest.approx(value * 0.1 * 0.4 * rate, rel=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_an_offset_beyond_the_duty_on_parts_touches_no_other_duty(company: str) -> None:
    all_cancelled = project({"msrp_offset_share": 0.05, "parts_tariff_share": 0.1}, DEFAULT_EDITION)
    assert not of(all_cancelled, company, "net_parts_duty_jpy_bn").any()
    assert last(all_cancelled, company, "net_materials_duty_jpy_bn") > 0.0
    untouched = ("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn", "net_materials_duty_jpy_bn", "net_other_duty_jpy_bn")
    for output in untouched:
        assert last(all_cancelled, company, output) == last(reference(DEFAULT_EDITION), company, output)


@pytest.mark.parametrize("company", COMPANIES)
def test_parts_that_all_qualify_under_usmca_pay_nothing(company: str) -> None:
    assert not of(project({"parts_exempt_share": 1.0}, "2025-07"), company, "net_parts_duty_jpy_bn").any()


def test_parts_follow_us_output() -> None:
    assert ta.parts_value_usd_bn(6.0, 480.0, 960.0) == pytest.approx(3.0, rel=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_duty_by_origin_sums_to_net_duty(edition_name: str, company: str) -> None:
    world = reference(edition_name)
    parts = [last(world, company, f"net_{line}_duty_jpy_bn") for line in LINES]
    assert sum(parts) == pytest.approx(last(world, company, "net_tariff_cost_jpy_bn"), rel=1e-12)


@pytest.mark.parametrize(
    ("gross", "stated_jpy_bn", "taken"), [(4.5, 0.0, 0.0), (4.5, 200.0, 1.25), (4.5, 720.0, 4.5), (4.5, 9e3, 4.5)]
)
def test_gross_duty_is_what_own_measures_take_off_and_what_is_left(
    gross: float, stated_jpy_bn: float, taken: float
) -> None:
    """An amount in yen, never more than the duty."""
    measures = ta.own_measures_usd_bn(gross, stated_jpy_bn, 160.0)
    assert measures == pytest.approx(taken, rel=1e-12)
    left = ta.net_duty_jpy_bn(gross, ta.kept_share(gross, measures))
    assert measures + left == pytest.approx(gross, rel=1e-12)


@pytest.mark.parametrize("gross", [0.0, -0.1])
def test_where_there_is_no_duty_own_measures_take_nothing_off(gross: float) -> None:
    measures = ta.own_measures_usd_bn(gross, 200.0, 160.0)
    assert measures == 0.0
    assert ta.kept_share(gross, measures) == 1.0


def test_own_measures_do_not_grow_with_the_duty() -> None:
    low, high = (project({"usmca_tariff_share": rate}, "2025-07") for rate in (0.25, 0.5))
    for company, stated in (("honda", 200.0), ("nissan", 135.0)):
        for world in (low, high):
            assert of(world, company, "own_measures_jpy_bn") == pytest.approx(np.full(5, stated), rel=1e-12)


@pytest.mark.parametrize(
    ("covered", "months", "added"), [(0.0, 3.8, 0.0), (1.0, 12.0, 0.1), (0.5, 3.8, 0.1 * 0.5 * 3.8 / 12)]
)
def test_the_surcharge_adds_to_other_products_in_the_first_year_by_its_months(
    covered: float, months: float, added: float
) -> None:
    rates = ta.other_rate_share(0.02, 0.1, months, covered, YEARS)
    assert rates == pytest.approx([0.02 + added, 0.02, 0.02, 0.02, 0.02], rel=1e-12)


def test_duty_per_car_is_value_times_dutiable_share_times_rate() -> None:
    world = project(
        {"honda_import_value_usd": 26000.0, "honda_us_content_share": 0.5, "usmca_deduction_share": 0.5},
        DEFAULT_EDITION,
    )
    assert last(world, "honda", "usmca_duty_usd_per_vehicle") == pytest.approx(26000.0 * 0.75 * 0.25, rel=1e-12)
    assert ta.parts_duty_per_vehicle_usd(0.9, 0.06, 960.0) == pytest.approx(1000.0, rel=1e-12)


def test_nissan_pays_no_duty_on_other_products() -> None:
    assert not of(project({"other_tariff_share": 0.5}, DEFAULT_EDITION), "nissan", "net_other_duty_jpy_bn").any()


@pytest.mark.parametrize("company", COMPANIES)
def test_duty_in_yen_is_duty_in_dollars_at_the_companys_rate(company: str) -> None:
    gap = 0.0 if company == "honda" else 5.0  # 150 - 145, guidance of May 2026
    weak, strong = project({"jpy_per_usd": 160.0}, DEFAULT_EDITION), project({"jpy_per_usd": 100.0}, DEFAULT_EDITION)
    gross = "gross_tariff_cost_jpy_bn"
    assert last(weak, company, gross) / (160.0 + gap) == pytest.approx(
        last(strong, company, gross) / (100.0 + gap), rel=1e-12
    )
