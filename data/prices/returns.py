"""The arithmetic of returns: prices in, figures out. No Streamlit, no charts, no names of companies.

Calendars. A day counts only where every line, and every exchange rate that is needed, has a price of its own
on that date at its own exchange. No price is carried over a holiday, so nothing is compared between two days.
Where one line has only month-ends, each daily line gives its last close of each month.

Return. Each day a holder gets price change and dividend; the dividend buys more of the same at that day's close.
With P the price, D the dividend and X the exchange rate, value grows from s to t by

    P(t) / P(s)  x  product of (1 + D / P) over the days after s up to t  x  X(t) / X(s)

three factors, whose logarithms add up.
"""

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from data.prices.checks import LARGEST_DIVIDEND_SHARE
from data.prices.lines import MONTHLY, PriceLine
from data.prices.listings import RATE_ENDING, rate_symbol

DAYS_PER_YEAR: Final = 365.25
MONTHS_PER_YEAR: Final = 12
MONTH_END_DAYS: Final = 6
"""A month of a daily line counts where it has a price in so many last days, or any price after them."""
LONGEST_RATE_GAP_DAYS: Final = 4
"""A dividend is converted at a rate of its day, or of so many days before: the currency market closes at Christmas."""
SHORTEST_YEAR_DAYS: Final = 360
"""A shorter period is not annualised: it would promise what was not there."""


@dataclass(frozen=True)
class Panel:
    """Lines side by side on the days that all of them share.

    Frames have a row for each shared day, ascending, and a column for each symbol.
    price: close in the line's own currency
    held: units held by someone who began with one and put dividends into more of them; 1 throughout where
        dividends are unknown or left out
    rate: reader's currency per unit of the line's own
    """

    price: pd.DataFrame
    held: pd.DataFrame
    rate: pd.DataFrame
    monthly: bool

    @cached_property
    def value(self) -> pd.DataFrame:
        """What the holder's units are worth in the reader's currency."""
        return self.price * self.held * self.rate

    @cached_property
    def days(self) -> pd.DatetimeIndex:
        """The shared days."""
        return pd.DatetimeIndex(self.price.index)

    def between(self, first: datetime.date | None, last: datetime.date | None) -> "Panel":
        """The shared days from first to last, both included."""
        span = slice(pd.Timestamp(first) if first else None, pd.Timestamp(last) if last else None)
        return Panel(self.price.loc[span], self.held.loc[span], self.rate.loc[span], self.monthly)


def month_end_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The last row of each complete month, dated with the last day of the month."""
    days = pd.DatetimeIndex(rows.index)
    ends = days + pd.offsets.MonthEnd(0)
    last_of_month = np.append(ends[1:] != ends[:-1], True)
    complete = last_of_month & ((ends != ends[-1]) | ((ends[-1] - days[-1]).days <= MONTH_END_DAYS))
    found = rows[complete]
    found.index = pd.DatetimeIndex(ends[complete], name="date")
    return found


def with_units_held(rows: pd.DataFrame, with_dividends: bool) -> pd.DataFrame:
    """Closes with the units held after each dividend was put into more of them at that day's close."""
    grows = 1 + rows["dividend"] / rows["close"] if with_dividends else pd.Series(1.0, index=rows.index)
    return pd.DataFrame({"price": rows["close"], "held": grows.cumprod()})


def panel(lines: Sequence[PriceLine], rates: Mapping[str, PriceLine], reader: str, total: bool) -> Panel:
    """Lines on the days that they share with each other and with the exchange rates they need.

    rates: by Yahoo symbol, units of a currency per US dollar; KeyError where one that is needed is missing
    reader: the currency to compare in, or empty where each line stays in its own
    total: whether dividends are put into more of the same, where they are known
    """
    needed = {s for line in lines for s in rates_of(line, reader)}
    everything = [*lines, *(rates[symbol] for symbol in sorted(needed))]
    monthly = any(line.basis == MONTHLY for line in everything)

    def rows_of(line: PriceLine, dividends: bool) -> pd.DataFrame:
        rows = with_units_held(line.rows, dividends and line.has_dividends)
        return month_end_rows(rows) if monthly and line.basis != MONTHLY else rows

    own = {line.symbol: rows_of(line, total) for line in lines}
    per_dollar = {symbol: rows_of(rates[symbol], False)["price"] for symbol in needed}
    shared = _shared_days([*own.values(), *per_dollar.values()])
    one = pd.Series(1.0, index=shared)
    rate = {}
    for line in lines:
        to, of = (per_dollar.get(rate_symbol(c), one).reindex(shared) for c in (reader or line.currency, line.currency))
        rate[line.symbol] = to / of if rates_of(line, reader) else one
    price, held = ({s: rows[name].reindex(shared) for s, rows in own.items()} for name in ("price", "held"))
    return Panel(pd.DataFrame(price), pd.DataFrame(held), pd.DataFrame(rate), monthly)


def rates_of(line: PriceLine, reader: str) -> list[str]:
    """Symbols of the exchange rates that bring a line into the reader's currency; a rate itself is left as it is.

    reader: a currency, or empty where each line stays in its own
    """
    if not reader or line.currency == reader or line.symbol.endswith(RATE_ENDING):
        return []
    return [s for s in (rate_symbol(line.currency), rate_symbol(reader)) if s]


def dividend_rates_of(line: PriceLine) -> list[str]:
    """Symbols of the exchange rates that bring dividends in other currencies into that of the line's price."""
    others = line.other_currencies
    return [s for s in map(rate_symbol, [*others, line.currency]) if s] if others else []


def with_converted_dividends(line: PriceLine, rates: Mapping[str, PriceLine]) -> tuple[PriceLine, list[str]]:
    """The line with all dividends in its own currency, and those that had to be left out, in words.

    rates: by Yahoo symbol, units of a currency per US dollar; one that is missing is missed
    """
    rows, lost = line.rows[["close", "dividend"]].copy(), []
    for currency in line.other_currencies:
        amounts = line.rows[currency][line.rows[currency] > 0]
        of, to = (_rate_near(rates, c, pd.DatetimeIndex(amounts.index)) for c in (currency, line.currency))
        own = amounts / of * to
        # Too large a part of the price is a mistake of the currency named: it is not believed either.
        sound = own <= LARGEST_DIVIDEND_SHARE * rows["close"].reindex(own.index)
        rows["dividend"] = rows["dividend"].add(own[sound], fill_value=0.0)
        lost += [f"{day:%Y-%m-%d} ({amount:.6g} {currency})" for day, amount in amounts[~sound].items()]
    return replace(line, rows=rows), sorted(lost)


def _rate_near(rates: Mapping[str, PriceLine], currency: str, days: pd.DatetimeIndex) -> pd.Series:
    """Units of a currency per US dollar on each day, or a few days before it; no number where there is none."""
    symbol = rate_symbol(currency)
    if not symbol:
        return pd.Series(1.0, index=days)
    if symbol not in rates:
        return pd.Series(np.nan, index=days)
    return rates[symbol].rows["close"].reindex(days, method="ffill", tolerance=pd.Timedelta(days=LONGEST_RATE_GAP_DAYS))


def _shared_days(frames: Sequence[pd.DataFrame | pd.Series]) -> pd.DatetimeIndex:
    """The days on which every one has a row."""
    shared = pd.DatetimeIndex(frames[0].index)
    for frame in frames[1:]:
        shared = shared.intersection(pd.DatetimeIndex(frame.index))
    return shared.sort_values().rename("date")


def rebased(value: pd.DataFrame) -> pd.DataFrame:
    """Values as 100 on the first shared day."""
    return 100 * value / value.iloc[0]


def period_return(value: pd.Series) -> float:
    """Return from the first to the last day [share]."""
    return float(value.iloc[-1] / value.iloc[0] - 1)


def years_between(days: pd.DatetimeIndex) -> float:
    """Length of the period [years]."""
    return float((days[-1] - days[0]).days / DAYS_PER_YEAR)


def annualised_return(value: pd.Series) -> float | None:
    """The steady yearly return that gives the period's [share]; nothing for less than a year."""
    days = pd.DatetimeIndex(value.index)
    if (days[-1] - days[0]).days < SHORTEST_YEAR_DAYS:
        return None
    return float((value.iloc[-1] / value.iloc[0]) ** (1 / years_between(days)) - 1)


def steps(value: pd.DataFrame) -> pd.DataFrame:
    """Returns from each shared day to the next [share]."""
    return (value / value.shift() - 1).iloc[1:]


def moves(value: pd.Series) -> np.ndarray:
    """Returns of one line from each shared day to the next [share]."""
    levels = value.to_numpy(dtype=float)
    found: np.ndarray = levels[1:] / levels[:-1] - 1
    return found


def steps_per_year(days: pd.DatetimeIndex, monthly: bool) -> float:
    """How many steps a year has: 12 months, or as many shared days as this period has in a year."""
    return float(MONTHS_PER_YEAR) if monthly else (len(days) - 1) / years_between(days)


def volatility(value: pd.Series, monthly: bool) -> float | None:
    """Standard deviation of the steps' returns, per year [share]; nothing for fewer than two steps."""
    if len(value) < 3:
        return None
    return float(np.std(moves(value), ddof=1)) * math.sqrt(steps_per_year(pd.DatetimeIndex(value.index), monthly))


@dataclass(frozen=True, slots=True)
class Drawdown:
    """The deepest fall from a height [share, not above zero], the height's day, the lowest day, and when it was made
    good, if it was.
    """

    depth_share: float
    peak: datetime.date
    trough: datetime.date
    recovered: datetime.date | None


def drawdowns(value: pd.DataFrame) -> pd.DataFrame:
    """Distance below the highest value so far [share, not above zero]."""
    return value / value.cummax() - 1


def deepest_drawdown(value: pd.Series) -> Drawdown:
    """The deepest fall within the period, with its dates."""
    levels, days = value.to_numpy(dtype=float), pd.DatetimeIndex(value.index)
    below = levels / np.maximum.accumulate(levels) - 1
    trough = int(below.argmin())
    peak = int(levels[: trough + 1].argmax())
    back = np.flatnonzero(levels[trough:] >= levels[peak])
    recovered = days[trough + int(back[0])].date() if len(back) and below[trough] < 0 else None
    return Drawdown(float(below[trough]), days[peak].date(), days[trough].date(), recovered)


def beta(value: pd.Series, benchmark: pd.Series) -> float | None:
    """Covariance of the steps with the benchmark's over the benchmark's variance; nothing for fewer than two steps."""
    if len(value) < 3:
        return None
    own, other = moves(value), moves(benchmark)
    variance = float(np.var(other, ddof=1))
    return float(np.cov(own, other, ddof=1)[0, 1]) / variance if variance else None


def correlation(value: pd.Series, benchmark: pd.Series) -> float | None:
    """Correlation of the steps with the benchmark's [-1 to 1]; nothing where either stands still."""
    if len(value) < 3:
        return None
    own, other = moves(value), moves(benchmark)
    if not own.std() or not other.std():
        return None
    return float(np.corrcoef(own, other)[0, 1])


def rolling_correlation(value: pd.DataFrame, benchmark: str, window: int) -> pd.DataFrame:
    """Correlation with the benchmark over the last `window` steps, at each day that has so many."""
    returns = steps(value)
    others = [symbol for symbol in value.columns if symbol != benchmark]
    found = {symbol: returns[symbol].rolling(window).corr(returns[benchmark]) for symbol in others}
    return pd.DataFrame(found, index=returns.index).iloc[window - 1 :]


@dataclass(frozen=True, slots=True)
class Parts:
    """A return in the reader's currency and the three parts that sum to it exactly [share]."""

    total: float
    price: float
    dividends: float
    currency: float


def parts_of_return(p: Panel, symbol: str) -> Parts:
    """Split a line's return from the first to the last shared day.

    The three factors of growth multiply, so their logarithms add up. Each part is the factor's logarithm times
    (return / logarithm of total growth): the same factor for all three, so that they sum to the return.
    """
    factors = [frame[symbol].iloc[-1] / frame[symbol].iloc[0] for frame in (p.price, p.held, p.rate)]
    price, dividends, currency = (math.log(factor) for factor in factors)
    growth = price + dividends + currency
    total = math.expm1(growth)
    scale = total / growth if growth else 1.0
    return Parts(total, price * scale, dividends * scale, currency * scale)


@dataclass(frozen=True)
class EventWindow:
    """Returns around an event, counted from the last shared close before it.

    base: the day of that close
    first, last: the days on which the window begins and ends
    path: return from the base by step (0 at the base, negative before it) and symbol [share]
    cut: whether the data end, or begin, within the window
    """

    base: datetime.date
    first: datetime.date
    last: datetime.date
    path: pd.DataFrame
    cut: bool


def event_window(value: pd.DataFrame, day: datetime.date, steps_around: int) -> EventWindow | None:
    """So many shared days (or month-ends) before and after an event; nothing where none lies on either side."""
    days = pd.DatetimeIndex(value.index)
    base = int(days.searchsorted(pd.Timestamp(day), side="left")) - 1
    if base < 0 or base + 1 >= len(days):
        return None
    first, last = max(0, base - steps_around), min(len(days) - 1, base + steps_around)
    path = value.iloc[first : last + 1] / value.iloc[base] - 1
    path.index = pd.Index(range(first - base, last - base + 1), name="step")
    cut = last - base < steps_around or base - first < steps_around
    return EventWindow(days[base].date(), days[first].date(), days[last].date(), path, cut)
