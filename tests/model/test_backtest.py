"""The model beside the world: what goes in is declared, the clock counts months, and results are pinned as they are.

A pinned error says how wrong the model is known to be, not that it is right.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean, median
from types import MappingProxyType

import numpy as np
import pytest

from data.facts import facts
from data.story import tariff_rates
from model import backtest as backtest_module
from model.backtest import (
    BacktestRow,
    Months,
    backtest,
    booked_rates,
    judged,
    mean_error_share,
    median_error_share,
    median_span_share,
    monthly_cost,
    months_since_start,
    rate_by_month,
)
from model.backtest_inputs import (
    BASES,
    BOOKED,
    CALIBRATED,
    CALIBRATION_EDITION,
    EXCHANGE,
    GROSS,
    HONDA_VOLUME,
    JUDGED,
    PERIODS,
    PRIOR,
    PRIOR_EDITION,
    ROLES,
    RULE,
    SHOWN,
    SORTS,
    STOCK,
    TEST,
    WHOLE,
    declared,
    inputs,
)
from model.editions import COMPANIES, edition
from model.projection import ESTIMATES, project
from model.registry import ASSUMPTIONS, POLICY
from tests.model.scenarios import last

ROWS = {row.fact_id: row for row in backtest()}
each_row = pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))

# ------------------------------------------------------------------ the declaration

ROLE_OF = {
    # fact: role, model [JPY bn]
    "honda_tariff_gross_may25": (CALIBRATED, 655.8),
    "honda_tariff_gross_may25_vehicles": (CALIBRATED, 306.9),
    "honda_tariff_gross_may25_parts_materials": (CALIBRATED, 219.4),
    "honda_tariff_gross_may25_motorcycle_power": (CALIBRATED, 129.6),
    "honda_tariff_net_may25": (CALIBRATED, 455.8),
    "nissan_tariff_gross_may25": (CALIBRATED, 450.0),
    "honda_tariff_implied_fy27_3": (CALIBRATED, 215.7),
    "honda_tariff_gross_aug25": (TEST, 371.7),
    "honda_tariff_aug25_lines_cars": (TEST, 285.6),
    "honda_tariff_aug25_lines_parts": (TEST, 19.5),
    "honda_tariff_aug25_lines_other": (TEST, 66.6),
    "honda_tariff_gross_nov25": (TEST, 362.4),
    "honda_tariff_gross_feb26": (TEST, 369.9),
    "honda_tariff_actual_h1": (TEST, 171.0),
    "honda_tariff_actual_h2": (TEST, 205.1),
    "honda_tariff_actual_fy26_3": (TEST, 376.1),
    "nissan_tariff_gross_jul25": (TEST, 233.2),
    "nissan_tariff_oct25": (TEST, 233.1),
    "nissan_tariff_feb26": (TEST, 233.1),
    "nissan_tariff_actual_h1": (TEST, 117.0),
    "honda_tariff_actual_q1": (SHOWN, 64.5),
    "honda_tariff_actual_q2": (SHOWN, 106.4),
    "honda_tariff_actual_q3": (SHOWN, 102.7),
    "honda_tariff_actual_q4": (SHOWN, 102.4),
    "honda_tariff_actual_9m": (SHOWN, 273.7),
    "nissan_tariff_actual_q1": (SHOWN, 44.7),
    "nissan_tariff_actual_q2": (SHOWN, 72.2),
    "nissan_tariff_actual_q3": (SHOWN, 63.5),
    "nissan_tariff_actual_9m": (SHOWN, 180.4),
}
"""Roles are fixed: a row that is looked at while a number is set becomes a calibration here, and in its words."""


def test_roles_are_fixed_and_results_are_pinned() -> None:
    assert len(ROWS) == len(backtest())
    assert {fact_id: row.role for fact_id, row in ROWS.items()} == {f: role for f, (role, _) in ROLE_OF.items()}
    found = {fact_id: round(row.model_jpy_bn, 1) for fact_id, row in ROWS.items()}
    assert found == {fact_id: pytest.approx(model, abs=0.101) for fact_id, (_, model) in ROLE_OF.items()}


def test_the_goals_are_computed_from_half_years_and_years_that_are_tests() -> None:
    rows = judged(backtest())
    assert len(rows) == 10
    assert all(row.role == TEST and row.span in JUDGED and row.line == WHOLE for row in rows)
    errors = [ROLE_OF[row.fact_id][1] / facts()[row.fact_id].number - 1 for row in rows]
    assert median_error_share(rows) == pytest.approx(median(map(abs, errors)), abs=5e-4)
    assert mean_error_share(rows) == pytest.approx(fmean(errors), abs=5e-4)
    assert median_error_share(rows) == pytest.approx(0.152, abs=1e-3)  # the goal is 0.12: not met
    assert mean_error_share(rows) == pytest.approx(-0.054, abs=1e-3)  # the goal is 0.05: not met


@each_row
def test_a_row_shows_a_published_fact_with_its_source(row: BacktestRow) -> None:
    fact = facts()[row.fact_id]
    assert fact.source
    assert fact.unit == "JPY bn"
    assert row.published_jpy_bn == fact.number
    assert row.as_of == fact.as_of
    assert row.company in row.fact_id
    assert row.role in ROLES
    assert row.basis in BASES
    assert row.span == PERIODS[row.period][0]
    assert row.error_share == pytest.approx(row.model_jpy_bn / fact.number - 1, rel=1e-12)
    published_gross = "_gross_" in row.fact_id or "_lines_" in row.fact_id
    assert (row.basis == GROSS) == (published_gross and row.fact_id != "honda_tariff_gross_feb26")


@each_row
def test_a_row_that_is_off_says_what_it_does_not_explain(row: BacktestRow) -> None:
    assert row.role == CALIBRATED or row.unexplained.endswith(".")


def test_quarters_and_nine_months_are_not_judged() -> None:
    assert {row.span for row in ROWS.values() if row.role == SHOWN} == {"quarter", "nine months"}
    assert {row.span for row in ROWS.values() if row.role != SHOWN} == set(JUDGED)


def test_every_later_figure_was_published_after_the_calibration() -> None:
    rows = [row for row in ROWS.values() if row.edition == CALIBRATION_EDITION]
    calibrated = max(row.as_of for row in rows if row.role == CALIBRATED)
    assert all(row.as_of > calibrated for row in rows if row.role != CALIBRATED)


def test_every_published_tariff_cost_of_that_year_is_shown() -> None:
    words = ("_tariff_gross_", "_tariff_actual_", "_tariff_net_", "_tariff_aug25_lines_", "_tariff_implied_")
    published = {f for f in facts() if any(word in f for word in words) or f.startswith("nissan_tariff_")}
    published = {f for f in published if f.startswith(("honda_", "nissan_")) and facts()[f].unit == "JPY bn"}
    assert published - ROWS.keys() == {
        "nissan_tariff_left_q4",  # what guidance leaves, not a cost
        "nissan_tariff_h2_smaller",  # a difference of half-years
    }


def test_every_input_says_what_it_is_and_where_it_comes_from() -> None:
    assert {each.sort for each in inputs().values()} == SORTS.keys()
    for each in inputs().values():
        assert each.source
        assert each.known_since >= "2025"
        assert each.label
        assert all(key in ASSUMPTIONS and ASSUMPTIONS[key].unit == each.unit for key in each.sets)


def test_rules_set_policies_and_priors_set_estimates_of_the_newest_edition() -> None:
    for each in inputs().values():
        if each.sort == RULE:
            assert all(ASSUMPTIONS[key].role == POLICY for key in each.sets)
        elif each.sort == PRIOR:
            assert each.sets == (each.id,)
            assert each.id in ESTIMATES
            assert each.value == edition(PRIOR_EDITION).defaults[each.id]
        else:
            assert not each.sets


def test_every_exchange_rate_is_a_published_one_or_says_that_it_is_not() -> None:
    rates = [each for each in inputs().values() if each.sort == EXCHANGE]
    assert [each.value for each in rates] == [135, 140, 145, 148, 145, 144.6, 147.5, 154, 157.9]
    assert booked_rates().mean() == pytest.approx(facts()["nissan_fx_actual_fy26_3"].number, abs=0.01)
    assert {row.exchange for row in declared()} <= {"", BOOKED, *inputs()}


def test_days_and_rates_of_rules_agree_with_the_table_of_rates() -> None:
    table = {rate.id: rate for rate in tariff_rates()}
    for rule, rate in {
        "s232_vehicle_rate_start": "usmca_non_us_content",
        "s232_parts_rate_start": "parts_general",
        "parts_rate_japan": "parts_japan_after_deal",
        "msrp_offset_original_year1": "offset_first_year",
        "steel_aluminium_rate": "steel_50",
        "ieepa_other_rate_path_apr25": "other_goods_10",
        "ieepa_other_rate_path_aug25": "other_goods_15",
        "ieepa_other_rate_path_void": "other_goods_void",
    }.items():
        assert (inputs()[rule].value, inputs()[rule].start) == (table[rate].rate_share, str(table[rate].start)), rule
    japan, deal = inputs()["japan_added_rate_after_deal"], table["japan_after_deal"]
    assert japan.start == str(deal.start)
    assert japan.value == pytest.approx(deal.rate_share - facts()["mfn_car_rate"].number)


def test_no_input_of_a_later_row_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that reaches the model: declared rules and priors, and the exchange rate."""
    seen: list[tuple[dict[str, Months | float], str]] = []

    def recording(values: dict[str, Months | float], edition_name: str) -> object:
        seen.append((dict(values), edition_name))
        return project(values, edition_name)

    monkeypatch.setattr(backtest_module, "project", recording)
    assert backtest.__wrapped__() == backtest()
    assert len(seen) == 8  # five of Honda, of Nissan three: guidance by its day, and what was booked
    of_rules = {key for each in inputs().values() if each.sort == RULE for key in each.sets}
    priors = {key: each.value for each in inputs().values() if each.sort == PRIOR for key in each.sets if key != STOCK}
    for values, edition_name in seen:
        assert edition_name == CALIBRATION_EDITION
        assert values.keys() == of_rules | priors.keys() | {"jpy_per_usd", "nissan_jpy_gap"}
        assert {key: values[key] for key in priors} == priors


def test_the_priors_decide_how_far_off_the_model_is() -> None:
    low, high = median_span_share()
    assert low < median_error_share(judged(backtest())) < high
    assert (low, high) == (pytest.approx(0.086, abs=1e-3), pytest.approx(0.292, abs=1e-3))


# -------------------------------------------------------------------- the month clock


def rows_of(
    company: str, known_by: str = "", changed: Mapping[str, float | str] = MappingProxyType({})
) -> Mapping[str, Months]:
    """Months at JPY 150 with the values, or the days, of some inputs changed."""
    given = {**inputs()}
    for name, value in changed.items():
        old = given[name]
        given[name] = replace(old, start=value) if isinstance(value, str) else replace(old, value=value)
    return monthly_cost(company, 150.0, known_by, given)


def test_days_are_months_since_april_2025() -> None:
    assert months_since_start("2025-04-01") == 0.0
    assert months_since_start("2025-05-16") == pytest.approx(1 + 15 / 31)
    assert months_since_start("2026-02-20") == pytest.approx(10 + 19 / 28)
    assert months_since_start("2025-03-12") == pytest.approx(-1 + 11 / 31)


def test_the_weights_of_japans_cars_by_hand() -> None:
    """25 points from 3 April, 12.5 from 16 September; a month of stock moves both by one month."""
    rules = [inputs()[name] for name in ("japan_added_rate_after_deal", "s232_vehicle_rate_start")]
    start, deal = 1 - 2 / 30, 0.5
    at_border = [0.25 * start, 0.25, 0.25, 0.25, 0.25, 0.25 * deal + 0.125 * (1 - deal), *[0.125] * 6]
    assert rate_by_month(rules, 0.0) == pytest.approx(at_border)
    assert rate_by_month(rules, 1.0) == pytest.approx([0.0, *at_border[:-1]])


def test_nissans_half_year_by_hand() -> None:
    """Cars of two origins and materials; the offset of April to September is above the duty on parts."""
    quarter_rates = [144.6] * 3 + [147.5] * 3
    cars = [0, 0.25 * 28 / 30, *[0.25] * 4]
    materials = [0.25 * 20 / 31, 0.25, 0.25, 0.25 + 0.25 * 27 / 30, 0.5, 0.5]
    parts_before = [0, 0, 0.25 * 29 / 31, 0.25, 0.25, 0.25]
    parts_value = 5.08 * 0.95 * 0.60
    assert sum(parts_before) / 12 * parts_value < 0.0375 * 33000 * 486.232e-6 * (6 - 2 / 30) / 12
    hand = sum(
        fx / 12 * ((300 * 17000 * 0.85 + 120 * 25000) * 1e-6 * car + 5.08 * 0.05 * steel)
        for fx, car, steel in zip(quarter_rates, cars, materials, strict=True)
    )
    assert ROWS["nissan_tariff_actual_h1"].model_jpy_bn == pytest.approx(hand, abs=0.5)


@pytest.mark.parametrize("company", ["honda", "nissan"])
def test_months_sum_to_the_year(company: str) -> None:
    year = sum(monthly.sum() for monthly in monthly_cost(company, booked_rates()).values())
    of = {row.period: row.model_jpy_bn for row in ROWS.values() if f"{company}_tariff_actual" in row.fact_id}
    if company == "honda":
        assert of["year to March 2026"] == pytest.approx(year)
        assert of["April to September 2025"] + of["October 2025 to March 2026"] == pytest.approx(year)
    assert of["April to June 2025"] + of["July to September 2025"] == pytest.approx(of["April to September 2025"])
    assert of["April to September 2025"] + of["October to December 2025"] == pytest.approx(of["April to December 2025"])


@pytest.mark.parametrize("company", ["honda", "nissan"])
def test_twelve_equal_months_are_the_models_own_year(company: str) -> None:
    """Rates that hold all year, no stock and no offset: the clock is the model, divided by twelve."""
    given = {key: replace(each, start="", value=0.2) for key, each in inputs().items() if each.sort == RULE}
    given |= {key: each for key, each in inputs().items() if each.sort == PRIOR}
    given[STOCK] = replace(given[STOCK], value=0.0)
    values = {key: 0.2 for each in given.values() if each.sort == RULE for key in each.sets}
    values |= {key: each.value for key, each in given.items() if each.sort == PRIOR and key != STOCK}
    for offset in (0.0, 0.01, 0.2):
        given["msrp_offset_original_year1"] = replace(given["msrp_offset_original_year1"], value=offset)
        wanted = project({**values, "msrp_offset_share": offset, "nissan_jpy_gap": 0.0}, CALIBRATION_EDITION)
        months = monthly_cost(company, edition(CALIBRATION_EDITION).defaults["jpy_per_usd"], "", given)
        for line, cost in months.items():
            assert np.ptp(cost) == pytest.approx(0.0, abs=1e-9)
            year = np.asarray(wanted.company[company][f"gross_{line}_duty_jpy_bn"])[0]
            assert cost.sum() == pytest.approx(year, abs=1e-9)


def test_one_change_of_a_rate_weighs_as_in_the_models_own_clock() -> None:
    """Japan's cars at half the rate from mid September with a month of stock: the same year by both clocks."""
    months = rows_of("nissan", "", {"s232_vehicle_rate_start": "2024-01-01"})
    scenario = {
        **{key: inputs()[key].value for key in ("parts_exempt_share", "parts_materials_share", STOCK)},
        "japan_tariff_share": 0.125,
        "tariff_start_months": 5.5,
        "jpy_per_usd": 150.0,
        "nissan_jpy_gap": 0.0,
    }
    year = np.asarray(project(scenario, CALIBRATION_EDITION).company["nissan"]["gross_japan_duty_jpy_bn"])[0]
    assert months["japan"].sum() == pytest.approx(year)


@pytest.mark.parametrize("company", ["honda", "nissan"])
@pytest.mark.parametrize("name", [each.id for each in inputs().values() if each.sort == RULE and each.start])
def test_the_day_of_a_rule_moves_only_months_after_it(name: str, company: str) -> None:
    rule = inputs()[name]
    stock = 0 if "offset" in name else 1
    first = max(math.floor(months_since_start(rule.start)) + stock, 0)
    before, after = rows_of(company), rows_of(company, "", {name: str(np.datetime64(rule.start) + 40)})
    for line, months in before.items():
        assert after[line][:first] == pytest.approx(months[:first]), line


@pytest.mark.parametrize("name", ["japan_added_rate_after_deal", "parts_rate_japan", "ieepa_other_rate_path_void"])
def test_guidance_knows_no_rule_that_was_published_later(name: str) -> None:
    rule = inputs()[name]
    for known_by, knows in ((str(np.datetime64(rule.known_since) - 1), False), (rule.known_since, True)):
        pairs = [(rows_of(company, known_by), rows_of(company, known_by, {name: 0.9})) for company in COMPANIES]
        assert any(list(stated[line]) != list(moved[line]) for stated, moved in pairs for line in stated) == knows


def test_an_offset_is_carried_forward_and_never_back() -> None:
    months = backtest_module._parts_after_offset(np.array([0.0, 3.0, 1.0, 1.0]), np.array([1.0, 1.0, 3.0, 1.0]))
    assert list(months) == [0.0, 1.0, 0.0, 0.0]  # 3 less what two months earned; the third earns more than it needs


def test_the_lower_volume_moves_hondas_second_half_from_its_day_on() -> None:
    day = inputs()[HONDA_VOLUME].known_since
    planned, lowered = rows_of("honda", str(np.datetime64(day) - 1)), rows_of("honda", day)
    share = inputs()[HONDA_VOLUME].value
    assert share == pytest.approx((1570 - 840) / 840, abs=5e-4)
    for line in ("usmca", "japan", "materials"):
        assert lowered[line] == pytest.approx(planned[line] * ([1.0] * 6 + [share] * 6))
    assert lowered["other"] == pytest.approx(planned["other"])
    assert rows_of("nissan")["usmca"][6] == rows_of("nissan")["usmca"][5]  # it is Honda's


# --------------------------------------------------------------------- the calibration


@pytest.mark.parametrize("row", [r for r in ROWS.values() if r.role == CALIBRATED and r.edition == CALIBRATION_EDITION])
def test_the_calibration_meets_the_guidance_of_may_2025(row: BacktestRow) -> None:
    assert row.model_jpy_bn == pytest.approx(row.published_jpy_bn, rel=0.025)
    assert facts()[row.fact_id].as_of.startswith("2025-05")


def test_the_calibration_is_the_edition_with_nothing_moved() -> None:
    for company in ("honda", "nissan"):
        gross = last(project({}, CALIBRATION_EDITION), company, "gross_tariff_cost_jpy_bn")
        assert ROWS[f"{company}_tariff_gross_may25"].model_jpy_bn == pytest.approx(gross, rel=1e-12)
    net = last(project({}, CALIBRATION_EDITION), "honda", "net_tariff_cost_jpy_bn")
    assert ROWS["honda_tariff_net_may25"].model_jpy_bn == pytest.approx(net, rel=1e-12)


def test_the_first_sum_by_hand_656_and_450() -> None:
    honda = (530 * 26900 * 0.6 + 20 * 26900) * 0.25e-6 + 6.5 * 0.25 + 4.0 * 0.24
    nissan = (300 * 17000 * 0.85 + 120 * 25000) * 0.25e-6 + 5.08 * 0.25
    assert ROWS["honda_tariff_gross_may25"].model_jpy_bn == pytest.approx(honda * 135, rel=1e-9)
    assert ROWS["nissan_tariff_gross_may25"].model_jpy_bn == pytest.approx(nissan * 145, rel=1e-9)


def test_the_year_to_march_2027_is_no_test() -> None:
    row = ROWS["honda_tariff_implied_fy27_3"]
    assert (row.edition, row.role, row.published_jpy_bn) == (PRIOR_EDITION, CALIBRATED, 199.9)
    gross = project({}, PRIOR_EDITION).company["honda"]["gross_tariff_cost_jpy_bn"]
    assert row.model_jpy_bn == pytest.approx(np.asarray(gross)[0])
