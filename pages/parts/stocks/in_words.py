"""The tables of the Stocks page as a reader wants them, as Markdown."""

import datetime
from typing import Final

import pandas as pd

from data.prices.lines import MONTHLY
from data.story import timeline
from pages.parts.investor.dated import event_date
from pages.parts.stocks.shown import Comparison
from pages.parts.stocks.words import change
from pages.parts.tables import Table
from pages.parts.words import NBSP, markdown_text, number, percent


def period_in_words(table: Table) -> pd.DataFrame:
    """Return and risk as a reader wants them."""
    return pd.DataFrame(
        [
            {
                "Line": f"**{markdown_text(r['line'])}**",
                "Return": change(r["return_share"]),
                "A year": _optional(r["annualised_return_share"], change),
                "Volatility a year": _optional(r["volatility_share"], percent),
                "Deepest fall": change(r["deepest_fall_share"]) if r["deepest_fall_share"] else "none",
                "From": _short(r["fall_from"]) if r["deepest_fall_share"] else "–",
                "To": _short(r["fall_to"]) if r["deepest_fall_share"] else "–",
                "Made good": _short(r["made_good"]) if r["made_good"] else "no" if r["deepest_fall_share"] else "–",
                "Beta": _optional(r["beta"], lambda v: number(v, 2)),
                "Correlation": _optional(r["correlation"], lambda v: number(v, 2)),
            }
            for r in table.rows.to_dict("records")
        ]
    )


def _optional(value: object, words: object) -> str:
    """A figure in words, a dash where there is none."""
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return "–"
    assert callable(words)
    return str(words(float(str(value))))


def _short(day: str) -> str:
    return f"{datetime.date.fromisoformat(day):%b %Y}".replace(" ", NBSP)


def events_in_words(table: Table) -> pd.DataFrame:
    """Events within the period as a reader wants them."""
    known = {event.id: event for event in timeline()}
    rows = [known[name] for name in table.rows["event"]]
    return pd.DataFrame(
        {
            "Date": [event_date(event).replace(" ", NBSP) for event in rows],
            "Event": [markdown_text(event.title) for event in rows],
            "Of": ["Tariffs" if event.category == "tariff" else "The companies" for event in rows],
        }
    )


def event_in_words(c: Comparison, table: Table) -> pd.DataFrame:
    """Each line before and after the event, against the benchmark."""
    rows, found = table.rows, []
    for line, own in rows.groupby("line", sort=False):
        before = own[own["step"] == own["step"].min()].iloc[0]
        after = own[own["step"] == own["step"].max()].iloc[0]
        start = 1 + float(before["return_share"])
        against = "–" if after["symbol"] == c.benchmark else _optional(after["against_benchmark_share"], change)
        found.append(
            {
                "Line": f"**{markdown_text(str(line))}**",
                "Before": change(1 / start - 1) if before["step"] < 0 else "–",
                "After": change(float(after["return_share"])),
                "After, against the benchmark": against,
            }
        )
    return pd.DataFrame(found)


def parts_in_words(c: Comparison, table: Table) -> pd.DataFrame:
    """Each line's parts and their sum."""
    known = {line.symbol: line.has_dividends for line in c.lines}
    found = []
    for symbol, own in table.rows.groupby("symbol", sort=False):
        name = f"**{markdown_text(own['line'].iloc[0])}**"
        parts = {part: change(share) for part, share in zip(own["part"], own["part_share"], strict=True)}
        if not c.asked.total or not known[str(symbol)]:
            parts["Dividends"] = "not counted" if known[str(symbol)] else "not known"
        found.append({"Line": name, **parts, "Return": change(own["return_share"].iloc[0])})
    return pd.DataFrame(found)


_STATES: Final = {"live": "Live", "snapshot": "Snapshot", "missing": "Missing"}


def prices_in_words(table: Table) -> pd.DataFrame:
    """Where each price is from."""
    found = []
    for r in table.rows.to_dict("records"):
        last = "–"
        if r["last_day"]:
            day = datetime.date.fromisoformat(r["last_day"])
            when = f"{day:%B %Y}" if r["basis"] == MONTHLY else f"{day:%-d %B %Y}"
            last = f"{r['currency']}{NBSP}{number(float(r['last_close']))}, {when}"
        name = f"**{markdown_text(r['line'])}**"
        symbol = "" if r["line"] == r["symbol"] else f" {markdown_text(r['symbol'])}"
        found.append({"Line": f"{name}{symbol}", "From": _STATES[r["source"]], "Last close": last, "Kind": r["basis"]})
    return pd.DataFrame(found)


def snapshot_sources_in_words(table: Table) -> pd.DataFrame:
    """Whom the embedded closes are owed to."""
    rows = table.rows
    return pd.DataFrame(
        {
            "Collection": [markdown_text(text) for text in rows["collection"]],
            "Symbols": [markdown_text(text) for text in rows["symbols"]],
            "Its source": [markdown_text(text) for text in rows["named"]],
            "Licence": [markdown_text(text) for text in rows["licence"]],
        }
    )
