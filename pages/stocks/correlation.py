"""Correlation with the benchmark over a moving window."""

from typing import Final

import pandas as pd

from data.prices import returns
from data.prices.listings import label_of
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.view import View, kept
from pages.kit.words import number
from pages.stocks.comparison import PriceComparison, await_prices, comparison_of
from pages.stocks.forms import LinesByDay, columns_by_day
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.words import kind_words

_WINDOW_DAYS: Final = 60
_WINDOW_MONTHS: Final = 12

NO_CORRELATION: Final = "The period is too short, or the benchmark has no prices, for a correlation over time."


def _window(c: PriceComparison) -> int:
    """Steps of the rolling correlation, fewer where the period is short."""
    most = _WINDOW_MONTHS if c.monthly else _WINDOW_DAYS
    return min(most, max(3, (len(c.panel.days) - 1) // 2)) if c.panel is not None else most


@kept
def _records(view: View) -> Columns:
    c, found = comparison_of(view), pd.DataFrame()
    window = _window(c)
    if c.panel is not None and c.benchmark and len(c.panel.days) > window:
        found = returns.rolling_correlation(c.panel.value, c.benchmark, window)
    return columns_by_day(found, "correlation")


def _columns(view: View) -> dict[str, str]:
    c = comparison_of(view)
    return {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Last shared day of the window",
        "correlation": f"Correlation with {label_of(c.asked.benchmark)} over {_window(c)} steps",
    }


def _title(view: View) -> str:
    c = comparison_of(view)
    window = f"{_window(c)} {'months' if c.monthly else 'days'}"
    return f"Correlation with {label_of(c.asked.benchmark)} over the last {window}, {kind_words(c)}"


def _finding(view: View) -> str:
    """Where the rolling correlation stands at the end, and what it is of."""
    c, values = comparison_of(view), CORRELATION.table(view).values
    window = f"{_window(c)} {'months' if c.monthly else 'trading days'}"
    of_rows = zip(values["correlation"], values["line"], values["date"], strict=True)
    last = max(values["date"])
    at_end = sorted(((found, line) for found, line, day in of_rows if day == last), key=lambda one: one[0])
    (low, lowest), (high, highest) = at_end[0], at_end[-1]
    of = f"with {label_of(c.asked.benchmark)} over the last {window}"
    if len(at_end) == 1:
        return f"{lowest} moved {of} by a correlation of {number(low, 2)}"
    return f"Correlation {of}: from {number(low, 2)} ({lowest}) to {number(high, 2)} ({highest})"


CORRELATION: Final = Figure(
    name="stock_rolling_correlation",
    title=_title,
    columns=_columns,
    records=_records,
    form=LinesByDay("correlation", "Correlation", ".1f", said="number", zero="0"),
    finding=_finding,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
