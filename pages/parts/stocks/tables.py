"""The tables of the Stocks page: functions of what is shown, a row per mark, units in the column names."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from data.prices.lines import LIVE, MONTHLY, SNAPSHOT, Failure, PriceLine
from data.prices.listings import label_of
from data.prices.snapshot import price_sources
from data.prices.store import Quote
from data.story import timeline
from model.editions import COMPANIES, COMPANY_LABELS
from pages.parts.stocks import returns, shown
from pages.parts.stocks.options import INDEX, PERCENT, PRICE, RATIO, SPREAD
from pages.parts.stocks.shown import Comparison
from pages.parts.tables import MODEL_SOURCE, REFERENCE, SCENARIO, Table
from pages.parts.view import View
from pages.parts.words import in_sentence

YAHOO: Final = "Yahoo Finance, by yfinance: daily closes restated for splits"
EMBEDDED: Final = (
    "Embedded month-end closes restated for splits, not adjusted for dividends; see data/SOURCES.md, Prices"
)

VALUE_TITLES: Final = {
    INDEX: "Index, first day = 100",
    PERCENT: "Change since the first day, share",
    PRICE: "Price in the currency named",
    RATIO: "First line over the second, first day = 1",
    SPREAD: "Change of the first line less that of the second, share",
}


def sources_shown(c: Comparison) -> tuple[str, ...]:
    """Where the prices shown are from: live symbols, and those of the snapshot with their last day."""
    found = []
    for source, words in ((LIVE, YAHOO), (SNAPSHOT, EMBEDDED)):
        lines = [q.line for q in c.quotes.values() if q.line and q.line.source == source]
        if lines:
            ends = ", ".join(f"{line.symbol} to {line.last_day.isoformat()}" for line in lines)
            found.append(f"{words} ({ends})")
    wrong = [p for q in c.quotes.values() if q.line and q.line.source == LIVE for p in q.problems]
    found += [f"{problem.symbol}: {problem.sentence}" for problem in wrong]
    return tuple(found) or (EMBEDDED,)


def lacking(c: Comparison) -> tuple[str, ...]:
    """What the comparison lacks of what was asked for, in words; empty where it is whole."""
    found = []
    for symbol, reason in c.left_out.items():
        why = [f"{reason}.", *(problem.sentence for problem in c.quotes[symbol].problems)]
        found.append(f"{_both(symbol)} is left out: {' '.join(why)}")
    if c.panel is None and c.lines:
        found.append("The lines share no two days in this period.")
    if c.ignored_dates:
        found.append(f"The lines share no two days {c.ignored_dates}: the period {c.asked.period} is shown instead.")
    return (*_not_as_asked(c.quotes, c.asked.live), *found)


def _not_as_asked(quotes: Mapping[str, Quote], live: bool) -> Iterator[str]:
    """What is on its way, and for which lines the snapshot stands in, though it was not chosen."""
    if awaited := shown.awaited(quotes):
        yield f"Still on the way: {', '.join(map(_both, awaited))}. Ask again in a few seconds."
    instead: dict[str, list[str]] = {}
    for symbol, quote in quotes.items():
        if live and quote.line and quote.line.source == SNAPSHOT:
            if quote.loading:
                instead.setdefault("", []).append(symbol)
            elif all(p.failure is not Failure.SWITCHED_OFF for p in quote.problems):
                instead.setdefault(" ".join(p.sentence for p in quote.problems), []).append(symbol)
    for why, symbols in instead.items():
        names = ", ".join(map(_both, symbols))
        yield f"Month-end closes of the snapshot instead of daily ones: {names}. {why}".rstrip()


def _both(symbol: str) -> str:
    """Name and symbol of a line."""
    name = label_of(symbol)
    return name if name == symbol else f"{name} ({symbol})"


def _table(c: Comparison, name: str, title: str, columns: dict[str, str], records: list[tuple[object, ...]]) -> Table:
    rows = pd.DataFrame(records, columns=list(columns))
    for column in rows:
        if rows[column].isna().any():  # an empty cell, not a number that is none
            rows[column] = rows[column].astype(object).where(rows[column].notna(), None)
    return Table.framed(name, title, columns, rows, sources_shown(c), lacking(c))


def basis_words(c: Comparison) -> str:
    """What kind of return is shown: dividends counted, not counted, or not known for all."""
    if not c.asked.total:
        return "price only"
    if c.counts_dividends:
        return "dividends put back"
    if any(line.has_dividends for line in c.lines):
        return "dividends put back where known"
    return "price only: dividends not known"


CURRENCY_WORDS: Final = {"USD": "US dollars", "JPY": "yen"}


def currency_words(c: Comparison) -> str:
    """The currency of the comparison in words."""
    return f"in {CURRENCY_WORDS[c.asked.reader]}" if c.asked.reader else "each in its own currency"


def kind_words(c: Comparison) -> str:
    """Currency, kind of return, and where the prices are from, for the title of a table or picture."""
    sources = {line.source for line in c.lines}
    if sources == {LIVE}:
        told = "live prices"
    else:
        last = min((line.last_day for line in c.lines if line.source == SNAPSHOT), default=None)
        ends = f" to {last:%B %Y}" if last else ""
        told = f"live prices and month-end snapshot{ends}" if LIVE in sources else f"month-end snapshot{ends}"
    return f"{currency_words(c)}; {basis_words(c)}; {told}"


def values(c: Comparison) -> pd.DataFrame:
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


def line_label(c: Comparison, symbol: str) -> str:
    """The name of a line of the main chart."""
    if c.pair is None or c.asked.look in (INDEX, PERCENT, PRICE):
        return label_of(symbol)
    sign = "/" if c.asked.look == RATIO else "less"
    return f"{label_of(c.pair[0])} {sign} {label_of(c.pair[1])}"


def comparison_table(c: Comparison) -> Table:
    """Every line by shared day, in the look chosen."""
    drawn = values(c)
    records: list[tuple[object, ...]] = [
        (line_label(c, symbol), symbol, day.date().isoformat(), float(value), _currency(c, symbol), _source(c, symbol))
        for symbol in map(str, drawn)
        for day, value in zip(pd.DatetimeIndex(drawn.index), drawn[symbol], strict=True)
    ]
    columns = {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Shared day: each line's last close of the month" if c.monthly else "Shared trading day",
        "value": VALUE_TITLES[c.asked.look if c.pair else INDEX],
        "currency": "Currency of the comparison",
        "source": "Live prices or embedded snapshot",
    }
    return _table(c, "stock_comparison", f"Share prices compared {kind_words(c)}", columns, records)


def _currency(c: Comparison, symbol: str) -> str:
    return c.currency_of(symbol)


def _source(c: Comparison, symbol: str) -> str:
    line = c.quotes[symbol].line
    return f"{line.source}, {line.basis}" if line else ""


def period_table(c: Comparison) -> Table:
    """Return and risk of each line over the period."""
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
    columns = {
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
    return _table(c, "stock_period", f"Return and risk over the period {kind_words(c)}", columns, records)


PARTS: Final = ("Price at home", "Dividends", "Currency")


def parts_table(c: Comparison) -> Table:
    """Each line's return in the reader's currency, split into three parts that sum to it."""
    records: list[tuple[object, ...]] = []
    for symbol in c.symbols if c.panel is not None else []:
        assert c.panel is not None
        p = returns.parts_of_return(c.panel, symbol)
        for part, share in zip(PARTS, (p.price, p.dividends, p.currency), strict=True):
            records.append((label_of(symbol), symbol, part, share, p.total, c.currency_of(symbol)))
    columns = {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "part": "Part of the return",
        "part_share": "Part, share; the three sum to the return",
        "return_share": "Return in the currency named, share",
        "currency": "Currency of the return",
    }
    return _table(c, "stock_return_parts", f"What each return is made of, {kind_words(c)}", columns, records)


def drawdown_table(c: Comparison) -> Table:
    """Distance of each line below its highest value in the period so far."""
    columns = {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Shared day",
        "below_peak_share": "Distance below the highest value so far, share",
    }
    frame = returns.drawdowns(c.panel.value) if c.panel is not None else pd.DataFrame()
    return _table(c, "stock_drawdown", f"Falls from the height so far {kind_words(c)}", columns, _long(frame))


def rolling_window(c: Comparison) -> int:
    """Steps of the rolling correlation, fewer where the period is short."""
    most = shown.ROLLING_MONTHS if c.monthly else shown.ROLLING_DAYS
    return min(most, max(3, (len(c.panel.days) - 1) // 2)) if c.panel is not None else most


def correlation_table(c: Comparison) -> Table:
    """Correlation with the benchmark over a moving window."""
    window = rolling_window(c)
    frame = pd.DataFrame()
    if c.panel is not None and c.benchmark and len(c.panel.days) > window:
        frame = returns.rolling_correlation(c.panel.value, c.benchmark, window)
    columns = {
        "line": "Line",
        "symbol": "Yahoo symbol",
        "date": "Last shared day of the window",
        "correlation": f"Correlation with {label_of(c.asked.benchmark)} over {window} steps",
    }
    title = f"Correlation with {label_of(c.asked.benchmark)} over the last {window} {'months' if c.monthly else 'days'}"
    return _table(c, "stock_rolling_correlation", f"{title}, {kind_words(c)}", columns, _long(frame))


def _long(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    """A row for each line and day that has a value."""
    return [
        (label_of(str(symbol)), symbol, day.date().isoformat(), float(value))
        for symbol in frame
        for day, value in zip(pd.DatetimeIndex(frame.index), frame[symbol], strict=True)
        if pd.notna(value)
    ]


def event_table(c: Comparison) -> Table:
    """Returns around the chosen event, counted from the last shared close before it."""
    window, event = shown.window_of(c), shown.chosen_event(c.asked)
    records: list[tuple[object, ...]] = []
    for symbol in c.symbols if window else []:
        assert window is not None
        markets = window.path[c.benchmark].tolist() if c.benchmark else [None] * len(window.path)
        for step, share, market in zip(window.path.index, window.path[symbol].tolist(), markets, strict=True):
            against = None if market is None else share - market
            records.append(
                (event.title, event.date.isoformat(), label_of(symbol), symbol, int(step), share, market, against)
            )
    columns = {
        "event": "Event",
        "event_date": "Date of the event",
        "line": "Line",
        "symbol": "Yahoo symbol",
        "step": f"{'Month-ends' if c.monthly else 'Shared trading days'} from the last close before the event",
        "return_share": "Return since that close, share",
        "benchmark_share": f"Return of {label_of(c.asked.benchmark)} since that close, share",
        "against_benchmark_share": "Return less the benchmark's, share",
    }
    return _table(c, "stock_event", f"Around the event: {event.title}; {kind_words(c)}", columns, records)


def markers_table(c: Comparison) -> Table:
    """Events of the timeline within the period."""
    records: list[tuple[object, ...]] = []
    if c.panel is not None:
        first, last = c.panel.days[0].date(), c.panel.days[-1].date()
        records = [
            (event.id, event.date.isoformat(), event.title, event.detail, event.category, event.source, event.kind)
            for event in timeline()
            if first <= event.date <= last
        ]
    columns = {
        "event": "Name of the event",
        "date": "Date, first day where only the month is known",
        "title": "Event",
        "detail": "Detail",
        "category": "Tariff or milestone of the companies",
        "source": "Source",
        "kind": "Kind of source",
    }
    rows = pd.DataFrame(records, columns=list(columns))
    sources = ("data/timeline.csv, source by row",)
    return Table.framed("stock_events", "Events within the period", columns, rows, sources, lacking(c))


VALUE_SYMBOLS: Final = {"honda": shown.HONDA, "nissan": shown.NISSAN}
PRICE_ROW: Final = "Share price"


def value_table(view: View, c: Comparison) -> Table:
    """The last price of each company's share, and the value of the alliance per share beside it."""
    quotes = shown.beside_value(c.asked)
    per_dollar = quotes[shown.YEN_RATE].line if shown.YEN_RATE in quotes else None
    currency, rate = ("USD", _last_close(per_dollar)) if per_dollar else ("JPY", 1.0)
    lines: list[PriceLine] = []
    records: list[tuple[object, ...]] = []
    for company in COMPANIES:
        line = quotes[VALUE_SYMBOLS[company]].line
        if line is None:
            continue
        price = _last_close(line)
        lines.append(line)
        name = COMPANY_LABELS[company]
        records.append((name, PRICE_ROW, price / rate, 1.0, currency, _dated(line)))
        for case, projection in ((SCENARIO, view.projection), (REFERENCE, view.reference)):
            value = float(projection.once_company["value_per_share_jpy"][company])
            what = f"Alliance, {in_sentence(case)}"
            records.append((name, what, value / rate, value / price, currency, f"edition {view.scenario.edition}"))
    columns = {
        "company": "Company",
        "what": "Share price, or value of the alliance per share",
        "per_share": "Amount per share, in the currency named",
        "of_price_share": "Share of the share price",
        "currency": "Currency",
        "as_of": "Day and basis of the price, or edition of the model's facts",
    }
    sources = (MODEL_SOURCE, *(f"{_words(line)}: {line.symbol}, {_dated(line)}" for line in lines))
    rows = pd.DataFrame(records, columns=list(columns))
    title = "The alliance per share beside the share price"
    gone = (f"There is no price of {_both(s)}." for s, quote in quotes.items() if quote.line is None)
    missing = (*_not_as_asked(quotes, c.asked.live), *gone)
    return Table.framed("stock_value_per_share", title, columns, rows, sources, missing)


def _last_close(line: PriceLine) -> float:
    return float(line.rows["close"].iloc[-1])


def _words(line: PriceLine) -> str:
    return YAHOO if line.source == LIVE else EMBEDDED


def _dated(line: PriceLine) -> str:
    """The last day of a line and what kind of close it is."""
    last: datetime.date = line.last_day
    return f"{last:%B %Y}, month-end" if line.basis == MONTHLY else f"{last:%-d %B %Y}"


def prices_table(c: Comparison) -> Table:
    """Where each line is from: live, snapshot or missing, with its last day and what went wrong."""
    records: list[tuple[object, ...]] = []
    for symbol, quote in c.quotes.items():
        line = quote.line
        said = " ".join(problem.sentence for problem in quote.problems)
        records.append(
            (
                label_of(symbol),
                symbol,
                line.source if line else "missing",
                line.basis if line else "",
                line.currency if line else "",
                _last_close(line) if line else None,
                line.first_day.isoformat() if line else "",
                line.last_day.isoformat() if line else "",
                line.fetched.strftime("%Y-%m-%d %H:%M UTC") if line and line.fetched else "",
                said,
            )
        )
    columns = {
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
    return _table(c, "stock_prices", "Where each price is from", columns, records)


def snapshot_sources_table() -> Table:
    """The collections that the embedded month-end closes were taken from."""
    records: list[tuple[object, ...]] = [
        (s.source_id, s.collection, s.version, s.symbols, s.named, s.licence) for s in price_sources()
    ]
    columns = {
        "source": "Name in data/prices_month_end.csv",
        "collection": "Public collection",
        "version": "Version that was read",
        "symbols": "Symbols in it",
        "named": "What it names as its source",
        "licence": "Licence named there",
    }
    title = "Where the embedded month-end closes are from"
    rows = pd.DataFrame(records, columns=list(columns))
    return Table.framed("stock_snapshot_sources", title, columns, rows, ("data/SOURCES.md, Prices",))
