"""Where the prices of a table are from, and what it lacks of what was asked for, in words."""

from collections.abc import Iterator, Mapping
from typing import Final

from data.prices.lines import LIVE, SNAPSHOT, Failure
from data.prices.store import Quote
from pages.kit.view import View
from pages.stocks.comparison import awaited, comparison_of
from pages.stocks.words import name_and_symbol

YAHOO: Final = "Yahoo Finance, by yfinance: daily closes restated for splits"
EMBEDDED: Final = (
    "Embedded month-end closes restated for splits, not adjusted for dividends; see data/SOURCES.md, Prices"
)


def sources_of(view: View) -> tuple[str, ...]:
    """Where the prices shown are from: live symbols, and those of the snapshot with their last day."""
    c = comparison_of(view)
    found = []
    for source, words in ((LIVE, YAHOO), (SNAPSHOT, EMBEDDED)):
        lines = [q.line for q in c.quotes.values() if q.line and q.line.source == source]
        if lines:
            ends = ", ".join(f"{line.symbol} to {line.last_day.isoformat()}" for line in lines)
            found.append(f"{words} ({ends})")
    wrong = [p for q in c.quotes.values() if q.line and q.line.source == LIVE for p in q.problems]
    found += [f"{problem.symbol}: {problem.sentence}" for problem in wrong]
    return tuple(found) or (EMBEDDED,)


def lacking_of(view: View) -> tuple[str, ...]:
    """What the comparison lacks of what was asked for, in words; empty where it is whole."""
    c = comparison_of(view)
    found = []
    for symbol, reason in c.left_out.items():
        why = [f"{reason}.", *(problem.sentence for problem in c.quotes[symbol].problems)]
        found.append(f"{name_and_symbol(symbol)} is left out: {' '.join(why)}")
    if c.panel is None and c.lines:
        found.append("The lines share no two days in this period.")
    if c.ignored_dates:
        found.append(f"The lines share no two days {c.ignored_dates}: the period {c.asked.period} is shown instead.")
    return (*not_as_asked(c.quotes, c.asked.live), *found)


def not_as_asked(quotes: Mapping[str, Quote], live: bool) -> Iterator[str]:
    """What is on its way, and for which lines the snapshot stands in, though it was not chosen."""
    if coming := awaited(quotes):
        yield f"Still on the way: {', '.join(map(name_and_symbol, coming))}. Ask again in a few seconds."
    instead: dict[str, list[str]] = {}
    for symbol, quote in quotes.items():
        if live and quote.line and quote.line.source == SNAPSHOT:
            if quote.loading:
                instead.setdefault("", []).append(symbol)
            elif all(p.failure is not Failure.SWITCHED_OFF for p in quote.problems):
                instead.setdefault(" ".join(p.sentence for p in quote.problems), []).append(symbol)
    for why, symbols in instead.items():
        names = ", ".join(map(name_and_symbol, symbols))
        yield f"Month-end closes of the snapshot instead of daily ones: {names}. {why}".rstrip()
