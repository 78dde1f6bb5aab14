"""With nothing moved, the model says what the companies said."""

import numpy as np
import pytest

from model.editions import DEFAULT_EDITION, edition
from model.outputs import CHANNELS
from model.projection import project, reference
from tests.model.scenarios import COMPANIES, EDITIONS, of

# Typed by hand from the published guidance: operating profit, revenue [JPY bn], EPS [JPY].
GUIDANCE = [
    ("2026-11", "honda", 500.0, 23150.0, 66.79),
    ("2026-11", "nissan", 200.0, 13000.0, 5.72),
    ("2026-05", "honda", 500.0, 23150.0, 66.79),
    ("2026-05", "nissan", 200.0, 13000.0, 5.72),
    ("2025-07", "honda", 500.0, 20300.0, 250 / 3.9968),
    ("2025-07", "nissan", -315.0, 12500.0, -220.5 / 3.4965),
]
ONE_OFF = {("2026-11", "honda"): 500.0}
"""Losses inside guidance that end with its year, where an edition counts any [JPY bn]."""
HONDA_SHARES, HONDA_TAX = 3.8928, 0.30


@pytest.mark.parametrize(("edition_name", "company", "profit", "revenue", "eps"), GUIDANCE)
def test_nothing_moved_gives_the_published_guidance_and_then_its_one_off_losses_end(
    edition_name: str, company: str, profit: float, revenue: float, eps: float
) -> None:
    world = reference(edition_name)
    ended = ONE_OFF.get((edition_name, company), 0.0)
    assert of(world, company, "operating_profit_jpy_bn").tolist() == [profit, *[profit + ended] * 4]
    assert of(world, company, "reference_profit_jpy_bn").tolist() == [profit, *[profit + ended] * 4]
    assert of(world, company, "revenue_jpy_bn").tolist() == [revenue] * 5
    margins = [profit / revenue, *[(profit + ended) / revenue] * 4]
    assert of(world, company, "operating_margin_share") == pytest.approx(margins, rel=1e-12)
    later = eps + ended * (1 - HONDA_TAX) / HONDA_SHARES
    earned = [round(float(x), 2) for x in of(world, company, "eps_jpy")]
    assert earned == [round(eps, 2), *[round(later, 2)] * 4]


OF_PROFIT = ("operating_profit_jpy_bn", "reference_profit_jpy_bn", "operating_margin_share", "eps_jpy")


def test_the_current_edition_starts_with_the_year_to_march_2027() -> None:
    assert reference(DEFAULT_EDITION).years == ("FY2027/3", "FY2028/3", "FY2029/3", "FY2030/3", "FY2031/3")


def test_the_edition_of_the_article_starts_with_the_year_to_march_2026() -> None:
    assert reference("2025-07").years == ("FY2026/3", "FY2027/3", "FY2028/3", "FY2029/3", "FY2030/3")


def test_hondas_guidance_of_may_2025_is_after_its_stated_mitigation_of_200() -> None:
    honda = reference("2025-07")
    recovered = of(honda, "honda", "gross_tariff_cost_jpy_bn") - of(honda, "honda", "net_tariff_cost_jpy_bn")
    assert recovered == pytest.approx(np.full(5, 200.0), rel=1e-12)


def test_nissans_guidance_of_may_2025_is_break_even_less_duty_after_30_per_cent_mitigation() -> None:
    nissan = reference("2025-07")
    assert of(nissan, "nissan", "net_tariff_cost_jpy_bn") == pytest.approx(np.full(5, 315.0), abs=0.1)
    assert of(nissan, "nissan", "operating_profit_jpy_bn").tolist() == [-315.0] * 5


@pytest.mark.parametrize("edition_name", EDITIONS)
@pytest.mark.parametrize("company", COMPANIES)
def test_nothing_moved_leaves_every_channel_at_zero_and_every_year_flat(edition_name: str, company: str) -> None:
    """But for one-off losses that end after the first year, and what follows from profit."""
    world = reference(edition_name)
    for name, by_year in world.company[company].items():
        values = np.asarray(by_year)
        years = values[1:] if (edition_name, company) in ONE_OFF and name in OF_PROFIT else values
        assert np.ptp(years) == 0.0, f"{name} is not flat: {values}"
        if name in CHANNELS or name == "alliance_benefit_jpy_bn":
            assert not values.any(), f"{name} is not zero: {values}"


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_without_an_alliance_it_is_worth_nothing(edition_name: str) -> None:
    world = reference(edition_name)
    assert world.once_company == {
        "alliance_npv_jpy_bn": {"honda": 0.0, "nissan": 0.0},
        "scenario_value_jpy_bn": {"honda": 0.0, "nissan": 0.0},
        "value_per_share_jpy": {"honda": 0.0, "nissan": 0.0},
    }
    assert world.once["capex_avoided_usd_bn"] == 0.0


@pytest.mark.parametrize("edition_name", EDITIONS)
def test_defaults_written_out_are_the_defaults_left_out(edition_name: str) -> None:
    written = project(dict(edition(edition_name).defaults), edition_name)
    for company in COMPANIES:
        for name, by_year in reference(edition_name).company[company].items():
            assert np.array_equal(by_year, written.company[company][name]), name


@pytest.mark.parametrize("company", COMPANIES)
def test_drift_adds_up_from_the_second_year(company: str) -> None:
    moved = project({f"{company}_drift_jpy_bn": -20.0}, DEFAULT_EDITION)
    change = of(moved, company, "operating_profit_jpy_bn") - of(
        reference(DEFAULT_EDITION), company, "operating_profit_jpy_bn"
    )
    assert change.tolist() == [0.0, -20.0, -40.0, -60.0, -80.0]


def test_drift_of_one_company_leaves_the_other() -> None:
    moved = project({"honda_drift_jpy_bn": 30.0}, DEFAULT_EDITION)
    assert of(moved, "nissan", "operating_profit_jpy_bn").tolist() == [200.0] * 5
