"""The rates that scenario and reference use in each fiscal year: table, marks, chart and finding."""

from typing import Final

import altair as alt
import pandas as pd

from model.details import rates_by_year as charged_rates
from model.editions import edition
from model.projection import reference_values
from model.registry import ASSUMPTIONS
from pages.kit.charts import Chart
from pages.kit.columns import Columns
from pages.kit.figure import Custom, Figure
from pages.kit.tables import PINNED, Table
from pages.kit.view import View
from pages.kit.words import listed, moves, quantity
from pages.tariffs.rate_shade import RATE_COLOR, RATE_OPACITY

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


def _records(view: View) -> list[tuple[object, ...]]:
    """The rates that the scenario and the reference use in each fiscal year."""
    values, name = view.scenario.values, view.scenario.edition
    found = [charged_rates(each, name) for each in (values, reference_values(values, name))]
    if view.pinned:
        found.append(charged_rates(view.pinned.scenario.values, view.pinned.scenario.edition))
    records: list[tuple[object, ...]] = [
        (label, year, *(float(rates[key][i]) for rates in found))
        for key, label in _RATES.items()
        for i, year in enumerate(edition(name).years)
    ]
    return records


def _marks(table: Table, view: View) -> Columns:
    """What the chart of rates draws: with the rate in words and the reference's where it differs."""
    pairs = list(zip(table.values["scenario_rate_share"], table.values["reference_rate_share"], strict=True))
    pinned = table.values.get("pinned_rate_share")
    return {
        **table.values,
        **({"label_pinned": [quantity(round(rate, 4), "share") for rate in pinned]} if pinned else {}),
        "label": [quantity(round(now, 4), "share") for now, _ in pairs],
        "label_was": [f"ref. {quantity(round(was, 4), 'share')}" if moves(now - was) else "" for now, was in pairs],
        "label_reference": [quantity(round(was, 4), "share") for _, was in pairs],
        "moved": [1.0 if moves(now - was) else 0.0 for now, was in pairs],
    }


def _chart(marks: pd.DataFrame) -> Chart:
    """Rates by fiscal year, a cell for each; one that differs from the reference is outlined and names it.

    marks: tariff, fiscal_year, scenario_rate_share, label, label_was, label_reference, moved
    """
    base = alt.Chart(marks).encode(
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
            *([alt.Tooltip("label_pinned:N", title=PINNED)] if "label_pinned" in marks else []),
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


def _finding(view: View) -> str:
    """Which rates differ from the reference in the year in focus, or from when on they do."""
    rates = list(zip(*RATES_BY_YEAR.table(view).values.values(), strict=True))
    moved: dict[str, dict[str, tuple[float, float]]] = {}
    for label, year, now, was, *_ in rates:
        if moves(now - was):
            moved.setdefault(label, {})[year] = (now, was)
    changed = view.scenario.changed()
    rules = "".join(
        f"; {words} {quantity(changed[key][1], 'share')} instead of {quantity(changed[key][0], 'share')}"
        for key, words in _RULES.items()
        if key in changed
    )
    if not moved:
        return f"The rates of the reference hold, {rates[0][1]} to {rates[-1][1]}{rules}"
    parts = []
    for label, by_year in moved.items():
        year = view.year_label if view.year_label in by_year else list(by_year)[-1]
        now, was = (quantity(round(rate, 4), "share") for rate in by_year[year])
        when = "" if year == view.year_label else f" in {year}"
        parts.append(f"{_RATE_PHRASES[label]} {now} instead of {was}{when}")
    if len(parts) > 3:
        return f"{len(parts)} of {len(_RATES)} rates differ from the reference{rules}"
    return f"{view.year_label}: {listed(parts)}{rules}"


def _sources(view: View) -> tuple[str, ...]:
    source_of = edition(view.scenario.edition).source_of
    return tuple(f"{ASSUMPTIONS[key].label}: {source_of(key)[0]} ({source_of(key)[1]})" for key in _RATES)


RATES_BY_YEAR: Final = Figure(
    name="tariff_rates_by_year",
    title="Rates by fiscal year",
    columns=lambda view: {
        "tariff": "What the rate is on",
        "fiscal_year": "Fiscal year, ending in March",
        "scenario_rate_share": "Rate in the scenario, share, weighted by months",
        "reference_rate_share": "Rate in the reference, share, weighted by months",
        **({"pinned_rate_share": "Rate in what is pinned, share, weighted by months"} if view.pinned else {}),
    },
    records=_records,
    form=Custom(_chart, _marks),
    finding=_finding,
    note="Rates the scenario uses, weighted by months where one changes inside a year. Cars from Canada and Mexico pay "
    "on their non-US content; those from Japan are shown with the ordinary duty that they always paid. The offset "
    "is a credit against parts duty, as a share of the sticker price; it does not reach steel and aluminium.",
    sources=_sources,
)
