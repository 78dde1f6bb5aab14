"""Dated tariff events with their source, as data and in words."""

from typing import Final

from data.story import TimelineEvent, timeline
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import URL_MEANING, markdown_text, short_date_words, source_link


def _events() -> list[TimelineEvent]:
    return [event for event in timeline() if event.category == "tariff"]


def _records(view: View) -> list[tuple[object, ...]]:
    """Dated tariff events with their source."""
    records: list[tuple[object, ...]] = [
        (e.date.isoformat(), e.end_date.isoformat() if e.end_date else "", e.title, e.detail, e.source, e.kind, e.url)
        for e in _events()
    ]
    return records


def events_in_words(table: Table) -> str:
    """The events as a Markdown table; the kind of a source is named where it was not simply read."""
    lines = ["| Date | What happened |", "| :-- | :-- |"]
    for date, end, title, detail, source, kind, url in zip(*table.values.values(), strict=True):
        day = short_date_words(date) + (f" to {short_date_words(end)}" if end else "")
        origin = source if kind == "quoted" or source.startswith(kind) else f"{source} ({kind})"
        what = f"**{markdown_text(title)}.** {markdown_text(detail)} *Source: {markdown_text(origin)}*"
        lines.append(f"| {day} | {f'{what} {source_link(url)}'.rstrip()} |")
    return "\n".join(lines)


TARIFF_EVENTS: Final = Figure(
    name="tariff_events",
    title="Tariff events",
    columns={
        "date": "Day, or first day",
        "end_date": "Last day, where it lasted",
        "event": "What happened",
        "detail": "In more words",
        "source": "Source",
        "kind": "Kind of figure",
        "url": URL_MEANING,
    },
    records=_records,
    sources=lambda view: tuple(dict.fromkeys(event.source for event in _events())),
)
