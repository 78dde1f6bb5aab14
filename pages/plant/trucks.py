"""Trucks by year: those that replace Ridgelines and those that are extra."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from pages.kit.axes import ends, extent, with_ends
from pages.kit.charts import COMPANY_COLORS, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import Table
from pages.kit.view import View
from pages.plant.canton import TOLERANCE_KVEH, first_truck_label, plant_at_year
from pages.plant.words import thousands, trucks

REPLACING: Final = "Replace Ridgelines"
EXTRA: Final = "Extra trucks"


def _records(view: View) -> list[tuple[object, ...]]:
    """Trucks for Honda by year: those that replace Ridgelines and those that are extra, as planned."""
    plant = view.projection.plant
    built, replaced = np.asarray(plant["plant_trucks_kveh"]), np.asarray(plant["plant_replaced_kveh"])
    parts = {REPLACING: replaced, EXTRA: np.asarray(plant["plant_extra_trucks_kveh"])}
    records: list[tuple[object, ...]] = [
        (year, part, float(volume), float(total))
        for part, volumes in parts.items()
        for year, volume, total in zip(view.projection.years, volumes, built, strict=True)
    ]
    return records


def _finding(view: View) -> str:
    """How many trucks, and how many of them replace a Ridgeline."""
    built, _ = plant_at_year(view, "plant_trucks_kveh")
    replaced, _ = plant_at_year(view, "plant_replaced_kveh")
    planned = "" if view.chance_share == 1.0 else " planned"
    if built <= TOLERANCE_KVEH:
        last = float(np.asarray(view.projection.plant["plant_trucks_kveh"])[-1])
        first, year = first_truck_label(view), view.projection.years[-1]
        return f"The first trucks come in {first}; in {year} there are {thousands(last)}"
    if replaced <= TOLERANCE_KVEH:
        return f"All {trucks(built)}{planned} in {view.year_label} are extra: none replaces a Ridgeline"
    if built - replaced <= TOLERANCE_KVEH:
        return f"All {trucks(built)}{planned} in {view.year_label} replace Ridgelines"
    return f"Of {trucks(built)}{planned} in {view.year_label}, {thousands(replaced)} replace Ridgelines"


def _marks(table: Table, view: View) -> Columns:
    """Trucks by year with their place in the bar, and labels."""
    values = table.values
    return {
        **with_ends(values, extent(values["all_trucks_kveh"], 0.15)),
        "rank": [0 if part == REPLACING else 1 for part in values["part"]],
        "label": [trucks(volume) for volume in values["trucks_kveh"]],
        "label_total": [thousands(volume) if volume > 0 else "none" for volume in values["all_trucks_kveh"]],
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """Trucks by year, stacked, with their total above."""
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0)),
        tooltip=[
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("part:N", title="Trucks that"),
            alt.Tooltip("label:N", title="A year"),
        ],
    )
    bars = base.mark_bar(width={"band": 0.6}).encode(
        y=alt.Y(
            "trucks_kveh:Q",
            title="Thousand trucks a year",
            stack="zero",
            axis=alt.Axis(tickCount=5),
            scale=alt.Scale(zero=True),
        ),
        color=alt.Color(
            "part:N",
            scale=alt.Scale(domain=[REPLACING, EXTRA], range=[COMPANY_COLORS["Honda"], "#56B4E9"]),
            legend=alt.Legend(title=None, orient="top", columns=2),
        ),
        order=alt.Order("rank:Q"),
    )
    totals = (
        base.transform_filter(alt.datum.part == EXTRA)
        .mark_text(dy=-9)
        .encode(y=alt.Y("all_trucks_kveh:Q"), text=alt.Text("label_total:N"))
    )
    return alt.layer(ends(rows, "y"), bars, totals).properties(height=260)


TRUCKS_BY_YEAR: Final = Figure(
    name="canton_trucks",
    title="Trucks built for Honda by year",
    columns={
        "fiscal_year": "Fiscal year, ending in March",
        "part": "Replaces a Ridgeline or extra",
        "trucks_kveh": "Trucks, thousand a year, as planned",
        "all_trucks_kveh": "Trucks of both parts, thousand a year",
    },
    results=results_of(("plant_trucks_kveh", "plant_replaced_kveh", "plant_extra_trucks_kveh")),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
