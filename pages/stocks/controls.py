"""The controls of the Stocks page, and the progress of its prices. What is chosen is checked before it is kept."""

import datetime
import re
from functools import partial
from typing import Final

import streamlit as st

from data.prices.listings import INDEX, LISTINGS, RATE, label_of, symbol_problem
from data.story import timeline
from model.links import shown
from pages.kit import boxes
from pages.kit.show import offer, read
from pages.kit.view import View
from pages.kit.words import markdown_text
from pages.session import choices, choosing, seams, showing
from pages.stocks.around_event import event_option
from pages.stocks.comparison import PriceComparison, asked, awaited, compare
from pages.stocks.events import EVENTS, events_in_words
from pages.stocks.failure_words import busy_words, left_out_lines, problem_lines, source_line
from pages.stocks.options import CURRENCIES, LOOKS, MOST_LINES, PERIODS, WINDOWS

LINES: Final = "stock_lines"
FROM: Final = "stock_first_day"
TO: Final = "stock_last_day"
PERIOD: Final = "stock_period_shown"
ADDED: Final = "stock_symbols_typed"
_BETWEEN: Final = re.compile(r"[\s,;]+")
ASK_AGAIN_S: Final = 1.0

PERIOD_WORDS: Final = {
    "1m": "1 month",
    "3m": "3 months",
    "6m": "6 months",
    "1y": "1 year",
    "3y": "3 years",
    "5y": "5 years",
    "10y": "10 years",
}


def _lines_changed(given: list[str]) -> None:
    """Keep the symbols that can be one, in a callback; name the others."""
    asked = dict.fromkeys(text.strip().upper() for text in given)
    refused = {text: problem for text in asked if (problem := symbol_problem(text))}
    usable = [text for text in asked if text not in refused]
    kept = tuple(usable[:MOST_LINES]) or choices.STOCK_SYMBOLS.default
    refused |= dict.fromkeys(usable[MOST_LINES:], f"{MOST_LINES} lines are the most: take one away first")
    choosing.choose({choices.STOCK_SYMBOLS: kept})
    words = [f"“{shown(text)}” was not used: {problem}." for text, problem in refused.items()]
    boxes.tell(LINES, kept, " ".join(words), refused=True)


def _symbols_typed(text: str) -> None:
    """Add the symbols that were typed to the lines, in a callback."""
    _lines_changed([*choosing.chosen(choices.STOCK_SYMBOLS), *filter(None, _BETWEEN.split(text))])


def _period_changed(period: str | None) -> None:
    """Count back from the last shared day again, in a callback; a period that is taken away changes nothing."""
    if period is None:
        return
    choosing.choose(
        {
            choices.STOCK_PERIOD: period,
            choices.STOCK_FROM: None,
            choices.STOCK_TO: None,
            choices.STOCK_DATES: choices.AS_SHARED,
        }
    )


def _day_typed(label: str, name: str, which: choices.Choice[datetime.date | None], text: str) -> None:
    """Keep a day of the visitor's own, in a callback, or name what is none."""
    try:
        day = which.read(re.sub("[/.]", "-", text.strip()))
    except ValueError as error:
        now = choosing.chosen(which)
        stays = f"{now} stays" if now else "There is still none"
        boxes.tell(name, now, f"{label}: “{shown(text)}” was not used: {error}. {stays}.", refused=True)
        return
    choosing.choose({which: day, choices.STOCK_DATES: choices.AS_SHARED})


def lines_and_look() -> None:
    """Which lines, and how they are looked at."""
    view = showing.current_view()
    chosen = list(choices.STOCK_SYMBOLS.of(view))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Lines",
            list(dict.fromkeys([*LISTINGS, *chosen])),
            format_func=_option,
            max_selections=MOST_LINES,
            placeholder="Choose lines",
            **choosing.control(LINES, chosen, _lines_changed),
        )
        # A box of its own: what is typed into a list and left there is forgotten without a word.
        st.text_input(
            "Add a symbol",
            placeholder="VOW3.DE",
            help="Any symbol of Yahoo Finance, such as VOW3.DE; several with commas between them.",
            width=220,
            **choosing.control(ADDED, "", _symbols_typed),
        )
    boxes.show_told(LINES, tuple(chosen))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Show",
            list(LOOKS),
            format_func=LOOKS.__getitem__,
            required=True,
            help="Index: 100 on the first shared day. Ratio and gap compare the first two lines.",
            **choosing.widget(choices.STOCK_VIEW),
        )
        st.segmented_control(
            "Currency",
            list(CURRENCIES),
            format_func=CURRENCIES.__getitem__,
            required=True,
            help="Local: each line in the currency of its exchange.",
            **choosing.widget(choices.STOCK_CURRENCY),
        )
        st.segmented_control(
            "Return",
            ["total", "price"],
            format_func={"total": "With dividends", "price": "Price only"}.__getitem__,
            required=True,
            help="With dividends: each is put back into the same share. The embedded snapshot knows no dividends.",
            **choosing.widget(choices.STOCK_RETURN),
        )


def _option(symbol: str) -> str:
    """A line as an option of the list."""
    name = label_of(symbol)
    return symbol if name == symbol else f"{name} ({symbol})"


def period_and_more(c: PriceComparison) -> None:
    """When, and what is chosen less often."""
    view = showing.current_view()
    fixed = choices.STOCK_FROM.of(view) or choices.STOCK_TO.of(view)
    by_days = fixed and choices.STOCK_DATES.of(view) == choices.AS_SHARED
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.segmented_control(
            "Period, back from the last shared day",
            list(PERIODS),
            format_func=PERIOD_WORDS.__getitem__,
            **choosing.control(PERIOD, None if by_days else choices.STOCK_PERIOD.of(view), _period_changed),
        )
        with st.popover("Dates, benchmark, source", icon=":material/tune:"):
            _more()
    if fixed:
        days = f"{choices.STOCK_FROM.text(choices.STOCK_FROM.of(view)) or 'the start'} to "
        days += choices.STOCK_TO.text(choices.STOCK_TO.of(view)) or "the last shared day"
        st.segmented_control(
            "Dates",
            [choices.AS_SHARED, "latest"],
            format_func={choices.AS_SHARED: f"As shared or set: {days}", "latest": "Latest"}.__getitem__,
            required=True,
            help="Latest counts the period back from the last day that the lines share now.",
            **choosing.widget(choices.STOCK_DATES),
        )
    if c.ignored_dates:
        st.caption(
            f":material/block: The lines share no two days {markdown_text(c.ignored_dates)}. Shown instead: "
            f"{PERIOD_WORDS[c.asked.period]} up to their last shared day."
        )


def _more() -> None:
    view = showing.current_view()
    for label, name, which in (("First day", FROM, choices.STOCK_FROM), ("Last day", TO, choices.STOCK_TO)):
        now = which.of(view)
        # A text, as Enter does nothing in Streamlit's box for dates.
        st.text_input(
            label,
            placeholder="2025-07-31",
            help="Year, month, day: 2025-07-31. Empty: the period counts.",
            **choosing.control(name, which.text(now), partial(_day_typed, label, name, which)),
        )
        boxes.show_told(name, now)
    benchmark = choices.STOCK_BENCHMARK.of(view)
    known = [listing.symbol for listing in sorted(LISTINGS.values(), key=lambda one: one.kind != INDEX)]
    st.selectbox(
        "Benchmark",
        list(dict.fromkeys([*(s for s in known if LISTINGS[s].kind != RATE), benchmark])),
        format_func=_option,
        help="Beta, correlation and event windows are measured against it.",
        **choosing.widget(choices.STOCK_BENCHMARK),
    )
    st.toggle(
        "Logarithmic scale",
        help="Equal distances are equal factors. For index, price and ratio.",
        **choosing.widget(choices.STOCK_LOG),
    )
    st.segmented_control(
        "Prices",
        [choices.LIVE_PRICES, "snapshot"],
        format_func={choices.LIVE_PRICES: "Live where possible", "snapshot": "Snapshot only"}.__getitem__,
        required=True,
        **choosing.widget(choices.STOCK_SOURCE),
    )


def prices_status(c: PriceComparison) -> None:
    """Where the prices are from; while some are loading, how far that is, and the page again when they are there."""

    loading = awaited(c.quotes)

    @st.fragment(run_every=ASK_AGAIN_S if loading else None, key="stock_prices_status")
    def told() -> None:
        seams.name_asker()
        now = compare(asked(showing.current_view()))
        quotes = now.quotes
        missing = awaited(quotes)
        if loading and not missing:
            st.rerun()
        if missing:
            total = len(quotes)
            arrived = total - len(missing)
            st.progress(arrived / total, f"Loading live prices: {arrived} of {total}. The page can be used meanwhile.")
        st.markdown(source_line(now))
        if busy := busy_words(quotes):
            st.warning(busy)

    told()


def problems(c: PriceComparison) -> None:
    """What went wrong and what is shown instead, by failure."""
    lines = [*problem_lines(c), *left_out_lines(c)]
    if lines:
        # A count in the label would close it when more prices arrive.
        with st.expander("What went wrong, and what is shown instead", key="stock_problems"):
            st.markdown("\n".join(lines))


def events(view: View) -> None:
    """The events that are marked in the chart, as a list."""
    table = read(EVENTS, view)
    if table.values["event"]:
        with st.expander("Events marked in the chart", key="stock_events"):
            st.table(events_in_words(table), hide_index=True, border="horizontal", alt=table.title)
            offer(EVENTS, view)


def event_controls(c: PriceComparison) -> None:
    """Which event, and how long around it."""
    events = {event.id: event for event in timeline()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            "Event",
            list(events),
            format_func=lambda name: event_option(events[name]),
            **choosing.widget(choices.STOCK_EVENT),
        )
        st.segmented_control(
            "Months around it" if c.monthly else "Shared trading days around it",
            list(WINDOWS),
            required=True,
            **choosing.widget(choices.STOCK_WINDOW),
        )
