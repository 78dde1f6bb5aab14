"""What the service sent is believed only after these checks; what is left out is named with its dates."""

import datetime
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from data.prices.lines import Failure, Problem

FAR_OFF: Final = 20.0
"""A close this many times its neighbours, or this small a part of them, is a mistake in the data."""
NEIGHBOURS: Final = 11
JUMP: Final = 2.5
"""Three times the close before, or a third of it, less a sixth for what the market did on that day."""
LONGEST_SPIKE_ROWS: Final = 10
COMES_BACK: Final = 1.5
"""After a mistake the close is that of before it, but for what the market did meanwhile."""
LARGEST_DIVIDEND_SHARE: Final = 0.5
"""A dividend above this part of the price is a mistake, most often of the unit."""
MOST_BROKEN_ROWS: Final = 5
LONGEST_PAUSE_DAYS: Final = 16
"""Tokyo closed for ten days at the change of emperor in 2019, the longest pause in these years."""
DELISTED_AFTER_DAYS: Final = 31
SPLIT_MATCH_SHARE: Final = 0.1
"""How near a step of the price must come to the split for the split to be what made it."""
SMALLEST_SPLIT: Final = 1.3
"""A smaller split cannot be told from a bad day."""
SPLIT_WINDOW_ROWS: Final = 5
"""So many rows before or after its date a split may stand in the prices."""
SMALLEST_STEP_NEAR_SPLIT: Final = 1.45
"""On another day than the split's own a smaller step may be the market's: shares do fall by 30 % in a day."""


def checked(
    symbol: str, rows: pd.DataFrame, expected_from: datetime.date, today: datetime.date
) -> tuple[pd.DataFrame | None, tuple[Problem, ...]]:
    """Rows that can be used with closes and dividends, and every problem; no rows where none can.

    rows: by date: close, split, whether nobody traded (`no_trade`), `dividend`, and by ISO code what was paid in
        another currency than that of the price
    expected_from: the first day of which prices were asked for and exist
    """
    rows = rows.sort_index()
    rows = rows[~rows.index.duplicated(keep="last")]
    paid = list(rows.columns.drop(["close", "split", "no_trade"]))
    traded = rows["close"][~rows["no_trade"]]
    if traded.empty:
        return None, (Problem(symbol, Failure.EMPTY),)
    broken = broken_rows(traded)
    broken[spikes(traded[~broken])] = True
    priced = rows.loc[traded.index[~broken]]
    # A dividend of a day without a price belongs to the next that has one.
    priced_before = rows.index.isin(priced.index).cumsum() - rows.index.isin(priced.index)
    priced = priced.assign(**rows.groupby(priced_before)[paid].transform("sum").loc[priced.index])
    wrong_paid = broken_dividends(priced, paid)
    kept = priced[~wrong_paid]
    named = [f"{day:%Y-%m-%d} ({_words(traded[day])})" for day in pd.DatetimeIndex(traded.index)[broken]]
    amounts = priced[paid].sum(axis=1)
    named += [f"{day:%Y-%m-%d} (dividend {amounts[day]:.6g})" for day in pd.DatetimeIndex(priced.index)[wrong_paid]]
    named.sort()
    count = len(named)
    if count > MOST_BROKEN_ROWS or kept.empty:
        detail = f"{count} of {len(traded)} rows are empty, zero or far off, the first {named[0]}"
        return None, (Problem(symbol, Failure.BROKEN, detail),)
    wrong = unexplained_jump(kept["close"]) or split_left_in(kept["close"], rows["split"])
    if wrong:
        return None, (Problem(symbol, Failure.BROKEN, wrong),)
    problems = []
    if count:
        problems.append(Problem(symbol, Failure.BROKEN_ROWS, ", ".join(named)))
    jumps = jumps_that_stay(kept["close"])
    if jumps:
        problems.append(Problem(symbol, Failure.JUMP, some_of(jumps)))
    ended = (today - kept.index[-1].date()).days > DELISTED_AFTER_DAYS
    if ended:
        problems.append(Problem(symbol, Failure.DELISTED, f"they end on {kept.index[-1].date().isoformat()}"))
    part = "" if ended else missing_part(pd.DatetimeIndex(kept.index), expected_from, today)
    if part:
        problems.append(Problem(symbol, Failure.PARTIAL, part))
    return kept[["close", *paid]], tuple(problems)


def _words(close: float) -> str:
    return f"{close:.6g}" if np.isfinite(close) else "no close"


MOST_NAMED: Final = 4


def some_of(named: Sequence[str]) -> str:
    """The first of many days, with how many more there are."""
    more = len(named) - MOST_NAMED
    return ", ".join(named[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def broken_rows(close: pd.Series) -> pd.Series:
    """Rows whose close is missing, not above zero, or far off those around it."""
    good = close.where(np.isfinite(close) & (close > 0))
    usual = good.rolling(NEIGHBOURS, center=True, min_periods=1).median()
    ratio = good / usual
    broken: pd.Series = ~((ratio < FAR_OFF) & (ratio > 1 / FAR_OFF))  # also where it is no number
    return broken


def broken_dividends(rows: pd.DataFrame, paid: Sequence[str]) -> pd.Series:
    """Rows on which what was paid is no number, below zero, or too large a part of the price."""
    sound = (rows[list(paid)] >= 0).all(axis=1)
    wrong: pd.Series = ~(sound & (rows["dividend"] <= LARGEST_DIVIDEND_SHARE * rows["close"].fillna(np.inf)))
    return wrong


def spikes(close: pd.Series) -> pd.DatetimeIndex:
    """Rows that jump in one step and come back in one step a few rows later: no market does that."""
    level = np.log(close.to_numpy())
    step = np.diff(level, prepend=level[:1])
    jumps = np.flatnonzero(np.abs(step) >= np.log(JUMP))
    found: list[int] = []
    after = 0  # the row that came back from the last spike
    for begin in jumps:
        if begin <= after:
            continue
        for end in jumps[(jumps > begin) & (jumps <= begin + LONGEST_SPIKE_ROWS)]:
            comes_back = abs(level[end] - level[begin - 1]) < np.log(COMES_BACK)
            if comes_back and step[begin] * step[end] < 0:
                found += range(begin, end)
                after = end
                break
    return pd.DatetimeIndex(close.index[found])


def unexplained_jump(close: pd.Series) -> str:
    """Where prices change their unit from one day to the next; empty where they do not."""
    ratio = close / close.shift()
    jumps = ratio[(ratio >= FAR_OFF) | (ratio <= 1 / FAR_OFF)]
    if jumps.empty:
        return ""
    return f"they jump to {jumps.iloc[0]:.3g} times the day before on {jumps.index[0].date().isoformat()}"


def jumps_that_stay(close: pd.Series) -> list[str]:
    """Each step that may be true or a mistake: its day and the closes of the day before and of that day."""
    before = close.shift()
    there = (close / before >= JUMP) | (close / before <= 1 / JUMP)
    days = pd.DatetimeIndex(close.index)[there]
    steps = zip(days, before[there], close[there], strict=True)
    return [f"{day:%Y-%m-%d} ({old:.6g} to {new:.6g})" for day, old, new in steps]


def split_left_in(close: pd.Series, splits: pd.Series) -> str:
    """A named split that the prices do not know, or know on another day; empty where there is none.

    splits: by date, shares for one; zero on other days
    """
    days = pd.DatetimeIndex(close.index)
    fall = (close.shift() / close).to_numpy()
    large = splits[(splits >= SMALLEST_SPLIT) | ((splits > 0) & (splits <= 1 / SMALLEST_SPLIT))]
    for day, split in zip(pd.DatetimeIndex(large.index), large, strict=True):
        own = int(days.searchsorted(day))
        if own < len(days) and abs(fall[own] / split - 1) < SPLIT_MATCH_SHARE:
            return f"the split of {day.date().isoformat()} is not in the prices before it"
        for at in range(max(1, own - SPLIT_WINDOW_ROWS), min(len(days), own + SPLIT_WINDOW_ROWS + 1)):
            no_bad_day = max(fall[at], 1 / fall[at]) >= SMALLEST_STEP_NEAR_SPLIT
            if no_bad_day and min(abs(fall[at] / split - 1), abs(fall[at] * split - 1)) < SPLIT_MATCH_SHARE:
                return f"the split of {day.date().isoformat()} is a step in the prices on {days[at].date().isoformat()}"
    return ""


def missing_part(days: pd.DatetimeIndex, expected_from: datetime.date, today: datetime.date) -> str:
    """Which part of the time asked for has no prices; empty where none is missing."""
    first, last = days[0].date(), days[-1].date()
    if (first - expected_from).days > LONGEST_PAUSE_DAYS:
        return f"nothing before {first.isoformat()}"
    if (today - last).days > LONGEST_PAUSE_DAYS:
        return f"nothing after {last.isoformat()}"
    pauses = days[1:] - days[:-1]
    longest = int(np.argmax(pauses)) if len(pauses) else 0
    if len(pauses) and pauses[longest].days > LONGEST_PAUSE_DAYS:
        return f"nothing between {days[longest].date().isoformat()} and {days[longest + 1].date().isoformat()}"
    return ""
