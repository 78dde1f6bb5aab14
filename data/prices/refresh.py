"""`python -m data.prices refresh`: make the snapshot anew from the service, or leave it as it is and say why.

The new file replaces the old one only where it holds every month of the old one, for every symbol, at the same
close. What may differ: a month that was not there, and all closes of a symbol by one factor, where shares were
split since. Everything else is refused by name; a symbol whose closes were looked at may be accepted.
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from data.facts import DataError
from data.prices.lines import OF_DIVIDENDS, Answer, Failure, PriceLine, Problem
from data.prices.snapshot import Row, read_snapshot, write_snapshot

LARGEST_DIFFERENCE_SHARE: Final = 0.05
"""Two sources of one month-end close may differ by so much: exchange rates are read at different hours."""
SAME_FACTOR_SHARE: Final = 0.01
LATEST_ROW_DAYS: Final = 6
"""A month counts as complete where a price stands in its last days: after that come weekends and holidays."""
SPLIT_FACTORS: Final = frozenset(
    round(a / b, 6) for a, b in ((n, 1) for n in range(2, 51)) for a, b in ((a, b), (b, a))
) | {1.5, round(1 / 1.5, 6)}


def month_ends(line: PriceLine, before: datetime.date) -> dict[datetime.date, float]:
    """The last close of each complete month [currency per unit], by the last day of the month.

    before: the day on which the question is asked: its own month is not complete
    """
    closes = line.rows["close"]
    ends = pd.DatetimeIndex(closes.index) + pd.offsets.MonthEnd(0)
    last = closes.groupby(ends).agg(lambda own: own.iloc[-1])
    last_days = pd.Series(closes.index, index=closes.index).groupby(ends).max()
    found = {}
    for end, close in last.items():
        month_end = pd.Timestamp(str(end)).date()
        late = (month_end - last_days[pd.Timestamp(month_end)].date()).days <= LATEST_ROW_DAYS
        if late and month_end < before:
            found[month_end] = float(close)
    return found


def refreshed(
    old: Iterable[Row], answers: Iterable[Answer], today: datetime.date, accepted: Collection[str] = ()
) -> tuple[tuple[Row, ...], list[str]]:
    """The rows of a new snapshot, and every reason not to take them.

    accepted: symbols whose closes may differ from the old ones
    """
    rows, reasons = [], []
    before = {(row.symbol, row.month_end): row for row in old}
    symbols = list(dict.fromkeys(row.symbol for row in before.values()))
    by_symbol = {answer.symbol: answer for answer in answers}
    for symbol in symbols:
        own = {end: row for (s, end), row in before.items() if s == symbol}
        answer = by_symbol.get(symbol)
        against = [p for p in answer.problems if not _passed_over(p, accepted)] if answer else []
        if answer is None or answer.line is None or against:
            said = " ".join(p.sentence for p in against) if answer else "The service was not asked."
            reasons.append(f"{symbol}: {said}")
            continue
        line = answer.line
        new = {end: close for end, close in month_ends(line, today).items() if end >= min(own)}
        reasons += [f"{symbol}: {reason}" for reason in _reasons(own, new, line, symbol in accepted)]
        source = f"yahoo-{today.isoformat()}"
        rows += [Row(end, symbol, close, line.currency, source) for end, close in sorted(new.items())]
    return tuple(rows), reasons


def _passed_over(problem: Problem, accepted: Collection[str]) -> bool:
    """Whether a problem is none for closes, or for those that were looked at."""
    return problem.failure in OF_DIVIDENDS or (problem.failure is Failure.JUMP and problem.symbol in accepted)


def _reasons(
    old: dict[datetime.date, Row], new: dict[datetime.date, float], line: PriceLine, accepted: bool
) -> list[str]:
    """Why the new closes of one symbol may not replace the old ones."""
    found = []
    lost = sorted(old.keys() - new.keys())
    if lost:
        found.append(f"{len(lost)} months would be lost, the first {lost[0]}")
    currency = next(iter(old.values())).currency
    if line.currency != currency:
        found.append(f"prices are in {line.currency} and were in {currency}")
    shared = sorted(old.keys() & new.keys())
    if shared and not accepted:
        ratios = np.array([new[end] / old[end].close for end in shared])
        off = np.abs(ratios / _split_factor(ratios) - 1) > LARGEST_DIFFERENCE_SHARE
        if off.any():
            worst = shared[int(np.argmax(off))]
            known, told = old[worst].close, new[worst]
            found.append(f"{int(off.sum())} closes differ, the first of {worst}: {known:g} before, {told:g} now")
    return found


def _split_factor(ratios: np.ndarray) -> float:
    """The factor of a split since the old file was made: 1 where there was none."""
    factor = float(np.median(ratios))
    is_split = any(abs(factor / known - 1) < SAME_FACTOR_SHARE for known in SPLIT_FACTORS)
    steady = bool(np.all(np.abs(ratios / factor - 1) < LARGEST_DIFFERENCE_SHARE))
    return factor if is_split and steady else 1.0


def refresh(
    path: Path,
    download: Callable[[str, bool, datetime.date], Answer],
    today: datetime.date,
    accepted: Collection[str] = (),
) -> tuple[int, list[str]]:
    """Replace the snapshot where nothing speaks against it; rows written (0 where none), and what was found.

    download: as the price store has it
    """
    old = read_snapshot(path)
    answers = [download(symbol, True, today) for symbol in dict.fromkeys(row.symbol for row in old)]
    rows, reasons = refreshed(old, answers, today, accepted)
    if reasons:
        return 0, reasons
    candidate = path.with_suffix(".candidate")
    try:
        write_snapshot(candidate, rows)
        read_snapshot(candidate)  # what the app would refuse to read is not put in place
        candidate.replace(path)
    except DataError as error:
        return 0, [str(error)]
    finally:
        candidate.unlink(missing_ok=True)
    return len(rows), [f"{len(rows)} closes of {len(answers)} symbols, up to {max(r.month_end for r in rows)}"]
