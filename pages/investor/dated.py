"""Milestones of the talks and of tariffs over time, with their state as known."""

import datetime
from typing import Final

import altair as alt
import pandas as pd

from data.story import timeline
from pages.kit.charts import GREY, Chart
from pages.kit.columns import Columns, rows_where
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import URL_MEANING, event_date_words

KEY_EVENTS: Final = (
    "mou_second",
    "merger_memorandum",
    "merger_talks_ended",
    "car_duty_starts",
    "pickup_report_out",
    "os_report_out",
    "japan_deal_in_force",
    "offset_extended",
    "us_joint_development",
    "court_ruling",
    "honda_results_fy26_3",
    "nissan_results_fy26_3",
    "usmca_review",
    "listing_fell_away",
)
"""Events that bear on the alliance or on the duty, by id: those that the chart numbers."""

OPEN_EVENTS: Final = {"usmca_review": "outcome not found", "listing_fell_away": "fell away"}
"""Events that had not come about in the newest text found, and what became of them."""

LANES: Final = {"milestone": "Companies", "tariff": "Tariffs"}
_LANE_COLORS: Final = {"Companies": "#56B4E9", "Tariffs": "#E69F00"}
_ROOM_DAYS: Final = 75
_TICK_HEIGHT: Final = 0.22
HAPPENED: Final = "happened"
KIND_WORDS: Final = {
    "derived": "derived",
    "weak": "weak source",
    "recalled": "day recalled, not verified",
    "judgement": "judgement",
}
"""How a date that is not simply quoted is marked."""


def _month(year: int, month: int) -> alt.DateTime:
    return alt.DateTime(year=year, month=month, date=1, utc=True)


_HALF_YEARS: Final = [_month(*half) for half in ((2024, 7), (2025, 1), (2025, 7), (2026, 1), (2026, 7))]


def _records(view: View) -> list[tuple[object, ...]]:
    """Every dated event, numbered where it bears on the alliance or on the duty."""
    numbers = {event_id: i for i, event_id in enumerate(_dated_ids(), start=1)}
    return [
        (
            numbers.get(event.id, 0),
            event.date.isoformat(),
            event_date_words(event.date.isoformat(), event.detail),
            LANES[event.category],
            event.title,
            OPEN_EVENTS.get(event.id, HAPPENED),
            event.detail,
            event.source,
            event.kind,
            event.url,
        )
        for event in timeline()
    ]


def _dated_ids() -> list[str]:
    return [event.id for event in timeline() if event.id in KEY_EVENTS]


def _marks(table: Table, view: View) -> Columns:
    """Events with the height of each mark: small ones at the line, numbered ones one above another where they crowd."""
    values = table.values
    last: dict[tuple[str, int], datetime.date] = {}
    heights = []
    days = [datetime.date.fromisoformat(date) for date in values["date"]]
    for lane, number_shown, day in zip(values["lane"], values["number"], days, strict=True):
        height = _TICK_HEIGHT
        if number_shown:
            level = 1
            while (day - last.get((lane, level), datetime.date.min)).days < _ROOM_DAYS:
                level += 1
            last[lane, level] = day
            height = float(level)
        heights.append(height if lane == LANES["milestone"] else -height)
    return {
        **values,
        "day_ms": [(day - datetime.date(1970, 1, 1)) / datetime.timedelta(milliseconds=1) for day in days],
        "height": heights,
        "happened": [state == HAPPENED for state in values["state"]],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """Events over time: companies above the line, tariffs below, a small mark each, key events numbered.

    rows: number, day_ms (since 1970), when, lane, event, state, detail, source, kind, height, happened
    """
    lanes = alt.Scale(domain=list(_LANE_COLORS), range=list(_LANE_COLORS.values()))
    legend = alt.Legend(title=None, orient="top", columns=2, symbolType="circle", symbolSize=120)
    highest, lowest = float(rows["height"].max()), float(rows["height"].min())
    y = alt.Y("height:Q", scale=alt.Scale(domain=[lowest - 0.7, highest + 0.7], nice=False), axis=None)
    base = alt.Chart(rows)
    placed = base.encode(
        x=alt.X(
            "day_ms:T",
            title=None,
            scale=alt.Scale(type="utc", domain=[_month(2024, 2), _month(2026, 11)]),
            axis=alt.Axis(format="%b %Y", values=_HALF_YEARS, labelOverlap=True),
        ),
        y=y,
        tooltip=[
            alt.Tooltip("when:N", title="Date"),
            alt.Tooltip("event:N", title="Event"),
            alt.Tooltip("state:N", title="State"),
            alt.Tooltip("detail:N", title="Detail"),
            alt.Tooltip("source:N", title="Source"),
            alt.Tooltip("kind:N", title="Kind"),
        ],
    )
    ticks = (
        placed.transform_filter("datum.number == 0")
        .mark_tick(orient="vertical", thickness=3, height=13)
        .encode(color=alt.Color("lane:N", scale=lanes, legend=legend))
    )
    numbered = placed.transform_filter("datum.number > 0")
    circles = numbered.mark_point(size=430, strokeWidth=2.5, opacity=1, shape="circle").encode(
        stroke=alt.Stroke("lane:N", scale=lanes, legend=None),
        fill=alt.Fill("lane:N", scale=lanes, legend=None),
        fillOpacity=alt.condition("datum.happened", alt.value(1.0), alt.value(0.0)),
    )
    inside = numbered.transform_filter("datum.happened").mark_text(fontWeight="bold", color="#12181F")
    alone = numbered.transform_filter("!datum.happened").mark_text(fontWeight="bold")
    line = base.transform_aggregate(events="count()").transform_calculate(height="0")
    rule = line.mark_rule(strokeWidth=1.5, color=GREY).encode(y=y)
    texts = (mark.encode(text=alt.Text("number:N")) for mark in (inside, alone))
    return alt.layer(rule, ticks, circles, *texts).properties(height=60 + 42 * int(highest - lowest))


def milestones_in_words(table: Table) -> Columns:
    """The numbered events: number, date, and event with its state or kind where either has to be said."""
    values = rows_where(table.values, [number_shown > 0 for number_shown in table.values["number"]])
    events = [
        event + ("" if state == HAPPENED else f": {state}") + ("" if kind == "quoted" else f" ({KIND_WORDS[kind]})")
        for event, state, kind in zip(values["event"], values["state"], values["kind"], strict=True)
    ]
    return {"No.": list(map(str, values["number"])), "Date": values["when"], "Event": events}


def _finding(view: View) -> str:
    """Where the alliance stands, from the dated events."""
    events = {event.id: event for event in timeline()}
    ended, listing = events["merger_talks_ended"], events["listing_fell_away"]
    return (
        f"Merger talks ended in {ended.date:%B %Y}; the listing planned for {listing.date:%B %Y} fell away, "
        "and no contract is known"
    )


MILESTONES: Final = Figure(
    name="milestones",
    title="Milestones and tariffs by date",
    columns={
        "number": "Number in the chart, 0 where it has none",
        "date": "Date, first day where only the month is known",
        "when": "Date in words",
        "lane": "Companies or tariffs",
        "event": "Event",
        "state": "State as known",
        "detail": "Detail",
        "source": "Source",
        "kind": "Kind of source",
        "url": URL_MEANING,
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note="Open circles: did not come about, or the outcome was not found. Small marks: other events, in the download.",
    sources=("data/timeline.csv, source by row",),
)
