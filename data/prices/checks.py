"""What the service sent is believed only after these checks; what is left out is named with its dates."""

import datetime
from typing import Final

import numpy as np
import pandas as pd

from data.prices.lines import Failure, Problem

FAR_OFF: Final = 20.0
"""A close this many times its neighbours, or this small a part of them, is a mistake in the data."""
NEIGHBOURS: Final = 11
LARGEST_DIVIDEND_SHARE: Final = 0.5
"""A dividend above this part of the price is a mistake, most often of the unit."""
MOST_BROKEN_ROWS: Final = 5
LONGEST_PAUSE_DAYS: Final = 16
"""Tokyo closed for ten days at the change of emperor in 2019, the longest pause in these years."""
DELISTED_AFTER_DAYS: Final = 31
SPLIT_MATCH_SHARE: Final = 0.1
"""How near a fall of the price must come to the split for the split to be what made it."""
SMALLEST_SPLIT: Final = 1.3
"""A smaller split cannot be told from a bad day."""


def checked(
    symbol: str, rows: pd.DataFrame, expected_from: datetime.date, today: datetime.date
) -> tuple[pd.DataFrame | None, tuple[Problem, ...]]:
    """Rows that can be used with columns close and dividend, and every problem; no rows where none can.

    rows: by date: close, dividend, split, and whether nobody traded (`no_trade`)
    expected_from: the first day of which prices were asked for and exist
    """
    rows = rows.sort_index()
    trades_before = (~rows["no_trade"]).cumsum().shift(fill_value=0)
    # A dividend of a day on which nobody traded belongs to the next on which somebody did.
    rows = rows.assign(dividend=rows.groupby(trades_before)["dividend"].transform("sum"))
    traded = rows[~rows["no_trade"]]
    traded = traded[~traded.index.duplicated(keep="last")]
    if traded.empty:
        return None, (Problem(symbol, Failure.EMPTY),)
    broken = broken_rows(traded["close"]) | broken_dividends(traded)
    kept = traded[~broken]
    count = int(broken.sum())
    if count > MOST_BROKEN_ROWS or kept.empty:
        detail = f"{count} of {len(traded)} rows are empty, zero or far off"
        return None, (Problem(symbol, Failure.BROKEN, detail),)
    jump = unexplained_jump(kept["close"]) or split_left_in(kept)
    if jump:
        return None, (Problem(symbol, Failure.BROKEN, jump),)
    problems = []
    if count:
        days = ", ".join(day.date().isoformat() for day in traded.index[broken])
        problems.append(Problem(symbol, Failure.BROKEN_ROWS, days))
    ended = (today - kept.index[-1].date()).days > DELISTED_AFTER_DAYS
    if ended:
        problems.append(Problem(symbol, Failure.DELISTED, f"they end on {kept.index[-1].date().isoformat()}"))
    part = "" if ended else missing_part(pd.DatetimeIndex(kept.index), expected_from, today)
    if part:
        problems.append(Problem(symbol, Failure.PARTIAL, part))
    return kept[["close", "dividend"]], tuple(problems)


def broken_rows(close: pd.Series) -> pd.Series:
    """Rows whose close is missing, not above zero, or far off those around it."""
    good = close.where(np.isfinite(close) & (close > 0))
    usual = good.rolling(NEIGHBOURS, center=True, min_periods=1).median()
    ratio = good / usual
    broken: pd.Series = ~((ratio < FAR_OFF) & (ratio > 1 / FAR_OFF))  # also where it is no number
    return broken


def broken_dividends(rows: pd.DataFrame) -> pd.Series:
    """Rows whose dividend is no number, below zero, or too large a part of the price."""
    dividend = rows["dividend"]
    wrong: pd.Series = ~((dividend >= 0) & (dividend <= LARGEST_DIVIDEND_SHARE * rows["close"].fillna(np.inf)))
    return wrong


def unexplained_jump(close: pd.Series) -> str:
    """Where prices change their unit from one day to the next; empty where they do not."""
    ratio = close / close.shift()
    jumps = ratio[(ratio >= FAR_OFF) | (ratio <= 1 / FAR_OFF)]
    if jumps.empty:
        return ""
    return f"they jump to {jumps.iloc[0]:.3g} times the day before on {jumps.index[0].date().isoformat()}"


def split_left_in(rows: pd.DataFrame) -> str:
    """A split that is named and still in the prices; empty where there is none."""
    factor = (rows["close"].shift() / rows["close"]).to_numpy()
    days = pd.DatetimeIndex(rows.index)
    for at, split in enumerate(rows["split"]):
        if (
            split > 0
            and not 1 / SMALLEST_SPLIT < split < SMALLEST_SPLIT
            and abs(factor[at] / split - 1) < SPLIT_MATCH_SHARE
        ):
            return f"the split of {days[at].date().isoformat()} is not in the prices before it"
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
