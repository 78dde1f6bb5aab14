"""The fan: between which values the draws lie over the years."""

from collections.abc import Sequence
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from model.measures import has_years
from pages.kit.charts import PIN_WIDTH, Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.given import given_words
from pages.kit.measure_words import (
    axis_of,
    measure_asked,
    measure_name,
    measure_words,
    results_asked,
    unit_of,
    unit_words,
)
from pages.kit.tables import PINNED, Table
from pages.kit.view import View
from pages.kit.words import percent, quantity
from pages.session import choices
from pages.uncertainty.draws import bar_of, chance_of, drawn_of, too_many

LEVELS: Final = (0.05, 0.25, 0.5, 0.75, 0.95)
LEVEL_NAMES: Final = ("p5", "p25", "p50", "p75", "p95")
"""Shares of the draws that lie below, and the columns that hold the values."""

_BAND_COLOR: Final = "#0072B2"
_SCENARIO_COLOR: Final = "#B3478A"
_REFERENCE_COLOR: Final = "#7A8791"


def _records(view: View) -> Columns:
    """By year, the values below which 5, 25, 50, 75 and 95 % of the draws lie, with scenario and reference."""
    measure, found = measure_asked(view), drawn_of(view)
    years = view.projection.years if has_years(measure.output) else ("All years",)
    # A year at a time: each is copied, and all at once would take as much memory again as the draws do.
    levels = np.stack([np.quantile(year, LEVELS) for year in found.values.T], axis=1)
    scenario, base = (measure.by_year(p) for p in (view.projection, view.reference))
    pinned = [measure.by_year(view.pinned.projection)] if view.pinned else []
    rows = (*levels, found.values.mean(axis=0), scenario, base, *pinned)
    numbers = (np.asarray(values, dtype=np.float64) for values in rows)
    names = (*LEVEL_NAMES, "mean", "scenario", "reference", *(["pinned"] if view.pinned else []))
    return {"fiscal_year": list(years), **dict(zip(names, numbers, strict=True))}


def _columns(view: View) -> dict[str, str]:
    unit = unit_words(unit_of(measure_asked(view)))
    return {
        "fiscal_year": "Fiscal year, ending in March",
        **{
            n: f"Value below which {level:.0%} of the draws lie, {unit}"
            for n, level in zip(LEVEL_NAMES, LEVELS, strict=True)
        },
        "mean": f"Mean of the draws, {unit}",
        "scenario": f"The scenario, {unit}",
        "reference": f"The reference, {unit}",
        **({"pinned": f"The scenario that is pinned, {unit}"} if view.pinned else {}),
    }


def _title(view: View) -> str:
    draws, seed = drawn_of(view).draws, choices.SEED.of(view)
    return f"{measure_name(measure_asked(view))}{given_words(view)}: {draws:,} draws by year, seed {seed}"


def _marks(table: Table, view: View) -> Columns:
    """The values with what each year says when pointed at."""
    unit = unit_of(measure_asked(view))
    names = (*LEVEL_NAMES, "scenario", "reference")
    words = ([quantity(float(value), unit) for value in table.values[name]] for name in names)
    labels = [
        f"{year}: half of the draws between {p25} and {p75}, nine in ten between {p5} and {p95}, "
        f"middle {p50}, scenario {scenario}, reference {base}"
        for year, p5, p25, p50, p75, p95, scenario, base in zip(table.values["fiscal_year"], *words, strict=True)
    ]
    if table.has_pin:
        at_pin = [quantity(float(value), unit) for value in table.values["pinned"]]
        labels = [f"{label}, pinned {value}" for label, value in zip(labels, at_pin, strict=True)]
    return {**table.values, "label": labels}


def _chart(rows: pd.DataFrame, title: str, form: str) -> Chart:
    """Bands that hold half and nine tenths of the draws, the middle one, the scenario and the reference.

    rows: of `_marks`; title and d3 format of the axis upwards
    """
    base = alt.Chart(rows).encode(
        x=alt.X("fiscal_year:O", title=None, axis=alt.Axis(labelAngle=0), scale=alt.Scale(padding=0.5)),
        tooltip=[alt.Tooltip("label:N", title="Year")],
    )
    axis = alt.Axis(format=form, tickCount=5)
    upward = alt.Scale(zero=False, nice=True)
    wide = base.mark_area(opacity=0.18, color=_BAND_COLOR).encode(
        y=alt.Y("p5:Q", title=title, axis=axis, scale=upward), y2=alt.Y2("p95:Q")
    )
    half = base.mark_area(opacity=0.32, color=_BAND_COLOR).encode(y=alt.Y("p25:Q"), y2=alt.Y2("p75:Q"))
    columns = {"Middle draw": "p50", "Scenario": "scenario", "Reference": "reference"}
    if "pinned" in rows:
        columns[PINNED] = "pinned"
    names = list(columns)
    dash = alt.Scale(domain=names, range=[[2, 2], [1, 0], [6, 4], [1, 2]][: len(names)])
    colors = [_BAND_COLOR, _SCENARIO_COLOR, _REFERENCE_COLOR, _SCENARIO_COLOR]
    color = alt.Scale(domain=names, range=colors[: len(names)])
    legend = alt.Legend(title=None, orient="top", symbolType="stroke", symbolSize=300, symbolStrokeWidth=2.5)
    lines = [
        base.transform_calculate(case=f"'{name}'")
        .mark_line(strokeWidth=PIN_WIDTH if name == PINNED else 2.5)
        .encode(
            y=alt.Y(f"{column}:Q"),
            strokeDash=alt.StrokeDash("case:N", scale=dash, legend=legend),
            color=alt.Color("case:N", scale=color, legend=legend),
        )
        for name, column in columns.items()
    ]
    points = base.mark_point(filled=True, size=55, color=_SCENARIO_COLOR, opacity=1).encode(y=alt.Y("scenario:Q"))
    return alt.layer(wide, half, *lines, points).properties(height=320)


def _in_focus(view: View) -> dict[str, str]:
    """The levels of the year in focus in words, by name."""
    values, unit = FAN.table(view).values, unit_of(measure_asked(view))
    row = view.year if len(values["fiscal_year"]) > 1 else 0
    return {name: quantity(float(values[name][row]), unit) for name in LEVEL_NAMES}


def range_words(view: View, given: str = "") -> str:
    """Between which values nine tenths and half of the draws lie in the year in focus; given: what is held."""
    found = _in_focus(view)
    return (
        f"{measure_words(measure_asked(view), view)}{given}: in this model nine in ten draws lie between "
        f"{found['p5']} and {found['p95']}, half of them between {found['p25']} and {found['p75']}"
    )


FAN: Final = Figure(
    name="fan",
    title=_title,
    columns=_columns,
    results=results_asked,
    records=_records,
    form=Custom(_chart, _marks, lambda view: axis_of(measure_asked(view))),
    finding=range_words,
    note="Dark band: half of the draws. Light band: nine in ten. The middle draw has as many above it as below.",
    refused=too_many,
)


def quantile_words(view: View) -> Sequence[tuple[str, str]]:
    """Metrics of the draws in the year in focus: label and value."""
    found, chance = _in_focus(view), chance_of(view).share
    return [
        ("One in twenty below", found["p5"]),
        ("One in twenty above", found["p95"]),
        ("Middle of the draws", found["p50"]),
        (
            f"Chance of {quantity(bar_of(view), unit_of(measure_asked(view)))} or more",
            percent(chance, 0 if 0.01 <= chance <= 0.99 else 1),
        ),
    ]
