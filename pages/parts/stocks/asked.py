"""From a view to what the Stocks page shows: its choices read, its tables by name, its dates made absolute."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from data.prices.store import store
from pages.parts import choices
from pages.parts.stocks import tables
from pages.parts.stocks.shown import Asked, Comparison, awaited, beside_value, compare
from pages.parts.tables import Table
from pages.parts.view import View

PATIENCE_S: Final = 5.0
"""How long a program that asks for data waits for live prices, rather than be told that some are missing."""


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


def comparison_of(view: View) -> Comparison:
    """What can be shown for a view now."""
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
    store().wait_a_little(lambda: comparison_of(view).loading, PATIENCE_S)


def await_value(view: View) -> None:
    """The same for the prices that stand beside the alliance's value, which need not be among the lines."""
    store().wait_a_little(lambda: awaited(beside_value(asked(view))), PATIENCE_S)


_OF_COMPARISON: Final[Mapping[str, Callable[[Comparison], Table]]] = {
    "stock_comparison": tables.comparison_table,
    "stock_period": tables.period_table,
    "stock_return_parts": tables.parts_table,
    "stock_drawdown": tables.drawdown_table,
    "stock_rolling_correlation": tables.correlation_table,
    "stock_event": tables.event_table,
    "stock_events": tables.markers_table,
    "stock_prices": tables.prices_table,
}


def _of_view(make: Callable[[Comparison], Table]) -> Callable[[View], Table]:
    return lambda view: make(comparison_of(view))


TABLES: Final[dict[str, Callable[[View], Table]]] = {
    **{name: _of_view(make) for name, make in _OF_COMPARISON.items()},
    "stock_snapshot_sources": lambda view: tables.snapshot_sources_table(),
    "stock_value_per_share": lambda view: tables.value_table(view, comparison_of(view)),
}
"""Every table of the page by name."""

AWAITED: Final[dict[str, Callable[[View], None]]] = {
    **dict.fromkeys(_OF_COMPARISON, await_prices),
    "stock_value_per_share": await_value,
}
"""Name of each table of live prices to the function that waits for them."""
