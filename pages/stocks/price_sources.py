"""Where each price is from, and whom the embedded month-end closes are owed to, as data and in words."""

import datetime
from typing import Final

import pandas as pd

from data.prices.lines import MONTHLY, PriceLine
from data.prices.listings import label_of
from data.prices.snapshot import price_sources
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View, kept
from pages.kit.words import NBSP, markdown_text, number
from pages.stocks.comparison import await_prices, comparison_of
from pages.stocks.empty_cells import frame_of
from pages.stocks.lacking import lacking_of, sources_of


def last_close(line: PriceLine) -> float:
    """The newest price of a line, in its own currency."""
    return float(line.rows["close"].iloc[-1])


def dated(line: PriceLine) -> str:
    """The last day of a line and what kind of close it is."""
    last: datetime.date = line.last_day
    return f"{last:%B %Y}, month-end" if line.basis == MONTHLY else f"{last:%-d %B %Y}"


_COLUMNS: Final = {
    "line": "Line",
    "symbol": "Yahoo symbol",
    "source": "live, snapshot or missing",
    "basis": "Daily or month-end closes",
    "currency": "Currency of the prices",
    "last_close": "Last close, in that currency",
    "first_day": "First day",
    "last_day": "Last day",
    "fetched": "When the service gave it",
    "problems": "What went wrong with live prices",
}


@kept
def _price_records(view: View) -> pd.DataFrame:
    """Where each line is from: live, snapshot or missing, with its last day and what went wrong."""
    records: list[tuple[object, ...]] = []
    for symbol, quote in comparison_of(view).quotes.items():
        line = quote.line
        said = " ".join(problem.sentence for problem in quote.problems)
        records.append(
            (
                label_of(symbol),
                symbol,
                line.source if line else "missing",
                line.basis if line else "",
                line.currency if line else "",
                last_close(line) if line else None,
                line.first_day.isoformat() if line else "",
                line.last_day.isoformat() if line else "",
                line.fetched.strftime("%Y-%m-%d %H:%M UTC") if line and line.fetched else "",
                said,
            )
        )
    return frame_of(records, _COLUMNS)


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


PRICES: Final = Figure(
    name="stock_prices",
    title="Where each price is from",
    columns=_COLUMNS,
    records=_price_records,
    sources=sources_of,
    lacking=lacking_of,
    awaited=await_prices,
)


def _source_records(view: View) -> list[tuple[object, ...]]:
    """The collections that the embedded month-end closes were taken from."""
    return [(s.source_id, s.collection, s.version, s.symbols, s.named, s.licence) for s in price_sources()]


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


SNAPSHOT_SOURCES: Final = Figure(
    name="stock_snapshot_sources",
    title="Where the embedded month-end closes are from",
    columns={
        "source": "Name in data/prices_month_end.csv",
        "collection": "Public collection",
        "version": "Version that was read",
        "symbols": "Symbols in it",
        "named": "What it names as its source",
        "licence": "Licence named there",
    },
    records=_source_records,
    sources=("data/SOURCES.md, Prices",),
)
