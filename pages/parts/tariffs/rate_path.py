"""The rates that scenario and reference use in each fiscal year: table, rows, chart and finding."""

from typing import Final

import altair as alt
import pandas as pd

from model.details import rates_by_year as charged_rates
from model.editions import edition
from model.registry import ASSUMPTIONS
from pages.parts.charts import Chart
from pages.parts.columns import Columns
from pages.parts.tables import Table
from pages.parts.tariffs import shared
from pages.parts.tariffs.pieces import RATE_COLOR, RATE_OPACITY
from pages.parts.tariffs.shared import DUST
from pages.parts.view import View
from pages.parts.words import figure

_RATES: Final = {
    "usmca_tariff_share": "Canada, Mexico cars",
    "japan_tariff_share": "Cars from Japan",
    "parts_tariff_share": "Parts, not Japan",
    "japan_parts_tariff_share": "Parts from Japan",
    "materials_tariff_share": "Steel, aluminium",
    "other_tariff_share": "Other products",
    "msrp_offset_share": "Offset (credit)",
}
"""Rates by the assumption that sets them."""


def rates_by_year(view: View) -> Table:
    """The rates that the scenario and the reference use in each fiscal year."""
    world = edition(view.scenario.edition)
    cases = [charged_rates(values, view.scenario.edition) for _, _, values in shared.cases(view)]
    records: list[tuple[object, ...]] = [
        (label, year, float(cases[0][key][i]), float(cases[1][key][i]))
        for key, label in _RATES.items()
        for i, year in enumerate(world.years)
    ]
    columns = {
        "tariff": "What the rate is on",
        "fiscal_year": "Fiscal year, ending in March",
        "scenario_rate_share": "Rate in the scenario, share, weighted by months",
        "reference_rate_share": "Rate in the reference, share, weighted by months",
    }
    sources = tuple(
        f"{ASSUMPTIONS[key].label}: {world.source_of(key)[0]} ({world.source_of(key)[1]})" for key in _RATES
    )
    return Table.of("tariff_rates_by_year", "Rates by fiscal year", columns, records, sources)


def rate_path_rows(table: Table) -> Columns:
    """What the chart of rates draws: with the rate in words and the reference's where it differs."""
    pairs = list(zip(table.values["scenario_rate_share"], table.values["reference_rate_share"], strict=True))
    return {
        **table.values,
        "label": [figure(round(now, 4), "share") for now, _ in pairs],
        "label_was": [f"ref. {figure(round(was, 4), 'share')}" if abs(now - was) > DUST else "" for now, was in pairs],
        "label_reference": [figure(round(was, 4), "share") for _, was in pairs],
        "moved": [1.0 if abs(now - was) > DUST else 0.0 for now, was in pairs],
    }


def rate_path_chart(rows: pd.DataFrame) -> Chart:
    """Rates by fiscal year, a cell for each; one that differs from the reference is outlined and names it.

    rows: tariff, fiscal_year, scenario_rate_share, label, label_was, label_reference, moved
    """
    base = alt.Chart(rows).encode(
        x=alt.X(
            "fiscal_year:O",
            title=None,
            axis=alt.Axis(labelAngle=0, labelFlush=False, ticks=False, domain=False, orient="top"),
        ),
        y=alt.Y(
            "tariff:N",
            sort=list(_RATES.values()),
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFlush=False, labelLimit=130),
        ),
        tooltip=[
            alt.Tooltip("tariff:N", title="Rate on"),
            alt.Tooltip("fiscal_year:O", title="Fiscal year"),
            alt.Tooltip("label:N", title="Scenario"),
            alt.Tooltip("label_reference:N", title="Reference"),
        ],
    )
    cells = base.mark_rect(color=RATE_COLOR, stroke=RATE_COLOR, width={"band": 0.94}, height={"band": 0.88}).encode(
        fillOpacity=alt.FillOpacity("scenario_rate_share:Q", scale=RATE_OPACITY, legend=None),
        strokeWidth=alt.StrokeWidth("moved:Q", scale=alt.Scale(domain=[0.0, 1.0], range=[0.6, 2.5]), legend=None),
    )
    still = base.transform_filter("datum.moved == 0").mark_text().encode(text=alt.Text("label:N"))
    moved = (
        base.transform_filter("datum.moved == 1").mark_text(dy=-7, fontWeight="bold").encode(text=alt.Text("label:N"))
    )
    was = base.mark_text(dy=8, fontSize=10).encode(text=alt.Text("label_was:N"))
    return alt.layer(cells, still, moved, was).properties(height=alt.Step(42))


_RULES: Final = {
    "usmca_deduction_share": "US content that may be deducted",
    "usmca_parts_rule_share": "exemption of parts under USMCA",
}
"""Rules that change what a rate is charged on."""

_RATE_PHRASES: Final = {
    "Canada, Mexico cars": "cars from Canada and Mexico",
    "Cars from Japan": "cars from Japan",
    "Parts, not Japan": "parts from elsewhere than Japan",
    "Parts from Japan": "parts from Japan",
    "Steel, aluminium": "steel and aluminium",
    "Other products": "other products",
    "Offset (credit)": "offset",
}


def rate_path_finding(view: View) -> str:
    """Which rates differ from the reference in the year in focus, or from when on they do."""
    rates = list(zip(*rates_by_year(view).values.values(), strict=True))
    moved: dict[str, dict[str, tuple[float, float]]] = {}
    for label, year, now, was in rates:
        if abs(now - was) > DUST:
            moved.setdefault(label, {})[year] = (now, was)
    changed = view.scenario.changed()
    rules = "".join(
        f"; {words} {figure(changed[key][1], 'share')} instead of {figure(changed[key][0], 'share')}"
        for key, words in _RULES.items()
        if key in changed
    )
    if not moved:
        return f"The rates of the reference hold, {rates[0][1]} to {rates[-1][1]}{rules}"
    parts = []
    for label, by_year in moved.items():
        year = view.year_label if view.year_label in by_year else list(by_year)[-1]
        now, was = (figure(round(rate, 4), "share") for rate in by_year[year])
        when = "" if year == view.year_label else f" in {year}"
        parts.append(f"{_RATE_PHRASES[label]} {now} instead of {was}{when}")
    if len(parts) > 3:
        return f"{len(parts)} of {len(_RATES)} rates differ from the reference{rules}"
    return f"{view.year_label}: {shared.listed(parts)}{rules}"
