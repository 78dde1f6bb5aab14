"""Splits and rows that are wrong are found through the real library, and true prices are left alone.

The walks are seeded: what passes today passes tomorrow.
"""

import datetime
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd
import pytest

from data.prices import yahoo
from data.prices.checks import checked
from data.prices.lines import Answer, Failure
from data.prices.settings import HOST_VARIABLE
from tests.data.yahoo import Service, Share, serving, up_to_now

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning:yfinance")

TODAY = datetime.datetime.now(datetime.UTC).date()
DAYS = up_to_now(4)
SPLIT_AT = 600


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    found = Service()
    with serving(found) as address:
        monkeypatch.setenv(HOST_VARIABLE, address)
        yield found


def answer_of(service: Service, share: Share) -> Answer:
    service.shares["EARLY"] = share
    return yahoo.download("EARLY", False, TODAY)


def failures(answer: Answer) -> list[Failure]:
    return [problem.failure for problem in answer.problems]


def falling(at: int, split_on: int | None = None, ratio: tuple[int, int] = (3, 1)) -> Share:
    """Prices that fall by a split's factor on one day, and the split named on another, or not at all."""
    factor = ratio[0] / ratio[1]
    closes = {day: 100.0 * (factor if n < at else 1.0) for n, day in enumerate(DAYS)}
    return Share(closes, splits={} if split_on is None else {DAYS[split_on]: ratio})


def with_run(first: int, rows: int, factor: float, split_on: int | None = None) -> Share:
    """Prices at 100, but for a run of rows that is off by a factor."""
    closes = {day: 100.0 * (factor if first <= n < first + rows else 1.0) for n, day in enumerate(DAYS)}
    return Share(closes, splits={} if split_on is None else {DAYS[split_on]: (3, 1)})


@pytest.mark.parametrize("days_off", [-5, -2, -1, 0, 1, 2, 5])
@pytest.mark.parametrize("ratio", [(3, 1), (2, 1), (3, 2), (1, 10), (20, 1)])
def test_a_split_that_is_named_on_a_day_nearby_is_not_in_the_prices(
    service: Service, days_off: int, ratio: tuple[int, int]
) -> None:
    answer = answer_of(service, falling(SPLIT_AT + days_off, SPLIT_AT, ratio))
    assert answer.line is None
    assert failures(answer) == [Failure.BROKEN]
    if ratio != (20, 1):  # that one is called a change of unit
        assert DAYS[SPLIT_AT].isoformat() in answer.problems[0].sentence
    assert DAYS[SPLIT_AT + days_off].isoformat() in answer.problems[0].sentence


def test_a_split_that_was_restated_twice_is_a_rise_by_its_factor(service: Service) -> None:
    share = falling(SPLIT_AT + 1)
    share.closes = {day: 10_000 / (close or 1.0) for day, close in share.closes.items()}
    share.splits = {DAYS[SPLIT_AT]: (3, 1)}
    assert failures(answer_of(service, share)) == [Failure.BROKEN]


def test_a_split_of_a_day_without_trade_is_not_forgotten(service: Service) -> None:
    share = falling(SPLIT_AT, SPLIT_AT)
    share.closes = {**share.closes, DAYS[SPLIT_AT]: None}
    assert failures(answer_of(service, share)) == [Failure.BROKEN]


def test_a_fall_that_stays_and_has_no_split_is_shown_and_named(service: Service) -> None:
    answer = answer_of(service, falling(SPLIT_AT))
    assert failures(answer) == [Failure.JUMP]
    assert answer.line is not None
    assert len(answer.line.rows) > 1000
    assert f"{DAYS[SPLIT_AT].isoformat()} (300 to 100)" in answer.problems[0].sentence


@pytest.mark.parametrize("factor", [1 / 100, 1 / 10, 1 / 3, 3, 10, 100])
@pytest.mark.parametrize("rows", [1, 2, 5])
def test_rows_that_jump_and_come_back_are_left_out_and_named_with_day_and_value(
    service: Service, factor: float, rows: int
) -> None:
    answer = answer_of(service, with_run(SPLIT_AT, rows, factor))
    assert failures(answer) == [Failure.BROKEN_ROWS]
    assert answer.line is not None
    assert set(answer.line.rows["close"]) == {100.0}
    for day in DAYS[SPLIT_AT : SPLIT_AT + rows]:
        assert f"{day.isoformat()} ({100 * factor:.6g})" in answer.problems[0].sentence


def test_single_rows_here_and_there_are_each_left_out(service: Service) -> None:
    share = with_run(SPLIT_AT, 1, 3.0)
    share.closes = {**share.closes, DAYS[SPLIT_AT + 2]: 300.0, DAYS[SPLIT_AT + 200]: 30.0}
    answer = answer_of(service, share)
    assert failures(answer) == [Failure.BROKEN_ROWS]
    assert answer.line is not None
    assert set(answer.line.rows["close"]) == {100.0}


@pytest.mark.parametrize("split_on", [SPLIT_AT + 10, SPLIT_AT + 12, None])
@pytest.mark.parametrize("rows", [10, 40])
def test_many_rows_at_three_times_are_not_used_or_named(service: Service, rows: int, split_on: int | None) -> None:
    """Ten rows before a split that was named late; forty that have none are two jumps, which may be true."""
    answer = answer_of(service, with_run(SPLIT_AT + 10 - rows, rows, 3.0, split_on))
    assert failures(answer) == [Failure.JUMP if rows == 40 and split_on is None else Failure.BROKEN]
    assert DAYS[SPLIT_AT + 10 - (rows if answer.line or rows == 10 else 0)].isoformat() in answer.problems[0].sentence


@pytest.mark.parametrize("at", [0, -1])
def test_a_first_or_last_row_that_is_far_off_is_at_least_named(service: Service, at: int) -> None:
    share = with_run(0, 0, 1.0)
    share.closes = {**share.closes, list(share.closes)[at]: 1000.0}
    assert failures(answer_of(service, share)) == [Failure.JUMP]


def test_rows_too_many_to_leave_out_are_counted_with_the_first(service: Service) -> None:
    answer = answer_of(service, with_run(SPLIT_AT, 8, 3.0))
    assert "8 of " in answer.problems[0].sentence
    assert f"{DAYS[SPLIT_AT].isoformat()} (300)" in answer.problems[0].sentence


# ------------------------------------------------------------------------------------------ no false alarm


def walk(seed: int, step: float, shocks: Mapping[int, float] | None = None) -> pd.DataFrame:
    """Eleven years of prices by chance, with heavy tails that end at half and double, and shocks on some days.

    step: usual size of a day's move [share]; shocks: factor of the day's price by the day's number
    """
    days = pd.DatetimeIndex(pd.bdate_range(end=pd.Timestamp(TODAY) - pd.Timedelta(days=2), periods=2800), name="date")
    moves = np.clip(np.random.default_rng(seed).standard_t(3, len(days)) * step / np.sqrt(3), -0.69, 0.69)
    for at, factor in (shocks or {}).items():
        moves[at] = np.log(factor)
    rows = {"close": 50 * np.exp(np.cumsum(moves)), "dividend": 0.0, "split": 0.0, "no_trade": False}
    return pd.DataFrame(rows, index=days)


def assert_left_alone(rows: pd.DataFrame) -> None:
    kept, problems = checked("X", rows.copy(), rows.index[0].date(), TODAY)
    assert problems == ()
    assert kept is not None
    assert kept["close"].tolist() == rows["close"].tolist()


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("step", [0.005, 0.02, 0.05])
def test_prices_by_chance_are_left_alone(seed: int, step: float) -> None:
    assert_left_alone(walk(seed, step))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("factor", [0.5, 0.7, 0.75, 0.8, 1.2, 1.25, 1.3, 2.0])
def test_true_shocks_that_stay_or_come_back_are_left_alone(seed: int, factor: float) -> None:
    stays, returns, twice = 500 + seed, 1000 + 7 * seed, 1800 + seed
    shocks = {stays: factor, returns: factor, returns + 1 + seed % 4: 1 / factor, twice: factor, twice + 1: factor}
    if factor in (0.5, 2.0):
        del shocks[twice + 1]
    assert_left_alone(walk(seed, 0.02, shocks))


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("split", [2.0, 3.0, 1.5, 1.25, 0.1, 20.0])
@pytest.mark.parametrize("bad_day", [1.0, 0.7, 0.8, 1.25, 1.3])
def test_a_split_that_is_in_the_prices_is_left_alone_also_beside_a_bad_day(
    seed: int, split: float, bad_day: float
) -> None:
    rows = walk(seed, 0.01, {1500 + seed % 6: bad_day} if bad_day != 1.0 else None)
    at = 1500 if bad_day == 1.0 or seed % 6 else 1501
    rows.loc[rows.index[at], "split"] = split
    assert_left_alone(rows)


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("factor", [3.0, 1 / 3, 10.0])
def test_a_wrong_row_is_found_among_prices_by_chance(seed: int, factor: float) -> None:
    rows = walk(seed, 0.02)
    at = 300 + 97 * seed
    rows.loc[rows.index[at], "close"] = float(rows["close"].iloc[at]) * factor
    kept, problems = checked("X", rows.copy(), rows.index[0].date(), TODAY)
    assert [p.failure for p in problems] == [Failure.BROKEN_ROWS]
    assert kept is not None
    assert list(rows.index.difference(kept.index)) == [rows.index[at]]


# --------------------------------------------------------------------------- what else is paid, and in what


def paying(dividends: Mapping[int, float], paid_in: Mapping[int, str] | None = None, **named: object) -> Share:
    """Prices at 100 with dividends by the day's number, and the currency told with them."""
    share = Share(dict.fromkeys(DAYS, 100.0), dividends={DAYS[n]: a for n, a in dividends.items()})
    share.paid_in = {DAYS[n]: currency for n, currency in (paid_in or {}).items()}
    for name, value in named.items():
        setattr(share, name, value)
    return share


def paid_of(answer: Answer) -> dict[str, dict[datetime.date, float]]:
    assert answer.line is not None
    paid = answer.line.rows.drop(columns="close")
    days = [day.date() for day in pd.DatetimeIndex(paid.index)]
    return {str(c): {day: float(a) for day, a in zip(days, paid[c], strict=True) if a} for c in paid}


def test_dividends_keep_the_currency_that_the_service_tells(service: Service) -> None:
    share = paying({100: 4.0, 200: 5.0, 300: 6.0, 400: 7.0}, {100: "CNY", 200: "HKD", 300: ""}, currency="HKD")
    answer = answer_of(service, share)
    assert answer.problems == ()
    assert paid_of(answer) == {
        "dividend": {DAYS[200]: 5.0, DAYS[300]: 6.0, DAYS[400]: 7.0},
        "CNY": {DAYS[100]: 4.0},
    }


def test_dividends_in_pounds_and_pence_are_both_pounds(service: Service) -> None:
    """Told as pounds they are taken as pounds; what is told without a currency is in pence as the price is."""
    answer = answer_of(service, paying({100: 0.04, 200: 4.0, 300: 4.0}, {100: "GBP", 200: "GBp"}, currency="GBp"))
    assert paid_of(answer) == {"dividend": dict.fromkeys((DAYS[100], DAYS[200], DAYS[300]), 0.04)}


def test_a_foreign_dividend_of_a_day_without_trade_is_not_lost(service: Service) -> None:
    share = paying({100: 4.0, 101: 1.0}, {100: "CNY"})
    share.closes = {**share.closes, DAYS[100]: None}
    assert paid_of(answer_of(service, share)) == {"dividend": {DAYS[101]: 1.0}, "CNY": {DAYS[101]: 4.0}}


@pytest.mark.parametrize("close", [300.0, 0.0, 1.0])
def test_a_dividend_of_a_row_that_is_left_out_is_not_lost(service: Service, close: float) -> None:
    share = paying({100: 4.0, 102: 1.0}, {102: "CNY"})
    share.closes = {**share.closes, DAYS[100]: close, DAYS[102]: close}
    answer = answer_of(service, share)
    assert failures(answer) == [Failure.BROKEN_ROWS]
    assert paid_of(answer) == {"dividend": {DAYS[101]: 4.0}, "CNY": {DAYS[103]: 1.0}}


def test_what_is_told_as_a_currency_and_is_none_reaches_no_address(service: Service) -> None:
    answer = answer_of(service, paying({100: 4.0}, {100: "../../x?y=<b>"}))
    assert paid_of(answer) == {"dividend": {}, "XXX": {DAYS[100]: 4.0}}


def test_a_dividend_that_cannot_be_right_is_named_with_day_and_value(service: Service) -> None:
    answer = answer_of(service, paying({100: 4.0, 200: 60.0}))
    assert failures(answer) == [Failure.BROKEN_ROWS]
    assert f"{DAYS[200].isoformat()} (dividend 60)" in answer.problems[0].sentence


@pytest.mark.parametrize("kind", ["MUTUALFUND", "ETF", "EQUITY"])
@pytest.mark.parametrize(
    ("dividend", "gain", "counted", "named"),
    [
        (0.0, 10.0, 10.0, False),
        (1.5, 6.5, 8.0, False),  # the dividend cannot hold the gain
        (7.857, 6.42, 7.857, True),  # Yahoo's dividend is 1.437 and the gain
        (6.419, 6.42, 6.419, True),  # the gain alone, told twice, once rounded
        (3.0, 2.0, 3.0, True),  # may be beside it: never counted twice, and named
    ],
)
def test_a_capital_gain_is_counted_once_or_named(
    service: Service, kind: str, dividend: float, gain: float, counted: float, named: bool
) -> None:
    answer = answer_of(service, paying({100: dividend} if dividend else {}, kind=kind, gains={DAYS[100]: gain}))
    assert paid_of(answer) == {"dividend": {DAYS[100]: pytest.approx(counted)}}
    assert failures(answer) == ([Failure.CAPITAL_GAINS] if named else [])
    if named:
        assert f"{DAYS[100].isoformat()} ({gain:.6g} within {dividend:.6g})" in answer.problems[0].sentence
