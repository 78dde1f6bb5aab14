"""Use of the plant: its capacity by what it is used for."""

from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model import sweeps
from model.projection import Projection, reference_values
from model.tracing import Value
from pages.kit.axes import strength
from pages.kit.charts import COMPANY_COLORS, GREY, Chart
from pages.kit.columns import Columns, on_first, on_first_of_each, rows_where, running_totals
from pages.kit.figure import Custom, Figure
from pages.kit.results import results_of
from pages.kit.tables import PINNED, REFERENCE, SCENARIO, Table
from pages.kit.view import View
from pages.kit.words import percent
from pages.plant.canton import has_trucks, plant_at_year, standing
from pages.plant.words import cars, distance, thousands

OWN: Final = "Nissan's own cars"
MOVED: Final = "Moved from abroad"
FOR_HONDA: Final = "Trucks for Honda"
FREE: Final = "Empty"
WITHOUT: Final = "Without trucks"


def _use_records(case: str, projection: Projection, capacity_kveh: float, view: View) -> list[tuple[object, ...]]:
    parts = {OWN: "own", MOVED: "moved", FOR_HONDA: "trucks", FREE: "empty"}
    whole = capacity_kveh, float(np.asarray(projection.once["canton_break_even_kveh"]).flat[0])
    share = _at(projection.plant["plant_utilisation_share"], view.year)
    return [
        (case, part, _at(projection.plant[f"plant_{name}_kveh"], view.year), *whole, share)
        for part, name in parts.items()
    ]


def _at(values: Value, year: int) -> float:
    """The value of a year, of one scenario or of the only one of a sweep."""
    return float(np.asarray(values)[..., year].flat[0])


def _records(view: View) -> list[tuple[object, ...]]:
    """Capacity of the plant by use in the year in focus, in scenario and reference."""
    key = "canton_capacity_kveh"
    capacity = view.scenario.values[key]
    records = _use_records(SCENARIO, view.projection, capacity, view)
    if has_trucks(view) and view.chance_share < 1.0:
        without = sweeps.sweep(view.scenario, sweeps.TRUCKS, np.array([0.0]))
        records += _use_records(WITHOUT, without, capacity, view)
    own = reference_values(view.scenario.values, view.scenario.edition)
    records += _use_records(REFERENCE, view.reference, own[key], view)
    if view.pinned:
        records += _use_records(PINNED, view.pinned.projection, view.pinned.scenario.values[key], view)
    return records


def _finding(view: View) -> str:
    """How full the plant is and how far from break-even."""
    use, before = plant_at_year(view, "plant_utilisation_share")
    gap, _ = plant_at_year(view, "plant_break_even_gap_kveh")
    where = distance(gap)
    now, was = percent(use, 0), percent(before, 0)
    if has_trucks(view):
        if view.chance_share == 0.0:
            alone = percent(standing(view, "plant_utilisation_share")[0], 0)
            return f"Trucks would fill Canton to {now}, but they never come: it stays at {alone}"
        sure = "" if view.chance_share == 1.0 else " if the alliance delivers"
        return f"Canton at {now}{sure}, against {was} in the reference: {where}"
    if now == was:
        empty, _ = plant_at_year(view, "plant_empty_kveh")
        return f"{thousands(empty)} places a year stand empty in Canton: {where}"
    return f"Canton {'rises' if use > before else 'falls'} from {was} to {now} without a truck: {where}"


def _marks(table: Table, view: View) -> Columns:
    """Uses that any bar has, with their place in it, and labels; those of a whole bar are on its first row."""
    uses = zip(table.values["use"], table.values["cars_kveh"], strict=True)
    used = {use for use, volume in uses if volume > 0.0}
    values = rows_where(table.values, [use in used for use in table.values["use"]])
    cases, volumes, capacity = values["case"], values["cars_kveh"], max(values["capacity_kveh"])
    ends = running_totals(cases, volumes)
    starts = [end - volume for end, volume in zip(ends, volumes, strict=True)]
    # Beside a row without the trucks, the scenario's row is what is planned.
    planned = {SCENARIO: "As planned"} if WITHOUT in cases else {}
    marks = [f"Break-even: {thousands(volume)}" for volume in values["break_even_kveh"]]
    return {
        **values,
        "row": [planned.get(case, case) for case in cases],
        "strength": [1.0 if case == SCENARIO else 0.6 for case in cases],
        "from_kveh": starts,
        "to_kveh": ends,
        "label_kveh": [
            end if use == FREE else start for use, start, end in zip(values["use"], starts, ends, strict=True)
        ],
        "label": [thousands(volume) if volume >= 0.13 * capacity else "" for volume in volumes],
        "label_cars": [cars(volume) for volume in volumes],
        "label_share": on_first_of_each(cases, [percent(share, 0) for share in values["utilisation_share"]]),
        "label_mark": marks,
        "label_first_mark": on_first(marks),
    }


def _chart(rows: pd.DataFrame) -> Chart:
    """One bar per case: capacity by use, with the mark where the plant breaks even."""
    colors = {
        OWN: COMPANY_COLORS["Nissan"],
        MOVED: "#E69F00",
        FOR_HONDA: COMPANY_COLORS["Honda"],
        FREE: "rgba(138,148,156,0.35)",
    }
    present = [use for use in colors if use in set(rows["use"])]
    # The axis leaves room for each bar's share of capacity beside its name.
    axis = alt.Axis(labelLimit=120, ticks=False, domain=False, labelPadding=44)
    base = alt.Chart(rows).encode(
        y=alt.Y("row:N", sort=list(dict.fromkeys(rows["row"])), title=None, axis=axis),
        tooltip=[
            alt.Tooltip("case:N", title="Case"),
            alt.Tooltip("use:N", title="Used for"),
            alt.Tooltip("label_cars:N", title="A year"),
            alt.Tooltip("label_mark:N", title="Plant"),
        ],
    )
    bars = base.mark_bar(height=26).encode(
        x=alt.X("from_kveh:Q", title="Thousand cars a year", axis=alt.Axis(tickCount=5), scale=alt.Scale(zero=True)),
        x2=alt.X2("to_kveh:Q"),
        color=alt.Color(
            "use:N",
            scale=alt.Scale(domain=present, range=[colors[use] for use in present]),
            legend=alt.Legend(title=None, orient="top", columns=2, labelLimit=180),
        ),
        opacity=strength(),
    )
    labels = base.mark_text(dy=-23, align=alt.expr(f"datum.use == '{FREE}' ? 'right' : 'left'")).encode(
        x=alt.X("label_kveh:Q"), text=alt.Text("label:N")
    )
    whole = base.transform_filter("datum.label_share != ''").encode(tooltip=alt.Tooltip("label_mark:N", title="Plant"))
    shares = whole.mark_text(align="right", dx=-8).encode(x=alt.value(0), text=alt.Text("label_share:N"))
    marks = whole.mark_tick(thickness=3, size=34, color=GREY, opacity=1.0).encode(x=alt.X("break_even_kveh:Q"))
    named = whole.mark_text(align="right", dx=4, dy=26).encode(
        x=alt.X("break_even_kveh:Q"), text=alt.Text("label_first_mark:N")
    )
    return alt.layer(bars, marks, labels, shares, named).properties(height=alt.Step(80))


PLANT_USE: Final = Figure(
    name="canton_use",
    title=lambda view: f"Canton: use of the capacity, {view.year_label}",
    columns={
        "case": "Scenario with its trucks, the same without them, or reference",
        "use": "What the capacity is used for",
        "cars_kveh": "Cars, thousand a year",
        "capacity_kveh": "Capacity, thousand cars a year",
        "break_even_kveh": "Output at break-even, thousand cars a year",
        "utilisation_share": "Output over capacity, share",
    },
    results=results_of(
        ("plant_own_kveh", "plant_moved_kveh", "plant_trucks_kveh", "plant_empty_kveh", "plant_utilisation_share")
    ),
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
)
