"""The embedded month-end closes: restated for splits, not adjusted for dividends, never filled.

Where the figures come from is told in `SOURCES.md`, by the `source_id` of each row.
"""

import csv
import datetime
import io
import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from data.facts import DataError, cell_error, read_rows, require_day, require_number, require_text
from data.prices.lines import MONTHLY, SNAPSHOT, PriceLine
from data.prices.listings import symbol_problem

SNAPSHOT_CSV: Final = Path(__file__).parents[1] / "prices_month_end.csv"
SOURCES_MD: Final = SNAPSHOT_CSV.with_name("SOURCES.md")
COLUMNS: Final = ("month_end", "ticker", "close", "currency", "source_id")
LARGEST_STEP: Final = 3.0
"""A close this many times the month before, or this small a part of it, is refused: no listed share did that."""


@dataclass(frozen=True, slots=True)
class Row:
    """One month-end close [currency per unit] and where it is from."""

    month_end: datetime.date
    symbol: str
    close: float
    currency: str
    source_id: str


def read_snapshot(path: Path) -> tuple[Row, ...]:
    """Rows by symbol and month; DataError names file, row and column of what it refuses."""
    found: list[Row] = []
    before: dict[str, Row] = {}
    for number, cells in read_rows(path, COLUMNS):
        row = _row(path, number, cells)
        last = before.get(row.symbol)
        if last and row.month_end <= last.month_end:
            raise cell_error(path, number, "month_end", f'"{row.month_end}" does not come after {last.month_end}')
        if last and row.currency != last.currency:
            raise cell_error(path, number, "currency", f'"{row.currency}" is not the {last.currency} of earlier rows')
        if last and not 1 / LARGEST_STEP < row.close / last.close < LARGEST_STEP:
            problem = f'"{cells["close"]}" is more than {LARGEST_STEP:g} times, or less than a third of, {last.close:g}'
            raise cell_error(path, number, "close", f"{problem} in {last.month_end}")
        before[row.symbol] = row
        found.append(row)
    return tuple(found)


def _row(path: Path, number: int, cells: Mapping[str, str]) -> Row:
    month_end = require_day(path, number, "month_end", cells["month_end"])
    if (month_end + datetime.timedelta(days=1)).day != 1:
        raise cell_error(path, number, "month_end", f'"{month_end}" is not the last day of a month')
    problem = symbol_problem(cells["ticker"])
    if problem:
        raise cell_error(path, number, "ticker", f'"{cells["ticker"]}" is {problem}')
    close = require_number(path, number, "close", cells["close"])
    if close <= 0:
        raise cell_error(path, number, "close", f'"{cells["close"]}" is no price above zero')
    currency = require_text(path, number, "currency", cells["currency"])
    source = require_text(path, number, "source_id", cells["source_id"])
    return Row(month_end, cells["ticker"], close, currency, source)


def as_lines(rows: tuple[Row, ...]) -> dict[str, PriceLine]:
    """The rows as one line for each symbol."""
    lines = {}
    for symbol in dict.fromkeys(row.symbol for row in rows):
        own = [row for row in rows if row.symbol == symbol]
        frame = pd.DataFrame(
            {"close": [row.close for row in own], "dividend": 0.0},
            index=pd.DatetimeIndex([row.month_end for row in own], name="date"),
        )
        lines[symbol] = PriceLine(symbol, own[0].currency, frame, MONTHLY, SNAPSHOT, has_dividends=False)
    return lines


@cache
def snapshot() -> Mapping[str, PriceLine]:
    """The shipped snapshot by symbol, read once; DataError where the file is refused."""
    return MappingProxyType(as_lines(read_snapshot(SNAPSHOT_CSV)))


@dataclass(frozen=True, slots=True)
class Source:
    """A collection that month-end closes were taken from: what it names as its own source, and its licence."""

    source_id: str
    collection: str
    version: str
    symbols: str
    named: str
    licence: str


def read_price_sources(path: Path) -> tuple[Source, ...]:
    """The collections that the section on prices of SOURCES.md describes; DataError where it is not there."""
    try:
        section = path.read_text(encoding="utf-8-sig").partition("## Prices")[2]
    except FileNotFoundError:
        raise DataError(f'{path.name}: no such file: "{path}"') from None
    except UnicodeDecodeError as error:
        raise DataError(f"{path.name}: byte 0x{error.object[error.start]:02x} is not UTF-8") from None
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    if len(rows) < 2:
        raise DataError(f"{path.name}, section Prices: no table of collections")
    columns = len(fields(Source))
    for row in rows:
        if len(row) != columns:
            raise DataError(f'{path.name}, section Prices, row "{row[0]}": {len(row)} cells, expected {columns}')
    return tuple(Source(*cells) for cells in rows[1:])


@cache
def price_sources() -> tuple[Source, ...]:
    """The collections behind the shipped snapshot, read once."""
    return read_price_sources(SOURCES_MD)


def write_snapshot(path: Path, rows: tuple[Row, ...]) -> None:
    """Replace the file in one step, so that nobody reads half of it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((r.month_end.isoformat(), r.symbol, f"{r.close:.10g}", r.currency, r.source_id) for r in rows)
    beside = path.with_suffix(".new")
    beside.write_text(out.getvalue(), encoding="utf-8")
    os.replace(beside, path)
