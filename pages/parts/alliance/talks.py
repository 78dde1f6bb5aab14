"""The state of the talks between the two companies, in lines and as data."""

from functools import cache
from typing import Final

from data.story import TimelineEvent, timeline
from pages.parts.alliance import origin
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import markdown_text

_TALK_FACTS: Final = ("mou_", "merger_", "pickup_report", "os_report", "us_joint_dev", "honda_no_restart")


def talks() -> list[TimelineEvent]:
    """Dated events of the talks between the two companies, oldest first."""
    return [
        event
        for event in timeline()
        if event.category == "milestone" and any(i.startswith(_TALK_FACTS) for i in event.fact_ids)
    ]


def event_date(event: TimelineEvent) -> str:
    """The day of an event in words, the month where only that is known."""
    return f"{event.date:%B %Y}" if event.detail.startswith("Month only") else f"{event.date:%-d %B %Y}"


@cache
def talk_lines() -> str:
    """The state of the talks as a Markdown list: day, event, detail, source and kind."""
    return "\n".join(
        f"- **{event_date(e)}**: {markdown_text(e.title)}. {markdown_text(e.detail)} "
        f"{origin.gray_source(e.source, e.kind)}"
        for e in talks()
    )


def talks_table(view: View) -> Table:
    """The state of the talks as data; the same for every scenario."""
    records: list[tuple[object, ...]] = [(e.date.isoformat(), e.title, e.detail, e.kind, e.source) for e in talks()]
    columns = {
        "date": "Day; the first of the month where the detail says that only the month is known",
        "event": "What happened",
        "detail": "Detail",
        "kind": "How it is known",
        "source": "Source",
    }
    return origin.sourced(
        Table.of("alliance_talks", "The talks between Honda and Nissan", columns, records), "data/timeline.csv"
    )
