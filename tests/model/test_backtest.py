"""The model beside the world: calibrated on May 2025, tested on everything published later.

Tolerances are stated per row. Where the model is far off, the range of its error is pinned as it is:
the test then says how wrong the model is known to be, not that it is right.
"""

import pytest

from data.facts import facts
from model import backtest as backtest_module
from model.backtest import CALIBRATION_EDITION, BacktestRow, backtest
from model.projection import project
from tests.model.scenarios import last

CALIBRATION = {"honda_tariff_gross_may25": 0.01, "nissan_tariff_gross_may25": 0.01}

MATCHED_WITHIN = {"honda_tariff_gross_aug25": 0.05, "nissan_tariff_gross_jul25": 0.15}

KNOWN_ERRORS = {
    # fact: lowest and highest error of the model [share of the published figure]
    "nissan_tariff_oct25": (0.20, 0.27),  # overstates by about a quarter
    "honda_tariff_gross_nov25": (0.15, 0.21),  # overstates by about a fifth
    "honda_tariff_gross_feb26": (0.45, 0.55),  # overstates by about a half
    "nissan_tariff_feb26": (0.20, 0.27),  # overstates by about a quarter
    "honda_tariff_actual_q1": (-0.14, -0.08),  # understates by about a tenth
    "nissan_tariff_actual_q1": (0.28, 0.36),  # overstates by about a third
    "honda_tariff_actual_h1": (0.31, 0.39),  # overstates by about a third
    "nissan_tariff_actual_h1": (0.17, 0.23),  # overstates by about a fifth
    "honda_tariff_actual_9m": (0.15, 0.21),  # overstates by about a fifth
}

ROWS = {row.fact_id: row for row in backtest()}
each_row = pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))


def test_every_row_has_a_stated_tolerance_or_a_known_error() -> None:
    assert len(ROWS) == len(backtest())
    assert ROWS.keys() == CALIBRATION.keys() | MATCHED_WITHIN.keys() | KNOWN_ERRORS.keys()
    assert {f for f, row in ROWS.items() if row.role == "calibration"} == CALIBRATION.keys()
    assert {row.role for row in ROWS.values()} == {"calibration", "test"}


@pytest.mark.parametrize("fact_id", CALIBRATION)
def test_the_calibration_meets_the_guidance_of_may_2025(fact_id: str) -> None:
    assert ROWS[fact_id].model_jpy_bn == pytest.approx(ROWS[fact_id].published_jpy_bn, rel=CALIBRATION[fact_id])
    assert facts()[fact_id].as_of.startswith("2025-05")


@pytest.mark.parametrize("fact_id", MATCHED_WITHIN)
def test_the_model_meets_a_later_figure_within_its_tolerance(fact_id: str) -> None:
    assert abs(ROWS[fact_id].error_share) <= MATCHED_WITHIN[fact_id]


@pytest.mark.parametrize("fact_id", KNOWN_ERRORS)
def test_the_error_on_a_later_figure_is_the_known_one(fact_id: str) -> None:
    lowest, highest = KNOWN_ERRORS[fact_id]
    assert lowest <= ROWS[fact_id].error_share <= highest


@each_row
def test_a_row_shows_a_published_fact_with_its_source(row: BacktestRow) -> None:
    fact = facts()[row.fact_id]
    assert fact.source
    assert fact.unit == "JPY bn"
    assert row.published_jpy_bn == fact.number
    assert row.as_of == fact.as_of
    assert row.company in row.fact_id
    assert row.error_share == pytest.approx(row.model_jpy_bn / fact.number - 1, rel=1e-12)


@each_row
def test_a_row_that_is_off_says_what_it_does_not_explain(row: BacktestRow) -> None:
    assert row.role == "calibration" or row.unexplained.endswith(".")


def test_every_later_figure_was_published_after_the_calibration() -> None:
    calibrated = max(facts()[f].as_of for f in CALIBRATION)
    assert all(row.as_of > calibrated for row in ROWS.values() if row.role == "test")


def test_every_published_tariff_cost_of_that_year_is_shown() -> None:
    """Gross figures and actuals of both companies; the net ones are after measures the model is given."""
    published = {
        f for f in facts() if "_tariff_gross_" in f or "_tariff_actual_" in f or f.startswith("nissan_tariff_")
    }
    published = {f for f in published if f.startswith(("honda_", "nissan_")) and facts()[f].unit == "JPY bn"}
    assert {f for f in published - ROWS.keys() if not f.startswith("honda_tariff_gross_may25_")} == NOT_SHOWN


NOT_SHOWN = {
    *("honda_tariff_actual_q2", "nissan_tariff_actual_q2"),  # the half year less the first quarter
    *("honda_tariff_actual_q3", "nissan_tariff_actual_q3", "nissan_tariff_left_q4"),  # differences, too
    *("honda_tariff_actual_q4", "honda_tariff_actual_h2", "nissan_tariff_h2_smaller"),
    *("honda_tariff_actual_fy26_3", "nissan_tariff_actual_9m"),  # found after this version of the model
}

RATES_AND_TIMES = {
    "msrp_offset_share": {0.0375},
    "japan_tariff_share": {0.15},
    "other_tariff_share": {0.15},
    "tariff_start_months": {5.5},
    "nissan_jpy_gap": {0.0},
    "jpy_per_usd": {135.0, 140.0, 145.0, 148.0},
}
"""All that a test row may set: published rates, the date of the deal, published exchange rates."""


def test_no_input_of_a_test_row_is_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[dict[str, float], str]] = []

    def recording(values: dict[str, float], edition_name: str) -> object:
        seen.append((dict(values), edition_name))
        return project(values, edition_name)

    monkeypatch.setattr(backtest_module, "project", recording)
    assert backtest.__wrapped__() == backtest()
    published_rates = {f.number for f in facts().values() if f.unit == "JPY per USD"}
    assert len(seen) >= len(ROWS)
    for values, edition_name in seen:
        assert edition_name == CALIBRATION_EDITION
        assert values.keys() <= RATES_AND_TIMES.keys()
        for key, value in values.items():
            assert value in (published_rates if key == "jpy_per_usd" else RATES_AND_TIMES[key]), key


def hand_sum_usd_bn(cars: list[tuple[float, float, float]], parts: float, other: float, offset: float) -> float:
    """Cars as (thousands, dollars of dutiable value, rate); parts at 25 %; money in USD bn."""
    on_cars = sum(thousands * 1e3 * dollars * rate / 1e9 for thousands, dollars, rate in cars)
    return on_cars + max(parts * 0.25 - offset, 0.0) + other


def test_the_first_sum_by_hand_656_439_450_339() -> None:
    """The sums of the design, once more with plain numbers, and the model to the nearest unit."""
    japan = (0.25 * 5.5 + 0.15 * 6.5) / 12
    honda_may = hand_sum_usd_bn([(530, 26900 * 0.6, 0.25), (20, 26900, 0.25)], 6.5, 4.0 * 0.24, 0.0) * 135
    honda_aug = hand_sum_usd_bn(
        [(530, 26900 * 0.6, 0.25), (20, 26900, japan)], 6.5, 4.0 * 0.15, 960e3 * 37000 * 0.0375 / 1e9
    )
    nissan_may = hand_sum_usd_bn([(300, 17000 * 0.85, 0.25), (120, 25000, 0.25)], 5.08, 0.0, 0.0) * 145
    nissan_jul = hand_sum_usd_bn(
        [(300, 17000 * 0.85, 0.25), (120, 25000, japan)], 5.08, 0.0, 486.232e3 * 33000 * 0.0375 / 1e9
    )
    hand = {
        "honda_tariff_gross_may25": honda_may,
        "honda_tariff_gross_aug25": honda_aug * 140,
        "nissan_tariff_gross_may25": nissan_may,
        "nissan_tariff_gross_jul25": nissan_jul * 145,
    }
    assert [round(value) for value in hand.values()] == [656, 439, 450, 339]
    for fact_id, value in hand.items():
        assert ROWS[fact_id].model_jpy_bn == pytest.approx(value, rel=1e-9)


def test_the_calibration_is_the_edition_with_nothing_moved() -> None:
    for company in ("honda", "nissan"):
        gross = last(project({}, CALIBRATION_EDITION), company, "gross_tariff_cost_jpy_bn")
        assert ROWS[f"{company}_tariff_gross_may25"].model_jpy_bn == gross
