"""The one share price of each company that the pages tell: an embedded month-end close, never a live price.

An edition has the newest close of a month that is not after its own, so that a link keeps its numbers.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from data.prices.snapshot import SNAPSHOT_CSV, price_sources, read_snapshot
from model.editions import COMPANY_LABELS, base_of
from pages.kit.words import quantity

SYMBOLS: Final = {"honda": "7267.T", "nissan": "7201.T"}
"""Of each company's share in Tokyo."""


@dataclass(frozen=True, slots=True)
class SharePrice:
    """A month-end close in Tokyo [JPY], and the public collection that it is from."""

    company: str
    price_jpy: float
    month_end: datetime.date
    source: str
    kind: str = "weak"

    @property
    def month(self) -> str:
        """The month of the close, such as "September 2026"."""
        return f"{self.month_end:%B %Y}"

    @property
    def named(self) -> str:
        """The price with its date, such as "price of September 2026: JPY 297"."""
        return f"price of {self.month}: {quantity(self.price_jpy, 'JPY')}"

    @property
    def note(self) -> str:
        """Price, date and source in one sentence."""
        told = f"{COMPANY_LABELS[self.company]}, {self.named}"
        return f"{told}. Month-end close in Tokyo; {self.kind} source: {self.source}."


def share_prices(edition: str) -> Mapping[str, SharePrice]:
    """The share price of each company in an edition, such as "2026-11"."""
    return _share_prices(base_of(edition))


@cache
def _share_prices(edition: str) -> Mapping[str, SharePrice]:
    collections = {source.source_id: source.collection for source in price_sources()}
    rows = [row for row in read_snapshot(SNAPSHOT_CSV) if f"{row.month_end:%Y-%m}" <= edition]
    newest = {row.symbol: row for row in rows}  # rows of a symbol come in the order of months
    return MappingProxyType(
        {
            company: SharePrice(company, row.close, row.month_end, collections.get(row.source_id, row.source_id))
            for company, symbol in SYMBOLS.items()
            for row in (newest[symbol],)
        }
    )


def months(prices: Mapping[str, SharePrice]) -> str:
    """The month of the prices; both where the companies' differ."""
    return " and ".join(dict.fromkeys(price.month for price in prices.values()))
