"""Duty in the cases that can be worked out by hand."""

import numpy as np
import pytest

from model.formulas import tariffs as ta
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, last, of

NO_TARIFFS = {
    "japan_tariff_share": 0.0,
    "usmca_tariff_share": 0.0,
    "parts_tariff_share": 0.0,
    "other_tariff_share": 0.0,
}
YEARS = np.arange(5.0)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_zero_tariffs_give_zero_duty(edition_name: str, company: str) -> None:
    free = project(NO_TARIFFS, edition_name)
    assert not of(free, company, "gross_tariff_cost_jpy_bn").any()
    assert not of(free, company, "net_tariff_cost_jpy_bn").any()


@pytest.mark.parametrize("company", COMPANIES)
def test_zero_tariffs_raise_profit_by_the_net_duty_of_the_reference(company: str) -> None:
    gain = of(project(NO_TARIFFS), company, "operating_profit_jpy_bn")
    gain = gain - of(reference(), company, "operating_profit_jpy_bn")
    assert gain == pytest.approx(of(reference(), company, "net_tariff_cost_jpy_bn"), rel=1e-12)


@pytest.mark.parametrize(
    ("rate", "output"),
    [
        ("japan_tariff_share", "net_japan_duty_jpy_bn"),
        ("usmca_tariff_share", "net_usmca_duty_jpy_bn"),
        ("other_tariff_share", "net_other_duty_jpy_bn"),
        ("parts_tariff_share", "net_parts_duty_jpy_bn"),
    ],
)
def test_duty_is_linear_in_the_rate_when_nobody_reacts(rate: str, output: str) -> None:
    no_offset = {"msrp_offset_share": 0.0}
    once = last(project({**no_offset, rate: 0.1}), "honda", output)
    assert once > 0.0
    for factor in (0.0, 0.5, 2.0, 5.0):
        duty = last(project({**no_offset, rate: 0.1 * factor}), "honda", output)
        assert duty == pytest.approx(once * factor, rel=1e-12)


def test_a_rate_that_changes_after_five_and_a_half_months_is_weighted_by_months() -> None:
    rates = ta.yearly_rate_share(0.25, 0.15, 5.5, YEARS)
    assert rates == pytest.approx([(5.5 * 0.25 + 6.5 * 0.15) / 12, 0.15, 0.15, 0.15, 0.15], rel=1e-12)


def test_a_rate_that_changes_in_the_second_year_leaves_the_first() -> None:
    rates = ta.yearly_rate_share(0.25, 0.15, 18.0, YEARS)
    assert rates == pytest.approx([0.25, 0.20, 0.15, 0.15, 0.15], rel=1e-12)


def test_a_rate_that_changes_at_once_or_never_is_one_rate() -> None:
    assert ta.yearly_rate_share(0.25, 0.15, 0.0, YEARS).tolist() == [0.15] * 5
    assert ta.yearly_rate_share(0.25, 0.15, 60.0, YEARS) == pytest.approx([0.25] * 5, rel=1e-12)


def test_only_car_and_part_rates_wait_for_the_start() -> None:
    moved = {**NO_TARIFFS, "tariff_start_months": 12.0}
    later = project(moved, "2025-07")
    before, after = of(later, "honda", "net_usmca_duty_jpy_bn")[:2]
    assert before == pytest.approx(last(reference("2025-07"), "honda", "net_usmca_duty_jpy_bn"), rel=1e-12)
    assert after == 0.0
    assert not of(later, "honda", "net_other_duty_jpy_bn").any()


@pytest.mark.parametrize(
    ("content", "deduction", "dutiable"), [(0.4, 1.0, 0.6), (0.4, 0.0, 1.0), (0.0, 1.0, 1.0), (0.4, 0.5, 0.8)]
)
def test_us_content_is_deducted_as_far_as_the_rule_allows(content: float, deduction: float, dutiable: float) -> None:
    assert ta.usmca_dutiable_share(content, deduction) == pytest.approx(dutiable, rel=1e-12)


def test_duty_on_a_thousand_cars_of_a_thousand_dollars_at_a_quarter_is_a_quarter_million_dollars() -> None:
    assert ta.vehicle_duty_usd_bn(1.0, 1000.0, 1.0, 0.25) == pytest.approx(0.25e-3, rel=1e-12)


@pytest.mark.parametrize("offset", [0.0, 0.5, 1.0, 1.5, 99.0])
def test_the_offset_never_exceeds_the_duty_on_parts(offset: float) -> None:
    duty = ta.parts_duty_usd_bn(4.0, 0.0, 0.25, offset)
    assert duty == pytest.approx(max(1.0 - offset, 0.0), abs=1e-12)


@pytest.mark.parametrize("company", COMPANIES)
def test_an_offset_beyond_the_duty_on_parts_touches_no_other_duty(company: str) -> None:
    all_cancelled = project({"msrp_offset_share": 0.05, "parts_tariff_share": 0.1})
    assert not of(all_cancelled, company, "net_parts_duty_jpy_bn").any()
    for output in ("net_usmca_duty_jpy_bn", "net_japan_duty_jpy_bn", "net_other_duty_jpy_bn"):
        assert last(all_cancelled, company, output) == last(reference(), company, output)


@pytest.mark.parametrize("company", COMPANIES)
def test_parts_that_all_qualify_under_usmca_pay_nothing(company: str) -> None:
    assert not of(project({"parts_exempt_share": 1.0}, "2025-07"), company, "net_parts_duty_jpy_bn").any()


def test_parts_follow_us_output() -> None:
    assert ta.parts_value_usd_bn(6.0, 480.0, 960.0) == pytest.approx(3.0, rel=1e-12)


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_duty_by_origin_sums_to_net_duty(edition_name: str, company: str) -> None:
    world = reference(edition_name)
    parts = [last(world, company, f"net_{o}_duty_jpy_bn") for o in ("usmca", "japan", "parts", "other")]
    assert sum(parts) == pytest.approx(last(world, company, "net_tariff_cost_jpy_bn"), rel=1e-12)


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_gross_duty_is_what_is_mitigated_and_what_is_left(share: float) -> None:
    assert ta.mitigated_jpy_bn(650.0, share) + ta.net_duty_jpy_bn(650.0, share) == pytest.approx(650.0, rel=1e-12)


def test_nissan_pays_no_duty_on_other_products() -> None:
    assert not of(project({"other_tariff_share": 0.5}), "nissan", "net_other_duty_jpy_bn").any()


@pytest.mark.parametrize("company", COMPANIES)
def test_duty_in_yen_is_duty_in_dollars_at_the_companys_rate(company: str) -> None:
    gap = 0.0 if company == "honda" else 5.0  # 150 - 145, guidance of May 2026
    weak, strong = project({"jpy_per_usd": 160.0}), project({"jpy_per_usd": 100.0})
    gross = "gross_tariff_cost_jpy_bn"
    assert last(weak, company, gross) / (160.0 + gap) == pytest.approx(
        last(strong, company, gross) / (100.0 + gap), rel=1e-12
    )
