"""Words that the Stocks page's figures share. Texts of the service and of visitors are escaped here."""

import datetime
import math
from collections.abc import Callable
from typing import Final

from data.prices.lines import LIVE, SNAPSHOT
from data.prices.listings import label_of
from pages.kit.share_price import SYMBOLS
from pages.kit.words import markdown_text, signed
from pages.stocks.comparison import PriceComparison


def day_words(day: datetime.date, monthly: bool = False) -> str:
    """A day in words; month-ends by their month."""
    return f"the end of {day:%B %Y}" if monthly else f"{day:%-d %B %Y}"


def change(share: float) -> str:
    """A return with its sign, in per cent."""
    return signed(share, "share").replace("pp", "%")


def name_of(symbol: str) -> str:
    """The name of a line, as Markdown."""
    return markdown_text(label_of(symbol))


def name_and_symbol(symbol: str) -> str:
    """Name and symbol of a line."""
    name = label_of(symbol)
    return name if name == symbol else f"{name} ({symbol})"


def or_dash(value: float | None, words: Callable[[float], str]) -> str:
    """A number in words, a dash where there is none."""
    return "–" if value is None or math.isnan(value) else words(float(value))


def first_told(c: PriceComparison, most: int) -> list[str]:
    """Honda and Nissan among the lines, or so many of the first where neither is shown."""
    return [s for s in c.symbols if s in SYMBOLS.values()] or c.symbols[:most]


def basis_words(c: PriceComparison) -> str:
    """What kind of return is shown: dividends counted, not counted, or not known for all."""
    if not c.asked.total:
        return "price only"
    if c.counts_dividends:
        return "dividends put back"
    if any(line.has_dividends for line in c.lines):
        return "dividends put back where known"
    return "price only: dividends not known"


CURRENCY_WORDS: Final = {"USD": "US dollars", "JPY": "yen"}


def currency_words(c: PriceComparison) -> str:
    """The currency of the comparison in words."""
    return f"in {CURRENCY_WORDS[c.asked.reader]}" if c.asked.reader else "each in its own currency"


def kind_words(c: PriceComparison) -> str:
    """Currency, kind of return, and where the prices are from, for the title of a table or picture."""
    sources = {line.source for line in c.lines}
    if sources == {LIVE}:
        told = "live prices"
    else:
        last = min((line.last_day for line in c.lines if line.source == SNAPSHOT), default=None)
        ends = f" to {last:%B %Y}" if last else ""
        told = f"live prices and month-end snapshot{ends}" if LIVE in sources else f"month-end snapshot{ends}"
    return f"{currency_words(c)}; {basis_words(c)}; {told}"
