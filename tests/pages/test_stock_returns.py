"""Returns add up, compare the same days only, and equal calculations that were written another way."""

import datetime
import itertools
import math
import statistics

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.prices import returns
from data.prices.lines import DAILY, LIVE, PriceLine
from data.prices.returns import Panel, panel
from data.prices.snapshot import snapshot

SYMBOLS = ["7267.T", "7201.T", "TSLA", "BYDDY", "^GSPC", "^N225"]
REAL = [snapshot()[symbol] for symbol in SYMBOLS]
RATES = {"JPY=X": snapshot()["JPY=X"]}
IN_USD = panel(REAL, RATES, "USD", total=False)
IN_JPY = panel(REAL, RATES, "JPY", total=False)


def daily(
    symbol: str, closes: dict[str, float], currency: str = "USD", dividends: dict[str, float] | None = None
) -> PriceLine:
    """A line of days."""
    index = pd.DatetimeIndex(list(closes), name="date")
    paid = pd.Series(dividends or {}, dtype=float)
    paid.index = pd.DatetimeIndex(paid.index)
    rows = pd.DataFrame({"close": list(closes.values())}, index=index)
    return PriceLine(symbol, currency, rows.assign(dividend=paid.reindex(index).fillna(0.0)), DAILY, LIVE, True)


# --------------------------------------------------------------------------------------------- calendars

TOKYO_CLOSED = {
    "2024-12-31", "2025-01-01", "2025-01-02", "2025-01-03",  # New Year
    "2025-04-29", "2025-05-05", "2025-05-06",  # Golden Week
    "2025-11-03", "2025-11-24",  # Culture Day, Labour Thanksgiving Day in lieu
}  # fmt: skip
NEW_YORK_CLOSED = {
    "2024-12-25",
    "2025-01-01",
    "2025-01-09",
    "2025-11-27",
}  # Christmas, New Year, mourning, Thanksgiving


def trading_days(closed: set[str], first: str = "2024-12-20", last: str = "2025-12-05") -> list[str]:
    return [day for day in pd.bdate_range(first, last).strftime("%Y-%m-%d") if day not in closed]


TOKYO = daily("7267.T", {day: 100.0 + n for n, day in enumerate(trading_days(TOKYO_CLOSED))})
NEW_YORK = daily("TSLA", {day: 200.0 + n for n, day in enumerate(trading_days(NEW_YORK_CLOSED))})
BOTH = panel([TOKYO, NEW_YORK], {}, "", total=False)


def first_from(day: str) -> datetime.date:
    return BOTH.between(datetime.date.fromisoformat(day), None).days[0].date()


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        ("2024-12-31", "2025-01-06"),  # Tokyo closes from the last day of the year; 4 and 5 January are a weekend
        ("2025-01-01", "2025-01-06"),
        ("2025-01-09", "2025-01-10"),  # only New York is closed
        ("2025-04-29", "2025-04-30"),
        ("2025-05-05", "2025-05-07"),  # only Tokyo is closed, for two days
        ("2025-11-24", "2025-11-25"),
        ("2025-11-27", "2025-11-28"),  # Thanksgiving
        ("2025-11-28", "2025-11-28"),
    ],
)
def test_lines_start_on_the_first_day_on_which_both_markets_were_open(asked: str, used: str) -> None:
    assert first_from(asked).isoformat() == used


def test_no_day_counts_on_which_one_market_was_closed() -> None:
    days = set(BOTH.days.strftime("%Y-%m-%d"))
    assert days.isdisjoint(TOKYO_CLOSED | NEW_YORK_CLOSED)
    assert days == set(trading_days(TOKYO_CLOSED)) & set(trading_days(NEW_YORK_CLOSED))


def test_no_price_is_carried_over_a_holiday() -> None:
    for line in (TOKYO, NEW_YORK):
        own = line.rows["close"].reindex(BOTH.days)
        assert BOTH.price[line.symbol].tolist() == own.tolist()


def test_lines_rebased_each_on_its_own_first_day_would_mislead() -> None:
    """New York falls by a tenth while Tokyo is closed: on shared days neither line has seen it."""
    days = ["2025-05-02", "2025-05-05", "2025-05-06", "2025-05-07", "2025-05-08"]
    new_york = daily("TSLA", dict(zip(days, [100.0, 95.0, 90.0, 90.0, 99.0], strict=True)))
    tokyo = daily("7267.T", {"2025-05-07": 50.0, "2025-05-08": 55.0})
    value = panel([new_york, tokyo], {}, "", total=False).value
    assert returns.period_return(value["TSLA"]) == pytest.approx(0.10)
    assert returns.period_return(value["TSLA"]) == pytest.approx(returns.period_return(value["7267.T"]))


def test_a_rate_that_was_not_quoted_takes_the_day_away() -> None:
    rate = daily("JPY=X", dict.fromkeys(trading_days({"2025-06-03"}), 150.0), "JPY")
    line = PriceLine("7267.T", "JPY", TOKYO.rows, DAILY, LIVE, True)
    assert pd.Timestamp("2025-06-03") not in panel([line], {"JPY=X": rate}, "USD", total=False).days
    assert pd.Timestamp("2025-06-03") in panel([line], {"JPY=X": rate}, "JPY", total=False).days


def test_beside_month_ends_a_daily_line_gives_its_last_close_of_each_month() -> None:
    days = pd.bdate_range("2026-01-01", "2026-05-13").strftime("%Y-%m-%d")
    line = daily("X", {day: float(n) + 1 for n, day in enumerate(days)})
    mixed = panel([line, snapshot()["TSLA"]], {}, "", total=False)
    assert mixed.monthly
    assert mixed.days.strftime("%Y-%m-%d").tolist() == ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]
    assert mixed.price["X"].iloc[0] == line.rows["close"]["2026-01-30"]
    assert mixed.price["X"].iloc[-1] == line.rows["close"]["2026-04-30"]


# ----------------------------------------------------------------------- against other ways to calculate


def by_hand(panel_: Panel, symbol: str) -> list[float]:
    return [float(v) for v in panel_.value[symbol]]


@pytest.mark.parametrize("symbol", SYMBOLS)
@pytest.mark.parametrize("reader", ["USD", "JPY"])
def test_metrics_equal_a_calculation_with_plain_lists(symbol: str, reader: str) -> None:
    """On ten years of real months, without numpy or pandas."""
    used = IN_USD if reader == "USD" else IN_JPY
    values, benchmark = by_hand(used, symbol), by_hand(used, "^GSPC")
    assert len(values) > 115
    moves = [b / a - 1 for a, b in itertools.pairwise(values)]
    market = [b / a - 1 for a, b in itertools.pairwise(benchmark)]
    series, market_series = used.value[symbol], used.value["^GSPC"]
    years = (used.days[-1] - used.days[0]).days / 365.25
    assert returns.period_return(series) == pytest.approx(values[-1] / values[0] - 1, rel=1e-12)
    assert returns.annualised_return(series) == pytest.approx(
        math.exp(math.log(values[-1] / values[0]) / years) - 1, rel=1e-9
    )
    assert returns.volatility(series, True) == pytest.approx(statistics.stdev(moves) * math.sqrt(12), rel=1e-9)
    assert returns.correlation(series, market_series) == pytest.approx(statistics.correlation(moves, market), rel=1e-9)
    slope = statistics.linear_regression(market, moves).slope
    assert returns.beta(series, market_series) == pytest.approx(slope, rel=1e-9)
    worst = min((values[j] / values[i] - 1, i, j) for i in range(len(values)) for j in range(i, len(values)))
    found = returns.deepest_drawdown(series)
    assert found.depth_share == pytest.approx(worst[0], rel=1e-12)
    assert found.peak == used.days[worst[1]].date()
    assert found.trough == used.days[worst[2]].date()
    higher = [k for k in range(worst[2], len(values)) if values[k] >= values[worst[1]]]
    assert found.recovered == (used.days[higher[0]].date() if higher else None)


def test_rolling_correlation_equals_each_window_by_itself() -> None:
    rolled = returns.rolling_correlation(IN_USD.value, "^GSPC", 12)
    moves = {s: [b / a - 1 for a, b in itertools.pairwise(v)] for s in SYMBOLS for v in [by_hand(IN_USD, s)]}
    for at in (0, 17, len(rolled) - 1):
        window = slice(at, at + 12)
        expected = statistics.correlation(moves["TSLA"][window], moves["^GSPC"][window])
        assert rolled["TSLA"].iloc[at] == pytest.approx(expected, rel=1e-7)
        assert rolled.index[at] == IN_USD.days[at + 12]
    assert "^GSPC" not in rolled


def test_the_yen_return_is_the_dollar_return_times_the_change_of_the_rate() -> None:
    rate = RATES["JPY=X"].rows["close"].reindex(IN_USD.days)
    for symbol in SYMBOLS:
        dollars, yen = (p.value[symbol].iloc[-1] / p.value[symbol].iloc[0] for p in (IN_USD, IN_JPY))
        assert yen == pytest.approx(dollars * rate.iloc[-1] / rate.iloc[0], rel=1e-12)


def test_two_foreign_currencies_meet_through_the_dollar() -> None:
    days = ["2025-06-02", "2025-06-03"]
    rates = {
        "JPY=X": daily("JPY=X", dict(zip(days, [150.0, 156.0], strict=True)), "JPY"),
        "HKD=X": daily("HKD=X", dict(zip(days, [7.8, 7.5], strict=True)), "HKD"),
    }
    line = daily("1211.HK", dict(zip(days, [78.0, 75.0], strict=True)), "HKD")
    assert panel([line], rates, "JPY", total=False).value["1211.HK"].tolist() == pytest.approx([1500.0, 1560.0])


def test_total_return_buys_more_at_the_close_of_the_day_without_the_dividend() -> None:
    closes = {"2025-06-02": 100.0, "2025-06-03": 98.0, "2025-06-04": 98.0}
    line = daily("X", closes, dividends={"2025-06-03": 2.0})
    with_it = panel([line], {}, "", total=True).value["X"]
    assert (with_it / with_it.iloc[0]).tolist() == pytest.approx([1.0, (98.0 + 2.0) / 100.0, 1.0])
    assert panel([line], {}, "", total=False).value["X"].tolist() == list(closes.values())


def test_a_dividend_on_the_first_day_belongs_to_whoever_held_before() -> None:
    line = daily("X", {"2025-06-02": 100.0, "2025-06-03": 100.0}, dividends={"2025-06-02": 5.0})
    assert returns.parts_of_return(panel([line], {}, "", total=True), "X").total == 0.0


def test_a_dividend_paid_while_the_other_market_is_closed_is_not_lost() -> None:
    line = daily(
        "TSLA", dict.fromkeys(["2025-05-02", "2025-05-05", "2025-05-07"], 100.0), dividends={"2025-05-05": 1.0}
    )
    value = panel([line, TOKYO], {}, "", total=True).between(datetime.date(2025, 5, 2), None).value["TSLA"]
    assert value.index.strftime("%Y-%m-%d").tolist() == ["2025-05-02", "2025-05-07"]
    assert returns.period_return(value) == pytest.approx(0.01)


def test_dividends_of_the_snapshot_are_unknown_and_not_counted() -> None:
    priced = panel(REAL, RATES, "USD", total=True)
    pd.testing.assert_frame_equal(priced.value, IN_USD.value)


# ------------------------------------------------------------------------------- a return that adds up

positive = st.floats(0.05, 20.0)


@settings(max_examples=60, deadline=None)
@given(positive, st.floats(1.0, 3.0), positive)
def test_price_dividends_and_currency_sum_to_the_return(price: float, held: float, rate: float) -> None:
    days = pd.DatetimeIndex(["2025-01-06", "2026-01-06"])

    def frame(factor: float) -> pd.DataFrame:
        return pd.DataFrame({"X": [3.0, 3.0 * factor]}, index=days)

    p = Panel(frame(price), frame(held), frame(rate), monthly=False)
    parts = returns.parts_of_return(p, "X")
    assert parts.price + parts.dividends + parts.currency == pytest.approx(parts.total, rel=1e-12, abs=1e-13)
    assert parts.total == pytest.approx(price * held * rate - 1, rel=1e-9, abs=1e-12)
    for part, factor in ((parts.price, price), (parts.dividends, held), (parts.currency, rate)):
        assert part == 0 or (part > 0) == (factor > 1)


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_real_returns_add_up(symbol: str) -> None:
    parts = returns.parts_of_return(IN_JPY, symbol)
    assert parts.price + parts.dividends + parts.currency == pytest.approx(parts.total, rel=1e-13)
    assert parts.total == pytest.approx(returns.period_return(IN_JPY.value[symbol]), rel=1e-12)
    if snapshot()[symbol].currency == "JPY":
        assert parts.currency == 0.0


def test_parts_that_cancel_still_add_up() -> None:
    days = pd.DatetimeIndex(["2025-01-06", "2026-01-06"])
    frames = [pd.DataFrame({"X": [1.0, factor]}, index=days) for factor in (2.0, 1.0, 0.5)]
    parts = returns.parts_of_return(Panel(*frames, monthly=False), "X")
    assert parts.total == 0.0
    assert parts.price == -parts.currency == pytest.approx(math.log(2))


# ------------------------------------------------------------------------------------------ the corners


def test_less_than_a_year_is_not_annualised() -> None:
    assert returns.annualised_return(IN_USD.value["TSLA"].iloc[-7:]) is None
    assert returns.annualised_return(IN_USD.value["TSLA"].iloc[-13:]) is not None


def test_too_few_days_give_no_figure_rather_than_a_wrong_one() -> None:
    two = IN_USD.value.iloc[:2]
    assert returns.volatility(two["TSLA"], True) is None
    assert returns.beta(two["TSLA"], two["^GSPC"]) is None
    assert returns.correlation(two["TSLA"], two["^GSPC"]) is None


def test_a_line_that_stands_still_has_no_correlation() -> None:
    still = pd.Series(1.0, index=IN_USD.days)
    assert returns.correlation(still, IN_USD.value["TSLA"]) is None
    assert returns.beta(IN_USD.value["TSLA"], still) is None


def test_a_line_that_only_rises_has_no_fall() -> None:
    rising = pd.Series(np.arange(1.0, 5.0), index=IN_USD.days[:4])
    found = returns.deepest_drawdown(rising)
    assert found.depth_share == 0.0
    assert found.recovered is None


def test_the_benchmark_has_a_beta_of_one() -> None:
    market = IN_USD.value["^GSPC"]
    assert returns.beta(market, market) == pytest.approx(1.0)
    assert returns.correlation(market, market) == pytest.approx(1.0)


# ------------------------------------------------------------------------------------------------ events


def test_an_event_is_measured_from_the_last_close_before_it() -> None:
    days = ["2025-04-01", "2025-04-02", "2025-04-03", "2025-04-04", "2025-04-07"]
    value = panel([daily("X", dict(zip(days, [100.0, 110.0, 99.0, 104.5, 121.0], strict=True)))], {}, "", False).value
    window = returns.event_window(value, datetime.date(2025, 4, 3), 1)
    assert window is not None
    assert (window.base.isoformat(), window.first.isoformat(), window.last.isoformat()) == (
        "2025-04-02", "2025-04-01", "2025-04-03",
    )  # fmt: skip
    assert window.path["X"].to_dict() == pytest.approx({-1: 100 / 110 - 1, 0: 0.0, 1: -0.10})
    assert not window.cut


def test_an_event_on_a_weekend_counts_from_friday() -> None:
    value = panel([NEW_YORK], {}, "", total=False).value
    window = returns.event_window(value, datetime.date(2025, 6, 8), 5)
    assert window is not None
    assert window.base == datetime.date(2025, 6, 6)


def test_a_window_that_the_data_cut_short_says_so() -> None:
    window = returns.event_window(IN_USD.value, datetime.date(2026, 5, 20), 6)
    assert window is not None
    assert window.cut
    assert window.last == IN_USD.days[-1].date()


@pytest.mark.parametrize("day", [datetime.date(2015, 1, 1), datetime.date(2030, 1, 1)])
def test_an_event_outside_the_data_has_no_window(day: datetime.date) -> None:
    assert returns.event_window(IN_USD.value, day, 3) is None
