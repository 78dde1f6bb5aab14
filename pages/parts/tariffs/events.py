"""Dated tariff events with their source, as data and in words."""

import datetime

from data.story import timeline
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import NBSP, URL_MEANING, markdown_text, source_link


def tariff_events(view: View) -> Table:
    """Dated tariff events with their source."""
    events = [event for event in timeline() if event.category == "tariff"]
    records: list[tuple[object, ...]] = [
        (e.date.isoformat(), e.end_date.isoformat() if e.end_date else "", e.title, e.detail, e.source, e.kind, e.url)
        for e in events
    ]
    columns = {
        "date": "Day, or first day",
        "end_date": "Last day, where it lasted",
        "event": "What happened",
        "detail": "In more words",
        "source": "Source",
        "kind": "Kind of figure",
        "url": URL_MEANING,
    }
    sources = tuple(dict.fromkeys(e.source for e in events))
    return Table.of("tariff_events", "Tariff events", columns, records, sources)


def events_in_words(table: Table) -> str:
    """The events as a Markdown table; the kind of a source is named where it was not simply read."""
    lines = ["| Date | What happened |", "| :-- | :-- |"]
    for date, end, title, detail, source, kind, url in zip(*table.values.values(), strict=True):
        day = _short_day(date) + (f" to {_short_day(end)}" if end else "")
        origin = source if kind == "quoted" or source.startswith(kind) else f"{source} ({kind})"
        what = f"**{markdown_text(title)}.** {markdown_text(detail)} *Source: {markdown_text(origin)}*"
        lines.append(f"| {day} | {f'{what} {source_link(url)}'.rstrip()} |")
    return "\n".join(lines)


def _short_day(day: str) -> str:
    date = datetime.date.fromisoformat(day)
    return f"{date.day}{NBSP}{date:%b}{NBSP}{date.year}"
