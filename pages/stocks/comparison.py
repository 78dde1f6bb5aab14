"""What is asked of the Stocks page, and the comparison that can be shown for it with the prices there are now.

A view keeps its comparison: all figures of a run are of the same prices, whatever arrives meanwhile.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from data.prices.checks import some_of
from data.prices.lines import LIVE, Failure, PriceLine, Problem
from data.prices.listings import RATE_ENDING
from data.prices.returns import (
    EventWindow,
    Panel,
    dividend_rates_of,
    event_window,
    panel,
    rates_of,
    with_converted_dividends,
)
from data.prices.store import Quote, store
from data.story import TimelineEvent, timeline
from pages.kit.view import View, kept
from pages.session import choices
from pages.stocks.options import LOCAL, PERIODS

PATIENCE_S: Final = 5.0
"""How long a program that asks for data waits for live prices, rather than be told that some are missing."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything that the visitor chose.

    symbols: of the lines, in order; ratio and gap take the first two
    currency: USD, JPY or LOCAL
    total: whether dividends count, where they are known
    period: a key of PERIODS, counted back from the last shared day
    first, last: absolute days that a link or the visitor set; they decide instead of the period
    event: id of an event of the timeline
    around: steps on either side of it
    live: whether live prices are wanted, rather than the snapshot
    """

    symbols: tuple[str, ...]
    look: str
    currency: str
    total: bool
    period: str
    first: datetime.date | None
    last: datetime.date | None
    log: bool
    benchmark: str
    event: str
    around: int
    live: bool

    @property
    def reader(self) -> str:
        """The currency to compare in; empty where each line stays in its own."""
        return "" if self.currency == LOCAL else self.currency

    @property
    def wanted(self) -> list[str]:
        """Every symbol that is shown: the lines, then the benchmark."""
        return list(dict.fromkeys([*self.symbols, self.benchmark]))


@dataclass(frozen=True, eq=False)
class PriceComparison:
    """What is shown.

    quotes: of every symbol that was asked for, exchange rates included, with dividends in the price's currency
    whole: every line with prices on every shared day; nothing where they share fewer than two
    panel: the part of it within the period; nothing where that has fewer than two shared days
    left_out: symbols without a line in it, with the reason
    ignored_dates: the days that were set and have fewer than two shared days between them, in words; empty otherwise
    """

    asked: Asked
    quotes: Mapping[str, Quote]
    whole: Panel | None
    panel: Panel | None
    left_out: Mapping[str, str]
    ignored_dates: str = ""

    @property
    def lines(self) -> list[PriceLine]:
        """The lines shown, in order."""
        kept = [self.quotes[s].line for s in self.asked.wanted if s not in self.left_out]
        return [line for line in kept if line is not None]

    @property
    def symbols(self) -> list[str]:
        """Symbols of the lines shown, in order."""
        return [line.symbol for line in self.lines]

    @property
    def pair(self) -> tuple[str, str] | None:
        """The two lines of a ratio or gap: the first two shown."""
        found = self.symbols
        return (found[0], found[1]) if len(found) > 1 else None

    @property
    def benchmark(self) -> str:
        """The benchmark's symbol, empty where it has no line."""
        return self.asked.benchmark if self.asked.benchmark in self.symbols else ""

    @property
    def monthly(self) -> bool:
        """Whether month-ends are compared, because one line has nothing else."""
        return self.whole is not None and self.whole.monthly

    @property
    def loading(self) -> list[str]:
        """Symbols whose live prices are awaited."""
        return awaited(self.quotes)

    @property
    def live(self) -> list[str]:
        """Symbols shown with live prices."""
        return [s for s, quote in self.quotes.items() if quote.line and quote.line.source == LIVE]

    @property
    def counts_dividends(self) -> bool:
        """Whether dividends count in every line that can have them."""
        return self.asked.total and all(line.has_dividends for line in self.lines)

    def currency_of(self, symbol: str) -> str:
        """The currency in which a line is shown."""
        line = self.quotes[symbol].line
        return self.asked.reader or (line.currency if line else "")


def awaited(quotes: Mapping[str, Quote]) -> list[str]:
    """Symbols whose live prices are awaited; where there are live prices already, newer ones come unnoticed."""
    return [s for s, quote in quotes.items() if quote.loading and not (quote.line and quote.line.source == LIVE)]


def compare(asked: Asked) -> PriceComparison:
    """What can be shown now; it waits for nothing."""
    quotes = store().quotes(asked.wanted, asked.live)
    lines = [q.line for q in quotes.values() if q.line]
    needed = [s for line in lines for s in rates_of(line, asked.reader)]
    if asked.total:
        needed += [s for line in lines for s in dividend_rates_of(line)]
    return _compared(asked, tuple({**quotes, **store().quotes(needed, asked.live)}.values()))


@lru_cache(maxsize=32)
def _compared(asked: Asked, given: tuple[Quote, ...]) -> PriceComparison:
    """The comparison of some quotes, made once for as long as no other prices arrive."""
    found = {quote.symbol: quote for quote in given}
    known = tuple(line for s, q in found.items() if s.endswith(RATE_ENDING) and (line := q.line))
    quotes = {s: _with_dividends(q, known) if asked.total else q for s, q in found.items()}
    lines = [line for s in asked.wanted if (line := quotes[s].line)]
    left_out = {
        s: "its prices are on their way" if quotes[s].loading else "it has no prices here"
        for s in asked.wanted
        if quotes[s].line is None
    }
    for line in lines:
        missing = [s for s in rates_of(line, asked.reader) if quotes[s].line is None]
        if missing:
            rate = f"exchange rate ({', '.join(missing)}) to bring it into {asked.reader}"
            coming = any(quotes[s].loading for s in missing)
            left_out[line.symbol] = f"the {rate} is on its way" if coming else f"there is no {rate}"
    kept = tuple(line for line in lines if line.symbol not in left_out)
    needed = {s for line in kept for s in rates_of(line, asked.reader)}
    rates = tuple(line for line in known if line.symbol in needed)
    whole = _panel(kept, rates, asked.reader, asked.total) if kept else None
    if whole is None or len(whole.days) < 2:
        return PriceComparison(asked, quotes, None, None, left_out)
    cut = whole.between(asked.first, asked.last) if asked.first or asked.last else None
    ignored = _days_words(asked) if cut is not None and len(cut.days) < 2 else ""
    if cut is None or ignored:
        cut = whole.between((whole.days[-1] - PERIODS[asked.period]).date(), None)
    return PriceComparison(asked, quotes, whole, cut if len(cut.days) > 1 else None, left_out, ignored)


def _with_dividends(quote: Quote, rates: tuple[PriceLine, ...]) -> Quote:
    """The quote with all dividends in the currency of the price; those left out are one of its problems."""
    if quote.line is None or not quote.line.other_currencies:
        return quote
    needed = dividend_rates_of(quote.line)
    line, lost = _converted(quote.line, tuple(rate for rate in rates if rate.symbol in needed))
    told = (Problem(quote.symbol, Failure.DIVIDENDS, some_of(lost)),) if lost else ()
    return replace(quote, line=line, problems=quote.problems + told)


@lru_cache(maxsize=32)
def _converted(line: PriceLine, rates: tuple[PriceLine, ...]) -> tuple[PriceLine, list[str]]:
    """One line for as long as the prices and rates stay, for whoever keeps what was made of it."""
    return with_converted_dividends(line, {rate.symbol: rate for rate in rates})


@lru_cache(maxsize=32)
def _panel(lines: tuple[PriceLine, ...], rates: tuple[PriceLine, ...], reader: str, total: bool) -> Panel:
    """Lines side by side, made once for every period and look."""
    return panel(lines, {line.symbol: line for line in rates}, reader, total)


def _days_words(asked: Asked) -> str:
    """The days that were set."""
    first, last = asked.first, asked.last
    if first and last:
        return f"from {first.isoformat()} to {last.isoformat()}"
    return f"from {first.isoformat()} on" if first else f"up to {last.isoformat()}" if last else ""


def limiting(c: PriceComparison) -> tuple[str, str]:
    """The line that begins last and the one that ends first, where they set the shared days; empty where all agree."""
    rates = dict.fromkeys(s for line in c.lines for s in rates_of(line, c.asked.reader) if s not in c.symbols)
    used = [*c.lines, *(line for s in rates if (line := c.quotes[s].line))]
    begins, ends = {line.first_day for line in used}, {line.last_day for line in used}
    late, early = max(used, key=lambda line: line.first_day), min(used, key=lambda line: line.last_day)
    return late.symbol if len(begins) > 1 else "", early.symbol if len(ends) > 1 else ""


def chosen_event(asked: Asked) -> TimelineEvent:
    """The event whose window is shown."""
    return next(event for event in timeline() if event.id == asked.event)


def window_of(c: PriceComparison) -> EventWindow | None:
    """Returns around the chosen event, on all shared days whatever the period; nothing where the data have none."""
    if c.whole is None:
        return None
    return event_window(c.whole.value, chosen_event(c.asked).date, c.asked.around)


def asked(view: View) -> Asked:
    """What a view asks for."""
    fixed = choices.STOCK_DATES.of(view) == choices.AS_SHARED
    return Asked(
        symbols=choices.STOCK_SYMBOLS.of(view),
        look=choices.STOCK_VIEW.of(view),
        currency=choices.STOCK_CURRENCY.of(view),
        total=choices.STOCK_RETURN.of(view) == choices.TOTAL_RETURN,
        period=choices.STOCK_PERIOD.of(view),
        first=choices.STOCK_FROM.of(view) if fixed else None,
        last=choices.STOCK_TO.of(view) if fixed else None,
        log=choices.STOCK_LOG.of(view),
        benchmark=choices.STOCK_BENCHMARK.of(view),
        event=choices.STOCK_EVENT.of(view),
        around=int(choices.STOCK_WINDOW.of(view)),
        live=choices.STOCK_SOURCE.of(view) == choices.LIVE_PRICES,
    )


@kept
def comparison_of(view: View) -> PriceComparison:
    """What can be shown for a view: with the prices there were when it was first asked for."""
    return compare(asked(view))


def with_dates(view: View) -> View:
    """The view with the first and last day of its comparison among its choices, so that its link shows them again."""
    c = comparison_of(view)
    if c.panel is None:
        return view
    kept = {key: text for key, text in view.choices.items() if key != choices.STOCK_DATES.key}
    days = {
        choices.STOCK_FROM.key: choices.STOCK_FROM.text(c.panel.days[0].date()),
        choices.STOCK_TO.key: choices.STOCK_TO.text(c.panel.days[-1].date()),
    }
    return replace(view, choices={**kept, **days})


def await_prices(view: View) -> None:
    """Wait a little for live prices and rates: a program that reads a table does not come back for them."""
    store().wait_a_little(lambda: compare(asked(view)).loading, PATIENCE_S)
