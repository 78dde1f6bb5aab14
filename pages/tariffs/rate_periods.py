"""The real rates: which applied from when to when, and how the rate on cars from Japan moved."""

import datetime
from typing import Final

import altair as alt
import pandas as pd

from data.story import TariffRate, tariff_rates, timeline
from pages.kit.charts import Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import Table
from pages.kit.view import View
from pages.kit.words import NBSP, URL_MEANING, listed, quantity
from pages.tariffs.rate_shade import RATE_COLOR, RATE_OPACITY

_TIMELINE_ROWS: Final = {
    "Cars from Japan": ("japan_mfn", "japan_before_deal", "japan_after_deal"),
    "Canada, Mexico cars": ("usmca_non_us_content",),
    "Parts outside USMCA": ("parts_general",),
    "Parts from Japan": ("parts_japan_before_deal", "parts_japan_after_deal"),
    "Parts under USMCA": ("parts_usmca",),
    "Pickups from Japan": ("pickup_ordinary", "pickup_before_deal", "pickup_after_deal"),
    "Offset, first rule": ("offset_first_year", "offset_second_year"),
    "Offset, extended": ("offset_after_extension",),
}
"""Lines of the chart of real rates, each with its rates by id."""


def _replaced(rate: TariffRate) -> bool:
    """Whether another rate of the same tariff began before this one and outlasts it: this one never applied."""
    if rate.start is None or rate.end is None:
        return False
    return any(
        other.tariff == rate.tariff
        and other.start is not None
        and other.start < rate.start
        and (other.end is None or other.end > rate.end)
        for other in tariff_rates()
    )


def _day(day: datetime.date) -> str:
    return f"{day.day}{NBSP}{day:%B %Y}"


def _period(rate: TariffRate) -> str:
    if rate.start is None:
        return f"until {_day(rate.end)}" if rate.end else "period not known"
    return f"{_day(rate.start)} to {_day(rate.end)}" if rate.end else f"since {_day(rate.start)}, no end set"


def _rates_shown() -> list[tuple[str, TariffRate]]:
    """Line and rate, in the order of the chart."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    return [(line, by_id[name]) for line, names in _TIMELINE_ROWS.items() for name in names]


def _records(view: View) -> list[tuple[object, ...]]:
    """The rates that applied, by tariff and period, both days included."""
    records: list[tuple[object, ...]] = [
        (
            line,
            rate.label,
            rate.rate_share,
            rate.start.isoformat() if rate.start else "",
            rate.end.isoformat() if rate.end else "",
            "replaced before it applied" if _replaced(rate) else "applied",
            rate.source,
            rate.kind,
            rate.url,
        )
        for line, rate in _rates_shown()
    ]
    return records


def _marks(table: Table, view: View) -> Columns:
    """What the chart of real rates draws: from the year of the first change to the year of the last event."""
    rates = {rate.label: rate for rate in tariff_rates()}
    first = min(rate.start.year for rate in tariff_rates() if rate.start)
    last = max(event.date.year for event in timeline())
    left, right = datetime.date(first, 1, 1), datetime.date(last, 12, 31)
    values = table.values
    words = {"quoted": "", "derived": " (derived)", "recalled": " (recalled)", "weak": " (weak source)"}
    return {
        **values,
        "from_day": [start or left.isoformat() for start in values["start"]],
        # A bar ends where the next day begins.
        "to_day": [
            (min(datetime.date.fromisoformat(end) if end else right, right) + datetime.timedelta(days=1)).isoformat()
            for end in values["end"]
        ],
        "label": [
            quantity(share, "share") + (", replaced" if state != "applied" else "")
            for share, state in zip(values["rate_share"], values["state"], strict=True)
        ],
        "label_period": [_period(rates[label]) for label in values["rate"]],
        "label_source": [s + words.get(k, f" ({k})") for s, k in zip(values["source"], values["kind"], strict=True)],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """Real rates over time: a line per tariff, a bar per period; a rate that never applied has a dashed outline.

    marks: tariff, rate, rate_share, from_day, to_day, state, labels
    """
    axis = alt.Axis(format="%b %y", tickCount={"interval": "month", "step": 6}, grid=True)
    base = alt.Chart(marks).encode(
        y=alt.Y(
            "tariff:N",
            sort=list(_TIMELINE_ROWS),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130),
        ),
        x=alt.X("from_day:T", title=None, axis=axis, scale=alt.Scale(type="utc", nice=False)),
        tooltip=[
            alt.Tooltip("rate:N", title="Rate on"),
            alt.Tooltip("label:N", title="Rate"),
            alt.Tooltip("label_period:N", title="In force"),
            alt.Tooltip("label_source:N", title="Source"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.7}, color=RATE_COLOR, stroke=RATE_COLOR, strokeWidth=1.5).encode(
        x2=alt.X2("to_day:T"),
        fillOpacity=alt.FillOpacity("rate_share:Q", scale=RATE_OPACITY, legend=None),
        strokeDash=alt.StrokeDash(
            "state:N",
            scale=alt.Scale(domain=["applied", "replaced before it applied"], range=[[1, 0], [3, 3]]),
            legend=None,
        ),
    )
    words = base.mark_text(align="left", dx=5).encode(text=alt.Text("label:N"))
    return alt.layer(bars, words).properties(height=alt.Step(34))


def _finding(view: View) -> str:
    """How the rate on cars from Japan moved, in the words of the table of rates."""
    by_id = {rate.id: rate for rate in tariff_rates()}
    steps = [by_id[name] for name in _TIMELINE_ROWS["Cars from Japan"]]
    later = [f"to {quantity(r.rate_share, 'share')} on {_day(r.start)}" for r in steps if r.start]
    return f"Cars from Japan went from {quantity(steps[0].rate_share, 'share')} {listed(later)}"


REAL_RATES: Final = Figure(
    name="real_tariff_rates",
    title="US tariff rates by period",
    columns={
        "tariff": "What the rate is on",
        "rate": "The rate in words",
        "rate_share": "Rate, share of customs value; of the sticker price for the offset",
        "start": "First day; empty where it applied before April 2025",
        "end": "Last day; empty where no end is set",
        "state": "Whether it applied",
        "source": "Source",
        "kind": "Kind of figure",
        "url": URL_MEANING,
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note="Rates as they applied. The offset's second year was replaced before it began.",
    sources=lambda view: tuple(dict.fromkeys(rate.source for _, rate in _rates_shown())),
)
