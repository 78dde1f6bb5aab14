"""The capital that the trucks avoid, against new plants that were built."""

from dataclasses import replace

import altair as alt
import pandas as pd

from data.facts import facts
from model.details import new_plant, unit_cost_usd
from model.editions import edition
from pages.parts.charts import COMPANY_COLORS, Chart
from pages.parts.columns import Columns, on_first
from pages.parts.plant.break_even import discussed_trucks_kveh
from pages.parts.plant.fact_bars import PALE, fact_sources
from pages.parts.plant.marks import TO_THE_ENDS, ends, row_axis, strength, with_room
from pages.parts.plant.reading import chance_share, contract_kveh
from pages.parts.plant.words import trucks
from pages.parts.tables import Table
from pages.parts.view import View
from pages.parts.words import figure, signed


def _new_plants(view: View) -> list[tuple[str, float, str, str]]:
    """New plants: name, cost per unit of yearly capacity [USD], kind and source."""
    f = facts()
    model = edition(view.scenario.edition)
    source, kind = model.source_of("greenfield_usd_per_unit")
    built = f["greenfield_mtm_cost"].source

    def per_unit(cost_id: str, capacity_id: str) -> float:
        return unit_cost_usd(f[cost_id].number, f[capacity_id].number)

    return [
        ("Mazda Toyota", model.facts["greenfield_usd_per_unit"], kind, f"{source}; {built}"),
        (
            "Scout",
            per_unit("greenfield_scout_cost", "greenfield_scout_capacity"),
            "recalled",
            f["greenfield_scout_cost"].source,
        ),
        (
            "Hyundai, built out",
            per_unit("greenfield_hyundai_cost", "greenfield_hyundai_capacity_high"),
            "recalled",
            f"{f['greenfield_hyundai_cost'].source}; with batteries",
        ),
        (
            "Hyundai, at first",
            per_unit("greenfield_hyundai_cost", "greenfield_hyundai_capacity_low"),
            "recalled",
            f"{f['greenfield_hyundai_cost'].source}; with batteries",
        ),
    ]


def capital_avoided(view: View) -> Table:
    """A new plant for the trucks, at the cost of four that were built, against tooling at Canton."""
    volume, tooling = discussed_trucks_kveh(view), view.scenario.values["tooling_usd_bn"]
    records: list[tuple[object, ...]] = []
    for name, unit_usd, kind, source in _new_plants(view):
        new = new_plant(volume, unit_usd, tooling)
        records.append((name, unit_usd, volume, new.plant_usd_bn, tooling, new.avoided_usd_bn, kind, source))
    columns = {
        "new_plant": "A new plant at the cost of",
        "usd_per_unit": "Cost of a new plant, USD per car of yearly capacity",
        "trucks_kveh": "Trucks, thousand a year: the scenario's, or else what would break even",
        "new_plant_usd_bn": "New plant for these trucks, USD bn",
        "tooling_usd_bn": "Tooling and launch at Canton, USD bn",
        "avoided_usd_bn": "Capital avoided, USD bn, once",
        "kind": "Kind of the figure",
        "source": "Source",
    }
    table = Table.of("canton_capital", "Capital avoided against a new plant for as many trucks", columns, records)
    return replace(
        table, sources=fact_sources("greenfield_mtm_unit_cost", "greenfield_scout_cost", "greenfield_hyundai_cost")
    )


def capital_finding(view: View) -> str:
    """What Honda need not spend, after tooling."""
    found = capital_avoided(view).values
    volume, avoided = found["trucks_kveh"][0], found["avoided_usd_bn"][0]
    if avoided < 0:
        return f"For {trucks(volume)} a year, tooling costs {figure(-avoided, 'USD bn')} more than a new plant"
    verb = "saves" if contract_kveh(view) > 0.0 and chance_share(view) > 0.0 else "would save"
    return f"For {trucks(volume)} a year, Canton {verb} Honda {figure(avoided, 'USD bn')} of capital, once"


def capital_words(view: View) -> str:
    """How the figures are known, and when capital is avoided."""
    unit = edition(view.scenario.edition).facts["greenfield_usd_per_unit"]
    tooling = view.scenario.values["tooling_usd_bn"]
    counted = "no tooling is counted" if tooling == 0.0 else f"tooling is {figure(tooling, 'USD bn')} (judgement)"
    return (
        f"The figure beside a bar is the plant less tooling. The model takes Mazda Toyota in Huntsville (2020), "
        f"{figure(unit, 'USD')} per car of yearly capacity; {counted}. "
        "The pale bars are recalled, not verified; Hyundai's plant includes batteries. Capital is avoided only if "
        "Honda would otherwise have built a plant."
    )


def capital_rows(table: Table) -> Columns:
    """New plants with their labels, recalled ones pale; the first row names the tooling."""
    values = table.values
    reach = [max(pair) for pair in zip(values["new_plant_usd_bn"], values["tooling_usd_bn"], strict=True)]
    return {
        **with_room(values, reach, 0.45, 0.1),
        "end_usd_bn": reach,
        "strength": [PALE if kind == "recalled" else 1.0 for kind in values["kind"]],
        "label": [signed(value, "USD bn") for value in values["avoided_usd_bn"]],
        "label_cost": [figure(value, "USD bn") for value in values["new_plant_usd_bn"]],
        "label_unit": [figure(value, "USD") for value in values["usd_per_unit"]],
        "label_tooling": on_first([f"Tooling {figure(value, 'USD bn')}" for value in values["tooling_usd_bn"]]),
    }


def capital_chart(rows: pd.DataFrame) -> Chart:
    """The cost of a new plant as bars, tooling at Canton as a mark, what is avoided in words.

    rows: of `capital_rows`
    """
    base = alt.Chart(rows).encode(
        y=alt.Y("new_plant:N", sort=list(rows["new_plant"]), title=None, axis=row_axis(130)),
        tooltip=[
            alt.Tooltip("new_plant:N", title="A new plant like"),
            alt.Tooltip("label_unit:N", title="Per car of yearly capacity"),
            alt.Tooltip("label_cost:N", title="New plant"),
            alt.Tooltip("label:N", title="Avoided after tooling"),
            alt.Tooltip("kind:N", title="Figure is"),
            alt.Tooltip("source:N", title="Source"),
        ],
    )
    bars = base.mark_bar(height={"band": 0.6}, color=COMPANY_COLORS["Honda"]).encode(
        x=alt.X("new_plant_usd_bn:Q", title="New plant, USD bn", scale=TO_THE_ENDS, axis=alt.Axis(tickCount=5)),
        opacity=strength(),
    )
    labels = base.mark_text(align="left", dx=6).encode(x=alt.X("end_usd_bn:Q"), text=alt.Text("label:N"))
    tooling = alt.Chart(rows).transform_filter("datum.label_tooling != ''").encode(x=alt.X("tooling_usd_bn:Q"))
    rule = tooling.mark_rule(strokeWidth=2, strokeDash=[3, 3], color="#E69F00")
    name = tooling.mark_text(align="left", dx=-2, dy=-8).encode(y=alt.value(0), text=alt.Text("label_tooling:N"))
    return alt.layer(ends(rows, "x"), bars, rule, labels, name).properties(height=alt.Step(36))
