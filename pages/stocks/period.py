"""Return and risk of each line over the period, as data and in words."""

import datetime
from typing import Final

import pandas as pd

from data.prices import returns
from data.prices.listings import label_of
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import NBSP, markdown_text, number, percent
from pages.stocks.comparison import await_prices, comparison_of
from pages.stocks.empty_cells import frame_of
from pages.stocks.lacking import lacking_of, sources_of
from pages.stocks.words import change, kind_words, or_dash

_COLUMNS: Final = {
    "line": "Line",
    "symbol": "Yahoo symbol",
    "first_day": "First shared day",
    "last_day": "Last shared day",
    "currency": "Currency",
    "return_share": "Return over the period, share",
    "annualised_return_share": "The steady yearly return that gives it, share; empty below one year",
    "volatility_share": "Standard deviation of the steps' returns per year, share",
    "deepest_fall_share": "Deepest fall from a height, share",
    "fall_from": "Day of the height",
    "fall_to": "Lowest day",
    "made_good": "Day on which the height was reached again; empty where it was not",
    "beta": "Covariance of the steps with the benchmark over the benchmark's variance",
    "correlation": "Correlation of the steps with the benchmark",
    "benchmark": "Benchmark",
}


@kept
def _records(view: View) -> pd.DataFrame:
    """Return and risk of each line over the period."""
    c = comparison_of(view)
    records: list[tuple[object, ...]] = []
    if c.panel is not None:
        value = c.panel.value
        market = value[c.benchmark] if c.benchmark else None
        for symbol in c.symbols:
            own = value[symbol]
            fall = returns.deepest_drawdown(own)
            records.append(
                (
                    label_of(symbol),
                    symbol,
                    c.panel.days[0].date().isoformat(),
                    c.panel.days[-1].date().isoformat(),
                    c.currency_of(symbol),
                    returns.period_return(own),
                    returns.annualised_return(own),
                    returns.volatility(own, c.monthly),
                    fall.depth_share,
                    fall.peak.isoformat(),
                    fall.trough.isoformat(),
                    fall.recovered.isoformat() if fall.recovered else "",
                    None if market is None else returns.beta(own, market),
                    None if market is None else returns.correlation(own, market),
                    label_of(c.benchmark) if c.benchmark else "",
                )
            )
    return frame_of(records, _COLUMNS)


def period_in_words(table: Table) -> pd.DataFrame:
    """Return and risk as a reader wants them."""
    return pd.DataFrame(
        [
            {
                "Line": f"**{markdown_text(r['line'])}**",
                "Return": change(r["return_share"]),
                "A year": or_dash(r["annualised_return_share"], change),
                "Volatility a year": or_dash(r["volatility_share"], percent),
                "Deepest fall": change(r["deepest_fall_share"]) if r["deepest_fall_share"] else "none",
                "From": _short(r["fall_from"]) if r["deepest_fall_share"] else "–",
                "To": _short(r["fall_to"]) if r["deepest_fall_share"] else "–",
                "Made good": _short(r["made_good"]) if r["made_good"] else "no" if r["deepest_fall_share"] else "–",
                "Beta": or_dash(r["beta"], lambda v: number(v, 2)),
                "Correlation": or_dash(r["correlation"], lambda v: number(v, 2)),
            }
            for r in table.rows.to_dict("records")
        ]
    )


def _short(day: str) -> str:
    return f"{datetime.date.fromisoformat(day):%b %Y}".replace(" ", NBSP)


def deepest_fall(view: View) -> str:
    """Who fell deepest in the period."""
    c = comparison_of(view)
    assert c.panel is not None
    falls = {s: returns.deepest_drawdown(c.panel.value[s]) for s in c.symbols}
    worst = min(falls, key=lambda s: falls[s].depth_share)
    fall = falls[worst]
    return (
        f"{label_of(worst)} fell deepest: {change(fall.depth_share)} from {fall.peak:%B %Y} to {fall.trough:%B %Y}, "
        f"{f'made good in {fall.recovered:%B %Y}' if fall.recovered else 'not made good since'}"
    )


PERIOD: Final = Figure(
    name="stock_period",
    title=lambda view: f"Return and risk over the period {kind_words(comparison_of(view))}",
    columns=_COLUMNS,
    records=_records,
    finding=deepest_fall,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)
