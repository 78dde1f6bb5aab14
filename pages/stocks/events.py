"""Events of the timeline within the period, which the chart of lines marks."""

from typing import Final

import pandas as pd

from data.story import timeline
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, event_date_words, markdown_text
from pages.stocks.comparison import await_prices, comparison_of
from pages.stocks.lacking import lacking_of


def _records(view: View) -> list[tuple[object, ...]]:
    """Events of the timeline within the period."""
    c = comparison_of(view)
    if c.panel is None:
        return []
    first, last = c.panel.days[0].date(), c.panel.days[-1].date()
    return [
        (event.id, event.date.isoformat(), event.title, event.detail, event.category, event.source, event.kind)
        for event in timeline()
        if first <= event.date <= last
    ]


def events_in_words(table: Table) -> pd.DataFrame:
    """Events within the period as a reader wants them."""
    known = {event.id: event for event in timeline()}
    rows = [known[name] for name in table.rows["event"]]
    return pd.DataFrame(
        {
            "Date": [event_date_words(event.date.isoformat(), event.detail).replace(" ", NBSP) for event in rows],
            "Event": [markdown_text(event.title) for event in rows],
            "Of": ["Tariffs" if event.category == "tariff" else "The companies" for event in rows],
        }
    )


EVENTS: Final = Figure(
    name="stock_events",
    title="Events within the period",
    columns={
        "event": "Name of the event",
        "date": "Date, first day where only the month is known",
        "title": "Event",
        "detail": "Detail",
        "category": "Tariff or milestone of the companies",
        "source": "Source",
        "kind": "Kind of source",
    },
    records=_records,
    sources=("data/timeline.csv, source by row",),
    lacking=lacking_of,
    awaited=await_prices,
)
