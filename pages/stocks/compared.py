"""Every line by shared day, in the look chosen: table, chart, words and finding."""

from collections.abc import Mapping
from functools import partial
from typing import Final

import pandas as pd

from data.prices import returns
from data.prices.lines import DAILY, MONTHLY
from data.prices.listings import label_of
from pages.kit.columns import Columns
from pages.kit.figure import Figure
from pages.kit.view import View
from pages.kit.words import listed, number
from pages.stocks.comparison import PriceComparison, await_prices, comparison_of, limiting
from pages.stocks.events import EVENTS
from pages.stocks.forms import LinesByDay, columns_by_day, thinned
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.options import INDEX, PERCENT, PRICE, RATIO, SPREAD
from pages.stocks.words import basis_words, change, currency_words, day_words, kind_words, name_of

_VALUE_TITLES: Final = {
    INDEX: "Index, first day = 100",
    PERCENT: "Change since the first day, share",
    PRICE: "Price in the currency named",
    RATIO: "First line over the second, first day = 1",
    SPREAD: "Change of the first line less that of the second, share",
}


_FAR_APART: Final = 20.0
"""Prices that differ by this factor cannot be read on one ordinary scale."""


def _values(c: PriceComparison) -> pd.DataFrame:
    """What the main chart draws, a column per line: by shared day, in the unit of the look."""
    if c.panel is None:
        return pd.DataFrame()
    look, value = c.asked.look, c.panel.value
    if look == PRICE:
        return c.panel.price * c.panel.rate
    if look == INDEX or c.pair is None:
        return returns.rebased(value)
    if look == PERCENT:
        return value / value.iloc[0] - 1
    first, second = c.pair
    own, other = (value[s] / value[s].iloc[0] for s in (first, second))
    return pd.DataFrame({first: own / other if look == RATIO else own - other})


def _line_label(c: PriceComparison, symbol: str) -> str:
    """The name of a line of the main chart."""
    if c.pair is None or c.asked.look in (INDEX, PERCENT, PRICE):
        return label_of(symbol)
    sign = "/" if c.asked.look == RATIO else "less"
    return f"{label_of(c.pair[0])} {sign} {label_of(c.pair[1])}"


def _records(view: View) -> Columns:
    """Every line by shared day, in the look chosen."""
    c = comparison_of(view)
    found = columns_by_day(_values(c), "value", partial(_line_label, c))
    sources = {line.symbol: f"{line.source}, {line.basis}" for line in c.lines}
    return {
        **found,
        "currency": [c.currency_of(symbol) for symbol in found["symbol"]],
        "source": [sources[symbol] for symbol in found["symbol"]],
    }


def _look(c: PriceComparison) -> str:
    """The look chosen; of one line the index, which has no other to be held against."""
    return c.asked.look if c.pair else INDEX


def _columns(view: View) -> dict[str, str]:
    c = comparison_of(view)
    return {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Shared day: each line's last close of the month" if c.monthly else "Shared trading day",
        "value": _VALUE_TITLES[_look(c)],
        "currency": "Currency of the comparison",
        "source": "Live prices or embedded snapshot",
    }


def _finding(view: View) -> str:
    """Who leads and who is last, or what the look chosen compares."""
    c = comparison_of(view)
    assert c.panel is not None
    value = c.panel.value
    first = day_words(c.panel.days[0].date(), c.monthly)
    if c.asked.look in (INDEX, PERCENT) or c.pair is None:
        results = {symbol: returns.period_return(value[symbol]) for symbol in c.symbols}
        ranked = sorted(results, key=lambda symbol: results[symbol])
        low, top = ranked[0], ranked[-1]
        start = "100" if c.asked.look != PERCENT else "0 %"
        if top == low:
            return f"{label_of(top)} {change(results[top])} since {first} = {start}"
        return (
            f"{label_of(top)} leads with {change(results[top])}, {label_of(low)} is last with "
            f"{change(results[low])}, since {first} = {start}"
        )
    if c.asked.look == PRICE:
        return f"Prices {currency_words(c)} since {first}"
    own, other = (returns.period_return(value[s]) for s in c.pair)
    names = tuple(label_of(s) for s in c.pair)
    if c.asked.look == RATIO:
        return f"{names[0]} over {names[1]}: {number((1 + own) / (1 + other), 2)} after 1.00 on {first}"
    return f"{names[0]} less {names[1]}: {number((own - other) * 100, 1)} percentage points since {first}"


def _axis_title(view: View) -> str:
    """What the vertical axis is, with what kind of return it is."""
    c = comparison_of(view)
    if c.asked.look == PRICE:
        return f"Price, {c.asked.reader or 'own currency'}"
    kind = "total return" if c.counts_dividends else "price only" if "only" in basis_words(c) else "dividends in part"
    words = {INDEX: "First day = 100", PERCENT: "Change", RATIO: "Ratio, first day = 1", SPREAD: "Gap"}
    return f"{words[_look(c)]} ({kind})"


_AXES: Final[Mapping[str, tuple[str, str, str]]] = {
    INDEX: (",.0f", "number", "100"),
    PERCENT: ("+.0%", "share", "0"),
    RATIO: (",.2f", "number", "1"),
    SPREAD: ("+.0%", "share", "0"),
}
"""By look: the axis' numbers, how a value is said, and where the thin line stands."""


def _axis(view: View) -> tuple[str, str, str]:
    c = comparison_of(view)
    look = _look(c)
    return _AXES[look] if look != PRICE else (",~g", c.asked.reader or "number", "")


def _shared_days_note(c: PriceComparison) -> str:
    """Which days count, which lines set their ends, and how often they are drawn; as Markdown."""
    if c.whole is None:
        return ""
    starts, ends = limiting(c)
    days = c.whole.days
    what = "month-ends" if c.monthly else "trading days"
    because = ""
    if c.monthly:
        only = [name_of(line.symbol) for line in c.lines if line.basis == MONTHLY]
        daily = [name_of(line.symbol) for line in c.lines if line.basis == DAILY]
        because = (
            f" Month-ends, because {listed(only)} {'has' if len(only) == 1 else 'have'} no others." if daily else ""
        )
    begins = f" (where {name_of(starts)} begins)" if starts else ""
    stops = f" (where {name_of(ends)} ends)" if ends else ""
    return (
        f"Only {what} count on which every line and exchange rate has a price of its own, from "
        f"{day_words(days[0].date(), c.monthly)}{begins} to {day_words(days[-1].date(), c.monthly)}{stops}.{because}"
    )


def _on_log_scale(c: PriceComparison) -> bool:
    """Whether the main chart's scale is logarithmic: by choice, or where prices differ too much for another."""
    if c.panel is None or (c.asked.look in (PERCENT, SPREAD) and c.pair):
        return False
    prices = (c.panel.price * c.panel.rate).iloc[-1]
    far = c.asked.look == PRICE and float(prices.max() / prices.min()) > _FAR_APART
    return c.asked.log or far


def _marks_note(c: PriceComparison) -> str:
    """What the small marks are, which scale is used and why, as Markdown."""
    scale = ""
    if _on_log_scale(c):
        why = "" if c.asked.log else " because prices differ too much for another"
        scale = f" The scale is logarithmic{why}: equal distances are equal factors."
    elif c.asked.log:
        scale = " A change can be negative, so it has no logarithmic scale."
    assert c.panel is not None
    days, drawn = c.panel.days, thinned(c.panel.days)
    often = " Drawn weekly" if len(days) < 5.5 * len(drawn) else " Drawn monthly"
    thin = f"{often}; downloads hold every shared day." if len(drawn) < len(days) else ""
    return f"Triangles are events: tariffs in pink, the companies in blue.{thin}{scale}"


COMPARED: Final = Figure(
    name="stock_comparison",
    title=lambda view: f"Share prices compared {kind_words(comparison_of(view))}",
    columns=_columns,
    records=_records,
    form=LinesByDay(
        "value",
        title=_axis_title,
        digits=lambda view: _axis(view)[0],
        said=lambda view: _axis(view)[1],
        zero=lambda view: _axis(view)[2],
        log=lambda view: _on_log_scale(comparison_of(view)),
        events=EVENTS,
    ),
    finding=_finding,
    note=lambda view: f"{_shared_days_note(comparison_of(view))} {_marks_note(comparison_of(view))}",
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
