"""The state of the talks between the two companies, in lines and as data."""

from typing import Final

from data.story import TimelineEvent, timeline
from pages.alliance import origin
from pages.kit.figure import Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import event_date_words, markdown_text

_TALK_FACTS: Final = ("mou_", "merger_", "pickup_report", "os_report", "us_joint_dev", "honda_no_restart")


def talks() -> list[TimelineEvent]:
    """Dated events of the talks between the two companies, oldest first."""
    return [
        event
        for event in timeline()
        if event.category == "milestone" and any(i.startswith(_TALK_FACTS) for i in event.fact_ids)
    ]


def talk_lines(table: Table) -> str:
    """The state of the talks as a Markdown list: day, event, detail, source and kind."""
    return "\n".join(
        f"- **{event_date_words(date, detail)}**: {markdown_text(event)}. {markdown_text(detail)} "
        f"{origin.gray_source(source, kind)}"
        for date, event, detail, kind, source in zip(*table.values.values(), strict=True)
    )


def _records(view: View) -> list[tuple[object, ...]]:
    """The state of the talks as data; the same for every scenario."""
    return [(e.date.isoformat(), e.title, e.detail, e.kind, e.source) for e in talks()]


TALKS: Final = Figure(
    name="alliance_talks",
    title="The talks between Honda and Nissan",
    columns={
        "date": "Day; the first of the month where the detail says that only the month is known",
        "event": "What happened",
        "detail": "Detail",
        "kind": "How it is known",
        "source": "Source",
    },
    records=_records,
    sources=("data/timeline.csv",),
)
